//! A scheme and a review to start from.

#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::expect_used, clippy::panic, reason = "a helper that fails is a test that fails")]

use performance::*;
use stele_sdk::prelude::*;

pub(crate) fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

pub(crate) fn criterion(name: &str, weight: &str, scale: &str, core: bool) -> Criterion {
    Criterion {
        criterion: name.to_owned(),
        weight: decimal(weight),
        scale: scale.to_owned(),
        beyond: Beyond::Refused,
        cap: None,
        core,
    }
}

pub(crate) fn point(scale: &str, measured: &str, points: &str) -> ScalePoint {
    ScalePoint { scale: scale.to_owned(), measured: decimal(measured), points: decimal(points) }
}

pub(crate) fn band(grade: &str, from: &str, bonus_factor: &str) -> Band {
    Band { grade: grade.to_owned(), from: decimal(from), bonus_factor: decimal(bonus_factor) }
}

/// Sales 50 % (core, 0 to 150 %), service 30 % (core, 1 to 5), learning 20 % (0 to 100).
pub(crate) fn scheme() -> Scheme {
    Scheme {
        criteria: vec![
            criterion("sales", "50", "attainment", true),
            criterion("service", "30", "five", true),
            criterion("learning", "20", "hundred", false),
        ],
        scales: vec![
            point("attainment", "0", "0"),
            point("attainment", "60", "50"),
            point("attainment", "100", "100"),
            point("attainment", "150", "150"),
            point("five", "1", "20"),
            point("five", "5", "100"),
            point("hundred", "0", "0"),
            point("hundred", "100", "100"),
        ],
        gates: vec![Gate { criterion: None, below: decimal("60"), best_grade: "C".to_owned() }],
        bands: vec![
            band("A", "90", "1.5"),
            band("B", "80", "1.2"),
            band("C", "70", "1"),
            band("D", "0", "0"),
        ],
        thresholds: Vec::new(),
        points_criterion: None,
        score_cap: None,
        rounding: Rounding::HalfUp,
        criterion_decimals: 2,
        score_decimals: 1,
        proration_decimals: 2,
        bonus_decimals: 2,
        minimum_days_employed: 0,
    }
}

pub(crate) fn review(sales: Decimal, service: Decimal, learning: Decimal) -> Review {
    let rating = |criterion: &str, score| Rating { criterion: criterion.to_owned(), score };
    Review {
        ratings: vec![
            rating("sales", sales),
            rating("service", service),
            rating("learning", learning),
        ],
        period_points: None,
        days_in_period: None,
        days_employed: None,
        bonus_base: None,
        points_share_at_stake: None,
        points_share_earned: None,
    }
}

pub(crate) fn good_review() -> Review {
    review(decimal("100"), decimal("4"), decimal("90"))
}

pub(crate) fn evaluate(scheme: &Scheme, review: &Review) -> Result<ReviewOutcome, Fault> {
    let mut out = ReviewOutcome::new(false);
    Performance::evaluate(scheme, review, &mut out)?;
    Ok(out)
}

pub(crate) fn amount(out: &ReviewOutcome, item: Item) -> Decimal {
    out.amount(item).unwrap_or_else(|| panic!("no line {item:?} in\n{out:?}"))
}
