//! A JSON object read field by field, so that every wrong, missing and unknown field is reported
//! at once with its pointer, not only the first.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value};
use stele_runtime::{EmployeeId, Slot, TenantId};
use uuid::Uuid;

use super::problem::{FieldError, Problem};

/// A body, or a part of one, that can be read from a JSON object.
pub(crate) trait FromFields: Sized {
    /// Takes the fields that this type knows; `None` where one of them was wrong. The reader has
    /// noted what.
    fn from_fields(fields: &mut Fields) -> Option<Self>;
}

/// A type that one field can hold.
pub(crate) trait FromField: Sized {
    /// What is expected, in words that follow "expected".
    const EXPECTED: &'static str;

    /// Reads it. The error is what was found, in words that follow "found".
    fn from_field(value: Value) -> Result<Self, String>;
}

/// An object that is being read.
#[derive(Debug)]
pub(crate) struct Fields {
    members: Map<String, Value>,
    asked: Vec<&'static str>,
    errors: Vec<FieldError>,
}

impl Fields {
    /// Reads a whole body.
    pub(crate) fn read<T: FromFields>(members: Map<String, Value>) -> Result<T, Problem> {
        let mut fields = Fields { members, asked: Vec::new(), errors: Vec::new() };
        let read = T::from_fields(&mut fields);
        fields.refuse_unknown();
        match read {
            Some(body) if fields.errors.is_empty() => Ok(body),
            _ => Err(Problem::invalid_body(fields.errors)),
        }
    }

    /// A field that must be given.
    pub(crate) fn required<T: FromField>(&mut self, name: &'static str) -> Option<T> {
        if matches!(self.members.get(name), None | Some(Value::Null)) {
            self.asked.push(name);
            self.members.remove(name);
            self.errors.push(FieldError::new(pointer_to(name), T::EXPECTED, "nothing"));
            return None;
        }
        self.optional(name)?
    }

    /// A field that may be left out or null: the inner `None`. The outer `None`: it was wrong.
    pub(crate) fn optional<T: FromField>(&mut self, name: &'static str) -> Option<Option<T>> {
        self.asked.push(name);
        match self.members.remove(name) {
            None | Some(Value::Null) => Some(None),
            Some(value) => match T::from_field(value) {
                Ok(read) => Some(Some(read)),
                Err(found) => {
                    self.errors.push(FieldError::new(pointer_to(name), T::EXPECTED, &found));
                    None
                }
            },
        }
    }

    /// A field that must be given and holds an object, which is read field by field as well.
    pub(crate) fn object<T: FromFields>(&mut self, name: &'static str) -> Option<T> {
        let members = self.required::<Map<String, Value>>(name)?;
        self.part(&pointer_to(name), members)
    }

    /// A field that must be given and holds an array. Every wrong element is noted.
    pub(crate) fn elements<T: FromField>(&mut self, name: &'static str) -> Option<Vec<T>> {
        let elements = self.required::<Vec<Value>>(name)?;
        let read = elements.into_iter().enumerate().map(|(position, element)| {
            T::from_field(element).map_err(|found| {
                let pointer = format!("{}/{position}", pointer_to(name));
                self.errors.push(FieldError::new(pointer, T::EXPECTED, &found));
            })
        });
        // All of them are read before the first wrong one is an end.
        read.collect::<Vec<_>>().into_iter().collect::<Result<_, ()>>().ok()
    }

    /// A field that must be given and holds an array of objects. Every wrong one is noted.
    pub(crate) fn objects<T: FromFields>(&mut self, name: &'static str) -> Option<Vec<T>> {
        let elements: Vec<Map<String, Value>> = self.elements(name)?;
        let read = elements.into_iter().enumerate().map(|(position, members)| {
            self.part(&format!("{}/{position}", pointer_to(name)), members)
        });
        read.collect::<Vec<_>>().into_iter().collect()
    }

    /// Whether a field is given.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.members.get(name).is_some_and(|value| !value.is_null())
    }

    /// Takes a field that is known here but not read, so that it is not unknown.
    pub(crate) fn leave(&mut self, name: &'static str) {
        self.members.remove(name);
        if !self.asked.contains(&name) {
            self.asked.push(name);
        }
    }

    /// Reads a part of the body and notes its errors under its place.
    fn part<T: FromFields>(&mut self, place: &str, members: Map<String, Value>) -> Option<T> {
        let mut fields = Fields { members, asked: Vec::new(), errors: Vec::new() };
        let read = T::from_fields(&mut fields);
        fields.refuse_unknown();
        let read = read.filter(|_| fields.errors.is_empty());
        self.errors.extend(fields.errors.into_iter().map(|mut error| {
            error.pointer.insert_str(0, place);
            error
        }));
        read
    }

    /// Notes errors found within a field.
    pub(crate) fn refuse_all(&mut self, errors: impl IntoIterator<Item = FieldError>) {
        self.errors.extend(errors);
    }

    fn refuse_unknown(&mut self) {
        for name in self.members.keys() {
            self.errors.push(FieldError::new(
                pointer_to(name),
                &format!("no field but {}", self.asked.join(", ")),
                "an unknown field",
            ));
        }
    }
}

/// The JSON pointer to a member of the body.
pub(crate) fn pointer_to(name: &str) -> String {
    format!("/{}", escape(name))
}

/// A reference token of a JSON pointer (RFC 6901).
pub(crate) fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// A value in words that follow "found", never longer than a line.
pub(crate) fn name_of(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(boolean) => boolean.to_string(),
        Value::Number(number) => format!("the number {}", cut(&number.to_string())),
        Value::String(text) => format!("\"{}\"", cut(text)),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

fn cut(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}

impl FromField for String {
    const EXPECTED: &'static str = "a text";

    fn from_field(value: Value) -> Result<String, String> {
        match value {
            Value::String(text) => Ok(text),
            other => Err(name_of(&other)),
        }
    }
}

impl FromField for bool {
    const EXPECTED: &'static str = "true or false";

    fn from_field(value: Value) -> Result<bool, String> {
        value.as_bool().ok_or_else(|| name_of(&value))
    }
}

impl FromField for Map<String, Value> {
    const EXPECTED: &'static str = "an object";

    fn from_field(value: Value) -> Result<Map<String, Value>, String> {
        match value {
            Value::Object(members) => Ok(members),
            other => Err(name_of(&other)),
        }
    }
}

impl FromField for Vec<Value> {
    const EXPECTED: &'static str = "an array";

    fn from_field(value: Value) -> Result<Vec<Value>, String> {
        match value {
            Value::Array(elements) => Ok(elements),
            other => Err(name_of(&other)),
        }
    }
}

impl FromField for Vec<String> {
    const EXPECTED: &'static str = "an array of texts";

    fn from_field(value: Value) -> Result<Vec<String>, String> {
        match value {
            Value::Array(elements) => elements.into_iter().map(String::from_field).collect(),
            other => Err(name_of(&other)),
        }
    }
}

impl FromField for Uuid {
    const EXPECTED: &'static str = "a UUID";

    fn from_field(value: Value) -> Result<Uuid, String> {
        let found = name_of(&value);
        Uuid::try_parse(&String::from_field(value)?).map_err(|_| found)
    }
}

impl FromField for Date {
    const EXPECTED: &'static str = "a date such as 2026-03-02";

    fn from_field(value: Value) -> Result<Date, String> {
        let found = name_of(&value);
        date_from_text(&String::from_field(value)?).ok_or(found)
    }
}

/// `YYYY-MM-DD` and nothing else; the parser of the library would also take times and zones.
pub(crate) fn date_from_text(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let digits = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let year: i16 = digits.then(|| text.get(..4)?.parse().ok())??;
    let month: i8 = text.get(5..7)?.parse().ok()?;
    let day: i8 = text.get(8..)?.parse().ok()?;
    Date::new(year, month, day).ok().filter(|date| date.year() >= 1)
}

impl FromField for Timestamp {
    const EXPECTED: &'static str = "a time with offset such as 2026-04-05T00:00:00Z";

    fn from_field(value: Value) -> Result<Timestamp, String> {
        let found = name_of(&value);
        String::from_field(value)?.parse().map_err(|_| found)
    }
}

/// Names that the store checks, with what they look like.
macro_rules! from_name {
    ($name:ident, $expected:literal) => {
        impl FromField for $name {
            const EXPECTED: &'static str = $expected;

            fn from_field(value: Value) -> Result<$name, String> {
                let found = name_of(&value);
                $name::new(&String::from_field(value)?).map_err(|_| found)
            }
        }
    };
}

from_name!(TenantId, "1 to 63 lower-case letters, digits and hyphens");
from_name!(EmployeeId, "1 to 128 letters, digits and . _ : @ -");
from_name!(Slot, "segments of lower-case letters, digits and hyphens, joined by /");

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! object {
        ($($json:tt)+) => {
            match serde_json::json!($($json)+) {
                Value::Object(members) => members,
                other => panic!("{other} is no object"),
            }
        };
    }

    #[derive(Debug)]
    struct Booking {
        on: Date,
        note: Option<String>,
    }

    impl FromFields for Booking {
        fn from_fields(fields: &mut Fields) -> Option<Booking> {
            let on = fields.required("on");
            let note = fields.optional("note");
            Some(Booking { on: on?, note: note? })
        }
    }

    #[test]
    fn every_wrong_field_is_reported_at_once() {
        let body = object!({ "on": "02.03.2026", "note": 7, "a/b": 1 });
        let problem = Fields::read::<Booking>(body).unwrap_err();
        let document = problem.document(None, None, None);
        let pointers: Vec<_> = document.errors.iter().map(|error| error.pointer.as_str()).collect();
        assert_eq!(pointers, ["/on", "/note", "/a~1b"]);
    }

    #[test]
    fn what_may_be_left_out_may_be_null() {
        let body = object!({ "on": "2026-03-02", "note": null });
        let booking = Fields::read::<Booking>(body).unwrap();
        assert_eq!((booking.on.day(), booking.note), (2, None));
    }

    #[test]
    fn a_date_is_a_date_only() {
        for wrong in ["2026-3-2", "2026-03-02T00:00", "2026-02-30", "+026-03-02", "0000-01-01"] {
            assert!(date_from_text(wrong).is_none(), "{wrong}");
        }
        assert!(date_from_text("9999-12-31").is_some());
    }
}
