//! The employees whose calculation changes most, one change an employee.
//!
//! A change is measured by the greatest absolute difference of any one item of the category `net`,
//! what a person is paid in the end; where that is the same, or where a rule has no such item, by
//! that of any item of money; where there is no money, of any item. Currencies are compared by the
//! bare number. Of an employee's dates the one with the greatest change counts, of equal ones the
//! earliest; among employees with equal changes the order is that of their identifiers.

use std::cmp::Reverse;

use super::difference::LineDifference;
use super::total::{TooManyDigits, Total};

/// How many are kept.
pub(crate) const MOST: usize = 20;

/// What an item counts for when a change is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// It is what a person is paid.
    Net,
    /// It counts where the net is the same.
    Other,
    /// It does not count: there is money, and this is none.
    None,
}

/// The items that differ most, each by its number, and by how much.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Measured {
    net: Option<(usize, Total)>,
    any: Option<(usize, Total)>,
}

impl Measured {
    /// Measures a change.
    pub(crate) fn of(
        lines: &[LineDifference],
        weight: impl Fn(usize) -> Weight,
    ) -> Result<Self, TooManyDigits> {
        let mut measured = Self::default();
        for line in lines {
            let weight = weight(line.item);
            let found = Some((line.item, line.amount()?));
            let is_greater = |known: Option<_>| known.is_none() || size(found) > size(known);
            if weight == Weight::Net && is_greater(measured.net) {
                measured.net = found;
            }
            if weight != Weight::None && is_greater(measured.any) {
                measured.any = found;
            }
        }
        Ok(measured)
    }

    /// How large it is: the difference of the net, then that of anything.
    pub(crate) fn size(self) -> (Total, Total) {
        (size(self.net), size(self.any))
    }

    /// The item that it is measured by, and its difference.
    pub(crate) fn shown(self) -> Option<(usize, Total)> {
        self.net.filter(|(_, difference)| difference.decade().is_some()).or(self.any)
    }
}

fn size(difference: Option<(usize, Total)>) -> Total {
    difference.map_or_else(Total::default, |(_, difference)| difference.abs())
}

/// An employee's greatest change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) employee: String,
    /// Position of the date.
    pub(crate) date: usize,
    /// What it is measured by.
    pub(crate) measured: Measured,
    /// Every line that differs on that date.
    pub(crate) lines: Vec<LineDifference>,
}

impl Change {
    fn order(&self) -> (Reverse<(Total, Total)>, &str) {
        (Reverse(self.measured.size()), &self.employee)
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
        measured: Measured,
        lines: &[LineDifference],
    ) {
        let order = (Reverse(measured.size()), employee);
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
