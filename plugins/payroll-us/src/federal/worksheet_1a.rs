//! Publication 15-T, Worksheet 1A: the percentage method for automated payroll systems. The lines are
//! the worksheet's. Nothing is rounded before the last line.

use stele_sdk::prelude::*;
use stele_sdk::rounding::CENT;

use super::certificate::Certificate;
use super::defaults;
use super::law::WithholdingBracket;
use crate::amounts::{WORKING_DAYS, periods};
use crate::choices::FilingStatus;
use crate::facts::Payment;
use crate::figures::Figure;
use crate::law::Law;
use crate::payslip::Payslip;

/// Income tax on the taxable wages of a payroll period.
#[provision("Publication 15-T, Worksheet 1A")]
pub(super) fn withhold(
    law: &Law,
    payment: &Payment,
    certificate: Certificate,
    #[is(Figure::WorksheetWages)] wages: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    defaults::of_certificate(payment, out);
    defaults::of_residence(payment, out);
    // Step 1. 1a: taxable wages of the payroll period, with the amount for a nonresident alien.
    #[is(Figure::AlienAmount)]
    let alien = nonresident_alien_amount(law, payment, certificate, out)?;
    // 1b: pay periods of a year (table 3). 1c: line 1a times line 1b.
    let periods = periods(payment.pay_frequency, WORKING_DAYS);
    let periods = work!(out, Figure::PayPeriods = stated(periods));
    let year = work!(out, Figure::AnnualWages = (wages + alien) * periods);
    let adjusted = if certificate.form.has_allowances() {
        with_allowances(law, payment, year, out)
    } else {
        with_steps(law, payment, certificate, year, out)
    };
    // Step 2. 2a to 2g: the tentative amount to withhold in the year.
    let multiple_jobs = payment.multiple_jobs == Some(true);
    let tentative = annual_tax(law, certificate.status, multiple_jobs, adjusted, out);
    Ok(withheld(payment, tentative, periods, out))
}

/// Step 3: 3a: Step 3 of Form W-4. 3b and 2h: both by pay periods. 3c: the tax less the credits.
/// Step 4: 4a: Step 4(c) of Form W-4, or line 6 of an earlier one. 4b: what is withheld.
#[provision("Publication 15-T, Worksheet 1A, lines 2h to 4b; Worksheet 1B, lines 3a to 4c")]
pub(super) fn withheld(
    payment: &Payment,
    #[is(Figure::TentativeTax)] tentative: Decimal,
    #[is(Figure::PayPeriods)] periods: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(
        out,
        Figure::Withheld = half_up(
            at_least(tentative - payment.tax_credits, 0) / periods + payment.extra_withholding,
            CENT
        )
    )
}

/// Lines 1d to 1i: Form W-4 of 2020 or later. 1d: Step 4(a). 1f: Step 4(b). 1g: nothing if the box in
/// Step 2 is checked, else by filing status. 1i: line 1e less line 1h, the adjusted annual wage amount.
#[provision("Publication 15-T, Worksheet 1A, lines 1d to 1i")]
fn with_steps(
    law: &Law,
    payment: &Payment,
    certificate: Certificate,
    #[is(Figure::AnnualWages)] year: Decimal,
    out: &mut Payslip,
) -> Decimal {
    #[is(Figure::Adjustment)]
    let adjustment = match payment.multiple_jobs {
        Some(true) => Decimal::ZERO,
        _ => adjustment(law, certificate.status, out),
    };
    work!(
        out,
        Figure::AdjustedAnnual =
            at_least(year + payment.other_income - payment.deductions - adjustment, 0)
    )
}

/// Lines 1j to 1l: Form W-4 of 2019 or earlier; also those of Worksheet 1B. 1k: the value of the
/// allowances claimed. 1l: line 1c less line 1k.
#[provision("Publication 15-T, Worksheets 1A and 1B, lines 1j to 1l")]
pub(super) fn with_allowances(
    law: &Law,
    payment: &Payment,
    #[is(Figure::AnnualWages)] year: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(out, Figure::AdjustedAnnual = at_least(year - law.allowance * payment.allowances, 0))
}

/// Line 1g, and line 2b of Worksheet 1B.
#[provision("Publication 15-T, Worksheet 1A, line 1g; Worksheet 1B, lines 1g and 2b")]
pub(super) fn adjustment(law: &Law, status: FilingStatus, out: &mut Payslip) -> Decimal {
    match status {
        FilingStatus::MarriedJoint => work!(out, Figure::Adjustment = law.adjustment_joint),
        FilingStatus::Single | FilingStatus::HeadOfHousehold => {
            work!(out, Figure::Adjustment = law.adjustment_other)
        }
    }
}

/// Lines 2a to 2g: the line of the table, and the tax on the adjusted annual amount.
pub(super) fn annual_tax(
    law: &Law,
    status: FilingStatus,
    multiple_jobs: bool,
    adjusted: Decimal,
    out: &mut Payslip,
) -> Decimal {
    let line = law.withholding_brackets.iter().rfind(|row| {
        row.status == status && row.multiple_jobs == multiple_jobs && row.at_least <= adjusted
    });
    // The tables begin at 0 for every status: `law_check`.
    line.map_or(Decimal::ZERO, |line| by_table(line, adjusted, out))
}

/// Columns A, C and D.
#[provision("Publication 15-T, percentage method tables for automated payroll systems")]
fn by_table(
    line: &WithholdingBracket,
    #[is(Figure::AdjustedAnnual)] adjusted: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(out, Figure::TentativeTax = line.tax + share(adjusted - line.at_least, line.rate))
}

/// Publication 15-T, "Withholding Adjustment for Nonresident Alien Employees": table 1 or 2.
#[provision("Publication 15-T, tables 1 and 2", parameters("nonresident_alien_amounts"))]
fn nonresident_alien_amount(
    law: &Law,
    payment: &Payment,
    certificate: Certificate,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    if payment.nonresident_alien != Some(true) {
        return Ok(Decimal::ZERO);
    }
    let with_allowances = certificate.form.has_allowances();
    let row = law
        .nonresident_alien_amounts
        .iter()
        .find(|row| row.with_allowances == with_allowances)
        .ok_or_else(|| {
            Fault::fact(
                Payment::NONRESIDENT_ALIEN,
                format!("no amount for nonresident aliens is known on {}", payment.on),
            )
        })?;
    let amount = row.of_period(payment.pay_frequency);
    Ok(work!(out, Figure::AlienAmount = stated(amount)))
}
