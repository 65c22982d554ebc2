//! A moment as people write it down: local date, local time, and how far it is ahead of UTC.

use crate::{contract, exact};
use jiff::civil::Date;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

const SECONDS_OF_DAY: i64 = 86_400;

/// A local date and time of day with its offset from UTC.
///
/// Elapsed time between two moments is exact across changes of daylight-saving time, because each
/// carries its own offset. Moments are ordered and compared as moments: 09:00 in Shanghai equals
/// 01:00 UTC. A leap second does not exist: the second is 0 to 59.
///
/// ```
/// use stele_sdk::prelude::*;
/// let start: DateTime = "2026-03-02T22:00:00+08:00".parse()?;
/// let end: DateTime = "2026-03-03T06:30:00+08:00".parse()?;
/// assert_eq!(start.minutes_until(&end), 510);
/// assert_eq!(end.date().to_string(), "2026-03-03");
/// # Ok::<(), stele_sdk::MomentError>(())
/// ```
#[derive(Clone, Copy)]
pub struct DateTime {
    date: Date,
    /// Seconds of the local day, 0 to 86,399.
    second_of_day: u32,
    /// Minutes that local time is ahead of UTC.
    offset: i16,
}

/// A text or a set of numbers that is no moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MomentError {
    message: String,
}

impl DateTime {
    /// The moment with this local date and time; `offset` is how many minutes local time is ahead
    /// of UTC, -1439 to 1439 (480 in China). An hour over 23 or the like is an error.
    pub fn new(
        date: Date,
        hour: u8,
        minute: u8,
        second: u8,
        offset: i16,
    ) -> Result<Self, MomentError> {
        if hour > 23 || minute > 59 || second > 59 || !(-1439..=1439).contains(&offset) {
            return Err(MomentError {
                message: format!(
                    "{hour}:{minute}:{second} with {offset} minutes ahead of UTC is no time of day"
                ),
            });
        }
        let second_of_day = u32::from(hour) * 3600 + u32::from(minute) * 60 + u32::from(second);
        Ok(DateTime { date, second_of_day, offset })
    }

    /// The local date.
    #[inline]
    pub fn date(&self) -> Date {
        self.date
    }

    /// The local hour, 0 to 23.
    #[inline]
    pub fn hour(&self) -> u8 {
        (self.second_of_day / 3600) as u8
    }

    /// The local minute, 0 to 59.
    #[inline]
    pub fn minute(&self) -> u8 {
        (self.second_of_day / 60 % 60) as u8
    }

    /// The second, 0 to 59.
    #[inline]
    pub fn second(&self) -> u8 {
        (self.second_of_day % 60) as u8
    }

    /// Whole minutes since local midnight, 0 to 1439.
    #[inline]
    pub fn minute_of_day(&self) -> i64 {
        i64::from(self.second_of_day / 60)
    }

    /// Minutes that local time is ahead of UTC.
    #[inline]
    pub fn offset(&self) -> i16 {
        self.offset
    }

    /// Elapsed whole minutes from here to `later`, rounded towards zero; negative if `later` is in
    /// fact earlier.
    #[inline]
    pub fn minutes_until(&self, later: &DateTime) -> i64 {
        self.seconds_until(later) / 60
    }

    /// Elapsed seconds from here to `later`; negative if `later` is in fact earlier.
    #[inline]
    pub fn seconds_until(&self, later: &DateTime) -> i64 {
        later.seconds_since_epoch() - self.seconds_since_epoch()
    }

    /// The moment so many minutes later (earlier, if negative), at the same offset. None outside
    /// of the years 1 to 9999.
    pub fn plus_minutes(&self, minutes: i64) -> Option<DateTime> {
        let seconds = i64::from(self.second_of_day).checked_add(minutes.checked_mul(60)?)?;
        let days = jiff::Span::new().try_days(seconds.div_euclid(SECONDS_OF_DAY)).ok()?;
        let date = self.date.checked_add(days).ok().filter(|date| date.year() >= 1)?;
        let second_of_day = seconds.rem_euclid(SECONDS_OF_DAY) as u32;
        Some(DateTime { date, second_of_day, offset: self.offset })
    }

    /// Local midnight at which `date` begins, at the same offset. It cuts a shift that runs past
    /// midnight into the parts of its days.
    #[inline]
    pub fn midnight_of(&self, date: Date) -> DateTime {
        DateTime { date, second_of_day: 0, offset: self.offset }
    }

    /// Seconds since 1970-01-01T00:00Z.
    #[inline]
    fn seconds_since_epoch(&self) -> i64 {
        days_since_epoch(self.date) * SECONDS_OF_DAY + i64::from(self.second_of_day)
            - i64::from(self.offset) * 60
    }

    /// From the contract's form; none if it is no moment.
    #[inline]
    pub(crate) fn from_contract(value: contract::DateTime) -> Option<DateTime> {
        let date = exact::date(value.date)?;
        DateTime::new(date, value.hour, value.minute, value.second, value.offset).ok()
    }

    /// In the contract's form.
    pub(crate) fn into_contract(self) -> contract::DateTime {
        contract::DateTime {
            date: exact::contract_date(self.date),
            hour: self.hour(),
            minute: self.minute(),
            second: self.second(),
            offset: self.offset,
        }
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar. Counted in years that begin in March,
/// so that the leap day is the last of its year, and in eras of 400 years (146,097 days).
#[inline]
fn days_since_epoch(date: Date) -> i64 {
    let month = i64::from(date.month());
    let year = i64::from(date.year()) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(date.day()) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    // 719,468 days lie between 0000-03-01 and 1970-01-01.
    era * 146_097 + day_of_era - 719_468
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        self.seconds_since_epoch() == other.seconds_since_epoch()
    }
}

impl Eq for DateTime {}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        self.seconds_since_epoch().cmp(&other.seconds_since_epoch())
    }
}

/// As RFC 3339 writes it: `2026-03-02T09:00:00+08:00`.
impl fmt::Display for DateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.offset < 0 { '-' } else { '+' };
        let ahead = self.offset.unsigned_abs();
        write!(
            formatter,
            "{}T{:02}:{:02}:{:02}{sign}{:02}:{:02}",
            self.date,
            self.hour(),
            self.minute(),
            self.second(),
            ahead / 60,
            ahead % 60
        )
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// Reads RFC 3339 without fractions of a second: `2026-03-02T09:00:00+08:00`, or `Z` for the offset.
impl FromStr for DateTime {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Self, MomentError> {
        parse(text).ok_or_else(|| MomentError {
            message: format!("a moment is written like 2026-03-02T09:00:00+08:00, found {text:?}"),
        })
    }
}

fn parse(text: &str) -> Option<DateTime> {
    let (date, rest) = text.split_once('T')?;
    let date = date.parse().ok()?;
    let (time, offset) = rest.split_at_checked(8)?;
    let number = |range: std::ops::Range<usize>| time.get(range)?.parse::<u8>().ok();
    if time.as_bytes().get(2) != Some(&b':') || time.as_bytes().get(5) != Some(&b':') {
        return None;
    }
    let offset = match offset {
        "Z" => 0,
        _ => {
            let sign = match offset.get(..1)? {
                "+" => 1,
                "-" => -1,
                _ => return None,
            };
            let (hours, minutes) = offset.get(1..)?.split_once(':')?;
            if hours.len() != 2 || minutes.len() != 2 {
                return None;
            }
            let minutes: i16 = minutes.parse().ok().filter(|minutes| (0..60).contains(minutes))?;
            sign * (hours.parse::<i16>().ok().filter(|hours| *hours >= 0)? * 60 + minutes)
        }
    };
    DateTime::new(date, number(0..2)?, number(3..5)?, number(6..8)?, offset).ok()
}

impl fmt::Display for MomentError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for MomentError {}
