//! New York State: NYS-50-T-NYS, method II (exact calculation), and method III above its tables.

use stele_sdk::FactField;
use stele_sdk::prelude::*;
use stele_sdk::rounding::CENT;

use super::choices::{Schedule, StateFilingStatus};
use super::law::{NewYorkAllowance, NewYorkTopRate, PeriodBracket, WageTerms};
use super::tables::no_table;
use super::wages::{StateWages, Taxed, taxed_wages};
use super::withheld::Withheld;
use super::written::StateLaw;
use crate::amounts::{WORKING_DAYS, periods};
use crate::choices::PayFrequency;
use crate::facts::Payment;
use crate::figures::Figure;
use crate::law::Law;
use crate::payslip::Payslip;

/// The income tax of New York State.
pub(super) struct NewYork;

impl StateLaw for NewYork {
    fn knows(&self) -> &'static [FactField] {
        &[Payment::STATE_ALLOWANCES]
    }

    fn terms<'a>(&self, law: &'a Law) -> Option<&'a WageTerms> {
        law.new_york_wages.first()
    }

    fn wages(&self, terms: &WageTerms, wages: StateWages, out: &mut Payslip) -> Taxed {
        new_york_wages(terms, wages, out)
    }

    fn withhold(
        &self,
        law: &Law,
        payment: &Payment,
        terms: &WageTerms,
        wages: Taxed,
        out: &mut Payslip,
    ) -> Result<Withheld, Fault> {
        let alone = new_york_regular(wages.regular, out);
        let exact = method_ii(law, payment, alone, out)?;
        let supplemental = wages.supplemental;
        // Supplemental wages, method a, is for one from whose regular wages tax is withheld; without
        // regular tax they are added to the regular wages (method b).
        if exact.is_zero() && !wages.regular.is_zero() && !supplemental.is_zero() {
            let both = new_york_together(wages, out);
            let exact = method_ii(law, payment, both, out)?;
            let regular = new_york_to_the_cent(exact, out);
            return Ok(Withheld { exact, regular, supplemental: Decimal::ZERO });
        }
        let regular = new_york_to_the_cent(exact, out);
        let supplemental = new_york_supplemental(terms, supplemental, out);
        Ok(Withheld { exact, regular, supplemental })
    }
}

taxed_wages! { new_york_wages, "New York Tax Law, ss. 612 and 671", "new_york_wages" }

#[provision("NYS-50-T-NYS, method II")]
fn new_york_regular(#[is(Figure::StateWages)] wages: Decimal, out: &mut Payslip) -> Decimal {
    work!(out, Figure::StateTogether = wages)
}

#[provision("NYS-50-T-NYS, supplemental wages")]
fn new_york_together(wages: Taxed, out: &mut Payslip) -> Decimal {
    work!(
        out,
        Figure::StateTogether =
            wages.regular as Figure::StateWages + wages.supplemental as Figure::StateSupplemental
    )
}

#[provision("NYS-50-T-NYS, supplemental wages", parameters("new_york_wages"))]
fn new_york_supplemental(
    terms: &WageTerms,
    #[is(Figure::StateSupplemental)] wages: Decimal,
    out: &mut Payslip,
) -> Decimal {
    if wages.is_zero() {
        return wages;
    }
    let rate = terms.supplemental_rate.unwrap_or_default();
    work!(out, Figure::StateSupplementalTax = half_up(share(wages, stated(rate)), CENT))
}

#[provision("NYS-50-T-NYS, method II")]
fn new_york_to_the_cent(#[is(Figure::StateTableTax)] tax: Decimal, out: &mut Payslip) -> Decimal {
    work!(out, Figure::StateTax = half_up(tax, CENT))
}

/// The state's tax before it is rounded: the Yonkers surcharge is a share of it.
fn method_ii(
    law: &Law,
    payment: &Payment,
    wages: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let married = is_married(payment);
    let (frequency, times) = table_of(payment.pay_frequency);
    // Step 1: the deduction and exemption allowances (tables A, B and C).
    let row = law
        .new_york_allowances
        .iter()
        .find(|row| row.pay_frequency == frequency)
        .ok_or_else(|| no_table(payment, "table of allowances"))?;
    let base = if married { row.married } else { row.single };
    let net = new_york_net(row, payment, base, times, wages, out);

    // Method III, where a year of such wages lies above the tables.
    let schedule = if married { Schedule::Married } else { Schedule::Single };
    let annualized = net * periods(frequency, WORKING_DAYS);
    let top = law
        .new_york_top_rates
        .iter()
        .rfind(|row| row.schedule == schedule && annualized >= row.over);
    if let Some(top) = top {
        return Ok(method_iii(top, net, times, out));
    }

    // Steps 2 to 5: the line on which the net wages are "at least … but less than".
    let mut line = None;
    for row in &law.new_york_brackets {
        if row.schedule == schedule && row.pay_frequency == frequency {
            if net < row.over {
                break;
            }
            line = Some(row);
        }
    }
    let line = line.ok_or_else(|| no_table(payment, "exact calculation table"))?;
    Ok(new_york_by_table(line, net, times, out))
}

#[provision("NYS-50-T-NYS, method II, step 1: tables A, B and C; conversion of tables")]
fn new_york_net(
    #[is(Law::NEW_YORK_ALLOWANCES)] row: &NewYorkAllowance,
    payment: &Payment,
    base: Decimal,
    times: Decimal,
    #[is(Figure::StateTogether)] wages: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let wages = work!(out, Figure::StateTableWages = wages / stated(times));
    let deduction = work!(
        out,
        Figure::StateDeduction = stated(base) + row.exemption * payment.state_allowances
    );
    work!(out, Figure::StateTaxable = at_least(wages - deduction, 0))
}

#[provision("NYS-50-T-NYS, method III; conversion of tables")]
fn method_iii(
    top: &NewYorkTopRate,
    #[is(Figure::StateTaxable)] net: Decimal,
    times: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(out, Figure::StateTableTax = share(net, top.rate) * stated(times))
}

#[provision("NYS-50-T-NYS, method II, steps 2 to 5; conversion of tables")]
fn new_york_by_table(
    #[is(Law::NEW_YORK_BRACKETS)] line: &PeriodBracket,
    #[is(Figure::StateTaxable)] net: Decimal,
    times: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(
        out,
        Figure::StateTableTax = (line.tax + share(net - line.over, line.rate)) * stated(times)
    )
}

/// Form IT-2104 knows single or head of household, and married.
pub(super) fn is_married(payment: &Payment) -> bool {
    payment.state_filing_status == Some(StateFilingStatus::Married)
}

/// The table for a pay frequency, and how often its result is taken: quarterly and semiannual pay
/// goes through the monthly table (NYS-50-T-NYS, conversion of tables).
pub(super) fn table_of(frequency: PayFrequency) -> (PayFrequency, Decimal) {
    match frequency {
        PayFrequency::Quarterly => (PayFrequency::Monthly, Decimal::from(3)),
        PayFrequency::Semiannual => (PayFrequency::Monthly, Decimal::from(6)),
        other => (other, Decimal::ONE),
    }
}
