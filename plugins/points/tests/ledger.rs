//! What holds for every ledger, whatever happens in the period.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use points::*;
use proptest::prelude::*;
use stele_sdk::jiff::civil::date;
use stele_sdk::prelude::*;

fn tariff(event: &str, points: i64, cap: Option<(i64, CapPeriod)>, months: Option<i64>) -> Tariff {
    Tariff {
        event: event.to_owned(),
        applies_from: date(2025, 1, 1),
        category: if event == "course_completed" { "learning" } else { "conduct" }.to_owned(),
        points: Decimal::from(points),
        cap: cap.map(|(cap, _)| Decimal::from(cap)),
        cap_period: cap.map(|(_, period)| period),
        expires_after: months,
    }
}

fn book() -> TariffBook {
    TariffBook {
        tariff: vec![
            tariff("full_attendance", 10, None, Some(6)),
            tariff("late_arrival", -5, Some((50, CapPeriod::Month)), None),
            tariff("excellent_review", 20, None, None),
            tariff("course_completed", 5, Some((30, CapPeriod::Quarter)), Some(1)),
        ],
        bonus_shares: vec![BonusShare {
            category: "learning".to_owned(),
            percent: Decimal::TEN,
            full_points: Decimal::from(30),
        }],
        balance_floors: floor(0),
        order_of_use: None,
        same_day: SameDay::GrantsFirst,
        points_decimals: 0,
        share_decimals: 2,
        money_decimals: 2,
    }
}

fn floor(floor: i64) -> Vec<BalanceFloor> {
    vec![BalanceFloor { applies_from: date(2025, 1, 1), floor: Decimal::from(floor) }]
}

fn half_year() -> Period {
    Period {
        on: date(2026, 6, 30),
        period_start: date(2026, 1, 1),
        period_end: date(2026, 6, 30),
        events: Vec::new(),
        late_arrivals: None,
        full_attendance_months: None,
        excellent_reviews: None,
        courses_completed: None,
        opening_lots: Vec::new(),
        opening_debt: None,
        earlier: Vec::new(),
        grade_bonus: None,
    }
}

fn evaluate(book: &TariffBook, period: &Period) -> Result<PeriodOutcome, Fault> {
    let mut out = PeriodOutcome::new(false);
    Points::evaluate(book, period, &mut out)?;
    Ok(out)
}

fn amount(out: &PeriodOutcome, item: Item) -> Decimal {
    out.amount(item).unwrap_or_else(|| panic!("no line {item:?} in\n{out:?}"))
}

fn sum(out: &PeriodOutcome, item: Item) -> Decimal {
    out.lines().filter(|line| line.item == item).map(|line| line.amount).sum()
}

fn day() -> impl Strategy<Value = Date> {
    (1i8..=6, 1i8..=28).prop_map(|(month, day)| date(2026, month, day))
}

fn event() -> impl Strategy<Value = Event> {
    let names = ["full_attendance", "late_arrival", "excellent_review", "course_completed"];
    (0usize..4, day(), 0i64..=40).prop_map(move |(name, on, tenths)| Event {
        event: names[name].to_owned(),
        on,
        quantity: Some(Decimal::new(tenths, 1)),
        happened_on: None,
        reference: None,
    })
}

fn lot() -> impl Strategy<Value = OpeningLot> {
    (1i8..=12, 0i64..=30, proptest::option::of(1i8..=12)).prop_map(|(month, points, expires)| {
        OpeningLot {
            granted_on: date(2025, month, 15),
            points: Decimal::from(points),
            expires_on: expires.map(|month| date(2026, month, 15)),
        }
    })
}

fn any_period() -> impl Strategy<Value = Period> {
    (
        proptest::collection::vec(event(), 0..25),
        proptest::collection::vec(lot(), 0..6),
        0i64..5,
        0i64..5,
    )
        .prop_map(|(events, opening_lots, late, courses)| Period {
            events,
            opening_lots,
            late_arrivals: Some(late),
            courses_completed: Some(courses),
            ..half_year()
        })
}

fn any_book() -> impl Strategy<Value = TariffBook> {
    (prop_oneof![Just(0i64), Just(-30)], any::<bool>(), any::<bool>()).prop_map(
        |(lowest, as_given, soonest)| TariffBook {
            balance_floors: floor(lowest),
            order_of_use: soonest.then_some(OrderOfUse::SoonestToExpireFirst),
            same_day: if as_given { SameDay::AsGiven } else { SameDay::GrantsFirst },
            ..book()
        },
    )
}

proptest! {
    #[test]
    fn points_are_conserved(book in any_book(), period in any_period()) {
        let out = evaluate(&book, &period).expect("a period");
        let opening = amount(&out, Item::OpeningBalance);
        let closing = amount(&out, Item::Balance);
        let moved = amount(&out, Item::Granted) - amount(&out, Item::Deducted);
        prop_assert_eq!(opening + moved - amount(&out, Item::Expired), closing);
        prop_assert_eq!(opening + sum(&out, Item::Entry), closing, "entries");
        prop_assert_eq!(sum(&out, Item::EventPoints), moved, "events");
        prop_assert_eq!(sum(&out, Item::CategoryPoints), moved, "categories");
        prop_assert_eq!(amount(&out, Item::PeriodPoints), moved);
        if closing >= Decimal::ZERO {
            prop_assert_eq!(sum(&out, Item::Lot), closing, "lots");
        } else {
            prop_assert_eq!(sum(&out, Item::Lot), Decimal::ZERO, "lots beside a debt");
        }
    }

    #[test]
    fn the_balance_never_falls_below_the_floor(book in any_book(), period in any_period()) {
        let out = evaluate(&book, &period).expect("a period");
        let mut balance = amount(&out, Item::OpeningBalance);
        for line in out.lines().filter(|line| line.item == Item::Entry) {
            balance += line.amount;
            let after = line.subject;
            prop_assert!(balance >= book.balance_floors[0].floor, "{balance} after {after:?}\n{out:?}");
        }
    }

    #[test]
    fn what_is_not_deducted_is_said(book in any_book(), period in any_period()) {
        let out = evaluate(&book, &period).expect("a period");
        let cut: Decimal = out
            .findings()
            .filter(|finding| finding.finding == Finding::DeductionCut)
            .map(|finding| finding.actual.unwrap_or_default() - finding.limit.unwrap_or_default())
            .sum();
        let bottomless = TariffBook { balance_floors: floor(-1_000_000), ..book };
        let free = evaluate(&bottomless, &period).expect("a period");
        prop_assert_eq!(amount(&free, Item::Deducted), amount(&out, Item::Deducted) + cut);
    }

    #[test]
    fn a_cap_is_never_exceeded(period in any_period()) {
        let out = evaluate(&book(), &period).expect("a period");
        let mut quarters = [Decimal::ZERO; 2];
        for line in out.lines().filter(|line| line.item == Item::Entry) {
            let subject = line.subject.expect("an entry has a subject");
            if subject.contains("course_completed") {
                quarters[usize::from(subject >= "2026-04")] += line.amount;
            }
        }
        prop_assert!(quarters.iter().all(|points| *points <= Decimal::from(30)), "{quarters:?}");
    }

    #[test]
    fn where_grants_come_first_the_order_of_the_events_does_not_change_the_balance(
        period in any_period(), keys in proptest::collection::vec(any::<u32>(), 25),
    ) {
        let mut shuffled = period.clone();
        let mut keyed: Vec<(u32, Event)> = keys.into_iter().zip(shuffled.events).collect();
        keyed.sort_by_key(|(key, _)| *key);
        shuffled.events = keyed.into_iter().map(|(_, event)| event).collect();
        shuffled.opening_lots.reverse();
        let (one, other) = (evaluate(&book(), &period), evaluate(&book(), &shuffled));
        let (one, other) = (one.expect("a period"), other.expect("a period"));
        let totals =
            [Item::Balance, Item::Granted, Item::Deducted, Item::Expired, Item::PointsShareEarned];
        for item in totals {
            prop_assert_eq!(amount(&one, item), amount(&other, item), "{:?}", item);
        }
        let lots = |out: &PeriodOutcome| -> Vec<(String, Decimal)> {
            let lots = out.lines().filter(|line| line.item == Item::Lot);
            lots.map(|line| (line.subject.unwrap_or_default().to_owned(), line.amount)).collect()
        };
        prop_assert_eq!(lots(&one), lots(&other));
    }

    #[test]
    fn a_half_year_is_its_months_one_after_the_other(period in any_period(), book in any_book()) {
        let period = Period { late_arrivals: None, courses_completed: None, ..period };
        let whole = evaluate(&book, &period).expect("a period");
        let mut lots = period.opening_lots.clone();
        let mut debt = Decimal::ZERO;
        let mut earlier: Vec<Earlier> = Vec::new();
        let mut balance = Decimal::ZERO;
        for month in 1..=6 {
            let first = date(2026, month, 1);
            let part = Period {
                period_start: first,
                period_end: first.last_of_month(),
                events: period.events.iter().filter(|e| e.on.month() == month).cloned().collect(),
                opening_lots: lots,
                opening_debt: Some(debt),
                earlier: earlier.clone(),
                ..half_year()
            };
            let out = evaluate(&book, &part).expect("a month");
            balance = amount(&out, Item::Balance);
            debt = (-balance).max(Decimal::ZERO);
            lots = out.lines().filter(|line| line.item == Item::Lot).map(|line| {
                let interval = line.subject.and_then(|subject| subject.split_once('/'));
                let (granted, until) = interval.expect("an interval");
                OpeningLot {
                    granted_on: granted.parse().expect("a date"),
                    points: line.amount,
                    expires_on: until.parse().ok(),
                }
            }).collect();
            let events = out.lines().filter(|line| line.item == Item::EventPoints);
            earlier.extend(events.map(|line| Earlier {
                event: line.subject.expect("an event").to_owned(),
                on: first,
                points: line.amount.abs(),
            }));
        }
        prop_assert_eq!(balance, amount(&whole, Item::Balance));
    }

    #[test]
    fn entries_are_told_apart_by_their_subjects(book in any_book(), period in any_period()) {
        let out = evaluate(&book, &period).expect("a period");
        let mut seen: Vec<(&str, Option<&str>)> =
            out.lines().map(|line| (line.name, line.subject)).collect();
        let lines = seen.len();
        seen.sort_unstable();
        seen.dedup();
        prop_assert_eq!(seen.len(), lines, "{:?}", out);
    }

    #[test]
    fn what_is_taken_back_leaves_the_ledger_as_it_was(
        book in any_book(), period in any_period(), name in 0usize..2, on in day(), back in day(),
    ) {
        // Deductions beside it would have been cut at another place.
        let grants = |event: &Event| event.event != "late_arrival";
        let events = period.events.iter().filter(|event| grants(event)).cloned().collect();
        let period = Period { events, late_arrivals: None, ..period };
        // A grant comes back on a later day; a deduction on its own, before other points expire.
        let name = ["full_attendance", "late_arrival"][name];
        let (on, back) = (on.min(back), if name == "late_arrival" { on.min(back) } else { on.max(back) });
        let event = Event {
            event: name.to_owned(),
            on,
            quantity: Some(Decimal::TWO),
            happened_on: None,
            reference: Some("R1".to_owned()),
        };
        let mut with = period.clone();
        with.events.push(event.clone());
        with.events.push(Event { on: back, quantity: Some(Decimal::NEGATIVE_ONE), ..event.clone() });
        with.events.push(Event { on: back, quantity: Some(Decimal::NEGATIVE_ONE), happened_on: Some(on), ..event });
        let (without, with) = (evaluate(&book, &period), evaluate(&book, &with));
        let (without, with) = (without.expect("a period"), with.expect("a period"));
        for item in [Item::Balance, Item::PeriodPoints, Item::PointsShareEarned] {
            prop_assert_eq!(amount(&with, item), amount(&without, item), "{:?}", item);
        }
        let lots = |out: &PeriodOutcome| -> Vec<(String, Decimal)> {
            let lots = out.lines().filter(|line| line.item == Item::Lot);
            lots.map(|line| (line.subject.unwrap_or_default().to_owned(), line.amount)).collect()
        };
        prop_assert_eq!(lots(&with), lots(&without));
    }

    #[test]
    fn the_share_of_the_bonus_is_never_more_than_is_at_stake(
        period in any_period(), cents in 0i64..=100_000_000,
    ) {
        let period = Period { grade_bonus: Some(Decimal::new(cents, 2)), ..period };
        let out = evaluate(&book(), &period).expect("a period");
        let earned = amount(&out, Item::PointsShareEarned);
        let at_stake = amount(&out, Item::PointsShareAtStake);
        prop_assert!(earned >= Decimal::ZERO && earned <= at_stake);
        prop_assert_eq!(at_stake, Decimal::TEN);
        prop_assert!(amount(&out, Item::PointsBonus) <= Decimal::new(cents, 2));
    }

    #[test]
    fn an_explanation_changes_nothing_and_every_step_leads_to_a_line(
        book in any_book(), period in any_period(),
    ) {
        let silent = evaluate(&book, &period).expect("a period");
        let mut explained = PeriodOutcome::new(true);
        Points::evaluate(&book, &period, &mut explained).expect("a period");
        prop_assert!(silent.lines().eq(explained.lines()));
        prop_assert!(silent.findings().eq(explained.findings()));
        let lines = explained.lines().count();
        for step in explained.steps() {
            prop_assert!(step.line.is_some_and(|line| line < lines), "{step:?}");
            prop_assert!(!step.text.contains('{'), "{}", step.text);
        }
    }
}

#[test]
fn where_events_are_taken_as_given_their_order_counts() {
    let on = date(2026, 3, 2);
    let event = |name: &str| Event {
        event: name.into(),
        on,
        quantity: None,
        happened_on: None,
        reference: None,
    };
    let book = TariffBook { same_day: SameDay::AsGiven, ..book() };
    let (late, course) = (event("late_arrival"), event("course_completed"));
    let first_late = Period {
        period_end: date(2026, 3, 31),
        events: vec![late.clone(), course.clone()],
        ..half_year()
    };
    let first_course = Period { events: vec![course, late], ..first_late.clone() };
    let balance = |period| amount(&evaluate(&book, period).expect("a period"), Item::Balance);
    assert_eq!(balance(&first_late), Decimal::from(5));
    assert_eq!(balance(&first_course), Decimal::ZERO);
}
