//! Numbers whose digits fit into 64 bits are rounded and multiplied in a way of their own, which
//! gives what 96 bits give, to the last decimal.

#![allow(clippy::unwrap_used)]

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use rust_decimal::{Decimal, RoundingStrategy};
use stele_formula_program::node::Rounding;
use stele_formula_program::number::{round_product, round_to_decimals};

/// Operations that are compared; `STELE_OPERATIONS` asks for more.
const OPERATIONS: u64 = 200_000;

/// The library's name of a direction.
fn strategy(direction: Rounding) -> RoundingStrategy {
    match direction {
        Rounding::HalfUp => RoundingStrategy::MidpointAwayFromZero,
        Rounding::HalfDown => RoundingStrategy::MidpointTowardZero,
        Rounding::HalfEven => RoundingStrategy::MidpointNearestEven,
        Rounding::Up => RoundingStrategy::AwayFromZero,
        Rounding::Down => RoundingStrategy::ToZero,
        Rounding::Ceiling => RoundingStrategy::ToPositiveInfinity,
        Rounding::Floor => RoundingStrategy::ToNegativeInfinity,
    }
}

/// A number of any length: zero, a few digits as money has, all of 32, 64 or 96 bits, and those that
/// end in halves of what is rounded away.
fn number(random: &mut StdRng) -> Decimal {
    let bits = random.random_range(0..=96);
    let mut digits = i128::from(random.random::<u64>()) << 32 | i128::from(random.random::<u32>());
    digits >>= 96 - bits;
    let scale = random.random_range(0..=28);
    if random.random_bool(0.3) {
        let unit = 10_i128.pow(random.random_range(1..=9));
        digits = digits / unit * unit + if random.random() { unit / 2 } else { 0 };
    }
    let number = Decimal::from_i128_with_scale(digits.min((1 << 96) - 1), scale);
    if random.random() { -number } else { number }
}

/// Digits, sign and scale: what a payslip shows.
fn written(number: Decimal) -> (i128, u32) {
    (number.mantissa(), number.scale())
}

#[test]
fn short_numbers_are_rounded_and_multiplied_as_long_ones() {
    let operations = match std::env::var("STELE_OPERATIONS") {
        Ok(operations) => operations.parse().unwrap(),
        Err(_) => OPERATIONS,
    };
    let mut random = StdRng::seed_from_u64(14);
    for operation in 0..operations {
        let (a, b) = (number(&mut random), number(&mut random));
        let decimals = random.random_range(0..=10);
        let direction = Rounding::ALL[random.random_range(0..Rounding::ALL.len())];
        let in_96_bits = |number: Decimal| {
            if number.scale() <= decimals {
                return number;
            }
            number.round_dp_with_strategy(decimals, strategy(direction))
        };
        assert_eq!(
            written(round_to_decimals(a, decimals, direction)),
            written(in_96_bits(a)),
            "operation {operation}: {a} to {decimals} decimals, {direction:?}"
        );
        assert_eq!(
            round_product(a, b, decimals, direction).ok().map(written),
            a.checked_mul(b).map(in_96_bits).map(written),
            "operation {operation}: {a} * {b} to {decimals} decimals, {direction:?}"
        );
    }
}
