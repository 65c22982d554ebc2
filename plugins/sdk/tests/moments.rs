//! What a moment promises to a rule about working time.

#![allow(clippy::unwrap_used, reason = "a test fails where a helper finds nothing")]

use stele_sdk::prelude::*;

fn moment(text: &str) -> DateTime {
    text.parse().unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn elapsed_time_is_exact_across_a_change_of_daylight_saving_time() {
    // Berlin, 29 March 2026: 02:00 becomes 03:00.
    let start = moment("2026-03-28T22:00:00+01:00");
    let end = moment("2026-03-29T06:00:00+02:00");
    assert_eq!(start.minutes_until(&end), 7 * 60);
    assert_eq!(end.minutes_until(&start), -7 * 60);
}

#[test]
fn moments_are_equal_and_ordered_as_moments() {
    assert_eq!(moment("2026-03-02T09:00:00+08:00"), moment("2026-03-02T01:00:00Z"));
    assert!(moment("2026-03-02T09:00:00+08:00") < moment("2026-03-02T09:00:00+01:00"));
}

#[test]
fn days_are_counted_over_leap_years_and_centuries() {
    let days = |from: &str, to: &str| {
        let at = |text| DateTime::new(date(text), 0, 0, 0, 0).unwrap();
        at(from).minutes_until(&at(to)) / 1440
    };
    assert_eq!(days("1970-01-01", "1970-01-02"), 1);
    assert_eq!(days("2024-02-28", "2024-03-01"), 2);
    assert_eq!(days("2100-02-28", "2100-03-01"), 1);
    assert_eq!(days("2000-01-01", "2400-01-01"), 146_097);
    assert_eq!(days("0001-01-01", "9999-12-31"), 3_652_058);
}

#[test]
fn a_shift_can_be_cut_at_midnight() {
    let start = moment("2026-03-02T22:30:00+08:00");
    let end = moment("2026-03-03T06:30:00+08:00");
    let midnight = start.midnight_of(end.date());
    assert_eq!(start.minutes_until(&midnight), 90);
    assert_eq!(midnight.minutes_until(&end), 390);
}

#[test]
fn minutes_can_be_added_past_midnight_and_backwards() {
    let start = moment("2026-12-31T23:50:00+08:00");
    assert_eq!(start.plus_minutes(15).unwrap().to_string(), "2027-01-01T00:05:00+08:00");
    assert_eq!(start.plus_minutes(-1440).unwrap().date(), date("2026-12-30"));
    assert_eq!(start.plus_minutes(i64::MAX), None);
    assert_eq!(start.plus_minutes(9_000 * 366 * 1440), None);
}

#[test]
fn what_is_read_is_written_the_same() {
    for text in ["2026-03-02T09:05:07+08:00", "2026-03-02T00:00:00-09:30"] {
        assert_eq!(moment(text).to_string(), text);
    }
    let read = moment("2026-03-02T09:05:07-09:30");
    assert_eq!((read.hour(), read.minute(), read.second(), read.offset()), (9, 5, 7, -570));
    assert_eq!(read.minute_of_day(), 545);
}

#[test]
fn what_is_no_moment_is_an_error_that_shows_the_form() {
    for text in [
        "",
        "2026-03-02",
        "2026-03-02T09:00:00",
        "2026-03-02 09:00:00Z",
        "2026-02-30T09:00:00Z",
        "2026-03-02T24:00:00Z",
        "2026-03-02T09:60:00Z",
        "2026-03-02T09-00-00Z",
        "2026-03-02T09:00:00+8:00",
        "2026-03-02T09:00:00+24:00",
        "2026-03-02T09:00:00+08:75",
        "2026-03-02T09:00:00€",
        "2026-03-02T09:00:0€",
    ] {
        let error = text.parse::<DateTime>().unwrap_err();
        assert!(
            error.to_string().contains("2026-03-02T09") || error.to_string().contains("no time"),
            "{text}: {error}"
        );
    }
}
