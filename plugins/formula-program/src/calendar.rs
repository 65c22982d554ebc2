//! Days, times and durations: sums, differences, order.

use crate::value::{Duration, Moment, Time};
use core::cmp::Ordering;
use jiff::Span;
use jiff::civil::{self, Date};

/// Nanoseconds of a second.
const SECOND: i128 = 1_000_000_000;
/// Seconds of a day.
const DAY: i64 = 86_400;

impl Duration {
    /// No time at all.
    pub const ZERO: Self = Self { seconds: 0, nanoseconds: 0 };

    /// So many whole days.
    #[must_use]
    pub fn of_days(days: i64) -> Option<Self> {
        Some(Self { seconds: days.checked_mul(DAY)?, nanoseconds: 0 })
    }

    /// All of it in nanoseconds.
    #[must_use]
    pub fn total(self) -> i128 {
        i128::from(self.seconds) * SECOND + i128::from(self.nanoseconds)
    }

    /// So many nanoseconds.
    #[must_use]
    pub fn of_nanoseconds(total: i128) -> Option<Self> {
        Some(Self {
            seconds: i64::try_from(total / SECOND).ok()?,
            nanoseconds: i32::try_from(total % SECOND).ok()?,
        })
    }
}

impl Time {
    /// Nanoseconds since midnight, in UTC where the offset is known.
    fn total(self) -> i128 {
        let time = self.time;
        let seconds = i128::from(time.hour()) * 3_600
            + i128::from(time.minute()) * 60
            + i128::from(time.second())
            - i128::from(self.offset.unwrap_or(0));
        seconds * SECOND + i128::from(time.subsec_nanosecond())
    }

    /// Which is earlier; none where only one says how far it is ahead of UTC.
    #[must_use]
    pub fn order(self, other: Self) -> Option<Ordering> {
        (self.offset.is_some() == other.offset.is_some()).then(|| self.total().cmp(&other.total()))
    }

    /// From the other to this.
    #[must_use]
    pub fn since(self, other: Self) -> Option<Duration> {
        self.order(other)?;
        Duration::of_nanoseconds(self.total() - other.total())
    }

    /// The time so much later, of another day where need be.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Option<Self> {
        let day = i128::from(DAY) * SECOND;
        let local = Self { offset: None, ..self }.total();
        let total = (local + duration.total()).rem_euclid(day);
        Some(Self { time: time_of_day(total)?, offset: self.offset })
    }
}

/// The time so many nanoseconds after midnight.
fn time_of_day(nanoseconds: i128) -> Option<civil::Time> {
    let seconds = i32::try_from(nanoseconds / SECOND).ok()?;
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let subsecond = i32::try_from(nanoseconds % SECOND).ok()?;
    civil::Time::new(hour as i8, minute as i8, second as i8, subsecond).ok()
}

/// Days since the first day of year 0, for differences.
fn day_number(date: Date) -> i64 {
    // Exact for all days that there are: differences of civil days are whole.
    i64::from((date - Date::constant(0, 1, 1)).get_days())
}

/// Days from one day to another.
#[must_use]
pub fn days_between(from: Date, to: Date) -> i64 {
    day_number(to) - day_number(from)
}

/// The day so many days later.
#[must_use]
pub fn plus_days(date: Date, days: i64) -> Option<Date> {
    let days = i32::try_from(days).ok()?;
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// The day so many months later; the last of the month where that has no such day.
#[must_use]
pub fn plus_months(date: Date, months: i64) -> Option<Date> {
    date.checked_add(Span::new().try_months(months).ok()?).ok()
}

/// Whole months from one day to another; negative where the other is earlier.
#[must_use]
pub fn months_between(from: Date, to: Date) -> i64 {
    whole_months(from.to_datetime(civil::Time::midnight()), to.to_datetime(civil::Time::midnight()))
}

/// Whole months from one moment to another, as local calendars count them.
#[must_use]
pub fn whole_months(from: civil::DateTime, to: civil::DateTime) -> i64 {
    if to < from {
        return -whole_months(to, from);
    }
    let months = i64::from(to.year()) * 12 + i64::from(to.month())
        - i64::from(from.year()) * 12
        - i64::from(from.month());
    let completed = (to.day(), to.time()) >= (from.day(), from.time());
    if completed { months } else { months - 1 }
}

/// Years completed from a birth to a day: one born on 29 February completes a year on 1 March.
#[must_use]
pub fn age(birth: Date, on: Date) -> i64 {
    let years = i64::from(on.year()) - i64::from(birth.year());
    if (on.month(), on.day()) >= (birth.month(), birth.day()) { years } else { years - 1 }
}

impl Moment {
    /// The day's midnight in UTC, which is what a day is beside a moment with an offset.
    #[must_use]
    pub fn of_day(date: Date) -> Self {
        Self { local: date.to_datetime(civil::Time::midnight()), offset: Some(0) }
    }

    /// Nanoseconds since the first day of year 0, in UTC where the offset is known.
    fn total(self) -> i128 {
        let days = i128::from(day_number(self.local.date()));
        let clock = Time { time: self.local.time(), offset: self.offset };
        days * i128::from(DAY) * SECOND + clock.total()
    }

    /// Which is earlier; none where only one says how far it is ahead of UTC.
    #[must_use]
    pub fn order(self, other: Self) -> Option<Ordering> {
        (self.offset.is_some() == other.offset.is_some()).then(|| self.total().cmp(&other.total()))
    }

    /// From the other to this.
    #[must_use]
    pub fn since(self, other: Self) -> Option<Duration> {
        self.order(other)?;
        Duration::of_nanoseconds(self.total() - other.total())
    }

    /// The moment so much later.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Option<Self> {
        let span = Span::new()
            .try_seconds(duration.seconds)
            .and_then(|span| span.try_nanoseconds(i64::from(duration.nanoseconds)))
            .ok()?;
        Some(Self { local: self.local.checked_add(span).ok()?, offset: self.offset })
    }

    /// The moment so many months later.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Option<Self> {
        let local = plus_months(self.local.date(), months)?.to_datetime(self.local.time());
        Some(Self { local, offset: self.offset })
    }
}

/// English names of weekdays, from Monday.
pub const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// English names of months.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
