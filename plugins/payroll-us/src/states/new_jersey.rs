//! New Jersey: NJ-WT, percentage method, rate tables A to E.

use stele_sdk::prelude::*;

use super::choices::{NewJerseyTable, Schedule, StateFilingStatus};
use super::law::WageTerms;
use super::tables::{TaxByLine, by_line, no_table};
use super::wages::{StateWages, TaxedWages};
use super::withheld::Withheld;
use crate::facts::Payment;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::sentences::{to_the_cent, unrounded};
use crate::steps::NewJerseyStep;

/// Says which wages New Jersey taxes.
pub(super) fn explain(terms: &WageTerms, wages: StateWages, out: &mut Payslip) {
    let contribution = wages.taxed_employer_health_savings(terms);
    if !contribution.is_zero() {
        let pay = wages.pay();
        let total = pay + contribution;
        out.step(|| NewJerseyStep::EmployerHealthSavings { pay, contribution, total });
    }
    out.step(|| {
        let TaxedWages { pay, deductions, regular, supplemental } = wages.taxed(terms);
        match supplemental {
            None => NewJerseyStep::Wages { pay, deductions, wages: regular },
            Some(supplemental) => {
                NewJerseyStep::WagesApart { pay, deductions, regular, supplemental }
            }
        }
    });
}

pub(super) fn withhold(
    law: &Law,
    payment: &Payment,
    terms: &WageTerms,
    wages: StateWages,
    out: &mut Payslip,
) -> Result<Withheld, Fault> {
    refuse_unknown_plan(payment)?;
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
    out.step(|| NewJerseyStep::Allowances { base, each: allowance, number, deduction });
    let taxable = (wages - deduction).max(Decimal::ZERO);
    out.step(|| NewJerseyStep::Taxable { wages, deduction, taxable });
    // 3: the rate table that the employee chose, else that of the filing status.
    let schedule = schedule(payment);
    let TaxByLine { over, base_tax, rate, tax } =
        by_line(&law.new_jersey_brackets, payment, schedule, taxable)?;
    out.step(|| NewJerseyStep::Bracket { taxable, over, base_tax, rate, tax: unrounded(tax) });
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
