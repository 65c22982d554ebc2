//! What the parameters of a ruleset must be among themselves. It is checked once, when a ruleset is
//! published.

use std::fmt::Debug;

use stele_sdk::prelude::*;
use stele_sdk::{Column, ParameterField};

use crate::law::{
    AveragingDays, DerogationRule, Law, LeaveBand, NoticeRule, OvertimeRate, ProbationLimit,
    SeveranceRule, StatutoryDay,
};

/// Refuses parameters that contradict each other or leave a formula without one of its numbers.
pub(crate) fn parameters(law: &Law) -> Result<(), Fault> {
    together(
        law.maximum_average_weekly_hours.is_some(),
        law.reference_months.is_some(),
        Fault::parameter(
            Law::REFERENCE_MONTHS,
            "must be given together with maximum_average_weekly_hours, found only one of them",
        ),
    )?;
    together(
        law.night_from_hour.is_some(),
        law.night_until_hour.is_some(),
        Fault::parameter(
            Law::NIGHT_UNTIL_HOUR,
            "must be given together with night_from_hour, found only one of them",
        ),
    )?;
    if law.night_from_hour.is_some() && law.night_from_hour == law.night_until_hour {
        return Err(Fault::parameter(
            Law::NIGHT_UNTIL_HOUR,
            "must differ from night_from_hour, found the same hour",
        ));
    }
    if !law.overtime_rates.is_empty()
        && (law.normal_daily_hours.is_none() || law.pay_decimals.is_none())
    {
        return Err(Fault::parameter(
            Law::OVERTIME_RATES,
            "need normal_daily_hours and pay_decimals, found at least one of them missing",
        ));
    }
    if law.normal_daily_hours.is_some_and(|hours| hours.is_zero()) {
        return Err(Fault::parameter(Law::NORMAL_DAILY_HOURS, "must be more than 0, found 0"));
    }
    once(&law.overtime_rates, |row| row.class, Law::OVERTIME_RATES, OvertimeRate::CLASS)?;
    once(&law.annual_leave, |row| row.from_years, Law::ANNUAL_LEAVE, LeaveBand::FROM_YEARS)?;
    once(
        &law.probation,
        |row| (row.kind, row.from_months),
        Law::PROBATION,
        ProbationLimit::FROM_MONTHS,
    )?;
    once(&law.averaging_periods, |row| row.period, Law::AVERAGING_PERIODS, AveragingDays::PERIOD)?;
    once(
        &law.derogations,
        |row| (row.ground, row.provision),
        Law::DEROGATIONS,
        DerogationRule::PROVISION,
    )?;
    once(&law.severance, |row| row.ground, Law::SEVERANCE, SeveranceRule::GROUND)?;
    together(
        law.untaken_leave_rate.is_some(),
        law.untaken_leave_rate_in_wages.is_some(),
        Fault::parameter(
            Law::UNTAKEN_LEAVE_RATE_IN_WAGES,
            "must be given together with untaken_leave_rate, found only one of them",
        ),
    )?;
    once(&law.notice, |row| (row.party, row.in_probation), Law::NOTICE, NoticeRule::PARTY)?;
    ascending(&law.statutory_calendar)
}

/// Two parameters of which each needs the other.
fn together(one: bool, other: bool, fault: Fault) -> Result<(), Fault> {
    if one == other { Ok(()) } else { Err(fault) }
}

/// No two rows say something about the same.
fn once<T, K: PartialEq + Debug>(
    rows: &[T],
    key: impl Fn(&T) -> K,
    table: ParameterField,
    column: Column,
) -> Result<(), Fault> {
    for (at, row) in rows.iter().enumerate() {
        if rows.iter().take(at).any(|earlier| key(earlier) == key(row)) {
            return Err(Fault::parameter_cell(
                table,
                at,
                column,
                format!("must occur once, found {:?} again", key(row)),
            ));
        }
    }
    Ok(())
}

/// The calendar is searched by halving: its days must ascend.
fn ascending(calendar: &[StatutoryDay]) -> Result<(), Fault> {
    for (at, pair) in calendar.windows(2).enumerate() {
        if let [one, next] = pair
            && one.date >= next.date
        {
            return Err(Fault::parameter_cell(
                Law::STATUTORY_CALENDAR,
                at + 1,
                StatutoryDay::DATE,
                format!("must be after the row before it, {}, found {}", one.date, next.date),
            ));
        }
    }
    Ok(())
}
