//! Rounding, as the scheme states it.

use stele_sdk::prelude::*;
use stele_sdk::rust_decimal::RoundingStrategy;

/// Where a value between two neighbours goes.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rounding {
    /// To the nearest; halfway goes away from zero (84.25 becomes 84.3).
    HalfUp,
    /// To the nearest; halfway goes to the even neighbour (84.25 becomes 84.2).
    HalfEven,
    /// Towards zero (84.29 becomes 84.2).
    Down,
}

impl Rounding {
    /// Rounds to so many decimals. The host has checked that they are 0 to 10; anything below
    /// counts as 0.
    pub fn round(self, value: Decimal, decimals: i64) -> Decimal {
        let strategy = match self {
            Rounding::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Rounding::HalfEven => RoundingStrategy::MidpointNearestEven,
            Rounding::Down => RoundingStrategy::ToZero,
        };
        value.round_dp_with_strategy(u32::try_from(decimals).unwrap_or(0), strategy)
    }
}
