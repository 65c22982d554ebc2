//! `cases/<name>.toml`: an input with its expected outcome, readable for a lawyer, run by the host
//! when the version is published.

mod compare;
mod parse;

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};
use stele_engine::contract::Description;

use super::calculation::{Calculation, CalculationError};
use super::defect::Defect;

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

impl Case {
    /// Reads a case; every problem is reported at once.
    pub fn parse(file: &str, text: &str, description: &Description) -> Result<Self, Vec<Defect>> {
        parse::parse(file, text, description)
    }

    /// What differs from what was expected, a line each. Empty: the case holds.
    pub fn differences(
        &self,
        description: &Description,
        answer: &Result<Calculation, CalculationError>,
    ) -> Vec<String> {
        compare::differences(&self.expected, description, answer)
    }
}
