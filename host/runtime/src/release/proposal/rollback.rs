//! Back to a former version: a new activation of its digest, through the same door. In an
//! emergency one person may open it, with a reason, and it stays marked until a second one has
//! confirmed it; before that the same person does not open it alone again.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use stele_store::{Change, ProposalRecord, ProposalState, Slot, Store, StoreError, TenantId};
use uuid::Uuid;

use super::{
    ProposalDraft, ProposalError, ProposalView,
    propose::{audit, check_reason, commit, stored},
};
use crate::{
    release::activation::ActivateError,
    state::{actor::Actor, catalog::Active, runtime::Runtime},
};

/// Proposals that are looked at at a time.
const PAGE: usize = 256;

/// What is to be undone.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RollbackDraft {
    /// The slot.
    pub slot: String,
    /// The activation to go back behind; none: the one that is in force today.
    pub activation: Option<Uuid>,
    /// First date for which the former version is to hold again; none: that of the activation, so
    /// that it is as if it had never been.
    pub valid_from: Option<Date>,
    /// The impact report that the approver is to be shown.
    pub impact_report: Option<Uuid>,
    /// Why.
    pub reason: String,
    /// True: put it in force at once, on one person's word.
    pub emergency: bool,
}

impl Runtime {
    /// Proposes to go back to what was in force before an activation; in an emergency, does it.
    pub async fn roll_back(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        draft: RollbackDraft,
    ) -> Result<ProposalView, ProposalError> {
        check_reason(&draft.reason)?;
        if !self.has_tenant(tenant) {
            return Err(ProposalError::UnknownTenant(tenant.clone()));
        }
        let slot = Slot::new(&draft.slot).map_err(ActivateError::from)?;
        loop {
            let (wrong, former) = self.former(tenant, &slot, draft.activation)?;
            let proposed = ProposalDraft {
                slot: slot.to_string(),
                ruleset: former.record.ruleset.clone(),
                version: former.record.version.clone(),
                valid_from: draft.valid_from.unwrap_or(wrong.record.valid_from),
                impact_report: draft.impact_report,
                reason: Some(draft.reason.clone()),
            };
            let (candidate, proposal) =
                self.proposal_of(tenant, proposed, Some(wrong.record.id)).await?;
            let demands = self.demands(tenant, &slot).await?;
            let id = Uuid::now_v7();
            let needed = demands.rule.approvals;
            let mut changes = Vec::new();
            let mut alone = None;
            let (state, action) = if draft.emergency {
                alone = Some(self.emergencies().lock_owned().await);
                self.check_alone(tenant, actor.subject).await?;
                let activation = candidate.activation(tenant, Some(id));
                let state = ProposalState::Unconfirmed { activation: activation.id };
                changes.push(Change::Activate(Box::new(activation)));
                (state, "rollback.emergency")
            } else {
                self.check_impact(tenant, &proposal, &demands.rule).await?;
                match needed {
                    0 => {
                        let activation = candidate.activation(tenant, Some(id));
                        let state = ProposalState::Activated { activation: activation.id };
                        changes.push(Change::Activate(Box::new(activation)));
                        (state, "rollback.activated")
                    }
                    _ => (ProposalState::Proposed, "rollback.proposed"),
                }
            };
            let audit = audit(tenant, id, &proposal, action, Some(&draft.reason));
            let change = stored(tenant, id, proposal, state, None, None);
            changes.insert(0, Change::PutProposal(Box::new(change)));
            let expect = vec![demands.expectation];
            let commit = commit(actor, 201, needed, expect, changes, audit);
            let carrying_out = self.carried_out_holding(commit, tenant, needed, alone);
            if let Some(view) = carrying_out.await? {
                return Ok(view);
            }
        }
    }

    /// Checks that nothing of the tenant is in force on this person's word alone.
    async fn check_alone(&self, tenant: &TenantId, person: Uuid) -> Result<(), ProposalError> {
        match unconfirmed(self.store().as_ref(), tenant, person).await? {
            None => Ok(()),
            Some(record) => Err(ProposalError::EmergencyUnconfirmed {
                proposal: record.id,
                slot: record.proposal.slot,
            }),
        }
    }

    /// The activation to go back behind, and the one that would be in force without it.
    fn former(
        &self,
        tenant: &TenantId,
        slot: &Slot,
        named: Option<Uuid>,
    ) -> Result<(Arc<Active>, Arc<Active>), ProposalError> {
        let nothing = |detail: &str| ProposalError::NothingToRollBack {
            slot: slot.clone(),
            detail: detail.to_owned(),
        };
        let catalog = self.state().catalog();
        let history = catalog
            .slots
            .get(tenant)
            .and_then(|slots| slots.get(slot))
            .ok_or_else(|| nothing("nothing was ever activated in it"))?;
        let wrong = match named {
            None => {
                let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
                history
                    .in_force(today, Timestamp::MAX)
                    .ok_or_else(|| nothing("nothing is in force in it today"))?
            }
            Some(named) => history
                .find(named)
                .ok_or_else(|| nothing("it has no activation with that identifier"))?,
        };
        let former = history
            .before(wrong)
            .ok_or_else(|| nothing("nothing was in force before that activation"))?;
        Ok((Arc::clone(wrong), Arc::clone(former)))
    }
}

/// The latest proposal that this person put in force in an emergency and nobody has confirmed.
async fn unconfirmed(
    store: &dyn Store,
    tenant: &TenantId,
    person: Uuid,
) -> Result<Option<ProposalRecord>, StoreError> {
    let mut before = None;
    loop {
        let page = store.proposals(tenant, before, PAGE).await?;
        let Some(last) = page.last() else { return Ok(None) };
        before = Some(last.id);
        let found = page.into_iter().find(|record| {
            matches!(record.state, ProposalState::Unconfirmed { .. })
                && record.proposed_by.subject == person
        });
        if found.is_some() {
            return Ok(found);
        }
    }
}
