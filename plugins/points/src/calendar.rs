//! The calendar of caps and expiry.

use crate::facts::Period;
use crate::parameters::CapPeriod;
use stele_sdk::prelude::*;

/// The month, quarter or year in which a cap counts, so that two days can be compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Window {
    /// The period of the calculation.
    Inside,
    /// Before the period of the calculation, for a cap that counts only within it.
    Outside,
    /// Year and number of the month, quarter (or 0 for the year) within it.
    Calendar(i16, i8),
}

/// The window of a day.
pub(crate) fn window(kind: CapPeriod, on: Date, period: &Period) -> Window {
    match kind {
        CapPeriod::Period if on < period.period_start => Window::Outside,
        CapPeriod::Period => Window::Inside,
        CapPeriod::Month => Window::Calendar(on.year(), on.month()),
        CapPeriod::Quarter => Window::Calendar(on.year(), (on.month() - 1) / 3),
        CapPeriod::Year => Window::Calendar(on.year(), 0),
    }
}

/// The same day so many months later, or that month's last day where it is shorter. None beyond
/// the year 9999.
pub(crate) fn months_later(day: Date, months: i64) -> Option<Date> {
    let counted = i64::from(day.year()) * 12 + i64::from(day.month()) - 1 + months;
    let year = i16::try_from(counted.div_euclid(12)).ok()?;
    let month = i8::try_from(counted.rem_euclid(12) + 1).ok()?;
    let first = Date::new(year, month, 1).ok()?;
    Date::new(year, month, day.day().min(first.days_in_month())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use stele_sdk::jiff::civil::date;

    #[test]
    fn a_month_that_is_shorter_ends_on_its_last_day() {
        assert_eq!(months_later(date(2026, 1, 31), 1), Some(date(2026, 2, 28)));
        assert_eq!(months_later(date(2027, 8, 31), 6), Some(date(2028, 2, 29)));
        assert_eq!(months_later(date(2026, 3, 15), 12), Some(date(2027, 3, 15)));
        assert_eq!(months_later(date(2026, 12, 1), 1), Some(date(2027, 1, 1)));
    }

    #[test]
    fn beyond_the_calendar_there_is_no_day() {
        assert_eq!(months_later(date(9999, 12, 1), 1), None);
    }
}
