//! All differences of a population, added up. Parts are added up apart and merged; the result does
//! not depend on who added what, nor in which order: counts and exact sums commute, and whatever is
//! bounded keeps the least by identifier.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use stele_ruleset::{Line, Outcome};

use super::difference::{Difference, FindingChange, LineDifference};
use super::histogram::Histogram;
use super::largest::{Largest, Measured, Weight};
use super::total::{TooManyDigits, Total};

/// Most employees that a list of failures names.
pub(crate) const MOST_LISTED: usize = 100;
/// Most employees that are named for a finding.
pub(crate) const MOST_SAMPLED: usize = 10;

/// How many dates, items and kinds of findings there are, and what each item counts for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) dates: usize,
    /// One for each item: what it counts for when a change is measured.
    pub(crate) weights: Vec<Weight>,
    pub(crate) findings: usize,
}

/// The differences of one employee: position of the date and what differs, dates in order, dates
/// without a difference left out.
pub(crate) type Differences = Vec<(usize, Difference)>;

/// What a population amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Summary {
    shape: Arc<Shape>,
    pub(crate) employees: u64,
    /// Employees that were calculated as they are known, with one of the versions at least, on one
    /// of the dates at least.
    pub(crate) compared: u64,
    /// Employees with any difference on any date.
    pub(crate) affected: u64,
    pub(crate) dates: Vec<DateSummary>,
    pub(crate) items: Vec<ItemSpread>,
    pub(crate) findings: Vec<FindingSummary>,
    pub(crate) largest: Largest,
    pub(crate) newly_failing: Failures,
    pub(crate) newly_succeeding: Failures,
    /// Calculations that fail with both versions.
    pub(crate) failing_in_both: u64,
}

/// One date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct DateSummary {
    /// Calculations with any difference.
    pub(crate) affected: u64,
    pub(crate) items: Vec<ItemTotals>,
}

/// Sums over the calculations that have an outcome with both versions, or with the candidate alone
/// because nothing is in force. Newly failing and newly succeeding ones are left out: a payslip
/// that can not be calculated is no saving.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ItemTotals {
    pub(crate) before: Total,
    pub(crate) after: Total,
    /// Calculations in which the item differs.
    pub(crate) changed: u64,
}

/// How the differences of an item are spread.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ItemSpread {
    /// Employees for whom it differs on any date.
    pub(crate) employees: u64,
    pub(crate) histogram: Histogram,
}

/// What becomes of one kind of finding.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FindingSummary {
    pub(crate) changes: BTreeMap<FindingChange, Occurrences>,
}

/// How often, and for whom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Occurrences {
    pub(crate) findings: u64,
    pub(crate) employees: u64,
    pub(crate) sample: BTreeSet<String>,
}

/// Employees whose calculation fails with one version only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Failures {
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

impl Summary {
    pub(crate) fn new(shape: Arc<Shape>) -> Self {
        let items = shape.weights.len();
        let date = DateSummary { affected: 0, items: vec![ItemTotals::default(); items] };
        Self {
            employees: 0,
            compared: 0,
            affected: 0,
            dates: vec![date; shape.dates],
            items: vec![ItemSpread::default(); items],
            findings: vec![FindingSummary::default(); shape.findings],
            largest: Largest::default(),
            newly_failing: Failures::default(),
            newly_succeeding: Failures::default(),
            failing_in_both: 0,
            shape,
        }
    }

    /// Adds the amounts of one calculation to the totals of its date.
    pub(crate) fn totals(
        &mut self,
        date: usize,
        before: Option<&Outcome>,
        after: &Outcome,
    ) -> Result<(), TooManyDigits> {
        let Some(date) = self.dates.get_mut(date) else { return Ok(()) };
        let mut add = |lines: &[Line], side: fn(&mut ItemTotals) -> &mut Total| {
            for line in lines {
                if let Some(item) = date.items.get_mut(line.item) {
                    side(item).add(line.amount.into())?;
                }
            }
            Ok(())
        };
        add(before.map_or(&[], |before| &before.lines), |item| &mut item.before)?;
        add(&after.lines, |item| &mut item.after)
    }

    /// Adds what differs for one employee.
    pub(crate) fn employee(
        &mut self,
        employee: &str,
        differences: &Differences,
    ) -> Result<(), TooManyDigits> {
        self.employees += 1;
        let mut personal = Personal::default();
        for (date, difference) in differences {
            match difference {
                Difference::Outcome { lines, findings } => {
                    self.lines(*date, lines, &mut personal)?;
                    for (kind, change) in findings {
                        *personal.findings.entry((*kind, *change)).or_default() += 1;
                    }
                }
                Difference::NewlyFails(reason) => personal.failing.note(*date, reason),
                Difference::NewlySucceeds(reason) => personal.succeeding.note(*date, reason),
                Difference::FailsInBoth => self.failing_in_both += 1,
            }
            if !difference.is_none() {
                personal.is_affected = true;
                if let Some(date) = self.dates.get_mut(*date) {
                    date.affected += 1;
                }
            }
        }
        self.affected += u64::from(personal.is_affected);
        for item in personal.items {
            if let Some(item) = self.items.get_mut(item) {
                item.employees += 1;
            }
        }
        for ((kind, change), count) in personal.findings {
            if let Some(finding) = self.findings.get_mut(kind) {
                finding.changes.entry(change).or_default().add(employee, count);
            }
        }
        if let Some((date, measured, lines)) = personal.greatest {
            self.largest.add(employee, date, measured, lines);
        }
        self.newly_failing.add(employee, personal.failing);
        self.newly_succeeding.add(employee, personal.succeeding);
        Ok(())
    }

    fn lines<'a>(
        &mut self,
        date: usize,
        lines: &'a [LineDifference],
        personal: &mut Personal<'a>,
    ) -> Result<(), TooManyDigits> {
        if lines.is_empty() {
            return Ok(());
        }
        // Lines come by item: those that differ in their subject only are one difference.
        for lines in lines.chunk_by(|a, b| a.item == b.item) {
            let Some(item) = lines.first().map(|line| line.item) else { continue };
            let mut difference = Total::default();
            for line in lines {
                difference.add(line.amount()?)?;
            }
            personal.items.insert(item);
            if let Some(spread) = self.items.get_mut(item) {
                spread.histogram.count(difference);
            }
            if let Some(date) = self.dates.get_mut(date)
                && let Some(totals) = date.items.get_mut(item)
            {
                totals.changed += 1;
            }
        }
        let weight = |item: usize| self.shape.weights.get(item).copied().unwrap_or(Weight::None);
        let measured = Measured::of(lines, weight)?;
        let is_greater =
            personal.greatest.is_none_or(|(_, greatest, _)| measured.size() > greatest.size());
        if is_greater {
            personal.greatest = Some((date, measured, lines));
        }
        Ok(())
    }

    /// Adds what others have added up.
    pub(crate) fn merge(&mut self, other: Self) -> Result<(), TooManyDigits> {
        self.employees += other.employees;
        self.compared += other.compared;
        self.affected += other.affected;
        self.failing_in_both += other.failing_in_both;
        for (date, theirs) in self.dates.iter_mut().zip(other.dates) {
            date.affected += theirs.affected;
            for (item, theirs) in date.items.iter_mut().zip(theirs.items) {
                item.before.add(theirs.before)?;
                item.after.add(theirs.after)?;
                item.changed += theirs.changed;
            }
        }
        for (item, theirs) in self.items.iter_mut().zip(other.items) {
            item.employees += theirs.employees;
            item.histogram.merge(&theirs.histogram);
        }
        for (finding, theirs) in self.findings.iter_mut().zip(other.findings) {
            for (change, theirs) in theirs.changes {
                finding.changes.entry(change).or_default().merge(theirs);
            }
        }
        self.largest.merge(other.largest);
        self.newly_failing.merge(other.newly_failing);
        self.newly_succeeding.merge(other.newly_succeeding);
        Ok(())
    }

    /// An item's totals over all dates.
    pub(crate) fn item(&self, item: usize) -> Result<ItemTotals, TooManyDigits> {
        let mut sum = ItemTotals::default();
        for totals in self.dates.iter().filter_map(|date| date.items.get(item)) {
            sum.before.add(totals.before)?;
            sum.after.add(totals.after)?;
            sum.changed += totals.changed;
        }
        Ok(sum)
    }
}

/// What is gathered of one employee over all dates.
#[derive(Default)]
struct Personal<'a> {
    is_affected: bool,
    items: BTreeSet<usize>,
    findings: BTreeMap<(usize, FindingChange), u64>,
    failing: Noted<'a>,
    succeeding: Noted<'a>,
    /// Position of the date, what it is measured by, and the lines.
    greatest: Option<(usize, Measured, &'a [LineDifference])>,
}

/// The failures of one employee: the first date and its reason, and how many there are.
#[derive(Default)]
struct Noted<'a> {
    first: Option<(usize, &'a str)>,
    dates: u64,
}

impl<'a> Noted<'a> {
    fn note(&mut self, date: usize, reason: &'a str) {
        self.first.get_or_insert((date, reason));
        self.dates += 1;
    }
}

impl Failures {
    fn add(&mut self, employee: &str, noted: Noted<'_>) {
        let Noted { first: Some((date, reason)), dates } = noted else { return };
        self.calculations += dates;
        self.employees += 1;
        if self.has_room_for(employee) {
            let failing = Failing { date, dates, reason: reason.to_owned() };
            self.listed.insert(employee.to_owned(), failing);
            self.cut();
        }
    }

    fn merge(&mut self, other: Self) {
        self.calculations += other.calculations;
        self.employees += other.employees;
        self.listed.extend(other.listed);
        self.cut();
    }

    fn has_room_for(&self, employee: &str) -> bool {
        self.listed.len() < MOST_LISTED
            || self.listed.last_key_value().is_some_and(|(last, _)| employee < last.as_str())
    }

    fn cut(&mut self) {
        while self.listed.len() > MOST_LISTED {
            self.listed.pop_last();
        }
    }
}

impl Occurrences {
    fn add(&mut self, employee: &str, findings: u64) {
        self.findings += findings;
        self.employees += 1;
        if self.sample.len() < MOST_SAMPLED
            || self.sample.last().is_some_and(|last| employee < last.as_str())
        {
            self.sample.insert(employee.to_owned());
            self.cut();
        }
    }

    fn merge(&mut self, other: Self) {
        self.findings += other.findings;
        self.employees += other.employees;
        self.sample.extend(other.sample);
        self.cut();
    }

    fn cut(&mut self) {
        while self.sample.len() > MOST_SAMPLED {
            self.sample.pop_last();
        }
    }
}

#[cfg(test)]
mod model;
