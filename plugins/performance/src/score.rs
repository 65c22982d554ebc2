//! Scores: each criterion on the common scale, and their weighted total.

use crate::ReviewOutcome;
use crate::outcome::{Finding, Item};
use crate::parameters::{Criterion, Scheme};
use crate::rating::Measurement;
use crate::scale::Scale;
use stele_sdk::prelude::*;

/// The score of each criterion, in the scheme's order: converted, capped, rounded.
pub(crate) fn by_criterion(
    scheme: &Scheme,
    measured: &[Measurement],
    out: &mut ReviewOutcome,
) -> Vec<Decimal> {
    let mut scores = Vec::with_capacity(scheme.criteria.len());
    for (criterion, measurement) in scheme.criteria.iter().zip(measured) {
        if measurement.counted != measurement.given {
            out.finding(Finding::MeasurementClamped)
                .about(criterion.criterion.as_str())
                .limit(measurement.counted)
                .actual(measurement.given);
        }
        let score = converted(scheme, criterion, measurement.counted, out);
        let score = capped(criterion, score, out);
        out.line_about(Item::CriterionScore, criterion.criterion.as_str(), score);
        scores.push(score);
    }
    scores
}

/// The total score: contributions of the weighted criteria, added, rounded, then capped.
pub(crate) fn total(scheme: &Scheme, scores: &[Decimal], out: &mut ReviewOutcome) -> Decimal {
    let mut sum = Decimal::ZERO;
    for (criterion, &score) in scheme.criteria.iter().zip(scores) {
        if !criterion.weight.is_zero() {
            sum += contribution(criterion, score, out);
        }
    }
    let total = limited(scheme, added(scheme, sum, out), out);
    out.line(Item::Score, total);
    total
}

/// The lowest total that the scheme can give. Scales, caps and rounding never turn a lower score
/// into a higher one, so it is the total of the lowest scores.
pub(crate) fn lowest_total(scheme: &Scheme) -> Decimal {
    let out = &mut ReviewOutcome::new(false);
    let lowest: Vec<Decimal> = scheme
        .criteria
        .iter()
        .map(|criterion| {
            let scale = Scale::named(scheme, &criterion.scale);
            let lowest = scale.points().map(|point| point.points).min().unwrap_or_default();
            capped(criterion, scheme.rounding.round(lowest, scheme.criterion_decimals), out)
        })
        .collect();
    total(scheme, &lowest, out)
}

/// The score of a measurement, on the criterion's scale.
#[provision(parameters("criteria", "scales", "criterion_decimals", "rounding"))]
fn converted(
    scheme: &Scheme,
    criterion: &Criterion,
    measured: Decimal,
    out: &mut ReviewOutcome,
) -> Decimal {
    let score = Scale::named(scheme, &criterion.scale).score(measured);
    let score = scheme.rounding.round(score, scheme.criterion_decimals);
    say!(
        out,
        Converted,
        "{criterion} was measured at {measured}; on the scale {scale} that is a score of \
         {score:points}.",
        criterion = criterion.criterion.to_owned(),
        scale = criterion.scale.to_owned()
    );
    score
}

/// No more than the criterion's cap.
#[provision(parameters("criteria"))]
fn capped(criterion: &Criterion, score: Decimal, out: &mut ReviewOutcome) -> Decimal {
    match criterion.cap {
        Some(cap) if cap < score => {
            say!(
                out,
                CriterionCapped,
                "For {criterion} at most {cap:points} points count, of {score:points}.",
                criterion = criterion.criterion.to_owned()
            );
            cap
        }
        _ => score,
    }
}

/// Exact: a rounded score times a weight.
#[provision]
fn contribution(
    criterion: &Criterion,
    #[is(Item::CriterionScore)] score: Decimal,
    out: &mut ReviewOutcome,
) -> Decimal {
    work!(
        out,
        Item::Contribution.about(criterion.criterion.as_str()) = percent(score, criterion.weight)
    )
}

#[provision(parameters("score_decimals", "rounding"))]
fn added(scheme: &Scheme, sum: Decimal, out: &mut ReviewOutcome) -> Decimal {
    let decimals = scheme.score_decimals;
    let score = scheme.rounding.round(sum, decimals);
    say!(
        out,
        Totalled,
        "The contributions add to {sum:points}, rounded to {decimals} decimals: {score:points}."
    );
    score
}

/// No more than the scheme's highest score.
#[provision(parameters("score_cap"))]
fn limited(scheme: &Scheme, score: Decimal, out: &mut ReviewOutcome) -> Decimal {
    match scheme.score_cap {
        Some(cap) if cap < score => {
            say!(out, TotalCapped, "The total is at most {cap:points}, not {score:points}.");
            cap
        }
        _ => score,
    }
}
