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

/// A slot and what decides in it.
#[derive(ToSchema)]
#[schema(as = SlotInForce)]
pub(crate) struct SlotInForceSchema {
    /// The slot.
    #[schema(example = "payroll")]
    pub slot: String,
    /// The activation; none: nothing is in force.
    pub activation: Option<ActivationSchema>,
}

/// For this tenant, in this slot, from this date, this digest.
#[derive(ToSchema)]
#[schema(as = Activation)]
pub(crate) struct ActivationSchema {
    /// Its identifier.
    #[schema(format = "uuid")]
    pub id: String,
    /// Position among the tenant's activations, from 0.
    pub sequence: u64,
    /// The slot.
    pub slot: String,
    /// The ruleset.
    pub ruleset: String,
    /// Its version.
    pub version: String,
    /// Digest of the package.
    pub digest: String,
    /// First date for which it holds.
    #[schema(format = Date)]
    pub valid_from: String,
    /// The proposal that was approved, if the slot's policy asks for approval.
    #[schema(format = "uuid")]
    pub proposal: Option<String>,
    /// When it was recorded.
    #[schema(format = DateTime)]
    pub recorded_at: String,
    /// Who activated it: the last one whose approval was needed.
    pub actor: ActorSchema,
}

/// What is demanded before something happens.
#[derive(ToSchema)]
#[schema(as = Policy)]
pub(crate) struct PolicySchema {
    /// What is demanded in which slots; the first rule whose pattern fits decides, and where none
    /// fits, one other person must agree.
    pub approvals: Vec<SlotRuleSchema>,
    /// Whose signatures release which rulesets.
    pub trusted_keys: Vec<TrustedKeySchema>,
    /// `accepted` or `refused`: what happens to a package without a signature.
    #[schema(example = "refused")]
    pub unsigned: Option<String>,
    /// For how long what is known of people is kept.
    pub retention: Option<RetentionSchema>,
}

/// A key and what it is trusted for.
#[derive(ToSchema)]
#[schema(as = TrustedKey)]
pub(crate) struct TrustedKeySchema {
    /// Whose it is.
    #[schema(example = "Law department")]
    pub name: String,
    /// The Ed25519 key: PEM, or the base64 of its SubjectPublicKeyInfo.
    pub public_key: String,
    /// The rulesets that it may release: names in which `*` stands for any part.
    #[schema(example = json!(["cn/*"]))]
    pub rulesets: Vec<String>,
}

/// Retention periods in days; what is not named may be erased as soon as somebody asks.
#[derive(ToSchema)]
#[schema(as = Retention)]
pub(crate) struct RetentionSchema {
    /// Days for attributes of employees.
    pub facts_days: Option<u32>,
    /// Days for results, by the kind of their ruleset.
    #[schema(example = json!({ "payroll": 3650 }))]
    pub results_days: Option<std::collections::BTreeMap<String, u32>>,
}

/// What is demanded before a version is put in force in a slot.
#[derive(ToSchema)]
#[schema(as = SlotRule)]
pub(crate) struct SlotRuleSchema {
    /// Which slots: a name in which `*` stands for any text.
    #[schema(example = "*/payroll")]
    pub slots: String,
    /// How many people other than the proposer must agree; 0: one person may activate.
    #[schema(example = 1)]
    pub approvals: u32,
    /// `required` or `optional`: whether they must be shown an impact report.
    #[schema(example = "required")]
    pub impact_report: Option<String>,
}

/// A policy as it is kept.
#[derive(ToSchema)]
#[schema(as = PolicyView)]
pub(crate) struct PolicyViewSchema {
    /// 0: none was ever written, and the one shown is what holds then.
    pub revision: u64,
    /// The policy.
    pub policy: PolicySchema,
    /// When it was written.
    #[schema(format = DateTime)]
    pub recorded_at: Option<String>,
    /// Who wrote it.
    pub written_by: Option<String>,
}

/// How many people must agree, and who has.
#[derive(ToSchema)]
#[schema(as = Approvals)]
pub(crate) struct ApprovalsSchema {
    /// How many the policy asks for.
    pub needed: u32,
    /// How many count for what is proposed now.
    pub given: u32,
}

/// Something that somebody said about a proposal.
#[derive(ToSchema)]
#[schema(as = Decision)]
pub(crate) struct DecisionSchema {
    /// `approved`, `rejected`, `withdrawn`, `amended`, `confirmed`.
    pub verdict: String,
    /// By whom.
    pub actor: ActorSchema,
    /// Why.
    pub reason: Option<String>,
    /// The binding of what they were shown.
    pub binding: String,
    /// Whether what they were shown is what is proposed now.
    pub current: bool,
    /// When.
    #[schema(format = DateTime)]
    pub recorded_at: String,
}

/// What is to be put in force, and what was said about it.
#[derive(ToSchema)]
#[schema(as = Proposal)]
pub(crate) struct ProposalSchema {
    /// Its identifier.
    #[schema(format = "uuid")]
    pub id: String,
    /// Its revision; also the entity tag.
    pub revision: u64,
    /// `proposed`, `approved` (from a day to come), `in_force`, `superseded`, `rejected`,
    /// `withdrawn`.
    pub state: String,
    /// The slot.
    pub slot: String,
    /// The ruleset.
    pub ruleset: String,
    /// Its version.
    pub version: String,
    /// Digest of the package.
    pub digest: String,
    /// First date for which it is to hold.
    #[schema(format = Date)]
    pub valid_from: String,
    /// The impact report that the approver is shown.
    #[schema(format = "uuid")]
    pub impact_report: Option<String>,
    /// SHA-256 of that report's content.
    pub impact_digest: Option<String>,
    /// Why it is proposed.
    pub reason: Option<String>,
    /// The activation that it goes back behind, if it is a rollback.
    #[schema(format = "uuid")]
    pub rolls_back: Option<String>,
    /// It was put in force by one person in an emergency, and nobody has confirmed it yet.
    pub unconfirmed: bool,
    /// What an approval must quote.
    pub binding: String,
    /// How many people must agree, and who has.
    pub approvals: ApprovalsSchema,
    /// The activation that was made of it.
    #[schema(format = "uuid")]
    pub activation: Option<String>,
    /// Everything that was said, in order.
    pub decisions: Vec<DecisionSchema>,
    /// Who proposed it.
    pub proposed_by: ActorSchema,
    /// When it was proposed.
    #[schema(format = DateTime)]
    pub proposed_at: String,
    /// When this revision was recorded.
    #[schema(format = DateTime)]
    pub recorded_at: String,
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

/// One change.
#[derive(ToSchema)]
#[schema(as = AuditEntry)]
pub(crate) struct AuditEntrySchema {
    /// Position in the log, from 0.
    pub sequence: u64,
    /// When it was recorded.
    #[schema(format = DateTime)]
    pub recorded_at: String,
    /// Who did it.
    pub actor: ActorSchema,
    /// What was done.
    #[schema(example = "ruleset.activated")]
    pub action: String,
    /// To what.
    pub subject: String,
    /// Digest of the content.
    pub digest: String,
    /// Hash of the entry before.
    pub previous: String,
}

/// The server's signed statement of how a log stood.
#[derive(ToSchema)]
#[schema(as = Checkpoint)]
pub(crate) struct CheckpointSchema {
    /// The log: `operator`, or `tenants/` and the tenant.
    #[schema(example = "tenants/acme")]
    pub log: String,
    /// Number of entries.
    pub size: u64,
    /// Root of the Merkle tree over them (RFC 6962), hexadecimal.
    pub root: String,
    /// When the checkpoint was made.
    #[schema(format = DateTime)]
    pub at: String,
    /// The checkpoint as a signed note of the C2SP: what to keep elsewhere.
    pub note: String,
    /// The key to check it with, as tools for signed notes take it.
    pub key: String,
}

/// Proof that an entry is in a log.
#[derive(ToSchema)]
#[schema(as = InclusionProof)]
pub(crate) struct InclusionProofSchema {
    /// The log.
    pub log: String,
    /// The entry's sequence.
    pub entry: u64,
    /// Number of entries of the tree.
    pub size: u64,
    /// The entry's hash, hexadecimal: SHA-256 of a zero byte and the entry as exported.
    pub leaf: String,
    /// The tree's root.
    pub root: String,
    /// The hashes that lead from leaf to root, the lowest first (RFC 9162, section 2.1.3).
    pub proof: Vec<String>,
}

/// Proof that a log only grew.
#[derive(ToSchema)]
#[schema(as = ConsistencyProof)]
pub(crate) struct ConsistencyProofSchema {
    /// The log.
    pub log: String,
    /// Number of entries of the older tree.
    pub from: u64,
    /// Number of entries of the newer tree.
    pub to: u64,
    /// Root of the older tree.
    pub from_root: String,
    /// Root of the newer tree.
    pub to_root: String,
    /// The hashes that lead to both (RFC 9162, section 2.1.4).
    pub proof: Vec<String>,
}
