//! What a review consists of. Texts are in the reader's language as far as the version speaks it.

use jiff::civil::Date;
use serde::Serialize;
use stele_digest::Digest;
use stele_formulas::labelled::Part;

use crate::render::{SeverityView, Shown};

/// A version for someone who reads no code.
#[derive(Debug, Clone, Serialize)]
pub struct Review {
    /// Name of the ruleset.
    pub ruleset: String,
    /// Its version.
    pub version: String,
    /// What identifies the package.
    pub digest: Digest,
    /// What the ruleset is called.
    pub title: String,
    /// What it computes, as the rule says it.
    pub meaning: String,
    /// Kind of the ruleset.
    pub kind: String,
    /// The currency of its amounts.
    pub currency: Option<String>,
    /// BCP 47 tag of the language of labels.
    pub language: String,
    /// BCP 47 tag of the language of the host's own words, numbers and dates.
    pub words: &'static str,
    /// The day whose values are shown.
    pub date: Date,
    /// The days for which it holds.
    pub validity: String,
    /// Why no longer.
    pub validity_source: Option<String>,
    /// What it does not cover.
    pub leaves_out: Vec<ReviewedGap>,
    /// What must be known.
    pub facts: Vec<ReviewedFact>,
    /// What is computed, in the order of the text.
    pub formulas: Vec<ReviewedFormula>,
    /// Functions of its own.
    pub functions: Vec<ReviewedFormula>,
    /// What may be found.
    pub findings: Vec<ReviewedFinding>,
    /// What is refused.
    pub refusals: Vec<ReviewedRefusal>,
    /// The values of the law on the day.
    pub values: Vec<ReviewedValue>,
    /// The cases, as far as they are shown.
    pub cases: Vec<ReviewedCase>,
    /// How many are not shown.
    pub more_cases: usize,
}

/// Something that is not covered.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewedGap {
    /// What it is.
    pub what: String,
    /// The facts that touch it.
    pub when: Vec<String>,
}

/// A fact that is taken.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewedFact {
    /// Its label.
    pub label: String,
    /// What it is, as the rule says it.
    pub meaning: String,
    /// It must be given.
    pub required: bool,
    /// What it counts.
    pub unit: Option<String>,
    /// The choices, or the columns of a table.
    pub parts: Vec<String>,
}

/// Something that is computed.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewedFormula {
    /// Its declared name.
    pub name: String,
    /// Its label.
    pub label: String,
    /// What it is, as the rule says it.
    pub meaning: String,
    /// Group of a line; none of an intermediate value.
    pub category: Option<String>,
    /// What it counts.
    pub unit: Option<String>,
    /// The element and the list of a line that is there for each of them.
    pub each: Option<Vec<Part>>,
    /// When the line is there.
    pub when: Option<Vec<Part>>,
    /// How it is computed, with labels.
    pub formula: Vec<Part>,
    /// The formula as it is written; none where the rule is not made of formulas.
    pub text: Option<String>,
    /// The provision that it rests on.
    pub citation: Option<String>,
}

/// Something that may be found.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewedFinding {
    /// How grave it is.
    pub severity: SeverityView,
    /// The sentence, with its placeholders.
    pub sentence: String,
    /// When it is found; none where the rule is not made of formulas.
    pub when: Option<Vec<Part>>,
    /// What is allowed, and what was found.
    pub compared: Vec<(String, Vec<Part>)>,
    /// The provision that it rests on.
    pub citation: Option<String>,
}

/// Something that is refused.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewedRefusal {
    /// What is at fault.
    pub of: Option<String>,
    /// When.
    pub when: Vec<Part>,
    /// What is said.
    pub message: String,
    /// The provision that it rests on.
    pub citation: Option<String>,
}

/// A value of the law.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewedValue {
    /// Its label.
    pub label: String,
    /// What it is, as the rule says it.
    pub meaning: String,
    /// What it counts.
    pub unit: Option<String>,
    /// The value.
    pub shown: Shown,
    /// For each row that is shown, the position of its source; empty where all have one.
    pub row_sources: Vec<usize>,
    /// How many rows are not shown.
    pub more_rows: usize,
    /// Where it stands.
    pub sources: Vec<ReviewedSource>,
}

/// Where a value stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReviewedSource {
    /// Since when it holds.
    pub in_force: String,
    /// Law, article or publication.
    pub source: String,
    /// The publication could not be seen.
    pub unconfirmed: bool,
    /// A remark of the author.
    pub note: Option<String>,
}

/// A case, calculated.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewedCase {
    /// What it shows.
    pub title: String,
    /// The publication that it was taken from.
    pub source: Option<String>,
    /// The date of the calculation.
    pub date: String,
    /// The facts, each with its label.
    pub facts: Vec<(String, Shown)>,
    /// The lines, each with its label and amount.
    pub lines: Vec<(String, String)>,
    /// The findings.
    pub findings: Vec<(SeverityView, String)>,
    /// Why there is no outcome.
    pub refused: Option<String>,
    /// What came out is what the case expects.
    pub holds: bool,
}
