//! The state's income tax of a whole year on wages alone, as an estimate: the year's law of a
//! resident with the standard deduction. Withholding follows other tables and differs from it.

use stele_sdk::prelude::*;

use super::choices::{State, StateFilingStatus};
use super::known::{self, not_written};
use super::law::AnnualTerms;
use super::tables::no_table;
use super::wages::StateWages;
use super::{flat_tax, own_facts};
use crate::amounts::{cents, percent};
use crate::facts::Payment;
use crate::items::Item;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::sentences::{to_the_cent, unrounded};
use crate::steps::{OwnLawStep, StateStep};

/// Tax of a resident on a whole year's wages, as an estimate.
pub(crate) fn estimate(
    law: &Law,
    payment: &Payment,
    wages: StateWages,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let Some(terms) = known::terms(law, payment)? else {
        return Ok(Decimal::ZERO);
    };
    own_facts::refuse(payment, terms)?;
    if !terms.income_tax {
        return Ok(Decimal::ZERO);
    }
    wages.explain(terms, out);
    let tax = tax(law, payment, terms.state, wages.taxable(terms), out)?;
    out.line_about(Item::StateIncomeTax, terms.state.name(), tax);
    Ok(tax)
}

fn tax(
    law: &Law,
    payment: &Payment,
    state: State,
    wages: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let status = payment.state_filing_status.unwrap_or(StateFilingStatus::Single);
    if status == StateFilingStatus::HeadOfHousehold {
        return Err(Fault::fact(
            Payment::STATE_FILING_STATUS,
            "must be single or married for the estimate of a year, found head_of_household",
        ));
    }
    match state {
        State::California => california(law, payment, status, wages, out),
        State::NewYork => new_york(law, payment, status, wages, out),
        State::Illinois => illinois(law, payment, status, wages, out),
        State::Pennsylvania => {
            let rate = flat_tax::terms(law, payment, state)?.rate;
            Ok(at_one_rate(wages, rate, out))
        }
        state => Err(match state {
            State::Massachusetts | State::NewJersey => Fault::fact(
                Payment::STATE,
                format!(
                    "must be CA, IL, NY, PA or a state without income tax for the estimate of a year, found {}",
                    state.name()
                ),
            ),
            _ => not_written(state),
        }),
    }
}

/// Revenue and Taxation Code, ss. 17041, 17043, 17054 and 17073.5.
fn california(
    law: &Law,
    payment: &Payment,
    status: StateFilingStatus,
    wages: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let terms = annual_terms(law, payment, State::California, status)?;
    let taxable = deduct(terms.deduction, wages, out);
    let tax = rate_schedule(law, payment, State::California, status, taxable, out)?;
    let mut credit = terms.credit.unwrap_or_default();
    // Exemption credits are reduced for each step of income above the limit, or a part of one.
    if let (Some(limit), Some(step), Some(reduction)) =
        (terms.credit_limit, terms.credit_step, terms.credit_reduction)
        && wages > limit
    {
        let steps = ((wages - limit) / step).ceil();
        credit = (credit - steps * reduction).max(Decimal::ZERO);
    }
    Ok(less_credit(tax, credit, out))
}

/// Tax Law, ss. 601, 606 (b) and 614.
fn new_york(
    law: &Law,
    payment: &Payment,
    status: StateFilingStatus,
    wages: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let terms = annual_terms(law, payment, State::NewYork, status)?;
    let taxable = deduct(terms.deduction, wages, out);
    let top = law.new_york_top_income.first().ok_or_else(|| no_table(payment, "top rate"))?;
    if wages > top.income_over {
        return Ok(at_one_rate(taxable, top.rate, out));
    }
    let mut tax = rate_schedule(law, payment, State::NewYork, status, taxable, out)?;
    // Supplemental tax, s. 601 (d-1): the benefit of the lower rates is taken back over a stretch of
    // income.
    let recapture = law
        .new_york_recapture
        .iter()
        .rfind(|row| row.status == status && (taxable > row.over || row.over.is_zero()));
    if let Some(row) = recapture
        && wages > row.income_over
    {
        let share = ((wages - row.income_over) / top.phase_in).min(Decimal::ONE);
        let supplemental = row.base + row.benefit * share;
        tax += supplemental;
        out.step(|| OwnLawStep::NewYorkRecapture {
            base: row.base,
            benefit: row.benefit,
            income: wages,
            over: row.income_over,
            phase_in: top.phase_in,
            amount: unrounded(supplemental),
            tax: unrounded(tax),
        });
    } else if let Some(row) = recapture.filter(|row| !row.base.is_zero()) {
        tax += row.base;
        out.step(|| OwnLawStep::NewYorkRecaptureBase { base: row.base, tax: unrounded(tax) });
    }
    let credit = law
        .new_york_household_credits
        .iter()
        .find(|row| row.status == status && wages <= row.up_to)
        .map_or(Decimal::ZERO, |row| row.credit);
    Ok(less_credit(tax, credit, out))
}

/// 35 ILCS 5/201 and 5/204: no allowance above the income limit.
fn illinois(
    law: &Law,
    payment: &Payment,
    status: StateFilingStatus,
    wages: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let flat = flat_tax::terms(law, payment, State::Illinois)?;
    let (persons, limit) = match status {
        StateFilingStatus::Married => (Decimal::TWO, flat.allowance_limit_joint),
        _ => (Decimal::ONE, flat.allowance_limit_single),
    };
    let allowed = limit.is_none_or(|limit| wages <= limit);
    let deduction = if allowed { flat.allowance * persons } else { Decimal::ZERO };
    let taxable = deduct(deduction, wages, out);
    Ok(at_one_rate(taxable, flat.rate, out))
}

fn annual_terms<'a>(
    law: &'a Law,
    payment: &Payment,
    state: State,
    status: StateFilingStatus,
) -> Result<&'a AnnualTerms, Fault> {
    law.state_annual_terms
        .iter()
        .find(|row| row.state == state && row.status == status)
        .ok_or_else(|| unknown_year(payment, state))
}

fn unknown_year(payment: &Payment, state: State) -> Fault {
    let year = payment.on.year();
    Fault::fact(
        Payment::STATE,
        format!(
            "the estimate of a year needs a state whose annual income tax law is known for {year}, \
             found {}, whose law of that year is not published",
            state.name()
        ),
    )
    .citing("docs/adding-a-us-state.md")
}

fn deduct(deduction: Decimal, wages: Decimal, out: &mut Payslip) -> Decimal {
    let taxable = (wages - deduction).max(Decimal::ZERO);
    out.step(|| StateStep::StateTaxable { wages, deduction, taxable });
    taxable
}

fn rate_schedule(
    law: &Law,
    payment: &Payment,
    state: State,
    status: StateFilingStatus,
    taxable: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let line = law
        .state_annual_brackets
        .iter()
        .rfind(|row| row.state == state && row.status == status && row.over <= taxable)
        .ok_or_else(|| unknown_year(payment, state))?;
    let tax = line.tax + (taxable - line.over) * line.rate;
    out.step(|| StateStep::StateBracket {
        taxable,
        over: line.over,
        base_tax: line.tax,
        rate: percent(line.rate),
        tax: unrounded(tax),
    });
    Ok(tax)
}

fn at_one_rate(taxable: Decimal, rate: Decimal, out: &mut Payslip) -> Decimal {
    let tax = cents(taxable * rate);
    out.step(|| StateStep::StateFlatRate { taxable, rate: percent(rate), tax });
    tax
}

fn less_credit(tax: Decimal, credit: Decimal, out: &mut Payslip) -> Decimal {
    if credit.is_zero() {
        return to_the_cent(tax, out);
    }
    let left = cents((tax - credit).max(Decimal::ZERO));
    out.step(|| StateStep::StateCredit { tax: unrounded(tax), credit, left });
    left
}
