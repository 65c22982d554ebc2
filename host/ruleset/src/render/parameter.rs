//! A dated value of the law with its label and its source.

use serde_json::{Map, Value as Json};
use stele_engine::contract::{Column, Field, Scalar, ScalarKind, Shape};

use super::view::ParameterView;
use crate::parameters::{Content, Entry};
use crate::scalar::plain_text;
use crate::texts::Language;
use crate::version::Ruleset;

/// An entry of the parameter at this position; none where the rule declares none there.
pub(super) fn parameter<'a>(
    ruleset: &'a Ruleset,
    language: &'a Language,
    position: usize,
    entry: &'a Entry,
) -> Option<ParameterView<'a>> {
    let field = ruleset.description().parameters.get(position)?;
    let label = language.parameter(position).map_or(&*field.name, |label| &*label.label);
    Some(ParameterView {
        name: &field.name,
        label,
        from: entry.from.to_string(),
        until: entry.until.map(|until| until.to_string()),
        value: entry_json(field, entry),
        unit: field.unit.as_deref(),
        source: &entry.source,
        unconfirmed: entry.unconfirmed,
    })
}

/// About how long it is in an answer.
pub(super) fn parameter_bytes(view: &ParameterView<'_>) -> usize {
    view.name.len() + view.label.len() + view.source.len() + json_bytes(&view.value)
}

/// About how long a value is as JSON.
fn json_bytes(value: &Json) -> usize {
    match value {
        Json::Null | Json::Bool(_) | Json::Number(_) => 8,
        Json::String(text) => text.len() + 3,
        Json::Array(values) => values.iter().map(json_bytes).sum(),
        Json::Object(members) => {
            members.iter().map(|(name, value)| name.len() + 4 + json_bytes(value)).sum()
        }
    }
}

/// The value of an entry: a text for a scalar, objects of texts for rows (one object, not a list,
/// for the row of a table with a key).
pub fn entry_json(field: &Field, entry: &Entry) -> Json {
    match (&field.shape, &entry.content) {
        (Shape::Scalar(kind), Content::Scalar(scalar)) => scalar_json(kind, scalar),
        (Shape::Table(table), Content::Rows(rows)) => {
            let keyed = table.columns.iter().any(|column| column.key);
            let mut rows: Vec<Json> =
                rows.iter().map(|row| row_json(&table.columns, row)).collect();
            match rows.pop() {
                Some(row) if keyed && rows.is_empty() => row,
                Some(row) => {
                    rows.push(row);
                    Json::Array(rows)
                }
                None => Json::Array(rows),
            }
        }
        // Entries are typed by their field when they are parsed.
        _ => Json::Null,
    }
}

fn row_json(columns: &[Column], row: &[Scalar]) -> Json {
    let members = columns.iter().zip(row).filter(|(_, scalar)| !matches!(scalar, Scalar::None));
    Json::Object(
        members
            .map(|(column, scalar)| (column.name.clone(), scalar_json(&column.kind, scalar)))
            .collect::<Map<String, Json>>(),
    )
}

fn scalar_json(kind: &ScalarKind, scalar: &Scalar) -> Json {
    match scalar {
        Scalar::None => Json::Null,
        Scalar::Boolean(value) => Json::Bool(*value),
        other => Json::String(plain_text(kind, other)),
    }
}
