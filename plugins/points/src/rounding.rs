//! Rounding: to the nearest, halfway away from zero, to as many decimals as the tariff book says.

use stele_sdk::prelude::*;
use stele_sdk::rust_decimal::RoundingStrategy;

/// The host has checked that the decimals are not negative; anything below 0 counts as 0.
pub(crate) fn half_up(value: Decimal, decimals: i64) -> Decimal {
    let decimals = u32::try_from(decimals).unwrap_or(0);
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}
