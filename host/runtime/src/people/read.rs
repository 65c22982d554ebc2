//! Reads the two forms of an employee file.
//!
//! NDJSON: a line each, `{"id": "e1", "attributes": {"gross": [{"from": "2026-01-01", "value":
//! "30000"}]}}`. CSV: the header `id,from,<attribute>…`, a row for each employee and date; an empty
//! cell says nothing. Values of CSV are texts; a table can not be written in it.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Map, Value};
use stele_ruleset::{DistinctObject, FieldError};
use stele_store::{Attributes, DatedValue};

use super::{check::shorten, import::ImportRow};

/// Longest line of NDJSON that is read, in bytes.
const LONGEST_LINE: usize = 4 * 1024 * 1024;

/// Reads NDJSON. Empty lines are skipped; what is wrong with a line stands in its row.
pub fn parse_ndjson(bytes: &[u8]) -> Vec<ImportRow> {
    let lines = bytes.split(|byte| *byte == b'\n').zip(1..);
    lines
        .filter(|(line, _)| !line.trim_ascii().is_empty())
        .map(|(line, number)| read_line(line, number))
        .collect()
}

fn read_line(bytes: &[u8], line: u64) -> ImportRow {
    let mut row = ImportRow { line, ..ImportRow::default() };
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

fn read_attributes(attributes: Map<String, Value>, row: &mut ImportRow) {
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

/// Reads CSV with a header. Rows of the same employee need not stand together.
pub fn parse_csv(bytes: &[u8]) -> Vec<ImportRow> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
    let failed = |line: u64, expected: &str, found: String| {
        let errors = vec![FieldError::new("", expected.to_owned(), found)];
        ImportRow { line, errors, ..ImportRow::default() }
    };
    let columns: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(str::to_owned).collect(),
        Err(error) => return vec![failed(1, "a header id,from,<attribute>…", error.to_string())],
    };
    let position = |name: &str| columns.iter().position(|column| column == name);
    let (Some(id), Some(from)) = (position("id"), position("from")) else {
        let found = format!("{:?}", shorten(&columns.join(",")));
        return vec![failed(1, "a header with the columns id and from", found)];
    };
    if let Some(twice) = columns.iter().enumerate().find(|(at, name)| position(name) != Some(*at)) {
        return vec![failed(1, "each column once", format!("{:?} again", shorten(twice.1)))];
    }
    let mut rows: Vec<ImportRow> = Vec::new();
    let mut by_id: HashMap<String, usize> = HashMap::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                rows.push(failed(
                    line,
                    "a row with as many cells as the header",
                    error.to_string(),
                ));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let employee = record.get(id).unwrap_or_default().to_owned();
        let place = *by_id.entry(employee.clone()).or_insert_with(|| {
            rows.push(ImportRow { line, employee, ..ImportRow::default() });
            rows.len() - 1
        });
        let Some(row) = rows.get_mut(place) else { continue };
        let cell = record.get(from).unwrap_or_default();
        let Ok(date) = cell.parse::<Date>() else {
            let expected = format!("a date such as 2026-01-31 on line {line}");
            let found = format!("{:?}", shorten(cell));
            row.errors.push(FieldError::new("/from", expected, found));
            continue;
        };
        add_cells(&mut row.attributes, &columns, &record, [id, from], date);
    }
    rows
}

fn add_cells(
    attributes: &mut Attributes,
    columns: &[String],
    record: &csv::StringRecord,
    skipped: [usize; 2],
    from: Date,
) {
    for (position, (column, cell)) in columns.iter().zip(record).enumerate() {
        if !skipped.contains(&position) && !cell.is_empty() {
            let value = DatedValue { from, value: Value::String(cell.to_owned()) };
            attributes.entry(column.clone()).or_default().push(value);
        }
    }
}
