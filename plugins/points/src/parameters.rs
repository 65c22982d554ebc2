//! The tariff book: everything that a company decides about its points.

use stele_sdk::prelude::*;

/// One company's rules for points.
#[derive(Parameters, Clone, Debug)]
pub struct TariffBook {
    /// What an event is worth. Dated row by row: a new value for one event is one entry.
    pub tariff: Vec<Tariff>,
    /// Which part of the performance bonus a category of points decides.
    pub bonus_shares: Vec<BonusShare>,
    /// The balance below which no deduction goes: 0 where it must not be negative.
    #[parameter(unit = "points", minimum = "-1000000000", maximum = "0")]
    pub balance_floor: Decimal,
    /// Which of several events on one day comes first.
    pub same_day: SameDay,
    /// Decimals to which the points of each event are rounded, halfway away from zero.
    #[parameter(unit = "decimals", minimum = "0", maximum = "6")]
    pub points_decimals: i64,
    /// Decimals to which a share of the bonus in percent is rounded, halfway away from zero.
    #[parameter(unit = "decimals", minimum = "0", maximum = "10")]
    pub share_decimals: i64,
    /// Decimals to which money is rounded, halfway away from zero.
    #[parameter(unit = "decimals", minimum = "0", maximum = "4")]
    pub money_decimals: i64,
}

/// What one kind of event is worth.
#[derive(Row, Clone, Debug)]
pub struct Tariff {
    /// The event's name, as the facts give it.
    #[column(key, maximum_length = 64)]
    pub event: String,
    /// What it counts towards: attendance, learning.
    #[column(maximum_length = 64)]
    pub category: String,
    /// Points for each; below zero they are deducted.
    #[column(unit = "points", minimum = "-1000000", maximum = "1000000", decimals = 6)]
    pub points: Decimal,
    /// The most points, without sign, that this event brings in one `cap_period`; what the floor
    /// of the balance then cuts from a deduction counts all the same. None: no limit.
    #[column(unit = "points", minimum = "0", maximum = "1000000000", decimals = 6)]
    pub cap: Option<Decimal>,
    /// For how long the cap counts. Left out: for the period of the calculation.
    pub cap_period: Option<CapPeriod>,
    /// Months until granted points expire: those of 15 March can be used until the 15th of the
    /// month so many months later, or that month's last day where it is shorter. None: never.
    #[column(unit = "months", minimum = "1", maximum = "1200")]
    pub expires_after: Option<i64>,
}

/// For how long a cap counts.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum CapPeriod {
    /// From the first to the last day of the calculation's period.
    Period,
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
    /// A calendar year.
    Year,
}

/// Which of several events on one day comes first.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum SameDay {
    /// The one that is given first: the order of the events may change the balance.
    AsGiven,
    /// What grants points: the order in which the events are given does not change the balance.
    GrantsFirst,
}

/// The part of the performance bonus that a category of points decides.
#[derive(Row, Clone, Debug)]
pub struct BonusShare {
    /// The category.
    #[column(key, maximum_length = 64)]
    pub category: String,
    /// The part of the bonus that is earned with `full_points` or more, and in proportion with
    /// fewer.
    #[column(unit = "percent", minimum = "0", maximum = "100", decimals = 10)]
    pub percent: Decimal,
    /// Points of the category, granted less deducted in the period, that earn the whole part.
    #[column(unit = "points", minimum = "0.000001", maximum = "1000000000", decimals = 6)]
    pub full_points: Decimal,
}
