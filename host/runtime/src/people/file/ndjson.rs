//! NDJSON, line by line.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use stele_ruleset::{DistinctObject, FieldError};
use stele_store::EmploymentId;

use super::{Bytes, Form, Row, place::after_mark};
use crate::people::{
    name::{AT, AttributeName, of_employment, shorten},
    statement::{About, Said, Statement},
};

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
        let at = after_mark(bytes.as_ref());
        Self { bytes, at, line: 1 }
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

/// A dated value as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    from: Date,
    /// None: not given. Null is a value.
    #[serde(default, deserialize_with = "given")]
    value: Option<Value>,
    #[serde(default)]
    drop: bool,
}

fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

impl Written {
    fn said(self) -> Result<(Date, Said), &'static str> {
        match (self.value, self.drop) {
            (Some(value), false) => Ok((self.from, Said::Value(value))),
            (None, true) => Ok((self.from, Said::Drop)),
            (Some(_), true) => Err("both a value and drop"),
            (None, false) => Err("neither a value nor drop"),
        }
    }
}

fn read_line(bytes: &[u8], line: u64) -> Row {
    let mut row = Row::new(Form::Ndjson, line);
    row.bytes = bytes.len();
    if bytes.len() > LONGEST_LINE {
        let expected = format!("at most {LONGEST_LINE} bytes");
        row.refuse(line, FieldError::new("", expected, bytes.len().to_string()));
        return row;
    }
    let object: Map<String, Value> = match serde_json::from_slice(bytes) {
        Ok(DistinctObject(object)) => object,
        Err(error) => {
            let expected = "an object {\"id\": …, \"attributes\": …}".to_owned();
            row.refuse(line, FieldError::new("", expected, error.to_string()));
            return row;
        }
    };
    for (name, value) in object {
        match (name.as_str(), value) {
            ("id", Value::String(id)) => row.employee = id,
            ("id", other) => {
                row.refuse(line, FieldError::new("/id", "a text", sort(&other)));
            }
            ("attributes", Value::Object(attributes)) => {
                read_attributes(attributes, None, &mut row);
            }
            ("employments", Value::Object(employments)) => read_employments(employments, &mut row),
            ("employments", other) => {
                let expected = "an object of employments by name".to_owned();
                row.refuse(line, FieldError::new("/employments", expected, sort(&other)));
            }
            ("attributes", other) => {
                let expected = "an object of dated values by name".to_owned();
                row.refuse(line, FieldError::new("/attributes", expected, sort(&other)));
            }
            (other, _) => {
                let pointer = format!("/{}", shorten(other).replace('~', "~0").replace('/', "~1"));
                let expected = "id, attributes and employments only".to_owned();
                row.refuse(
                    line,
                    FieldError::new(pointer, expected, format!("{:?}", shorten(other))),
                );
            }
        }
    }
    if row.employee.is_empty() && row.errors.is_empty() {
        row.refuse(line, FieldError::new("/id", "a text", "nothing"));
    }
    row
}

fn read_employments(employments: Map<String, Value>, row: &mut Row) {
    let line = row.line;
    for (name, terms) in employments {
        let pointer = format!("/employments/{}", shorten(&name).replace('/', "~1"));
        let id = match EmploymentId::new(&name) {
            Ok(id) => id,
            Err(error) => {
                let found = format!("{:?}", shorten(&name));
                row.refuse(line, FieldError::new(pointer, error.expected, found));
                continue;
            }
        };
        let mut terms = match terms {
            Value::Object(terms) => terms,
            other => {
                let expected = "an object with the member attributes";
                row.refuse(line, FieldError::new(pointer, expected, sort(&other)));
                continue;
            }
        };
        match (terms.remove("attributes"), terms.keys().next()) {
            (Some(Value::Object(attributes)), None) => {
                read_attributes(attributes, Some(&id), row);
            }
            (_, other) => {
                let found = other
                    .map_or("nothing of that".to_owned(), |other| format!("{:?}", shorten(other)));
                let expected = "attributes, an object of dated values by name, and nothing else";
                row.refuse(line, FieldError::new(pointer, expected, found));
            }
        }
    }
}

fn read_attributes(attributes: Map<String, Value>, whose: Option<&EmploymentId>, row: &mut Row) {
    let expected = || "a list of {\"from\": date, \"value\": …}".to_owned();
    let line = row.line;
    for (name, values) in attributes {
        if name.contains(AT) {
            let place = AttributeName { employment: None, ruleset: None, name: &name };
            let expected = "a name without @: what is an employment's stands in /employments";
            let found = format!("{:?}", shorten(&name));
            row.refuse(line, FieldError::new(place.pointer(), expected, found));
            continue;
        }
        let name = whose.map_or(name.clone(), |whose| of_employment(&name, whose));
        let pointer = AttributeName::of(&name).pointer();
        let values = match values {
            Value::Array(values) => values,
            Value::Null => {
                row.statements.insert(name, About::Nothing);
                continue;
            }
            other => {
                let expected = format!("{}, or null", expected());
                row.refuse(line, FieldError::new(pointer, expected, sort(&other)));
                continue;
            }
        };
        let mut dated = Vec::with_capacity(values.len());
        let given = values.len();
        for (position, value) in values.into_iter().enumerate() {
            let found = sort(&value);
            let written = Written::deserialize(value).map_err(|error| error.to_string());
            match written.and_then(|written| written.said().map_err(str::to_owned)) {
                Ok((from, said)) => dated.push(Statement { from, said, line, position }),
                Err(error) => {
                    let pointer = format!("{pointer}/{position}");
                    let found = format!("{found} ({error})");
                    row.refuse(line, FieldError::new(pointer, expected(), found));
                }
            }
        }
        // Values that can't be read are reported above; that none is left is no second mistake.
        if given == 0 || !dated.is_empty() {
            row.statements.insert(name, About::Dated(dated));
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
