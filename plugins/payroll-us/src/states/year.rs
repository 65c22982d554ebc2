//! The state's income tax of a whole year on wages alone, as an estimate: the year's law of a
//! resident with the standard deduction. Withholding follows other tables and differs from it.

use stele_sdk::prelude::*;

use super::choices::{State, StateFilingStatus};
use super::known;
use super::law::{AnnualBracket, AnnualTerms};
use super::tables::{TaxByLine, no_table};
use super::wages::StateWages;
use super::{left_out, own_facts, written};
use crate::amounts::{cents, percent};
use crate::facts::Payment;
use crate::items::Item;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::sentences::{to_the_cent, unrounded};
use crate::steps::{CaliforniaStep, IllinoisStep, NewYorkStep, PennsylvaniaStep};

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
    own_facts::refuse(payment, terms, terms.income_tax.then_some(terms.state))?;
    left_out::find_in_estimate(law, payment, terms.state, out);
    if !terms.income_tax {
        return Ok(Decimal::ZERO);
    }
    let state = terms.state;
    let own = written::of(law, state).ok_or_else(|| written::missing(state))?;
    (own.explain)(own.terms, wages, out);
    let tax = tax(law, payment, state, wages.taxable(own.terms), out)?;
    out.line_about(Item::StateIncomeTax, state.name(), tax);
    Ok(tax)
}

fn tax(
    law: &Law,
    payment: &Payment,
    state: State,
    wages: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let status = status(payment, state)?;
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
        State::Pennsylvania => pennsylvania(law, payment, wages, out),
        state => Err(Fault::fact(
            Payment::STATE,
            format!(
                "must be CA, IL, NY, PA or a state without income tax for the estimate of a year, found {}",
                state.name()
            ),
        )),
    }
}

/// Status of the state's return. Where it changes nothing it may be left out.
fn status(payment: &Payment, state: State) -> Result<StateFilingStatus, Fault> {
    let citation = match state {
        State::California => "California Revenue and Taxation Code, s. 17041",
        State::NewYork => "New York Tax Law, s. 601",
        State::Illinois => "35 ILCS 5/204",
        _ => return Ok(payment.state_filing_status.unwrap_or(StateFilingStatus::Single)),
    };
    payment.state_filing_status.ok_or_else(|| {
        Fault::fact(
            Payment::STATE_FILING_STATUS,
            "must be single or married for the estimate of a year: the status of the state's return; found nothing",
        )
        .citing(citation)
    })
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
    let deduction = terms.deduction;
    let taxable = (wages - deduction).max(Decimal::ZERO);
    out.step(|| CaliforniaStep::YearTaxable { wages, deduction, taxable });
    let lines = &law.california_annual_brackets;
    let TaxByLine { over, base_tax, rate, tax } =
        rate_schedule(lines, payment, State::California, status, taxable)?;
    out.step(|| CaliforniaStep::YearBracket { taxable, over, base_tax, rate, tax: unrounded(tax) });
    let mut credit = terms.credit.unwrap_or_default();
    // Exemption credits are reduced for each step of income above the limit, or a part of one.
    if let (Some(limit), Some(step), Some(reduction)) =
        (terms.credit_limit, terms.credit_step, terms.credit_reduction)
        && wages > limit
    {
        let steps = ((wages - limit) / step).ceil();
        credit = (credit - steps * reduction).max(Decimal::ZERO);
    }
    if credit.is_zero() {
        return Ok(to_the_cent(tax, out));
    }
    let left = less_credit(tax, credit);
    out.step(|| CaliforniaStep::YearCredit { tax: unrounded(tax), credit, left });
    Ok(left)
}

/// Tax Law, ss. 601, 606 (b) and 614.
fn new_york(
    law: &Law,
    payment: &Payment,
    status: StateFilingStatus,
    wages: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let deduction = annual_terms(law, payment, State::NewYork, status)?.deduction;
    let taxable = (wages - deduction).max(Decimal::ZERO);
    out.step(|| NewYorkStep::YearTaxable { wages, deduction, taxable });
    let top = law.new_york_top_income.first().ok_or_else(|| no_table(payment, "top rate"))?;
    if wages > top.income_over {
        let tax = cents(taxable * top.rate);
        out.step(|| NewYorkStep::YearTopRate { taxable, rate: percent(top.rate), tax });
        return Ok(tax);
    }
    let lines = &law.new_york_annual_brackets;
    let TaxByLine { over, base_tax, rate, mut tax } =
        rate_schedule(lines, payment, State::NewYork, status, taxable)?;
    out.step(|| NewYorkStep::YearBracket { taxable, over, base_tax, rate, tax: unrounded(tax) });
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
        out.step(|| NewYorkStep::Recapture {
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
        out.step(|| NewYorkStep::RecaptureBase { base: row.base, tax: unrounded(tax) });
    }
    let credit = law
        .new_york_household_credits
        .iter()
        .find(|row| row.status == status && wages <= row.up_to)
        .map_or(Decimal::ZERO, |row| row.credit);
    if credit.is_zero() {
        return Ok(to_the_cent(tax, out));
    }
    let left = less_credit(tax, credit);
    out.step(|| NewYorkStep::YearCredit { tax: unrounded(tax), credit, left });
    Ok(left)
}

/// 35 ILCS 5/201 and 5/204: no allowance above the income limit.
fn illinois(
    law: &Law,
    payment: &Payment,
    status: StateFilingStatus,
    wages: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let flat = law.illinois.first().ok_or_else(|| no_table(payment, "rate"))?;
    let (persons, limit) = match status {
        StateFilingStatus::Married => (Decimal::TWO, flat.allowance_limit_joint),
        _ => (Decimal::ONE, flat.allowance_limit_single),
    };
    let deduction = if wages <= limit { flat.allowance * persons } else { Decimal::ZERO };
    let taxable = (wages - deduction).max(Decimal::ZERO);
    out.step(|| IllinoisStep::YearTaxable { wages, deduction, taxable });
    let tax = cents(taxable * flat.rate);
    out.step(|| IllinoisStep::YearFlatRate { taxable, rate: percent(flat.rate), tax });
    Ok(tax)
}

/// 72 P.S. s. 7302.
fn pennsylvania(
    law: &Law,
    payment: &Payment,
    taxable: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let rate = law.pennsylvania.first().ok_or_else(|| no_table(payment, "rate"))?.rate;
    let tax = cents(taxable * rate);
    out.step(|| PennsylvaniaStep::FlatRate { taxable, rate: percent(rate), tax });
    Ok(tax)
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

/// The law of the state's year is not known for the date, though that of its withholding is.
fn unknown_year(payment: &Payment, state: State) -> Fault {
    let year = payment.on.year();
    let citation = match state {
        State::California => {
            "California Revenue and Taxation Code, s. 17041 (h): indexed every year"
        }
        _ => "New York Tax Law, s. 601: a table for each year",
    };
    Fault::fact(
        Payment::STATE,
        format!(
            "the estimate of a year needs a state whose annual income tax law is known for {year}, \
             found {}, whose law of that year is not published",
            state.name()
        ),
    )
    .citing(citation)
}

fn rate_schedule(
    lines: &[AnnualBracket],
    payment: &Payment,
    state: State,
    status: StateFilingStatus,
    taxable: Decimal,
) -> Result<TaxByLine, Fault> {
    let line = lines
        .iter()
        .rfind(|row| row.status == status && row.over <= taxable)
        .ok_or_else(|| unknown_year(payment, state))?;
    Ok(TaxByLine {
        over: line.over,
        base_tax: line.tax,
        rate: percent(line.rate),
        tax: line.tax + (taxable - line.over) * line.rate,
    })
}

/// Credits that are not refunded.
fn less_credit(tax: Decimal, credit: Decimal) -> Decimal {
    cents((tax - credit).max(Decimal::ZERO))
}
