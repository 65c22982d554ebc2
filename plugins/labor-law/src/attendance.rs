//! Attendance: planned days against what was worked.
//!
//! Lateness and absence are findings of fact, not of law; which leave leaves full attendance intact
//! is a parameter.

use std::collections::BTreeMap;

use stele_sdk::prelude::*;

use crate::Out;
use crate::facts::{LeaveKind, PlannedShift, WorkingTime};
use crate::findings::Finding;
use crate::hours::applies;
use crate::items::Item;
use crate::law::Law;
use crate::moment::{MINUTE, Moment};
use crate::steps::LeaveStep;
use crate::timesheet::Timesheet;

/// Lines and notes of attendance. None are written without a schedule.
///
/// A planned day after the day of the calculation is not judged yet. Of several planned shifts of a
/// day the first counts. A day covered by leave is neither late nor missed. Late is who begins more
/// full minutes after the planned start than are tolerated.
///
/// Fault: a planned start outside of the period.
pub(crate) fn attendance(
    law: &Law,
    facts: &WorkingTime,
    sheet: &Timesheet,
    out: &mut Out,
) -> Result<(), Fault> {
    let planned = planned(facts)?;
    if planned.is_empty() {
        return Ok(());
    }
    let grace = facts.late_grace_minutes.unwrap_or(0);
    let (mut days, mut leave, mut against, mut absent) = (0_i64, 0_i64, 0_i64, 0_i64);
    let (mut late, mut late_minutes) = (0_i64, 0_i64);
    for (date, start) in planned {
        if date > facts.on {
            continue;
        }
        days += 1;
        if let Some(kind) = leave_on(facts, date) {
            leave += 1;
            against += i64::from(!applies(&law.attendance_leave, kind));
            continue;
        }
        let Some(day) = sheet.day(date) else {
            absent += 1;
            out.finding(Finding::Absence).on(date);
            continue;
        };
        let minutes = (day.first - start).div_euclid(MINUTE);
        if minutes > grace {
            late += 1;
            late_minutes += minutes;
            out.finding(Finding::LateArrival)
                .on(date)
                .limit(Decimal::from(grace))
                .actual(Decimal::from(minutes));
        }
    }
    out.step(|| LeaveStep::Attendance { planned: days, leave, absent, late });
    out.line(Item::PlannedDays, Decimal::from(days));
    out.further_line(Item::LeaveDays, Decimal::from(leave));
    out.further_line(Item::AbsentDays, Decimal::from(absent));
    out.further_line(Item::LateArrivals, Decimal::from(late));
    out.step(|| LeaveStep::LateMinutes { late, minutes: late_minutes });
    out.line(Item::LateMinutes, Decimal::from(late_minutes));
    out.step(|| LeaveStep::LeaveAgainstAttendance { days: against });
    let full = days > 0 && absent + late + against == 0;
    out.step(|| LeaveStep::FullAttendance {
        planned: days,
        absent,
        late,
        against,
        full: full.into(),
    });
    out.line(Item::FullAttendance, Decimal::from(i64::from(full)));
    Ok(())
}

/// First planned start of each day.
fn planned(facts: &WorkingTime) -> Result<BTreeMap<Date, i64>, Fault> {
    let mut planned = BTreeMap::new();
    for (row, shift) in facts.schedule.iter().enumerate() {
        let start = Moment::of(&shift.start);
        if start.date < facts.period_from || start.date > facts.period_until {
            return Err(Fault::fact_cell(
                WorkingTime::SCHEDULE,
                row,
                PlannedShift::START,
                format!(
                    "must lie within the period, {} to {}, found {}",
                    facts.period_from, facts.period_until, start.date
                ),
            ));
        }
        let first = planned.entry(start.date).or_insert(start.second);
        *first = start.second.min(*first);
    }
    Ok(planned)
}

/// The leave that covers a day: the first row that does.
fn leave_on(facts: &WorkingTime, date: Date) -> Option<LeaveKind> {
    facts.leave.iter().find(|row| row.from <= date && date <= row.until).map(|row| row.kind)
}
