//! What a day is: what the employer declares, else what the State declared, else its weekday.

use std::collections::BTreeMap;

use stele_sdk::prelude::*;

use crate::dates;
use crate::facts::{DayClass, WorkingTime};
use crate::law::{Law, StatutoryDay};

/// The calendar of one employee.
pub(crate) struct Calendar<'a> {
    declared: BTreeMap<Date, DayClass>,
    statutory: &'a [StatutoryDay],
}

impl<'a> Calendar<'a> {
    /// Takes the declared days over the statutory ones.
    ///
    /// Fault: a day is declared twice, or the period reaches into a year whose public holidays the
    /// ruleset does not know: guessing them would make holiday work look like ordinary work.
    pub(crate) fn new(law: &'a Law, facts: &WorkingTime) -> Result<Self, Fault> {
        let mut declared = BTreeMap::new();
        for (row, day) in facts.calendar.iter().enumerate() {
            if declared.insert(day.date, day.class).is_some() {
                return Err(Fault::fact_cell(
                    WorkingTime::CALENDAR,
                    row,
                    crate::facts::CalendarDay::DATE,
                    format!("must be declared once, found {} twice", day.date),
                ));
            }
        }
        let statutory = law.statutory_calendar.as_slice();
        if let (Some(first), Some(last)) = (statutory.first(), statutory.last()) {
            let known = first.date.year()..=last.date.year();
            let message = |date: Date| {
                format!(
                    "must lie in a year whose public holidays are known, {} to {}, found {date}",
                    known.start(),
                    known.end()
                )
            };
            if !known.contains(&facts.period_from.year()) {
                let message = message(facts.period_from);
                return Err(Fault::fact(WorkingTime::PERIOD_FROM, message));
            }
            if !known.contains(&facts.period_until.year()) {
                let message = message(facts.period_until);
                return Err(Fault::fact(WorkingTime::PERIOD_UNTIL, message));
            }
        }
        Ok(Self { declared, statutory })
    }

    /// Class of a day.
    pub(crate) fn class(&self, date: Date) -> DayClass {
        if let Some(class) = self.declared.get(&date) {
            return *class;
        }
        self.by_state(date).unwrap_or(if is_weekend(date) {
            DayClass::RestDay
        } else {
            DayClass::Workday
        })
    }

    /// Class of the part on `date` of work that belongs to the working day `work_day`.
    ///
    /// A public holiday lasts from midnight to midnight: what falls on it is holiday work. Other
    /// work keeps the class of the day on which it began, so a night shift that begins on Friday
    /// is not rest-day work after midnight.
    pub(crate) fn class_of_work(&self, work_day: Date, date: Date) -> DayClass {
        let class = self.class(date);
        let began_on = if date == work_day { class } else { self.class(work_day) };
        match (class, began_on) {
            (DayClass::PublicHoliday, _) | (_, DayClass::PublicHoliday) => class,
            (_, began_on) => began_on,
        }
    }

    /// Weekend days of the week of `monday` that the State declared to be workdays in exchange for
    /// days off elsewhere: the normal week is longer by that many days.
    pub(crate) fn exchanged_workdays(&self, monday: Date) -> i64 {
        let week = dates::week(monday);
        let exchanged = self.statutory.iter().filter(|day| {
            day.class == DayClass::Workday && is_weekend(day.date) && dates::week(day.date) == week
        });
        i64::try_from(exchanged.count()).unwrap_or(0)
    }

    fn by_state(&self, date: Date) -> Option<DayClass> {
        let found = self.statutory.binary_search_by_key(&date, |day| day.date).ok()?;
        self.statutory.get(found).map(|day| day.class)
    }
}

fn is_weekend(date: Date) -> bool {
    dates::weekday(date) >= 5
}
