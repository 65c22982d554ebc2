//! Days, weeks and months: the little calendar arithmetic that the checks need.

use stele_sdk::prelude::*;

/// Days since 0000-12-31 in the Gregorian calendar: 0001-01-01 is 1, a Monday.
pub(crate) fn ordinal(date: Date) -> i64 {
    let before = i64::from(date.year()) - 1;
    before * 365 + before.div_euclid(4) - before.div_euclid(100)
        + before.div_euclid(400)
        + i64::from(date.day_of_year())
}

/// Whole days from `from` to `until`; negative if `until` is earlier.
pub(crate) fn days_between(from: Date, until: Date) -> i64 {
    ordinal(until) - ordinal(from)
}

/// Calendar days from `from` to `until`, both included.
pub(crate) fn days_inclusive(from: Date, until: Date) -> i64 {
    days_between(from, until) + 1
}

/// The day after; the last day of the calendar stays where it is.
pub(crate) fn next_day(date: Date) -> Date {
    date.tomorrow().unwrap_or(date)
}

/// The day before; the first day of the calendar stays where it is.
pub(crate) fn previous_day(date: Date) -> Date {
    date.yesterday().unwrap_or(date)
}

/// Number of the week, Monday to Sunday, on a scale that counts on through the years.
pub(crate) fn week(date: Date) -> i64 {
    (ordinal(date) - 1).div_euclid(7)
}

/// Monday of the week that `date` lies in.
pub(crate) fn monday(date: Date) -> Date {
    let mut day = date;
    for _ in 0..weekday(date) {
        day = previous_day(day);
    }
    day
}

/// Day of the week: 0 for Monday to 6 for Sunday.
pub(crate) fn weekday(date: Date) -> i64 {
    (ordinal(date) - 1).rem_euclid(7)
}

/// Number of the month on a scale that counts on through the years.
pub(crate) fn month(date: Date) -> i64 {
    i64::from(date.year()) * 12 + i64::from(date.month()) - 1
}

/// Year and month as `2026-03`.
pub(crate) fn month_name(month: i64) -> String {
    format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}

/// The same day `months` later, or the last day of that month where it has no such day. The end of
/// the calendar stays where it is.
pub(crate) fn add_months(date: Date, months: i64) -> Date {
    let month = month(date) + months;
    let first = i16::try_from(month.div_euclid(12))
        .ok()
        .zip(i8::try_from(month.rem_euclid(12) + 1).ok())
        .and_then(|(year, month)| Date::new(year, month, 1).ok());
    match first {
        Some(first) => {
            let day = date.day().min(first.days_in_month());
            Date::new(first.year(), first.month(), day).unwrap_or(first)
        }
        None => date,
    }
}

/// Full months from `from` up to, not including, `until`.
pub(crate) fn full_months(from: Date, until: Date) -> i64 {
    let months = month(until) - month(from);
    if add_months(from, months) > until { months - 1 } else { months }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_known_monday_is_a_monday() {
        assert_eq!(weekday(date("2026-03-02")), 0);
        assert_eq!(weekday(date("2026-03-01")), 6);
        assert_eq!(monday(date("2026-03-08")), date("2026-03-02"));
        assert_eq!(week(date("2026-03-02")), week(date("2026-03-08")));
        assert_ne!(week(date("2026-03-01")), week(date("2026-03-02")));
    }

    #[test]
    fn days_are_counted_across_leap_years() {
        assert_eq!(days_between(date("2024-02-28"), date("2024-03-01")), 2);
        assert_eq!(days_between(date("2025-02-28"), date("2025-03-01")), 1);
        assert_eq!(days_inclusive(date("2026-01-01"), date("2026-12-31")), 365);
    }

    #[test]
    fn a_month_from_the_31st_ends_on_the_last_day() {
        assert_eq!(add_months(date("2026-01-31"), 1), date("2026-02-28"));
        assert_eq!(add_months(date("2025-11-15"), 3), date("2026-02-15"));
    }

    #[test]
    fn a_term_is_full_on_the_corresponding_day() {
        assert_eq!(full_months(date("2026-01-15"), date("2026-04-15")), 3);
        assert_eq!(full_months(date("2026-01-15"), date("2026-04-14")), 2);
        assert_eq!(full_months(date("2026-01-01"), date("2029-01-01")), 36);
    }
}
