//! The salts under which audit entries say whom they are about: made when an employee is first needed
//! in an entry, in the write of that entry, and removed in the write that completes their erasure.

use jiff::Timestamp;

use super::{Ledger, apply::Writes};
use crate::{
    backend::{Backend, Purpose, Write},
    commit::About,
    envelope,
    error::StoreError,
    layout::{self, Tree},
    names::{EmployeeId, TenantId},
    records::{AuditSalt, EmployeeDigest, EmployeeDigests, Log},
};

impl<B: Backend> Ledger<B> {
    /// What an entry of this log says of whom it is about. Who makes or removes a salt writes to the
    /// same log, so that the log's head guards what is found here.
    ///
    /// An entry without a change makes no salt for who was erased while it was on its way.
    pub(super) fn digests_of(
        &self,
        log: &Log,
        about: &About,
        purpose: Purpose,
        recorded_at: Timestamp,
        writes: &mut Writes,
    ) -> Result<Vec<EmployeeDigest>, StoreError> {
        let Log::Tenant(tenant) = log else {
            let detail = "an entry of the operator's log is about an employee";
            return Err(StoreError::defect("committing", detail));
        };
        let mut digests = Vec::with_capacity(about.employees.len());
        for employee in &about.employees {
            let (tree, key) = (Tree::AuditSalts, layout::audit_salt(tenant, employee));
            let value = self.backend.get(tree, &key)?;
            let salt = match value {
                Some(value) => envelope::read(tree, &key, &value)?,
                None if purpose == Purpose::Entry && self.is_erased(tenant, employee)? => continue,
                None => {
                    let salt =
                        AuditSalt::made(about.seed.as_bytes(), tenant, employee, recorded_at);
                    writes.record(tree, key, &salt)?;
                    salt
                }
            };
            digests.push(salt.digest(about.matter, employee));
        }
        // In an order that says nothing of the identifiers'.
        digests.sort_unstable();
        Ok(digests)
    }

    fn is_erased(&self, tenant: &TenantId, employee: &EmployeeId) -> Result<bool, StoreError> {
        let erasure = self.stored_erasure(&layout::erasure(tenant, employee))?;
        Ok(erasure.is_some_and(|erasure| erasure.complete))
    }

    /// From then on nobody knows whom the entries are about.
    pub(super) fn forget_salt(tenant: &TenantId, employee: &EmployeeId, writes: &mut Writes) {
        let key = layout::audit_salt(tenant, employee);
        writes.push(Write { tree: Tree::AuditSalts, key, value: None });
    }

    /// As [`TrustStore::employee_digests`](crate::TrustStore::employee_digests).
    pub fn employee_digests(
        &self,
        tenant: &TenantId,
        employee: &EmployeeId,
    ) -> Result<Option<EmployeeDigests>, StoreError> {
        let horizon = self.durable_until();
        let (tree, key) = (Tree::AuditSalts, layout::audit_salt(tenant, employee));
        let value = self.backend.get(tree, &key)?;
        let salt =
            value.map(|value| envelope::read::<AuditSalt>(tree, &key, &value)).transpose()?;
        Ok(salt.filter(|salt| salt.recorded_at <= horizon).map(|salt| salt.digests(employee)))
    }
}
