//! A dated value of the law with its label and its source.

use serde_json::{Map, Value as Json};
use stele_engine::contract::{Column, Field, Scalar, ScalarKind, Shape};

use stele_words::Message;

use super::unit_label;
use super::view::ParameterView;
use crate::number::contract_text;
use crate::parameters::{Content, Entry};
use crate::scalar::{choice_name, plain_text};
use crate::version::Ruleset;
use crate::wording::Wording;

/// An entry of the parameter at this position; none where the rule declares none there.
pub(super) fn parameter<'a>(
    ruleset: &'a Ruleset,
    wording: Wording<'a>,
    position: usize,
    entry: &'a Entry,
) -> Option<ParameterView<'a>> {
    let language = wording.labels();
    let field = ruleset.description().parameters.get(position)?;
    let label = language.parameter(position).map_or(&*field.name, |label| &*label.label);
    Some(ParameterView {
        name: &field.name,
        label,
        key: key(field, wording, position, entry),
        from: entry.from.to_string(),
        until: entry.until.map(|until| until.to_string()),
        value: entry_json(field, entry),
        unit: field.unit.as_deref(),
        unit_label: unit_label(language, field.unit.as_deref()),
        source: language.citation(&entry.source),
        unconfirmed: entry.unconfirmed,
    })
}

/// The key of a row for people: `Beijing, Pension`; what says nothing alone with the label of its
/// column: `Year 2026`. Nothing where the table has no key.
fn key(field: &Field, wording: Wording<'_>, position: usize, entry: &Entry) -> Option<String> {
    let (language, words) = (wording.labels(), wording.words());
    let Shape::Table(table) = &field.shape else { return None };
    let labels = language.parameter(position).map(|labels| labels.columns.as_slice());
    let cells = table.columns.iter().zip(entry.row()?).enumerate();
    let parts: Vec<String> = cells
        .filter(|(_, (column, _))| column.key)
        .map(|(place, (column, scalar))| {
            let label = labels.and_then(|labels| labels.get(place));
            let label = label.map_or(&*column.name, String::as_str);
            match scalar {
                Scalar::Choice(choice) => {
                    let path = format!("{}.{}", field.name, column.name);
                    language.choice(&path, choice_name(&column.kind, *choice)).to_owned()
                }
                Scalar::Text(text) => language.subject(text).to_owned(),
                Scalar::Boolean(value) => {
                    words.say(Message::Labelled { label, value: &words.boolean(*value) })
                }
                Scalar::Decimal(value) => {
                    format!("{label} {}", words.number(&contract_text(*value)))
                }
                Scalar::Date(day) => {
                    format!("{label} {}", wording.day(*day).unwrap_or_default())
                }
                other => format!("{label} {}", plain_text(&column.kind, other)),
            }
        })
        .collect();
    (!parts.is_empty()).then(|| words.list(&parts))
}

/// About how long it is in an answer.
pub(super) fn parameter_bytes(view: &ParameterView<'_>) -> usize {
    let optional = [view.key.as_deref(), view.unit_label].into_iter().flatten();
    let texts = [view.name, view.label, view.source].into_iter().chain(optional);
    texts.map(str::len).sum::<usize>() + json_bytes(&view.value)
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
