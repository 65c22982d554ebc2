//! The arithmetic is exact, rounds as the names say, and says where it can not.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use rust_decimal::Decimal;
use stele_formula_program::node::Rounding;
use stele_formula_program::number::{
    NoNumber, add, divide, modulo, multiply, power, round, round_to_multiple, square_root,
};
use stele_formula_program::parse;

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn halves_go_where_the_direction_says() {
    let rounded = |direction, text: &str| round(number(text), 0, direction).unwrap().to_string();
    for (direction, up, down, even) in [
        (Rounding::HalfUp, "3", "-3", "3"),
        (Rounding::HalfDown, "2", "-2", "2"),
        (Rounding::HalfEven, "2", "-2", "4"),
        (Rounding::Up, "3", "-3", "4"),
        (Rounding::Down, "2", "-2", "3"),
        (Rounding::Ceiling, "3", "-2", "4"),
        (Rounding::Floor, "2", "-3", "3"),
    ] {
        assert_eq!(rounded(direction, "2.5"), up, "{direction:?}");
        assert_eq!(rounded(direction, "-2.5"), down, "{direction:?}");
        let third = rounded(direction, "3.5");
        let expected = if direction == Rounding::HalfUp { "4" } else { even };
        let expected = if direction == Rounding::HalfDown { "3" } else { expected };
        assert_eq!(third, expected, "{direction:?}");
    }
}

#[test]
fn a_negative_scale_rounds_to_tens_and_hundreds() {
    assert_eq!(round(number("1250"), -2, Rounding::HalfUp).unwrap(), number("1300"));
    assert_eq!(round(number("1250"), -2, Rounding::HalfEven).unwrap(), number("1200"));
    assert_eq!(round(number("12.5"), -40, Rounding::Down).unwrap(), Decimal::ZERO);
    assert_eq!(round(number("12.5"), -40, Rounding::Up), Err(NoNumber::Overflow));
    assert_eq!(round(number("12.5"), 6_177, Rounding::Up), Err(NoNumber::Scale));
}

#[test]
fn what_does_not_fit_has_a_reason() {
    assert_eq!(add(Decimal::MAX, Decimal::ONE), Err(NoNumber::Overflow));
    assert_eq!(multiply(Decimal::MAX, Decimal::TWO), Err(NoNumber::Overflow));
    assert_eq!(divide(Decimal::ONE, Decimal::ZERO), Err(NoNumber::DivisionByZero));
    assert_eq!(modulo(Decimal::ONE, Decimal::ZERO), Err(NoNumber::DivisionByZero));
    assert_eq!(square_root(number("-1")), Err(NoNumber::NegativeRoot));
    assert_eq!(power(number("10"), number("40")), Err(NoNumber::Overflow));
    assert_eq!(power(number("4"), number("0.5")), Err(NoNumber::Exponent));
    assert_eq!(
        round_to_multiple(Decimal::ONE, Decimal::ZERO, Rounding::Up),
        Err(NoNumber::Multiple)
    );
}

#[test]
fn tenths_are_tenths() {
    assert_eq!(add(number("0.1"), number("0.2")).unwrap(), number("0.3"));
}

fn decimals() -> impl Strategy<Value = Decimal> {
    (any::<i64>(), 0_u32..=12).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

fn directions() -> impl Strategy<Value = Rounding> {
    prop::sample::select(Rounding::ALL)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000, ..ProptestConfig::default() })]

    #[test]
    fn rounding_to_decimals_is_rounding_to_a_multiple(a in decimals(), scale in -6_i64..=12, direction in directions()) {
        let unit = if scale >= 0 {
            Decimal::new(1, scale as u32)
        } else {
            Decimal::from(10_i64.pow(scale.unsigned_abs() as u32))
        };
        prop_assert_eq!(round(a, scale, direction), round_to_multiple(a, unit, direction));
    }

    #[test]
    fn a_rounded_number_is_a_multiple_and_less_than_one_away(a in decimals(), multiple in 1_i64..1_000_000, direction in directions()) {
        let multiple = Decimal::new(multiple, 3);
        let rounded = round_to_multiple(a, multiple, direction).unwrap();
        prop_assert!((rounded % multiple).is_zero());
        prop_assert!((rounded - a).abs() < multiple);
    }

    #[test]
    fn modulo_has_the_sign_of_the_divisor_and_is_smaller(a in decimals(), b in decimals()) {
        prop_assume!(!b.is_zero());
        let rest = modulo(a, b).unwrap();
        prop_assert!(rest.is_zero() || rest.is_sign_negative() == b.is_sign_negative());
        prop_assert!(rest.abs() < b.abs());
    }

    #[test]
    fn the_root_of_a_square_is_the_number(a in 0_i64..1_000_000_000, scale in 0_u32..=6) {
        let a = Decimal::new(a, scale);
        prop_assert_eq!(square_root(a * a).unwrap(), a);
    }

    #[test]
    fn a_number_is_read_as_it_is_written(a in decimals()) {
        prop_assert_eq!(parse::number(&a.to_string()), Some(a));
    }

    #[test]
    fn no_text_makes_the_reading_of_values_panic(text in "[-+0-9.:TPYMDHSZe@]{0,30}") {
        let _ = (parse::number(&text), parse::date(&text), parse::time(&text));
        let _ = (parse::moment(&text), parse::duration(&text));
    }
}
