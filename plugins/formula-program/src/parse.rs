//! Values from texts: numbers, dates, times and durations, as FEEL and ISO 8601 write them.

use crate::value::{Duration, Moment, Time};
use jiff::civil;
use rust_decimal::Decimal;

/// A number: digits, a point, an exponent, a sign.
#[must_use]
pub fn number(text: &str) -> Option<Decimal> {
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (negative, digits) = match digits.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, digits),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let point_without_digits = digits.ends_with('.');
    let all_digits = whole.bytes().chain(decimals.bytes()).all(|byte| byte.is_ascii_digit());
    if !all_digits || point_without_digits || (whole.is_empty() && decimals.is_empty()) {
        return None;
    }
    let decimals = if decimals.len() > 28 { decimals.trim_end_matches('0') } else { decimals };
    let mut mantissa = 0_i128;
    for byte in whole.bytes().chain(decimals.bytes()) {
        mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(byte - b'0'))?;
    }
    let mut scale = i32::try_from(decimals.len()).ok()?.checked_sub(exponent)?;
    while scale < 0 && mantissa != 0 {
        mantissa = mantissa.checked_mul(10)?;
        scale += 1;
    }
    while scale > 28 && mantissa % 10 == 0 && mantissa != 0 {
        mantissa /= 10;
        scale -= 1;
    }
    let scale = if mantissa == 0 { 0 } else { u32::try_from(scale).ok()? };
    let mantissa = if negative { -mantissa } else { mantissa };
    Decimal::try_from_i128_with_scale(mantissa, scale).ok()
}

/// A number with separators, as `number(from, grouping separator, decimal separator)` reads it:
/// groups are divided by a space, a comma or a point, decimals by a point or a comma.
#[must_use]
pub fn separated_number(
    text: &str,
    grouping: Option<&str>,
    point: Option<&str>,
) -> Option<Decimal> {
    let grouping_known = grouping.is_none_or(|grouping| [" ", ",", "."].contains(&grouping));
    let point_known = point.is_none_or(|point| [".", ","].contains(&point));
    if !grouping_known || !point_known || (grouping.is_some() && grouping == point) {
        return None;
    }
    let grouped = match grouping {
        Some(grouping) => text.replace(grouping, ""),
        None => text.to_owned(),
    };
    match point {
        Some(",") if grouped.contains('.') => None,
        Some(",") => number(&grouped.replace(',', ".")),
        _ => number(&grouped),
    }
}

/// Digits, exactly so many.
fn digits(text: &str, count: usize) -> Option<i32> {
    if text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}

/// A day: `2026-12-31`; years have four digits, or more without a leading zero, and may be negative.
#[must_use]
pub fn date(text: &str) -> Option<civil::Date> {
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (rest, day) = rest.rsplit_once('-')?;
    let (year, month) = rest.rsplit_once('-')?;
    let year: i16 = digits(year, 4)?.try_into().ok()?;
    let (month, day) = (digits(month, 2)?, digits(day, 2)?);
    let year = if negative { -year } else { year };
    civil::Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// A local time and how many days it is ahead: `24:00:00` is midnight of the next.
fn local_time(text: &str) -> Option<(civil::Time, bool)> {
    let (clock, fraction) = match text.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (text, None),
    };
    let mut parts = clock.split(':');
    let mut part = || digits(parts.next()?, 2);
    let (hour, minute, second) = (part()?, part()?, part()?);
    if parts.next().is_some() {
        return None;
    }
    let nanosecond = match fraction {
        None => 0,
        Some(fraction) => fraction_of_second(fraction)?,
    };
    if hour == 24 && minute == 0 && second == 0 && nanosecond == 0 {
        return Some((civil::Time::midnight(), true));
    }
    let time = civil::Time::new(
        hour.try_into().ok()?,
        minute.try_into().ok()?,
        second.try_into().ok()?,
        nanosecond,
    );
    Some((time.ok()?, false))
}

/// Nanoseconds of the digits behind the point; digits beyond the ninth are cut off.
fn fraction_of_second(fraction: &str) -> Option<i32> {
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let kept = fraction.get(..9).unwrap_or(fraction);
    let mut nanoseconds: i32 = kept.parse().ok()?;
    for _ in kept.len()..9 {
        nanoseconds *= 10;
    }
    Some(nanoseconds)
}

/// No place on Earth is ahead of UTC, or behind it, by more than 18 hours.
pub const FURTHEST_OFFSET: i32 = 18 * 3_600;

/// The local part of a time and its offset in seconds.
fn split_offset(text: &str) -> Option<(&str, Option<i32>)> {
    if let Some(local) = text.strip_suffix('Z') {
        return Some((local, Some(0)));
    }
    let Some(place) = text.rfind(['+', '-']) else {
        return Some((text, None));
    };
    let (local, offset) = text.split_at_checked(place)?;
    let (sign, offset) = offset.split_at_checked(1)?;
    let mut parts = offset.split(':');
    let (hours, minutes) = (digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    let seconds = match parts.next() {
        Some(seconds) => digits(seconds, 2)?,
        None => 0,
    };
    let total = hours * 3_600 + minutes * 60 + seconds;
    let valid = parts.next().is_none() && minutes < 60 && seconds < 60 && total <= FURTHEST_OFFSET;
    valid.then_some((local, Some(if sign == "-" { -total } else { total })))
}

/// A time of day: `08:30:00`, perhaps with a fraction and with `Z` or an offset.
#[must_use]
pub fn time(text: &str) -> Option<Time> {
    let (local, offset) = split_offset(text)?;
    let (time, _) = local_time(local)?;
    Some(Time { time, offset })
}

/// A moment: a day, `T` and a time of day; a day alone is its midnight.
#[must_use]
pub fn moment(text: &str) -> Option<Moment> {
    let Some((day, clock)) = text.split_once('T') else {
        return Some(Moment {
            local: date(text)?.to_datetime(civil::Time::midnight()),
            offset: None,
        });
    };
    let (clock, offset) = split_offset(clock)?;
    let (time, next_day) = local_time(clock)?;
    let day = date(day)?;
    let day = if next_day { day.tomorrow().ok()? } else { day };
    Some(Moment { local: day.to_datetime(time), offset })
}

/// What a text of a duration is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AnyDuration {
    /// Of months.
    Months(i64),
    /// Of days and time.
    Time(Duration),
}

/// A duration: `P1Y6M`, `P10D`, `-PT36H`.
#[must_use]
pub fn duration(text: &str) -> Option<AnyDuration> {
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let rest = rest.strip_prefix('P')?;
    let (days, clock) = match rest.split_once('T') {
        Some((_, "")) => return None,
        Some((days, clock)) => (days, clock),
        None => (rest, ""),
    };
    let sign = if negative { -1 } else { 1 };
    if clock.is_empty() && !days.is_empty() && !days.contains('D') {
        let mut parts = Parts(days);
        let months = parts.take('Y')?.checked_mul(12)?.checked_add(parts.take('M')?)?;
        return parts.0.is_empty().then_some(AnyDuration::Months(sign * months));
    }
    if days.is_empty() && clock.is_empty() {
        return None;
    }
    let mut parts = Parts(days);
    let mut seconds = parts.take('D')?.checked_mul(86_400)?;
    if !parts.0.is_empty() {
        return None;
    }
    let mut parts = Parts(clock);
    seconds = seconds.checked_add(parts.take('H')?.checked_mul(3_600)?)?;
    seconds = seconds.checked_add(parts.take('M')?.checked_mul(60)?)?;
    let mut nanoseconds = 0;
    if let Some(rest) = parts.0.strip_suffix('S') {
        let (whole, fraction) = rest.split_once('.').unwrap_or((rest, ""));
        seconds = seconds.checked_add(Parts::digits(whole)?)?;
        if !fraction.is_empty() {
            nanoseconds = fraction_of_second(fraction)?;
        }
    } else if !parts.0.is_empty() {
        return None;
    }
    let nanoseconds = if negative { -nanoseconds } else { nanoseconds };
    Some(AnyDuration::Time(Duration { seconds: sign * seconds, nanoseconds }))
}

/// The parts of a duration, each a number and a letter.
struct Parts<'a>(&'a str);

impl Parts<'_> {
    fn digits(text: &str) -> Option<i64> {
        let all = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if all { text.parse().ok() } else { None }
    }

    /// The number before this letter; zero where there is no such part.
    fn take(&mut self, letter: char) -> Option<i64> {
        match self.0.split_once(letter) {
            Some((number, rest)) => {
                self.0 = rest;
                Self::digits(number)
            }
            None => Some(0),
        }
    }
}
