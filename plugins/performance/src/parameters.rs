//! The scheme: everything that a company decides about its reviews.
//!
//! No table has a key: a scheme is dated as a whole table each, because a change to one weight
//! always changes another, and half a change must not be expressible.

use crate::rounding::Rounding;
use stele_sdk::prelude::*;

/// The name by which a threshold speaks of the total score instead of a criterion.
pub const TOTAL_SCORE: &str = "total_score";

/// One company's scheme of criteria, grades and bonus.
#[derive(Parameters, Clone, Debug)]
pub struct Scheme {
    /// What is rated. The weights add to exactly 100.
    pub criteria: Vec<Criterion>,
    /// How a measurement becomes points: for each scale at least two points, by rising
    /// measurement; between two points the score runs in a straight line.
    pub scales: Vec<ScalePoint>,
    /// What caps the grade, however high the total.
    pub gates: Vec<Gate>,
    /// The grades, from the best to the worst.
    pub bands: Vec<Band>,
    /// Minimums that raise a finding and change nothing else.
    pub thresholds: Vec<Threshold>,
    /// The criterion that is rated by the fact `period_points` instead of a row of `ratings`.
    #[parameter(maximum_length = 64)]
    pub points_criterion: Option<String>,
    /// The highest total score. None: as high as the criteria allow.
    #[parameter(unit = "points", minimum = "0", maximum = "1000000")]
    pub score_cap: Option<Decimal>,
    /// How scores, percentages and money are rounded.
    pub rounding: Rounding,
    /// Decimals to which the score of each criterion is rounded, before it is weighted and before
    /// a gate looks at it.
    #[parameter(unit = "decimals", minimum = "0", maximum = "10")]
    pub criterion_decimals: i64,
    /// Decimals to which the total score is rounded, before a band or a threshold looks at it.
    #[parameter(unit = "decimals", minimum = "0", maximum = "10")]
    pub score_decimals: i64,
    /// Decimals to which the share of the period is shown. The bonus uses the exact fraction.
    #[parameter(unit = "decimals", minimum = "0", maximum = "10")]
    pub proration_decimals: i64,
    /// Decimals to which each amount of money is rounded, once, at its end.
    #[parameter(unit = "decimals", minimum = "0", maximum = "4")]
    pub bonus_decimals: i64,
    /// Fewer days employed than this earn no bonus; exactly as many do. Compared only where the
    /// days are given.
    #[parameter(unit = "days", minimum = "0", maximum = "3660")]
    pub minimum_days_employed: i64,
}

/// One criterion.
#[derive(Row, Clone, Debug)]
pub struct Criterion {
    /// Its name, as `ratings` gives it.
    #[column(maximum_length = 64)]
    pub criterion: String,
    /// Its share of the total score. 0: recorded and compared with thresholds, but not scored.
    #[column(unit = "percent", minimum = "0", maximum = "100")]
    pub weight: Decimal,
    /// The scale on which it is measured.
    #[column(maximum_length = 64)]
    pub scale: String,
    /// What happens to a measurement beyond the ends of the scale.
    pub beyond: Beyond,
    /// The highest score that counts. None: as high as the scale goes.
    #[column(unit = "points", minimum = "-1000000", maximum = "1000000")]
    pub cap: Option<Decimal>,
    /// Whether gates for core criteria look at it.
    pub core: bool,
}

/// What happens to a measurement beyond the ends of its scale.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Beyond {
    /// The review is refused: such a value can only be a mistake.
    Refused,
    /// It counts as the end of the scale, and a note says so.
    Clamped,
}

/// One point of a scale.
#[derive(Row, Clone, Debug)]
pub struct ScalePoint {
    /// The scale's name.
    #[column(maximum_length = 64)]
    pub scale: String,
    /// A measurement. Those of the first and the last point of a scale are its ends.
    #[column(minimum = "-1000000000", maximum = "1000000000", decimals = 6)]
    pub measured: Decimal,
    /// The score that it earns. A scale may fall: more complaints, fewer points.
    #[column(unit = "points", minimum = "-1000000", maximum = "1000000", decimals = 6)]
    pub points: Decimal,
}

/// What caps the grade.
#[derive(Row, Clone, Debug)]
pub struct Gate {
    /// The criterion. None: each core criterion.
    #[column(maximum_length = 64)]
    pub criterion: Option<String>,
    /// A score below this caps the grade; exactly this does not.
    #[column(unit = "points", minimum = "-1000000", maximum = "1000000")]
    pub below: Decimal,
    /// The best grade that is then possible.
    #[column(maximum_length = 64)]
    pub best_grade: String,
}

/// One grade.
#[derive(Row, Clone, Debug)]
pub struct Band {
    /// Its name.
    #[column(maximum_length = 64)]
    pub grade: String,
    /// The lowest total score that earns it.
    #[column(unit = "points", minimum = "-1000000", maximum = "1000000")]
    pub from: Decimal,
    /// What the bonus base is multiplied by.
    #[column(unit = "factor", minimum = "0", maximum = "1000")]
    pub bonus_factor: Decimal,
}

/// A minimum that raises a finding.
#[derive(Row, Clone, Debug)]
pub struct Threshold {
    /// A criterion, compared as measured, or `total_score`, compared as rounded.
    #[column(maximum_length = 64)]
    pub measure: String,
    /// Anything below raises the finding; exactly this does not.
    #[column(minimum = "-1000000000", maximum = "1000000000")]
    pub minimum: Decimal,
    /// How serious the finding is.
    pub severity: Severity,
}

/// How serious a missed minimum is.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Severity {
    /// The policy is violated.
    Breach,
    /// It will be if nothing changes.
    Warning,
    /// Worth knowing.
    Note,
}
