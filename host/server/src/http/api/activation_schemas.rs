//! How the runtime's documents about proposals, activations and the policy look, for the API's
//! description only; see `schemas`.

#![allow(dead_code, reason = "only the schemas of these structs are used")]

use utoipa::ToSchema;

use crate::http::api::schemas::ActorSchema;

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
    /// Where it is `required`: the least share of the tenant's people that the report must be over,
    /// in percent; 100 where not given.
    #[schema(example = 100)]
    pub impact_share_percent: Option<u32>,
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
    /// `approved`, `rejected`, `withdrawn`, `amended`, `put_in_force`, `confirmed`.
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
