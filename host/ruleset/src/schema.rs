//! JSON Schema (2020-12) of a version's facts, for forms, clients and OpenAPI.
//!
//! What a schema can't say in its own words stands in annotations: `x-unit` and `x-decimals`.

use serde_json::{Map, Number, Value as Json, json};
use stele_engine::contract::{self, Column, Field, Origin, ScalarKind, Shape};

use super::number::contract_text;
use super::texts::Language;
use super::version::Ruleset;

/// Texts that are decimals: the grammar of JSON numbers, plus leading zeros.
const DECIMAL_PATTERN: &str = r"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$";
/// Texts that are whole numbers.
const INTEGER_PATTERN: &str = r"^-?[0-9]+$";

impl Ruleset {
    /// JSON Schema (2020-12) of the facts, with titles in the language.
    pub fn facts_schema(&self, language: &str) -> Json {
        facts_schema(self, self.texts().language(&[language]))
    }
}

/// The schema of the object of facts that a caller sends.
fn facts_schema(ruleset: &Ruleset, language: &Language) -> Json {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (position, field) in ruleset.description().facts.iter().enumerate() {
        if field.origin == Origin::CalculationDate {
            continue;
        }
        if field.required {
            required.push(Json::String(field.name.clone()));
        }
        properties.insert(field.name.clone(), fact(field, position, language));
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": language.title(),
        "description": ruleset.description().meaning,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn fact(field: &Field, position: usize, language: &Language) -> Json {
    let labels = language.fact(position);
    let label = labels.map_or(&*field.name, |labels| &*labels.label);
    match &field.shape {
        Shape::Scalar(kind) => {
            let mut schema = scalar(kind, field.required, &field.name, language);
            annotate(&mut schema, label, &field.meaning, field.unit.as_deref());
            Json::Object(schema)
        }
        Shape::Table(table) => {
            let mut properties = Map::new();
            for (index, column) in table.columns.iter().enumerate() {
                let label = labels.and_then(|labels| labels.columns.get(index));
                let label = label.map_or(&*column.name, String::as_str);
                properties
                    .insert(column.name.clone(), column_schema(field, column, label, language));
            }
            let required: Vec<&str> = (table.columns.iter())
                .filter(|column| column.required)
                .map(|column| &*column.name)
                .collect();
            let mut schema = Map::new();
            schema.insert("type".to_owned(), types(&["array"], field.required));
            schema.insert("maxItems".to_owned(), json!(table.maximum_rows));
            schema.insert(
                "items".to_owned(),
                json!({
                    "type": "object",
                    "properties": properties,
                    "required": required,
                    "additionalProperties": false,
                }),
            );
            annotate(&mut schema, label, &field.meaning, field.unit.as_deref());
            Json::Object(schema)
        }
    }
}

fn column_schema(field: &Field, column: &Column, label: &str, language: &Language) -> Json {
    let path = format!("{}.{}", field.name, column.name);
    let mut schema = scalar(&column.kind, column.required, &path, language);
    annotate(&mut schema, label, &column.meaning, column.unit.as_deref());
    Json::Object(schema)
}

fn annotate(schema: &mut Map<String, Json>, title: &str, meaning: &str, unit: Option<&str>) {
    schema.insert("title".to_owned(), Json::String(title.to_owned()));
    schema.insert("description".to_owned(), Json::String(meaning.to_owned()));
    if let Some(unit) = unit {
        schema.insert("x-unit".to_owned(), Json::String(unit.to_owned()));
    }
}

/// A value that may be left out may be null as well.
fn types(names: &[&str], required: bool) -> Json {
    let mut names = names.to_vec();
    if !required {
        names.push("null");
    }
    match names.as_slice() {
        [one] => json!(one),
        many => json!(many),
    }
}

fn scalar(
    kind: &ScalarKind,
    required: bool,
    field: &str,
    language: &Language,
) -> Map<String, Json> {
    let mut schema = Map::new();
    let mut say = |keyword: &str, value: Json| {
        schema.insert(keyword.to_owned(), value);
    };
    match kind {
        ScalarKind::Boolean => say("type", types(&["boolean"], required)),
        ScalarKind::Integer(bounds) => {
            say("type", types(&["integer", "string"], required));
            say("pattern", json!(INTEGER_PATTERN));
            if let Some(minimum) = bounds.minimum {
                say("minimum", json!(minimum));
            }
            if let Some(maximum) = bounds.maximum {
                say("maximum", json!(maximum));
            }
        }
        ScalarKind::Decimal(bounds) => {
            say("type", types(&["string", "number"], required));
            say("format", json!("decimal"));
            say("pattern", json!(DECIMAL_PATTERN));
            if let Some(minimum) = bounds.minimum.and_then(number) {
                say("minimum", minimum);
            }
            if let Some(maximum) = bounds.maximum.and_then(number) {
                say("maximum", maximum);
            }
            if let Some(decimals) = bounds.decimals {
                say("x-decimals", json!(decimals));
            }
        }
        ScalarKind::Text(longest) => {
            say("type", types(&["string"], required));
            say("maxLength", json!(longest));
        }
        ScalarKind::Date => {
            say("type", types(&["string"], required));
            say("format", json!("date"));
        }
        ScalarKind::DateTime => {
            say("type", types(&["string"], required));
            say("format", json!("date-time"));
        }
        ScalarKind::Choice(choices) => {
            // One branch a choice, so that each has its own title and meaning.
            let mut branches: Vec<Json> = choices
                .iter()
                .map(|choice| {
                    json!({
                        "const": choice.name,
                        "title": language.choice(field, &choice.name),
                        "description": choice.meaning,
                    })
                })
                .collect();
            if !required {
                branches.push(json!({ "type": "null" }));
            }
            say("oneOf", Json::Array(branches));
        }
    }
    schema
}

/// A bound as a JSON number with its exact digits.
fn number(bound: contract::Decimal) -> Option<Json> {
    contract_text(bound).parse::<Number>().ok().map(Json::Number)
}
