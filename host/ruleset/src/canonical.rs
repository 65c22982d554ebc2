//! Canonical JSON (RFC 8785) of facts, parameters and outcomes, written straight from their
//! positions, and the digests over it.
//!
//! Every number is a string with its exact digits, because RFC 8785 would force a JSON number
//! through a binary double; zeros after the last digit that counts are dropped, so equal values
//! have equal digests. What is absent is left out. Members are sorted by name; all names are
//! ASCII, so the order of bytes is the order that RFC 8785 asks for. Strings are escaped by
//! `serde_json`, whose escapes are the ones of RFC 8785.

use std::io::Write;

use rust_decimal::Decimal;
use stele_digest::Digest;
use stele_engine::contract::{Column, Description, Field, Scalar, ScalarKind, Shape, Value};

use super::moment::{date_text, date_time_text};
use super::number::{NOT_A_NUMBER, exact, push_normal};
use super::outcome::Outcome;
use super::scalar::choice_name;

/// In which order fields and their columns are written: sorted by name, once for a description.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    /// Position of a field, and the positions of its columns if it is a table.
    fields: Vec<(usize, Vec<usize>)>,
}

impl Layout {
    pub(crate) fn of(fields: &[Field]) -> Self {
        let mut sorted: Vec<(usize, Vec<usize>)> = fields
            .iter()
            .enumerate()
            .map(|(position, field)| (position, sorted_columns(field)))
            .collect();
        sorted.sort_by(|(a, _), (b, _)| fields[*a].name.cmp(&fields[*b].name));
        Self { fields: sorted }
    }

    /// Digest of the canonical JSON object of `values` by the names of `fields`.
    pub(crate) fn digest(&self, fields: &[Field], values: &[Value]) -> Digest {
        Digest::of(&self.json(fields, values))
    }

    /// The canonical JSON object of `values` by the names of `fields`.
    pub(crate) fn json(&self, fields: &[Field], values: &[Value]) -> Vec<u8> {
        let mut json = Writer::default();
        json.open(b'{');
        for (position, columns) in &self.fields {
            let (Some(field), Some(value)) = (fields.get(*position), values.get(*position)) else {
                continue;
            };
            match (&field.shape, value) {
                (_, Value::Scalar(Scalar::None)) => {}
                (Shape::Scalar(kind), Value::Scalar(scalar)) => {
                    json.name(&field.name);
                    json.scalar(kind, scalar);
                }
                (Shape::Table(table), Value::Table(rows)) => {
                    json.name(&field.name);
                    json.open(b'[');
                    for row in rows {
                        json.row(&table.columns, columns, row);
                    }
                    json.close(b']');
                }
                _ => {}
            }
        }
        json.close(b'}');
        json.bytes
    }
}

fn sorted_columns(field: &Field) -> Vec<usize> {
    match &field.shape {
        Shape::Scalar(_) => Vec::new(),
        Shape::Table(table) => {
            let mut positions: Vec<usize> = (0..table.columns.len()).collect();
            positions.sort_by(|a, b| table.columns[*a].name.cmp(&table.columns[*b].name));
            positions
        }
    }
}

/// Canonical JSON of an outcome: its lines and findings with their codes. Steps are left out,
/// because asking for an explanation does not change what is paid.
pub(crate) fn outcome_json(description: &Description, outcome: &Outcome) -> Vec<u8> {
    let mut json = Writer::default();
    json.open(b'{');
    json.name("findings");
    json.open(b'[');
    for finding in &outcome.findings {
        json.item();
        json.open(b'{');
        if let Some(actual) = finding.actual {
            json.name("actual");
            json.decimal(actual);
        }
        json.name("finding");
        let kind = description.findings.get(finding.kind);
        json.string(kind.map_or("", |kind| &*kind.name));
        if let Some(limit) = finding.limit {
            json.name("limit");
            json.decimal(limit);
        }
        if let Some(on) = finding.on {
            json.name("on");
            json.quoted(format_args!("{on}"));
        }
        if let Some(subject) = &finding.subject {
            json.name("subject");
            json.string(subject);
        }
        json.close(b'}');
    }
    json.close(b']');
    json.name("lines");
    json.open(b'[');
    for line in &outcome.lines {
        json.item();
        json.open(b'{');
        json.name("amount");
        json.decimal(line.amount);
        json.name("item");
        let item = description.items.get(line.item);
        json.string(item.map_or("", |item| &*item.name));
        if let Some(subject) = &line.subject {
            json.name("subject");
            json.string(subject);
        }
        json.close(b'}');
    }
    json.close(b']');
    json.close(b'}');
    json.bytes
}

/// Writes JSON without white space. Writing into a vector never fails, so results are dropped.
#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
    /// The number that is written.
    number: String,
}

impl Writer {
    fn open(&mut self, bracket: u8) {
        self.bytes.push(bracket);
    }

    fn close(&mut self, bracket: u8) {
        self.bytes.push(bracket);
    }

    /// Begins the next element of a list.
    fn item(&mut self) {
        if !matches!(self.bytes.last(), None | Some(b'[' | b'{')) {
            self.bytes.push(b',');
        }
    }

    /// Begins the next member of an object. Declared names need no escape.
    fn name(&mut self, name: &str) {
        self.item();
        self.bytes.push(b'"');
        self.bytes.extend_from_slice(name.as_bytes());
        self.bytes.extend_from_slice(b"\":");
    }

    fn string(&mut self, text: &str) {
        let _ = serde_json::to_writer(&mut self.bytes, text);
    }

    fn quoted(&mut self, text: std::fmt::Arguments<'_>) {
        let _ = write!(self.bytes, "\"{text}\"");
    }

    fn decimal(&mut self, value: Decimal) {
        self.number.clear();
        push_normal(&mut self.number, value);
        self.bytes.push(b'"');
        self.bytes.extend_from_slice(self.number.as_bytes());
        self.bytes.push(b'"');
    }

    fn scalar(&mut self, kind: &ScalarKind, scalar: &Scalar) {
        match scalar {
            Scalar::None => self.bytes.extend_from_slice(b"null"),
            Scalar::Boolean(value) => {
                self.bytes.extend_from_slice(if *value { b"true" } else { b"false" });
            }
            Scalar::Integer(value) => self.quoted(format_args!("{value}")),
            Scalar::Decimal(value) => match exact(*value) {
                Some(value) => self.decimal(value),
                None => self.string(NOT_A_NUMBER),
            },
            Scalar::Text(text) => self.string(text),
            Scalar::Date(date) => self.quoted(format_args!("{}", date_text(*date))),
            Scalar::DateTime(moment) => self.quoted(format_args!("{}", date_time_text(moment))),
            Scalar::Choice(position) => self.string(choice_name(kind, *position)),
        }
    }

    fn row(&mut self, columns: &[Column], order: &[usize], row: &[Scalar]) {
        self.item();
        self.open(b'{');
        for position in order {
            let (Some(column), Some(scalar)) = (columns.get(*position), row.get(*position)) else {
                continue;
            };
            if !matches!(scalar, Scalar::None) {
                self.name(&column.name);
                self.scalar(&column.kind, scalar);
            }
        }
        self.close(b'}');
    }
}
