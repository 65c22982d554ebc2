//! Values of facts and of the law as people read them: one text, or rows under headings.

use serde::Serialize;
use serde_json::{Map, Value as Json};
use stele_engine::contract::{Column, Field, ScalarKind, Shape};
use stele_words::Message;

use super::wording::Wording;
use crate::manifest::Manifest;
use crate::moment::{date_from_text, date_time_from_text};
use crate::number::decimal_from_text;
use crate::texts::FieldLabel;

/// What a fact or a value of the law is, for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// One value.
    Text(String),
    /// Rows under headings.
    Table {
        /// The headings.
        columns: Vec<String>,
        /// The rows, one text for each heading.
        rows: Vec<Vec<String>>,
    },
}

impl Shown {
    /// A value as it is written, whatever it is.
    pub fn plain(value: &Json) -> Self {
        Self::Text(plain(value))
    }
}

/// Writes values of a version in the languages of a reader.
#[derive(Debug, Clone, Copy)]
pub struct Values<'a> {
    /// The languages.
    pub wording: Wording<'a>,
    /// The version, whose currency decides how money is written.
    pub manifest: &'a Manifest,
}

impl Values<'_> {
    /// A value of a field as JSON has it, for people. Of a table only the columns in which something
    /// stands, without the key, which is in the label.
    pub fn shown(&self, field: &Field, labels: Option<&FieldLabel>, value: &Json) -> Shown {
        match (&field.shape, value) {
            (Shape::Scalar(kind), value) => {
                Shown::Text(self.scalar(kind, &field.name, field.unit.as_deref(), value))
            }
            (Shape::Table(table), Json::Array(rows)) => {
                let rows = rows.iter().filter_map(Json::as_object);
                self.table(field, labels, (&table.columns, false), rows.collect())
            }
            (Shape::Table(table), Json::Object(row)) => {
                self.table(field, labels, (&table.columns, false), vec![row])
            }
            (Shape::Table(_), other) => Shown::plain(other),
        }
    }

    /// Rows of a table that is dated row by row, with their key.
    pub fn keyed(&self, field: &Field, labels: Option<&FieldLabel>, rows: &[Json]) -> Shown {
        match &field.shape {
            Shape::Table(table) => {
                let rows = rows.iter().filter_map(Json::as_object).collect();
                self.table(field, labels, (&table.columns, true), rows)
            }
            Shape::Scalar(_) => Shown::plain(&Json::Array(rows.to_vec())),
        }
    }

    fn table(
        &self,
        field: &Field,
        labels: Option<&FieldLabel>,
        (columns, with_key): (&[Column], bool),
        rows: Vec<&Map<String, Json>>,
    ) -> Shown {
        let used: Vec<(usize, &Column)> = columns
            .iter()
            .enumerate()
            .filter(|(_, column)| with_key || !column.key)
            .filter(|(_, column)| rows.iter().any(|row| row.contains_key(&column.name)))
            .collect();
        let heading = |(position, column): &(usize, &Column)| {
            let label = labels.and_then(|labels| labels.columns.get(*position));
            let label = label.map_or(&*column.name, String::as_str);
            match &column.unit {
                Some(unit) => self.wording.words().say(Message::InBrackets {
                    name: label,
                    more: self.wording.labels().unit(unit),
                }),
                None => label.to_owned(),
            }
        };
        let cell = |row: &Map<String, Json>, column: &Column| {
            let path = format!("{}.{}", field.name, column.name);
            let value = row.get(&column.name);
            value.map_or_else(String::new, |value| {
                self.scalar(&column.kind, &path, column.unit.as_deref(), value)
            })
        };
        Shown::Table {
            columns: used.iter().map(heading).collect(),
            rows: rows
                .into_iter()
                .map(|row| used.iter().map(|(_, column)| cell(row, column)).collect())
                .collect(),
        }
    }

    fn scalar(&self, kind: &ScalarKind, path: &str, unit: Option<&str>, value: &Json) -> String {
        let (labels, words) = (self.wording.labels(), self.wording.words());
        let shown = match (kind, value) {
            (_, Json::Bool(value)) => Some(words.boolean(*value).into_owned()),
            (ScalarKind::Choice(_), Json::String(choice)) => {
                Some(labels.choice(path, choice).to_owned())
            }
            (ScalarKind::Decimal(_), Json::String(text)) => decimal_from_text(text)
                .ok()
                .map(|value| self.wording.number(value, unit, self.manifest)),
            (ScalarKind::Integer(_), Json::String(text)) => {
                text.parse().ok().map(|value| self.wording.integer(value, unit))
            }
            (ScalarKind::Date, Json::String(text)) => date_from_text(text).map(|on| words.day(on)),
            (ScalarKind::DateTime, Json::String(text)) => {
                date_time_from_text(text).and_then(|moment| self.wording.moment(&moment))
            }
            _ => None,
        };
        shown.unwrap_or_else(|| plain(value))
    }
}

/// A value as it is written.
fn plain(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}
