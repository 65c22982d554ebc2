//! What a review yields: lines, findings, and the steps of an explanation.

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

/// How the lines of a review came about.
#[derive(Steps, Clone, Debug)]
#[allow(missing_docs, reason = "an argument is explained by the sentence that it stands in")]
pub enum Step {
    /// {criterion} was measured at {measured}; on the scale {scale} that is a score of {score}.
    #[step(parameters("criteria", "scales", "criterion_decimals", "rounding"))]
    Converted {
        criterion: String,
        measured: Decimal,
        scale: String,
        #[argument(unit = "points")]
        score: Decimal,
    },
    /// For {criterion} at most {cap} points count, of {score}.
    #[step(parameters("criteria"))]
    CriterionCapped {
        criterion: String,
        #[argument(unit = "points")]
        score: Decimal,
        #[argument(unit = "points")]
        cap: Decimal,
    },
    /// {criterion} adds {score} points × {weight} % = {contribution} to the total.
    #[step(parameters("criteria"))]
    Weighted {
        criterion: String,
        #[argument(unit = "points")]
        score: Decimal,
        #[argument(unit = "percent")]
        weight: Decimal,
        #[argument(unit = "points")]
        contribution: Decimal,
    },
    /// The contributions add to {sum}, rounded to {decimals} decimals: {score}.
    #[step(parameters("score_decimals", "rounding"))]
    Totalled {
        #[argument(unit = "points")]
        sum: Decimal,
        decimals: i64,
        #[argument(unit = "points")]
        score: Decimal,
    },
    /// The total is at most {cap}, not {score}.
    #[step(parameters("score_cap"))]
    TotalCapped {
        #[argument(unit = "points")]
        score: Decimal,
        #[argument(unit = "points")]
        cap: Decimal,
    },
    /// A total of {score} reaches {from}, from where the grade is {grade}.
    #[step(parameters("bands"))]
    Graded {
        #[argument(unit = "points")]
        score: Decimal,
        #[argument(unit = "points")]
        from: Decimal,
        grade: String,
    },
    /// {criterion} scored {score}, below {below}: the grade is {grade} at best.
    #[step(parameters("gates", "bands"))]
    Gated {
        criterion: String,
        #[argument(unit = "points")]
        score: Decimal,
        #[argument(unit = "points")]
        below: Decimal,
        grade: String,
    },
    /// {grade} is grade number {rank}, counted from the best.
    #[step(parameters("bands"))]
    Ranked {
        grade: String,
        #[argument(unit = "rank")]
        rank: Decimal,
    },
    /// The grade {grade} multiplies the bonus base by {factor}.
    #[step(parameters("bands"))]
    Factor {
        grade: String,
        #[argument(unit = "factor")]
        factor: Decimal,
    },
    /// Employed throughout the period: {percent} % of it.
    #[step]
    Throughout {
        #[argument(unit = "percent")]
        percent: Decimal,
    },
    /// Employed on {employed} of {days} days: {percent} % of the period.
    #[step(parameters("proration_decimals", "rounding"))]
    Prorated {
        #[argument(unit = "days")]
        employed: i64,
        #[argument(unit = "days")]
        days: i64,
        #[argument(unit = "percent")]
        percent: Decimal,
    },
    /// Employed on {employed} days, fewer than {minimum}: no bonus.
    #[step(parameters("minimum_days_employed"))]
    TooShort {
        #[argument(unit = "days")]
        employed: i64,
        #[argument(unit = "days")]
        minimum: i64,
    },
    /// {base} × {factor} × {employed} / {days} days, rounded to {decimals} decimals: {bonus}.
    #[step(parameters("bands", "bonus_decimals", "rounding"))]
    GradeBonus {
        #[argument(unit = "currency")]
        base: Decimal,
        #[argument(unit = "factor")]
        factor: Decimal,
        #[argument(unit = "days")]
        employed: i64,
        #[argument(unit = "days")]
        days: i64,
        decimals: i64,
        #[argument(unit = "currency")]
        bonus: Decimal,
    },
    /// Points decide {at_stake} % of the bonus: {bonus} less {withheld} leaves {rest}.
    #[step(parameters("bonus_decimals", "rounding"))]
    ResultsBonus {
        #[argument(unit = "currency")]
        bonus: Decimal,
        #[argument(unit = "percent")]
        at_stake: Decimal,
        #[argument(unit = "currency")]
        withheld: Decimal,
        #[argument(unit = "currency")]
        rest: Decimal,
    },
    /// Points earned {earned} % of the bonus, of at most {at_stake} %: {amount}.
    #[step(parameters("bonus_decimals", "rounding"))]
    PointsBonus {
        #[argument(unit = "percent")]
        earned: Decimal,
        #[argument(unit = "percent")]
        at_stake: Decimal,
        #[argument(unit = "currency")]
        amount: Decimal,
    },
    /// {results} by results and {points} by points: {bonus}.
    #[step]
    Paid {
        #[argument(unit = "currency")]
        results: Decimal,
        #[argument(unit = "currency")]
        points: Decimal,
        #[argument(unit = "currency")]
        bonus: Decimal,
    },
}
