//! A calculation by names and texts, as it is kept for years, and back to positions.
//!
//! Lines and findings are written in the order of RFC 8785, so the JSON of a [`RecordedOutcome`] is
//! the very text whose SHA-256 is the outcome's digest. Nothing here is in a language of people.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use stele_digest::Digest;
use stele_engine::contract::{self, Origin, Scalar, Value};

use super::calculation::{Calculation, CalculationError, Written};
use super::canonical;
use super::moment::{date_from_text, date_text, date_time_from_text, date_time_text};
use super::number::{contract_text, decimal_from_text, normal_text};
use super::outcome::{Finding, Line, Outcome, Step};
use super::version::Ruleset;

/// Lines and findings by name. The members stand in the order of their names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedOutcome {
    /// What the rule found.
    pub findings: Vec<RecordedFinding>,
    /// Items and amounts, in the order in which they are shown.
    pub lines: Vec<RecordedLine>,
}

/// An item and its exact amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedLine {
    /// The amount, without zeros after the last digit that counts.
    pub amount: String,
    /// Name of the item.
    pub item: String,
    /// What tells lines of the same item apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

/// Something that the rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedFinding {
    /// What was found, in the finding's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<String>,
    /// Name of the finding.
    pub finding: String,
    /// What is allowed, in the finding's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    /// The day that it concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

/// How a line or a figure came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedStep {
    /// Name of the step.
    pub step: String,
    /// Position of the line that it leads to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// One for each declared argument.
    pub values: Vec<RecordedValue>,
    /// What its formula gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<RecordedValue>,
}

/// A value in a step. Steps declare no types, so each value carries its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordedValue {
    /// None was given.
    None,
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(String),
    /// An exact number.
    Decimal(String),
    /// A text.
    Text(String),
    /// A day.
    Date(String),
    /// A moment with its offset.
    DateTime(String),
    /// A choice by its position.
    Choice(u32),
    /// Rows of a table.
    Table(Vec<Vec<RecordedValue>>),
}

/// Why what is recorded does not fit the version that it names.
#[derive(Debug, thiserror::Error)]
pub enum RecallError {
    /// The version declares nothing of that name, or the text is no value of its kind.
    #[error("{what} {name:?} is not one of {ruleset}")]
    Unknown {
        /// `the item`, `the finding`, `the step`, `the value`.
        what: &'static str,
        /// What was recorded.
        name: String,
        /// Name and version of the ruleset.
        ruleset: String,
    },
    /// Facts or date are not ones of the version.
    #[error(transparent)]
    Calculation(#[from] CalculationError),
}

impl RecordedOutcome {
    /// SHA-256 over the canonical JSON: the digest of the outcome that this was.
    pub fn digest(&self) -> Digest {
        Digest::of(&serde_json::to_vec(self).unwrap_or_default())
    }
}

impl Calculation {
    /// Canonical JSON (RFC 8785) of the facts as the rule saw them; its SHA-256 is their digest.
    pub fn facts_json(&self) -> &[u8] {
        &self.written.facts
    }

    /// Canonical JSON of lines and findings; its SHA-256 is the outcome's digest.
    pub fn outcome_json(&self) -> &[u8] {
        &self.written.outcome
    }

    /// Lines and findings by name.
    pub fn recorded_outcome(&self, ruleset: &Ruleset) -> RecordedOutcome {
        let description = ruleset.description();
        let number = |value: Option<Decimal>| value.map(normal_text);
        RecordedOutcome {
            findings: (self.outcome.findings.iter())
                .map(|finding| RecordedFinding {
                    actual: number(finding.actual),
                    finding: name_at(&description.findings, finding.kind, |kind| &kind.name),
                    limit: number(finding.limit),
                    on: finding.on,
                    subject: finding.subject.clone(),
                })
                .collect(),
            lines: (self.outcome.lines.iter())
                .map(|line| RecordedLine {
                    amount: normal_text(line.amount),
                    item: name_at(&description.items, line.item, |item| &item.name),
                    subject: line.subject.clone(),
                })
                .collect(),
        }
    }

    /// The steps by name; empty unless they were asked for.
    pub fn recorded_steps(&self, ruleset: &Ruleset) -> Vec<RecordedStep> {
        let kinds = &ruleset.description().steps;
        let step = |step: &Step| RecordedStep {
            step: name_at(kinds, step.kind, |kind| &kind.name),
            line: step.line,
            values: step.values.iter().map(RecordedValue::of).collect(),
            result: step.result.as_ref().map(RecordedValue::of_scalar),
        };
        self.outcome.steps.iter().map(step).collect()
    }
}

impl Ruleset {
    /// The facts that a caller would have to give to have the rule see these: all but those that
    /// are the date of the calculation. Of these, one that is another date is kept, so that it is
    /// refused as every given one is.
    pub fn given_facts(&self, mut facts: Map<String, Json>, date: Date) -> Map<String, Json> {
        for field in &self.description().facts {
            let is_date = |value: &mut Json| value.as_str() == Some(&date.to_string());
            if field.origin == Origin::CalculationDate
                && facts.get_mut(&*field.name).is_some_and(is_date)
            {
                facts.remove(&*field.name);
            }
        }
        facts
    }

    /// The calculation that was recorded, without running the rule again.
    pub fn recall(
        &self,
        date: Date,
        facts: &Map<String, Json>,
        outcome: &RecordedOutcome,
        steps: &[RecordedStep],
        fuel: u64,
    ) -> Result<Calculation, RecallError> {
        let given = self.given_facts(facts.clone(), date);
        let (in_force, facts) = self.prepare(date, &given)?;
        let outcome = self.positions(outcome, steps)?;
        let written = Written {
            facts: self.layout().json(&self.description().facts, &facts),
            outcome: canonical::outcome_json(self.description(), &outcome),
        };
        let digests = written.digests(in_force);
        let unconfirmed = self.parameters().unconfirmed(in_force, &facts);
        let left_out = self.touches().touched(&facts);
        let calculation = Calculation {
            date,
            facts,
            in_force: in_force.clone(),
            outcome,
            written,
            digests,
            fuel,
            unconfirmed,
            left_out,
            standing: None,
            stale: Vec::new(),
        };
        Ok(calculation.adding_up(self)?)
    }

    fn positions(
        &self,
        outcome: &RecordedOutcome,
        steps: &[RecordedStep],
    ) -> Result<Outcome, RecallError> {
        let description = self.description();
        let number =
            |text: &String| decimal_from_text(text).map_err(|_| self.unknown("the value", text));
        let optional = |text: &Option<String>| text.as_ref().map(number).transpose();
        let line = |line: &RecordedLine| {
            let item = description.items.iter().position(|item| item.name == line.item);
            Ok(Line {
                item: item.ok_or_else(|| self.unknown("the item", &line.item))?,
                amount: number(&line.amount)?,
                subject: line.subject.clone(),
            })
        };
        let finding = |finding: &RecordedFinding| {
            let kind = description.findings.iter().position(|kind| kind.name == finding.finding);
            Ok(Finding {
                kind: kind.ok_or_else(|| self.unknown("the finding", &finding.finding))?,
                subject: finding.subject.clone(),
                on: finding.on,
                limit: optional(&finding.limit)?,
                actual: optional(&finding.actual)?,
            })
        };
        let step = |step: &RecordedStep| {
            let kind = description.steps.iter().position(|kind| kind.name == step.step);
            let hidden = || self.unknown("the value", HIDDEN);
            let value = |value: &RecordedValue| value.value().ok_or_else(hidden);
            let scalar = |value: &RecordedValue| value.scalar().ok_or_else(hidden);
            Ok(Step {
                kind: kind.ok_or_else(|| self.unknown("the step", &step.step))?,
                line: step.line,
                values: step.values.iter().map(value).collect::<Result<_, RecallError>>()?,
                result: step.result.as_ref().map(scalar).transpose()?,
            })
        };
        Ok(Outcome {
            lines: outcome.lines.iter().map(line).collect::<Result<_, RecallError>>()?,
            findings: outcome.findings.iter().map(finding).collect::<Result<_, RecallError>>()?,
            steps: steps.iter().map(step).collect::<Result<_, RecallError>>()?,
        })
    }

    fn unknown(&self, what: &'static str, name: &str) -> RecallError {
        let manifest = self.manifest();
        RecallError::Unknown {
            what,
            name: name.chars().take(80).collect(),
            ruleset: format!("{} {}", manifest.name, manifest.version),
        }
    }
}

impl RecordedValue {
    fn of(value: &Value) -> Self {
        let row = |row: &Vec<Scalar>| row.iter().map(Self::of_scalar).collect();
        match value {
            Value::Scalar(scalar) => Self::of_scalar(scalar),
            Value::Table(rows) => Self::Table(rows.iter().map(row).collect()),
        }
    }

    fn of_scalar(scalar: &Scalar) -> Self {
        match scalar {
            Scalar::None => Self::None,
            Scalar::Boolean(value) => Self::Boolean(*value),
            Scalar::Integer(value) => Self::Integer(value.to_string()),
            Scalar::Decimal(value) => Self::Decimal(contract_text(*value)),
            Scalar::Text(text) => Self::Text(text.clone()),
            Scalar::Date(date) => Self::Date(date_text(*date)),
            Scalar::DateTime(moment) => Self::DateTime(date_time_text(moment)),
            Scalar::Choice(position) => Self::Choice(*position),
        }
    }

    fn value(&self) -> Option<Value> {
        let row = |row: &Vec<Self>| row.iter().map(Self::scalar).collect();
        Some(match self {
            Self::Table(rows) => Value::Table(rows.iter().map(row).collect::<Option<_>>()?),
            scalar => Value::Scalar(scalar.scalar()?),
        })
    }

    /// None: it is no scalar, or no text of one.
    fn scalar(&self) -> Option<Scalar> {
        Some(match self {
            Self::None => Scalar::None,
            Self::Boolean(value) => Scalar::Boolean(*value),
            Self::Integer(text) => Scalar::Integer(text.parse().ok()?),
            Self::Decimal(text) => Scalar::Decimal(decimal_from_text(text).ok()?.into()),
            Self::Text(text) => Scalar::Text(text.clone()),
            Self::Date(text) => Scalar::Date(contract::Date::try_from(date_from_text(text)?).ok()?),
            Self::DateTime(text) => Scalar::DateTime(date_time_from_text(text)?),
            Self::Choice(position) => Scalar::Choice(*position),
            Self::Table(_) => return None,
        })
    }
}

/// What an error says in place of a value, which may be somebody's pay.
const HIDDEN: &str = "(not shown)";

/// The declared name of a position. The engine has checked that there is one.
fn name_at<T>(declared: &[T], position: usize, name: fn(&T) -> &String) -> String {
    declared.get(position).map(name).cloned().unwrap_or_default()
}
