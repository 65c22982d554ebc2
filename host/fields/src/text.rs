//! Texts: names, reasons, what people are shown.

use std::borrow::Cow;

use serde_json::Value;
use stele_ruleset::unseen_character;
use uuid::Uuid;

use crate::error::{FieldError, WrongFields, name_of};
use crate::field::FromField;

/// A text that looks the same to everybody who reads it later.
impl FromField for String {
    fn expected() -> Cow<'static, str> {
        "a text".into()
    }

    fn read(value: Value, place: &str, errors: &mut WrongFields) -> Option<Self> {
        let Value::String(text) = value else {
            return Self::refuse(place, &name_of(&value), errors);
        };
        match unseen_character(&text) {
            None => Some(text),
            Some(character) => {
                let expected = "a text without control characters and without marks that change \
                                the direction of writing";
                let found = format!("U+{:04X}", u32::from(character));
                errors.note(|| FieldError::new(place, expected, &found));
                None
            }
        }
    }
}

impl FromField for Uuid {
    fn expected() -> Cow<'static, str> {
        "a UUID".into()
    }

    fn read(value: Value, place: &str, errors: &mut WrongFields) -> Option<Self> {
        match value.as_str().map(Uuid::try_parse) {
            Some(Ok(id)) => Some(id),
            _ => Self::refuse(place, &name_of(&value), errors),
        }
    }
}
