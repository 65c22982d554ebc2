//! Rest: within the day, between days, within the week.
//!
//! China: Labor Law, art. 38. European Union: Directive 2003/88/EC, arts. 3, 4 and 5.

use stele_sdk::prelude::*;

use crate::dates;
use crate::derogation::{Derogations, Shortfall};
use crate::facts::{Provision, WorkingTime};
use crate::findings::Finding;
use crate::law::Law;
use crate::moment::{DAY, MINUTE};
use crate::timesheet::{Entry, Timesheet, hours, seconds};
use crate::{Out, exceeds};

/// Directive 2003/88/EC, art. 3: eleven hours without interruption in each 24 hours.
///
/// The 24 hours begin with work after a rest that was long enough, or with the first work of the
/// period; rest counts as far as it lies within them. After a rest that was too short they begin
/// anew with the work that followed the longest rest found, so each rest is judged once. After the
/// last entry of the period rest is taken to go on.
pub(crate) fn daily_rest(
    law: &Law,
    sheet: &Timesheet,
    derogations: &mut Derogations<'_>,
    out: &mut Out,
) {
    let Some(limit) = law.minimum_daily_rest_hours else { return };
    let entries = &sheet.entries;
    let mut at = 0;
    while let Some(first) = entries.get(at) {
        let (longest, next) = longest_rest(entries, at, limit);
        let short = seconds(limit) - Decimal::from(longest);
        if short > Decimal::ZERO {
            let day = first.work_day;
            let begun = Some(first.start);
            let provision = Provision::DailyRest;
            let shortfall = Shortfall { provision, day, begun, short, limit };
            derogations.judge(shortfall, out, |out| {
                // Of two short rests of a day the beginning says which is which.
                out.finding(Finding::DailyRest)
                    .about(first.start.written())
                    .on(day)
                    .limit(limit)
                    .actual(hours(longest));
            });
        }
        at = next;
    }
}

/// The longest rest in the 24 hours from the start of an entry, or the first that reaches `limit`,
/// and the entry that follows it.
fn longest_rest(entries: &[Entry], at: usize, limit: Decimal) -> (i64, usize) {
    let until = entries.get(at).map_or(0, |entry| entry.start.second + DAY);
    // Work that goes on without a gap is one stretch, however many entries it was written in.
    let follows =
        |pair: &[Entry]| pair.first().map(|e| e.end.second) != pair.last().map(|e| e.start.second);
    let stretch = entries.get(at..).unwrap_or_default();
    let next = stretch.windows(2).position(follows).map_or(entries.len(), |gap| at + gap + 1);
    let mut longest = (0, next);
    for (index, entry) in entries.iter().enumerate().skip(at) {
        if entry.end.second >= until {
            break;
        }
        let next = entries.get(index + 1).map_or(i64::MAX, |next| next.start.second);
        let rest = next.min(until) - entry.end.second;
        if rest > longest.0 {
            longest = (rest, index + 1);
        }
        if Decimal::from(longest.0) >= seconds(limit) {
            break;
        }
    }
    longest
}

/// Directive 2003/88/EC, art. 4: a rest break where the working day is longer than six hours, as
/// long as national law says. Breaks within entries and gaps between the entries of the day count.
pub(crate) fn breaks(
    law: &Law,
    sheet: &Timesheet,
    derogations: &mut Derogations<'_>,
    out: &mut Out,
) {
    let Some(after) = law.break_after_hours else { return };
    // Without a length in the law one minute is the least that can be told from none.
    let least = law.minimum_break_minutes.unwrap_or(1);
    for day in &sheet.days {
        let taken = day.breaks / MINUTE;
        if exceeds(day.worked.total(), after) && taken < least {
            let short = Decimal::from((least - taken) * MINUTE);
            let limit = hours(least * MINUTE);
            let provision = Provision::RestBreak;
            let shortfall = Shortfall { provision, day: day.date, begun: None, short, limit };
            derogations.judge(shortfall, out, |out| {
                out.finding(Finding::RestBreak)
                    .on(day.date)
                    .limit(Decimal::from(least))
                    .actual(Decimal::from(taken));
            });
        }
    }
}

/// A stretch without work.
struct Gap {
    start: i64,
    end: i64,
    /// How many weekly rests it still can serve as.
    left: i64,
}

/// Labor Law, art. 38: one day of rest a week. Directive 2003/88/EC, art. 5: for each seven days
/// 24 hours without interruption plus the daily rest.
///
/// Weeks run from Monday to Sunday and are judged only if they lie wholly within the period. A rest
/// that reaches from one week into the next serves one of them, a longer one as many as it holds
/// the required hours; none serves twice. Art. 16 (a): over a reference period of two weeks, two
/// rests must lie within it, on whatever days. Art. 5, third paragraph: 24 hours alone may do.
pub(crate) fn weekly_rest(
    law: &Law,
    facts: &WorkingTime,
    sheet: &Timesheet,
    derogations: &mut Derogations<'_>,
    out: &mut Out,
) {
    let Some(weekly) = law.minimum_weekly_rest_hours else { return };
    let with_daily = match facts.weekly_rest_without_daily_rest {
        Some(true) => Decimal::ZERO,
        _ => law.minimum_daily_rest_hours.unwrap_or_default(),
    };
    let limit = weekly + with_daily;
    let weeks = match facts.weekly_rest_over_reference_period {
        Some(true) => law.weekly_rest_reference_weeks.unwrap_or(1),
        _ => 1,
    };
    let (Some(first), Some(last)) = (sheet.entries.first(), sheet.entries.last()) else { return };
    let Ok(needed) = i64::try_from(seconds(limit).ceil()) else { return };
    if needed <= 0 {
        return;
    }

    let begin = first.start.midnight_of(facts.period_from);
    let begin = sheet.earlier.last().map_or(begin, |entry| entry.end.second);
    let end = last.end.midnight_of(dates::next_day(facts.period_until));
    let starts = sheet.entries.iter().map(|entry| entry.start.second).chain([end]);
    let ends = [begin].into_iter().chain(sheet.entries.iter().map(|entry| entry.end.second));
    let mut gaps = ends
        .zip(starts)
        .filter(|(start, end)| start < end)
        .map(|(start, end)| Gap { start, end, left: (end - start) / needed })
        .collect::<Vec<_>>();

    let mut monday = dates::monday(facts.period_from);
    if monday < facts.period_from {
        monday = week_after(monday);
    }
    let mut from = midnight(sheet, monday);
    loop {
        let next = (0..weeks).fold(monday, |day, _| week_after(day));
        if next <= monday || dates::previous_day(next) > facts.period_until {
            break;
        }
        let until = midnight(sheet, next);
        let mut longest = 0;
        let mut missing = weeks;
        for gap in gaps.iter_mut().filter(|gap| gap.start < until && gap.end > from) {
            let served = gap.left.min(missing);
            gap.left -= served;
            missing -= served;
            if missing == 0 {
                break;
            }
            // What an earlier week used up is not left for this one.
            longest = longest.max((gap.end - gap.start) % needed);
        }
        for _ in 0..missing {
            let short = Decimal::from(needed - longest);
            let provision = Provision::WeeklyRest;
            let shortfall = Shortfall { provision, day: monday, begun: None, short, limit };
            derogations.judge(shortfall, out, |out| {
                out.finding(Finding::WeeklyRest)
                    .about(monday.to_string())
                    .on(monday)
                    .limit(limit)
                    .actual(hours(longest));
            });
            longest = 0;
        }
        (monday, from) = (next, until);
    }
}

fn week_after(monday: Date) -> Date {
    (0..7).fold(monday, |day, _| dates::next_day(day))
}

/// Local midnight at the beginning of a day, by the clock of the work that follows it, or of the
/// last work before it.
fn midnight(sheet: &Timesheet, date: Date) -> i64 {
    let after = sheet.entries.partition_point(|entry| entry.start.date < date);
    let near = sheet.entries.get(after).map(|entry| entry.start);
    let near = near.or_else(|| sheet.entries.last().map(|entry| entry.end));
    near.map_or(dates::ordinal(date) * DAY, |moment| moment.midnight_of(date))
}
