//! Rounding, in one place, each under the rule that asks for it.

use stele_sdk::prelude::*;

/// Decimals of the penny.
const PENNY: u32 = 2;

/// The decimal that decides how National Insurance is rounded.
const THIRD: u32 = 3;

/// Decimals to which the specification calculates thresholds ("four decimal places", no
/// correction).
const FOUR: u32 = 4;

/// Down to the penny below (Specification for PAYE Tax Table Routines, 4.4.4: "rounded down, if
/// necessary, to the nearest multiple of 1p below").
pub(crate) fn down_to_penny(amount: Decimal) -> Decimal {
    amount.trunc_with_scale(PENNY)
}

/// The first four decimals (Specification for PAYE Tax Table Routines, definitions of c and k).
pub(crate) fn four_places(amount: Decimal) -> Decimal {
    amount.trunc_with_scale(FOUR)
}

/// Down to the whole pound: taxable pay (4.4.4) and loan repayments, of which "the pence shall be
/// ignored".
pub(crate) fn down_to_pound(amount: Decimal) -> Decimal {
    amount.trunc()
}

/// To the nearest penny, "and any amount of a halfpenny or less shall be disregarded" (Social
/// Security (Contributions) Regulations 2001, reg. 12 (1)), which HMRC reads by the third decimal
/// alone: 5 and below is dropped, whatever follows it (National Insurance contributions guidance
/// for software developers, rules for rounding; NIC test data 2025-26 v1.1 holds so in every row).
pub(crate) fn halfpenny_disregarded(amount: Decimal) -> Decimal {
    amount
        .trunc_with_scale(THIRD)
        .round_dp_with_strategy(PENNY, RoundingStrategy::MidpointTowardZero)
}

/// To the nearest penny, half up: pension contributions and estimates, for which no provision
/// names a rounding.
pub(crate) fn nearest_penny(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(PENNY, RoundingStrategy::MidpointAwayFromZero)
}
