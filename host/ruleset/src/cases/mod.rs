//! `cases/<name>.toml`: an input with its expected outcome, readable for a lawyer, run by the host
//! when the version is published.

mod accept;
mod compare;
mod parse;

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use stele_engine::contract::Description;

use super::calculation::{Calculation, CalculationError};
use super::defect::Defect;
use super::outcome::Outcome;
pub use accept::{Accepted, NotAcceptable};

/// One case.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Path inside the package.
    pub file: String,
    /// What the case shows.
    pub title: String,
    /// The publication that it was taken from.
    pub source: Option<String>,
    /// The date of the calculation.
    pub date: Date,
    /// The facts, as they would be sent.
    pub facts: Map<String, Json>,
    /// What must come out.
    pub expected: Expected,
}

/// What a case expects.
#[derive(Debug, Clone, PartialEq)]
pub enum Expected {
    /// An outcome.
    Outcome {
        /// Whether no other lines may appear.
        complete: bool,
        /// Amounts by item and subject.
        lines: BTreeMap<(String, Option<String>), Decimal>,
        /// Every finding of the rule, in any order.
        findings: Vec<ExpectedFinding>,
    },
    /// A refusal, by the rule or because of the facts.
    Fault {
        /// The fact at fault, as a JSON pointer inside the facts.
        pointer: Option<String>,
        /// What the message must contain.
        contains: Option<String>,
    },
}

/// A finding that must occur. What is not given is not compared.
#[derive(Debug, Clone, PartialEq)]
pub struct ExpectedFinding {
    /// Its name.
    pub finding: String,
    /// What it is about.
    pub subject: Option<String>,
    /// The day that it concerns.
    pub on: Option<Date>,
    /// What is allowed.
    pub limit: Option<Decimal>,
    /// What was found.
    pub actual: Option<Decimal>,
}

/// One thing that is not as a case expects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Mismatch {
    /// What it is: `tax`, `score/quality`, `finding`, `answer`.
    pub about: String,
    /// What should be; none: nothing.
    pub expected: Option<String>,
    /// What is; none: nothing.
    pub found: Option<String>,
    /// How far they are apart.
    pub note: Option<String>,
}

impl Mismatch {
    fn of(about: &str, expected: impl Into<String>, found: impl Into<String>) -> Self {
        let (expected, found) = (Some(expected.into()), Some(found.into()));
        Self { about: about.to_owned(), expected, found, note: None }
    }
}

impl std::fmt::Display for Mismatch {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
        let (expected, found) = (value(&self.expected), value(&self.found));
        write!(formatter, "{}: expected {expected}, found {found}", self.about)?;
        match &self.note {
            Some(note) => write!(formatter, " ({note})"),
            None => Ok(()),
        }
    }
}

impl Case {
    /// Reads a case; every problem is reported at once.
    pub fn parse(file: &str, text: &str, description: &Description) -> Result<Self, Vec<Defect>> {
        parse::parse(file, text, description)
    }

    /// What differs from what was expected, whoever ran the rule. Empty: the case holds.
    pub fn differences(
        &self,
        description: &Description,
        answer: Result<&Outcome, &CalculationError>,
    ) -> Vec<Mismatch> {
        compare::differences(&self.expected, description, answer)
    }

    /// The text of the case with what came out in the place of what it expects. Comments, the
    /// order of keys and everything that holds stay as they are. None: the case holds.
    pub fn accept(
        &self,
        text: &str,
        description: &Description,
        answer: &Result<Calculation, CalculationError>,
    ) -> Result<Option<Accepted>, NotAcceptable> {
        accept::accept(self, text, description, answer)
    }

    /// The text of the case with every line that came out and that it does not list yet. What it
    /// lists stays as it is. None: it lists them all, must list them all, or shows a refusal.
    pub fn complete(
        &self,
        text: &str,
        description: &Description,
        answer: &Result<Calculation, CalculationError>,
    ) -> Result<Option<Accepted>, NotAcceptable> {
        accept::complete(self, text, description, answer)
    }
}
