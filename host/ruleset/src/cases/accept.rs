//! A case brought up to date with what the rule answers now, as an edit of its own text.

use rust_decimal::Decimal;
use stele_engine::contract::Description;
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::compare::{found_lines, line_name, match_findings, name};
use super::{Case, Expected, Mismatch};
use crate::calculation::{Calculation, CalculationError};
use crate::outcome::Finding;

/// A case's text with what came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The whole file.
    pub text: String,
    /// What differed and is accepted.
    pub differences: Vec<Mismatch>,
}

/// Why a case is not brought up to date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAcceptable {
    /// A case of an outcome was refused, or the other way round: that is another case.
    #[error(
        "it shows {expected} and the rule answers with {found}; write that case by hand, because \
         it shows something else"
    )]
    OtherAnswer {
        /// What the case expects.
        expected: &'static str,
        /// What the rule answers.
        found: String,
    },
    /// The text can not be edited.
    #[error("its text can not be edited: {0}")]
    Text(String),
}

pub(super) fn accept(
    case: &Case,
    text: &str,
    description: &Description,
    answer: &Result<Calculation, CalculationError>,
) -> Result<Option<Accepted>, NotAcceptable> {
    let differences = case.differences(description, answer.as_ref().map(|answer| &answer.outcome));
    if differences.is_empty() {
        return Ok(None);
    }
    let (complete, lines, findings, calculation) = match (&case.expected, answer) {
        (Expected::Outcome { complete, lines, findings }, Ok(calculation)) => {
            (*complete, lines, findings, calculation)
        }
        (Expected::Outcome { .. }, Err(error)) => {
            let found = format!("a refusal: {error}");
            return Err(NotAcceptable::OtherAnswer { expected: "an outcome", found });
        }
        (Expected::Fault { .. }, Ok(_)) => {
            let found = "an outcome".to_owned();
            return Err(NotAcceptable::OtherAnswer { expected: "a refusal", found });
        }
        (Expected::Fault { .. }, Err(error)) => {
            let found = format!("another: {error}");
            return Err(NotAcceptable::OtherAnswer { expected: "a refusal", found });
        }
    };
    let mut document = parsed(text)?;
    let expect = table_in(document.as_table_mut(), "expect").ok_or_else(|| unreadable("expect"))?;

    let found = found_lines(description, &calculation.outcome);
    let wanted = found.iter().filter(|((item, subject), _)| {
        complete || lines.contains_key(&((*item).to_owned(), subject.map(str::to_owned)))
    });
    let wanted: Vec<(String, Decimal)> =
        wanted.map(|((item, subject), amount)| (line_name(item, *subject), *amount)).collect();
    let written = table_in(expect, "lines").ok_or_else(|| unreadable("expect.lines"))?;
    for (item, subject) in lines.keys() {
        let key = line_name(item, subject.as_deref());
        if !wanted.iter().any(|(name, _)| *name == key) {
            written.remove(&key);
        }
    }
    for (key, amount) in wanted {
        let (item, subject) = match key.split_once('/') {
            Some((item, subject)) => (item.to_owned(), Some(subject.to_owned())),
            None => (key.clone(), None),
        };
        if lines.get(&(item, subject)) != Some(&amount) {
            put(written, &key, Value::from(amount.to_string()));
        }
    }

    let matched = match_findings(findings, description, &calculation.outcome.findings);
    let new = matched.unexpected.iter().filter_map(|at| calculation.outcome.findings.get(*at));
    let new: Vec<Vec<(&str, Value)>> = new.map(|finding| members(description, finding)).collect();
    edit_findings(expect, &matched.unmet, new).ok_or_else(|| unreadable("expect.findings"))?;
    Ok(Some(Accepted { text: document.to_string(), differences }))
}

pub(super) fn complete(
    case: &Case,
    text: &str,
    description: &Description,
    answer: &Result<Calculation, CalculationError>,
) -> Result<Option<Accepted>, NotAcceptable> {
    // In a complete case a line that is not listed is a difference already.
    let (Expected::Outcome { complete: false, lines, .. }, Ok(calculation)) =
        (&case.expected, answer)
    else {
        return Ok(None);
    };
    let found = found_lines(description, &calculation.outcome);
    let unlisted = found.iter().filter(|((item, subject), _)| {
        !lines.contains_key(&((*item).to_owned(), subject.map(str::to_owned)))
    });
    let unlisted: Vec<(String, Decimal)> =
        unlisted.map(|((item, subject), amount)| (line_name(item, *subject), *amount)).collect();
    if unlisted.is_empty() {
        return Ok(None);
    }
    let mut document = parsed(text)?;
    let expect = table_in(document.as_table_mut(), "expect").ok_or_else(|| unreadable("expect"))?;
    let written = table_in(expect, "lines").ok_or_else(|| unreadable("expect.lines"))?;
    for (key, amount) in &unlisted {
        put(written, key, Value::from(amount.to_string()));
    }
    let differences = unlisted.into_iter().map(|(about, amount)| Mismatch {
        about,
        expected: None,
        found: Some(amount.to_string()),
        note: None,
    });
    let differences = differences.collect();
    Ok(Some(Accepted { text: document.to_string(), differences }))
}

fn parsed(text: &str) -> Result<DocumentMut, NotAcceptable> {
    text.parse()
        .map_err(|error: toml_edit::TomlError| NotAcceptable::Text(error.message().to_owned()))
}

fn unreadable(what: &str) -> NotAcceptable {
    NotAcceptable::Text(format!("{what} is not a table"))
}

fn table_in<'a>(table: &'a mut dyn TableLike, name: &str) -> Option<&'a mut dyn TableLike> {
    table.entry(name).or_insert_with(|| Item::Table(Table::new())).as_table_like_mut()
}

/// Writes a value and keeps the comment that stands behind the old one.
fn put(table: &mut dyn TableLike, key: &str, mut value: Value) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

/// Everything that a finding says, as a case writes it.
fn members<'a>(description: &Description, finding: &Finding) -> Vec<(&'a str, Value)> {
    let mut members = vec![("finding", Value::from(name(description, finding)))];
    if let Some(subject) = &finding.subject {
        members.push(("subject", Value::from(subject.as_str())));
    }
    if let Some(on) = finding.on.and_then(|on| on.to_string().parse().ok()) {
        members.push(("on", Value::Datetime(toml_edit::Formatted::new(on))));
    }
    if let Some(limit) = finding.limit {
        members.push(("limit", Value::from(limit.to_string())));
    }
    if let Some(actual) = finding.actual {
        members.push(("actual", Value::from(actual.to_string())));
    }
    members
}

/// Removes what is not met and adds what is new, in the form that the file has already.
fn edit_findings(
    expect: &mut dyn TableLike,
    unmet: &[usize],
    new: Vec<Vec<(&str, Value)>>,
) -> Option<()> {
    if unmet.is_empty() && new.is_empty() {
        return Some(());
    }
    let item =
        expect.entry("findings").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    match item {
        Item::ArrayOfTables(tables) => {
            for at in unmet.iter().rev() {
                tables.remove(*at);
            }
            for members in new {
                let mut table = Table::new();
                for (key, value) in members {
                    table.insert(key, Item::Value(value));
                }
                tables.push(table);
            }
        }
        Item::Value(Value::Array(list)) => edit_array(list, unmet, new),
        _ => return None,
    }
    let empty = match item {
        Item::ArrayOfTables(tables) => tables.is_empty(),
        Item::Value(Value::Array(list)) => list.is_empty(),
        _ => false,
    };
    if empty {
        expect.remove("findings");
    }
    Some(())
}

fn edit_array(list: &mut Array, unmet: &[usize], new: Vec<Vec<(&str, Value)>>) {
    for at in unmet.iter().rev() {
        list.remove(*at);
    }
    for members in new {
        let table: InlineTable = members.into_iter().collect();
        list.push(Value::InlineTable(table));
    }
}
