//! NDJSON, line by line.

use serde::Deserialize;
use serde_json::{Map, Value};
use stele_ruleset::{DistinctObject, FieldError};
use stele_store::DatedValue;

use super::{Bytes, Row};
use crate::people::name::shorten;

/// Longest line that is read, in bytes.
const LONGEST_LINE: usize = 4 * 1024 * 1024;

/// The rows of a file.
pub(super) struct Rows {
    bytes: Bytes,
    /// Where the next line begins.
    at: usize,
    /// Its number.
    line: u64,
}

impl Rows {
    pub(super) fn new(bytes: Bytes) -> Self {
        Self { bytes, at: 0, line: 1 }
    }
}

impl Iterator for Rows {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        loop {
            let rest = self.bytes.as_ref().get(self.at..).filter(|rest| !rest.is_empty())?;
            let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
            let line = rest.get(..end).unwrap_or(rest);
            let number = self.line;
            self.at += end + 1;
            self.line += 1;
            if !line.trim_ascii().is_empty() {
                return Some(read_line(line, number));
            }
        }
    }
}
fn read_line(bytes: &[u8], line: u64) -> Row {
    let mut row = Row { line, ..Row::default() };
    if bytes.len() > LONGEST_LINE {
        let expected = format!("at most {LONGEST_LINE} bytes");
        row.errors.push(FieldError::new("", expected, bytes.len().to_string()));
        return row;
    }
    let object: Map<String, Value> = match serde_json::from_slice(bytes) {
        Ok(DistinctObject(object)) => object,
        Err(error) => {
            let expected = "an object {\"id\": …, \"attributes\": …}".to_owned();
            row.errors.push(FieldError::new("", expected, error.to_string()));
            return row;
        }
    };
    for (name, value) in object {
        match (name.as_str(), value) {
            ("id", Value::String(id)) => row.employee = id,
            ("id", other) => {
                row.errors.push(FieldError::new("/id", "a text", sort(&other)));
            }
            ("attributes", Value::Object(attributes)) => read_attributes(attributes, &mut row),
            ("attributes", other) => {
                let expected = "an object of dated values by name".to_owned();
                row.errors.push(FieldError::new("/attributes", expected, sort(&other)));
            }
            (other, _) => {
                let pointer = format!("/{}", shorten(other).replace('~', "~0").replace('/', "~1"));
                let expected = "id and attributes only".to_owned();
                row.errors.push(FieldError::new(
                    pointer,
                    expected,
                    format!("{:?}", shorten(other)),
                ));
            }
        }
    }
    if row.employee.is_empty() && row.errors.is_empty() {
        row.errors.push(FieldError::new("/id", "a text", "nothing"));
    }
    row
}

fn read_attributes(attributes: Map<String, Value>, row: &mut Row) {
    let expected = || "a list of {\"from\": date, \"value\": …}".to_owned();
    for (name, values) in attributes {
        let pointer =
            format!("/attributes/{}", shorten(&name).replace('~', "~0").replace('/', "~1"));
        let Value::Array(values) = values else {
            row.errors.push(FieldError::new(pointer, expected(), sort(&values)));
            continue;
        };
        let mut dated = Vec::with_capacity(values.len());
        let given = values.len();
        for (position, value) in values.into_iter().enumerate() {
            let found = sort(&value);
            match DatedValue::deserialize(value) {
                Ok(value) => dated.push(value),
                Err(error) => {
                    let found = format!("{found} ({error})");
                    row.errors.push(FieldError::new(
                        format!("{pointer}/{position}"),
                        expected(),
                        found,
                    ));
                }
            }
        }
        // Values that can't be read are reported above; that none is left is no second mistake.
        if given == 0 || !dated.is_empty() {
            row.attributes.insert(name, dated);
        }
    }
}

/// What sort of value it is: the value itself may be a salary and is not repeated.
fn sort(value: &Value) -> String {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
    .to_owned()
}
