//! Night work.
//!
//! European Union: Directive 2003/88/EC, arts. 2 (3) and 8.

use crate::dates;
use crate::derogation::{Derogations, Shortfall};
use crate::facts::{Provision, WorkingTime};
use crate::findings::Finding;
use crate::items::Item;
use crate::law::Law;
use crate::moment::HOUR;
use crate::steps::TimeStep;
use crate::timesheet::{Entry, Timesheet, hours, seconds};
use crate::{Out, exceeds};

use stele_sdk::prelude::*;

/// Seconds of the period within the night, breaks included: when they were taken is not known.
///
/// No line where the ruleset knows no night.
pub(crate) fn night_line(law: &Law, sheet: &Timesheet, out: &mut Out) {
    let (Some(from), Some(until)) = (law.night_from_hour, law.night_until_hour) else { return };
    let night = sheet.entries.iter().map(|entry| within_night(entry, from, until)).sum::<i64>();
    out.step(|| TimeStep::Night { hours: hours(night), from, until });
    out.line(Item::NightHours, hours(night));
}

/// Directive 2003/88/EC, art. 2 (3): seconds of an entry between two hours of the local clock.
///
/// The beginning of a night is read on the clock of the entry's start, its end on the clock of the
/// entry's end, so a night in which the clocks change is an hour shorter or longer, as it was.
fn within_night(entry: &Entry, from: i64, until: i64) -> i64 {
    let mut seconds = 0;
    let mut date = dates::previous_day(entry.start.date);
    while date <= entry.end.date {
        let morning = if until > from { date } else { dates::next_day(date) };
        let begin = entry.start.midnight_of(date) + from * HOUR;
        let end = entry.end.midnight_of(morning) + until * HOUR;
        let common = end.min(entry.end.second) - begin.max(entry.start.second);
        seconds += common.max(0);
        let next = dates::next_day(date);
        if next == date {
            break;
        }
        date = next;
    }
    seconds
}

/// Directive 2003/88/EC, art. 8 (b): no more than 8 hours in 24 in which night work with special
/// hazards is done.
pub(crate) fn hazardous(
    law: &Law,
    facts: &WorkingTime,
    sheet: &Timesheet,
    derogations: &mut Derogations<'_>,
    out: &mut Out,
) {
    let (Some(limit), Some(from), Some(until)) =
        (law.maximum_hazardous_night_hours, law.night_from_hour, law.night_until_hour)
    else {
        return;
    };
    if facts.hazardous_night_work != Some(true) {
        return;
    }
    // Entries and days are in the same order, so each day meets its own entries.
    let entries = sheet.entries.chunk_by(|one, next| one.work_day == next.work_day);
    for (day, entries) in sheet.days.iter().zip(entries) {
        let at_night = entries.iter().any(|entry| within_night(entry, from, until) > 0);
        let worked = day.worked.total();
        if at_night && exceeds(worked, limit) {
            let beyond = Decimal::from(worked) - seconds(limit);
            let provision = Provision::NightWork;
            let shortfall =
                Shortfall { provision, day: day.date, begun: None, short: beyond, limit };
            derogations.judge(shortfall, out, |out| {
                out.finding(Finding::HazardousNightHours)
                    .on(day.date)
                    .limit(limit)
                    .actual(hours(worked));
            });
        }
    }
}
