//! An explanation as it is shown.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use serde_json::Value;
use stele_digest::Digest;
use stele_ruleset::{SeverityView, Shown};
use stele_store::{EmployeeId, EmploymentId, ResultId, Slot};
use uuid::Uuid;

use crate::result::{FactOrigin, calculation::Receipt};

/// An explanation in a language.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Explanation {
    /// BCP 47 tag of the language of labels and steps.
    pub language: String,
    /// BCP 47 tag of the language of the sentences around them, and of numbers and dates in all.
    pub words: &'static str,
    /// What it is, in a line.
    pub title: String,
    /// What the reader is looking at, in a few sentences.
    pub introduction: Vec<String>,
    /// Which result it is.
    pub result: ExplainedResult,
    /// Items and amounts in the order in which they are shown, each with how it came about.
    pub lines: Vec<ExplainedLine>,
    /// Steps that lead to no single line.
    pub other_steps: Vec<ExplainedStep>,
    /// Breaches, warnings and notes.
    pub findings: Vec<ExplainedFinding>,
    /// The facts that were used.
    pub facts: Vec<ExplainedFact>,
    /// The values of the law that were used, each once.
    pub parameters: Vec<ExplainedParameter>,
    /// On whose authority the version was in force.
    pub authority: Authority,
    /// What the reader can do to have it checked, in sentences.
    pub checking: Vec<String>,
    /// What is needed to reproduce it.
    pub receipt: Receipt,
}

/// Which result it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ExplainedResult {
    /// Its identifier.
    pub id: ResultId,
    /// The employee, if it is one's.
    pub employee: Option<EmployeeId>,
    /// The employment, where the employee's are told apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub employment: Option<EmploymentId>,
    /// The slot that was asked.
    pub slot: Slot,
    /// The date whose law and facts hold.
    pub date: Date,
    /// Everything recorded up to then was taken into account.
    pub known_at: Timestamp,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who had it calculated.
    pub recorded_by: String,
    /// Salted SHA-256, as in the audit log.
    pub digest: Digest,
    /// Position of its batch's entry in the audit log.
    pub audit_sequence: u64,
}

/// A line and how it came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ExplainedLine {
    /// Name of the item.
    pub code: String,
    /// Label of the item, with its subject if it has one.
    pub label: String,
    /// Label of its group.
    pub category: String,
    /// The exact amount.
    pub amount: String,
    /// The same as the reader writes numbers.
    pub shown: String,
    /// What it counts.
    pub unit: Option<String>,
    /// The provision that the item rests on.
    pub citation: Option<String>,
    /// How it came about. Never empty: a rule that gives no step is said to give none.
    pub steps: Vec<ExplainedStep>,
}

/// One step of a computation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ExplainedStep {
    /// The sentence with its numbers; the formula where the rule gives no sentence.
    pub text: String,
    /// What was worked out and how, with labels, values and result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formula: Option<String>,
    /// The provision that it applies.
    pub citation: Option<String>,
    /// The values of the law that it used, as positions in [`Explanation::parameters`].
    pub parameters: Vec<usize>,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ExplainedFinding {
    /// Name of the finding.
    pub code: String,
    /// How grave it is.
    pub severity: SeverityView,
    /// The sentence with its values.
    pub message: String,
    /// The provision that it rests on.
    pub citation: Option<String>,
}

/// A fact that was used.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ExplainedFact {
    /// Name of the fact.
    pub name: String,
    /// Label of the fact.
    pub label: String,
    /// The value as the rule saw it.
    pub value: Value,
    /// The value for people.
    pub shown: Shown,
    /// What a number counts.
    pub unit: Option<String>,
    /// Where it came from.
    pub origin: FactOrigin,
    /// The same in words.
    pub origin_text: String,
}

/// A value of the law that was used.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ExplainedParameter {
    /// Name of the parameter.
    pub name: String,
    /// Label of the parameter, with the row that it is of a table that is dated row by row.
    pub label: String,
    /// First day on which the value holds.
    #[schema(format = Date)]
    pub from: String,
    /// Last day, if it ends by itself.
    #[schema(format = Date)]
    pub until: Option<String>,
    /// The same in words.
    pub in_force: String,
    /// The value as it is published.
    pub value: Value,
    /// The value for people.
    pub shown: Shown,
    /// What a number counts.
    pub unit: Option<String>,
    /// Law, article or publication.
    pub source: String,
    /// The publication could not be seen.
    pub unconfirmed: bool,
}

/// On whose authority a version was in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Authority {
    /// Name of the ruleset.
    pub ruleset: String,
    /// Its version.
    pub version: String,
    /// Digest of the package.
    pub digest: Digest,
    /// The activation.
    pub activation: Uuid,
    /// First date for which it holds; none where the activation can not be found.
    pub valid_from: Option<Date>,
    /// Who said what and when, in order.
    pub decisions: Vec<AuthorityDecision>,
    /// The same in sentences.
    pub sentences: Vec<String>,
}

/// What somebody did for a version to be in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct AuthorityDecision {
    /// `proposed`, `approved`, `amended`, `confirmed`, `activated`.
    pub what: &'static str,
    /// Their name.
    pub who: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Why, in their words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
