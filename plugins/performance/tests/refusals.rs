//! What a scheme and a review must not be, each with the place that the fault names.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{band, criterion, decimal, evaluate, good_review, point, scheme};
use performance::*;
use stele_sdk::ParameterField;
use stele_sdk::prelude::*;

/// Every scheme that makes no sense, the parameter that is to blame, and words that say why.
#[test]
fn a_scheme_that_contradicts_itself_is_refused() {
    type Spoil = fn(&mut Scheme);
    let broken: [(&str, Spoil, ParameterField, &str); 17] = [
        ("no criteria", |s| s.criteria.clear(), Scheme::CRITERIA, "found 0 %"),
        ("weights of 99.9", |s| s.criteria[0].weight = decimal("49.9"), Scheme::CRITERIA, "99.9 %"),
        ("a negative weight", |s| s.criteria[0].weight = decimal("-1"), Scheme::CRITERIA, "-1"),
        (
            "a criterion twice",
            |s| s.criteria[1].criterion = "sales".into(),
            Scheme::CRITERIA,
            "once",
        ),
        (
            "a criterion named like the total",
            |s| s.criteria[1].criterion = TOTAL_SCORE.into(),
            Scheme::CRITERIA,
            "sum of all",
        ),
        ("no such scale", |s| s.criteria[0].scale = "x".into(), Scheme::CRITERIA, "x"),
        (
            "a scale of one point",
            |s| {
                s.scales.push(point("one", "0", "0"));
                s.criteria[0].scale = "one".into();
            },
            Scheme::CRITERIA,
            "two points",
        ),
        (
            "a scale that falls back",
            |s| s.scales[1].measured = decimal("0"),
            Scheme::SCALES,
            "rise",
        ),
        ("no grades", |s| s.bands.clear(), Scheme::BANDS, "lowest"),
        ("a grade twice", |s| s.bands[1].grade = "A".into(), Scheme::BANDS, "once"),
        ("grades that rise", |s| s.bands[1].from = decimal("90"), Scheme::BANDS, "fall"),
        ("no grade for the worst", |s| s.bands[3] = band("D", "6.1", "0"), Scheme::BANDS, "for 6"),
        ("a gate for nothing", |s| s.gates[0].criterion = Some("x".into()), Scheme::GATES, "x"),
        (
            "a gate for core criteria where there are none",
            |s| s.criteria.iter_mut().for_each(|criterion| criterion.core = false),
            Scheme::GATES,
            "no core criterion",
        ),
        ("a gate to no grade", |s| s.gates[0].best_grade = "Z".into(), Scheme::GATES, "Z"),
        (
            "a minimum of nothing",
            |s| s.thresholds.push(threshold("x", "1")),
            Scheme::THRESHOLDS,
            "x",
        ),
        (
            "a minimum beyond the scale",
            |s| s.thresholds.push(threshold("service", "70")),
            Scheme::THRESHOLDS,
            "1 to 5",
        ),
    ];
    for (what, spoil, parameter, says) in broken {
        let mut scheme = scheme();
        spoil(&mut scheme);
        let fault = Performance::check(&scheme).expect_err(what);
        assert!(fault.concerns_parameter(parameter), "{what}: {fault:?}");
        assert!(fault.message().contains(says), "{what}: {fault}");
    }
    assert_eq!(Performance::check(&scheme()), Ok(()));
}

#[test]
fn points_that_rate_an_unknown_criterion_are_refused() {
    let scheme = Scheme { points_criterion: Some("x".into()), ..scheme() };
    let fault = Performance::check(&scheme).expect_err("no such criterion");
    assert!(fault.concerns_parameter(Scheme::POINTS_CRITERION), "{fault:?}");
}

#[test]
fn weights_off_by_the_smallest_fraction_are_refused() {
    let mut scheme = scheme();
    scheme.criteria[0].weight = Decimal::from(50) + Decimal::new(1, 26);
    Performance::check(&scheme).expect_err("not 100 %");
}

#[test]
fn a_criterion_without_weight_is_recorded_and_not_scored() {
    let mut scheme = scheme();
    scheme.criteria.push(criterion("exam", "0", "hundred", false));
    scheme.thresholds.push(threshold("exam", "70"));
    let mut review = good_review();
    review.ratings.push(Rating { criterion: "exam".into(), score: decimal("69") });
    Performance::check(&scheme).expect("weights of 100 %");
    let out = evaluate(&scheme, &review).expect("a review");
    let without = evaluate(&common::scheme(), &good_review()).expect("a review");
    assert_eq!(out.amount(Item::Score), without.amount(Item::Score));
    assert_eq!(out.amount_about(Item::CriterionScore, "exam"), Some(decimal("69")));
    let found: Vec<_> = out.findings().map(|f| (f.finding, f.subject, f.actual)).collect();
    assert_eq!(found, [(Finding::BelowMinimumWarning, Some("exam"), Some(decimal("69")))]);
}

#[test]
fn a_review_that_does_not_fit_the_scheme_is_refused() {
    type Spoil = fn(&mut Review);
    let broken: [(&str, Spoil, Fault); 8] = [
        (
            "a row too few",
            |r| drop(r.ratings.pop()),
            Fault::fact(Review::RATINGS, "must rate each criterion, found no row for learning"),
        ),
        (
            "an unknown criterion",
            |r| r.ratings[1].criterion = "luck".into(),
            Fault::fact_cell(
                Review::RATINGS,
                1,
                Rating::CRITERION,
                "must be one of sales, service, learning, found luck",
            ),
        ),
        (
            "a criterion twice",
            |r| r.ratings[2].criterion = "sales".into(),
            Fault::fact_cell(
                Review::RATINGS,
                2,
                Rating::CRITERION,
                "must occur once, but sales is already rated in row 0 (counted from 0)",
            ),
        ),
        (
            "off the scale",
            |r| r.ratings[1].score = decimal("5.01"),
            Fault::fact_cell(
                Review::RATINGS,
                1,
                Rating::SCORE,
                "must be 1 to 5, the scale of service, found 5.01",
            ),
        ),
        (
            "points that rate nothing",
            |r| r.period_points = Some(Decimal::ONE),
            Fault::fact(
                Review::PERIOD_POINTS,
                "must be left out, because this scheme rates no criterion by points",
            ),
        ),
        (
            "days of no period",
            |r| r.days_employed = Some(10),
            Fault::fact(Review::DAYS_IN_PERIOD, "is required where days_employed is given"),
        ),
        (
            "a period of no days",
            |r| r.days_in_period = Some(10),
            Fault::fact(Review::DAYS_EMPLOYED, "is required where days_in_period is given"),
        ),
        (
            "a share of nothing",
            |r| r.points_share_earned = Some(Decimal::ONE),
            Fault::fact(
                Review::POINTS_SHARE_AT_STAKE,
                "is required where points_share_earned is given",
            ),
        ),
    ];
    for (what, spoil, expected) in broken {
        let mut review = good_review();
        spoil(&mut review);
        assert_eq!(evaluate(&scheme(), &review).err(), Some(expected), "{what}");
    }
}

fn threshold(measure: &str, minimum: &str) -> Threshold {
    Threshold {
        measure: measure.to_owned(),
        minimum: decimal(minimum),
        severity: Severity::Warning,
    }
}
