//! Which rows of a table with a key a result rests on: those that the facts select.

use std::cmp::Ordering;

use stele_engine::contract::{self, Column, Scalar, Value};

use super::{Content, Entry};
use crate::number::exact;

/// A key column that a fact selects rows by. The two are of the same kind, with the same choices:
/// the engine refuses a description in which they are not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Selector {
    column: usize,
    fact: usize,
}

impl Selector {
    pub(super) fn all(columns: &[Column]) -> Vec<Self> {
        let selector = |(column, declared): (usize, &Column)| {
            declared.selected_by.map(|fact| Self { column, fact: fact as usize })
        };
        columns.iter().enumerate().filter_map(selector).collect()
    }

    fn matches(&self, row: &[Scalar], facts: &[Value]) -> bool {
        match (row.get(self.column), facts.get(self.fact)) {
            (Some(own), Some(Value::Scalar(fact))) => {
                compare(Some(own), Some(fact)) == Ordering::Equal
            }
            _ => false,
        }
    }
}

/// Whether the facts select the entry. An entry without key is selected by everyone; a row of a
/// table with a key whose columns no fact selects by as well, because any of them may have been
/// used.
pub(super) fn selects(selectors: &[Selector], entry: &Entry, facts: &[Value]) -> bool {
    match &entry.content {
        Content::Rows(rows) if !selectors.is_empty() => rows
            .first()
            .is_some_and(|row| selectors.iter().all(|selector| selector.matches(row, facts))),
        _ => true,
    }
}

/// The order of keys: as declared for choices, by value for everything else.
pub(super) fn compare(a: Option<&Scalar>, b: Option<&Scalar>) -> Ordering {
    match (a, b) {
        (Some(Scalar::Boolean(a)), Some(Scalar::Boolean(b))) => a.cmp(b),
        (Some(Scalar::Integer(a)), Some(Scalar::Integer(b))) => a.cmp(b),
        (Some(Scalar::Decimal(a)), Some(Scalar::Decimal(b))) => exact(*a).cmp(&exact(*b)),
        (Some(Scalar::Text(a)), Some(Scalar::Text(b))) => a.cmp(b),
        (Some(Scalar::Date(a)), Some(Scalar::Date(b))) => day(*a).cmp(&day(*b)),
        (Some(Scalar::Choice(a)), Some(Scalar::Choice(b))) => a.cmp(b),
        (Some(Scalar::DateTime(a)), Some(Scalar::DateTime(b))) => {
            let parts = |moment: &contract::DateTime| {
                (day(moment.date), moment.hour, moment.minute, moment.second, moment.offset)
            };
            parts(a).cmp(&parts(b))
        }
        // A column has one kind, so what differs in kind is a value and its absence.
        (a, b) => {
            let given = |scalar: Option<&Scalar>| !matches!(scalar, None | Some(Scalar::None));
            given(a).cmp(&given(b))
        }
    }
}

fn day(date: contract::Date) -> (u16, u8, u8) {
    (date.year, date.month, date.day)
}
