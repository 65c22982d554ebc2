//! How the runtime's documents look, for the API's description only. The runtime writes them
//! itself and does not know OpenAPI; a test compares what it writes with what is said here.

#![allow(dead_code, reason = "only the schemas of these structs are used")]

use serde_json::Value;
use utoipa::ToSchema;

/// An item and its exact amount.
#[derive(ToSchema)]
#[schema(as = Line)]
pub(crate) struct LineSchema {
    /// Name of the item.
    #[schema(example = "income_tax")]
    pub code: String,
    /// What tells lines of the same item apart.
    pub subject: Option<String>,
    /// Label of the item.
    #[schema(example = "Individual income tax")]
    pub label: String,
    /// Group of the item.
    #[schema(example = "tax")]
    pub category: String,
    /// Label of the group.
    pub category_label: String,
    /// Exact amount.
    #[schema(example = "555.00")]
    pub amount: String,
    /// What the amount counts: the currency for money.
    #[schema(example = "CNY")]
    pub unit: Option<String>,
    /// The provision that the item rests on.
    pub citation: Option<String>,
}

/// A breach, a warning or a note.
#[derive(ToSchema)]
#[schema(as = Finding)]
pub(crate) struct FindingSchema {
    /// Name of the finding; `unconfirmed_parameter` where the host adds that the source of a
    /// value used could not be seen.
    pub code: String,
    /// `breach`, `warning` or `note`.
    pub severity: String,
    /// The sentence with its values.
    pub message: String,
    /// What it is about.
    pub subject: Option<String>,
    /// The day that it concerns.
    #[schema(format = Date)]
    pub on: Option<String>,
    /// What is allowed.
    pub limit: Option<String>,
    /// What was found.
    pub actual: Option<String>,
    /// What limit and actual value count.
    pub unit: Option<String>,
    /// The provision that it rests on.
    pub citation: Option<String>,
}

/// How a line came about.
#[derive(ToSchema)]
#[schema(as = Step)]
pub(crate) struct StepSchema {
    /// Name of the step.
    pub code: String,
    /// The sentence with its values.
    pub text: String,
    /// Position among the lines of the line that it leads to.
    pub line: Option<u64>,
    /// The provision that it applies.
    pub citation: Option<String>,
    /// The values in the sentence.
    pub arguments: Vec<ArgumentSchema>,
    /// The dated values of the law that it used.
    pub parameters: Vec<UsedParameterSchema>,
}

/// A value in a step.
#[derive(ToSchema)]
#[schema(as = Argument)]
pub(crate) struct ArgumentSchema {
    /// Name.
    pub name: String,
    /// Value as text.
    pub value: Option<String>,
    /// What it counts.
    pub unit: Option<String>,
}

/// A dated value of the law that a step used.
#[derive(ToSchema)]
#[schema(as = UsedParameter)]
pub(crate) struct UsedParameterSchema {
    /// Name of the parameter.
    pub name: String,
    /// Label of the parameter.
    pub label: String,
    /// First day on which the value holds.
    #[schema(format = Date)]
    pub from: String,
    /// Last day, if it ends by itself.
    #[schema(format = Date)]
    pub until: Option<String>,
    /// The value as text, or rows as objects.
    pub value: Value,
    /// What it counts.
    pub unit: Option<String>,
    /// Law, article or publication.
    pub source: String,
    /// The publication could not be seen.
    pub unconfirmed: bool,
}

/// What is needed to reproduce a result bit for bit.
#[derive(ToSchema)]
#[schema(as = Receipt)]
pub(crate) struct ReceiptSchema {
    /// Under which identifier the result is recorded, if it is.
    pub result: Option<String>,
    /// Name of the ruleset.
    pub ruleset: String,
    /// Its version.
    pub version: String,
    /// Digest of its package.
    pub digest: String,
    /// Digest of its component.
    pub component_digest: String,
    /// The slot.
    pub slot: String,
    /// The activation that put it in force.
    #[schema(format = "uuid")]
    pub activation: String,
    /// Valid time.
    #[schema(format = Date)]
    pub date: String,
    /// Recorded time: everything recorded up to here was taken into account.
    #[schema(format = DateTime)]
    pub known_at: String,
    /// Digest of the parameters in force.
    pub parameters_digest: String,
    /// Digest of the facts.
    pub facts_digest: String,
    /// The employee's revision, if an employee was named.
    pub employee_revision: Option<u64>,
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

/// A tenant.
#[derive(ToSchema)]
#[schema(as = Tenant)]
pub(crate) struct TenantSchema {
    /// Its identifier in paths.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// When it was made.
    #[schema(format = DateTime)]
    pub recorded_at: String,
}

/// A token without its secret.
#[derive(ToSchema)]
#[schema(as = Token)]
pub(crate) struct TokenSchema {
    /// Its identifier, for revoking it.
    #[schema(format = "uuid")]
    pub id: String,
    /// The tenant; none for the operator's.
    pub tenant: Option<String>,
    /// The person or service behind it.
    #[schema(format = "uuid")]
    pub subject: String,
    /// Its name in the audit log.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<String>,
    /// When it was made.
    #[schema(format = DateTime)]
    pub recorded_at: String,
    /// When it was revoked.
    #[schema(format = DateTime)]
    pub revoked_at: Option<String>,
}

/// Who did something.
#[derive(ToSchema)]
#[schema(as = Actor)]
pub(crate) struct ActorSchema {
    /// The person or service.
    #[schema(format = "uuid")]
    pub subject: String,
    /// The name at the time.
    pub name: String,
}

/// What came of a publication.
#[derive(ToSchema)]
#[schema(as = Publication)]
pub(crate) struct PublicationSchema {
    /// The ruleset.
    pub name: String,
    /// The version.
    pub version: String,
    /// The package's digest.
    pub digest: String,
    /// What the checks found: `checks` in their order and `cases`.
    pub report: Value,
    /// The same content was published before.
    pub already: bool,
    /// When it was published.
    #[schema(format = DateTime)]
    pub recorded_at: String,
}

/// What differs between two versions of a ruleset.
#[derive(ToSchema)]
#[schema(as = Difference)]
pub(crate) struct DifferenceSchema {
    /// The old version: `ruleset`, `version`, `digest`, `component`.
    pub from: Value,
    /// The new version.
    pub to: Value,
    /// Both have the same content.
    pub same: bool,
    /// The rule itself is another.
    pub component_changed: bool,
    /// Keys of the manifest: `name`, `from`, `to`.
    pub manifest: Vec<Value>,
    /// Facts: `name`, `change` (`added`, `removed`, `changed`), `properties` (`name`, `from`, `to`).
    pub facts: Vec<Value>,
    /// Declarations of parameters.
    pub parameters: Vec<Value>,
    /// Items.
    pub items: Vec<Value>,
    /// Findings.
    pub findings: Vec<Value>,
    /// Steps of explanations.
    pub steps: Vec<Value>,
    /// Dated values: `parameter`, `key`, `from`, `unit`, `change`, `old`, `new`; the latter with
    /// `value`, `until`, `source`, `unconfirmed`, `note`.
    pub values: Vec<Value>,
    /// Cases, by their file.
    pub cases: Vec<Value>,
    /// Languages, with the texts that differ.
    pub texts: Vec<Value>,
    /// What callers of the old version lose: `file`, `key`, `expected`, `found`.
    pub breaks: Vec<Value>,
}

/// A version as it is listed.
#[derive(ToSchema)]
#[schema(as = Version)]
pub(crate) struct VersionSchema {
    /// The ruleset.
    pub name: String,
    /// The version.
    pub version: String,
    /// The package's digest.
    pub digest: String,
    /// The component's digest.
    pub component: String,
    /// `payroll`, `labor-law`, `performance`, `points` …
    pub kind: String,
    /// ISO 3166 code or `EU`.
    pub jurisdiction: Option<String>,
    /// First day of the horizon.
    #[schema(format = Date)]
    pub from: String,
    /// Last day of the horizon.
    #[schema(format = Date)]
    pub until: String,
    /// Published for this tenant alone.
    pub own: bool,
    /// When it was published.
    #[schema(format = DateTime)]
    pub recorded_at: String,
    /// Who published it.
    pub published_by: String,
}

/// A value of an attribute and the date from which it holds.
#[derive(ToSchema)]
#[schema(as = DatedValue)]
pub(crate) struct DatedValueSchema {
    /// First date.
    #[schema(format = Date, example = "2026-01-01")]
    pub from: String,
    /// The value, as a fact of that name would be sent.
    #[schema(example = "30000")]
    pub value: Value,
}

/// What came of an import.
#[derive(ToSchema)]
#[schema(as = ImportReport)]
pub(crate) struct ImportReportSchema {
    /// Employees in the file.
    pub rows: u64,
    /// Employees that are new.
    pub created: u64,
    /// Employees that have a new revision.
    pub updated: u64,
    /// The first errors, in the order of lines.
    pub errors: Vec<Value>,
    /// How many errors there are.
    pub error_count: u64,
    /// Attributes that no activated ruleset declares as a fact.
    pub unused: Vec<String>,
}
