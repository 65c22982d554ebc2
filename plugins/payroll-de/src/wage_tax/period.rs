//! Years and periods: EStG § 39b Abs. 2 Satz 2 and 9. A month is a twelfth of a year, a week 7/360,
//! a day 1/360.

use stele_sdk::prelude::*;

use crate::choices::PayPeriod;
use crate::rounding::share;

impl PayPeriod {
    /// The period as a part of the year: numerator and denominator.
    fn part_of_year(self) -> (i64, i64) {
        match self {
            PayPeriod::Year => (1, 1),
            PayPeriod::Month => (1, 12),
            PayPeriod::Week => (7, 360),
            PayPeriod::Day => (1, 360),
        }
    }

    /// The part of the year, as an explanation writes it.
    pub(crate) fn part_in_words(self) -> String {
        let (part, year) = self.part_of_year();
        format!("{part}/{year}")
    }

    /// An amount of the period, projected to a year and cut to whole cents.
    pub(crate) fn to_year(self, amount: Decimal) -> Decimal {
        let (part, year) = self.part_of_year();
        if part == year || amount.is_zero() {
            return amount;
        }
        share(amount, year, part)
    }
}

/// UPANTEIL: the part of a yearly amount that falls to the period, cut to whole cents.
pub(crate) fn share_of_period(yearly: Decimal, period: PayPeriod) -> Decimal {
    let (part, year) = period.part_of_year();
    if part == year || yearly.is_zero() {
        return yearly;
    }
    share(yearly, part, year)
}
