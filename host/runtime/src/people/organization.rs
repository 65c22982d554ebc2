//! How a tenant is organized: written and read.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use stele_digest::Digest;
use stele_store::{
    AuditDraft, Change, Commit, CommitError, Effect, Expectation, Log, OrganizationDraft,
    StoreError, TenantId,
};

use super::affected::{AffectedPeople, EmployingEntity, FieldInUse, LackingFact};
use super::declared::Declarations;
use super::terms;
use crate::state::{
    actor::Actor,
    ceiling::{CeilingReached, one_more},
    document::{self, Unreadable},
    idempotency::response_of,
    organization::{Organization, OrganizationDefect, Organized, counted},
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
    /// After a write: who is in other slots than before, on some day. Absent when it is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub affected: Option<AffectedPeople>,
    /// After a write: facts that a version in force requires and that are not known of people who come
    /// into its slot. Absent when it is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lacking: Option<Vec<LackingFact>>,
}

impl OrganizationView {
    fn of(organized: &Organized) -> Self {
        Self {
            revision: organized.revision,
            organization: (*organized.organization).clone(),
            recorded_at: Some(organized.recorded_at),
            written_by: Some(organized.written_by.clone()),
            affected: None,
            lacking: None,
        }
    }
}

/// Why an organization was not written.
#[derive(Debug, thiserror::Error)]
pub enum OrganizationError {
    /// What can not stand in it: all of it.
    #[error("{}", counted(.0))]
    Invalid(Vec<OrganizationDefect>),
    /// Legal entities are gone by which somebody is or was employed.
    #[error(
        "{} can not be removed: somebody is or was employed there",
        .0.iter().map(|one| one.legal_entity.as_str()).collect::<Vec<_>>().join(", ")
    )]
    Employing(Vec<EmployingEntity>),
    /// Somebody has values of fields that would not be taken any more.
    #[error(
        "{} can not be changed so: somebody has values that would not be taken any more",
        .0.iter().map(|one| one.field.as_str()).collect::<Vec<_>>().join(", ")
    )]
    FieldsInUse(Vec<FieldInUse>),
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

/// By whom an attribute of the name is declared already. What the organization had before stays.
fn declarer(declared: &Declarations, name: &str) -> Option<&'static str> {
    if terms::field(name).is_some() {
        return Some("the host");
    }
    let had = declared.organization.as_deref();
    let is_old = had.is_some_and(|had| had.custom_fields.contains_key(name));
    let mut versions = declared.versions.iter();
    (!is_old && versions.any(|version| version.ruleset.fact(name).is_some()))
        .then_some("a version in force")
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
                affected: None,
                lacking: None,
            },
        }
    }

    /// Writes how a tenant is organized. Calculations as known before go on with what was said then.
    /// Nobody changes employees of the tenant while it is found out whom it affects.
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
        let catalog = self.state().catalog();
        let written = catalog.organizations.get(tenant).map_or(0, |revisions| revisions.len());
        let most = self.ceilings().organizations_of_a_tenant;
        one_more("revisions of this tenant's organization", written, most)?;
        // What is found out from here on is of this revision, or the commit does nothing.
        let found = self.organization(tenant, None).revision;
        let declared = self.declared_facts(tenant).await;
        let defects = organization.check(|name| declarer(&declared, name));
        if !defects.is_empty() {
            return Err(OrganizationError::Invalid(defects));
        }
        if !precondition.allows(Some(found).filter(|found| *found > 0)) {
            return Err(OrganizationError::Precondition { found });
        }
        let content = serde_json::to_value(&organization).map_err(|error| StoreError::Defect {
            action: "writing an organization",
            detail: error.to_string(),
        })?;
        let passed = self.imports().gate_of_import(tenant).pass().await;
        let (known_at, _) = self.state().now();
        let effect = self.effect_of(tenant, declared, &organization, known_at).await?;
        if !effect.employing.is_empty() {
            return Err(OrganizationError::Employing(effect.employing));
        }
        if !effect.in_use.is_empty() {
            return Err(OrganizationError::FieldsInUse(effect.in_use));
        }
        let (affected, lacking) = (effect.affected, effect.lacking);
        let view = move |effects: &[Effect]| match effects {
            [Effect::Organization(record)] => Organized::of(record).ok().map(|organized| {
                let (affected, lacking) = (Some(affected.clone()), Some(lacking.clone()));
                OrganizationView { affected, lacking, ..OrganizationView::of(&organized) }
            }),
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
            response: response_of(actor, 200, view.clone()),
        };
        let committed = match self.commit_passed(commit, passed).await {
            Ok(committed) => committed,
            Err(CommitError::Unmet(unmet)) => {
                return Err(OrganizationError::Precondition { found: unmet.found.unwrap_or(0) });
            }
            Err(CommitError::Store(error)) => return Err(error.into()),
        };
        Ok(view(&committed.effects).ok_or_else(no_effect)?)
    }
}
