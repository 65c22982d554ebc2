//! What somebody says of an employee's attributes, and what is known after it was said.
//!
//! A statement is about one attribute from one date on. Merged, it takes the place of the value that
//! was stated for the same date and leaves every other value as it is; so a file of raises changes
//! salaries and nothing else. A value that holds already because an earlier date said the same is
//! stated all the same: what was said of a date stays said when an earlier value is corrected.

use std::collections::{BTreeMap, btree_map::Entry};

use jiff::civil::Date;
use serde_json::Value;
use stele_ruleset::FieldError;
use stele_store::{Attributes, DatedValue};

/// What is said of one attribute from one date on.
#[derive(Debug)]
pub(super) struct Statement {
    pub(super) from: Date,
    pub(super) said: Said,
    /// The line that says it, from 1.
    pub(super) line: u64,
    /// Its place among those that the line has of the attribute, from 0.
    pub(super) position: usize,
}

/// What is said.
pub(super) enum Said {
    /// The value; null: from then on there is none.
    Value(Value),
    /// Nothing begins on that date: what was stated for it is taken back.
    Drop,
}

/// It may be a salary.
impl std::fmt::Debug for Said {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Value(_) => "Value(…)",
            Self::Drop => "Drop",
        })
    }
}

/// What is said of one attribute.
#[derive(Debug)]
pub(super) enum About {
    /// It is taken back, with all of its values.
    Nothing,
    /// These, each for a date of its own.
    Dated(Vec<Statement>),
}

impl About {
    /// Whether something is said of a date.
    pub(super) fn states(&self, date: Date) -> bool {
        self.of(date).is_some()
    }

    /// What is said of a date.
    pub(super) fn of(&self, date: Date) -> Option<&Statement> {
        match self {
            Self::Nothing => None,
            Self::Dated(dated) => dated.iter().find(|statement| statement.from == date),
        }
    }
}

/// What is said of an employee, by attribute.
pub(super) type Statements = BTreeMap<String, About>;

/// Statements that contradict each other: the attribute and, if it is one of its statements, which,
/// with what was expected and found.
pub(super) fn contradictions(
    statements: &Statements,
) -> impl Iterator<Item = (&str, Option<&Statement>, FieldError)> {
    let wrong = |expected: &str, found: String| FieldError::new("", expected, found);
    statements.iter().flat_map(move |(name, about)| {
        let About::Dated(dated) = about else { return Vec::new() };
        if dated.is_empty() {
            let expected = "dated values, or null to take back all that there are";
            return vec![(name.as_str(), None, wrong(expected, "an empty list".to_owned()))];
        }
        let mut first_of: BTreeMap<Date, u64> = BTreeMap::new();
        let mut found = Vec::new();
        for statement in dated {
            match first_of.entry(statement.from) {
                Entry::Vacant(entry) => drop(entry.insert(statement.line)),
                Entry::Occupied(first) => {
                    let again = format!("{} again, after line {}", statement.from, first.get());
                    found.push((name.as_str(), Some(statement), wrong("each date once", again)));
                }
            }
        }
        found
    })
}

/// What is known after it was said, its values sorted by date. A value of the same content stays as
/// it was written before.
pub(super) fn merged(
    mut known: Attributes,
    statements: &Statements,
    is_same: impl Fn(&str, &Value, &Value) -> bool,
) -> Attributes {
    for (name, about) in statements {
        let About::Dated(dated) = about else {
            known.remove(name);
            continue;
        };
        let before = known.remove(name).unwrap_or_default();
        let mut values: BTreeMap<Date, Value> =
            before.into_iter().map(|DatedValue { from, value }| (from, value)).collect();
        for Statement { from, said, .. } in dated {
            match (said, values.entry(*from)) {
                (Said::Value(value), Entry::Vacant(entry)) => drop(entry.insert(value.clone())),
                (Said::Value(value), Entry::Occupied(mut entry)) => {
                    if !is_same(name, entry.get(), value) {
                        entry.insert(value.clone());
                    }
                }
                (Said::Drop, Entry::Occupied(entry)) => drop(entry.remove()),
                (Said::Drop, Entry::Vacant(_)) => {}
            }
        }
        if !values.is_empty() {
            let values = values.into_iter().map(|(from, value)| DatedValue { from, value });
            known.insert(name.clone(), values.collect());
        }
    }
    known
}
