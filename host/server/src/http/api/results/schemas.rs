//! How the runtime's documents about recorded results look, for the API's description only; see
//! `schemas`.

#![allow(dead_code, reason = "only the schemas of these structs are used")]

use serde_json::Value;
use utoipa::ToSchema;

use crate::http::api::schemas::{ActorSchema, ReceiptSchema};

/// A recorded result in a list.
#[derive(ToSchema)]
#[schema(as = ResultHeading)]
pub(crate) struct ResultHeadingSchema {
    /// Its identifier.
    pub id: String,
    /// The slot that was asked.
    pub slot: String,
    /// Kind of the ruleset.
    #[schema(example = "payroll")]
    pub kind: String,
    /// The date that it was calculated for.
    #[schema(format = Date)]
    pub date: String,
    /// SHA-256 over its salt and its content.
    pub digest: String,
    /// When it was recorded.
    #[schema(format = DateTime)]
    pub recorded_at: String,
}

/// What came of running a recorded result again.
#[derive(ToSchema)]
#[schema(as = Replay)]
pub(crate) struct ReplaySchema {
    /// Which result.
    pub result: Option<String>,
    /// Whether nothing differs. Fuel and versions of programs are not part of it.
    pub identical: bool,
    /// How it ran when it was recorded.
    pub recorded: Option<RanSchema>,
    /// How it ran now; none where it did not run to its end.
    pub replayed: Option<RanSchema>,
    /// Everything that differs: `part` says what (`audit_log`, `content`, `result`, `version`,
    /// `package`, `component`, `parameters`, `facts`, `stored_outcome`, `outcome`, `line`,
    /// `finding`, `failed`), `recorded` and `replayed` or `found` say how.
    pub differences: Vec<Value>,
}

/// A run of a rule.
#[derive(ToSchema)]
#[schema(as = Ran)]
pub(crate) struct RanSchema {
    /// Digest of lines and findings.
    pub outcome_digest: String,
    /// Fuel that it took.
    pub fuel: u64,
    /// Version of the host.
    pub host_version: String,
    /// Version of the engine.
    pub engine_version: String,
    /// Version of the contract between host and rule.
    pub contract_version: String,
}

/// How far the erasure of an employee has come.
#[derive(ToSchema)]
#[schema(as = Erasure)]
pub(crate) struct ErasureSchema {
    /// Who.
    pub employee: String,
    /// When it was first asked for.
    #[schema(format = DateTime)]
    pub asked_at: String,
    /// By whom.
    pub asked_by: ActorSchema,
    /// When it was last carried on.
    #[schema(format = DateTime)]
    pub recorded_at: String,
    /// `{"state": "none"}`, `{"state": "erased"}`, or `{"state": "retained", "until": date}`.
    pub attributes: Value,
    /// Results that are erased: they can no longer be read or run again.
    pub erased: Vec<String>,
    /// Results that must be kept for now.
    pub retained: Vec<RetainedSchema>,
    /// Whether nothing is left to erase.
    pub complete: bool,
}

/// A result that must be kept for now.
#[derive(ToSchema)]
#[schema(as = RetainedResult)]
pub(crate) struct RetainedSchema {
    /// Which.
    pub result: String,
    /// Kind of its ruleset, which decides how long.
    pub kind: String,
    /// The first day on which it may be erased.
    #[schema(format = Date)]
    pub until: String,
}

/// A recorded result explained to the one whom it concerns.
#[derive(ToSchema)]
#[schema(as = Explanation)]
pub(crate) struct ExplanationSchema {
    /// The language of labels and steps.
    pub language: String,
    /// The language of the sentences around them.
    pub words: String,
    /// What it is, in a line.
    pub title: String,
    /// What the reader is looking at, in a few sentences.
    pub introduction: Vec<String>,
    /// Which result it is, when it was recorded and by whom.
    pub result: Value,
    /// Items and amounts, each with the steps that lead to it.
    pub lines: Vec<ExplainedLineSchema>,
    /// Steps that lead to no single line.
    pub other_steps: Vec<ExplainedStepSchema>,
    /// Breaches, warnings and notes.
    pub findings: Vec<Value>,
    /// The facts that were used: `name`, `label`, `value`, `shown`, `unit`, `origin`, `origin_text`.
    pub facts: Vec<Value>,
    /// The values of the law that were used: `name`, `label`, `from`, `until`, `value`, `shown`,
    /// `unit`, `source`, `unconfirmed`.
    pub parameters: Vec<Value>,
    /// Who proposed, approved and activated the version, also in sentences.
    pub authority: Value,
    /// What the reader can do to have it checked.
    pub checking: Vec<String>,
    /// What is needed to reproduce it.
    pub receipt: ReceiptSchema,
}

/// A line and how it came about.
#[derive(ToSchema)]
#[schema(as = ExplainedLine)]
pub(crate) struct ExplainedLineSchema {
    /// Name of the item.
    pub code: String,
    /// Label of the item.
    pub label: String,
    /// Label of its group.
    pub category: String,
    /// The exact amount.
    pub amount: String,
    /// What it counts.
    pub unit: Option<String>,
    /// The provision that the item rests on.
    pub citation: Option<String>,
    /// How it came about.
    pub steps: Vec<ExplainedStepSchema>,
}

/// One sentence of a computation.
#[derive(ToSchema)]
#[schema(as = ExplainedStep)]
pub(crate) struct ExplainedStepSchema {
    /// The sentence with its numbers.
    pub text: String,
    /// The provision that it applies.
    pub citation: Option<String>,
    /// Positions in `parameters` of the values of the law that it used.
    pub parameters: Vec<u64>,
}
