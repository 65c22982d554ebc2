//! Grades: the band of the total score, and the gates that cap it.

use crate::ReviewOutcome;
use crate::outcome::{Finding, Item, Step};
use crate::parameters::{Band, Criterion, Gate, Scheme};
use stele_sdk::prelude::*;

/// The grade that a total score earns, after the gates.
///
/// # Errors
/// A fault where the scheme's lowest grade begins above the score or a gate names no grade; both
/// are refused when a ruleset is published.
pub(crate) fn award<'a>(
    scheme: &'a Scheme,
    scores: &[Decimal],
    total: Decimal,
    out: &mut ReviewOutcome,
) -> Result<&'a Band, Fault> {
    let earned = scheme.bands.iter().position(|band| total >= band.from).ok_or_else(|| {
        Fault::parameter(Scheme::BANDS, format!("must have a grade for a score of {total}"))
    })?;
    out.step(|| Step::Graded {
        score: total,
        from: scheme.bands[earned].from,
        grade: scheme.bands[earned].grade.clone(),
    });

    let mut position = earned;
    for gate in &scheme.gates {
        let best = position_of(scheme, &gate.best_grade).ok_or_else(|| {
            Fault::parameter(Scheme::GATES, format!("names no grade: {}", gate.best_grade))
        })?;
        for (criterion, &score) in scheme.criteria.iter().zip(scores) {
            // A gate that the total score would not have passed either takes nothing away.
            if !watches(gate, criterion) || score >= gate.below || best <= earned {
                continue;
            }
            position = position.max(best);
            out.step(|| Step::Gated {
                criterion: criterion.criterion.clone(),
                score,
                below: gate.below,
                grade: gate.best_grade.clone(),
            });
            out.finding(Finding::GradeCapped)
                .about(criterion.criterion.as_str())
                .limit(gate.below)
                .actual(score);
        }
    }

    let band = &scheme.bands[position];
    let rank = Decimal::from(position + 1);
    out.step(|| Step::Ranked { grade: band.grade.clone(), rank });
    out.line_about(Item::Grade, band.grade.as_str(), rank);
    out.step(|| Step::Factor { grade: band.grade.clone(), factor: band.bonus_factor });
    out.line(Item::BonusFactor, band.bonus_factor);
    Ok(band)
}

/// Where a grade stands among the bands, the best at 0.
pub(crate) fn position_of(scheme: &Scheme, grade: &str) -> Option<usize> {
    scheme.bands.iter().position(|band| band.grade == grade)
}

fn watches(gate: &Gate, criterion: &Criterion) -> bool {
    gate.criterion.as_ref().map_or(criterion.core, |named| *named == criterion.criterion)
}
