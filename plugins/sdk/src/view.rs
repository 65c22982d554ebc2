//! Reads an outcome back, for the tests of a rule.

use crate::canonical::Line;
use crate::contract::{Scalar, Value};
use crate::exact;
use crate::moment::DateTime;
use crate::outcome::Outcome;
use crate::rule::{Findings, Items, Steps};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::fmt;

/// A line as a test reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct LineView<'a, I> {
    /// The item.
    pub item: I,
    /// The item's name.
    pub name: &'static str,
    /// The amount.
    pub amount: Decimal,
    /// What the line is about.
    pub subject: Option<&'a str>,
}

/// A finding as a test reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingView<'a, F> {
    /// The finding.
    pub finding: F,
    /// The finding's name.
    pub name: &'static str,
    /// What it is about.
    pub subject: Option<&'a str>,
    /// The day that it concerns.
    pub on: Option<Date>,
    /// What the law or the policy allows.
    pub limit: Option<Decimal>,
    /// What was found.
    pub actual: Option<Decimal>,
}

/// A step as a test reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct StepView {
    /// The step's name.
    pub name: &'static str,
    /// Its English sentence, with the arguments filled in; of a formula, what it gives and of what,
    /// without the host's labels.
    pub text: String,
    /// What its formula gives.
    pub result: Option<Decimal>,
    /// Position of the line that it leads to.
    pub line: Option<usize>,
}

impl<I: Items, F: Findings, S: Steps> Outcome<I, F, S> {
    /// The amount of the first line of that item.
    pub fn amount(&self, item: I) -> Option<Decimal> {
        let position = item.position();
        let line = self.canonical_lines().iter().find(|line| line.item == position)?;
        exact::decimal(&line.amount())
    }

    /// The amount of the line of that item about that subject.
    pub fn amount_about(&self, item: I, subject: &str) -> Option<Decimal> {
        let position = item.position();
        let about = |line: &&Line| line.item == position && line.subject() == Some(subject);
        exact::decimal(&self.canonical_lines().iter().find(about)?.amount())
    }

    /// The lines, in order.
    pub fn lines(&self) -> impl Iterator<Item = LineView<'_, I>> {
        self.canonical_lines().iter().filter_map(|line| {
            Some(LineView {
                item: *I::ALL.get(line.item as usize)?,
                name: I::ITEMS.get(line.item as usize)?.name,
                amount: exact::decimal(&line.amount())?,
                subject: line.subject(),
            })
        })
    }

    /// The findings, in order.
    pub fn findings(&self) -> impl Iterator<Item = FindingView<'_, F>> {
        self.contract_findings().filter_map(|finding| {
            Some(FindingView {
                finding: *F::ALL.get(finding.kind as usize)?,
                name: F::FINDINGS.get(finding.kind as usize)?.name,
                subject: finding.subject.as_deref(),
                on: finding.on.and_then(exact::date),
                limit: finding.limit.as_ref().and_then(exact::decimal),
                actual: finding.actual.as_ref().and_then(exact::decimal),
            })
        })
    }

    /// The steps, in order.
    pub fn steps(&self) -> impl Iterator<Item = StepView> {
        self.contract_steps().iter().filter_map(|step| {
            let declared = S::STEPS.get(step.kind as usize)?;
            let result = match &step.result {
                Some(Scalar::Decimal(result)) => exact::decimal(result),
                _ => None,
            };
            let values = declared.arguments.iter().map(|argument| argument.name).zip(&step.values);
            let text = match (declared.text, result) {
                (Some(sentence), _) => values.fold(sentence.to_owned(), |text, (name, value)| {
                    text.replace(&format!("{{{name}}}"), &of_argument(value))
                }),
                (None, result) => {
                    let of: Vec<String> = values
                        .map(|(name, value)| format!("{name} {}", of_argument(value)))
                        .collect();
                    format!("{}: {}", result.unwrap_or_default().normalize(), of.join(", "))
                }
            };
            let line = step.line.map(|line| line as usize);
            Some(StepView { name: declared.name, text, result, line })
        })
    }
}

fn of_argument(value: &Value) -> String {
    match value {
        Value::Scalar(scalar) => display(scalar),
        Value::Table(rows) => format!("{} rows", rows.len()),
    }
}

fn display(value: &Scalar) -> String {
    match value {
        Scalar::None => "–".to_owned(),
        Scalar::Boolean(value) => value.to_string(),
        Scalar::Integer(value) => value.to_string(),
        Scalar::Decimal(value) => {
            exact::decimal(value).map(|value| value.normalize().to_string()).unwrap_or_default()
        }
        Scalar::Text(text) => text.clone(),
        Scalar::Date(date) => exact::date(*date).map(|date| date.to_string()).unwrap_or_default(),
        Scalar::DateTime(moment) => {
            DateTime::from_contract(*moment).map(|moment| moment.to_string()).unwrap_or_default()
        }
        Scalar::Choice(position) => position.to_string(),
    }
}

/// One line an entry, so that a failing test shows what the rule yielded.
impl<I: Items, F: Findings, S: Steps> fmt::Debug for Outcome<I, F, S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in self.lines() {
            write!(formatter, "{}", line.name)?;
            if let Some(subject) = line.subject {
                write!(formatter, "/{subject}")?;
            }
            writeln!(formatter, " = {}", line.amount)?;
        }
        for finding in self.findings() {
            write!(formatter, "{}", finding.name)?;
            if let Some(subject) = finding.subject {
                write!(formatter, "/{subject}")?;
            }
            if let Some(on) = finding.on {
                write!(formatter, " on {on}")?;
            }
            writeln!(formatter, ": limit {:?}, actual {:?}", finding.limit, finding.actual)?;
        }
        for step in self.steps() {
            writeln!(formatter, "{}: {}", step.name, step.text)?;
        }
        Ok(())
    }
}
