//! Days, times and durations: sums, differences, order.

use crate::value::{Duration, Moment, Time};
use core::cmp::Ordering;
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

/// Days since 1 March of year 0, at whose end a leap day lies last, so that months are regular.
///
/// Written out, like what follows: spans of `jiff` bring 200 KiB of errors to a component, among
/// them ones with floating-point numbers.
fn day_number(date: Date) -> i64 {
    let (year, month) = shifted(date);
    let of_month = (153 * month + 2) / 5;
    year * 365 + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + of_month
        + i64::from(date.day())
        - 1
}

/// Year and month counted from March.
fn shifted(date: Date) -> (i64, i64) {
    let (year, month) = (i64::from(date.year()), i64::from(date.month()));
    if month > 2 { (year, month - 3) } else { (year - 1, month + 9) }
}

/// The day of a number, where the calendar has it.
fn day_of(number: i64) -> Option<Date> {
    const DAYS_OF_400_YEARS: i64 = 146_097;
    let era = number.div_euclid(DAYS_OF_400_YEARS);
    let of_era = number.rem_euclid(DAYS_OF_400_YEARS);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
    date(era * 400 + year, month, day)
}

/// A day where there is one.
fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    let (year, month, day) =
        (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(year, month, day).ok()
}

/// Days from one day to another.
#[must_use]
pub fn days_between(from: Date, to: Date) -> i64 {
    day_number(to) - day_number(from)
}

/// The day so many days later.
#[must_use]
pub fn plus_days(date: Date, days: i64) -> Option<Date> {
    day_of(day_number(date).checked_add(days)?)
}

/// The day so many months later; the last of the month where that has no such day.
#[must_use]
pub fn plus_months(from: Date, months: i64) -> Option<Date> {
    let count = i64::from(from.year()) * 12 + i64::from(from.month()) - 1;
    let count = count.checked_add(months)?;
    let first = date(count.div_euclid(12), count.rem_euclid(12) + 1, 1)?;
    date(
        i64::from(first.year()),
        i64::from(first.month()),
        from.day().min(first.days_in_month()).into(),
    )
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

    /// Which is earlier, in whole seconds, as FEEL compares moments; none where only one says how far
    /// it is ahead of UTC.
    #[must_use]
    pub fn order(self, other: Self) -> Option<Ordering> {
        let seconds = |moment: Self| moment.total().div_euclid(SECOND);
        (self.offset.is_some() == other.offset.is_some())
            .then(|| seconds(self).cmp(&seconds(other)))
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
        let clock = Time { time: self.local.time(), offset: None };
        let of_day = clock.total()
            + i128::from(duration.seconds) * SECOND
            + i128::from(duration.nanoseconds);
        let a_day = i128::from(DAY) * SECOND;
        let days = i64::try_from(of_day.div_euclid(a_day)).ok()?;
        let time = time_of_day(of_day.rem_euclid(a_day))?;
        let local = plus_days(self.local.date(), days)?.to_datetime(time);
        Some(Self { local, offset: self.offset })
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A span of the calendar library, which is right and too large for a component.
    #[test]
    fn days_and_months_are_those_of_the_calendar() {
        let days = [-800_000, -146_097, -366, -31, -1, 0, 1, 28, 59, 60, 365, 1_461, 40_000];
        let months = [-30_000, -25, -12, -1, 0, 1, 11, 12, 14, 1_200];
        let mut date = Date::constant(-5, 1, 1);
        while let Some(next) = plus_days(date, 37) {
            for days in days {
                let span = jiff::Span::new().days(days);
                assert_eq!(plus_days(date, days.into()), date.checked_add(span).ok(), "{date}");
            }
            for months in months {
                let span = jiff::Span::new().months(months);
                assert_eq!(plus_months(date, months.into()), date.checked_add(span).ok(), "{date}");
            }
            assert_eq!(days_between(date, next), 37);
            date = next;
        }
        assert!(date.year() == 9999);
    }

    #[test]
    fn a_moment_moves_on_across_midnights() {
        let at =
            |date: Date, time: civil::Time| Moment { local: date.to_datetime(time), offset: None };
        let from = at(Date::constant(2024, 2, 28), civil::Time::constant(23, 59, 59, 0));
        let plus = |seconds| from.plus(Duration { seconds, nanoseconds: 0 });
        let midnight = civil::Time::midnight();
        assert_eq!(plus(1), Some(at(Date::constant(2024, 2, 29), midnight)));
        assert_eq!(plus(1 + 86_400), Some(at(Date::constant(2024, 3, 1), midnight)));
        assert_eq!(plus(1 - 2 * 86_400), Some(at(Date::constant(2024, 2, 27), midnight)));
        assert_eq!(plus(i64::MAX), None);
    }
}
