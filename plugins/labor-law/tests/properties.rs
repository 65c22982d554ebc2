//! What holds for any entries.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

mod support;

use labor_law::facts::{TimeEntry, WorkingTime};
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
    let empty = toml::toml! {
        period_from = "2026-03-01"
        period_until = "2026-06-30"
        monthly_wage = "12345.67"
        night_worker = true
    };
    let mut facts = support::facts(&empty, date("2026-06-30"));
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
    [
        support::law("cn/labor-law", date("2026-06-30")),
        support::law("eu/working-time", date("2026-06-30")),
    ]
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
