//! What holds for any entries.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

mod support;

use labor_law::facts::{EndGround, TimeEntry, WorkingTime};
use labor_law::items::Item;
use labor_law::law::Law;
use proptest::prelude::*;
use stele_sdk::prelude::*;
use support::{Out, date, decimal, evaluate};

/// Entries as gaps and lengths in minutes, from the beginning of the period on. No entry follows
/// another without a gap.
fn stretches() -> impl Strategy<Value = Vec<(i64, i64)>> {
    prop::collection::vec((1_i64..2_000, 1_i64..=1_440), 0..20)
}

fn facts(stretches: &[(i64, i64)]) -> WorkingTime {
    let empty = r#"
        period_from = "2026-03-01"
        period_until = "2026-06-30"
        monthly_wage = "12345.67"
        night_worker = true
    "#;
    let mut facts = support::facts(empty, date("2026-06-30"));
    let mut at: DateTime = "2026-03-01T00:00:00+08:00".parse().unwrap();
    for (gap, length) in stretches {
        let start = at.plus_minutes(*gap).unwrap();
        at = start.plus_minutes(*length).unwrap();
        facts.entries.push(entry(start, at));
    }
    facts
}

fn entry(start: DateTime, end: DateTime) -> TimeEntry {
    TimeEntry {
        start,
        end,
        unpaid_break_minutes: None,
        paid_break_minutes: None,
        day_class: None,
        work_day: None,
    }
}

fn laws() -> [Law; 2] {
    [support::china(date("2026-06-30")), support::europe(date("2026-06-30"))]
}

fn same(one: &Out, other: &Out) -> bool {
    one.lines().eq(other.lines()) && one.findings().eq(other.findings())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_entries_does_not_matter(
        (stretches, order) in stretches().prop_flat_map(|stretches| {
            let order = Just((0..stretches.len()).collect::<Vec<_>>()).prop_shuffle();
            (Just(stretches), order)
        })
    ) {
        let sorted = facts(&stretches);
        let mut shuffled = sorted.clone();
        shuffled.entries = order.iter().map(|at| sorted.entries[*at].clone()).collect();
        for law in laws() {
            prop_assert!(same(&evaluate(&law, &sorted).unwrap(), &evaluate(&law, &shuffled).unwrap()));
        }
    }

    #[test]
    fn splitting_an_entry_changes_nothing(
        stretches in stretches(), which in any::<prop::sample::Index>(), at in 0_i64..1_000
    ) {
        prop_assume!(stretches.iter().any(|(_, length)| *length > 1));
        let whole = facts(&stretches);
        let long = whole
            .entries
            .iter()
            .filter(|entry| entry.start.minutes_until(&entry.end) > 1)
            .collect::<Vec<_>>();
        let cut = long[which.index(long.len())].clone();
        let length = cut.start.minutes_until(&cut.end);
        let minutes = 1 + (length - 2) * at / 1_000;
        let middle = cut.start.plus_minutes(minutes).unwrap();
        let mut split = whole.clone();
        split.entries.retain(|entry| entry.start != cut.start);
        split.entries.extend([entry(middle, cut.end), entry(cut.start, middle)]);
        for law in laws() {
            let (one, other) = (evaluate(&law, &whole).unwrap(), evaluate(&law, &split).unwrap());
            prop_assert!(same(&one, &other), "{:#?}\n{:#?}", one.lines().collect::<Vec<_>>(), other.lines().collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_shift_punched_with_breaks_is_one_entry_with_unpaid_breaks(
        start in 12 * 60_i64..24 * 60,
        pieces in prop::collection::vec((30_i64..180, 1_i64..180), 1..5),
        last in 30_i64..180,
    ) {
        // Wednesday, 4 March 2026, in a week without public holidays.
        let midnight: DateTime = "2026-03-04T00:00:00+08:00".parse().unwrap();
        let begin = midnight.plus_minutes(start).unwrap();
        let mut punched = facts(&[]);
        let mut at = begin;
        for (worked, pause) in &pieces {
            let end = at.plus_minutes(*worked).unwrap();
            punched.entries.push(entry(at, end));
            at = end.plus_minutes(*pause).unwrap();
        }
        let end = at.plus_minutes(last).unwrap();
        punched.entries.push(entry(at, end));
        prop_assume!(begin.minutes_until(&end) < 24 * 60);
        let mut whole = facts(&[]);
        let pauses = pieces.iter().map(|(_, pause)| pause).sum::<i64>();
        whole.entries.push(TimeEntry { unpaid_break_minutes: Some(pauses), ..entry(begin, end) });
        let [china, _] = laws();
        let (one, other) = (evaluate(&china, &whole).unwrap(), evaluate(&china, &punched).unwrap());
        prop_assert!(one.lines().eq(other.lines()), "{:#?}\n{:#?}", one.lines().collect::<Vec<_>>(), other.lines().collect::<Vec<_>>());
        // What was taken for one shift beyond midnight is said.
        let guessed = other.findings().any(|finding| finding.name == "working_day_assumed");
        let beyond = punched.entries.iter().any(|entry| entry.start.date() != begin.date());
        prop_assert_eq!(guessed, beyond);
    }

    #[test]
    fn leave_of_a_part_of_a_year_is_never_more_than_that_of_the_year(
        joined in 1_i8..=12, day in 1_i8..=28, left in 1_i8..=12, years in 1_i16..30,
    ) {
        let [china, _] = laws();
        let mut facts = facts(&[]);
        facts.service_since = Some(Date::new(2026 - years, 1, 1).unwrap());
        let of_year = evaluate(&china, &facts).unwrap().amount(Item::AnnualLeaveEntitlement).unwrap();
        facts.contract_start = Some(Date::new(2026, joined.min(left), day).unwrap());
        facts.employment_end = Some(Date::new(2026, joined.max(left), 28).unwrap());
        let part = evaluate(&china, &facts).unwrap().amount(Item::AnnualLeaveEntitlement).unwrap();
        prop_assert!(part <= of_year && part >= Decimal::ZERO && part == part.floor());
    }

    #[test]
    fn severance_grows_with_service_and_by_half_a_year_at_most(
        start in 0_i64..6_000, wage in 2_000_i64..30_000,
    ) {
        let [china, _] = laws();
        let years = |earlier: i64| {
            let mut facts = facts(&[]);
            let begin: DateTime = "2008-01-01T00:00:00+08:00".parse().unwrap();
            facts.contract_start = Some(begin.plus_minutes((start - earlier + 1) * 24 * 60).unwrap().date());
            facts.employment_end = Some(date("2026-06-30"));
            facts.end_ground = Some(EndGround::Redundancy);
            facts.local_average_wage = Some(decimal("12000"));
            facts.monthly_wage = Some(Decimal::from(wage));
            let out = evaluate(&china, &facts).unwrap();
            let years = out.amount(Item::SeveranceYears).unwrap();
            assert_eq!(out.amount(Item::Severance).unwrap(), years * Decimal::from(wage));
            years
        };
        let (shorter, longer) = (years(0), years(1));
        prop_assert!(longer == shorter || longer == shorter + decimal("0.5"));
        prop_assert_eq!((shorter * Decimal::TWO).fract(), Decimal::ZERO);
    }

    #[test]
    fn hours_by_class_add_to_the_hours_worked(stretches in stretches()) {
        let [china, _] = laws();
        let out = evaluate(&china, &facts(&stretches)).unwrap();
        let hours = |item| out.amount(item).unwrap();
        let classes = [
            Item::NormalHours,
            Item::OvertimeHoursWorkday,
            Item::OvertimeHoursRestDay,
            Item::OvertimeHoursPublicHoliday,
        ];
        prop_assert!(classes.iter().all(|item| hours(*item) >= Decimal::ZERO));
        prop_assert_eq!(classes.into_iter().map(hours).sum::<Decimal>(), hours(Item::WorkedHours));
        let minutes = stretches.iter().map(|(_, length)| *length).sum::<i64>();
        let difference = hours(Item::WorkedHours) * decimal("60") - Decimal::from(minutes);
        prop_assert!(difference.abs() <= decimal("0.012"));
    }

    #[test]
    fn overtime_pay_is_the_sum_of_its_classes_and_grows_with_the_wage(stretches in stretches()) {
        let [china, _] = laws();
        let mut facts = facts(&stretches);
        let out = evaluate(&china, &facts).unwrap();
        let pay = |out: &Out, item| out.amount(item).unwrap();
        let classes =
            [Item::OvertimePayWorkday, Item::OvertimePayRestDay, Item::OvertimePayPublicHoliday];
        let sum = classes.into_iter().map(|item| pay(&out, item)).sum::<Decimal>();
        prop_assert_eq!(sum, pay(&out, Item::OvertimePay));
        prop_assert!(classes.into_iter().all(|item| pay(&out, item).scale() <= 2));
        facts.monthly_wage = Some(decimal("12345.68"));
        let more = evaluate(&china, &facts).unwrap();
        prop_assert!(pay(&more, Item::OvertimePay) >= sum);
    }
}
