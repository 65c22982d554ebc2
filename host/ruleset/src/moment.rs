//! Dates and moments from their text and back: ISO 8601 days, RFC 3339 moments with an offset.

use jiff::civil::{Date, Time};
use stele_engine::contract::{self, DateTime};

/// Reads `2026-03-02`, and nothing that looks otherwise; years 1 to 9999.
pub fn date_from_text(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let year = i16::try_from(digits(&bytes[..4])?).ok()?;
    let month = i8::try_from(digits(&bytes[5..7])?).ok()?;
    let day = i8::try_from(digits(&bytes[8..])?).ok()?;
    if year == 0 { None } else { Date::new(year, month, day).ok() }
}

/// Reads `2026-03-02T09:00:00+08:00` or `…Z`. The contract counts whole seconds, so a fraction
/// other than zero is refused rather than dropped; so is a leap second.
pub fn date_time_from_text(text: &str) -> Option<DateTime> {
    let (date, rest) = text.split_at_checked(10)?;
    let date = contract::Date::try_from(date_from_text(date)?).ok()?;
    let rest = rest.strip_prefix(['T', 't'])?;
    let (clock, rest) = rest.split_at_checked(8)?;
    let clock = clock.as_bytes();
    if clock[2] != b':' || clock[5] != b':' {
        return None;
    }
    let hour = digits(&clock[..2])?;
    let minute = digits(&clock[3..5])?;
    let second = digits(&clock[6..])?;
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, 0)
        .ok()?;
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => {
            let end = fraction.find(|character: char| character != '0').unwrap_or(fraction.len());
            if end == 0 {
                return None;
            }
            &fraction[end..]
        }
        None => rest,
    };
    Some(DateTime {
        date,
        hour: u8::try_from(hour).ok()?,
        minute: u8::try_from(minute).ok()?,
        second: u8::try_from(second).ok()?,
        offset: offset(rest)?,
    })
}

/// Minutes ahead of UTC.
fn offset(text: &str) -> Option<i16> {
    if matches!(text, "Z" | "z") {
        return Some(0);
    }
    let bytes = text.as_bytes();
    if bytes.len() != 6 || bytes[3] != b':' {
        return None;
    }
    let hours = digits(&bytes[1..3])?;
    let minutes = digits(&bytes[4..])?;
    if hours > 23 || minutes > 59 {
        return None;
    }
    let minutes = i16::try_from(hours * 60 + minutes).ok()?;
    match bytes[0] {
        b'+' => Some(minutes),
        b'-' => Some(-minutes),
        _ => None,
    }
}

fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0u32, |sum, byte| {
        byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0'))
    })
}

/// Writes a moment as RFC 3339, always in one form: `2026-03-02T09:00:00+08:00`.
pub fn date_time_text(moment: &DateTime) -> String {
    let sign = if moment.offset < 0 { '-' } else { '+' };
    let ahead = moment.offset.unsigned_abs();
    format!(
        "{}T{:02}:{:02}:{:02}{sign}{:02}:{:02}",
        date_text(moment.date),
        moment.hour,
        moment.minute,
        moment.second,
        ahead / 60,
        ahead % 60
    )
}

/// Writes a day of the contract as ISO 8601.
pub fn date_text(date: contract::Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}
