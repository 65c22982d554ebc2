//! The words that facts and parameters are chosen from.

use stele_sdk::prelude::*;

/// How often the employee is paid.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum PayFrequency {
    /// Every day.
    Daily,
    /// Every week.
    Weekly,
    /// Every two weeks.
    Biweekly,
    /// Twice a month.
    Semimonthly,
    /// Every month.
    Monthly,
    /// Every three months.
    Quarterly,
    /// Every six months.
    Semiannual,
    /// Once a year.
    Annual,
    /// Not a payment: an estimate of a whole year.
    YearEstimate,
}
