//! The entries of a period, in order and checked, and the working days they make.
//!
//! Time is kept in whole seconds on an absolute scale, so that hours are exact across changes of
//! daylight-saving time; days and nights are those of the local clock.

use stele_sdk::Column;
use stele_sdk::prelude::*;

use crate::Out;
use crate::calendar::Calendar;
use crate::dates;
use crate::facts::{DayClass, TimeEntry, WorkingTime};
use crate::findings::Finding;
use crate::law::Law;
use crate::moment::{DAY, HOUR, MINUTE, Moment};

/// A checked entry.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Row of the fact.
    pub(crate) row: usize,
    pub(crate) start: Moment,
    pub(crate) end: Moment,
    /// Seconds of breaks that are not working time.
    pub(crate) unpaid: i64,
    /// Seconds of breaks that are.
    pub(crate) paid: i64,
    /// Class that the entry itself states.
    pub(crate) class: Option<DayClass>,
    /// Working day that it belongs to.
    pub(crate) work_day: Date,
    /// When the work began that it goes on with, without a gap and within that working day.
    run_start: i64,
}

impl Entry {
    /// Working time before and after the midnight that follows the start. An unpaid break is taken
    /// off the longer part, and off the other only beyond it.
    fn parts(&self) -> [i64; 2] {
        let midnight = self.start.midnight_of(dates::next_day(self.start.date));
        let length = self.end.second - self.start.second;
        let before = length.min(midnight - self.start.second);
        let after = length - before;
        let (long, short) = (before.max(after), before.min(after));
        let rest = (self.unpaid - long).max(0);
        let (long, short) = ((long - self.unpaid).max(0), short - rest);
        if before >= after { [long, short] } else { [short, long] }
    }
}

/// Seconds by class of day.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct ByClass {
    pub(crate) workday: i64,
    pub(crate) rest_day: i64,
    pub(crate) public_holiday: i64,
}

impl ByClass {
    pub(crate) fn get(&self, class: DayClass) -> i64 {
        match class {
            DayClass::Workday => self.workday,
            DayClass::RestDay => self.rest_day,
            DayClass::PublicHoliday => self.public_holiday,
        }
    }

    pub(crate) fn add(&mut self, class: DayClass, seconds: i64) {
        match class {
            DayClass::Workday => self.workday += seconds,
            DayClass::RestDay => self.rest_day += seconds,
            DayClass::PublicHoliday => self.public_holiday += seconds,
        }
    }

    pub(crate) fn total(&self) -> i64 {
        self.workday + self.rest_day + self.public_holiday
    }
}

/// What was worked on one working day.
#[derive(Clone, Debug)]
pub(crate) struct WorkDay {
    pub(crate) date: Date,
    /// Working time by class of the day on which it fell.
    pub(crate) worked: ByClass,
    /// Breaks within entries and gaps between them.
    pub(crate) breaks: i64,
    /// Absolute second at which the first entry began.
    pub(crate) first: i64,
    /// Absolute second at which the last entry ended.
    last: i64,
}

/// A working day that the rule had to guess: work after midnight, after a gap that may have been a
/// break or the end of the shift.
#[derive(Clone, Debug)]
pub(crate) struct Assumed {
    /// When the work began.
    pub(crate) start: Moment,
    /// Working day that it was taken to belong to.
    pub(crate) work_day: Date,
    /// Seconds since the work before.
    pub(crate) gap: i64,
}

/// The entries of the period in the order of time, and the days that they make.
#[derive(Clone, Debug)]
pub(crate) struct Timesheet {
    pub(crate) entries: Vec<Entry>,
    pub(crate) days: Vec<WorkDay>,
    /// Entries of a shift that began on the day before the period. They count there, and end a rest
    /// here.
    pub(crate) earlier: Vec<Entry>,
    assumed: Vec<Assumed>,
    /// Work soon after the period began, of which it is not known whether it continues a shift.
    assumed_at_start: Option<Moment>,
}

impl Timesheet {
    /// Reads, sorts and checks the entries.
    ///
    /// Fault, with row and column: an end before its start, more than 24 hours, breaks longer than
    /// the entry, a working day that cannot be the entry's or lies outside of the period, entries
    /// that overlap.
    pub(crate) fn read(
        law: &Law,
        facts: &WorkingTime,
        calendar: &Calendar<'_>,
    ) -> Result<Self, Fault> {
        let mut entries = facts
            .entries
            .iter()
            .enumerate()
            .map(|(row, entry)| read_entry(row, entry))
            .collect::<Result<Vec<_>, _>>()?;
        // The row settles the order of equal starts, which overlap and are refused below.
        entries.sort_by_key(|entry| (entry.start.second, entry.row));
        let shift_break = whole_seconds(law.shift_break_hours.unwrap_or_default());
        let mut assumed = Vec::new();
        for next in 1..entries.len() {
            let (before, after) = entries.split_at_mut(next);
            if let (Some(earlier), Some(later)) = (before.last(), after.first_mut()) {
                let shift_start = shift_start(before);
                assumed.extend(follow(facts, earlier, shift_start, shift_break, later)?);
            }
        }
        // Only an entry that says so, and what continues it, belongs to a day before its own.
        let from = facts.period_from;
        let own = |entry: &Entry| entry.work_day >= from || entry.start.date < from;
        let own = entries.iter().position(own).unwrap_or(entries.len());
        let earlier = entries.drain(..own).collect::<Vec<_>>();
        for entry in &entries {
            if entry.work_day < facts.period_from || entry.work_day > facts.period_until {
                return Err(cell(
                    entry.row,
                    TimeEntry::START,
                    format!(
                        "must belong to a working day within the period, {} to {}, found {}",
                        facts.period_from, facts.period_until, entry.work_day
                    ),
                ));
            }
        }
        let assumed_at_start = entries
            .first()
            .filter(|first| earlier.is_empty() && !stated(facts, first))
            .map(|first| first.start)
            .filter(|start| start.date == from && start.clock() < shift_break);
        let days = days(&entries, calendar);
        Ok(Self { entries, days, earlier, assumed, assumed_at_start })
    }

    /// Says which entries count in an earlier period, and which working days were guessed.
    pub(crate) fn say_assumed(&self, law: &Law, out: &mut Out) {
        for entry in &self.earlier {
            out.finding(Finding::EntryOfEarlierPeriod)
                .about(entry.start.written())
                .on(entry.work_day)
                .actual(hours(entry.parts().iter().sum()));
        }
        if let Some(start) = self.assumed_at_start {
            out.finding(Finding::WorkingDayAtPeriodStart).about(start.written()).on(start.date);
        }
        let Some(limit) = law.shift_break_hours else { return };
        for Assumed { start, work_day, gap } in &self.assumed {
            out.finding(Finding::WorkingDayAssumed)
                .about(start.written())
                .on(*work_day)
                .limit(limit)
                .actual(hours(*gap));
        }
    }

    /// Seconds worked in the period.
    pub(crate) fn worked(&self) -> i64 {
        self.days.iter().map(|day| day.worked.total()).sum()
    }

    /// What was worked on a day.
    pub(crate) fn day(&self, date: Date) -> Option<&WorkDay> {
        self.days.binary_search_by_key(&date, |day| day.date).ok().and_then(|at| self.days.get(at))
    }
}

/// Reads one entry by itself.
fn read_entry(row: usize, entry: &TimeEntry) -> Result<Entry, Fault> {
    let (start, end) = (Moment::of(&entry.start), Moment::of(&entry.end));
    let length = end.second - start.second;
    if length <= 0 {
        return Err(cell(
            row,
            TimeEntry::END,
            "must be after the start, found a time before it or equal to it".into(),
        ));
    }
    if length > DAY {
        return Err(cell(
            row,
            TimeEntry::END,
            format!("must be at most 24 hours after the start, found {} minutes", length / MINUTE),
        ));
    }
    let unpaid = entry.unpaid_break_minutes.unwrap_or(0) * MINUTE;
    let paid = entry.paid_break_minutes.unwrap_or(0) * MINUTE;
    if unpaid + paid > length {
        let column = if unpaid > length {
            TimeEntry::UNPAID_BREAK_MINUTES
        } else {
            TimeEntry::PAID_BREAK_MINUTES
        };
        return Err(cell(
            row,
            column,
            format!(
                "breaks must not be longer than the entry of {} minutes, found {}",
                length / MINUTE,
                (unpaid + paid) / MINUTE
            ),
        ));
    }
    let work_day = entry.work_day.unwrap_or(start.date);
    if work_day != start.date && work_day != dates::previous_day(start.date) {
        return Err(cell(
            row,
            TimeEntry::WORK_DAY,
            format!(
                "must be the day of the start, {}, or the day before, found {work_day}",
                start.date
            ),
        ));
    }
    let (class, run_start) = (entry.day_class, start.second);
    Ok(Entry { row, start, end, unpaid, paid, class, work_day, run_start })
}

/// Whether the fact itself says which working day the entry belongs to.
fn stated(facts: &WorkingTime, entry: &Entry) -> bool {
    facts.entries.get(entry.row).is_some_and(|fact| fact.work_day.is_some())
}

/// When the working day of the last entry began.
fn shift_start(entries: &[Entry]) -> i64 {
    let Some(last) = entries.last() else { return 0 };
    let shift = entries.iter().rev().take_while(|entry| entry.work_day == last.work_day);
    shift.last().map_or(last.start.second, |first| first.start.second)
}

/// Checks an entry against the one before it, and takes over its working day where it continues it.
///
/// The law measures the day of 8 hours and does not say when a day's work ends that goes on after
/// midnight. Work without a gap goes on, for 24 hours, as in one entry; so does work after a break
/// that is shorter than `shift_break`, within 24 hours of the shift's start. A gap of up to twice that
/// length may be either: what was assumed is returned, so that it is said.
fn follow(
    facts: &WorkingTime,
    earlier: &Entry,
    shift_start: i64,
    shift_break: i64,
    later: &mut Entry,
) -> Result<Option<Assumed>, Fault> {
    if later.start.second < earlier.end.second {
        return Err(cell(
            later.row,
            TimeEntry::START,
            format!(
                "must not lie within another entry, found one that overlaps row {}",
                earlier.row
            ),
        ));
    }
    let gap = later.start.second - earlier.end.second;
    let mut assumed = None;
    if !stated(facts, later) && later.start.date > earlier.work_day {
        if gap == 0 {
            if later.start.second - earlier.run_start < DAY {
                later.work_day = earlier.work_day;
            }
        } else if gap < 2 * shift_break && later.start.date == dates::next_day(earlier.work_day) {
            if gap < shift_break && later.start.second - shift_start < DAY {
                later.work_day = earlier.work_day;
            }
            assumed = Some(Assumed { start: later.start, work_day: later.work_day, gap });
        }
    }
    if gap == 0 && later.work_day == earlier.work_day {
        later.run_start = earlier.run_start;
    }
    if later.work_day < earlier.work_day {
        return Err(cell(
            later.row,
            TimeEntry::WORK_DAY,
            format!(
                "must not be before the working day of an earlier entry, {}, found {}",
                earlier.work_day, later.work_day
            ),
        ));
    }
    Ok(assumed)
}

/// Gathers entries into working days. They come in order, and so do the days.
fn days(entries: &[Entry], calendar: &Calendar<'_>) -> Vec<WorkDay> {
    let mut days: Vec<WorkDay> = Vec::new();
    for entry in entries {
        let new = days.last().is_none_or(|day| day.date != entry.work_day);
        if new {
            days.push(WorkDay {
                date: entry.work_day,
                worked: ByClass::default(),
                breaks: 0,
                first: entry.start.second,
                last: entry.start.second,
            });
        }
        let Some(day) = days.last_mut() else { continue };
        let date = entry.start.date;
        for (date, seconds) in [date, dates::next_day(date)].into_iter().zip(entry.parts()) {
            let class = match entry.class {
                Some(class) => class,
                None if seconds == 0 => continue,
                None => calendar.class_of_work(entry.work_day, date),
            };
            day.worked.add(class, seconds);
        }
        day.breaks += entry.unpaid + entry.paid + (entry.start.second - day.last);
        day.last = entry.end.second;
    }
    days
}

/// A fault about one cell of the entries.
fn cell(row: usize, column: Column, message: String) -> Fault {
    Fault::fact_cell(WorkingTime::ENTRIES, row, column, message)
}

/// Hours of so many seconds, to four decimals, a half away from zero.
pub(crate) fn hours(seconds: i64) -> Decimal {
    round(Decimal::from(seconds) / Decimal::from(HOUR), 4)
}

/// Rounds a half away from zero.
pub(crate) fn round(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero).normalize()
}

/// Hours as whole seconds, a fraction of a second dropped.
pub(crate) fn whole_seconds(hours: Decimal) -> i64 {
    i64::try_from(seconds(hours).trunc()).unwrap_or(i64::MAX)
}

/// Seconds of so many hours, exact.
pub(crate) fn seconds(hours: Decimal) -> Decimal {
    hours * Decimal::from(HOUR)
}
