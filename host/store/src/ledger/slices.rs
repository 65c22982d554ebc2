//! Employees of an import, encoded and written a slice at a time.

use std::collections::HashSet;

use super::{
    Ledger,
    import::{OpenImport, Written},
};
use crate::{
    backend::{self, Backend, Guard, Purpose, Write},
    commit::{CommitError, EmployeeDraft, EmployeeToImport, Employees, Expectation, Unmet},
    envelope,
    error::StoreError,
    layout::{self, Tree},
    names::EmployeeId,
    records::EmployeeRevision,
};

/// What is written next.
#[derive(Default)]
struct Slice {
    writes: Vec<Write>,
    bytes: usize,
    employees: HashSet<EmployeeId>,
}

impl<B: Backend> Ledger<B> {
    /// Draws all employees and writes them. They are not visible then, and may not be durable.
    pub(super) fn write_slices(
        &self,
        open: &OpenImport,
        employees: Employees,
    ) -> Result<Written, CommitError> {
        let guard = open.guard()?;
        let mut written = Written { open: open.clone(), created: 0, updated: 0 };
        let mut slice = Slice::default();
        let mut unflushed = 0;
        for draft in employees {
            match self.encode_into(&mut slice, open, draft?)? {
                1 => written.created += 1,
                _ => written.updated += 1,
            }
            let is_full = slice.writes.len() >= self.bounds.slice;
            if is_full || slice.bytes >= self.bounds.slice_bytes {
                unflushed += slice.bytes;
                self.write_slice(&guard, std::mem::take(&mut slice))?;
            }
            if unflushed >= self.bounds.slice_bytes {
                unflushed = 0;
                self.outside_of_queue(|| self.backend.flush())?;
            }
        }
        self.write_slice(&guard, slice)?;
        Ok(written)
    }

    fn write_slice(&self, guard: &Guard, slice: Slice) -> Result<(), StoreError> {
        if slice.writes.is_empty() {
            return Ok(());
        }
        self.backend.room(slice.bytes as u64, Purpose::Change)?;
        self.write_of_import(vec![guard.clone()], slice.writes)
    }

    /// Encodes a revision; returns its number. Nobody else changes employees of this tenant now, so
    /// what is found of one before it is written is found until the end.
    fn encode_into(
        &self,
        slice: &mut Slice,
        open: &OpenImport,
        EmployeeToImport { draft, after }: EmployeeToImport,
    ) -> Result<u64, CommitError> {
        let EmployeeDraft { tenant, employee, salt, attributes } = draft;
        let refused = |detail: &str| StoreError::defect("importing employees", detail);
        if tenant != open.tenant {
            return Err(refused("one is another tenant's").into());
        }
        let prefix = layout::revisions_of(&tenant, &employee);
        let latest = match backend::last(&self.backend, Tree::Employees, &prefix)? {
            None => 0,
            Some((key, _)) => {
                let (_, recorded_at, revision) =
                    layout::revision_suffix(&key).ok_or_else(|| {
                        envelope::damaged(Tree::Employees, &key, "its key is too short")
                    })?;
                if recorded_at == open.recorded_at {
                    return Err(refused("one occurs twice").into());
                }
                revision
            }
        };
        if !slice.employees.insert(employee.clone()) {
            return Err(refused("one occurs twice").into());
        }
        if after.is_some_and(|after| after != latest) {
            let revision = after.filter(|after| *after > 0);
            let expectation = Expectation::EmployeeRevision { tenant, employee, revision };
            let found = Some(latest).filter(|latest| *latest > 0);
            return Err(CommitError::Unmet(Unmet { expectation, found }));
        }
        let revision = EmployeeRevision {
            employee,
            revision: latest + 1,
            recorded_at: open.recorded_at,
            salt,
            attributes,
            erased_at: None,
        };
        let number = revision.revision;
        let key = layout::revision(&tenant, &revision.employee, open.recorded_at, number);
        let value = envelope::record(Tree::Employees, &key, &revision)?;
        slice.bytes += key.len() + value.len();
        slice.writes.push(Write { tree: Tree::Employees, key, value: Some(value) });
        Ok(number)
    }
}
