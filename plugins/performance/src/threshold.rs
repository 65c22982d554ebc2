//! Thresholds: minimums that raise a finding and change neither score nor grade.

use crate::ReviewOutcome;
use crate::outcome::Finding;
use crate::parameters::{Scheme, Severity, TOTAL_SCORE, Threshold};
use crate::rating::Measurement;
use stele_sdk::prelude::*;

/// Compares each minimum with what was measured, or with the total score.
pub(crate) fn compare(
    scheme: &Scheme,
    measured: &[Measurement],
    total: Decimal,
    out: &mut ReviewOutcome,
) {
    for threshold in &scheme.thresholds {
        let actual = if threshold.measure == TOTAL_SCORE {
            Some(total)
        } else {
            measured_for(scheme, measured, threshold)
        };
        let Some(actual) = actual.filter(|actual| *actual < threshold.minimum) else { continue };
        let finding = match threshold.severity {
            Severity::Breach => Finding::BelowMinimumBreach,
            Severity::Warning => Finding::BelowMinimumWarning,
            Severity::Note => Finding::BelowMinimumNote,
        };
        out.finding(finding)
            .about(threshold.measure.as_str())
            .limit(threshold.minimum)
            .actual(actual);
    }
}

fn measured_for(
    scheme: &Scheme,
    measured: &[Measurement],
    threshold: &Threshold,
) -> Option<Decimal> {
    let criteria = scheme.criteria.iter().zip(measured);
    let mut named = criteria.filter(|(criterion, _)| criterion.criterion == threshold.measure);
    named.next().map(|(_, measurement)| measurement.given)
}
