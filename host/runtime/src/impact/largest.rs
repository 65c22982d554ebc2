//! The employees whose calculation changes most, one change an employee.
//!
//! A change is measured by the greatest absolute difference of any one of its items, because only
//! the rule knows which item is the net: a tax that rises by 10 and a net that falls by 10 are a
//! change of 10. Where any item is money, only money is measured, across currencies by the bare
//! number. Of an employee's dates the one with the greatest change counts, of equal ones the
//! earliest; among employees with equal changes the order is that of their identifiers.

use std::cmp::Reverse;

use super::difference::LineDifference;
use super::total::{TooManyDigits, Total};

/// How many are kept.
pub(crate) const MOST: usize = 20;

/// An employee's greatest change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) employee: String,
    /// Position of the date.
    pub(crate) date: usize,
    /// What it is measured by: number of the item and difference.
    pub(crate) measured: Option<(usize, Total)>,
    /// Every line that differs on that date.
    pub(crate) lines: Vec<LineDifference>,
}

impl Change {
    fn order(&self) -> (Reverse<Total>, &str) {
        (Reverse(size(self.measured)), &self.employee)
    }
}

/// The largest changes, the largest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Largest {
    changes: Vec<Change>,
}

impl Largest {
    /// Adds an employee's greatest change, if it is one of the largest.
    pub(crate) fn add(
        &mut self,
        employee: &str,
        date: usize,
        measured: Option<(usize, Total)>,
        lines: &[LineDifference],
    ) {
        let order = (Reverse(size(measured)), employee);
        let place = self.changes.partition_point(|change| change.order() < order);
        if place < MOST {
            let employee = employee.to_owned();
            let change = Change { employee, date, measured, lines: lines.to_vec() };
            self.changes.insert(place, change);
            self.changes.truncate(MOST);
        }
    }

    pub(crate) fn merge(&mut self, other: Self) {
        self.changes.extend(other.changes);
        self.changes.sort_by(|a, b| a.order().cmp(&b.order()));
        self.changes.truncate(MOST);
    }

    pub(crate) fn changes(&self) -> &[Change] {
        &self.changes
    }
}

/// The size of what was measured.
pub(crate) fn size(measured: Option<(usize, Total)>) -> Total {
    measured.map_or_else(Total::default, |(_, difference)| difference.abs())
}

/// Measures a change. `counts` says which items are measured.
pub(crate) fn measure(
    lines: &[LineDifference],
    counts: impl Fn(usize) -> bool,
) -> Result<Option<(usize, Total)>, TooManyDigits> {
    let mut greatest = None;
    for line in lines.iter().filter(|line| counts(line.item)) {
        let measured = Some((line.item, line.amount()?));
        if greatest.is_none() || size(measured) > size(greatest) {
            greatest = measured;
        }
    }
    Ok(greatest)
}
