//! The state's income tax of a whole year on wages alone, as an estimate: the year's law of a
//! resident with the standard deduction. Withholding follows other tables and differs from it.

use stele_sdk::prelude::*;
use stele_sdk::rounding::{CENT, DOLLAR};

use super::choices::{State, StateFilingStatus};
use super::law::{
    AnnualBracket, AnnualTerms, HouseholdCredit, IllinoisTerms, NewYorkRecapture, NewYorkTopIncome,
};
use super::tables::no_table;
use super::wages::{StateWages, Taxed};
use super::{known, left_out, own_facts, pennsylvania, written};
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::Item;
use crate::law::Law;
use crate::payslip::Payslip;

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
    let (own, terms) = written::with_terms(law, state)?;
    let wages = own.wages(terms, wages, out);
    let tax = tax(law, payment, state, wages, out)?;
    Ok(year_line(state, tax, out))
}

#[provision]
fn year_line(state: State, #[is(Figure::StateTax)] tax: Decimal, out: &mut Payslip) -> Decimal {
    work!(out, Item::StateIncomeTax.about(state.name()) = tax)
}

fn tax(
    law: &Law,
    payment: &Payment,
    state: State,
    wages: Taxed,
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
        State::California => california(law, payment, status, wages.regular, out),
        State::NewYork => new_york(law, payment, status, wages.regular, out),
        State::Illinois => illinois(law, payment, status, wages.regular, out),
        State::Pennsylvania => pennsylvania::tax(law, payment, wages, out),
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
    let taxable = california_year_taxable(terms, wages, out);
    let lines = &law.california_annual_brackets;
    let line = rate_schedule(lines, payment, State::California, status, taxable)?;
    let tax = california_year_bracket(line, taxable, out);
    let credit = california_year_credit(terms, wages, out);
    Ok(california_year_tax(tax, credit, out))
}

#[provision("California Revenue and Taxation Code, s. 17073.5")]
fn california_year_taxable(
    terms: &AnnualTerms,
    #[is(Figure::StateWages)] wages: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(out, Figure::StateTaxable = at_least(wages - terms.deduction, 0))
}

#[provision("California Revenue and Taxation Code, ss. 17041 and 17043")]
fn california_year_bracket(
    #[is(Law::CALIFORNIA_ANNUAL_BRACKETS)] line: &AnnualBracket,
    #[is(Figure::StateTaxable)] taxable: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(out, Figure::StateTableTax = line.tax + share(taxable - line.over, line.rate))
}

/// Exemption credits are reduced for each step of income above the limit, or a part of one.
#[provision("California Revenue and Taxation Code, ss. 17054 and 17054.1")]
fn california_year_credit(
    terms: &AnnualTerms,
    #[is(Figure::StateWages)] wages: Decimal,
    out: &mut Payslip,
) -> Decimal {
    match (terms.credit_limit, terms.credit_step, terms.credit_reduction) {
        (Some(limit), Some(_), Some(_)) if wages > limit => work!(
            out,
            Figure::StateCredit = at_least(
                terms.credit
                    - up((wages - terms.credit_limit) / terms.credit_step, DOLLAR)
                        * terms.credit_reduction,
                0
            )
        ),
        _ => work!(out, Figure::StateCredit = terms.credit),
    }
}

#[provision("California Revenue and Taxation Code, ss. 17041 and 17054")]
fn california_year_tax(
    #[is(Figure::StateTableTax)] tax: Decimal,
    #[is(Figure::StateCredit)] credit: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(out, Figure::StateTax = half_up(at_least(tax - credit, 0), CENT))
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
    let taxable = new_york_year_taxable(terms, wages, out);
    let top = law.new_york_top_income.first().ok_or_else(|| no_table(payment, "top rate"))?;
    if wages > top.income_over {
        return Ok(new_york_year_top_rate(top, taxable, out));
    }
    let lines = &law.new_york_annual_brackets;
    let line = rate_schedule(lines, payment, State::NewYork, status, taxable)?;
    let tax = new_york_year_bracket(line, taxable, out);
    let row = law
        .new_york_recapture
        .iter()
        .rfind(|row| row.status == status && (taxable > row.over || row.over.is_zero()));
    let recapture = row.map_or(Decimal::ZERO, |row| new_york_recapture(row, top, wages, out));
    let row = law
        .new_york_household_credits
        .iter()
        .find(|row| row.status == status && wages <= row.up_to);
    let credit = row.map_or(Decimal::ZERO, |row| new_york_household_credit(row, out));
    Ok(new_york_year_tax(tax, recapture, credit, out))
}

#[provision("New York Tax Law, s. 614")]
fn new_york_year_taxable(
    terms: &AnnualTerms,
    #[is(Figure::StateWages)] wages: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(out, Figure::StateTaxable = at_least(wages - terms.deduction, 0))
}

#[provision("New York Tax Law, s. 601 (d-1)")]
fn new_york_year_top_rate(
    top: &NewYorkTopIncome,
    #[is(Figure::StateTaxable)] taxable: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(out, Figure::StateTax = half_up(share(taxable, top.rate), CENT))
}

#[provision("New York Tax Law, s. 601 (a) (1) (B) and (c) (1) (B)")]
fn new_york_year_bracket(
    #[is(Law::NEW_YORK_ANNUAL_BRACKETS)] line: &AnnualBracket,
    #[is(Figure::StateTaxable)] taxable: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(out, Figure::StateTableTax = line.tax + share(taxable - line.over, line.rate))
}

/// Supplemental tax, s. 601 (d-1): the benefit of the lower rates is taken back over a stretch of
/// income.
#[provision("New York Tax Law, s. 601 (d-1)")]
fn new_york_recapture(
    row: &NewYorkRecapture,
    top: &NewYorkTopIncome,
    #[is(Figure::StateWages)] wages: Decimal,
    out: &mut Payslip,
) -> Decimal {
    match wages > row.income_over {
        true => work!(
            out,
            Figure::StateRecapture =
                row.base + row.benefit * at_most((wages - row.income_over) / top.phase_in, 1)
        ),
        false => work!(out, Figure::StateRecapture = row.base),
    }
}

#[provision("New York Tax Law, s. 606 (b)")]
fn new_york_household_credit(row: &HouseholdCredit, out: &mut Payslip) -> Decimal {
    work!(out, Figure::StateCredit = row.credit)
}

#[provision("New York Tax Law, ss. 601 and 606 (b)")]
fn new_york_year_tax(
    #[is(Figure::StateTableTax)] tax: Decimal,
    #[is(Figure::StateRecapture)] recapture: Decimal,
    #[is(Figure::StateCredit)] credit: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(out, Figure::StateTax = half_up(at_least(tax + recapture - credit, 0), CENT))
}

/// 35 ILCS 5/201 and 5/204: no allowance above the income limit.
fn illinois(
    law: &Law,
    payment: &Payment,
    status: StateFilingStatus,
    wages: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let terms = law.illinois.first().ok_or_else(|| no_table(payment, "rate"))?;
    let (persons, limit) = match status {
        StateFilingStatus::Married => (2, terms.allowance_limit_joint),
        _ => (1, terms.allowance_limit_single),
    };
    let persons = if wages <= limit { persons } else { 0 };
    Ok(illinois_year_tax(terms, persons, wages, out))
}

#[provision("35 ILCS 5/201 (b) and 5/204")]
fn illinois_year_tax(
    terms: &IllinoisTerms,
    persons: i64,
    #[is(Figure::StateWages)] wages: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let deduction = work!(out, Figure::StateDeduction = terms.allowance * stated(persons));
    let taxable = work!(out, Figure::StateTaxable = at_least(wages - deduction, 0));
    work!(out, Figure::StateTax = half_up(share(taxable, terms.rate), CENT))
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

fn rate_schedule<'a>(
    lines: &'a [AnnualBracket],
    payment: &Payment,
    state: State,
    status: StateFilingStatus,
    taxable: Decimal,
) -> Result<&'a AnnualBracket, Fault> {
    let line = lines.iter().rfind(|row| row.status == status && row.over <= taxable);
    line.ok_or_else(|| unknown_year(payment, state))
}
