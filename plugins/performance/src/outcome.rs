//! What a review yields: lines and findings.

use stele_sdk::prelude::*;

/// The lines of a review.
#[derive(Items, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Item {
    /// What a criterion scored, after its cap. The subject is the criterion.
    #[item(category = "score", unit = "points")]
    CriterionScore,
    /// What a criterion adds to the total: its score times its weight. The subject is the
    /// criterion.
    #[item(category = "score", unit = "points")]
    Contribution,
    /// The total score: the sum of the contributions, rounded and capped.
    #[item(category = "score", unit = "points")]
    Score,
    /// The grade: 1 is the best. The subject is its name.
    #[item(category = "grade", unit = "rank")]
    Grade,
    /// What the grade multiplies the bonus base by.
    #[item(category = "grade", unit = "factor")]
    BonusFactor,
    /// The part of the period that the person was employed.
    #[item(category = "bonus", unit = "percent")]
    Proration,
    /// Bonus base times bonus factor, prorated, before points decide their share.
    #[item(category = "bonus")]
    GradeBonus,
    /// The part of the grade bonus that no points decide.
    #[item(category = "bonus")]
    ResultsBonus,
    /// The part of the grade bonus that was earned by points.
    #[item(category = "bonus")]
    PointsBonus,
    /// The performance bonus to be paid.
    #[item(category = "earning")]
    PerformanceBonus,
}

/// What a review may find.
#[derive(Findings, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Finding {
    /// {subject} is {actual}, below the required minimum of {limit}.
    #[finding(breach)]
    BelowMinimumBreach,
    /// {subject} is {actual}, below the minimum of {limit}.
    #[finding(warning)]
    BelowMinimumWarning,
    /// {subject} is {actual}, below {limit}.
    #[finding(note)]
    BelowMinimumNote,
    /// {subject} scored {actual} points, below {limit}, which caps the grade.
    #[finding(warning, unit = "points")]
    GradeCapped,
    /// {subject} was measured at {actual}, beyond its scale, and counts as {limit}.
    #[finding(note)]
    MeasurementClamped,
    /// {actual} days of employment are fewer than the {limit} that earn a bonus.
    #[finding(note, unit = "days")]
    TooShortForBonus,
}
