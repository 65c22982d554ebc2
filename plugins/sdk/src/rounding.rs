//! Rounding as the law writes it: in a direction, to a unit. A rule names the unit where the law does
//! (`half_up(tax, FEN)`), and keeps no rounding of its own.
//!
//! ```
//! use stele_sdk::prelude::*;
//! use stele_sdk::rounding::{CENT, EURO, down, half_up};
//!
//! assert_eq!(half_up(Decimal::new(10_005, 3), CENT), Decimal::new(1_001, 2));
//! assert_eq!(down(Decimal::new(1_999, 2), EURO), Decimal::from(19));
//! ```

use crate::declaration::Direction;
use rust_decimal::{Decimal, RoundingStrategy};

/// What amounts are rounded to: the result is a multiple of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit(Decimal);

impl Unit {
    /// A unit of so many decimals, 0 to 28: of 2 it is 0.01.
    pub const fn decimals(decimals: u32) -> Self {
        assert!(decimals <= Decimal::MAX_SCALE, "at most 28 decimals");
        Unit(Decimal::from_parts(1, 0, 0, false, decimals))
    }

    /// A whole number: 1, 36, 100.
    pub const fn whole(number: u32) -> Self {
        assert!(number > 0, "a unit is more than 0");
        Unit(Decimal::from_parts(number, 0, 0, false, 0))
    }

    /// As a number.
    pub const fn amount(self) -> Decimal {
        self.0
    }
}

/// A hundredth of a yuan.
pub const FEN: Unit = Unit::decimals(2);
/// A hundredth of a euro or dollar.
pub const CENT: Unit = Unit::decimals(2);
/// A hundredth of a pound.
pub const PENNY: Unit = Unit::decimals(2);
/// The decimal of a pound that decides how National Insurance is rounded.
pub const TENTH_OF_A_PENNY: Unit = Unit::decimals(3);
/// Whole yuan.
pub const YUAN: Unit = Unit::whole(1);
/// Whole euros.
pub const EURO: Unit = Unit::whole(1);
/// Whole dollars.
pub const DOLLAR: Unit = Unit::whole(1);
/// Whole pounds.
pub const POUND: Unit = Unit::whole(1);

/// To the nearest multiple; from the middle away from zero.
#[inline]
pub fn half_up(amount: Decimal, unit: Unit) -> Decimal {
    rounded(amount, Direction::HalfUp, unit)
}

/// To the nearest multiple; from the middle towards zero.
#[inline]
pub fn half_down(amount: Decimal, unit: Unit) -> Decimal {
    rounded(amount, Direction::HalfDown, unit)
}

/// To the nearest multiple; from the middle to the even one.
#[inline]
pub fn half_even(amount: Decimal, unit: Unit) -> Decimal {
    rounded(amount, Direction::HalfEven, unit)
}

/// Away from zero.
#[inline]
pub fn up(amount: Decimal, unit: Unit) -> Decimal {
    rounded(amount, Direction::Up, unit)
}

/// Towards zero.
#[inline]
pub fn down(amount: Decimal, unit: Unit) -> Decimal {
    rounded(amount, Direction::Down, unit)
}

/// To the next greater multiple.
#[inline]
pub fn ceiling(amount: Decimal, unit: Unit) -> Decimal {
    rounded(amount, Direction::Ceiling, unit)
}

/// To the next smaller multiple.
#[inline]
pub fn floor(amount: Decimal, unit: Unit) -> Decimal {
    rounded(amount, Direction::Floor, unit)
}

/// To the nearest penny, "and any amount of a halfpenny or less shall be disregarded" (Social
/// Security (Contributions) Regulations 2001, reg. 12 (1)), which HMRC reads by the third decimal
/// alone: 5 and below is dropped, whatever follows it (National Insurance contributions guidance
/// for software developers, rules for rounding; NIC test data 2025-26 v1.1 holds so in every row).
#[inline]
pub fn halfpenny_disregarded(amount: Decimal) -> Decimal {
    half_down(down(amount, TENTH_OF_A_PENNY), PENNY)
}

/// The nearest number of so many decimals, where the law leaves it to whoever collects; from the
/// middle away from zero. No number of decimals is 0 or more than 28.
#[inline]
pub fn half_up_to(amount: Decimal, decimals: Decimal) -> Decimal {
    let decimals = u32::try_from(decimals).unwrap_or_default().min(Decimal::MAX_SCALE);
    to_decimals(amount, Direction::HalfUp, decimals)
}

/// To a multiple of the unit, in the direction. Exact: nothing is divided.
// Where the unit is a constant, as nearly always, one of the two is left of it.
#[inline(always)]
pub fn rounded(amount: Decimal, direction: Direction, unit: Unit) -> Decimal {
    match unit.0.mantissa() {
        1 => to_decimals(amount, direction, unit.0.scale()),
        _ => to_multiple(amount, direction, unit.0),
    }
}

// Once in a component: it is called from most formulas, and would fill it if it were inlined.
#[inline(never)]
fn to_decimals(amount: Decimal, direction: Direction, decimals: u32) -> Decimal {
    let strategy = match direction {
        Direction::HalfUp => RoundingStrategy::MidpointAwayFromZero,
        Direction::HalfDown => RoundingStrategy::MidpointTowardZero,
        Direction::HalfEven => RoundingStrategy::MidpointNearestEven,
        Direction::Up => RoundingStrategy::AwayFromZero,
        Direction::Down => RoundingStrategy::ToZero,
        Direction::Ceiling => RoundingStrategy::ToPositiveInfinity,
        Direction::Floor => RoundingStrategy::ToNegativeInfinity,
    };
    amount.round_dp_with_strategy(decimals, strategy)
}

#[inline(never)]
fn to_multiple(amount: Decimal, direction: Direction, unit: Decimal) -> Decimal {
    let rest = amount % unit;
    let towards_zero = amount - rest;
    if rest.is_zero() {
        return towards_zero;
    }
    let negative = amount.is_sign_negative();
    let away = || if negative { towards_zero - unit } else { towards_zero + unit };
    let twice = rest.abs() * Decimal::TWO;
    let is_away = match direction {
        Direction::Up => true,
        Direction::Down => false,
        Direction::Ceiling => !negative,
        Direction::Floor => negative,
        Direction::HalfUp => twice >= unit,
        Direction::HalfDown => twice > unit,
        Direction::HalfEven => {
            twice > unit || (twice == unit && !(towards_zero % (unit * Decimal::TWO)).is_zero())
        }
    };
    if is_away { away() } else { towards_zero }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiples_of_any_unit_are_found_in_every_direction() {
        let hundred = Unit::whole(100);
        let all = [
            Direction::HalfUp,
            Direction::HalfDown,
            Direction::HalfEven,
            Direction::Up,
            Direction::Down,
            Direction::Ceiling,
            Direction::Floor,
        ];
        let of = |amount: i64| all.map(|to| rounded(Decimal::from(amount), to, hundred));
        let expected = |amounts: [i64; 7]| amounts.map(Decimal::from);
        assert_eq!(of(250), expected([300, 200, 200, 300, 200, 300, 200]));
        assert_eq!(of(350), expected([400, 300, 400, 400, 300, 400, 300]));
        assert_eq!(of(-250), expected([-300, -200, -200, -300, -200, -200, -300]));
        assert_eq!(of(251), expected([300, 300, 300, 300, 200, 300, 200]));
        assert_eq!(of(300), expected([300; 7]));
    }

    #[test]
    fn a_power_of_ten_is_rounded_to_like_any_other_unit() {
        for tenths in -40..=40 {
            let amount = Decimal::new(tenths, 1);
            for direction in [Direction::HalfUp, Direction::HalfEven, Direction::Floor] {
                assert_eq!(
                    rounded(amount, direction, EURO),
                    to_multiple(amount, direction, Decimal::ONE)
                );
            }
        }
    }
}
