//! Rounding, in one place.
//!
//! Neither the tax law nor the Social Insurance Law names a rounding. Tax is declared to the fen
//! (State Taxation Administration, announcement 2018 No. 61, withholding return), and no provision
//! rounds a social insurance contribution to more than the fen, so both are rounded half up to
//! 0.01 yuan: the tax on the cumulative amount, a contribution for each branch and each side. A
//! housing fund centre prescribes its own: most collect whole yuan.

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
