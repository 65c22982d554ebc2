//! Numbers, dates and JSON, exactly or not at all.

use proptest::prelude::*;
use rust_decimal::Decimal;
use stele_ruleset::{
    DistinctObject, date_from_text, date_time_from_text, date_time_text, decimal_from_text,
    normal_text, text_with_decimals,
};

#[test]
fn numbers_are_read_exactly() {
    for (text, value) in [
        ("0", "0"),
        ("-0", "0"),
        ("-0.00", "0.00"),
        ("0.1", "0.1"),
        ("00012.50", "12.50"),
        ("1e3", "1000"),
        ("1.5E+2", "150"),
        ("15e-1", "1.5"),
        ("0e999999999999999999", "0"),
        ("1000000000000000000000000000e-28", "0.1"),
        ("1e-28", "0.0000000000000000000000000001"),
        ("79228162514264337593543950335", "79228162514264337593543950335"),
        ("0.10000000000000000000000000000000000000000", "0.1000000000000000000000000000"),
        ("12.3400000000000000000000000000000000", "12.340000000000000000000000000"),
    ] {
        let read = decimal_from_text(text);
        assert_eq!(read, Ok(value.parse::<Decimal>().unwrap()), "{text}");
        assert!(!read.unwrap().is_zero() || read.unwrap().is_sign_positive(), "{text}");
    }
}

#[test]
fn what_is_no_exact_number_is_refused() {
    let endless = "9".repeat(1 << 20);
    for text in [
        "",
        "-",
        ".",
        "1.",
        ".5",
        "+1",
        "1e",
        "e1",
        "1e+",
        "NaN",
        "Infinity",
        "-inf",
        "0x10",
        "1_000",
        "1,000",
        " 1",
        "1 ",
        "1.2.3",
        "１",
        "1e400",
        "1e999999",
        "1e-999999",
        "1e-29",
        "--1",
        "79228162514264337593543950336",
        "0.12345678901234567890123456789",
        &endless,
    ] {
        assert!(decimal_from_text(text).is_err(), "{}", &text[..text.len().min(40)]);
    }
}

#[test]
fn money_is_written_with_its_decimals_and_never_rounded() {
    let write = |text: &str| text_with_decimals(text.parse().unwrap(), 2);
    assert_eq!(write("5"), "5.00");
    assert_eq!(write("5.1"), "5.10");
    assert_eq!(write("5.125"), "5.125");
    assert_eq!(write("5.1000"), "5.10");
    assert_eq!(write("-0.5"), "-0.50");
    assert_eq!(write("79228162514264337593543950335"), "79228162514264337593543950335");
    assert_eq!(normal_text("1500.00".parse().unwrap()), "1500");
}

#[test]
fn dates_are_read_in_one_form_only() {
    assert_eq!(
        date_from_text("2024-02-29").map(|date| date.to_string()).as_deref(),
        Some("2024-02-29")
    );
    for text in [
        "2023-02-29",
        "2024-2-29",
        "20240229",
        "2024-02-29T00:00:00Z",
        "0000-01-01",
        "-001-01-01",
        "2024-13-01",
        "2024-00-10",
        "10000-01-01",
        "２０２４-01-01",
        "",
        "2024-02-2९",
    ] {
        assert_eq!(date_from_text(text), None, "{text}");
    }
}

#[test]
fn moments_need_an_offset_and_whole_seconds() {
    for (text, written) in [
        ("2026-03-02T09:00:00+08:00", "2026-03-02T09:00:00+08:00"),
        ("2026-03-02T09:00:00Z", "2026-03-02T09:00:00+00:00"),
        ("2026-03-02t09:00:00.000-03:30", "2026-03-02T09:00:00-03:30"),
        ("2026-03-02T23:59:59-23:59", "2026-03-02T23:59:59-23:59"),
    ] {
        let read = date_time_from_text(text).map(|moment| date_time_text(&moment));
        assert_eq!(read.as_deref(), Some(written), "{text}");
    }
    for text in [
        "2026-03-02T09:00:00",
        "2026-03-02 09:00:00+08:00",
        "2026-03-02T09:00+08:00",
        "2026-03-02T24:00:00Z",
        "2026-03-02T23:59:60Z",
        "2026-03-02T09:00:00.5Z",
        "2026-03-02T09:00:00.Z",
        "2026-03-02T09:00:00+24:00",
        "2026-03-02T09:00:00+0800",
        "2026-02-30T09:00:00Z",
        "",
        "é",
        "2026-03-02é",
    ] {
        assert!(date_time_from_text(text).is_none(), "{text}");
    }
}

#[test]
fn a_name_that_occurs_twice_in_an_object_is_refused() {
    let read = |text: &str| serde_json::from_str::<DistinctObject>(text);
    let object = read(r#"{"a": 0.10, "b": [{"a": null}, true, "x", -5, 1e400]}"#).unwrap();
    assert_eq!(object.0["a"].to_string(), "0.10", "numbers keep their text");
    assert_eq!(object.0["b"][4].to_string(), "1e+400");
    for text in [r#"{"a": 1, "a": 1}"#, r#"{"a": [{"b": 1, "c": 2, "b": 3}]}"#] {
        assert!(read(text).unwrap_err().to_string().contains("occurs twice"), "{text}");
    }
    for text in ["1", "[]", "null", "", "{", r#"{"a": NaN}"#] {
        assert!(read(text).is_err(), "{text}");
    }
    let deep = format!(r#"{{"a": {}1{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    assert!(read(&deep).is_err());
}

proptest! {
    #[test]
    fn every_decimal_is_written_as_the_library_writes_it(
        mantissa in prop_oneof![0i128..10_000, 0i128..(1 << 64), 0i128..(1 << 96)],
        negative: bool,
        scale in 0u32..=28,
        decimals in 0u8..=4,
    ) {
        let mantissa = if negative { -mantissa } else { mantissa };
        let value = Decimal::from_i128_with_scale(mantissa, scale);
        prop_assert_eq!(normal_text(value), value.normalize().to_string());
        let mut money = value.normalize();
        money.rescale(money.scale().max(u32::from(decimals)));
        prop_assert_eq!(text_with_decimals(value, decimals), money.to_string());
    }

    #[test]
    fn every_decimal_round_trips_through_text_and_json(
        mantissa in 0i128..(1 << 96),
        negative: bool,
        scale in 0u32..=28,
    ) {
        let mantissa = if negative { -mantissa } else { mantissa };
        let value = Decimal::from_i128_with_scale(mantissa, scale);
        let text = value.to_string();
        let read = decimal_from_text(&text).unwrap();
        prop_assert_eq!(read, value);
        prop_assert_eq!(read.scale(), if value.is_zero() { read.scale() } else { scale });
        // As a JSON number its text survives as well.
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(decimal_from_text(&json.to_string()).unwrap(), value);
    }

    #[test]
    fn any_text_is_read_or_refused_without_panic(text in "[-+0-9.eE]{0,40}|\\PC{0,40}") {
        let _ = (decimal_from_text(&text), date_from_text(&text), date_time_from_text(&text));
    }
}
