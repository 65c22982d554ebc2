//! The door to an activation: what is proposed, by whom, and what others decided about it.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use stele_digest::Digest;
use uuid::Uuid;

use super::Actor;
use crate::names::{Slot, TenantId};

/// What a tenant, or the operator for what is published for everyone, demands before something
/// happens. What its content means is the runtime's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyRecord {
    /// Whose; none: the operator's.
    pub tenant: Option<TenantId>,
    /// 1 for the first.
    pub revision: u64,
    /// The policy.
    pub content: Value,
    /// When this revision was recorded.
    pub recorded_at: Timestamp,
    /// Who wrote it.
    pub actor: Actor,
}

/// How a tenant is organized. What its content means is the runtime's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationRecord {
    /// Whose.
    pub tenant: TenantId,
    /// 1 for the first.
    pub revision: u64,
    /// The organization.
    pub content: Value,
    /// When this revision was recorded.
    pub recorded_at: Timestamp,
    /// Who wrote it.
    pub actor: Actor,
}

/// What is to be put in force, and on which ground.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The slot.
    pub slot: Slot,
    /// Name of the ruleset.
    pub ruleset: String,
    /// Its version.
    pub version: String,
    /// Digest of the package.
    pub digest: Digest,
    /// First date for which it is to hold.
    pub valid_from: Date,
    /// The impact report that the approver is shown.
    pub impact_report: Option<Uuid>,
    /// SHA-256 of that report's content.
    pub impact_digest: Option<Digest>,
    /// Why, in the proposer's words.
    pub reason: Option<String>,
    /// The activation that this goes back behind, if it is a rollback.
    pub rolls_back: Option<Uuid>,
    /// SHA-256 over what an approval is bound to: digest, slot, date, reason and impact report.
    pub binding: Digest,
}

/// Where a proposal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum ProposalState {
    /// Waits for approvals.
    Proposed,
    /// Approved by as many as were needed, and activated.
    Activated {
        /// The activation that was made of it.
        activation: Uuid,
    },
    /// Put in force by one person in an emergency; waits for a second one.
    Unconfirmed {
        /// The activation that was made of it.
        activation: Uuid,
    },
    /// Somebody said no.
    Rejected,
    /// The proposer took it back.
    Withdrawn,
}

/// What somebody said about a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Agreed to it.
    Approved,
    /// Did not.
    Rejected,
    /// Took back what they had proposed.
    Withdrawn,
    /// Changed what is proposed, which voids every approval before.
    Amended,
    /// Put it in force, after enough others had agreed to it.
    PutInForce,
    /// Agreed afterwards to what was put in force in an emergency.
    Confirmed,
}

/// A verdict, by whom, when and about what exactly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What was said.
    pub verdict: Verdict,
    /// By whom.
    pub actor: Actor,
    /// The binding of the proposal that they were shown.
    pub binding: Digest,
    /// Why, in their words.
    pub reason: Option<String>,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

/// A proposal as of one revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalRecord {
    /// Whose slot.
    pub tenant: TenantId,
    /// Its identifier.
    pub id: Uuid,
    /// 1 for the first; each decision and each amendment makes a new one.
    pub revision: u64,
    /// What is proposed.
    pub proposal: Proposal,
    /// Where it stands.
    #[serde(flatten)]
    pub state: ProposalState,
    /// Everything that was said, in order.
    pub decisions: Vec<Decision>,
    /// Who proposed it.
    pub proposed_by: Actor,
    /// When it was proposed.
    pub proposed_at: Timestamp,
    /// When this revision was recorded.
    pub recorded_at: Timestamp,
}

/// How far an impact report has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum ImpactState {
    /// It is being made.
    Running,
    /// It is finished; its content can be read.
    Finished {
        /// SHA-256 of the content as it was finished.
        digest: Digest,
    },
    /// It could not be made.
    Failed {
        /// Why.
        reason: String,
    },
}

/// An impact report, without its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImpactReportRecord {
    /// Whose.
    pub tenant: TenantId,
    /// Its identifier.
    pub id: Uuid,
    /// 1 when it was asked for.
    pub revision: u64,
    /// What was asked for; its meaning is the runtime's.
    pub request: Value,
    /// How far it has come.
    #[serde(flatten)]
    pub state: ImpactState,
    /// Who asked for it.
    pub asked_by: Actor,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// When this revision was recorded.
    pub recorded_at: Timestamp,
}
