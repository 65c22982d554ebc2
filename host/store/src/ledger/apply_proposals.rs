//! Policies, proposals and impact reports: each change is a new revision.

use super::{
    Ledger,
    apply::{Staged, Writes},
    pieces::Cut,
};
use crate::{
    backend::{self, Backend},
    commit::{
        CommitError, Effect, ImpactReportDraft, OrganizationDraft, PolicyDraft, ProposalDraft,
    },
    envelope,
    error::StoreError,
    layout::{self, Tree},
    names::TenantId,
    records::{
        Actor, Decision, ImpactReportRecord, OrganizationRecord, PolicyRecord, ProposalRecord,
    },
};

impl<B: Backend> Ledger<B> {
    pub(super) fn put_policy(
        &self,
        actor: &Actor,
        draft: PolicyDraft,
        staged: &Staged,
        writes: &mut Writes,
    ) -> Result<Effect, CommitError> {
        let holder = draft.tenant.as_ref();
        let revision = self.latest_policy(holder)?.map_or(1, |latest| latest.revision + 1);
        let key = layout::policy(holder, revision);
        let record = PolicyRecord {
            tenant: draft.tenant,
            revision,
            content: draft.content,
            recorded_at: staged.recorded_at,
            actor: actor.clone(),
        };
        writes.record(Tree::Policies, key, &record)?;
        Ok(Effect::Policy(record))
    }

    pub(super) fn put_organization(
        &self,
        actor: &Actor,
        draft: OrganizationDraft,
        staged: &Staged,
        writes: &mut Writes,
    ) -> Result<Effect, CommitError> {
        let OrganizationDraft { tenant, content } = draft;
        let revision = self.latest_organization(&tenant)?.map_or(1, |latest| latest.revision + 1);
        let key = layout::organization(&tenant, revision);
        let (recorded_at, actor) = (staged.recorded_at, actor.clone());
        let record = OrganizationRecord { tenant, revision, content, recorded_at, actor };
        writes.record(Tree::Organizations, key, &record)?;
        Ok(Effect::Organization(record))
    }

    pub(super) fn put_proposal(
        &self,
        actor: &Actor,
        draft: ProposalDraft,
        staged: &Staged,
        writes: &mut Writes,
    ) -> Result<Effect, CommitError> {
        let ProposalDraft { tenant, id, proposal, state, verdict, reason } = draft;
        let recorded_at = staged.recorded_at;
        let record = match self.latest_proposal(&tenant, id)? {
            None => ProposalRecord {
                tenant,
                id,
                revision: 1,
                proposal,
                state,
                decisions: Vec::new(),
                proposed_by: actor.clone(),
                proposed_at: recorded_at,
                recorded_at,
            },
            Some(mut record) => {
                record.revision += 1;
                record.proposal = proposal;
                record.state = state;
                record.recorded_at = recorded_at;
                if let Some(verdict) = verdict {
                    let binding = record.proposal.binding;
                    let actor = actor.clone();
                    record.decisions.push(Decision {
                        verdict,
                        actor,
                        binding,
                        reason,
                        recorded_at,
                    });
                }
                record
            }
        };
        let key = layout::identified_revision(&record.tenant, id, record.revision);
        writes.record(Tree::Proposals, key, &record)?;
        Ok(Effect::Proposal(Box::new(record)))
    }

    pub(super) fn put_impact_report(
        &self,
        actor: &Actor,
        draft: ImpactReportDraft,
        content: Option<Cut>,
        staged: &Staged,
        writes: &mut Writes,
    ) -> Result<Effect, CommitError> {
        let ImpactReportDraft { tenant, id, request, state, .. } = draft;
        let before = self.latest_impact_report(&tenant, id)?;
        let revision = before.as_ref().map_or(1, |before| before.revision + 1);
        let (asked_by, asked_at) = before.map_or_else(
            || (actor.clone(), staged.recorded_at),
            |before| (before.asked_by, before.asked_at),
        );
        if let Some(content) = content {
            writes.extend(self.replacing(content)?);
        }
        let key = layout::identified_revision(&tenant, id, revision);
        let recorded_at = staged.recorded_at;
        let record = ImpactReportRecord {
            tenant,
            id,
            revision,
            request,
            state,
            asked_by,
            asked_at,
            recorded_at,
        };
        writes.record(Tree::ImpactReports, key, &record)?;
        Ok(Effect::ImpactReport(Box::new(record)))
    }

    pub(super) fn latest_policy(
        &self,
        holder: Option<&TenantId>,
    ) -> Result<Option<PolicyRecord>, StoreError> {
        self.latest(Tree::Policies, &layout::policies_of(holder))
    }

    pub(super) fn latest_organization(
        &self,
        tenant: &TenantId,
    ) -> Result<Option<OrganizationRecord>, StoreError> {
        self.latest(Tree::Organizations, &layout::of_tenant(tenant))
    }

    pub(super) fn latest_proposal(
        &self,
        tenant: &TenantId,
        id: uuid::Uuid,
    ) -> Result<Option<ProposalRecord>, StoreError> {
        self.latest(Tree::Proposals, &layout::identified(tenant, id))
    }

    pub(super) fn latest_impact_report(
        &self,
        tenant: &TenantId,
        id: uuid::Uuid,
    ) -> Result<Option<ImpactReportRecord>, StoreError> {
        self.latest(Tree::ImpactReports, &layout::identified(tenant, id))
    }

    /// The record with the greatest key under the prefix, durable or not.
    fn latest<T: serde::de::DeserializeOwned>(
        &self,
        tree: Tree,
        prefix: &[u8],
    ) -> Result<Option<T>, StoreError> {
        backend::last(&self.backend, tree, prefix)?
            .map(|(key, value)| envelope::read(tree, &key, &value))
            .transpose()
    }
}
