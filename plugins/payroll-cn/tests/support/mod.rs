//! The ruleset's files, read as the host reads them: parameters in force on a date, facts by name.

#![allow(dead_code, reason = "each test file uses its part")]

use std::path::{Path, PathBuf};

use payroll_cn::{ChinaPayroll, Finding, Item, Law, Month, Payslip, Step};
use serde_json::{Map, Value as Json};
use stele_sdk::contract::{self, Place, Scalar, Value};
use stele_sdk::declaration::{ColumnDeclaration, FieldDeclaration, Kind, Shape};
use stele_sdk::prelude::*;

/// A decimal from its text.
pub(crate) fn amount(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

/// A date from its text.
pub(crate) fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

/// A file of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// Reads a file of the repository.
pub(crate) fn text_of(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The law on a date, from the ruleset's parameters.
pub(crate) fn law_on(date: Date) -> Law {
    let text = text_of(&repository("rulesets/cn/payroll/parameters.toml"));
    let parameters: toml::Table = text.parse().expect("TOML");
    for name in parameters.keys() {
        let declared = Law::FIELDS.iter().any(|field| field.name == name);
        assert!(declared, "{name} is no parameter");
    }
    let values = Law::FIELDS.iter().map(|field| in_force(field, &parameters, date)).collect();
    let law = Law::read(values).unwrap_or_else(|fault| panic!("{fault}"));
    ChinaPayroll::check(&law).unwrap_or_else(|fault| panic!("{fault}"));
    law
}

/// Facts by name, which are known to be good.
pub(crate) fn month(facts: &Map<String, Json>, date: Date) -> Month {
    read(facts, date).unwrap_or_else(|fault| panic!("{fault}"))
}

/// Facts by name.
pub(crate) fn read(facts: &Map<String, Json>, date: Date) -> Result<Month, Fault> {
    for name in facts.keys() {
        let declared = Month::FIELDS.iter().any(|field| field.name == name);
        assert!(declared, "{name} is no fact");
    }
    let values = Month::FIELDS.iter().map(|field| {
        if field.attributes.calculation_date {
            return Value::Scalar(scalar(&Kind::Date, &Json::String(date.to_string())));
        }
        match (&field.shape, facts.get(field.name)) {
            (Shape::Scalar { kind, .. }, Some(value)) => Value::Scalar(scalar(kind, value)),
            (Shape::Scalar { .. }, None) => Value::Scalar(Scalar::None),
            (Shape::Table(columns), value) => Value::Table(
                value
                    .and_then(Json::as_array)
                    .into_iter()
                    .flatten()
                    .map(|cells| row(columns, cells.as_object().expect("a row")))
                    .collect(),
            ),
        }
    });
    Month::read(values.collect())
}

/// Facts of a resident employee's wages.
pub(crate) fn employee(pairs: &[(&str, &str)]) -> Map<String, Json> {
    let mut given = facts(&[("income_kind", "wages"), ("tax_residence", "resident")]);
    given.extend(facts(pairs));
    given
}

/// A JSON object, for facts.
pub(crate) fn facts(pairs: &[(&str, &str)]) -> Map<String, Json> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), Json::String((*value).to_owned())))
        .collect()
}

/// The payslip, with its explanation.
pub(crate) fn payslip(law: &Law, month: &Month) -> Result<Payslip, Fault> {
    let mut out = Outcome::<Item, Finding, Step>::new(true);
    ChinaPayroll::evaluate(law, month, &mut out)?;
    Ok(out)
}

/// The payslip of facts that are known to be good.
pub(crate) fn paid(law: &Law, facts: &Map<String, Json>, date: Date) -> Payslip {
    payslip(law, &month(facts, date)).unwrap_or_else(|fault| panic!("{fault}"))
}

/// A case of the ruleset.
pub(crate) struct Case {
    /// The file's name.
    pub name: String,
    /// The day of the law and the payment.
    pub date: Date,
    /// What is known of the employee.
    pub facts: Map<String, Json>,
    /// What is expected, as it is written.
    pub expected: toml::Table,
}

impl Case {
    /// What the rule says to it.
    pub(crate) fn payslip(&self) -> Result<Payslip, Fault> {
        payslip(&law_on(self.date), &month(&self.facts, self.date))
    }
}

/// All cases of the ruleset, by name.
pub(crate) fn cases() -> Vec<Case> {
    let folder = repository("rulesets/cn/payroll/cases");
    let files = std::fs::read_dir(&folder).expect("the cases").flatten();
    let mut cases: Vec<Case> = files
        .map(|file| {
            let name = file.file_name().to_string_lossy().into_owned();
            let case: toml::Table = text_of(&file.path()).parse().expect("TOML");
            let table = |key: &str| case[key].as_table().expect("a table").clone();
            let date = day(&case["date"].to_string());
            Case { name, date, facts: facts_of(&table("facts")), expected: table("expect") }
        })
        .collect();
    cases.sort_by(|one, other| one.name.cmp(&other.name));
    cases
}

/// Where a fault is, as a JSON pointer into the facts.
pub(crate) fn pointer(fault: &Fault) -> String {
    let Place::Fact(cell) = fault.place() else { return String::new() };
    let field = &Month::FIELDS[cell.field as usize];
    let mut pointer = format!("/{}", field.name);
    if let (Some(row), Shape::Table(columns)) = (cell.row, &field.shape) {
        pointer += &format!("/{row}");
        if let Some(column) = cell.column {
            pointer += &format!("/{}", columns[column as usize].name);
        }
    }
    pointer
}

/// The value of a parameter in force: of each key the latest entry that has begun, unless it ended.
fn in_force(field: &FieldDeclaration, parameters: &toml::Table, date: Date) -> Value {
    let entries = parameters.get(field.name).and_then(toml::Value::as_array).into_iter().flatten();
    let mut latest: Vec<(Json, Date, &toml::Table)> = Vec::new();
    for entry in entries.map(|entry| entry.as_table().expect("an entry")) {
        assert!(
            entry.get("source").is_some_and(|source| source.is_str()),
            "{}: a source",
            field.name
        );
        let from = date_of(entry, "from").expect("from");
        if from > date {
            continue;
        }
        let key = key_of(field, entry);
        match latest.iter_mut().find(|(other, ..)| *other == key) {
            Some(slot) if slot.1 < from => *slot = (key, from, entry),
            Some(_) => {}
            None => latest.push((key, from, entry)),
        }
    }
    let entries: Vec<_> = latest
        .into_iter()
        .map(|(_, _, entry)| entry)
        .filter(|entry| date_of(entry, "until").is_none_or(|until| date <= until))
        .collect();
    match &field.shape {
        Shape::Scalar { kind, .. } => Value::Scalar(
            entries.first().map_or(Scalar::None, |entry| scalar(kind, &json(&entry["value"]))),
        ),
        Shape::Table(columns) => Value::Table(
            entries
                .into_iter()
                .flat_map(|entry| match entry.get("row") {
                    Some(row) => vec![row.clone()],
                    None => entry["rows"].as_array().expect("rows").clone(),
                })
                .map(|cells| row(columns, json(&cells).as_object().expect("a row")))
                .collect(),
        ),
    }
}

fn key_of(field: &FieldDeclaration, entry: &toml::Table) -> Json {
    let Shape::Table(columns) = &field.shape else { return Json::Null };
    let keys = columns.iter().filter(|column| column.attributes.key);
    keys.map(|column| json(&entry["row"][column.name])).collect()
}

fn date_of(entry: &toml::Table, name: &str) -> Option<Date> {
    entry.get(name).map(|value| day(&value.to_string()))
}

fn json(value: &toml::Value) -> Json {
    match value {
        toml::Value::Datetime(datetime) => Json::String(datetime.to_string()),
        toml::Value::Array(values) => values.iter().map(json).collect(),
        toml::Value::Table(table) => {
            Json::Object(table.iter().map(|(name, value)| (name.clone(), json(value))).collect())
        }
        other => serde_json::to_value(other).expect("JSON"),
    }
}

/// Facts written in TOML.
pub(crate) fn facts_of(table: &toml::Table) -> Map<String, Json> {
    table.iter().map(|(name, value)| (name.clone(), json(value))).collect()
}

fn row(columns: &[ColumnDeclaration], cells: &Map<String, Json>) -> Vec<Scalar> {
    for name in cells.keys() {
        assert!(columns.iter().any(|column| column.name == name), "{name} is no column");
    }
    let cell = |column: &ColumnDeclaration| match cells.get(column.name) {
        Some(value) => scalar(&column.kind, value),
        None => {
            assert!(!column.required, "{} is required", column.name);
            Scalar::None
        }
    };
    columns.iter().map(cell).collect()
}

fn scalar(kind: &Kind, value: &Json) -> Scalar {
    let text = match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    match kind {
        Kind::Boolean => Scalar::Boolean(text.parse().expect("true or false")),
        Kind::Integer { .. } => Scalar::Integer(text.parse().expect("an integer")),
        Kind::Decimal => Scalar::Decimal(contract_decimal(amount(&text))),
        Kind::Text => Scalar::Text(text),
        Kind::Date => Scalar::Date(contract_date(day(&text))),
        Kind::DateTime => unimplemented!("no fact is a date-time"),
        Kind::Choice(choices) => {
            let position = choices.iter().position(|choice| choice.name == text);
            Scalar::Choice(position.unwrap_or_else(|| panic!("{text} is no choice")) as u32)
        }
    }
}

fn contract_decimal(value: Decimal) -> contract::Decimal {
    let parts = value.unpack();
    contract::Decimal {
        negative: parts.negative,
        scale: parts.scale as u8,
        high: parts.hi,
        low: u64::from(parts.mid) << 32 | u64::from(parts.lo),
    }
}

fn contract_date(value: Date) -> contract::Date {
    contract::Date {
        year: value.year().unsigned_abs(),
        month: value.month().unsigned_abs(),
        day: value.day().unsigned_abs(),
    }
}
