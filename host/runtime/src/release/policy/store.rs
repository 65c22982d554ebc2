//! Policies, kept and read.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use stele_digest::Digest;
use stele_store::{
    AuditDraft, Change, Commit, CommitError, Effect, Expectation, PolicyDraft, PolicyRecord,
    StoreError, TenantId,
};

use super::document::Policy;
use super::error::PolicyError;
use crate::state::{
    actor::Actor,
    document,
    idempotency::response_of,
    precondition::Precondition,
    runtime::{Runtime, log_of, no_effect},
};

/// A policy as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PolicyView {
    /// 0: none was ever written, and the one shown is what holds then.
    pub revision: u64,
    /// The policy.
    pub policy: Policy,
    /// When it was written.
    pub recorded_at: Option<Timestamp>,
    /// The name of who wrote it.
    pub written_by: Option<String>,
}

impl PolicyView {
    fn of(record: &PolicyRecord) -> Result<Self, StoreError> {
        Ok(Self {
            revision: record.revision,
            policy: serde_json::from_value(record.content.clone()).map_err(|error| {
                StoreError::Defect { action: "reading a policy", detail: error.to_string() }
            })?,
            recorded_at: Some(record.recorded_at),
            written_by: Some(record.actor.name.clone()),
        })
    }
}

impl Runtime {
    /// The policy of a tenant, or the operator's for what is published for everyone.
    pub async fn policy(&self, holder: Option<&TenantId>) -> Result<PolicyView, StoreError> {
        match self.store().policy(holder).await? {
            Some(record) => PolicyView::of(&record),
            None => Ok(PolicyView {
                revision: 0,
                policy: Policy::default(),
                recorded_at: None,
                written_by: None,
            }),
        }
    }

    /// Writes a policy. What was approved under the former one and is not in force yet is judged
    /// by this one.
    pub async fn put_policy(
        &self,
        actor: &Actor,
        holder: Option<&TenantId>,
        precondition: Precondition,
        content: Value,
    ) -> Result<PolicyView, PolicyError> {
        if let Some(tenant) = holder.filter(|tenant| !self.has_tenant(tenant)) {
            return Err(PolicyError::UnknownTenant(tenant.clone()));
        }
        let policy: Policy = document::read(&content)?;
        policy.check()?;
        let found = self.policy(holder).await?.revision;
        if !precondition.allows(Some(found).filter(|found| *found > 0)) {
            return Err(PolicyError::Precondition { found });
        }
        let content = serde_json::to_value(&policy).map_err(|error| StoreError::Defect {
            action: "writing a policy",
            detail: error.to_string(),
        })?;
        let commit = Commit {
            actor: actor.record(),
            expect: vec![expectation(holder, found)],
            audit: AuditDraft {
                log: log_of(holder),
                action: "policy.changed".to_owned(),
                subject: format!("policy, revision {}", found + 1),
                digest: Digest::of_texts(&[&content.to_string()]),
                about: None,
            },
            changes: vec![Change::PutPolicy(PolicyDraft { tenant: holder.cloned(), content })],
            response: response_of(actor, 200, |effects| match effects {
                [Effect::Policy(record)] => PolicyView::of(record).ok(),
                _ => None,
            }),
        };
        let committed = match self.commit(commit).await {
            Ok(committed) => committed,
            Err(CommitError::Unmet(unmet)) => {
                return Err(PolicyError::Precondition { found: unmet.found.unwrap_or(0) });
            }
            Err(CommitError::Store(error)) => return Err(error.into()),
        };
        match committed.effects.first() {
            Some(Effect::Policy(record)) => Ok(PolicyView::of(record)?),
            _ => Err(no_effect().into()),
        }
    }
}

/// That the policy is still the one that was read.
pub(crate) fn expectation(holder: Option<&TenantId>, revision: u64) -> Expectation {
    Expectation::PolicyRevision {
        tenant: holder.cloned(),
        revision: Some(revision).filter(|revision| *revision > 0),
    }
}
