//! Reads a ruleset's files into the rule's own types, so that tests use the law that is shipped.

#![allow(dead_code, reason = "each test file uses its part")]

use std::path::{Path, PathBuf};

use labor_law::LaborLaw;
use labor_law::facts::WorkingTime;
use labor_law::findings::Finding;
use labor_law::items::Item;
use labor_law::law::Law;
use labor_law::steps::Step;
use stele_sdk::contract::{self, Column, Field, Place, Scalar, ScalarKind, Shape, Value};
use stele_sdk::prelude::*;

pub(crate) type Out = Outcome<Item, Finding, Step>;

/// Folder of a ruleset.
pub(crate) fn folder(ruleset: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulesets").join(ruleset)
}

/// A TOML file of a ruleset.
pub(crate) fn file(path: &Path) -> toml::Table {
    let text = std::fs::read_to_string(path).unwrap();
    text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The law of a ruleset in force on a day.
pub(crate) fn law(ruleset: &str, on: Date) -> Law {
    let table = file(&folder(ruleset).join("parameters.toml"));
    let description = stele_sdk::describe::<LaborLaw>();
    for name in table.keys() {
        assert!(description.parameters.iter().any(|field| field.name == *name), "unknown {name}");
    }
    let values = description.parameters.iter().map(|field| in_force(field, &table, on)).collect();
    let law = <Law as Parameters>::read(values).unwrap();
    LaborLaw::check(&law).unwrap();
    law
}

fn in_force(field: &Field, table: &toml::Table, on: Date) -> Value {
    let none = Vec::new();
    let entries = table.get(&field.name).map_or(&none, |entries| entries.as_array().unwrap());
    for entry in entries {
        assert!(entry.get("source").is_some_and(|source| !source.as_str().unwrap().is_empty()));
    }
    let day = |entry: &toml::Value, name| entry.get(name).map(|day| date(&day.to_string()));
    let begun = |entry: &&toml::Value| day(entry, "from").unwrap() <= on;
    match &field.shape {
        Shape::Scalar(kind) => {
            let entry = entries.iter().filter(begun).max_by_key(|entry| day(entry, "from"));
            Value::Scalar(entry.map_or(Scalar::None, |entry| scalar(kind, &entry["value"])))
        }
        Shape::Table(shape) if shape.columns.iter().any(|column| column.key) => {
            let key = |entry: &toml::Value| entry["row"]["city"].to_string();
            let rows = entries.iter().filter(begun).filter(|entry| {
                !entries.iter().filter(begun).any(|other| {
                    key(other) == key(entry) && day(other, "from") > day(entry, "from")
                })
            });
            Value::Table(rows.map(|entry| row(&shape.columns, &entry["row"])).collect())
        }
        Shape::Table(shape) => {
            let entry = entries.iter().filter(begun).max_by_key(|entry| day(entry, "from"));
            let rows = entry.map_or(&none, |entry| entry["rows"].as_array().unwrap());
            Value::Table(rows.iter().map(|value| row(&shape.columns, value)).collect())
        }
    }
}

/// Facts of a case on a day.
pub(crate) fn facts(table: &toml::Table, on: Date) -> WorkingTime {
    let description = stele_sdk::describe::<LaborLaw>();
    for name in table.keys() {
        assert!(description.facts.iter().any(|field| field.name == *name), "unknown {name}");
    }
    let values =
        description.facts.iter().map(|field| match (&field.shape, table.get(&field.name)) {
            _ if field.name == "on" => Value::Scalar(Scalar::Date(contract_date(on))),
            (Shape::Scalar(kind), Some(value)) => Value::Scalar(scalar(kind, value)),
            (Shape::Scalar(_), None) => Value::Scalar(Scalar::None),
            (Shape::Table(shape), rows) => Value::Table(rows.map_or_else(Vec::new, |rows| {
                rows.as_array().unwrap().iter().map(|value| row(&shape.columns, value)).collect()
            })),
        });
    <WorkingTime as Facts>::read(values.collect()).unwrap()
}

fn row(columns: &[Column], value: &toml::Value) -> Vec<Scalar> {
    let table = value.as_table().unwrap();
    for name in table.keys() {
        assert!(columns.iter().any(|column| column.name == *name), "unknown column {name}");
    }
    columns
        .iter()
        .map(|column| match table.get(&column.name) {
            Some(value) => scalar(&column.kind, value),
            None => Scalar::None,
        })
        .collect()
}

fn scalar(kind: &ScalarKind, value: &toml::Value) -> Scalar {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match kind {
        ScalarKind::Boolean => Scalar::Boolean(value.as_bool().unwrap()),
        ScalarKind::Integer(_) => Scalar::Integer(text.parse().unwrap()),
        ScalarKind::Decimal(_) => Scalar::Decimal(contract_decimal(text.parse().unwrap())),
        ScalarKind::Text(_) => Scalar::Text(text),
        ScalarKind::Date => Scalar::Date(contract_date(date(&text))),
        ScalarKind::DateTime => {
            let moment: DateTime = text.parse().unwrap();
            Scalar::DateTime(contract::DateTime {
                date: contract_date(moment.date()),
                hour: moment.hour(),
                minute: moment.minute(),
                second: moment.second(),
                offset: moment.offset(),
            })
        }
        ScalarKind::Choice(choices) => {
            let position = choices.iter().position(|choice| choice.name == text);
            Scalar::Choice(position.unwrap_or_else(|| panic!("no choice {text}")) as u32)
        }
    }
}

fn contract_date(date: Date) -> contract::Date {
    contract::Date { year: date.year() as u16, month: date.month() as u8, day: date.day() as u8 }
}

fn contract_decimal(value: Decimal) -> contract::Decimal {
    let mantissa = value.mantissa().unsigned_abs();
    contract::Decimal {
        negative: value.is_sign_negative() && !value.is_zero(),
        scale: value.scale() as u8,
        high: (mantissa >> 64) as u32,
        low: mantissa as u64,
    }
}

pub(crate) fn date(text: &str) -> Date {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

pub(crate) fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Runs the rule.
pub(crate) fn evaluate(law: &Law, facts: &WorkingTime) -> Result<Out, Fault> {
    let mut out = Outcome::new(true);
    LaborLaw::evaluate(law, facts, &mut out)?;
    Ok(out)
}

/// Where a fault points to, as a JSON pointer into the facts.
pub(crate) fn pointer(fault: &Fault) -> String {
    let Place::Fact(cell) = fault.place() else { return String::new() };
    let description = stele_sdk::describe::<LaborLaw>();
    let field = &description.facts[cell.field as usize];
    let mut pointer = format!("/{}", field.name);
    if let Some(row) = cell.row {
        pointer += &format!("/{row}");
    }
    if let (Some(column), Shape::Table(shape)) = (cell.column, &field.shape) {
        pointer += &format!("/{}", shape.columns[column as usize].name);
    }
    pointer
}
