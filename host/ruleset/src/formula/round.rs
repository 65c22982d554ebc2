//! Rounding to a multiple of a unit. Exact: the remainder decides, no quotient is made.

use rust_decimal::Decimal;
use stele_engine::contract::Direction;

/// The multiple of `unit`, which is more than zero, that `value` is rounded to. None: it is too
/// large.
pub(super) fn round(value: Decimal, direction: Direction, unit: Decimal) -> Option<Decimal> {
    let remainder = value.checked_rem(unit)?;
    if remainder.is_zero() {
        return Some(value);
    }
    let towards_zero = value.checked_sub(remainder)?;
    let is_negative = remainder.is_sign_negative();
    let half = remainder.abs().checked_mul(Decimal::TWO)?.cmp(&unit);
    let is_odd = || {
        let double = unit.checked_mul(Decimal::TWO)?;
        Some(!towards_zero.checked_rem(double)?.is_zero())
    };
    let away = match direction {
        Direction::HalfUp => half.is_ge(),
        Direction::HalfDown => half.is_gt(),
        Direction::HalfEven => half.is_gt() || half.is_eq() && is_odd()?,
        Direction::Up => true,
        Direction::Down => false,
        Direction::Ceiling => !is_negative,
        Direction::Floor => is_negative,
    };
    match (away, is_negative) {
        (false, _) => Some(towards_zero),
        (true, false) => towards_zero.checked_add(unit),
        (true, true) => towards_zero.checked_sub(unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn each_direction_rounds_positive_and_negative_numbers() {
        use Direction::{Ceiling, Down, Floor, HalfDown, HalfEven, HalfUp, Up};
        for (direction, unit, rounded) in [
            (HalfUp, "0.01", ["1.24", "-1.24", "1.23", "1.25"]),
            (HalfDown, "0.01", ["1.23", "-1.23", "1.23", "1.24"]),
            (HalfEven, "0.01", ["1.24", "-1.24", "1.23", "1.24"]),
            (Up, "0.01", ["1.24", "-1.24", "1.24", "1.25"]),
            (Down, "0.01", ["1.23", "-1.23", "1.23", "1.24"]),
            (Ceiling, "0.01", ["1.24", "-1.23", "1.24", "1.25"]),
            (Floor, "0.01", ["1.23", "-1.24", "1.23", "1.24"]),
        ] {
            for (value, expected) in ["1.235", "-1.235", "1.2349", "1.245"].iter().zip(rounded) {
                let found = round(number(value), direction, number(unit));
                assert_eq!(found, Some(number(expected)), "{direction:?} of {value}");
            }
        }
    }

    #[test]
    fn a_unit_is_any_number_above_zero() {
        assert_eq!(round(number("10"), Direction::Down, number("3")), Some(number("9")));
        assert_eq!(round(number("10.5"), Direction::HalfUp, number("3")), Some(number("12")));
        assert_eq!(round(number("1234"), Direction::Down, number("100")), Some(number("1200")));
        assert_eq!(round(number("0.37"), Direction::HalfUp, number("0.05")), Some(number("0.35")));
        let most = Decimal::MAX;
        assert_eq!(round(most, Direction::Up, number("2")), None);
        assert_eq!(round(most, Direction::Up, number("1")), Some(most));
    }
}
