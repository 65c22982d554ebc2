//! New Jersey: NJ-WT, percentage method, rate tables A to E.

use stele_sdk::prelude::*;

use super::choices::{NewJerseyTable, Schedule, StateFilingStatus};
use super::law::StateTerms;
use super::tables::{no_table, rate_table};
use super::wages::StateWages;
use super::withheld::Withheld;
use crate::facts::Payment;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::sentences::to_the_cent;
use crate::steps::StateStep;

pub(super) fn withhold(
    law: &Law,
    payment: &Payment,
    terms: &StateTerms,
    wages: StateWages,
    out: &mut Payslip,
) -> Result<Withheld, Fault> {
    // Supplemental wages paid with regular wages are taxed together with them (NJ-WT, page 11).
    let wages = wages.taxable(terms) + wages.supplemental;
    // 1 and 2: the allowances claimed.
    let allowance = law
        .new_jersey_allowances
        .iter()
        .find(|row| row.pay_frequency == payment.pay_frequency)
        .ok_or_else(|| no_table(payment, "allowance"))?
        .amount;
    let number = payment.state_allowances.unwrap_or_default();
    let deduction = allowance * Decimal::from(number);
    let base = Decimal::ZERO;
    out.step(|| StateStep::StateAllowances { base, each: allowance, number, deduction });
    let taxable = (wages - deduction).max(Decimal::ZERO);
    out.step(|| StateStep::StateTaxable { wages, deduction, taxable });
    // 3: the rate table that the employee chose, else that of the filing status.
    let schedule = schedule(payment);
    let tax = rate_table(&law.new_jersey_brackets, payment, schedule, taxable, out)?;
    Ok(Withheld { regular: to_the_cent(tax, out), supplemental: Decimal::ZERO })
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
