//! Dates and times.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use stele_ruleset::{date_from_text, instant_from_text};

use crate::error::{WrongFields, name_of};
use crate::field::FromField;

impl FromField for Date {
    fn expected() -> Cow<'static, str> {
        "a date such as 2026-03-02".into()
    }

    fn read(value: Value, place: &str, errors: &mut WrongFields) -> Option<Self> {
        match value.as_str().and_then(date_from_text) {
            Some(date) => Some(date),
            None => Self::refuse(place, &name_of(&value), errors),
        }
    }
}

impl FromField for Timestamp {
    fn expected() -> Cow<'static, str> {
        "a time with offset such as 2026-04-05T00:00:00Z".into()
    }

    fn read(value: Value, place: &str, errors: &mut WrongFields) -> Option<Self> {
        match value.as_str().and_then(instant_from_text) {
            Some(time) => Some(time),
            None => Self::refuse(place, &name_of(&value), errors),
        }
    }
}
