//! Grades: the band of the total score, and the gates that cap it.

use crate::ReviewOutcome;
use crate::outcome::{Finding, Item};
use crate::parameters::{Band, Criterion, Gate, Scheme};
use stele_sdk::prelude::*;

/// The grade that a total score earns, after the gates.
///
/// # Errors
/// A fault where the scheme's lowest grade begins above the score or a gate names no grade; both
/// are refused when a ruleset is published.
#[provision(parameters("bands"))]
pub(crate) fn award<'a>(
    scheme: &'a Scheme,
    scores: &[Decimal],
    total: Decimal,
    out: &mut ReviewOutcome,
) -> Result<&'a Band, Fault> {
    let earned = scheme.bands.iter().position(|band| total >= band.from).ok_or_else(|| {
        Fault::parameter(Scheme::BANDS, format!("must have a grade for a score of {total}"))
    })?;
    say!(
        out,
        Graded,
        "A total of {score:points} reaches {from:points}, from where the grade is {grade}.",
        score = total,
        from = scheme.bands[earned].from,
        grade = scheme.bands[earned].grade.clone()
    );

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
            gated(gate, criterion, score, out);
        }
    }

    let band = &scheme.bands[position];
    let rank = Decimal::from(position + 1);
    say!(
        out,
        Ranked,
        "{grade} is grade number {rank:rank}, counted from the best.",
        grade = band.grade.clone()
    );
    out.line_about(Item::Grade, band.grade.as_str(), rank);
    say!(
        out,
        Factor,
        "The grade {grade} multiplies the bonus base by {factor:factor}.",
        grade = band.grade.clone(),
        factor = band.bonus_factor
    );
    out.line(Item::BonusFactor, band.bonus_factor);
    Ok(band)
}

/// Says what caps the grade.
#[provision(parameters("gates", "bands"))]
fn gated(gate: &Gate, criterion: &Criterion, score: Decimal, out: &mut ReviewOutcome) {
    let below = gate.below;
    say!(
        out,
        Gated,
        "{criterion} scored {score:points}, below {below:points}: the grade is {grade} at best.",
        criterion = criterion.criterion.to_owned(),
        grade = gate.best_grade.to_owned()
    );
    out.finding(Finding::GradeCapped)
        .about(criterion.criterion.as_str())
        .limit(below)
        .actual(score);
}

/// Where a grade stands among the bands, the best at 0.
pub(crate) fn position_of(scheme: &Scheme, grade: &str) -> Option<usize> {
    scheme.bands.iter().position(|band| band.grade == grade)
}

fn watches(gate: &Gate, criterion: &Criterion) -> bool {
    gate.criterion.as_ref().map_or(criterion.core, |named| *named == criterion.criterion)
}
