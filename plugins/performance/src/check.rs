//! Whether a scheme makes sense, asked once, when it is published.

use crate::grade;
use crate::parameters::{Band, Criterion, Gate, ScalePoint, Scheme, TOTAL_SCORE, Threshold};
use crate::scale::Scale;
use crate::score;
use stele_sdk::prelude::*;

/// Refuses a scheme that contradicts itself.
///
/// # Errors
/// A fault that names the parameter, and the row and column where there is one.
pub(crate) fn scheme(scheme: &Scheme) -> Result<(), Fault> {
    criteria(scheme)?;
    weights(scheme)?;
    scales(scheme)?;
    bands(scheme)?;
    gates(scheme)?;
    thresholds(scheme)?;
    points_criterion(scheme)
}

fn criteria(scheme: &Scheme) -> Result<(), Fault> {
    for (row, criterion) in scheme.criteria.iter().enumerate() {
        let name = criterion.criterion.as_str();
        let cell = |message| {
            Err(Fault::parameter_cell(Scheme::CRITERIA, row, Criterion::CRITERION, message))
        };
        if name.is_empty() || name == TOTAL_SCORE {
            return cell(format!(
                "must be a name other than {TOTAL_SCORE}, which is the sum of all, found '{name}'"
            ));
        }
        if scheme.criteria[..row].iter().any(|other| other.criterion == name) {
            return cell(format!("must occur once, found {name} again"));
        }
    }
    Ok(())
}

fn weights(scheme: &Scheme) -> Result<(), Fault> {
    for (row, criterion) in scheme.criteria.iter().enumerate() {
        if criterion.weight.is_sign_negative() && !criterion.weight.is_zero() {
            return Err(Fault::parameter_cell(
                Scheme::CRITERIA,
                row,
                Criterion::WEIGHT,
                format!("must not be negative, found {}", criterion.weight),
            ));
        }
    }
    let sum: Decimal = scheme.criteria.iter().map(|criterion| criterion.weight).sum();
    if sum != Decimal::ONE_HUNDRED {
        let sum = sum.normalize();
        return Err(Fault::parameter(
            Scheme::CRITERIA,
            format!("must have weights that add to 100 %, found {sum} %"),
        ));
    }
    Ok(())
}

fn scales(scheme: &Scheme) -> Result<(), Fault> {
    for (row, point) in scheme.scales.iter().enumerate() {
        let before = scheme.scales[..row].iter().rfind(|other| other.scale == point.scale);
        if let Some(before) = before.filter(|before| before.measured >= point.measured) {
            return Err(Fault::parameter_cell(
                Scheme::SCALES,
                row,
                ScalePoint::MEASURED,
                format!(
                    "must rise within a scale, found {} after {}",
                    point.measured, before.measured
                ),
            ));
        }
    }
    for (row, criterion) in scheme.criteria.iter().enumerate() {
        if Scale::named(scheme, &criterion.scale).points().count() < 2 {
            return Err(Fault::parameter_cell(
                Scheme::CRITERIA,
                row,
                Criterion::SCALE,
                format!("must be a scale with at least two points, found {}", criterion.scale),
            ));
        }
    }
    Ok(())
}

/// From the best grade to the worst, each name once, and the worst reaches down to the lowest
/// score that the criteria can give: nobody is left without a grade.
fn bands(scheme: &Scheme) -> Result<(), Fault> {
    for (row, band) in scheme.bands.iter().enumerate() {
        if grade::position_of(scheme, &band.grade) != Some(row) {
            return Err(Fault::parameter_cell(
                Scheme::BANDS,
                row,
                Band::GRADE,
                format!("must occur once, found {} again", band.grade),
            ));
        }
        let better = row.checked_sub(1).map(|above| scheme.bands[above].from);
        if let Some(better) = better.filter(|better| *better <= band.from) {
            return Err(Fault::parameter_cell(
                Scheme::BANDS,
                row,
                Band::FROM,
                format!(
                    "must fall from the best grade to the worst, found {} after {better}",
                    band.from
                ),
            ));
        }
    }
    let lowest = score::lowest_total(scheme);
    if scheme.bands.last().is_none_or(|worst| worst.from > lowest) {
        return Err(Fault::parameter(
            Scheme::BANDS,
            format!(
                "must have a grade for {}, the lowest score that is possible",
                lowest.normalize()
            ),
        ));
    }
    Ok(())
}

fn gates(scheme: &Scheme) -> Result<(), Fault> {
    for (row, gate) in scheme.gates.iter().enumerate() {
        let watched = match &gate.criterion {
            Some(named) => position_of(scheme, named).is_some(),
            None => scheme.criteria.iter().any(|criterion| criterion.core),
        };
        if !watched {
            let found = gate.criterion.as_deref().unwrap_or("no core criterion at all");
            return Err(Fault::parameter_cell(
                Scheme::GATES,
                row,
                Gate::CRITERION,
                format!("must watch a criterion of the scheme, found {found}"),
            ));
        }
        if grade::position_of(scheme, &gate.best_grade).is_none() {
            return Err(Fault::parameter_cell(
                Scheme::GATES,
                row,
                Gate::BEST_GRADE,
                format!("must be a grade of the bands, found {}", gate.best_grade),
            ));
        }
    }
    Ok(())
}

fn thresholds(scheme: &Scheme) -> Result<(), Fault> {
    for (row, threshold) in scheme.thresholds.iter().enumerate() {
        if threshold.measure == TOTAL_SCORE {
            continue;
        }
        let Some(measured) = position_of(scheme, &threshold.measure) else {
            return Err(Fault::parameter_cell(
                Scheme::THRESHOLDS,
                row,
                Threshold::MEASURE,
                format!("must be a criterion or {TOTAL_SCORE}, found {}", threshold.measure),
            ));
        };
        let ends = Scale::named(scheme, &scheme.criteria[measured].scale).ends();
        let outside = |(lowest, highest)| threshold.minimum < lowest || threshold.minimum > highest;
        if let Some((lowest, highest)) = ends.filter(|ends| outside(*ends)) {
            return Err(Fault::parameter_cell(
                Scheme::THRESHOLDS,
                row,
                Threshold::MINIMUM,
                format!(
                    "must be {lowest} to {highest}, the scale of {}, found {}",
                    threshold.measure, threshold.minimum
                ),
            ));
        }
    }
    Ok(())
}

fn points_criterion(scheme: &Scheme) -> Result<(), Fault> {
    match &scheme.points_criterion {
        Some(named) if position_of(scheme, named).is_none() => Err(Fault::parameter(
            Scheme::POINTS_CRITERION,
            format!("must be a criterion of the scheme, found {named}"),
        )),
        _ => Ok(()),
    }
}

fn position_of(scheme: &Scheme, criterion: &str) -> Option<usize> {
    scheme.criteria.iter().position(|other| other.criterion == criterion)
}
