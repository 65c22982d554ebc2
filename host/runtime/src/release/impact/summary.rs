//! All differences of a population, added up. Parts are added up apart and merged; the result does
//! not depend on who added what, nor in which order: counts and exact sums commute, and whatever is
//! bounded keeps the least by identifier.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use stele_ruleset::{Line, Outcome};

use super::difference::{Difference, FindingChange, LineDifference};
use super::failures::{Failures, Noted, NotedReasons, Reasons};
use super::histogram::Histogram;
use super::largest::{Largest, Measured, Weight};
use super::reason::Reason;
use super::total::{TooManyDigits, Total};

/// Most employees that are named for a finding.
pub(crate) const MOST_SAMPLED: usize = 10;

/// How many dates, items and kinds of findings there are, and what each item counts for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) dates: usize,
    /// One for each item: what it counts for when a change is measured.
    pub(crate) weights: Vec<Weight>,
    /// One for each item: whether it is money.
    pub(crate) money: Vec<bool>,
    pub(crate) findings: usize,
}

/// The differences of one employee: position of the date and what differs, dates in order, dates
/// without a difference left out.
pub(crate) type Differences = Vec<(usize, Difference)>;

/// What a population amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Summary {
    shape: Arc<Shape>,
    /// Employments; of people whose employments are not told apart themselves.
    pub(crate) employees: u64,
    /// Those whose employments they are, each once.
    pub(crate) people: u64,
    /// People of whom every employment that the slot is for was calculated as they are known, with
    /// one of the versions at least, on one of the dates at least.
    pub(crate) covered: u64,
    /// Calculations, one for each employee and date, that were to be made.
    pub(crate) calculations: u64,
    /// Those that were not to be made: of the employee nothing was known yet on the date.
    pub(crate) absent: u64,
    /// Employees with any difference on any date.
    pub(crate) affected: u64,
    /// Those for whom an amount of money differs.
    pub(crate) affected_by_money: u64,
    /// Those for whom nothing but findings differs.
    pub(crate) affected_by_findings: u64,
    pub(crate) dates: Vec<DateSummary>,
    pub(crate) items: Vec<ItemSpread>,
    pub(crate) findings: Vec<FindingSummary>,
    pub(crate) largest: Largest,
    pub(crate) newly_failing: Failures,
    pub(crate) newly_succeeding: Failures,
    /// Calculations that fail with both versions.
    pub(crate) failing_in_both: u64,
    /// Why the candidate fails, wherever it does.
    pub(crate) failing_candidate: Reasons,
    /// Why the version in force fails, wherever it does.
    pub(crate) failing_in_force: Reasons,
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

impl Summary {
    pub(crate) fn new(shape: Arc<Shape>) -> Self {
        let items = shape.weights.len();
        let date = DateSummary { affected: 0, items: vec![ItemTotals::default(); items] };
        Self {
            employees: 0,
            people: 0,
            covered: 0,
            calculations: 0,
            absent: 0,
            affected: 0,
            affected_by_money: 0,
            affected_by_findings: 0,
            dates: vec![date; shape.dates],
            items: vec![ItemSpread::default(); items],
            findings: vec![FindingSummary::default(); shape.findings],
            largest: Largest::default(),
            newly_failing: Failures::default(),
            newly_succeeding: Failures::default(),
            failing_in_both: 0,
            failing_candidate: Reasons::default(),
            failing_in_force: Reasons::default(),
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
                Difference::NewlyFails(reason) => {
                    personal.failing.note(*date, reason);
                    note(&mut personal.candidate, *date, reason);
                }
                Difference::NewlySucceeds(reason) => {
                    personal.succeeding.note(*date, reason);
                    note(&mut personal.in_force, *date, reason);
                }
                Difference::FailsInBoth { before, after } => {
                    self.failing_in_both += 1;
                    note(&mut personal.in_force, *date, before);
                    note(&mut personal.candidate, *date, after);
                }
            }
            if !difference.is_none() {
                personal.is_affected = true;
                if let Some(date) = self.dates.get_mut(*date) {
                    date.affected += 1;
                }
            }
        }
        let is_money = |item: &usize| self.shape.money.get(*item).copied().unwrap_or_default();
        let by_money = personal.items.iter().any(is_money);
        let fails_once = personal.failing.is_some() || personal.succeeding.is_some();
        let by_findings = personal.is_affected && personal.items.is_empty() && !fails_once;
        self.affected += u64::from(personal.is_affected);
        self.affected_by_money += u64::from(by_money);
        self.affected_by_findings += u64::from(by_findings);
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
        self.failing_candidate.add(employee, personal.candidate);
        self.failing_in_force.add(employee, personal.in_force);
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
        self.people += other.people;
        self.covered += other.covered;
        self.calculations += other.calculations;
        self.absent += other.absent;
        self.affected += other.affected;
        self.affected_by_money += other.affected_by_money;
        self.affected_by_findings += other.affected_by_findings;
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
        self.failing_candidate.merge(other.failing_candidate);
        self.failing_in_force.merge(other.failing_in_force);
        Ok(())
    }

    /// Calculations for which the candidate has an outcome.
    pub(crate) fn computed(&self) -> u64 {
        let failing = self.newly_failing.calculations + self.failing_in_both;
        self.calculations.saturating_sub(failing)
    }

    /// An item's totals on the last date on which it differs, and the position of that date. For
    /// an item that accumulates: its amounts contain those of the dates before.
    pub(crate) fn last(&self, item: usize) -> Option<(usize, ItemTotals)> {
        let dates = self.dates.iter().enumerate().rev();
        let totals = |date: &DateSummary| date.items.get(item).copied();
        let mut of_item = dates.filter_map(|(at, date)| Some((at, totals(date)?)));
        of_item.find(|(_, totals)| totals.changed > 0)
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
    /// Why the candidate fails.
    candidate: NotedReasons<'a>,
    /// Why the version in force fails.
    in_force: NotedReasons<'a>,
    /// Position of the date, what it is measured by, and the lines.
    greatest: Option<(usize, Measured, &'a [LineDifference])>,
}

fn note<'a>(noted: &mut NotedReasons<'a>, date: usize, reason: &'a Reason) {
    noted.entry(&reason.common).or_default().note(date, reason);
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
