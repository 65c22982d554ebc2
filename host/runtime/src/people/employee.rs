//! Employees one by one: written, deleted, read.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use stele_digest::Digest;
use stele_ruleset::FieldError;
use stele_store::{
    About, Attributes, AuditDraft, Change, Commit, CommitError, DatedValue, Effect,
    EmployeeDraft as Stored, EmployeeId, EmployeeRevision, EmploymentId, Expectation, Log,
    StoreError, TenantId, Unmet,
};

use super::change::{Checked, check_record};
use super::identifier;
use super::name::{AT, AttributeName, of_employment, shorten};
use super::shadow::ShadowedValue;
use super::unread::UnreadValue;
use crate::state::precondition::{Precondition, Revision};
use crate::state::salt::{salt, seed};
use crate::state::{
    actor::Actor,
    idempotency::response_of,
    runtime::{Runtime, no_effect},
};

/// All that is to be known of an employee: replaces what was known before.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmployeeDraft {
    /// Attributes by name: the person's, for every employment that has no value of its own.
    pub attributes: Attributes,
    /// The employments, each with what is true of it alone; none where they need not be told apart.
    #[serde(default, skip_serializing_if = "Employments::is_empty")]
    pub employments: Employments,
}

/// What is known of each employment.
pub type Employments = BTreeMap<EmploymentId, EmploymentTerms>;

/// What is known of one employment alone.
#[derive(
    Debug,
    Clone,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    stele_fields::FromFields,
    utoipa::ToSchema,
)]
#[serde(deny_unknown_fields)]
pub struct EmploymentTerms {
    /// Attributes by name, such as `legal_entity`, `country`, `status`, `gross`; one after the name
    /// of a ruleset, such as `de/payroll/state`, is for that ruleset alone.
    #[schema(value_type = BTreeMap<String, Vec<DatedValue>>)]
    pub attributes: Attributes,
}

impl EmployeeDraft {
    /// As it is kept. What is an employment's stands under the employment, and nowhere else.
    pub(super) fn kept(self) -> Result<Attributes, Vec<FieldError>> {
        let elsewhere = |pointer: String, name: &str| {
            let expected = "a name without @: what is an employment's stands in /employments";
            FieldError::new(pointer, expected, format!("{:?}", shorten(name)))
        };
        let mut errors = Vec::new();
        let mut kept = Attributes::new();
        for (name, values) in self.attributes {
            if name.contains(AT) {
                errors.push(elsewhere(AttributeName::of_person_named(&name).pointer(), &name));
            }
            kept.insert(name, values);
        }
        for (employment, terms) in self.employments {
            if terms.attributes.is_empty() {
                let pointer = format!("/employments/{employment}/attributes");
                errors.push(FieldError::new(pointer, "at least one attribute", "none"));
            }
            for (name, values) in terms.attributes {
                let of_employment = of_employment(&name, &employment);
                if name.contains(AT) {
                    let whose = Some(employment.as_str());
                    let place = AttributeName { employment: whose, ruleset: None, name: &name };
                    errors.push(elsewhere(place.pointer(), &name));
                }
                kept.insert(of_employment, values);
            }
        }
        if errors.is_empty() { Ok(kept) } else { Err(errors) }
    }

    /// What is kept, told apart.
    pub(super) fn of(kept: Attributes) -> Self {
        let mut draft = Self::default();
        for (name, values) in kept {
            let parts = AttributeName::of(&name);
            match parts.employment.and_then(|employment| EmploymentId::new(employment).ok()) {
                None => draft.attributes.insert(name, values),
                Some(employment) => {
                    let own = parts.of_person();
                    draft.employments.entry(employment).or_default().attributes.insert(own, values)
                }
            };
        }
        draft
    }
}

/// An employee as known at some time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Employee {
    /// Its identifier.
    pub id: EmployeeId,
    /// The revision; also the ETag.
    pub revision: Revision,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Attributes by name: the person's.
    pub attributes: Attributes,
    /// The employments; none where they are not told apart.
    #[serde(default, skip_serializing_if = "Employments::is_empty")]
    pub employments: Employments,
}

impl Employee {
    pub(super) fn of(revision: EmployeeRevision) -> Option<Self> {
        let EmployeeDraft { attributes, employments } = EmployeeDraft::of(revision.attributes?);
        Some(Self {
            id: revision.employee,
            revision: revision.revision,
            recorded_at: revision.recorded_at,
            attributes,
            employments,
        })
    }
}

/// What came of writing an employee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmployeeWritten {
    /// As it is now known.
    pub employee: Employee,
    /// Whether there was no such employee before.
    pub created: bool,
    /// Attributes that no version in force reads of those whose they are: kept, but used by none.
    pub unused: Vec<String>,
    /// What the record states anew and not every employment reads, because something closer is said
    /// of it.
    #[serde(default)]
    pub shadowed: Vec<ShadowedValue>,
    /// What the record states anew and no calculation reads, because the employment does not run on its
    /// days or no version is in force on them.
    #[serde(default)]
    pub unread: Vec<UnreadValue>,
}

/// A page of employees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmployeePage {
    /// By identifier.
    pub employees: Vec<Employee>,
    /// The identifier after which the next page begins; none: this is the last.
    pub next: Option<EmployeeId>,
}

/// Why an employee was not changed.
#[derive(Debug, thiserror::Error)]
pub enum EmployeeError {
    /// Attributes that are wrong: all of them.
    #[error("{} wrong attributes", .0.len())]
    Invalid(Vec<FieldError>),
    /// The precondition does not hold.
    #[error("the employee is at {}, not as demanded ({expected})", .found.map_or("no revision".to_owned(), |found| format!("revision {found}")))]
    Precondition {
        /// What was demanded.
        expected: Precondition,
        /// The latest revision; none: no such employee.
        found: Option<Revision>,
    },
    /// No such employee.
    #[error("there is no employee {0}")]
    UnknownEmployee(EmployeeId),
    /// No such tenant.
    #[error("there is no tenant {0}")]
    UnknownTenant(TenantId),
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Runtime {
    /// Writes a revision. Attributes that an activated ruleset declares must have its type, and what
    /// a version in force requires does not vanish.
    pub async fn put_employee(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        id: &EmployeeId,
        draft: EmployeeDraft,
        if_match: impl Into<Precondition>,
    ) -> Result<EmployeeWritten, EmployeeError> {
        self.check_tenant(tenant)?;
        let if_match = if_match.into();
        let declared = self.declared_facts(tenant).await;
        let record = draft.kept().map_err(EmployeeError::Invalid)?;
        loop {
            let (as_of, _) = self.state().now();
            let latest = self.store().employee(tenant, id, as_of).await?;
            if latest.is_none()
                && let Some(error) = identifier::refused(id, "")
            {
                return Err(EmployeeError::Invalid(vec![error]));
            }
            let known = latest.and_then(|latest| Some((latest.revision, latest.attributes?)));
            let (found, before) = known.unzip();
            if !if_match.allows(found) {
                return Err(EmployeeError::Precondition { expected: if_match, found });
            }
            let before = before.unwrap_or_default();
            let Checked { attributes, unused, shadowed, unread } =
                check_record(&declared, &before, record.clone()).map_err(EmployeeError::Invalid)?;
            let said = (unused.clone(), shadowed.clone(), unread.clone());
            let view = move |written| {
                let (unused, shadowed, unread) = said.clone();
                Some(EmployeeWritten { unused, shadowed, unread, ..written })
            };
            // What was looked at is what is replaced.
            let read = found.map_or(Precondition::Absent, Precondition::Revision);
            let writing = self.write_revision(actor, tenant, id, Some(attributes), read, view);
            match (writing.await, if_match) {
                // Somebody else was faster; what we were asked does not depend on that.
                (
                    Err(EmployeeError::Precondition { .. }),
                    Precondition::None | Precondition::Present,
                ) => {}
                (Err(EmployeeError::Precondition { found, .. }), expected) => {
                    return Err(EmployeeError::Precondition { expected, found });
                }
                (written, _) => {
                    let written = written?.ok_or_else(no_effect)?;
                    return Ok(EmployeeWritten { unused, shadowed, unread, ..written });
                }
            }
        }
    }

    /// Deletes an employee: later calculations do not find it; those as known earlier do.
    pub async fn delete_employee(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        id: &EmployeeId,
        if_match: impl Into<Precondition>,
    ) -> Result<(), EmployeeError> {
        self.check_tenant(tenant)?;
        let if_match = match if_match.into() {
            Precondition::None => Precondition::Present,
            other => other,
        };
        let nothing = |_| None::<EmployeeWritten>;
        let deleted = self.write_revision(actor, tenant, id, None, if_match, nothing).await;
        deleted.map(drop).map_err(|error| match error {
            EmployeeError::Precondition { expected: Precondition::Present, .. } => {
                EmployeeError::UnknownEmployee(id.clone())
            }
            other => other,
        })
    }

    /// An employee as known at a time, or now; none: not known.
    pub async fn employee(
        &self,
        tenant: &TenantId,
        id: &EmployeeId,
        known_at: Option<Timestamp>,
    ) -> Result<Option<Employee>, StoreError> {
        let (as_of, _) = self.state().now();
        let known_at = known_at.map_or(as_of, |known_at| known_at.min(as_of));
        Ok(self.store().employee(tenant, id, known_at).await?.and_then(Employee::of))
    }

    /// Employees by identifier, after `after`, at most `limit`, as known at a time, or now.
    pub async fn employees(
        &self,
        tenant: &TenantId,
        after: Option<&EmployeeId>,
        limit: usize,
        known_at: Option<Timestamp>,
    ) -> Result<EmployeePage, StoreError> {
        let (as_of, _) = self.state().now();
        let known_at = known_at.map_or(as_of, |known_at| known_at.min(as_of));
        // One more than asked for, to know whether there is a next page.
        let found =
            self.store().employees(tenant, after, limit.saturating_add(1), known_at).await?;
        let more = found.len() > limit;
        let employees: Vec<_> = found.into_iter().take(limit).filter_map(Employee::of).collect();
        let next = employees.last().filter(|_| more).map(|last| last.id.clone());
        Ok(EmployeePage { employees, next })
    }

    pub(super) fn check_tenant(&self, tenant: &TenantId) -> Result<(), EmployeeError> {
        if self.has_tenant(tenant) {
            Ok(())
        } else {
            Err(EmployeeError::UnknownTenant(tenant.clone()))
        }
    }

    /// Writes a revision, or a deletion, under the precondition. Without one, `Present` and
    /// `Absent` are checked against the latest revision, and so are tried again if it moves on.
    pub(super) async fn write_revision<V: Serialize + 'static>(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        id: &EmployeeId,
        attributes: Option<Attributes>,
        if_match: Precondition,
        respond: impl Fn(EmployeeWritten) -> Option<V> + Send + Sync + Clone + 'static,
    ) -> Result<Option<V>, EmployeeError> {
        let salt = salt()?;
        let digest = salted_digest(&salt, attributes.as_ref());
        let about = About::employee(id.clone(), seed()?);
        loop {
            let found = self.employee(tenant, id, None).await?.map(|employee| employee.revision);
            let expected = match if_match {
                Precondition::Absent => None,
                Precondition::Revision(revision) => Some(revision),
                Precondition::Present if found.is_none() => {
                    return Err(EmployeeError::Precondition { expected: if_match, found });
                }
                Precondition::Present | Precondition::None => found,
            };
            let created = expected.is_none();
            let respond = respond.clone();
            let view = move |effects: &[Effect]| match effects {
                [Effect::Employee { revision, .. }] => {
                    let employee = Employee::of(revision.clone())?;
                    let (unused, shadowed, unread) = (Vec::new(), Vec::new(), Vec::new());
                    respond(EmployeeWritten { employee, created, unused, shadowed, unread })
                }
                _ => None,
            };
            let action = if attributes.is_some() { "employee.written" } else { "employee.deleted" };
            let commit = Commit {
                actor: actor.record(),
                expect: vec![Expectation::EmployeeRevision {
                    tenant: tenant.clone(),
                    employee: id.clone(),
                    revision: expected,
                }],
                changes: vec![Change::PutEmployee(Stored {
                    tenant: tenant.clone(),
                    employee: id.clone(),
                    salt: salt.clone(),
                    attributes: attributes.clone(),
                })],
                audit: AuditDraft {
                    log: Log::Tenant(tenant.clone()),
                    action: action.to_owned(),
                    // Who it is stands in no entry: the log can not be erased.
                    subject: "1 employee".to_owned(),
                    digest,
                    about: Some(about.clone()),
                },
                response: response_of(actor, if created { 201 } else { 200 }, view.clone()),
            };
            match self.commit(commit).await {
                Ok(committed) => return Ok(view(&committed.effects)),
                Err(CommitError::Unmet(Unmet { found, .. })) => match if_match {
                    // Somebody else was faster; what we were asked does not depend on that.
                    Precondition::None | Precondition::Present => {}
                    Precondition::Absent | Precondition::Revision(_) => {
                        return Err(EmployeeError::Precondition { expected: if_match, found });
                    }
                },
                Err(CommitError::Store(error)) => return Err(error.into()),
            }
        }
    }
}

/// Digest of attributes for the audit log. What a deletion leaves has a digest too.
pub(super) fn salted_digest(salt: &str, attributes: Option<&Attributes>) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update(salt.as_bytes());
    for (name, values) in attributes.into_iter().flatten() {
        for DatedValue { from, value } in values {
            for text in [name.as_str(), &from.to_string(), &value.to_string()] {
                hasher.update((text.len() as u64).to_be_bytes());
                hasher.update(text.as_bytes());
            }
        }
    }
    Digest::from_bytes(hasher.finalize().into())
}
