//! What a rule yields: lines, findings, and steps when an explanation is asked for.

use crate::canonical::{Line, Parts};
use crate::contract;
use crate::exact;
use crate::rule::{Findings, Items, Nothing, Steps};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::marker::PhantomData;

/// Collects what the rule yields for one employee, in the order in which it is written.
///
/// ```
/// # use stele_sdk::prelude::*;
/// # #[derive(Items, Clone, Copy)] enum Item {
/// #     /// Tax.
/// #     #[item(category = "tax")] IncomeTax }
/// # #[derive(Findings, Clone, Copy)] enum Finding {
/// #     /// Paid {actual}, at least {limit} is due.
/// #     #[finding(breach)] MinimumWage }
/// # #[derive(Steps)] enum Step {
/// #     /// The rate is {rate}.
/// #     Rate { rate: Decimal } }
/// # let (tax, paid, minimum, rate) = (Decimal::TEN, Decimal::ONE, Decimal::TWO, Decimal::ONE);
/// # let mut outcome = Outcome::<Item, Finding, Step>::new(true);
/// # let out = &mut outcome;
/// out.step(|| Step::Rate { rate });                  // leads to the next line
/// out.line(Item::IncomeTax, tax);
/// out.finding(Finding::MinimumWage).limit(minimum).actual(paid);
/// # assert_eq!(out.amount(Item::IncomeTax), Some(tax));
/// # assert_eq!(out.steps().next().unwrap().text, "The rate is 1.");
/// ```
pub struct Outcome<I, F = Nothing, S = Nothing> {
    explain: bool,
    lines: Vec<Line>,
    /// Whether a line has a subject.
    subjects: bool,
    findings: Vec<FindingDraft>,
    steps: Vec<contract::Step>,
    /// Steps before this one lead to a line already.
    led: usize,
    kinds: PhantomData<fn(I, F, S)>,
}

/// A finding that was just written, to say more about it.
#[derive(Clone, Debug)]
pub struct FindingDraft(contract::Finding);

impl<I: Items, F: Findings, S: Steps> Outcome<I, F, S> {
    /// An empty outcome; `explain` asks for steps.
    #[inline]
    pub fn new(explain: bool) -> Self {
        Outcome {
            explain,
            // Most rules write each item once.
            lines: Vec::with_capacity(I::ITEMS.len()),
            subjects: false,
            findings: Vec::new(),
            steps: Vec::with_capacity(if explain { S::STEPS.len() } else { 0 }),
            led: 0,
            kinds: PhantomData,
        }
    }

    /// Forgets everything written, to be used for another employee.
    pub fn clear(&mut self) {
        self.lines.clear();
        self.subjects = false;
        self.findings.clear();
        self.steps.clear();
        self.led = 0;
    }

    /// Was an explanation asked for? Lines and findings must not depend on it.
    #[inline]
    pub fn explaining(&self) -> bool {
        self.explain
    }

    /// Writes a step. The closure runs only when an explanation is asked for. Steps written before
    /// a line lead to that line, and to those that [`Outcome::further_line`] adds.
    #[inline]
    pub fn step<T: Into<S>>(&mut self, step: impl FnOnce() -> T) {
        const { assert!(!S::STEPS.is_empty(), "the rule declares no steps") };
        if self.explain {
            self.push_step(step().into());
        }
    }

    // Not inlined into the formula, where it would be in the way of the usual case.
    #[cold]
    fn push_step(&mut self, step: S) {
        let kind = step.position();
        self.push(contract::Step { kind, line: None, values: step.values(), result: None });
    }

    pub(crate) fn push(&mut self, step: contract::Step) {
        self.steps.push(step);
    }

    /// Writes a line: an item and its exact amount.
    #[inline]
    pub fn line(&mut self, item: I, amount: impl Into<Decimal>) {
        self.push_line(item, amount.into(), None);
    }

    /// Writes a line about something: an item that occurs more than once says what each is about.
    #[inline]
    pub fn line_about(&mut self, item: I, subject: impl Into<String>, amount: impl Into<Decimal>) {
        self.push_line(item, amount.into(), Some(subject.into()));
    }

    /// Writes a line that the steps of the line before lead to as well, such as the employer's
    /// share of what one sentence computes for both sides.
    #[inline]
    pub fn further_line(&mut self, item: I, amount: impl Into<Decimal>) {
        if self.explain {
            self.lead_last_steps_further();
        }
        self.push_line(item, amount.into(), None);
    }

    #[inline]
    fn push_line(&mut self, item: I, amount: Decimal, subject: Option<String>) {
        const { assert!(!I::ITEMS.is_empty(), "the rule declares no items") };
        if self.led < self.steps.len() {
            self.lead_steps_to_next_line();
        }
        let amount = exact::contract_decimal(amount);
        self.subjects |= subject.is_some();
        self.lines.push(Line::new(item.position(), amount, subject));
    }

    #[cold]
    fn lead_steps_to_next_line(&mut self) {
        let line = u32::try_from(self.lines.len()).ok();
        for step in self.steps.iter_mut().skip(self.led) {
            step.line = line;
        }
        self.led = self.steps.len();
    }

    /// The last of so many steps leads to the last line.
    #[cold]
    pub(crate) fn lead_to_last_line(&mut self, steps: usize) {
        let line = self.lines.len().checked_sub(1).and_then(|last| u32::try_from(last).ok());
        if let Some(step) = steps.checked_sub(1).and_then(|at| self.steps.get_mut(at)) {
            step.line = line;
        }
    }

    /// A step leads to one line in the contract, so it is repeated for the next one.
    #[cold]
    fn lead_last_steps_further(&mut self) {
        let next = u32::try_from(self.lines.len()).ok();
        let last = self.lines.len().checked_sub(1).and_then(|last| u32::try_from(last).ok());
        let repeated: Vec<contract::Step> = (self.steps.iter().take(self.led))
            .filter(|step| last.is_some() && step.line == last)
            .map(|step| contract::Step { line: next, ..step.clone() })
            .collect();
        let count = repeated.len();
        self.steps.splice(self.led..self.led, repeated);
        self.led += count;
    }

    /// Writes a finding; what it returns takes the subject, the day, the limit and the value found.
    #[inline]
    pub fn finding(&mut self, finding: F) -> &mut FindingDraft {
        const { assert!(!F::FINDINGS.is_empty(), "the rule declares no findings") };
        self.findings.push(FindingDraft(contract::Finding {
            kind: finding.position(),
            subject: None,
            on: None,
            limit: None,
            actual: None,
        }));
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    /// The outcome in the contract's form.
    #[inline]
    pub fn into_contract(self) -> contract::Outcome {
        let Parts { lines, findings, steps, .. } = self.into_parts();
        contract::Outcome { lines: lines.iter().map(Line::to_contract).collect(), findings, steps }
    }

    /// The outcome with its lines where the host will read them.
    #[inline]
    pub(crate) fn into_parts(self) -> Parts {
        let findings = self.findings.into_iter().map(|draft| draft.0).collect();
        Parts { lines: self.lines, subjects: self.subjects, findings, steps: self.steps }
    }

    pub(crate) fn canonical_lines(&self) -> &[Line] {
        &self.lines
    }

    pub(crate) fn contract_findings(&self) -> impl Iterator<Item = &contract::Finding> {
        self.findings.iter().map(|draft| &draft.0)
    }

    pub(crate) fn contract_steps(&self) -> &[contract::Step] {
        &self.steps
    }
}

impl FindingDraft {
    /// What it is about: a week, an entry, a criterion.
    pub fn about(&mut self, subject: impl Into<String>) -> &mut Self {
        self.0.subject = Some(subject.into());
        self
    }

    /// The day that it concerns.
    pub fn on(&mut self, day: Date) -> &mut Self {
        self.0.on = Some(exact::contract_date(day));
        self
    }

    /// What the law or the policy allows.
    pub fn limit(&mut self, limit: impl Into<Decimal>) -> &mut Self {
        self.0.limit = Some(exact::contract_decimal(limit.into()));
        self
    }

    /// What was found.
    pub fn actual(&mut self, actual: impl Into<Decimal>) -> &mut Self {
        self.0.actual = Some(exact::contract_decimal(actual.into()));
        self
    }
}
