//! The promises of reading a request.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can not go on has failed")]

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use stele_fields::{Fields, FromFields, WrongFields};
use stele_store::EmployeeId;

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        other => panic!("{other} is no object"),
    }
}

fn read<T: FromFields>(value: Value) -> Result<T, WrongFields> {
    Fields::read(object(value))
}

fn pointers<T: FromFields>(value: Value) -> Vec<String> {
    let errors = read::<T>(value).err().unwrap();
    errors.named().iter().map(|error| error.pointer.clone()).collect()
}

#[derive(Debug, FromFields)]
#[fields(refuse(runs = "there are no runs"))]
struct Booking {
    on: Date,
    note: Option<String>,
    #[fields(default)]
    urgent: bool,
    #[fields(default)]
    guests: Vec<Guest>,
}

#[derive(Debug, FromFields)]
struct Guest {
    id: EmployeeId,
    #[fields(default)]
    r#type: Option<String>,
}

#[test]
fn every_wrong_field_is_reported_at_once() {
    let body = json!({ "on": "02.03.2026", "note": 7, "a/b": 1 });
    assert_eq!(pointers::<Booking>(body), ["/on", "/note", "/a~1b"]);
}

#[test]
fn what_may_be_left_out_may_be_null() {
    let body = json!({ "on": "2026-03-02", "note": null, "urgent": null });
    let booking: Booking = read(body).unwrap();
    assert_eq!((booking.on.day(), booking.note, booking.urgent), (2, None, false));
    assert!(booking.guests.is_empty());
    assert_eq!(pointers::<Booking>(json!({ "on": null })), ["/on"]);
}

#[test]
fn a_part_of_a_list_is_named_by_its_place() {
    let guests = json!([{ "id": "e 1" }, 7, { "id": "e-1", "type": "x", "age": 3 }]);
    let wrong = pointers::<Booking>(json!({ "on": "2026-03-02", "guests": guests }));
    assert_eq!(wrong, ["/guests/0/id", "/guests/1", "/guests/2/age"]);
    let guests = json!([{ "id": "e-1", "type": "x" }]);
    let booking: Booking = read(json!({ "on": "2026-03-02", "guests": guests })).unwrap();
    assert_eq!(booking.guests[0].id.as_str(), "e-1");
    assert_eq!(booking.guests[0].r#type.as_deref(), Some("x"));
}

#[test]
fn a_field_that_callers_might_expect_is_refused_with_its_own_sentence() {
    let errors = read::<Booking>(json!({ "on": "2026-03-02", "runs": [1] })).unwrap_err();
    let [error] = errors.named() else { panic!("{errors:?}") };
    assert_eq!((error.pointer.as_str(), error.message.as_str()), ("/runs", "there are no runs"));
}

#[test]
fn of_a_thousand_unknown_fields_fifty_are_named_and_the_others_counted() {
    let mut body = object(json!({ "on": "2026-03-02" }));
    body.extend((0..1000).map(|field| (format!("field-{field}"), Value::Null)));
    let errors = Fields::read::<Booking>(body).unwrap_err();
    assert_eq!((errors.named().len(), errors.others()), (50, 950));
    let long = "n".repeat(1 << 20);
    let errors = read::<Booking>(json!({ "on": "2026-03-02", long.as_str(): 1 })).unwrap_err();
    assert!(
        errors.named()[0].pointer.is_empty() && errors.named()[0].message.len() < 200,
        "{errors:?}"
    );
}

#[test]
fn a_text_that_looks_other_than_it_is_is_refused() {
    for unseen in
        ["\u{0}", "\u{1b}[2K", "\n", "\u{7f}", "\u{9b}", "\u{202e}", "\u{2066}", "\u{200f}"]
    {
        let note = format!("May{unseen}be");
        let errors = read::<Booking>(json!({ "on": "2026-03-02", "note": note })).unwrap_err();
        let [error] = errors.named() else { panic!("{errors:?}") };
        assert_eq!(error.pointer, "/note");
        let shown = format!("U+{:04X}", u32::from(unseen.chars().next().unwrap()));
        assert_eq!(error.found.as_deref(), Some(shown.as_str()));
    }
    for plain in ["Größe", "年终奖", "नमस्ते", "عقد", "👩‍💼"] {
        read::<Booking>(json!({ "on": "2026-03-02", "note": plain })).unwrap();
    }
    let errors = read::<Booking>(json!({ "on": "\u{202e}2026" })).unwrap_err();
    assert_eq!(errors.named()[0].found.as_deref(), Some("\"\\u{202e}2026\""));
}

#[derive(Debug, FromFields)]
struct Known {
    at: Timestamp,
}

#[test]
fn a_time_has_an_offset_that_clocks_can_have() {
    for wrong in [
        "2026-01-01T00:00:00+25:00",
        "2026-01-01T00:00:00-24:00",
        "2026-01-01T00:00:00+01:60",
        "2026-01-01T00:00:00+0100",
        "2026-01-01T00:00:00",
        "2026-01-01",
        "2026-01-01T00:00:00+01:00[Europe/Berlin]",
        "2026-01-01T25:00:00Z",
    ] {
        let errors = read::<Known>(json!({ "at": wrong })).unwrap_err();
        let expected = "a time with offset such as 2026-04-05T00:00:00Z";
        assert_eq!(errors.named()[0].expected.as_deref(), Some(expected), "{wrong}");
    }
    let known: Known = read(json!({ "at": "2026-01-01T01:00:00.25+14:00" })).unwrap();
    assert_eq!(known.at.to_string(), "2025-12-31T11:00:00.25Z");
    read::<Known>(json!({ "at": "2026-01-01T00:00:00Z" })).unwrap();
}

#[test]
fn a_date_is_a_date_only() {
    for wrong in ["2026-3-2", "2026-03-02T00:00", "2026-02-30", "+026-03-02", "0000-01-01"] {
        assert_eq!(pointers::<Booking>(json!({ "on": wrong })), ["/on"], "{wrong}");
    }
    read::<Booking>(json!({ "on": "9999-12-31" })).unwrap();
}
