//! Faults where parameters contradict themselves. Runs once, when an evaluator is made.

use stele_sdk::prelude::*;

use crate::choices::{Chart, ScheduleKind};
use crate::law::{AgeRelief, Law, PensionRelief, Schedule};

/// How far a printed schedule may jump at the beginning of a zone: its constants have two decimals.
const JUMP: Decimal = Decimal::ONE;

/// Checks what the declared bounds cannot.
pub(crate) fn check(law: &Law) -> Result<(), Fault> {
    law.schedule(ScheduleKind::Regular)?;
    if law.chart == Chart::December2024 {
        law.schedule(ScheduleKind::UntilNovember2024)?;
    }
    for (row, schedule) in law.schedules.iter().enumerate() {
        check_schedule(row, schedule)?;
    }
    let least = law.least_provision_rate.is_some() && law.provision_limit_class_three.is_some();
    if law.chart != Chart::Year2026 && !least {
        return Err(Fault::parameter(
            Law::LEAST_PROVISION_RATE,
            "must be given with provision_limit_class_three until 2025",
        ));
    }
    let mut years = law.pension_reliefs.iter().map(|row| row.year);
    if let Some(row) = gap(&mut years) {
        return Err(Fault::parameter_cell(
            Law::PENSION_RELIEFS,
            row,
            PensionRelief::YEAR,
            "years must follow each other",
        ));
    }
    let mut years = law.age_reliefs.iter().map(|row| row.year);
    if let Some(row) = gap(&mut years) {
        return Err(Fault::parameter_cell(
            Law::AGE_RELIEFS,
            row,
            AgeRelief::YEAR,
            "years must follow each other",
        ));
    }
    Ok(())
}

/// The row whose year does not follow the one before.
fn gap(years: &mut dyn Iterator<Item = i64>) -> Option<usize> {
    let mut expected = None;
    for (row, year) in years.enumerate() {
        if expected.is_some_and(|expected| expected != year) {
            return Some(row);
        }
        expected = Some(year + 1);
    }
    None
}

/// A schedule rises without jumps: a misprint in one of its constants is found here.
fn check_schedule(row: usize, schedule: &Schedule) -> Result<(), Fault> {
    let limits = [
        schedule.basic_allowance,
        schedule.zone_three_from,
        schedule.zone_four_from,
        schedule.zone_five_from,
    ];
    if limits.windows(2).any(|pair| pair[0] >= pair[1]) {
        return Err(Fault::parameter_row(Law::SCHEDULES, row, "zones must rise"));
    }
    let zones = [
        (schedule.zone_three_from, Schedule::ZONE_THREE_TAX),
        (schedule.zone_four_from, Schedule::ZONE_FOUR_DEDUCTION),
        (schedule.zone_five_from, Schedule::ZONE_FIVE_DEDUCTION),
    ];
    for (from, column) in zones {
        let (below, above) = (schedule.tax(from - Decimal::ONE), schedule.tax(from));
        if above < below || above - below > JUMP {
            return Err(Fault::parameter_cell(
                Law::SCHEDULES,
                row,
                column,
                format!(
                    "the tax must not jump at {from}, found {below} below it and {above} at it"
                ),
            ));
        }
    }
    Ok(())
}
