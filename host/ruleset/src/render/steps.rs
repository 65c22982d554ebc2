//! Steps as sentences, with the dated values of the law that they used.

use serde_json::{Map, Value as Json};
use stele_engine::contract::{Column, Field, Scalar, ScalarKind, Shape};

use super::view::{ArgumentView, ParameterView, StepView};
use super::{NO_VALUE, number_text};
use crate::calculation::Calculation;
use crate::length::{AnswerTooLong, Room};
use crate::manifest::Manifest;
use crate::moment::{date_text, date_time_text};
use crate::number::exact;
use crate::parameters::{Content, Entry};
use crate::scalar::plain_text;
use crate::texts::Language;
use crate::version::Ruleset;

pub(super) fn steps<'a>(
    calculation: &'a Calculation,
    ruleset: &'a Ruleset,
    language: &'a Language,
    room: &mut Room,
) -> Result<Vec<StepView<'a>>, AnswerTooLong> {
    let description = ruleset.description();
    let steps = calculation.outcome.steps.iter().filter_map(|step| {
        let kind = description.steps.get(step.kind)?;
        let arguments: Vec<ArgumentView<'a>> = kind
            .arguments
            .iter()
            .zip(&step.values)
            .map(|(argument, value)| {
                let unit = argument.unit.as_deref();
                let value = argument_text(value, unit, ruleset.manifest(), language);
                ArgumentView { name: &argument.name, value, unit }
            })
            .collect();
        let text = language.step(step.kind).map(|sentence| {
            sentence.fill(|name| {
                let argument = arguments.iter().find(|argument| argument.name == name);
                let value = argument.and_then(|argument| argument.value.clone());
                value.unwrap_or_else(|| NO_VALUE.to_owned())
            })
        });
        let parameters: Vec<ParameterView<'a>> = kind
            .parameters
            .iter()
            .flat_map(|position| parameter(calculation, ruleset, language, *position as usize))
            .collect();
        let view = StepView {
            code: &kind.name,
            text: text.unwrap_or_default(),
            line: step.line,
            citation: kind.citation.as_deref(),
            arguments,
            parameters,
        };
        Some(take(room, &view).map(|()| view))
    });
    steps.collect()
}

fn take(room: &mut Room, view: &StepView<'_>) -> Result<(), AnswerTooLong> {
    room.take([view.text.as_str()].into_iter().chain(view.citation))?;
    for argument in &view.arguments {
        room.take([argument.name].into_iter().chain(argument.value.as_deref()))?;
    }
    for parameter in &view.parameters {
        let texts = parameter.name.len() + parameter.label.len() + parameter.source.len();
        room.take_bytes(texts + json_bytes(&parameter.value))?;
    }
    Ok(())
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

fn argument_text(
    value: &Scalar,
    unit: Option<&str>,
    manifest: &Manifest,
    language: &Language,
) -> Option<String> {
    match value {
        // The engine refuses a choice in a step, which has no declared list of choices.
        Scalar::None | Scalar::Choice(_) => None,
        Scalar::Boolean(value) => Some(value.to_string()),
        Scalar::Integer(value) => Some(value.to_string()),
        Scalar::Decimal(value) => exact(*value).map(|value| number_text(value, unit, manifest)),
        Scalar::Text(text) => Some(language.subject(text).to_owned()),
        Scalar::Date(date) => Some(date_text(*date)),
        Scalar::DateTime(moment) => Some(date_time_text(moment)),
    }
}

fn parameter<'a>(
    calculation: &'a Calculation,
    ruleset: &'a Ruleset,
    language: &'a Language,
    position: usize,
) -> Vec<ParameterView<'a>> {
    let Some(field) = ruleset.description().parameters.get(position) else { return Vec::new() };
    let label = language.parameter(position).map_or(&*field.name, |label| &*label.label);
    ruleset
        .parameters()
        .used(&calculation.in_force, position, &calculation.facts)
        .into_iter()
        .map(|entry| ParameterView {
            name: &field.name,
            label,
            from: entry.from.to_string(),
            until: entry.until.map(|until| until.to_string()),
            value: entry_json(field, entry),
            unit: field.unit.as_deref(),
            source: &entry.source,
            unconfirmed: entry.unconfirmed,
        })
        .collect()
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
