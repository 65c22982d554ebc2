//! New Jersey: NJ-WT, percentage method, rate tables A to E.

use stele_sdk::FactField;
use stele_sdk::prelude::*;
use stele_sdk::rounding::CENT;

use super::choices::{NewJerseyTable, Schedule, StateFilingStatus};
use super::law::{NewJerseyAllowance, PeriodBracket, WageTerms};
use super::tables::{line_of, no_table};
use super::wages::{StateWages, Taxed, taxed_wages};
use super::withheld::Withheld;
use super::written::StateLaw;
use crate::facts::Payment;
use crate::figures::Figure;
use crate::law::Law;
use crate::payslip::Payslip;

/// The income tax of New Jersey.
pub(super) struct NewJersey;

impl StateLaw for NewJersey {
    fn knows(&self) -> &'static [FactField] {
        &[Payment::STATE_ALLOWANCES, Payment::NEW_JERSEY_TABLE]
    }

    fn terms<'a>(&self, law: &'a Law) -> Option<&'a WageTerms> {
        law.new_jersey_wages.first()
    }

    fn wages(&self, terms: &WageTerms, wages: StateWages, out: &mut Payslip) -> Taxed {
        new_jersey_wages(terms, wages, out)
    }

    fn withhold(
        &self,
        law: &Law,
        payment: &Payment,
        _: &WageTerms,
        wages: Taxed,
        out: &mut Payslip,
    ) -> Result<Withheld, Fault> {
        refuse_unknown_plan(payment)?;
        // 1 and 2: the allowances claimed.
        let allowance = law
            .new_jersey_allowances
            .iter()
            .find(|row| row.pay_frequency == payment.pay_frequency)
            .ok_or_else(|| no_table(payment, "allowance"))?;
        let taxable = new_jersey_taxable(allowance, payment, wages, out);
        // 3: the rate table that the employee chose, else that of the filing status.
        let line = line_of(&law.new_jersey_brackets, payment, schedule(payment), taxable)?;
        Ok(Withheld::together(new_jersey_tax(line, taxable, out)))
    }
}

taxed_wages! {
    new_jersey_wages,
    "N.J.S.A. 54A:5-1 (a) and 54A:6-21; New Jersey Division of Taxation, Technical Bulletin TB-39",
    "new_jersey_wages"
}

/// Supplemental wages paid with regular wages are taxed together with them (NJ-WT, page 11).
#[provision("New Jersey NJ-WT, percentage method, 1 and 2")]
fn new_jersey_taxable(
    allowance: &NewJerseyAllowance,
    payment: &Payment,
    wages: Taxed,
    out: &mut Payslip,
) -> Decimal {
    let deduction =
        work!(out, Figure::StateDeduction = allowance.amount * payment.state_allowances);
    work!(
        out,
        Figure::StateTaxable = at_least(
            wages.regular as Figure::StateWages + wages.supplemental as Figure::StateSupplemental
                - deduction,
            0
        )
    )
}

#[provision("New Jersey NJ-WT, percentage method, rate tables A to E")]
fn new_jersey_tax(
    #[is(Law::NEW_JERSEY_BRACKETS)] line: &PeriodBracket,
    #[is(Figure::StateTaxable)] taxable: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(out, Figure::StateTax = half_up(line.tax + share(taxable - line.over, line.rate), CENT))
}

/// "Withhold at Rate A if box 1 or 3 on line 2 is checked, at Rate B if box 2, 4 or 5 is checked and
/// line 3 is blank, at the rate selected if line 3 is completed" (NJ-WT, page 24). Without a
/// certificate: as single.
fn schedule(payment: &Payment) -> Schedule {
    match (payment.new_jersey_table, payment.state_filing_status) {
        (Some(NewJerseyTable::A), _) | (None, None | Some(StateFilingStatus::Single)) => {
            Schedule::A
        }
        (Some(NewJerseyTable::B), _) | (None, Some(_)) => Schedule::B,
        (Some(NewJerseyTable::C), _) => Schedule::C,
        (Some(NewJerseyTable::D), _) => Schedule::D,
        (Some(NewJerseyTable::E), _) => Schedule::E,
    }
}

/// Only elective deferrals to a 401(k) plan are not taxed (N.J.S.A. 54A:6-21).
fn refuse_unknown_plan(payment: &Payment) -> Result<(), Fault> {
    let deferral = payment.retirement_deferral.unwrap_or_default();
    if deferral.is_zero() || payment.retirement_plan.is_some() {
        return Ok(());
    }
    Err(Fault::fact(
        Payment::RETIREMENT_PLAN,
        format!("must be plan_401k or other: New Jersey taxes a deferral to another plan; found nothing with a deferral of {deferral}"),
    )
    .citing("N.J.S.A. 54A:6-21"))
}
