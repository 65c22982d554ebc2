//! Faults where the federal tables contradict themselves. Runs once, when an evaluator is made.

use stele_sdk::ParameterField;
use stele_sdk::prelude::*;

use super::law::{IncomeTaxBracket, WithholdingBracket};
use crate::choices::FilingStatus;
use crate::law::Law;

/// Checks what the federal files rely on.
pub(crate) fn check(law: &Law) -> Result<(), Fault> {
    for status in FilingStatus::ALL {
        for multiple_jobs in [false, true] {
            check_withholding(law, *status, multiple_jobs)?;
        }
        check_income_tax(law, *status)?;
    }
    for (wanted, name) in [(true, "table 1"), (false, "table 2")] {
        if !law.nonresident_alien_amounts.iter().any(|row| row.with_allowances == wanted) {
            return Err(missing(Law::NONRESIDENT_ALIEN_AMOUNTS, name));
        }
    }
    if law.futa_credit > law.futa_rate {
        let message =
            format!("must not exceed the tax of {}, found {}", law.futa_rate, law.futa_credit);
        return Err(Fault::parameter(Law::FUTA_CREDIT, message));
    }
    Ok(())
}

/// The lines of a schedule begin at 0 and rise, and the tax of each follows from the lines before it to
/// within the half dollar by which the printed limits of the second schedule are rounded.
fn check_withholding(law: &Law, status: FilingStatus, multiple_jobs: bool) -> Result<(), Fault> {
    let lines = law
        .withholding_brackets
        .iter()
        .enumerate()
        .filter(|(_, row)| row.status == status && row.multiple_jobs == multiple_jobs);
    let mut before: Option<&WithholdingBracket> = None;
    for (row, line) in lines {
        let rises =
            before.map_or(line.at_least.is_zero(), |before| before.at_least < line.at_least);
        if !rises {
            return Err(Fault::parameter_cell(
                Law::WITHHOLDING_BRACKETS,
                row,
                WithholdingBracket::AT_LEAST,
                format!("must begin at 0 and rise from line to line, found {}", line.at_least),
            ));
        }
        if let Some(before) = before {
            let follows = before.tax + (line.at_least - before.at_least) * before.rate;
            if (follows - line.tax).abs() > Decimal::new(5, 1) {
                return Err(Fault::parameter_cell(
                    Law::WITHHOLDING_BRACKETS,
                    row,
                    WithholdingBracket::TAX,
                    format!("must follow from the line before, {follows}, found {}", line.tax),
                ));
            }
        }
        before = Some(line);
    }
    if before.is_none() {
        return Err(missing(Law::WITHHOLDING_BRACKETS, status.name()));
    }
    Ok(())
}

/// The same for the rate schedules of a year, exactly; a year that is not known has none.
fn check_income_tax(law: &Law, status: FilingStatus) -> Result<(), Fault> {
    let lines = law.income_tax_brackets.iter().enumerate().filter(|(_, row)| row.status == status);
    let mut before: Option<&IncomeTaxBracket> = None;
    for (row, line) in lines {
        let follows = before
            .map_or(Decimal::ZERO, |before| before.tax + (line.over - before.over) * before.rate);
        let rises = before.map_or(line.over.is_zero(), |before| before.over < line.over);
        if !rises || follows != line.tax {
            return Err(Fault::parameter_cell(
                Law::INCOME_TAX_BRACKETS,
                row,
                IncomeTaxBracket::TAX,
                format!(
                    "lines must begin at 0, rise, and follow from each other: {follows}, found {}",
                    line.tax
                ),
            ));
        }
        before = Some(line);
    }
    Ok(())
}

fn missing(parameter: ParameterField, name: &str) -> Fault {
    Fault::parameter(parameter, format!("must have a row for {name}, found none"))
}
