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
use crate::steps::{Step, SurchargeStep};
use crate::wage_tax::{Inputs, PartOfMonth, WageTax, share_of_period};

/// Church tax on the current wages, on one-off payments and on pay for several years.
pub(crate) fn church_tax(
    law: &Law,
    payment: &Payment,
    inputs: &Inputs,
    tax: &WageTax,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let (church, state) = (payment.church, payment.state);
    if church == Church::None {
        return Ok(Decimal::ZERO);
    }
    let rate = law.church_taxes.iter().find(|row| row.state == state).map(|row| row.rate);
    let Some(rate) = rate else {
        return Err(Fault::fact(
            Payment::STATE,
            format!("no rate of church tax known for {} on {}", state.name(), payment.on),
        ));
    };
    let cap = law.church_tax_caps.iter().find(|row| row.state == state);
    let cap = cap.and_then(|cap| cap.of(church));

    // In a part of a month church tax is, as wage tax, that of a day times the days.
    let days = Decimal::from(inputs.part_of_month.map_or(1, |part| part.days));
    let mut of_period = cents_down(tax.church_base / days * rate);
    if let Some(cap) = cap {
        let yearly = cents_down(tax.surcharge_income * cap);
        of_period = of_period.at_most(share_of_period(yearly, inputs.pay_period));
    }
    let withheld = inputs.adjustment.map_or(Decimal::ZERO, |adjustment| adjustment.church_tax);
    let current = of_period * days - withheld;
    let mut one_off = cents_down(tax.one_off_church_base * rate);
    if let Some(cap) = cap
        && !one_off.is_zero()
    {
        one_off = one_off.at_most(room_for_one_off(inputs, tax, rate, cap));
    }
    let several_years = cents_down(tax.multi_year_church_base * rate);

    let lines = [
        (Item::ChurchTax, tax.church_base, current),
        (Item::OneOffChurchTax, tax.one_off_church_base, one_off),
        (Item::MultiYearChurchTax, tax.multi_year_church_base, several_years),
    ];
    for (item, base, amount) in lines {
        if !amount.is_zero() {
            out.step(|| {
                let uncapped = cents_down(base * rate);
                let step = match cap {
                    Some(cap) if amount < uncapped && item == Item::OneOffChurchTax => {
                        one_off_capped(inputs, tax, rate, cap, amount)
                    }
                    Some(cap) if amount < uncapped => capped(inputs, tax, rate, cap, amount),
                    _ => SurchargeStep::ChurchTax { base, rate: percent(rate), amount },
                };
                if let (Some(_), Item::ChurchTax) = (inputs.adjustment, item) {
                    return Step::from(SurchargeStep::ChurchTaxOfYear {
                        base,
                        rate: percent(rate),
                        of_year: of_period,
                        withheld,
                        amount,
                    });
                }
                let step = match (inputs.part_of_month, item) {
                    (Some(PartOfMonth { days, .. }), Item::ChurchTax) => {
                        SurchargeStep::ChurchTaxOfDays {
                            base: base / Decimal::from(days),
                            rate: percent(rate),
                            of_a_day: of_period,
                            days,
                            amount,
                        }
                    }
                    _ => step,
                };
                Step::from(step)
            });
            out.line(item, amount);
        }
    }
    Ok(current + one_off + several_years)
}

/// What the limit leaves for a one-off payment: the limit on the income with it, less the church
/// tax of the year without it.
fn room_for_one_off(inputs: &Inputs, tax: &WageTax, rate: Decimal, cap: Decimal) -> Decimal {
    let [_, with] = tax.one_off_incomes;
    cents_down(with * cap - without_one_off(inputs, tax, rate, cap)).not_negative()
}

/// Church tax of the year without the one-off payments.
fn without_one_off(inputs: &Inputs, tax: &WageTax, rate: Decimal, cap: Decimal) -> Decimal {
    let [without, _] = tax.one_off_incomes;
    let yearly = tax.tax_without_one_off * inputs.factor.unwrap_or(Decimal::ONE) * rate;
    yearly.at_most(without * cap)
}

/// The limit of the state on the current wages.
#[cold]
fn capped(
    inputs: &Inputs,
    tax: &WageTax,
    rate: Decimal,
    cap: Decimal,
    amount: Decimal,
) -> SurchargeStep {
    SurchargeStep::ChurchTaxCapped {
        base: tax.church_base,
        rate: percent(rate),
        uncapped: cents_down(tax.church_base * rate),
        cap: percent(cap),
        income: tax.surcharge_income,
        yearly: cents_down(tax.surcharge_income * cap),
        part: inputs.pay_period.part_in_words(),
        amount,
    }
}

/// The limit of the state on a one-off payment.
#[cold]
fn one_off_capped(
    inputs: &Inputs,
    tax: &WageTax,
    rate: Decimal,
    cap: Decimal,
    amount: Decimal,
) -> SurchargeStep {
    SurchargeStep::OneOffChurchTaxCapped {
        base: tax.one_off_church_base,
        rate: percent(rate),
        uncapped: cents_down(tax.one_off_church_base * rate),
        cap: percent(cap),
        income: tax.one_off_incomes[1],
        before: without_one_off(inputs, tax, rate, cap),
        amount,
    }
}

impl ChurchTaxCap {
    fn of(&self, church: Church) -> Option<Decimal> {
        match church {
            Church::Protestant => self.protestant,
            Church::RomanCatholic => self.roman_catholic,
            Church::Other | Church::None => None,
        }
    }
}
