//! Scores: each criterion on the common scale, and their weighted total.

use crate::ReviewOutcome;
use crate::outcome::{Finding, Item, Step};
use crate::parameters::{Criterion, Scheme};
use crate::rating::Measurement;
use crate::scale::Scale;
use stele_sdk::prelude::*;

const HUNDRED_PERCENT: Decimal = Decimal::ONE_HUNDRED;

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
        let converted = converted(scheme, criterion, measurement.counted);
        out.step(|| Step::Converted {
            criterion: criterion.criterion.clone(),
            measured: measurement.counted,
            scale: criterion.scale.clone(),
            score: converted,
        });
        let score = capped(criterion, converted);
        if score != converted {
            out.step(|| Step::CriterionCapped {
                criterion: criterion.criterion.clone(),
                score: converted,
                cap: score,
            });
        }
        out.line_about(Item::CriterionScore, criterion.criterion.as_str(), score);
        scores.push(score);
    }
    scores
}

/// The total score: contributions of the weighted criteria, added, rounded, then capped.
pub(crate) fn total(scheme: &Scheme, scores: &[Decimal], out: &mut ReviewOutcome) -> Decimal {
    for (criterion, &score) in scheme.criteria.iter().zip(scores) {
        if criterion.weight.is_zero() {
            continue;
        }
        let contribution = contribution(criterion, score);
        out.step(|| Step::Weighted {
            criterion: criterion.criterion.clone(),
            score,
            weight: criterion.weight,
            contribution,
        });
        out.line_about(Item::Contribution, criterion.criterion.as_str(), contribution);
    }
    let sum = sum(scheme, scores);
    let rounded = scheme.rounding.round(sum, scheme.score_decimals);
    out.step(|| Step::Totalled { sum, decimals: scheme.score_decimals, score: rounded });
    let total = capped_total(scheme, rounded);
    if total != rounded {
        out.step(|| Step::TotalCapped { score: rounded, cap: total });
    }
    out.line(Item::Score, total);
    total
}

/// The lowest total that the scheme can give. Scales, caps and rounding never turn a lower score
/// into a higher one, so it is the total of the lowest scores.
pub(crate) fn lowest_total(scheme: &Scheme) -> Decimal {
    let lowest: Vec<Decimal> = scheme
        .criteria
        .iter()
        .map(|criterion| {
            let scale = Scale::named(scheme, &criterion.scale);
            let lowest = scale.points().map(|point| point.points).min().unwrap_or_default();
            capped(criterion, scheme.rounding.round(lowest, scheme.criterion_decimals))
        })
        .collect();
    capped_total(scheme, scheme.rounding.round(sum(scheme, &lowest), scheme.score_decimals))
}

fn converted(scheme: &Scheme, criterion: &Criterion, measured: Decimal) -> Decimal {
    let score = Scale::named(scheme, &criterion.scale).score(measured);
    scheme.rounding.round(score, scheme.criterion_decimals)
}

fn capped(criterion: &Criterion, score: Decimal) -> Decimal {
    criterion.cap.map_or(score, |cap| score.min(cap))
}

fn capped_total(scheme: &Scheme, score: Decimal) -> Decimal {
    scheme.score_cap.map_or(score, |cap| score.min(cap))
}

/// Exact: a rounded score times a weight, divided by 100.
fn contribution(criterion: &Criterion, score: Decimal) -> Decimal {
    score * criterion.weight / HUNDRED_PERCENT
}

fn sum(scheme: &Scheme, scores: &[Decimal]) -> Decimal {
    scheme
        .criteria
        .iter()
        .zip(scores)
        .map(|(criterion, &score)| contribution(criterion, score))
        .sum()
}
