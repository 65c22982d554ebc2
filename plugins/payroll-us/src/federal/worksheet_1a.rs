//! Publication 15-T, Worksheet 1A: the percentage method for automated payroll systems. The lines are
//! the worksheet's. Nothing is rounded before the last line.

use stele_sdk::prelude::*;

use super::certificate::Certificate;
use super::defaults;
use super::law::WithholdingBracket;
use crate::amounts::{WORKING_DAYS, cents, percent, periods};
use crate::choices::FilingStatus;
use crate::facts::Payment;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::sentences::unrounded;
use crate::steps::WithholdingStep;

/// Income tax on the taxable wages of a payroll period.
pub(super) fn withhold(
    law: &Law,
    payment: &Payment,
    certificate: Certificate,
    taxable: Decimal,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    defaults::of_certificate(payment, out);
    defaults::of_residence(payment, out);
    // Step 1. 1a: taxable wages of the payroll period, with the amount for a nonresident alien.
    let wages = taxable + nonresident_alien_amount(law, payment, certificate, taxable, out)?;
    // 1b: pay periods of a year (table 3). 1c: line 1a times line 1b.
    let periods = periods(payment.pay_frequency, WORKING_DAYS);
    let year = wages * periods;
    out.step(|| WithholdingStep::AnnualWages { wages, periods, year });
    let adjusted = if certificate.form.has_allowances() {
        with_allowances(law, payment, year, out)
    } else {
        with_steps(law, payment, certificate, year, out)
    };
    // Step 2. 2a to 2g: the tentative amount to withhold in the year.
    let multiple_jobs = payment.multiple_jobs == Some(true);
    let tentative = annual_tax(law, certificate.status, multiple_jobs, adjusted, out);
    // Step 3. 3a: Step 3 of Form W-4. 3b and 2h: both by pay periods. 3c: the tax less the credits.
    let credits = payment.tax_credits.unwrap_or_default();
    let left = (tentative - credits).max(Decimal::ZERO);
    // Step 4. 4a: Step 4(c) of Form W-4, or line 6 of an earlier one. 4b: what is withheld.
    let extra = payment.extra_withholding.unwrap_or_default();
    let withheld = cents(left / periods + extra);
    out.step(|| WithholdingStep::Withheld {
        tax: unrounded(tentative),
        credits,
        periods,
        extra,
        withheld,
    });
    Ok(withheld)
}

/// Lines 1d to 1i: Form W-4 of 2020 or later.
fn with_steps(
    law: &Law,
    payment: &Payment,
    certificate: Certificate,
    year: Decimal,
    out: &mut Payslip,
) -> Decimal {
    // 1d: Step 4(a). 1e: added to line 1c.
    let income = payment.other_income.unwrap_or_default();
    // 1f: Step 4(b). 1g: nothing if the box in Step 2 is checked, else by filing status.
    let standard = if payment.multiple_jobs == Some(true) {
        Decimal::ZERO
    } else {
        adjustment(law, certificate.status)
    };
    // 1h: lines 1f and 1g. 1i: line 1e less line 1h, the adjusted annual wage amount.
    let deductions = payment.deductions.unwrap_or_default() + standard;
    let adjusted = (year + income - deductions).max(Decimal::ZERO);
    out.step(|| WithholdingStep::AdjustedWages { year, income, deductions, adjusted });
    adjusted
}

/// Lines 1j to 1l: Form W-4 of 2019 or earlier; also those of Worksheet 1B.
pub(super) fn with_allowances(
    law: &Law,
    payment: &Payment,
    year: Decimal,
    out: &mut Payslip,
) -> Decimal {
    // 1j: allowances claimed. 1k: their value. 1l: line 1c less line 1k.
    let number = payment.allowances.unwrap_or_default();
    let value = law.allowance * Decimal::from(number);
    let adjusted = (year - value).max(Decimal::ZERO);
    out.step(|| WithholdingStep::Allowances { year, number, value, adjusted });
    adjusted
}

/// Line 1g, and line 2b of Worksheet 1B.
pub(super) fn adjustment(law: &Law, status: FilingStatus) -> Decimal {
    match status {
        FilingStatus::MarriedJoint => law.adjustment_joint,
        FilingStatus::Single | FilingStatus::HeadOfHousehold => law.adjustment_other,
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
    // The tables begin at 0 for every status: `law_check`.
    let Some(line) = withholding_bracket(law, status, multiple_jobs, adjusted) else {
        return Decimal::ZERO;
    };
    let tax = line.tax + (adjusted - line.at_least) * line.rate;
    out.step(|| WithholdingStep::WithholdingBracket {
        adjusted,
        at_least: line.at_least,
        base_tax: line.tax,
        rate: percent(line.rate),
        tax: unrounded(tax),
    });
    tax
}

/// The line of the tables of Publication 15-T on which an adjusted annual amount lies: columns A, C
/// and D of it.
fn withholding_bracket(
    law: &Law,
    status: FilingStatus,
    multiple_jobs: bool,
    adjusted: Decimal,
) -> Option<&WithholdingBracket> {
    law.withholding_brackets.iter().rfind(|row| {
        row.status == status && row.multiple_jobs == multiple_jobs && row.at_least <= adjusted
    })
}

/// Publication 15-T, "Withholding Adjustment for Nonresident Alien Employees": table 1 or 2.
fn nonresident_alien_amount(
    law: &Law,
    payment: &Payment,
    certificate: Certificate,
    taxable: Decimal,
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
    out.step(|| WithholdingStep::NonresidentAlien {
        wages: taxable,
        amount,
        sum: taxable + amount,
    });
    Ok(amount)
}
