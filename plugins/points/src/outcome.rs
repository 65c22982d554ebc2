//! What a period yields: lines and findings.

use stele_sdk::prelude::*;

/// The lines of a period.
#[derive(Items, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Item {
    /// The balance before the period; below zero what was owed.
    #[item(category = "balance", unit = "points")]
    OpeningBalance,
    /// One entry of the ledger, below zero for a deduction or an expiry. The subject is its day
    /// and its event (with the reference, or a number from the second of a day on), with
    /// `taken_back` and the day on which it had happened where it is taken back; or the day,
    /// `expiry` and the day on which the points had been granted.
    #[item(category = "ledger", unit = "points")]
    Entry,
    /// What an event granted and deducted in the period. The subject is the event.
    #[item(category = "event", unit = "points")]
    EventPoints,
    /// What a category granted less what it deducted in the period. The subject is the category.
    #[item(category = "category", unit = "points")]
    CategoryPoints,
    /// All points granted in the period.
    #[item(category = "movement", unit = "points")]
    Granted,
    /// All points deducted in the period, without sign.
    #[item(category = "movement", unit = "points")]
    Deducted,
    /// All points that expired in the period, without sign.
    #[item(category = "movement", unit = "points")]
    Expired,
    /// Granted less deducted in the period: what the period itself was worth.
    #[item(category = "movement", unit = "points")]
    PeriodPoints,
    /// The balance after the period; below zero what is owed.
    #[item(category = "balance", unit = "points")]
    Balance,
    /// Points that are left of one day, for the next period to open with. The subject is the
    /// interval from the day on which they were granted to the last on which they can be used
    /// (`2026-03-31/2027-03-31`), or `2026-03-31/..` where they do not expire.
    #[item(category = "lot", unit = "points")]
    Lot,
    /// The part of the performance bonus earned by a category of points. The subject is the
    /// category.
    #[item(category = "bonus-share", unit = "percent")]
    CategoryShare,
    /// The part of the performance bonus that points decide, earned or not.
    #[item(category = "bonus-share", unit = "percent")]
    PointsShareAtStake,
    /// The part of the performance bonus earned by points.
    #[item(category = "bonus-share", unit = "percent")]
    PointsShareEarned,
    /// The part of the performance bonus earned by points, in money. It is part of that bonus,
    /// not paid beside it.
    #[item(category = "bonus")]
    PointsBonus,
}

/// What a period may find.
#[derive(Findings, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Finding {
    /// {subject} comes to {actual} points on {on}; no more than {limit} count.
    #[finding(note, unit = "points")]
    CapReached,
    /// {subject} would deduct {actual} points on {on}; only {limit} could be taken.
    #[finding(note, unit = "points")]
    DeductionCut,
    /// {actual} points expired on {on}.
    #[finding(note, unit = "points")]
    PointsExpired,
    /// The balance is {actual} points on {on}, below {limit}.
    #[finding(warning, unit = "points")]
    NegativeBalance,
    /// {actual} points of {subject} return on {on} as points that do not expire: until when those that
    /// were deducted before the period could be used is not known.
    #[finding(note, unit = "points")]
    ExpiryUnknown,
    /// {subject} counts on {on}, after the day of the calculation: what it is worth may still change.
    #[finding(note, unit = "points")]
    CountedAhead,
}
