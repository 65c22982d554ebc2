//! California: Employment Development Department, withholding schedules, method B (exact
//! calculation). The steps are the publication's.

use stele_sdk::FactField;
use stele_sdk::prelude::*;
use stele_sdk::rounding::CENT;

use super::choices::{Schedule, StateFilingStatus};
use super::law::{CaliforniaAllowance, PeriodBracket, WageTerms};
use super::tables::{line_of, no_table};
use super::wages::{StateWages, Taxed, taxed_wages};
use super::withheld::Withheld;
use super::written::StateLaw;
use crate::facts::Payment;
use crate::figures::Figure;
use crate::law::Law;
use crate::payslip::Payslip;

/// The income tax of California.
pub(super) struct California;

impl StateLaw for California {
    fn knows(&self) -> &'static [FactField] {
        &[Payment::STATE_ALLOWANCES, Payment::STATE_ADDITIONAL_ALLOWANCES]
    }

    fn terms<'a>(&self, law: &'a Law) -> Option<&'a WageTerms> {
        law.california_wages.first()
    }

    fn wages(&self, terms: &WageTerms, wages: StateWages, out: &mut Payslip) -> Taxed {
        california_wages(terms, wages, out)
    }

    fn withhold(
        &self,
        law: &Law,
        payment: &Payment,
        terms: &WageTerms,
        wages: Taxed,
        out: &mut Payslip,
    ) -> Result<Withheld, Fault> {
        let regular = method_b(law, payment, wages.regular, out)?;
        let supplemental = california_supplemental(terms, payment, wages.supplemental, out);
        Ok(Withheld { regular, supplemental, ..Withheld::nothing() })
    }
}

taxed_wages! {
    california_wages,
    "California Unemployment Insurance Code, s. 13009; California Revenue and Taxation Code, s. 17215.4",
    "california_wages"
}

/// Supplemental wages: a rate for bonuses and stock options, another one for others.
#[provision(
    "EDD, California Employer's Guide (DE 44), supplemental wage payments",
    parameters("california_wages")
)]
fn california_supplemental(
    terms: &WageTerms,
    payment: &Payment,
    #[is(Figure::StateSupplemental)] wages: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let other =
        terms.other_supplemental_rate.filter(|_| payment.supplemental_is_no_bonus == Some(true));
    let rate = other.or(terms.supplemental_rate).unwrap_or_default();
    if wages.is_zero() {
        return Decimal::ZERO;
    }
    work!(out, Figure::StateSupplementalTax = half_up(share(wages, stated(rate)), CENT))
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
        california_low_income(earnings, low_income, out);
        return Ok(Decimal::ZERO);
    }
    // Step 2: table 2, estimated deduction for additional allowances.
    let additional = payment.state_additional_allowances.unwrap_or_default();
    let estimated = of_allowances(law, payment, additional, |row| row.estimated_deduction)?;
    // Step 3: table 3, standard deduction.
    let taxable = california_taxable(earnings, standard, estimated, out);
    // Step 4: tables 5 to 28, rate table of the period and the marital status.
    let schedule = match status {
        StateFilingStatus::Single => Schedule::Single,
        StateFilingStatus::Married => Schedule::Married,
        StateFilingStatus::HeadOfHousehold => Schedule::HeadOfHousehold,
    };
    let line = line_of(&law.california_brackets, payment, schedule, taxable)?;
    // Step 5: table 4, credit of the regular allowances.
    let credit = of_allowances(law, payment, allowances, |row| row.credit)?;
    Ok(california_tax(line, taxable, credit, out))
}

#[provision(
    "EDD, California Withholding Schedules, method B, table 1",
    parameters("california_periods")
)]
fn california_low_income(earnings: Decimal, limit: Decimal, out: &mut Payslip) {
    say!(
        out,
        CaliforniaLowIncome,
        "California withholds nothing from wages of {earnings:USD}: its limit for low wages is {limit:USD}."
    );
}

#[provision(
    "EDD, California Withholding Schedules, method B, tables 2 and 3",
    parameters("california_periods", "california_allowances")
)]
fn california_taxable(
    #[is(Figure::StateWages)] wages: Decimal,
    standard: Decimal,
    estimated: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let estimated = work!(out, Figure::StateEstimatedDeduction = stated(estimated));
    let deduction = work!(out, Figure::StateDeduction = stated(standard) + estimated);
    work!(out, Figure::StateTaxable = at_least(wages - deduction, 0))
}

#[provision(
    "EDD, California Withholding Schedules, method B, tables 4 to 28",
    parameters("california_allowances")
)]
fn california_tax(
    #[is(Law::CALIFORNIA_BRACKETS)] line: &PeriodBracket,
    #[is(Figure::StateTaxable)] taxable: Decimal,
    credit: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let tax = work!(out, Figure::StateTableTax = line.tax + share(taxable - line.over, line.rate));
    let credit = work!(out, Figure::StateCredit = stated(credit));
    work!(out, Figure::StateTax = half_up(at_least(tax - credit, 0), CENT))
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
