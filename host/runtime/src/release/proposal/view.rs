//! A proposal as it is shown.

use std::{collections::BTreeSet, fmt};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Serialize;
use stele_digest::Digest;
use stele_store::{Actor, Decision, ProposalRecord, ProposalState, Slot, TenantId, Verdict};
use uuid::Uuid;

use super::collision::Collision;
use crate::state::catalog::Catalog;

/// Where a proposal stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = ProposalState)]
#[serde(rename_all = "snake_case")]
pub enum ProposalStateView {
    /// Waits for approvals.
    Proposed,
    /// Approved and activated, from a day to come.
    Approved,
    /// Approved and in force today.
    InForce,
    /// Was approved; today something else is in force.
    Superseded,
    /// Somebody said no.
    Rejected,
    /// The proposer took it back.
    Withdrawn,
}

impl ProposalStateView {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Proposed,
        Self::Approved,
        Self::InForce,
        Self::Superseded,
        Self::Rejected,
        Self::Withdrawn,
    ];

    /// Without a look at the calendar.
    pub(super) fn settled(state: ProposalState) -> Self {
        match state {
            ProposalState::Proposed => Self::Proposed,
            ProposalState::Activated { .. } | ProposalState::Unconfirmed { .. } => Self::Approved,
            ProposalState::Rejected => Self::Rejected,
            ProposalState::Withdrawn => Self::Withdrawn,
        }
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Approved => "approved",
            Self::InForce => "in_force",
            Self::Superseded => "superseded",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl fmt::Display for ProposalStateView {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name().replace('_', " "))
    }
}

/// How many people must agree, and who has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Approvals {
    /// How many the policy asks for.
    pub needed: u32,
    /// How many count for what is proposed now.
    pub given: u32,
}

/// Something that somebody said about a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = Decision)]
pub struct DecisionView {
    /// `approved`, `rejected`, `withdrawn`, `amended`, `put_in_force`, `confirmed`.
    pub verdict: Verdict,
    /// By whom.
    pub actor: Actor,
    /// Why.
    pub reason: Option<String>,
    /// The binding of what they were shown.
    pub binding: Digest,
    /// Whether what they were shown is what is proposed now.
    pub current: bool,
    /// When.
    pub recorded_at: Timestamp,
}

/// A proposal as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = Proposal)]
pub struct ProposalView {
    /// Its identifier.
    pub id: Uuid,
    /// Its revision; also the entity tag.
    pub revision: u64,
    /// Where it stands today.
    pub state: ProposalStateView,
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
    /// Why it is proposed.
    pub reason: Option<String>,
    /// The activation that it goes back behind, if it is a rollback.
    pub rolls_back: Option<Uuid>,
    /// True: it was put in force by one person in an emergency, and nobody has confirmed it yet.
    pub unconfirmed: bool,
    /// What an approval must quote.
    pub binding: Digest,
    /// How many people must agree, and who has.
    pub approvals: Approvals,
    /// Facts that a version in another slot for the same people takes for something else. Looked for
    /// when one proposal is read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub collisions: Vec<Collision>,
    /// The activation that was made of it.
    pub activation: Option<Uuid>,
    /// Everything that was said, in order.
    pub decisions: Vec<DecisionView>,
    /// Who proposed it.
    pub proposed_by: Actor,
    /// When it was proposed.
    pub proposed_at: Timestamp,
    /// When this revision was recorded.
    pub recorded_at: Timestamp,
}

/// A page of proposals.
#[derive(Debug, Clone, Serialize)]
pub struct ProposalPage {
    /// The newest first.
    pub proposals: Vec<ProposalView>,
    /// The proposal after which the next page begins; none: this is the last.
    pub next: Option<Uuid>,
}

impl ProposalView {
    /// Without a look at the calendar: an activated proposal is `approved`.
    pub(super) fn of(record: &ProposalRecord, needed: u32) -> Self {
        let proposal = record.proposal.clone();
        let given = u32::try_from(approvers(record).len()).unwrap_or(u32::MAX);
        let decided = |said: &Decision| DecisionView {
            verdict: said.verdict,
            actor: said.actor.clone(),
            reason: said.reason.clone(),
            binding: said.binding,
            current: said.binding == proposal.binding,
            recorded_at: said.recorded_at,
        };
        let decisions = record.decisions.iter().map(decided).collect();
        let activation = match record.state {
            ProposalState::Activated { activation } | ProposalState::Unconfirmed { activation } => {
                Some(activation)
            }
            ProposalState::Proposed | ProposalState::Rejected | ProposalState::Withdrawn => None,
        };
        Self {
            id: record.id,
            revision: record.revision,
            state: ProposalStateView::settled(record.state),
            slot: proposal.slot,
            ruleset: proposal.ruleset,
            version: proposal.version,
            digest: proposal.digest,
            valid_from: proposal.valid_from,
            impact_report: proposal.impact_report,
            impact_digest: proposal.impact_digest,
            reason: proposal.reason,
            rolls_back: proposal.rolls_back,
            unconfirmed: matches!(record.state, ProposalState::Unconfirmed { .. }),
            binding: proposal.binding,
            approvals: Approvals { needed, given },
            collisions: Vec::new(),
            activation,
            decisions,
            proposed_by: record.proposed_by.clone(),
            proposed_at: record.proposed_at,
            recorded_at: record.recorded_at,
        }
    }

    /// As of today, in UTC.
    pub(super) fn today(mut self, tenant: &TenantId, catalog: &Catalog, now: Timestamp) -> Self {
        let Some(activation) = self.activation else { return self };
        let today = now.to_zoned(TimeZone::UTC).date();
        if self.valid_from > today {
            return self;
        }
        let slots = catalog.slots.get(tenant);
        let in_force = slots
            .and_then(|slots| slots.get(&self.slot))
            .and_then(|history| history.in_force(today, Timestamp::MAX));
        self.state = match in_force {
            Some(active) if active.record.id == activation => ProposalStateView::InForce,
            _ => ProposalStateView::Superseded,
        };
        self
    }
}

/// The people whose approval of what is proposed now counts.
pub(super) fn approvers(record: &ProposalRecord) -> BTreeSet<Uuid> {
    let binding = record.proposal.binding;
    record
        .decisions
        .iter()
        .filter(|said| said.verdict == Verdict::Approved && said.binding == binding)
        .map(|said| said.actor.subject)
        .filter(|subject| *subject != record.proposed_by.subject)
        .collect()
}
