//! What a period yields: lines, findings, and the steps of an explanation.

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

/// How the lines of a period came about.
#[derive(Steps, Clone, Debug)]
#[allow(missing_docs, reason = "an argument is explained by the sentence that it stands in")]
pub enum Step {
    /// Brought forward: {lots} lots of points less a debt of {debt} make a balance of {balance}.
    #[step]
    Opening {
        lots: i64,
        #[argument(unit = "points")]
        debt: Decimal,
        #[argument(unit = "points")]
        balance: Decimal,
    },
    /// {event} on {on}: {quantity} × {each} points, rounded to {decimals} decimals: {points}.
    #[step(parameters("tariff", "points_decimals"))]
    Valued {
        event: String,
        on: Date,
        quantity: Decimal,
        #[argument(unit = "points")]
        each: Decimal,
        decimals: i64,
        #[argument(unit = "points")]
        points: Decimal,
    },
    /// {event} of {happened_on} is taken back: {points} points, of which {returned} had counted and
    /// are not replaced by others beyond the cap.
    #[step(parameters("tariff", "points_decimals"))]
    TakenBack {
        event: String,
        happened_on: Date,
        #[argument(unit = "points")]
        points: Decimal,
        #[argument(unit = "points")]
        returned: Decimal,
    },
    /// Of {points} points, {returned} return: the others had not been taken, or would have expired.
    #[step]
    NotAllReturn {
        #[argument(unit = "points")]
        points: Decimal,
        #[argument(unit = "points")]
        returned: Decimal,
    },
    /// At most {cap} points count for {event}; of {demanded} so far that leaves {points}.
    #[step(parameters("tariff"))]
    Capped {
        event: String,
        #[argument(unit = "points")]
        demanded: Decimal,
        #[argument(unit = "points")]
        cap: Decimal,
        #[argument(unit = "points")]
        points: Decimal,
    },
    /// The balance was {balance} and may fall to {floor}: of {points} points, {taken} are deducted.
    #[step(parameters("balance_floors"))]
    CutAtFloor {
        #[argument(unit = "points")]
        balance: Decimal,
        #[argument(unit = "points")]
        floor: Decimal,
        #[argument(unit = "points")]
        points: Decimal,
        #[argument(unit = "points")]
        taken: Decimal,
    },
    /// {points} points granted on {granted_on} could be used until {expires_on}.
    #[step]
    Expiry {
        #[argument(unit = "points")]
        points: Decimal,
        granted_on: Date,
        expires_on: Date,
    },
    /// {event} in all: {parts} = {points}.
    #[step]
    OfEvent {
        event: String,
        parts: String,
        #[argument(unit = "points")]
        points: Decimal,
    },
    /// {category}, by event: {parts} = {points}.
    #[step]
    OfCategory {
        category: String,
        parts: String,
        #[argument(unit = "points")]
        points: Decimal,
    },
    /// In the period {granted} points were granted and {deducted} deducted, which is {points}; {expired} expired.
    #[step]
    OfPeriod {
        #[argument(unit = "points")]
        granted: Decimal,
        #[argument(unit = "points")]
        deducted: Decimal,
        #[argument(unit = "points")]
        expired: Decimal,
        #[argument(unit = "points")]
        points: Decimal,
    },
    /// {opening} + {granted} granted − {deducted} deducted − {expired} expired = {balance}.
    #[step]
    Balanced {
        #[argument(unit = "points")]
        opening: Decimal,
        #[argument(unit = "points")]
        granted: Decimal,
        #[argument(unit = "points")]
        deducted: Decimal,
        #[argument(unit = "points")]
        expired: Decimal,
        #[argument(unit = "points")]
        balance: Decimal,
    },
    /// Of what was granted on {granted_on}, {points} points are left until {expires_on}.
    #[step]
    LotUntil {
        #[argument(unit = "points")]
        points: Decimal,
        granted_on: Date,
        expires_on: Date,
    },
    /// Of what was granted on {granted_on}, {points} points are left; they do not expire.
    #[step]
    LotForGood {
        #[argument(unit = "points")]
        points: Decimal,
        granted_on: Date,
    },
    /// {category} decides {percent} % of the bonus; {points} of {full} points earn {earned} %.
    #[step(parameters("bonus_shares", "share_decimals"))]
    Shared {
        category: String,
        #[argument(unit = "percent")]
        percent: Decimal,
        #[argument(unit = "points")]
        points: Decimal,
        #[argument(unit = "points")]
        full: Decimal,
        #[argument(unit = "percent")]
        earned: Decimal,
    },
    /// All categories decide {parts} = {percent} % of the bonus.
    #[step(parameters("bonus_shares"))]
    SharesAtStake {
        parts: String,
        #[argument(unit = "percent")]
        percent: Decimal,
    },
    /// Points earned {parts} = {percent} % of the bonus.
    #[step]
    SharesEarned {
        parts: String,
        #[argument(unit = "percent")]
        percent: Decimal,
    },
    /// {earned} % of {bonus}, rounded to {decimals} decimals: {amount}.
    #[step(parameters("money_decimals"))]
    InMoney {
        #[argument(unit = "percent")]
        earned: Decimal,
        #[argument(unit = "currency")]
        bonus: Decimal,
        decimals: i64,
        #[argument(unit = "currency")]
        amount: Decimal,
    },
}
