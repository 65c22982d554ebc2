//! Rounding, in one place.
//!
//! The tax law and the Social Insurance Law name no rounding; amounts are declared and paid in
//! yuan with two decimals, so both are rounded half up to 0.01 yuan (the withholding return,
//! announcement 2018 No. 61 of the State Taxation Administration, annex, has amounts "to two
//! decimals"). A housing fund centre prescribes its own: most collect whole yuan.

use stele_sdk::prelude::*;
use stele_sdk::rust_decimal::RoundingStrategy;

/// Decimals of the fen, the smallest amount that is paid.
const FEN: u32 = 2;

/// Half up to 0.01 yuan.
pub(crate) fn to_fen(amount: Decimal) -> Decimal {
    half_up(amount, FEN)
}

/// Half up to so many decimals. Amounts are never negative, so "away from zero" is "up".
pub(crate) fn half_up(amount: Decimal, decimals: u32) -> Decimal {
    amount.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}
