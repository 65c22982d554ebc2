//! A moment of a fact: on an absolute scale, and by the local calendar and clock.

use stele_sdk::prelude::*;

use crate::dates;

/// Seconds of a minute, an hour and a day of 24 hours.
pub(crate) const MINUTE: i64 = 60;
pub(crate) const HOUR: i64 = 3_600;
pub(crate) const DAY: i64 = 86_400;

/// A moment: where it lies on the absolute scale, and what the local calendar and clock say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    /// Seconds since the beginning of 0001-01-01 in UTC, shifted by a day.
    pub(crate) second: i64,
    /// Local day.
    pub(crate) date: Date,
    /// Seconds that local time is ahead of UTC.
    pub(crate) ahead: i64,
}

impl Moment {
    /// Reads a moment of a fact.
    pub(crate) fn of(at: &DateTime) -> Self {
        let date = at.date();
        let ahead = i64::from(at.offset()) * MINUTE;
        let clock =
            i64::from(at.hour()) * HOUR + i64::from(at.minute()) * MINUTE + i64::from(at.second());
        Self { second: dates::ordinal(date) * DAY + clock - ahead, date, ahead }
    }

    /// Local day and time, to the minute: `2026-03-02 22:00`.
    pub(crate) fn written(&self) -> String {
        let clock = self.clock();
        format!("{} {:02}:{:02}", self.date, clock / HOUR, clock % HOUR / MINUTE)
    }

    /// Seconds since the local day began.
    pub(crate) fn clock(&self) -> i64 {
        self.second - self.midnight_of(self.date)
    }

    /// The beginning of a local day whose clock is ahead of UTC like this moment's.
    pub(crate) fn midnight_of(&self, date: Date) -> i64 {
        dates::ordinal(date) * DAY - self.ahead
    }
}
