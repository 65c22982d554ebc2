//! The tariff book: everything that a company decides about its points.

use stele_sdk::by_day::{AppliesFrom, applying_on};
use stele_sdk::prelude::*;

/// One company's rules for points.
#[derive(Parameters, Clone, Debug)]
pub struct TariffBook {
    /// What an event is worth, from which day on. A new value for one event is one entry; the older
    /// one stays beside it, for the days before.
    pub tariff: Vec<Tariff>,
    /// Which part of the performance bonus a category of points decides.
    pub bonus_shares: Vec<BonusShare>,
    /// The balance below which no deduction goes, from which day on.
    pub balance_floors: Vec<BalanceFloor>,
    /// Which points are used up first. None: the oldest.
    pub order_of_use: Option<OrderOfUse>,
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

/// What one kind of event is worth from a day on.
#[derive(Row, Clone, Debug)]
pub struct Tariff {
    /// The event's name, as the facts give it.
    #[column(key, maximum_length = 64)]
    pub event: String,
    /// The first day whose events are worth this, until a later row of the same event.
    #[column(key)]
    pub applies_from: Date,
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

/// The balance below which no deduction goes, from a day on.
#[derive(Row, Clone, Debug)]
pub struct BalanceFloor {
    /// The first day on which it holds, until a later row.
    #[column(key)]
    pub applies_from: Date,
    /// 0 where the balance must not be negative, below it where points may be owed.
    #[column(unit = "points", minimum = "-1000000000", maximum = "0")]
    pub floor: Decimal,
}

impl TariffBook {
    /// The lowest balance of a day. None where no row holds yet.
    pub(crate) fn floor_on(&self, day: Date) -> Option<Decimal> {
        applying_on(&self.balance_floors, day).map(|row| row.floor)
    }

    /// The tariff of an event on a day. None where it has none, or none yet.
    pub(crate) fn tariff_on(&self, event: &str, day: Date) -> Option<&Tariff> {
        applying_on(self.tariff.iter().filter(|row| row.event == event), day)
    }
}

impl AppliesFrom for Tariff {
    fn applies_from(&self) -> Date {
        self.applies_from
    }
}

impl AppliesFrom for BalanceFloor {
    fn applies_from(&self) -> Date {
        self.applies_from
    }
}

/// Which points are used up first.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum OrderOfUse {
    /// What was granted first; of one day, what expires first.
    #[default]
    OldestFirst,
    /// What expires first; what expires on one day, in the order in which it was granted; what
    /// never expires, last.
    SoonestToExpireFirst,
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
