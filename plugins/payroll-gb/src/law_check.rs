//! Faults where the parameters contradict themselves. Runs once, when an evaluator is made.

use stele_sdk::ParameterField;
use stele_sdk::prelude::*;

use crate::choices::{NiThreshold, PayFrequency, StudentLoan};
use crate::law::{Band, Law, MinimumWage, QualifyingEarnings, Threshold};

/// Checks what the rule relies on.
pub(crate) fn check(law: &Law) -> Result<(), Fault> {
    check_bands(&law.bands, Law::BANDS)?;
    check_bands(&law.scottish_bands, Law::SCOTTISH_BANDS)?;
    check_bands(&law.welsh_bands, Law::WELSH_BANDS)?;
    for wanted in NiThreshold::ALL {
        if !law.ni_thresholds.iter().any(|row| row.threshold == *wanted) {
            return Err(missing(Law::NI_THRESHOLDS, wanted.name()));
        }
    }
    for (row, threshold) in law.ni_thresholds.iter().enumerate() {
        if threshold.week > threshold.month || threshold.month > threshold.year {
            return Err(Fault::parameter_cell(
                Law::NI_THRESHOLDS,
                row,
                Threshold::MONTH,
                format!(
                    "must lie between those of a week and of a year, found {}",
                    threshold.month
                ),
            ));
        }
    }
    for wanted in StudentLoan::ALL.iter().filter(|plan| **plan != StudentLoan::NoPlan) {
        if !law.student_loans.iter().any(|row| row.plan == *wanted) {
            return Err(missing(Law::STUDENT_LOANS, wanted.name()));
        }
    }
    for wanted in PayFrequency::ALL {
        if !law.qualifying_earnings.iter().any(|row| row.pay_frequency == *wanted) {
            return Err(missing(Law::QUALIFYING_EARNINGS, wanted.name()));
        }
    }
    for (row, band) in law.qualifying_earnings.iter().enumerate() {
        if band.lower > band.upper {
            return Err(Fault::parameter_cell(
                Law::QUALIFYING_EARNINGS,
                row,
                QualifyingEarnings::LOWER,
                format!("must not exceed the upper level of {}, found {}", band.upper, band.lower),
            ));
        }
    }
    for (row, wage) in law.minimum_wages.iter().enumerate() {
        let same = |other: &MinimumWage| {
            (other.band, other.applies_from) == (wage.band, wage.applies_from)
        };
        if law.minimum_wages[..row].iter().any(same) {
            return Err(Fault::parameter_cell(
                Law::MINIMUM_WAGES,
                row,
                MinimumWage::APPLIES_FROM,
                format!(
                    "must differ from that of every other row for {}, found {} twice",
                    wage.band.name(),
                    wage.applies_from
                ),
            ));
        }
    }
    Ok(())
}

fn missing(parameter: ParameterField, name: &str) -> Fault {
    Fault::parameter(parameter, format!("must have a row for {name}, found none"))
}

/// Bands must rise and end open, and the tax given for each limit must follow from the rates: a
/// misprint is found here.
fn check_bands(bands: &[Band], parameter: ParameterField) -> Result<(), Fault> {
    let Some((last, limited)) = bands.split_last() else {
        return Err(Fault::parameter(parameter, "must have at least one band, found none"));
    };
    if last.up_to.is_some() || last.tax.is_some() {
        return Err(Fault::parameter(parameter, "the last band must have no limit"));
    }
    let (mut below, mut tax_below) = (Decimal::ZERO, Decimal::ZERO);
    for (row, band) in limited.iter().enumerate() {
        let (Some(limit), Some(tax)) = (band.up_to, band.tax) else {
            return Err(Fault::parameter_cell(
                parameter,
                row,
                Band::UP_TO,
                "only the last band may have no limit",
            ));
        };
        if limit <= below {
            return Err(Fault::parameter_cell(
                parameter,
                row,
                Band::UP_TO,
                format!("limits must rise, found {limit} after {below}"),
            ));
        }
        tax_below += (limit - below) * band.rate;
        below = limit;
        if tax != tax_below {
            return Err(Fault::parameter_cell(
                parameter,
                row,
                Band::TAX,
                format!("the tax on {limit} must follow from the rates, {tax_below}, found {tax}"),
            ));
        }
    }
    Ok(())
}
