//! Church tax: the church tax acts of the states; EStG § 51a for its base.
//!
//! The chart yields the base (BK, BKS, BKV); the state decides the rate. Where the state limits
//! church tax to a share of the taxable income without an application, the lower amount is
//! withheld. Amounts are cut to whole cents. Limits that a church grants only on application are
//! for its office, not for the employer.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::amounts::Amount;
use crate::choices::Church;
use crate::facts::Payment;
use crate::items::Item;
use crate::law::{ChurchTaxCap, Law};
use crate::rounding::{cents_down, percent};
use crate::steps::Step;
use crate::wage_tax::{Inputs, WageTax, share_of_period};

/// Church tax on the current wages, on one-off payments and on pay for several years.
pub(crate) fn church_tax(
    law: &Law,
    payment: &Payment,
    inputs: &Inputs,
    tax: &WageTax,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let (Some(church), Some(state)) = (payment.church, payment.state) else {
        return Ok(Decimal::ZERO);
    };
    let rate = law.church_taxes.iter().find(|row| row.state == state).map(|row| row.rate);
    let Some(rate) = rate else {
        return Err(Fault::fact(
            Payment::STATE,
            format!("no rate of church tax known for {} on {}", state.name(), payment.on),
        ));
    };
    let cap = law.church_tax_caps.iter().find(|row| row.state == state);
    let cap = cap.and_then(|cap| cap.of(church));

    let mut current = cents_down(tax.church_base * rate);
    if let Some(cap) = cap {
        let yearly = cents_down(tax.surcharge_income * cap);
        current = current.at_most(share_of_period(yearly, inputs.pay_period));
    }
    let mut one_off = cents_down(tax.one_off_church_base * rate);
    if let Some(cap) = cap
        && !one_off.is_zero()
    {
        one_off = one_off.at_most(room_for_one_off(inputs, tax, rate, cap));
    }
    let several_years = cents_down(tax.multi_year_church_base * rate);

    out.step(|| Step::ChurchTax { base: tax.church_base, rate: percent(rate), amount: current });
    let lines = [
        (Item::ChurchTax, current),
        (Item::OneOffChurchTax, one_off),
        (Item::MultiYearChurchTax, several_years),
    ];
    for (item, amount) in lines {
        if !amount.is_zero() {
            out.line(item, amount);
        }
    }
    Ok(current + one_off + several_years)
}

/// What the limit leaves for a one-off payment: the limit on the income with it, less the church
/// tax of the year without it.
fn room_for_one_off(inputs: &Inputs, tax: &WageTax, rate: Decimal, cap: Decimal) -> Decimal {
    let [without, with] = tax.one_off_incomes;
    let yearly = tax.tax_without_one_off * inputs.factor.unwrap_or(Decimal::ONE) * rate;
    let before = yearly.at_most(without * cap);
    cents_down(with * cap - before).not_negative()
}

impl ChurchTaxCap {
    fn of(&self, church: Church) -> Option<Decimal> {
        match church {
            Church::Protestant => self.protestant,
            Church::RomanCatholic => self.roman_catholic,
            Church::Other => None,
        }
    }
}
