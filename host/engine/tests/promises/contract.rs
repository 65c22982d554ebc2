//! Decimals, dates and moments keep their value on the way.

use jiff::civil;
use jiff::tz::Offset;
use proptest::prelude::*;
use stele_engine::contract::{Date, DateTime, Decimal, InvalidValue};

proptest! {
    #[test]
    fn a_decimal_keeps_value_and_scale(
        low: u32, middle: u32, high: u32, negative: bool, scale in 0..=28_u32,
    ) {
        let exact = rust_decimal::Decimal::from_parts(low, middle, high, negative, scale);
        let decimal = Decimal::from(exact);
        prop_assert!(decimal.is_valid());
        let back = rust_decimal::Decimal::try_from(decimal).unwrap();
        prop_assert_eq!(back, exact);
        prop_assert_eq!(back.scale(), exact.scale());
    }

    #[test]
    fn a_date_keeps_its_value(days in 0..3_652_058_i32) {
        let first = civil::date(1, 1, 1);
        let day = first.checked_add(jiff::Span::new().days(days)).unwrap();
        prop_assert_eq!(civil::Date::try_from(Date::try_from(day).unwrap()).unwrap(), day);
    }

    #[test]
    fn a_moment_keeps_its_value(
        hour in 0..24_i8, minute in 0..60_i8, second in 0..60_i8, offset in -1439..=1439_i32,
    ) {
        let local = civil::date(2024, 2, 29).at(hour, minute, second, 0);
        let offset = Offset::from_seconds(offset * 60).unwrap();
        let moment = DateTime::new(local, offset).unwrap();
        prop_assert_eq!(moment.local().unwrap(), (local, offset));
    }
}

#[test]
fn the_example_of_the_contract_is_right() {
    let decimal = Decimal { negative: false, scale: 2, high: 0, low: 1_234_560 };
    assert_eq!(rust_decimal::Decimal::try_from(decimal).unwrap().to_string(), "12345.60");
}

#[test]
fn zero_is_never_negative() {
    let zero = Decimal::from(-rust_decimal::Decimal::ZERO);
    assert!(!zero.negative && zero.is_valid());
}

#[test]
fn what_the_contract_does_not_allow_is_an_error() {
    let negative_zero = Decimal { negative: true, scale: 0, high: 0, low: 0 };
    let too_fine = Decimal { negative: false, scale: 29, high: 0, low: 1 };
    for decimal in [negative_zero, too_fine] {
        assert_eq!(rust_decimal::Decimal::try_from(decimal), Err(InvalidValue::Decimal));
    }
    for (year, month, day) in [(2026, 2, 29), (0, 1, 1), (10_000, 1, 1), (2026, 13, 1)] {
        assert!(civil::Date::try_from(Date { year, month, day }).is_err());
    }
    assert!(Date::try_from(civil::date(-1, 1, 1)).is_err());
    let noon = civil::date(2026, 1, 1).at(12, 0, 0, 0);
    assert!(DateTime::new(noon, Offset::from_seconds(30).unwrap()).is_err());
    assert!(DateTime::new(noon, Offset::from_seconds(25 * 3600).unwrap()).is_err());
}
