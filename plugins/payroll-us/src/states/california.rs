//! California: Employment Development Department, withholding schedules, method B (exact
//! calculation). The steps are the publication's.

use stele_sdk::prelude::*;

use super::choices::{Schedule, StateFilingStatus};
use super::law::{CaliforniaAllowance, WageTerms};
use super::tables::{TaxByLine, by_line, no_table};
use super::wages::{StateWages, TaxedWages};
use super::withheld::Withheld;
use crate::amounts::{cents, percent};
use crate::facts::Payment;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::sentences::{to_the_cent, unrounded};
use crate::steps::CaliforniaStep;

/// Says which wages California taxes.
pub(super) fn explain(terms: &WageTerms, wages: StateWages, out: &mut Payslip) {
    let contribution = wages.taxed_employer_health_savings(terms);
    if !contribution.is_zero() {
        let pay = wages.pay();
        let total = pay + contribution;
        out.step(|| CaliforniaStep::EmployerHealthSavings { pay, contribution, total });
    }
    out.step(|| {
        let TaxedWages { pay, deductions, regular, supplemental } = wages.taxed(terms);
        match supplemental {
            None => CaliforniaStep::Wages { pay, deductions, wages: regular },
            Some(supplemental) => {
                CaliforniaStep::WagesApart { pay, deductions, regular, supplemental }
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
    let regular = method_b(law, payment, wages.taxable(terms), out)?;
    let supplemental = supplemental(terms, payment, wages.supplemental, out);
    Ok(Withheld { regular, supplemental })
}

/// Supplemental wages: a rate for bonuses and stock options, another one for others.
fn supplemental(
    terms: &WageTerms,
    payment: &Payment,
    wages: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let other =
        terms.other_supplemental_rate.filter(|_| payment.supplemental_is_no_bonus == Some(true));
    let rate = other.or(terms.supplemental_rate).unwrap_or_default();
    let tax = cents(wages * rate);
    if !wages.is_zero() {
        out.step(|| CaliforniaStep::Supplemental { wages, rate: percent(rate), tax });
    }
    tax
}

fn method_b(
    law: &Law,
    payment: &Payment,
    earnings: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let frequency = payment.pay_frequency;
    let status = payment.state_filing_status.unwrap_or(StateFilingStatus::Single);
    let allowances = payment.state_allowances.unwrap_or_default();
    let period = law
        .california_periods
        .iter()
        .find(|row| row.pay_frequency == frequency)
        .ok_or_else(|| no_table(payment, "table 1"))?;
    let higher = match status {
        StateFilingStatus::Single => false,
        StateFilingStatus::Married => allowances >= 2,
        StateFilingStatus::HeadOfHousehold => true,
    };
    let (low_income, standard) = if higher {
        (period.low_income_higher, period.standard_higher)
    } else {
        (period.low_income_lower, period.standard_lower)
    };

    // Step 1: table 1, low income exemption.
    if earnings <= low_income {
        out.step(|| CaliforniaStep::LowIncome { earnings, limit: low_income });
        return Ok(Decimal::ZERO);
    }
    // Step 2: table 2, estimated deduction for additional allowances.
    let additional = payment.state_additional_allowances.unwrap_or_default();
    let estimated = of_allowances(law, payment, additional, |row| row.estimated_deduction)?;
    // Step 3: table 3, standard deduction.
    let deduction = estimated + standard;
    out.step(|| CaliforniaStep::Deduction { standard, estimated, number: additional, deduction });
    let taxable = (earnings - deduction).max(Decimal::ZERO);
    out.step(|| CaliforniaStep::Taxable { wages: earnings, deduction, taxable });
    // Step 4: tables 5 to 28, rate table of the period and the marital status.
    let schedule = match status {
        StateFilingStatus::Single => Schedule::Single,
        StateFilingStatus::Married => Schedule::Married,
        StateFilingStatus::HeadOfHousehold => Schedule::HeadOfHousehold,
    };
    let TaxByLine { over, base_tax, rate, tax } =
        by_line(&law.california_brackets, payment, schedule, taxable)?;
    out.step(|| CaliforniaStep::Bracket { taxable, over, base_tax, rate, tax: unrounded(tax) });
    // Step 5: table 4, credit of the regular allowances.
    let credit = of_allowances(law, payment, allowances, |row| row.credit)?;
    if credit.is_zero() {
        return Ok(to_the_cent(tax, out));
    }
    let left = cents((tax - credit).max(Decimal::ZERO));
    out.step(|| CaliforniaStep::Credit { tax: unrounded(tax), credit, left });
    Ok(left)
}

/// What tables 2 and 4 give for a number of allowances: up to 10 as printed, above it so many times
/// what one is worth.
fn of_allowances(
    law: &Law,
    payment: &Payment,
    number: i64,
    column: impl Fn(&CaliforniaAllowance) -> Decimal,
) -> Result<Decimal, Fault> {
    if number <= 0 {
        return Ok(Decimal::ZERO);
    }
    let mut one = None;
    for row in &law.california_allowances {
        if row.pay_frequency == payment.pay_frequency {
            if row.number == number {
                return Ok(column(row));
            }
            if row.number == 1 {
                one = Some(column(row));
            }
        }
    }
    let one = one.ok_or_else(|| no_table(payment, "table 2 or 4"))?;
    Ok(one * Decimal::from(number))
}
