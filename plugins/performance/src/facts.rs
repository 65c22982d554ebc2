//! What is known of one person's review.

use stele_sdk::prelude::*;

/// One review of one person over one period.
#[derive(Facts, Clone, Debug)]
pub struct Review {
    /// What was measured or rated: exactly one row for each criterion of the scheme, except the
    /// one that `period_points` rates.
    #[fact(maximum_rows = 100)]
    pub ratings: Vec<Rating>,
    /// Points granted less points deducted in the period. It rates the criterion that the scheme
    /// names in `points_criterion`, and is required where it names one.
    #[fact(unit = "points", minimum = "-1000000", maximum = "1000000", decimals = 6)]
    pub period_points: Option<Decimal>,
    /// Calendar days of the whole period. Given together with `days_employed`; without both, the
    /// person was employed throughout.
    #[fact(unit = "days", minimum = "1", maximum = "3660")]
    pub days_in_period: Option<i64>,
    /// Calendar days of the period on which the person was employed.
    #[fact(unit = "days", minimum = "0", maximum = "3660")]
    pub days_employed: Option<i64>,
    /// The bonus for the whole period at a bonus factor of 1. Without it no bonus is computed.
    #[fact(unit = "currency", minimum = "0", maximum = "1000000000", decimals = 4)]
    pub bonus_base: Option<Decimal>,
    /// The part of the bonus that points decide, earned or not. Given together with
    /// `points_share_earned`; without both, the grade alone decides.
    #[fact(unit = "percent", minimum = "0", maximum = "100", decimals = 10)]
    pub points_share_at_stake: Option<Decimal>,
    /// The part of the bonus that was earned by points, at most `points_share_at_stake`.
    #[fact(unit = "percent", minimum = "0", maximum = "100", decimals = 10)]
    pub points_share_earned: Option<Decimal>,
}

/// One criterion as it was measured.
#[derive(Row, Clone, Debug)]
pub struct Rating {
    /// The criterion, by its name in the scheme.
    #[column(maximum_length = 64)]
    pub criterion: String,
    /// What was measured, on the criterion's own scale: a percentage of the target, a count, a
    /// rating from 1 to 5.
    #[column(minimum = "-1000000000", maximum = "1000000000", decimals = 6)]
    pub score: Decimal,
}
