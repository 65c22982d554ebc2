//! What others, and the proposer, say about a proposal.

use stele_digest::Digest;
use stele_store::{Change, ProposalRecord, ProposalState, TenantId, Verdict};
use uuid::Uuid;

use super::{
    ProposalError, ProposalView, binding,
    decide::{self, Approval},
    propose::{audit, check_reason, commit, stored, unchanged},
};
use crate::{
    release::activation::ActivationDraft,
    state::{actor::Actor, runtime::Runtime},
};

impl Runtime {
    /// Approves exactly what `shown` binds. The approval that completes what the policy asks for
    /// puts the version in force, in the same commit.
    pub async fn approve(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        id: Uuid,
        shown: &str,
    ) -> Result<ProposalView, ProposalError> {
        self.agree(actor, tenant, id, shown, Verdict::Approved, |record, shown, needed| {
            decide::approve(record, actor.subject, shown, needed)
        })
        .await
    }

    /// Puts in force exactly what `shown` binds and enough others have approved, now that the
    /// policy asks for fewer than when they did. A change of the policy alone puts nothing in force.
    pub async fn put_in_force(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        id: Uuid,
        shown: &str,
    ) -> Result<ProposalView, ProposalError> {
        self.agree(actor, tenant, id, shown, Verdict::PutInForce, decide::put_in_force).await
    }

    /// A step that may put the version in force.
    async fn agree(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        id: Uuid,
        shown: &str,
        verdict: Verdict,
        decide: impl Fn(&ProposalRecord, Digest, u32) -> Result<Approval, ProposalError>,
    ) -> Result<ProposalView, ProposalError> {
        // What is no digest at all never was this proposal's binding.
        let shown = shown.parse().unwrap_or(Digest::ZERO);
        loop {
            let record = self.stored_proposal(tenant, id).await?;
            let proposal = record.proposal.clone();
            let demands = self.demands(tenant, &proposal.slot).await?;
            let needed = demands.rule.approvals;
            let approval = match decide(&record, shown, needed) {
                Ok(approval) => approval,
                Err(error) => return Err(self.with_changes(error, &record, shown).await),
            };
            self.check_impact(tenant, &proposal, &demands.rule).await?;
            // A version may have become invisible, or the ruleset's horizon may not fit any more.
            let candidate = self.candidate(
                tenant,
                ActivationDraft {
                    slot: proposal.slot.to_string(),
                    ruleset: proposal.ruleset.clone(),
                    version: proposal.version.clone(),
                    valid_from: proposal.valid_from,
                },
            )?;
            let mut changes = Vec::new();
            let (state, action) = match approval {
                Approval::Counted => (ProposalState::Proposed, "proposal.approved"),
                Approval::Sufficient => {
                    let activation = candidate.activation(tenant, Some(id));
                    let state = ProposalState::Activated { activation: activation.id };
                    changes.push(Change::Activate(Box::new(activation)));
                    let action = match verdict {
                        Verdict::PutInForce => "proposal.activated",
                        _ => "proposal.approved_and_activated",
                    };
                    (state, action)
                }
            };
            let audit = audit(tenant, id, &proposal, action, None);
            let approved = stored(tenant, id, proposal, state, Some(verdict), None);
            changes.insert(0, Change::PutProposal(Box::new(approved)));
            let expect = vec![demands.expectation, unchanged(tenant, &record)];
            let commit = commit(actor, 200, needed, expect, changes, audit);
            if let Some(view) = self.carried_out(commit, tenant, needed).await? {
                return Ok(view);
            }
        }
    }

    /// Says no, and why.
    pub async fn reject(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        id: Uuid,
        reason: &str,
    ) -> Result<ProposalView, ProposalError> {
        check_reason(reason)?;
        let step = Said {
            verdict: Verdict::Rejected,
            state: |_| ProposalState::Rejected,
            action: "proposal.rejected",
            reason: Some(reason),
        };
        self.say(actor, tenant, id, step, |record| decide::reject(record, actor.subject)).await
    }

    /// Takes back what one has proposed.
    pub async fn withdraw(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<ProposalView, ProposalError> {
        let step = Said {
            verdict: Verdict::Withdrawn,
            state: |_| ProposalState::Withdrawn,
            action: "proposal.withdrawn",
            reason: None,
        };
        self.say(actor, tenant, id, step, |record| decide::withdraw(record, actor.subject)).await
    }

    /// Agrees to what another person put in force in an emergency.
    pub async fn confirm(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<ProposalView, ProposalError> {
        let step = Said {
            verdict: Verdict::Confirmed,
            state: |state| match state {
                ProposalState::Unconfirmed { activation } => {
                    ProposalState::Activated { activation }
                }
                other => other,
            },
            action: "proposal.emergency_confirmed",
            reason: None,
        };
        let allowed = |record: &ProposalRecord| decide::confirm(record, actor.subject).map(drop);
        self.say(actor, tenant, id, step, allowed).await
    }

    /// A step that changes only where the proposal stands.
    async fn say(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        id: Uuid,
        said: Said<'_>,
        allowed: impl Fn(&ProposalRecord) -> Result<(), ProposalError>,
    ) -> Result<ProposalView, ProposalError> {
        loop {
            let record = self.stored_proposal(tenant, id).await?;
            allowed(&record)?;
            let needed = self.demands(tenant, &record.proposal.slot).await?.rule.approvals;
            let audit = audit(tenant, id, &record.proposal, said.action, said.reason);
            let state = (said.state)(record.state);
            let reason = said.reason.map(str::to_owned);
            let proposal = record.proposal.clone();
            let change = stored(tenant, id, proposal, state, Some(said.verdict), reason);
            let changes = vec![Change::PutProposal(Box::new(change))];
            let expect = vec![unchanged(tenant, &record)];
            let commit = commit(actor, 200, needed, expect, changes, audit);
            if let Some(view) = self.carried_out(commit, tenant, needed).await? {
                return Ok(view);
            }
        }
    }

    /// Says what changed since the approver looked.
    async fn with_changes(
        &self,
        error: ProposalError,
        record: &ProposalRecord,
        shown: Digest,
    ) -> ProposalError {
        let ProposalError::Changed { binding, .. } = error else { return error };
        match self.store().proposal_revisions(&record.tenant, record.id).await {
            Ok(revisions) => {
                let changes = binding::changes(&revisions, shown, &record.proposal);
                ProposalError::Changed { changes: changes.unwrap_or_default(), binding }
            }
            Err(error) => error.into(),
        }
    }
}

/// A step that changes only where the proposal stands.
#[derive(Clone, Copy)]
struct Said<'a> {
    verdict: Verdict,
    state: fn(ProposalState) -> ProposalState,
    action: &'static str,
    reason: Option<&'a str>,
}
