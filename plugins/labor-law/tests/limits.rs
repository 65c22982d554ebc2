//! Each limit is kept by what is exactly at it and broken by a minute more; what is not given is not
//! checked; what makes no sense is refused with its place.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

mod support;

use labor_law::LaborLaw;
use labor_law::facts::WorkingTime;
use labor_law::findings::Finding;
use labor_law::items::Item;
use labor_law::law::Law;
use stele_sdk::prelude::*;
use support::{Out, date, decimal, evaluate, pointer};

fn china() -> Law {
    support::china(date("2026-03-31"))
}

fn europe() -> Law {
    support::europe(date("2026-03-31"))
}

/// A law that sets no limit at all.
fn lawless() -> Law {
    Law {
        maximum_average_weekly_hours: None,
        reference_months: None,
        minimum_daily_rest_hours: None,
        minimum_weekly_rest_hours: None,
        break_after_hours: None,
        night_from_hour: None,
        night_until_hour: None,
        maximum_night_average_hours: None,
        maximum_hazardous_night_hours: None,
        annual_leave_weeks: None,
        ..europe()
    }
}

/// Facts in the form of a case.
fn facts(text: &str) -> WorkingTime {
    let text = if text.contains("period_from") {
        text.to_owned()
    } else {
        format!("period_from = \"2026-03-02\"\nperiod_until = \"2026-03-31\"\n{text}")
    };
    support::facts(&text, date("2026-03-31"))
}

/// Facts with one entry a line: start and end, with an unpaid break in minutes.
fn entries(lines: &[(&str, &str, i64)]) -> WorkingTime {
    let rows = lines.iter().map(|(start, end, unpaid)| {
        format!("{{ start = \"{start}\", end = \"{end}\", unpaid_break_minutes = {unpaid} }}, ")
    });
    facts(&format!("entries = [{}]", rows.collect::<String>()))
}

fn names(out: &Out) -> Vec<Finding> {
    out.findings().map(|found| found.finding).collect()
}

fn findings(law: &Law, facts: &WorkingTime) -> Vec<Finding> {
    names(&evaluate(law, facts).unwrap())
}

const LONG_DAY: [(&str, &str, i64); 1] =
    [("2026-03-02T06:00:00+08:00", "2026-03-02T18:00:00+08:00", 0)];

#[test]
fn a_limit_that_is_not_set_is_not_checked() {
    let out = evaluate(&lawless(), &entries(&LONG_DAY)).unwrap();
    assert_eq!(names(&out), []);
    let lines = out.lines().map(|line| line.item).collect::<Vec<_>>();
    assert_eq!(lines, [Item::WorkedHours, Item::WorkedDays]);
}

#[test]
fn a_daily_maximum_is_obeyed_and_violated() {
    let law = |limit| Law { maximum_daily_hours: Some(decimal(limit)), ..lawless() };
    assert_eq!(findings(&law("12"), &entries(&LONG_DAY)), []);
    assert_eq!(findings(&law("11.99"), &entries(&LONG_DAY)), [Finding::DailyHours]);
}

#[test]
fn a_weekly_maximum_is_obeyed_and_violated() {
    let law = |limit| Law { maximum_weekly_hours: Some(decimal(limit)), ..lawless() };
    let two_weeks = entries(&[
        ("2026-03-07T08:00:00+08:00", "2026-03-07T18:00:00+08:00", 0),
        ("2026-03-08T08:00:00+08:00", "2026-03-08T18:00:00+08:00", 0),
        ("2026-03-09T08:00:00+08:00", "2026-03-09T18:00:00+08:00", 0),
    ]);
    assert_eq!(findings(&law("20"), &two_weeks), []);
    let out = evaluate(&law("19"), &two_weeks).unwrap();
    assert_eq!(names(&out), [Finding::WeeklyHours]);
    assert_eq!(out.findings().next().unwrap().subject, Some("2026-03-02"));
}

#[test]
fn a_monthly_maximum_is_obeyed_and_violated() {
    let law = |limit| Law { maximum_monthly_hours: Some(decimal(limit)), ..lawless() };
    assert_eq!(findings(&law("12"), &entries(&LONG_DAY)), []);
    assert_eq!(findings(&law("11.5"), &entries(&LONG_DAY)), [Finding::MonthlyHours]);
}

#[test]
fn a_least_break_is_obeyed_and_violated() {
    let law = Law { minimum_break_minutes: Some(30), ..europe() };
    let day =
        |unpaid| entries(&[("2026-03-02T09:00:00+01:00", "2026-03-02T16:00:00+01:00", unpaid)]);
    assert_eq!(findings(&law, &day(30)), []);
    assert_eq!(findings(&law, &day(29)), [Finding::RestBreak]);
}

#[test]
fn a_paid_break_is_working_time_and_a_break() {
    let facts = facts(
        r#"entries = [{ start = "2026-03-02T09:00:00+01:00", end = "2026-03-02T16:00:00+01:00", paid_break_minutes = 15 }]"#,
    );
    let out = evaluate(&europe(), &facts).unwrap();
    assert_eq!(out.amount(Item::WorkedHours), Some(decimal("7")));
    assert_eq!(names(&out), []);
}

#[test]
fn a_full_reference_period_breaks_the_average_and_a_begun_one_warns() {
    // 48 h a week and a minute over four months, then the same pace in the month that follows.
    let facts = |until: &str| {
        let mut rows = String::new();
        let mut day = date("2026-02-02");
        while day < date(until) {
            rows += &format!(
                "{{ start = \"{day}T08:00:00+01:00\", end = \"{day}T18:00:00+01:00\", \
                 unpaid_break_minutes = 30 }}, "
            );
            // Every other day off: 9.5 h on six days in twelve would be 33 h a week; with one day
            // in six off it is 55.4.
            day = day.tomorrow().unwrap();
            if rows.matches("start").count().is_multiple_of(5) {
                day = day.tomorrow().unwrap().tomorrow().unwrap();
            }
        }
        let text =
            format!("period_from = \"2026-02-01\"\nperiod_until = \"{until}\"\nentries = [{rows}]");
        support::facts(&text, date(until))
    };
    let law = Law { maximum_average_weekly_hours: Some(decimal("45")), ..europe() };
    assert_eq!(findings(&law, &facts("2026-05-31")), [Finding::AverageWeeklyHours]);
    assert_eq!(findings(&law, &facts("2026-05-30")), [Finding::AverageWeeklyHoursSoFar]);
    assert_eq!(
        findings(&law, &facts("2026-06-30")),
        [Finding::AverageWeeklyHours, Finding::AverageWeeklyHoursSoFar]
    );
}

#[test]
fn one_rest_does_not_serve_two_weeks() {
    // Free from Saturday 20:00 to Monday 12:00, 40 hours; nothing else in either week.
    let mut lines = Vec::new();
    for day in 2..=15 {
        if day == 8 {
            continue;
        }
        let start = if day == 9 { "12" } else { "10" };
        lines.push((
            format!("2026-03-{day:02}T{start}:00:00+01:00"),
            format!("2026-03-{day:02}T{}:00:00+01:00", if day == 7 { 20 } else { 15 }),
        ));
    }
    let lines =
        lines.iter().map(|(start, end)| (start.as_str(), end.as_str(), 30)).collect::<Vec<_>>();
    let mut facts = entries(&lines);
    facts.period_until = date("2026-03-15");
    let law = Law { maximum_average_weekly_hours: None, reference_months: None, ..europe() };
    let out = evaluate(&law, &facts).unwrap();
    assert_eq!(names(&out), [Finding::WeeklyRest]);
    assert_eq!(out.findings().next().unwrap().on, Some(date("2026-03-09")));
}

#[test]
fn a_short_rest_is_judged_once() {
    let days = [
        ("2026-03-02T08:00:00+01:00", "2026-03-02T20:00:00+01:00", 60),
        ("2026-03-03T06:00:00+01:00", "2026-03-03T14:00:00+01:00", 60),
        ("2026-03-04T08:00:00+01:00", "2026-03-04T14:00:00+01:00", 0),
    ];
    let out = evaluate(&europe(), &entries(&days)).unwrap();
    assert_eq!(names(&out), [Finding::DailyRest]);
    assert_eq!(out.findings().next().unwrap().actual, Some(decimal("10")));
}

#[test]
fn an_explanation_changes_neither_lines_nor_findings() {
    let facts = facts(
        r#"
        city = "shanghai"
        monthly_wage = "2000"
        service_since = "2010-01-01"
        annual_leave_taken = "3"
        schedule = [{ start = "2026-03-02T09:00:00+08:00" }, { start = "2026-03-03T09:00:00+08:00" }]
        entries = [{ start = "2026-03-02T09:10:00+08:00", end = "2026-03-02T22:00:00+08:00" }]
        "#,
    );
    let explained = evaluate(&china(), &facts).unwrap();
    let mut plain = Outcome::new(false);
    LaborLaw::evaluate(&china(), &facts, &mut plain).unwrap();
    assert!(plain.lines().eq(explained.lines()));
    assert!(plain.findings().eq(explained.findings()));
    assert_eq!(plain.steps().count(), 0);
    assert!(explained.steps().count() > 8);
}

#[test]
fn overtime_pay_is_explained_with_its_numbers() {
    let mut facts = entries(&[("2026-03-02T09:00:00+08:00", "2026-03-02T19:00:00+08:00", 60)]);
    facts.monthly_wage = Some(decimal("17400"));
    let out = evaluate(&china(), &facts).unwrap();
    let texts = out.steps().map(|step| step.text).collect::<Vec<_>>();
    let has = |text: &str| texts.iter().any(|step| step == text);
    assert!(has("17400 a month / 21.75 paid days / 8 hours = 100 an hour."), "{texts:#?}");
    assert!(has("1 hours × 100 × 1.5 = 150."), "{texts:#?}");
}

#[test]
fn seconds_count() {
    let day = |end| entries(&[("2026-03-02T09:00:00+08:00", end, 0)]);
    assert!(
        !findings(&china(), &day("2026-03-02T20:00:00+08:00")).contains(&Finding::DailyOvertime)
    );
    assert!(
        findings(&china(), &day("2026-03-02T20:00:01+08:00")).contains(&Finding::DailyOvertime)
    );
}

#[test]
fn nonsense_is_refused_with_its_place() {
    let refused = [
        (
            r#"period_from = "2026-03-31"
               period_until = "2026-03-01""#,
            "/period_until",
        ),
        (
            r#"period_from = "2025-03-01"
               period_until = "2026-03-01""#,
            "/period_until",
        ),
        (
            r#"entries = [{ start = "2026-03-02T09:00:00+08:00", end = "2026-03-03T09:01:00+08:00" }]"#,
            "/entries/0/end",
        ),
        (
            r#"entries = [{ start = "2026-03-02T09:00:00+08:00", end = "2026-03-02T10:00:00+08:00", unpaid_break_minutes = 61 }]"#,
            "/entries/0/unpaid_break_minutes",
        ),
        (
            r#"entries = [{ start = "2026-03-02T09:00:00+08:00", end = "2026-03-02T10:00:00+08:00", unpaid_break_minutes = 30, paid_break_minutes = 31 }]"#,
            "/entries/0/paid_break_minutes",
        ),
        (
            r#"entries = [{ start = "2026-03-04T09:00:00+08:00", end = "2026-03-04T10:00:00+08:00", work_day = "2026-03-02" }]"#,
            "/entries/0/work_day",
        ),
        (
            r#"entries = [{ start = "2026-03-04T09:00:00+08:00", end = "2026-03-04T10:00:00+08:00" },
                          { start = "2026-03-04T11:00:00+08:00", end = "2026-03-04T12:00:00+08:00", work_day = "2026-03-03" }]"#,
            "/entries/1/work_day",
        ),
        (
            r#"calendar = [{ date = "2026-03-04", class = "rest_day" }, { date = "2026-03-04", class = "workday" }]"#,
            "/calendar/1/date",
        ),
        (
            r#"leave = [{ from = "2026-03-04", until = "2026-03-03", kind = "sick" }]"#,
            "/leave/0/until",
        ),
        (r#"schedule = [{ start = "2026-04-01T09:00:00+08:00" }]"#, "/schedule/0/start"),
        (
            r#"contract_kind = "fixed_term"
               contract_start = "2026-03-01"
               probation_end = "2026-03-31""#,
            "/contract_end",
        ),
        (
            r#"contract_kind = "open_ended"
               contract_start = "2026-03-01"
               probation_end = "2026-02-28""#,
            "/probation_end",
        ),
        (
            r#"notice_by = "employee"
               notice_given_on = "2026-03-02"
               employment_end = "2026-03-01""#,
            "/employment_end",
        ),
    ];
    for (text, place) in refused {
        let fault = evaluate(&china(), &facts(text)).err().unwrap_or_else(|| panic!("{text}"));
        assert_eq!(pointer(&fault), place, "{fault}");
        assert!(fault.message().contains("found"), "{fault}");
    }
}

#[test]
fn a_city_without_a_minimum_wage_is_refused_only_where_a_wage_is_given() {
    let mut law = china();
    law.minimum_wages.truncate(1);
    let mut facts = facts(r#"city = "chengdu""#);
    assert_eq!(findings(&law, &facts), []);
    facts.monthly_wage = Some(decimal("5000"));
    let fault = evaluate(&law, &facts).err().unwrap();
    assert_eq!(pointer(&fault), "/city");
    assert!(fault.message().contains("chengdu") && fault.message().contains("2026-03-31"));
}

#[test]
fn parameters_that_contradict_each_other_are_refused() {
    let refused = [
        Law { reference_months: None, ..europe() },
        Law { night_until_hour: None, ..europe() },
        Law { night_until_hour: Some(0), ..europe() },
        Law { pay_decimals: None, ..china() },
        Law { normal_daily_hours: None, ..china() },
        Law {
            overtime_rates: [china().overtime_rates, china().overtime_rates].concat(),
            ..china()
        },
        Law {
            statutory_calendar: china().statutory_calendar.into_iter().rev().collect(),
            ..china()
        },
    ];
    for law in refused {
        assert!(LaborLaw::check(&law).is_err(), "{law:?}");
    }
}

#[test]
fn shown_hours_add_up_and_are_never_negative() {
    // A minute on a day of rest and a minute on a holiday: 0.0167 + 0.0167, not 0.0333.
    let facts = facts(
        r#"entries = [
            { start = "2026-03-07T09:00:00+08:00", end = "2026-03-07T09:01:00+08:00" },
            { start = "2026-03-08T09:00:00+08:00", end = "2026-03-08T09:01:00+08:00", day_class = "public_holiday" },
        ]"#,
    );
    let out = evaluate(&china(), &facts).unwrap();
    assert_eq!(out.amount(Item::NormalHours), Some(Decimal::ZERO));
    assert_eq!(out.amount(Item::WorkedHours), Some(decimal("0.0334")));
}

#[test]
fn work_of_a_shift_before_the_period_is_no_rest_of_its_first_week() {
    let days = (3..=8).map(|day| {
        format!("{{ start = \"2026-03-0{day}T08:00:00+08:00\", end = \"2026-03-0{day}T17:00:00+08:00\" }}, ")
    });
    let shift = "{ start = \"2026-03-02T00:30:00+08:00\", end = \"2026-03-02T10:00:00+08:00\", work_day = \"2026-03-01\" }, ";
    let period = "period_from = \"2026-03-02\"\nperiod_until = \"2026-03-08\"";
    let week = facts(&format!("{period}\nentries = [{shift}{}]", days.collect::<String>()));
    let out = evaluate(&china(), &week).unwrap();
    let earlier = out.findings().find(|found| found.finding == Finding::EntryOfEarlierPeriod);
    assert_eq!(earlier.unwrap().actual, Some(decimal("9.5")));
    let rest = out.findings().find(|found| found.finding == Finding::WeeklyRest);
    assert_eq!(rest.unwrap().actual, Some(decimal("22")));
}
