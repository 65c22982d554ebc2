//! Proposing, changing what is proposed, and reading it.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use stele_digest::Digest;
use stele_store::{
    AuditDraft, Change, Commit, CommitError, Effect, Expectation, Log, Proposal,
    ProposalDraft as StoredDraft, ProposalRecord, ProposalState, Slot, StoreError, TenantId,
    Verdict,
};
use uuid::Uuid;

use super::{ProposalError, ProposalPage, ProposalStateView, ProposalView, binding, decide};
use crate::{
    release::{
        activation::{ActivationDraft, Candidate, audit_of},
        policy::{self, SlotRule},
    },
    state::{
        actor::Actor,
        idempotency::response_of,
        precondition::Precondition,
        runtime::{Runtime, no_effect},
    },
};

/// Most characters of a reason.
const LONGEST_REASON: usize = 2000;

/// What is to be put in force.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposalDraft {
    /// The slot.
    pub slot: String,
    /// Name of the ruleset.
    pub ruleset: String,
    /// Its version.
    pub version: String,
    /// First date for which it is to hold.
    pub valid_from: Date,
    /// The impact report that the approver is to be shown.
    pub impact_report: Option<Uuid>,
    /// Why.
    pub reason: Option<String>,
}

/// What the policy demands in a slot, and the revision that says so.
pub(super) struct Demands {
    pub(super) rule: SlotRule,
    pub(super) expectation: Expectation,
}

impl Runtime {
    /// Proposes that a version is put in force. In a slot whose policy asks for nobody's approval
    /// it is at once.
    pub async fn propose(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        draft: ProposalDraft,
    ) -> Result<ProposalView, ProposalError> {
        loop {
            let (candidate, proposal) = self.proposal_of(tenant, draft.clone(), None).await?;
            let demands = self.demands(tenant, &proposal.slot).await?;
            self.check_impact(tenant, &proposal, &demands.rule).await?;
            let id = Uuid::now_v7();
            let commit = if demands.rule.approvals == 0 {
                let activation = candidate.activation(tenant, Some(id));
                let state = ProposalState::Activated { activation: activation.id };
                let audit = audit_of(&activation, "ruleset.activated");
                let proposed = stored(tenant, id, proposal, state, None, None);
                let changes = vec![
                    Change::PutProposal(Box::new(proposed)),
                    Change::Activate(Box::new(activation)),
                ];
                commit(actor, 201, 0, vec![demands.expectation], changes, audit)
            } else {
                let audit = audit(tenant, id, &proposal, "proposal.made", None);
                let state = ProposalState::Proposed;
                let proposed = stored(tenant, id, proposal, state, None, None);
                let changes = vec![Change::PutProposal(Box::new(proposed))];
                let needed = demands.rule.approvals;
                commit(actor, 201, needed, vec![demands.expectation], changes, audit)
            };
            match self.carried_out(commit, tenant, demands.rule.approvals).await? {
                Some(view) => return Ok(view),
                // The policy was changed meanwhile.
                None => continue,
            }
        }
    }

    /// Changes what is proposed; every approval so far is void.
    pub async fn amend_proposal(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        id: Uuid,
        precondition: Precondition,
        draft: ProposalDraft,
    ) -> Result<ProposalView, ProposalError> {
        loop {
            let record = self.stored_proposal(tenant, id).await?;
            decide::amend(&record, actor.subject)?;
            if !precondition.allows(Some(record.revision)) {
                return Err(ProposalError::Precondition { found: record.revision });
            }
            let rolls_back = record.proposal.rolls_back;
            let (_, proposal) = self.proposal_of(tenant, draft.clone(), rolls_back).await?;
            let demands = self.demands(tenant, &proposal.slot).await?;
            self.check_impact(tenant, &proposal, &demands.rule).await?;
            let audit = audit(tenant, id, &proposal, "proposal.changed", None);
            let needed = demands.rule.approvals.max(1);
            let reason = proposal.reason.clone();
            let amended = stored(
                tenant,
                id,
                proposal,
                ProposalState::Proposed,
                Some(Verdict::Amended),
                reason,
            );
            let expect = vec![demands.expectation, unchanged(tenant, &record)];
            let changes = vec![Change::PutProposal(Box::new(amended))];
            let commit = commit(actor, 200, needed, expect, changes, audit);
            if let Some(view) = self.carried_out(commit, tenant, needed).await? {
                return Ok(view);
            }
        }
    }

    /// One proposal.
    pub async fn proposal(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<ProposalView, ProposalError> {
        let record = self.stored_proposal(tenant, id).await?;
        let needed = self.demands(tenant, &record.proposal.slot).await?.rule.approvals;
        let collisions = self.collisions(tenant, &record).await;
        let view = ProposalView { collisions, ..ProposalView::of(&record, needed) };
        Ok(self.dated(view, tenant))
    }

    /// A tenant's proposals, the newest first: the page after `before`, at most `limit` long, only
    /// those of one slot, or in one state, or unconfirmed, where that is asked.
    pub async fn proposals(
        &self,
        tenant: &TenantId,
        before: Option<Uuid>,
        limit: usize,
        wanted: &ProposalFilter,
    ) -> Result<ProposalPage, StoreError> {
        /// Records read in one go.
        const READ: usize = 256;
        let policy = self.policy(Some(tenant)).await?.policy;
        let mut proposals: Vec<ProposalView> = Vec::new();
        let mut before = before;
        loop {
            let records = self.store().proposals(tenant, before, READ).await?;
            let Some(last) = records.last() else { break };
            before = Some(last.id);
            let views = records.iter().map(|record| {
                let needed = policy.for_slot(&record.proposal.slot).approvals;
                self.dated(ProposalView::of(record, needed), tenant)
            });
            proposals.extend(views.filter(|view| wanted.wants(view)));
            // One more than asked for, to know whether there is a next page.
            if proposals.len() > limit || records.len() < READ {
                break;
            }
        }
        let more = proposals.len() > limit;
        proposals.truncate(limit);
        let next = proposals.last().filter(|_| more).map(|last| last.id);
        Ok(ProposalPage { proposals, next })
    }

    pub(super) fn dated(&self, view: ProposalView, tenant: &TenantId) -> ProposalView {
        view.today(tenant, &self.state().catalog(), Timestamp::now())
    }

    pub(super) async fn stored_proposal(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<ProposalRecord, ProposalError> {
        self.store().proposal(tenant, id).await?.ok_or(ProposalError::UnknownProposal(id))
    }

    pub(super) async fn demands(
        &self,
        tenant: &TenantId,
        slot: &Slot,
    ) -> Result<Demands, StoreError> {
        let policy = self.policy(Some(tenant)).await?;
        let expectation = policy::expectation(Some(tenant), policy.revision);
        Ok(Demands { rule: policy.policy.for_slot(slot), expectation })
    }

    /// Checks what is proposed and binds it.
    pub(super) async fn proposal_of(
        &self,
        tenant: &TenantId,
        draft: ProposalDraft,
        rolls_back: Option<Uuid>,
    ) -> Result<(Candidate, Proposal), ProposalError> {
        if let Some(reason) = &draft.reason {
            check_reason(reason)?;
        }
        let ProposalDraft { slot, ruleset, version, valid_from, impact_report, reason } = draft;
        let draft = ActivationDraft { slot, ruleset, version, valid_from };
        let candidate = self.candidate(tenant, draft)?;
        let impact_digest = match impact_report {
            None => None,
            Some(report) => Some(self.finished(tenant, report).await?.content_digest),
        };
        let mut proposal = Proposal {
            slot: candidate.slot.clone(),
            ruleset: candidate.ruleset.clone(),
            version: candidate.version.clone(),
            digest: candidate.digest,
            valid_from,
            impact_report,
            impact_digest,
            reason,
            rolls_back,
            binding: Digest::ZERO,
        };
        proposal.binding = binding::of(&proposal);
        Ok((candidate, proposal))
    }

    /// Makes the commit. None: something that it expects was changed meanwhile.
    pub(super) async fn carried_out(
        &self,
        commit: Commit,
        tenant: &TenantId,
        needed: u32,
    ) -> Result<Option<ProposalView>, ProposalError> {
        self.carried_out_holding(commit, tenant, needed, ()).await
    }

    /// The same, and holds something until the commit has its outcome.
    pub(super) async fn carried_out_holding(
        &self,
        commit: Commit,
        tenant: &TenantId,
        needed: u32,
        held: impl Send + 'static,
    ) -> Result<Option<ProposalView>, ProposalError> {
        let committed = match self.commit_holding(commit, held).await {
            Ok(committed) => committed,
            Err(CommitError::Unmet(_)) => return Ok(None),
            Err(CommitError::Store(error)) => return Err(error.into()),
        };
        match committed.effects.first() {
            Some(Effect::Proposal(record)) => {
                Ok(Some(self.dated(ProposalView::of(record, needed), tenant)))
            }
            _ => Err(no_effect().into()),
        }
    }
}

/// Which proposals are listed.
#[derive(Debug, Clone, Default)]
pub struct ProposalFilter {
    /// Only those of this slot.
    pub slot: Option<Slot>,
    /// Only those in this state.
    pub state: Option<ProposalStateView>,
    /// Only those that were put in force in an emergency and wait for a second person.
    pub unconfirmed: bool,
}

impl ProposalFilter {
    fn wants(&self, view: &ProposalView) -> bool {
        self.slot.as_ref().is_none_or(|slot| *slot == view.slot)
            && self.state.is_none_or(|state| state == view.state)
            && (!self.unconfirmed || view.unconfirmed)
    }
}

pub(super) fn check_reason(reason: &str) -> Result<(), ProposalError> {
    let found = reason.trim().chars().count();
    if (1..=LONGEST_REASON).contains(&found) {
        Ok(())
    } else {
        Err(ProposalError::Reason { most: LONGEST_REASON, found })
    }
}

/// That nobody has said anything about the proposal since.
pub(super) fn unchanged(tenant: &TenantId, record: &ProposalRecord) -> Expectation {
    Expectation::ProposalRevision {
        tenant: tenant.clone(),
        id: record.id,
        revision: Some(record.revision),
    }
}

pub(super) fn stored(
    tenant: &TenantId,
    id: Uuid,
    proposal: Proposal,
    state: ProposalState,
    verdict: Option<Verdict>,
    reason: Option<String>,
) -> StoredDraft {
    StoredDraft { tenant: tenant.clone(), id, proposal, state, verdict, reason }
}

/// A commit whose first change is to a proposal.
pub(super) fn commit(
    actor: &Actor,
    status: u16,
    needed: u32,
    expect: Vec<Expectation>,
    changes: Vec<Change>,
    audit: AuditDraft,
) -> Commit {
    let response = response_of(actor, status, move |effects| match effects.first() {
        Some(Effect::Proposal(record)) => Some(ProposalView::of(record, needed)),
        _ => None,
    });
    Commit { actor: actor.record(), expect, changes, audit, response }
}

/// What the audit log says about a step. The digest covers what the step was about and why.
pub(super) fn audit(
    tenant: &TenantId,
    id: Uuid,
    proposal: &Proposal,
    action: &str,
    reason: Option<&str>,
) -> AuditDraft {
    AuditDraft {
        log: Log::Tenant(tenant.clone()),
        action: action.to_owned(),
        subject: format!("{id}: {} {} {}", proposal.slot, proposal.ruleset, proposal.version),
        digest: Digest::of_texts(&[
            &id.to_string(),
            &proposal.binding.to_string(),
            reason.unwrap_or_default(),
        ]),
        about: None,
    }
}
