//! Calculations that have no outcome: how many, of whom, and for which reasons.
//!
//! Added up apart and merged in any order, as all of a summary: of employees and of reasons those
//! are kept that come first in the order of their texts, with exact counts, and what is not kept is
//! counted.

use std::collections::BTreeMap;

use super::reason::Reason;

/// Most employees that a list of failures names.
const MOST_LISTED: usize = 100;
/// Most employees that are named for a reason.
const MOST_NAMED: usize = 5;
/// Most reasons that are told apart: a hundred times as many as anybody reads.
const MOST_REASONS: usize = 1000;

/// Employees whose calculation fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failures {
    /// Most employees that are listed.
    most: usize,
    pub(crate) calculations: u64,
    pub(crate) employees: u64,
    pub(crate) listed: BTreeMap<String, Failing>,
}

/// The first failure of an employee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failing {
    /// Position of the date.
    pub(crate) date: usize,
    /// On how many dates.
    pub(crate) dates: u64,
    pub(crate) reason: String,
}

/// The failures of one employee: the first date and its reason, and how many there are.
#[derive(Debug, Default)]
pub(crate) struct Noted<'a> {
    first: Option<(usize, &'a str)>,
    dates: u64,
}

impl<'a> Noted<'a> {
    pub(crate) fn note(&mut self, date: usize, reason: &'a Reason) {
        self.first.get_or_insert((date, &reason.sentence));
        self.dates += 1;
    }

    /// Whether there is any.
    pub(crate) fn is_some(&self) -> bool {
        self.first.is_some()
    }
}

/// A list that names as many employees as people look through.
impl Default for Failures {
    fn default() -> Self {
        Self::naming(MOST_LISTED)
    }
}

impl Failures {
    fn naming(most: usize) -> Self {
        Self { most, calculations: 0, employees: 0, listed: BTreeMap::new() }
    }

    pub(crate) fn add(&mut self, employee: &str, noted: Noted<'_>) {
        let Noted { first: Some((date, reason)), dates } = noted else { return };
        self.calculations += dates;
        self.employees += 1;
        if self.has_room_for(employee) {
            let failing = Failing { date, dates, reason: reason.to_owned() };
            self.listed.insert(employee.to_owned(), failing);
            self.cut();
        }
    }

    pub(crate) fn merge(&mut self, other: Self) {
        self.calculations += other.calculations;
        self.employees += other.employees;
        self.listed.extend(other.listed);
        self.cut();
    }

    fn has_room_for(&self, employee: &str) -> bool {
        self.listed.len() < self.most
            || self.listed.last_key_value().is_some_and(|(last, _)| employee < last.as_str())
    }

    fn cut(&mut self) {
        while self.listed.len() > self.most {
            self.listed.pop_last();
        }
    }
}

/// Failures of one version by what they have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Reasons {
    pub(crate) by_reason: BTreeMap<String, Failures>,
    /// Calculations that fail for a reason that is not told apart.
    pub(crate) others: u64,
}

/// The failures of one employee with one version, by reason.
pub(crate) type NotedReasons<'a> = BTreeMap<&'a str, Noted<'a>>;

impl Reasons {
    pub(crate) fn add(&mut self, employee: &str, noted: NotedReasons<'_>) {
        for (reason, noted) in noted {
            let has_room = self.by_reason.len() < MOST_REASONS
                || self.by_reason.contains_key(reason)
                || self.by_reason.last_key_value().is_some_and(|(last, _)| reason < last.as_str());
            if !has_room {
                self.others += noted.dates;
                continue;
            }
            let failures = self.by_reason.entry(reason.to_owned());
            failures.or_insert_with(|| Failures::naming(MOST_NAMED)).add(employee, noted);
            self.cut();
        }
    }

    pub(crate) fn merge(&mut self, other: Self) {
        self.others += other.others;
        for (reason, failures) in other.by_reason {
            let known = self.by_reason.entry(reason);
            known.or_insert_with(|| Failures::naming(MOST_NAMED)).merge(failures);
        }
        self.cut();
    }

    fn cut(&mut self) {
        while self.by_reason.len() > MOST_REASONS {
            let cut = self.by_reason.pop_last();
            self.others += cut.map_or(0, |(_, failures)| failures.calculations);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted<'a>(reason: &'a Reason, dates: usize) -> NotedReasons<'a> {
        let mut noted = Noted::default();
        (0..dates).for_each(|date| noted.note(date, reason));
        NotedReasons::from([(reason.common.as_str(), noted)])
    }

    #[test]
    fn more_reasons_than_are_told_apart_are_counted_in_any_order() {
        let reasons: Vec<Reason> =
            (0..MOST_REASONS + 20).map(|number| format!("{number:05}").into()).collect();
        let whole = |order: &[usize]| {
            let mut all = Reasons::default();
            for at in order {
                all.add(&format!("e{at}"), noted(&reasons[*at], 2));
            }
            all
        };
        let forwards: Vec<usize> = (0..reasons.len()).collect();
        let backwards: Vec<usize> = forwards.iter().rev().copied().collect();
        let first = whole(&forwards);
        assert_eq!((first.by_reason.len(), first.others), (MOST_REASONS, 40));
        assert_eq!(first, whole(&backwards));
        let (odd, even): (Vec<usize>, Vec<usize>) = forwards.iter().partition(|at| *at % 2 == 1);
        let mut merged = whole(&odd);
        merged.merge(whole(&even));
        assert_eq!(merged, first);
    }
}
