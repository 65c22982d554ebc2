//! Percents, and how many pay periods a year has.

use stele_sdk::prelude::*;

use crate::choices::PayFrequency;

/// A fraction in percent, as findings show it.
pub(crate) fn percent(fraction: Decimal) -> Decimal {
    fraction * Decimal::ONE_HUNDRED
}

/// Pay periods in a year, with so many days where pay is daily.
pub(crate) fn periods(frequency: PayFrequency, days: i64) -> Decimal {
    Decimal::from(match frequency {
        PayFrequency::Daily => days,
        PayFrequency::Weekly => 52,
        PayFrequency::Biweekly => 26,
        PayFrequency::Semimonthly => 24,
        PayFrequency::Monthly => 12,
        PayFrequency::Quarterly => 4,
        PayFrequency::Semiannual => 2,
        PayFrequency::Annual | PayFrequency::YearEstimate => 1,
    })
}

/// Working days in a year, by which the publications turn daily pay into a year's.
pub(crate) const WORKING_DAYS: i64 = 260;
