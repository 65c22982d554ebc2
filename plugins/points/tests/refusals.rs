//! What a tariff book and a period must not be, each with the place that the fault names.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use points::*;
use stele_sdk::jiff::civil::date;
use stele_sdk::prelude::*;
use stele_sdk::{FactField, ParameterField};

fn tariff(event: &str, points: i64) -> Tariff {
    Tariff {
        event: event.to_owned(),
        applies_from: date(2026, 1, 1),
        category: "learning".to_owned(),
        points: Decimal::from(points),
        cap: None,
        cap_period: None,
        expires_after: None,
    }
}

fn book() -> TariffBook {
    TariffBook {
        tariff: vec![tariff("course_completed", 5), tariff("training_overdue", -5)],
        bonus_shares: vec![BonusShare {
            category: "learning".to_owned(),
            percent: Decimal::TEN,
            full_points: Decimal::from(30),
        }],
        balance_floors: vec![BalanceFloor { applies_from: date(2026, 1, 1), floor: Decimal::ZERO }],
        order_of_use: None,
        same_day: SameDay::GrantsFirst,
        points_decimals: 0,
        share_decimals: 2,
        money_decimals: 2,
    }
}

fn march() -> Period {
    let event = |event: &str| Event {
        event: event.to_owned(),
        on: date(2026, 3, 2),
        quantity: None,
        happened_on: None,
        reference: Some("SQL-101".to_owned()),
    };
    let lot = OpeningLot {
        granted_on: date(2026, 2, 1),
        points: Decimal::TEN,
        expires_on: Some(date(2026, 3, 1)),
    };
    Period {
        on: date(2026, 3, 31),
        period_start: date(2026, 3, 1),
        period_end: date(2026, 3, 31),
        events: vec![event("course_completed"), event("training_overdue")],
        late_arrivals: None,
        full_attendance_months: None,
        excellent_reviews: None,
        courses_completed: None,
        opening_lots: vec![lot],
        opening_debt: None,
        earlier: Vec::new(),
        grade_bonus: None,
    }
}

#[test]
fn a_tariff_book_that_contradicts_itself_is_refused() {
    type Spoil = fn(&mut TariffBook);
    let broken: [(&str, Spoil, ParameterField, &str); 11] = [
        (
            "a floor above zero",
            |b| b.balance_floors[0].floor = Decimal::ONE,
            TariffBook::BALANCE_FLOORS,
            "1",
        ),
        ("no floor", |b| b.balance_floors.clear(), TariffBook::BALANCE_FLOORS, "none"),
        (
            "an event that changes its category",
            |b| {
                b.tariff[1].event = "course_completed".into();
                b.tariff[1].applies_from = date(2026, 7, 1);
                b.tariff[1].category = "luck".into();
            },
            TariffBook::TARIFF,
            "must be learning",
        ),
        (
            "an event twice",
            |b| b.tariff[1].event = "course_completed".into(),
            TariffBook::TARIFF,
            "once",
        ),
        (
            "an event with a space",
            |b| b.tariff[0].event = "a course".into(),
            TariffBook::TARIFF,
            "a course",
        ),
        ("no category", |b| b.tariff[0].category.clear(), TariffBook::TARIFF, "''"),
        (
            "a period of no cap",
            |b| b.tariff[0].cap_period = Some(CapPeriod::Month),
            TariffBook::TARIFF,
            "no cap",
        ),
        (
            "a deduction that expires",
            |b| b.tariff[1].expires_after = Some(1),
            TariffBook::TARIFF,
            "does not expire",
        ),
        (
            "a share for nothing",
            |b| b.bonus_shares[0].category = "luck".into(),
            TariffBook::BONUS_SHARES,
            "luck",
        ),
        (
            "a share for no points",
            |b| b.bonus_shares[0].full_points = Decimal::ZERO,
            TariffBook::BONUS_SHARES,
            "above 0",
        ),
        (
            "more than the whole bonus",
            |b| b.bonus_shares[0].percent = Decimal::new(1001, 1),
            TariffBook::BONUS_SHARES,
            "100.1 %",
        ),
    ];
    for (what, spoil, parameter, says) in broken {
        let mut book = book();
        spoil(&mut book);
        let fault = Points::check(&book).expect_err(what);
        assert!(fault.concerns_parameter(parameter), "{what}: {fault:?}");
        assert!(fault.message().contains(says), "{what}: {fault}");
    }
    assert_eq!(Points::check(&book()), Ok(()));
}

#[test]
fn a_period_that_does_not_fit_is_refused() {
    type Spoil = fn(&mut Period);
    let broken: [(&str, Spoil, FactField, &str); 16] = [
        ("backwards", |p| p.period_end = date(2026, 2, 28), Period::PERIOD_END, "2026-02-28"),
        ("an event before", |p| p.events[0].on = date(2026, 2, 28), Period::EVENTS, "2026-02-28"),
        ("an event after", |p| p.events[0].on = date(2026, 4, 1), Period::EVENTS, "2026-04-01"),
        ("an unknown event", |p| p.events[1].event = "luck".into(), Period::EVENTS, "luck"),
        (
            "the same event twice",
            |p| p.events[1].event = "course_completed".into(),
            Period::EVENTS,
            "SQL-101",
        ),
        (
            "an event before its tariff",
            |p| {
                p.period_start = date(2025, 12, 1);
                p.events[0].on = date(2025, 12, 31);
                p.opening_lots.clear();
            },
            Period::EVENTS,
            "2026-01-01",
        ),
        (
            "a day of what is not taken back",
            |p| p.events[0].happened_on = Some(date(2026, 3, 1)),
            Period::EVENTS,
            "left out",
        ),
        (
            "more taken back than happened",
            |p| p.events[1] = back("course_completed", -2),
            Period::EVENTS,
            "more than the 1",
        ),
        (
            "taken back before it happened",
            |p| {
                p.events[1] = back("course_completed", -1);
                p.events[1].happened_on = Some(date(2026, 3, 30));
            },
            Period::EVENTS,
            "must not be after",
        ),
        (
            "nothing to take back",
            |p| {
                p.events.truncate(1);
                p.events.push(back("training_overdue", -1));
            },
            Period::EVENTS,
            "found none",
        ),
        (
            "a count of an unknown event",
            |p| p.late_arrivals = Some(1),
            Period::LATE_ARRIVALS,
            "late",
        ),
        (
            "a lot of the period",
            |p| p.opening_lots[0].granted_on = date(2026, 3, 1),
            Period::OPENING_LOTS,
            "before 2026-03-01",
        ),
        (
            "a lot that is over",
            |p| p.opening_lots[0].expires_on = Some(date(2026, 2, 28)),
            Period::OPENING_LOTS,
            "2026-02-28",
        ),
        ("lots and a debt", |p| p.opening_debt = Some(Decimal::ONE), Period::OPENING_DEBT, "lots"),
        ("earlier is later", |p| p.earlier.push(earlier(3)), Period::EARLIER, "2026-03-01"),
        (
            "an earlier unknown event",
            |p| p.earlier.push(Earlier { event: "luck".into(), ..earlier(2) }),
            Period::EARLIER,
            "luck",
        ),
    ];
    for (what, spoil, fact, says) in broken {
        let mut period = march();
        spoil(&mut period);
        let fault = evaluate(&period).err().unwrap_or_else(|| panic!("{what}"));
        assert!(fault.concerns(fact), "{what}: {fault:?}");
        assert!(fault.message().contains(says), "{what}: {fault}");
    }
    evaluate(&march()).expect("a period");
}

#[test]
fn a_count_of_zero_needs_no_tariff() {
    evaluate(&Period { late_arrivals: Some(0), ..march() }).expect("nothing was late");
}

fn back(event: &str, quantity: i64) -> Event {
    Event {
        event: event.to_owned(),
        on: date(2026, 3, 2),
        quantity: Some(Decimal::from(quantity)),
        happened_on: None,
        reference: None,
    }
}

fn earlier(month: i8) -> Earlier {
    Earlier { event: "course_completed".into(), on: date(2026, month, 1), points: Decimal::ONE }
}

fn evaluate(period: &Period) -> Result<PeriodOutcome, Fault> {
    let mut out = PeriodOutcome::new(false);
    Points::evaluate(&book(), period, &mut out)?;
    Ok(out)
}
