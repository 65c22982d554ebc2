//! How a tenant is organized: written and read.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use stele_digest::Digest;
use stele_store::{
    AuditDraft, Change, Commit, CommitError, Effect, Expectation, Log, OrganizationDraft,
    StoreError, TenantId,
};

use super::terms;
use crate::state::{
    actor::Actor,
    ceiling::{CeilingReached, one_more},
    document::{self, Unreadable},
    idempotency::response_of,
    organization::{Organization, OrganizationDefect, Organized},
    precondition::Precondition,
    runtime::{Runtime, no_effect},
};

/// An organization as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct OrganizationView {
    /// 0: none was ever written, and every slot is for everybody.
    pub revision: u64,
    /// What it says.
    pub organization: Organization,
    /// When it was written.
    pub recorded_at: Option<Timestamp>,
    /// The name of who wrote it.
    pub written_by: Option<String>,
}

impl OrganizationView {
    fn of(organized: &Organized) -> Self {
        Self {
            revision: organized.revision,
            organization: (*organized.organization).clone(),
            recorded_at: Some(organized.recorded_at),
            written_by: Some(organized.written_by.clone()),
        }
    }
}

/// Why an organization was not written.
#[derive(Debug, thiserror::Error)]
pub enum OrganizationError {
    /// What can not stand in it: all of it.
    #[error("{} things can not be", .0.len())]
    Invalid(Vec<OrganizationDefect>),
    /// A field can not be read.
    #[error("{pointer}: {reason}")]
    Unreadable {
        /// JSON pointer.
        pointer: String,
        /// What was expected and what was found.
        reason: String,
    },
    /// It was changed meanwhile.
    #[error("the organization was changed meanwhile: its revision is {found}")]
    Precondition {
        /// Its revision; 0: there is none.
        found: u64,
    },
    /// The tenant has written as many as may be.
    #[error(transparent)]
    Ceiling(#[from] CeilingReached),
    /// No such tenant.
    #[error("there is no tenant {0}")]
    UnknownTenant(TenantId),
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Unreadable> for OrganizationError {
    fn from(Unreadable { pointer, reason }: Unreadable) -> Self {
        Self::Unreadable { pointer, reason }
    }
}

impl Runtime {
    /// How a tenant is organized, as known at a time, or now.
    pub fn organization(&self, tenant: &TenantId, known_at: Option<Timestamp>) -> OrganizationView {
        let (as_of, catalog) = self.state().now();
        let known_at = known_at.map_or(as_of, |known_at| known_at.min(as_of));
        match catalog.organized(tenant, known_at) {
            Some(organized) => OrganizationView::of(organized),
            None => OrganizationView {
                revision: 0,
                organization: Organization::default(),
                recorded_at: None,
                written_by: None,
            },
        }
    }

    /// Writes how a tenant is organized. Calculations as known before go on with what was said then.
    pub async fn put_organization(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        precondition: Precondition,
        content: Value,
    ) -> Result<OrganizationView, OrganizationError> {
        if !self.has_tenant(tenant) {
            return Err(OrganizationError::UnknownTenant(tenant.clone()));
        }
        let organization: Organization = document::read(&content)?;
        let reserved: Vec<&str> = terms::fields().iter().map(|field| &*field.name).collect();
        let catalog = self.state().catalog();
        let written = catalog.organizations.get(tenant).map_or(0, |revisions| revisions.len());
        let most = self.ceilings().organizations_of_a_tenant;
        one_more("revisions of this tenant's organization", written, most)?;
        let defects = organization.check(&reserved);
        if !defects.is_empty() {
            return Err(OrganizationError::Invalid(defects));
        }
        let found = self.organization(tenant, None).revision;
        if !precondition.allows(Some(found).filter(|found| *found > 0)) {
            return Err(OrganizationError::Precondition { found });
        }
        let content = serde_json::to_value(&organization).map_err(|error| StoreError::Defect {
            action: "writing an organization",
            detail: error.to_string(),
        })?;
        let view = |effects: &[Effect]| match effects {
            [Effect::Organization(record)] => {
                Organized::of(record).ok().map(|organized| OrganizationView::of(&organized))
            }
            _ => None,
        };
        let commit = Commit {
            actor: actor.record(),
            expect: vec![Expectation::OrganizationRevision {
                tenant: tenant.clone(),
                revision: Some(found).filter(|found| *found > 0),
            }],
            audit: AuditDraft {
                log: Log::Tenant(tenant.clone()),
                action: "organization.changed".to_owned(),
                subject: format!("organization, revision {}", found + 1),
                digest: Digest::of_texts(&[&content.to_string()]),
                about: None,
            },
            changes: vec![Change::PutOrganization(OrganizationDraft {
                tenant: tenant.clone(),
                content,
            })],
            response: response_of(actor, 200, view),
        };
        let committed = match self.commit(commit).await {
            Ok(committed) => committed,
            Err(CommitError::Unmet(unmet)) => {
                return Err(OrganizationError::Precondition { found: unmet.found.unwrap_or(0) });
            }
            Err(CommitError::Store(error)) => return Err(error.into()),
        };
        Ok(view(&committed.effects).ok_or_else(no_effect)?)
    }
}
