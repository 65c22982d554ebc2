//! Ratings: each criterion of the scheme meets the one value that was measured for it.

use crate::facts::{Rating, Review};
use crate::parameters::{Beyond, Criterion, Scheme};
use crate::scale::Scale;
use stele_sdk::prelude::*;

/// What was measured for one criterion.
#[derive(Clone, Copy)]
pub(crate) struct Measurement {
    /// As given.
    pub(crate) given: Decimal,
    /// What counts: as given, or the end of the scale where the scheme clamps.
    pub(crate) counted: Decimal,
}

/// The measurements in the order of the scheme's criteria.
///
/// # Errors
/// A fault that names the row and column for a criterion that is unknown, rated twice or off its
/// scale; one that names the table for a criterion that is not rated.
pub(crate) fn measurements(scheme: &Scheme, review: &Review) -> Result<Vec<Measurement>, Fault> {
    refuse_strangers(scheme, review)?;
    if review.period_points.is_some() && scheme.points_criterion.is_none() {
        return Err(Fault::fact(
            Review::PERIOD_POINTS,
            "must be left out, because this scheme rates no criterion by points",
        ));
    }
    scheme.criteria.iter().map(|criterion| measurement(scheme, review, criterion)).collect()
}

/// Every row rates a criterion of the scheme, and no criterion has two rows.
fn refuse_strangers(scheme: &Scheme, review: &Review) -> Result<(), Fault> {
    for (row, rating) in review.ratings.iter().enumerate() {
        let cell = |message: String| {
            Err(Fault::fact_cell(Review::RATINGS, row, Rating::CRITERION, message))
        };
        if !scheme.criteria.iter().any(|criterion| criterion.criterion == rating.criterion) {
            let known: Vec<&str> =
                scheme.criteria.iter().map(|criterion| criterion.criterion.as_str()).collect();
            return cell(format!(
                "must be one of {}, found {}",
                known.join(", "),
                rating.criterion
            ));
        }
        if scheme.points_criterion.as_ref() == Some(&rating.criterion) {
            return cell(format!(
                "must not be {}, which the fact period_points rates",
                rating.criterion
            ));
        }
        let first = review.ratings.iter().position(|other| other.criterion == rating.criterion);
        if let Some(first) = first.filter(|first| *first < row) {
            return cell(format!(
                "must occur once, but {} is already rated in row {first} (counted from 0)",
                rating.criterion
            ));
        }
    }
    Ok(())
}

fn measurement(
    scheme: &Scheme,
    review: &Review,
    criterion: &Criterion,
) -> Result<Measurement, Fault> {
    let (given, row) = if scheme.points_criterion.as_ref() == Some(&criterion.criterion) {
        let points = review.period_points.ok_or_else(|| {
            Fault::fact(
                Review::PERIOD_POINTS,
                format!("is required, because points rate the criterion {}", criterion.criterion),
            )
        })?;
        (points, None)
    } else {
        let found =
            review.ratings.iter().position(|rating| rating.criterion == criterion.criterion);
        let row = found.ok_or_else(|| {
            Fault::fact(
                Review::RATINGS,
                format!("must rate each criterion, found no row for {}", criterion.criterion),
            )
        })?;
        (review.ratings[row].score, Some(row))
    };

    let (lowest, highest) = Scale::named(scheme, &criterion.scale).ends().ok_or_else(|| {
        Fault::parameter(Scheme::SCALES, format!("has no scale named {}", criterion.scale))
    })?;
    let counted = given.clamp(lowest, highest);
    if counted != given && criterion.beyond == Beyond::Refused {
        let message = format!(
            "must be {lowest} to {highest}, the scale of {}, found {given}",
            criterion.criterion
        );
        return Err(match row {
            Some(row) => Fault::fact_cell(Review::RATINGS, row, Rating::SCORE, message),
            None => Fault::fact(Review::PERIOD_POINTS, message),
        });
    }
    Ok(Measurement { given, counted })
}
