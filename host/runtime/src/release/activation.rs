//! Activations: for this tenant, in this slot, from this date, this digest.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use stele_digest::Digest;
use stele_ruleset::Horizon;
use stele_store::{
    ActivationDraft as StoredDraft, ActivationRecord, AuditDraft, Change, Commit, CommitError,
    Effect, InvalidName, Log, Slot, StoreError, TenantId,
};
use uuid::Uuid;

use crate::{
    release::policy,
    state::{
        actor::Actor,
        ceiling::{CeilingReached, one_more},
        idempotency::response_of,
        runtime::{Runtime, no_effect},
    },
};

/// A slot whose last segment is this demands a component without floating-point numbers.
const EXACT_SLOT: &str = "payroll";

/// An activation to be made.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivationDraft {
    /// The slot.
    pub slot: String,
    /// Name of the ruleset.
    pub ruleset: String,
    /// Its version.
    pub version: String,
    /// First date for which it holds.
    pub valid_from: Date,
}

/// An activation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Activation {
    /// Its identifier.
    pub id: Uuid,
    /// Position among the tenant's activations, from 0, without gaps.
    pub sequence: u64,
    /// The slot.
    pub slot: Slot,
    /// Name of the ruleset.
    pub ruleset: String,
    /// Its version.
    pub version: String,
    /// Digest of the package.
    pub digest: Digest,
    /// First date for which it holds.
    pub valid_from: Date,
    /// The proposal that was approved, if the slot's policy asks for approval.
    pub proposal: Option<Uuid>,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who activated it: the last one whose approval was needed.
    pub actor: stele_store::Actor,
}

impl From<&ActivationRecord> for Activation {
    fn from(record: &ActivationRecord) -> Self {
        Self {
            id: record.id,
            sequence: record.sequence,
            slot: record.slot.clone(),
            ruleset: record.ruleset.clone(),
            version: record.version.clone(),
            digest: record.digest,
            valid_from: record.valid_from,
            proposal: record.proposal,
            recorded_at: record.recorded_at,
            actor: record.actor.clone(),
        }
    }
}

/// Why nothing was activated.
#[derive(Debug, thiserror::Error)]
pub enum ActivateError {
    /// The slot's name is none.
    #[error(transparent)]
    InvalidSlot(#[from] InvalidName),
    /// The tenant sees no such version.
    #[error("there is no version {version} of {ruleset}")]
    UnknownVersion {
        /// Name of the ruleset.
        ruleset: String,
        /// The version.
        version: String,
        /// Whether there are other versions of it.
        ruleset_exists: bool,
    },
    /// It does not know the law of its first date.
    #[error("{ruleset} {version} holds from {horizon}; valid_from {valid_from} is outside")]
    OutsideHorizon {
        /// Name of the ruleset.
        ruleset: String,
        /// The version.
        version: String,
        /// The date that was asked for.
        valid_from: Date,
        /// The days for which the version holds.
        horizon: Horizon,
    },
    /// The slot demands exactness and the ruleset does not promise it.
    #[error("the slot {slot} takes exact rulesets only; {ruleset} declares exact = false")]
    NotExact {
        /// The slot.
        slot: Slot,
        /// Name of the ruleset.
        ruleset: String,
    },
    /// The slot's policy demands that others agree.
    #[error(
        "the slot {slot} needs {needed} approval(s) by another person: propose the version instead of activating it"
    )]
    ApprovalNeeded {
        /// The slot.
        slot: Slot,
        /// How many people must agree.
        needed: u32,
    },
    /// There may be no more.
    #[error(transparent)]
    Ceiling(#[from] CeilingReached),
    /// The tenant's policy was changed at the same moment.
    #[error("the policy was changed at the same moment; try again")]
    PolicyChanged,
    /// No such tenant.
    #[error("there is no tenant {0}")]
    UnknownTenant(TenantId),
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A version that could be put in force.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) slot: Slot,
    pub(crate) ruleset: String,
    pub(crate) version: String,
    pub(crate) digest: Digest,
    pub(crate) valid_from: Date,
}

impl Candidate {
    /// The activation that puts it in force.
    pub(crate) fn activation(self, tenant: &TenantId, proposal: Option<Uuid>) -> StoredDraft {
        StoredDraft {
            tenant: tenant.clone(),
            id: Uuid::now_v7(),
            slot: self.slot,
            ruleset: self.ruleset,
            version: self.version,
            digest: self.digest,
            valid_from: self.valid_from,
            proposal,
        }
    }
}

/// What the audit log says about an activation.
pub(crate) fn audit_of(activation: &StoredDraft, action: &str) -> AuditDraft {
    AuditDraft {
        log: Log::Tenant(activation.tenant.clone()),
        action: action.to_owned(),
        subject: format!("{} {} {}", activation.slot, activation.ruleset, activation.version),
        digest: Digest::of_texts(&[
            &activation.id.to_string(),
            activation.slot.as_str(),
            &activation.digest.to_string(),
            &activation.valid_from.to_string(),
        ]),
        about: None,
    }
}

/// A page of activations.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ActivationPage {
    /// In the order in which they were made.
    pub activations: Vec<Activation>,
    /// The sequence after which the next page begins; none: this is the last.
    pub next: Option<u64>,
}

/// A slot and what decides in it.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SlotInForce {
    /// The slot.
    pub slot: Slot,
    /// The activation; none: nothing is in force.
    pub activation: Option<Activation>,
}

impl Runtime {
    /// Activates a version in a slot whose policy asks for nobody's approval. It is in force for
    /// every calculation that is asked for after this returns.
    pub async fn activate(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        draft: ActivationDraft,
    ) -> Result<Activation, ActivateError> {
        let candidate = self.candidate(tenant, draft)?;
        let policy = self.policy(Some(tenant)).await?;
        let needed = policy.policy.for_slot(&candidate.slot).approvals;
        if needed > 0 {
            return Err(ActivateError::ApprovalNeeded { slot: candidate.slot, needed });
        }
        let stored = candidate.activation(tenant, None);
        let commit = Commit {
            actor: actor.record(),
            expect: vec![policy::expectation(Some(tenant), policy.revision)],
            audit: audit_of(&stored, "ruleset.activated"),
            changes: vec![Change::Activate(Box::new(stored))],
            response: response_of(actor, 201, |effects| match effects {
                [Effect::Activation(record)] => Some(Activation::from(record)),
                _ => None,
            }),
        };
        let committed = match self.commit(commit).await {
            Ok(committed) => committed,
            Err(CommitError::Unmet(_)) => return Err(ActivateError::PolicyChanged),
            Err(CommitError::Store(error)) => return Err(error.into()),
        };
        match committed.effects.first() {
            Some(Effect::Activation(record)) => Ok(record.into()),
            _ => Err(no_effect().into()),
        }
    }

    /// Checks that a version could be put in force.
    pub(crate) fn candidate(
        &self,
        tenant: &TenantId,
        draft: ActivationDraft,
    ) -> Result<Candidate, ActivateError> {
        if !self.has_tenant(tenant) {
            return Err(ActivateError::UnknownTenant(tenant.clone()));
        }
        let slot = Slot::new(&draft.slot)?;
        let catalog = self.state().catalog();
        let slots = catalog.slots.get(tenant).into_iter().flat_map(|slots| slots.values());
        let activations = slots.map(|history| history.len()).sum();
        one_more("activations", activations, self.ceilings().activations_of_a_tenant)?;
        let ActivationDraft { ruleset, version, valid_from, .. } = draft;
        let Some(published) = self.visible_version(tenant, &ruleset, &version) else {
            let ruleset_exists =
                self.state().catalog().versions.visible(tenant, &ruleset).is_some();
            return Err(ActivateError::UnknownVersion { ruleset, version, ruleset_exists });
        };
        let record = &published.record;
        let horizon = Horizon { from: record.from, until: record.until };
        if !horizon.contains(valid_from) {
            return Err(ActivateError::OutsideHorizon { ruleset, version, valid_from, horizon });
        }
        if !record.exact && slot.as_str().rsplit('/').next() == Some(EXACT_SLOT) {
            return Err(ActivateError::NotExact { slot, ruleset });
        }
        let (version, digest) = (record.version.clone(), record.digest);
        Ok(Candidate { slot, ruleset, version, digest, valid_from })
    }

    /// The activation that decides for a date, as known at a time, or now: the latest of those
    /// recorded by then that have begun by then. None: nothing is in force. From memory.
    pub fn in_force(
        &self,
        tenant: &TenantId,
        slot: &Slot,
        date: Date,
        known_at: Option<Timestamp>,
    ) -> Option<Activation> {
        let (as_of, catalog) = self.state().now();
        let known_at = known_at.map_or(as_of, |known_at| known_at.min(as_of));
        let history = catalog.slots.get(tenant)?.get(slot)?;
        history.in_force(date, known_at).map(|active| Activation::from(&active.record))
    }

    /// The same of every slot in which something was ever activated, in the order of their names;
    /// all of them at one moment.
    pub fn slots(
        &self,
        tenant: &TenantId,
        date: Date,
        known_at: Option<Timestamp>,
    ) -> Vec<SlotInForce> {
        let (as_of, catalog) = self.state().now();
        let known_at = known_at.map_or(as_of, |known_at| known_at.min(as_of));
        let slots = catalog.slots.get(tenant).into_iter().flat_map(|slots| slots.iter());
        let mut slots: Vec<_> = slots
            .map(|(slot, history)| {
                let deciding = history.in_force(date, known_at);
                let activation = deciding.map(|active| Activation::from(&active.record));
                SlotInForce { slot: slot.clone(), activation }
            })
            .collect();
        slots.sort_by(|one, other| one.slot.cmp(&other.slot));
        slots
    }

    /// The history of a tenant's activations, of one slot if it is named: the page after the
    /// sequence `after`, at most `limit` long.
    pub async fn activations(
        &self,
        tenant: &TenantId,
        after: Option<u64>,
        limit: usize,
        slot: Option<&Slot>,
    ) -> Result<ActivationPage, StoreError> {
        let mut from = after.map_or(0, |after| after.saturating_add(1));
        let mut activations: Vec<Activation> = Vec::new();
        loop {
            // One more than asked for, to know whether there is a next page.
            let records =
                self.store().activations_of(tenant, from, limit.saturating_add(1)).await?;
            let Some(last) = records.last() else { break };
            from = last.sequence + 1;
            let wanted = |record: &&ActivationRecord| slot.is_none_or(|slot| *slot == record.slot);
            activations.extend(records.iter().filter(wanted).map(Activation::from));
            if activations.len() > limit {
                break;
            }
        }
        let more = activations.len() > limit;
        activations.truncate(limit);
        let next = activations.last().filter(|_| more).map(|last| last.sequence);
        Ok(ActivationPage { activations, next })
    }
}
