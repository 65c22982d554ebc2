//! Tenants.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use stele_digest::Digest;
use stele_store::{
    AuditDraft, Change, Commit, CommitError, Effect, Expectation, Log, TenantId, TenantRecord,
};

use crate::state::{
    actor::Actor,
    ceiling::one_more,
    error::ChangeError,
    idempotency::response_of,
    runtime::{Runtime, no_effect, store_error},
    token::check_name,
};

/// A tenant as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = Tenant)]
pub struct TenantView {
    /// Its identifier, which stands in paths.
    pub id: TenantId,
    /// Its name for people.
    pub name: String,
    /// When it was made.
    pub recorded_at: Timestamp,
}

impl From<&TenantRecord> for TenantView {
    fn from(record: &TenantRecord) -> Self {
        Self { id: record.id.clone(), name: record.name.clone(), recorded_at: record.recorded_at }
    }
}

impl Runtime {
    /// Makes a tenant.
    pub async fn create_tenant(
        &self,
        actor: &Actor,
        id: TenantId,
        name: &str,
    ) -> Result<TenantView, ChangeError> {
        check_name(name)?;
        let tenants = self.state().catalog().tenants.len();
        one_more("tenants", tenants, self.ceilings().tenants)?;
        let commit = Commit {
            actor: actor.record(),
            expect: vec![Expectation::TenantAbsent(id.clone())],
            changes: vec![Change::CreateTenant { id: id.clone(), name: name.to_owned() }],
            audit: AuditDraft {
                log: Log::Operator,
                action: "tenant.created".to_owned(),
                subject: id.to_string(),
                digest: Digest::of_texts(&[id.as_str(), name]),
                about: None,
            },
            response: response_of(actor, 201, |effects| match effects {
                [Effect::Tenant(record)] => Some(TenantView::from(record)),
                _ => None,
            }),
        };
        let committed = self.commit(commit).await.map_err(|error| match error {
            CommitError::Unmet(_) => ChangeError::TenantExists(id),
            other => ChangeError::Store(store_error(other)),
        })?;
        match committed.effects.first() {
            Some(Effect::Tenant(record)) => Ok(record.into()),
            _ => Err(ChangeError::Store(no_effect())),
        }
    }

    /// All tenants, by identifier.
    pub fn tenants(&self) -> Vec<TenantView> {
        self.state().catalog().tenants.values().map(TenantView::from).collect()
    }

    /// One tenant.
    pub fn tenant(&self, id: &TenantId) -> Option<TenantView> {
        self.state().catalog().tenants.get(id).map(TenantView::from)
    }

    pub(crate) fn has_tenant(&self, id: &TenantId) -> bool {
        self.state().catalog().tenants.contains_key(id)
    }
}
