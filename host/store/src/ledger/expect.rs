//! Checks what a commit expects, against everything written before it, durable or not.

use jiff::Timestamp;
use uuid::Uuid;

use super::Ledger;
use crate::{
    backend::{self, Backend},
    commit::{CommitError, Expectation, ResponseKey, Unmet},
    envelope,
    error::StoreError,
    layout::{self, Tree},
    names::{EmployeeId, TenantId},
    records::{EmployeeRevision, ResponseRecord, TokenRecord},
    store::RESPONSES_KEPT,
};

impl<B: Backend> Ledger<B> {
    pub(super) fn check(
        &self,
        expectation: &Expectation,
        now: Timestamp,
    ) -> Result<(), CommitError> {
        let (met, found) = match expectation {
            Expectation::TenantAbsent(tenant) => {
                (self.backend.get(Tree::Tenants, &layout::tenant(tenant))?.is_none(), None)
            }
            Expectation::TenantPresent(tenant) => {
                (self.backend.get(Tree::Tenants, &layout::tenant(tenant))?.is_some(), None)
            }
            Expectation::TokenActive(id) => {
                (self.stored_token(*id)?.is_some_and(|token| token.revoked_at.is_none()), None)
            }
            Expectation::VersionAbsent { scope, name, version } => {
                let key = layout::version(scope, name, version);
                (self.backend.get(Tree::Versions, &key)?.is_none(), None)
            }
            Expectation::NameAbsent { scope, name } => {
                let prefix = layout::versions_of(scope, name);
                (backend::last(&self.backend, Tree::Versions, &prefix)?.is_none(), None)
            }
            Expectation::EmployeeRevision { tenant, employee, revision } => {
                let found = self
                    .latest_employee(tenant, employee)?
                    .filter(|latest| latest.attributes.is_some())
                    .map(|latest| latest.revision);
                (found == *revision, found)
            }
            Expectation::PolicyRevision { tenant, revision } => {
                let found = self.latest_policy(tenant.as_ref())?.map(|latest| latest.revision);
                (found == *revision, found)
            }
            Expectation::OrganizationRevision { tenant, revision } => {
                let found = self.latest_organization(tenant)?.map(|latest| latest.revision);
                (found == *revision, found)
            }
            Expectation::ProposalRevision { tenant, id, revision } => {
                let found = self.latest_proposal(tenant, *id)?.map(|latest| latest.revision);
                (found == *revision, found)
            }
            Expectation::ImpactRevision { tenant, id, revision } => {
                let found = self.latest_impact_report(tenant, *id)?.map(|latest| latest.revision);
                (found == *revision, found)
            }
            Expectation::ResponseAbsent(key) => (!self.is_answered(key, now)?, None),
        };
        if met {
            Ok(())
        } else {
            Err(CommitError::Unmet(Unmet { expectation: expectation.clone(), found }))
        }
    }

    /// Whether an answer is remembered under the key.
    pub(super) fn is_answered(
        &self,
        key: &ResponseKey,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let stored = self.stored_response(&layout::response(key))?;
        Ok(stored.is_some_and(|stored| !is_forgotten(&stored, now)))
    }

    pub(super) fn stored_token(&self, id: Uuid) -> Result<Option<TokenRecord>, StoreError> {
        let key = layout::token(id);
        let value = self.backend.get(Tree::Tokens, &key)?;
        value.map(|value| envelope::read(Tree::Tokens, &key, &value)).transpose()
    }

    pub(super) fn stored_response(&self, key: &[u8]) -> Result<Option<ResponseRecord>, StoreError> {
        let value = self.backend.get(Tree::Responses, key)?;
        value.map(|value| envelope::read(Tree::Responses, key, &value)).transpose()
    }

    pub(super) fn latest_revision(
        &self,
        tenant: &TenantId,
        employee: &EmployeeId,
    ) -> Result<Option<u64>, StoreError> {
        let prefix = layout::revisions_of(tenant, employee);
        let Some((key, _)) = backend::last(&self.backend, Tree::Employees, &prefix)? else {
            return Ok(None);
        };
        layout::revision_suffix(&key)
            .map(|(_, _, revision)| Some(revision))
            .ok_or_else(|| envelope::damaged(Tree::Employees, &key, "its key is too short"))
    }

    fn latest_employee(
        &self,
        tenant: &TenantId,
        employee: &EmployeeId,
    ) -> Result<Option<EmployeeRevision>, StoreError> {
        let prefix = layout::revisions_of(tenant, employee);
        backend::last(&self.backend, Tree::Employees, &prefix)?
            .map(|(key, value)| envelope::read(Tree::Employees, &key, &value))
            .transpose()
    }
}

/// Whether an answer is older than answers are remembered.
pub(super) fn is_forgotten(response: &ResponseRecord, now: Timestamp) -> bool {
    now.duration_since(response.recorded_at) > RESPONSES_KEPT
}
