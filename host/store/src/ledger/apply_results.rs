//! Results that are recorded, and the erasure of what is known of an employee.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{
    Ledger,
    apply::{Staged, Writes},
    batch::{Batch, BatchHead, Placed},
};
use crate::{
    backend::{self, Backend, Write},
    commit::{CommitError, Effect, EraseDraft, ResultsDraft},
    envelope,
    error::StoreError,
    layout::{self, Tree},
    names::{EmployeeId, TenantId},
    records::{Actor, EmployeeRevision, ErasureRecord, ResultId},
};

impl<B: Backend> Ledger<B> {
    pub(super) fn record_results(
        &self,
        actor: &Actor,
        draft: ResultsDraft,
        staged: &Staged,
        writes: &mut Writes,
    ) -> Result<Effect, CommitError> {
        let ResultsDraft { tenant, batch: id, results } = draft;
        let refused = |detail| StoreError::io("recording results", detail);
        let count = u32::try_from(results.len()).map_err(|_| refused("there are too many"))?;
        let mut heads = Vec::with_capacity(results.len());
        let mut contents = Vec::with_capacity(results.len());
        for (position, result) in (0..count).zip(results) {
            if let Some(employee) = &result.head.employee {
                let key = layout::result_of(&tenant, employee, ResultId { batch: id, position });
                let value = envelope::bytes(Tree::ResultsOf, &key, b"");
                writes.push(Write { tree: Tree::ResultsOf, key, value: Some(value) });
            }
            heads.push(Placed { head: result.head, length: result.content.len() });
            contents.push(result.content);
        }
        let head = BatchHead {
            recorded_at: staged.recorded_at,
            actor: actor.clone(),
            audit_sequence: staged.audit_sequence,
            results: heads,
        };
        let batch = Batch { head, contents };
        batch.check().map_err(|_| refused("a digest is not that of its content"))?;
        self.put_batch(&tenant, id, &batch, writes)?;
        Ok(Effect::Results { tenant, batch: id, count })
    }

    pub(super) fn erase(
        &self,
        actor: &Actor,
        draft: EraseDraft,
        staged: &Staged,
        writes: &mut Writes,
    ) -> Result<Effect, CommitError> {
        let EraseDraft { tenant, employee, results, attributes, complete } = draft;
        let mut by_batch: BTreeMap<Uuid, Vec<ResultId>> = BTreeMap::new();
        for result in results {
            by_batch.entry(result.batch).or_default().push(result);
        }
        let mut erased = Vec::new();
        for (id, results) in by_batch {
            let Some(mut batch) = self.batch(&tenant, id)? else { continue };
            for result in results {
                if erase_result(&mut batch, result, &employee, staged) {
                    let key = layout::result_of(&tenant, &employee, result);
                    writes.push(Write { tree: Tree::ResultsOf, key, value: None });
                    erased.push(result);
                }
            }
            self.put_batch(&tenant, id, &batch, writes)?;
        }
        if attributes {
            self.erase_attributes(&tenant, &employee, staged, writes)?;
        }
        let key = layout::erasure(&tenant, &employee);
        let before = self.stored_erasure(&key)?;
        let (asked_at, asked_by) = match &before {
            Some(before) => (before.asked_at, before.asked_by.clone()),
            None => (staged.recorded_at, actor.clone()),
        };
        let (mut all, erased_before) =
            before.map_or((Vec::new(), false), |before| (before.erased, before.attributes_erased));
        all.extend(erased);
        let record = ErasureRecord {
            tenant,
            employee,
            asked_at,
            asked_by,
            erased: all,
            attributes_erased: attributes || erased_before,
            complete,
            recorded_at: staged.recorded_at,
        };
        writes.record(Tree::Erasures, key, &record)?;
        Ok(Effect::Erased(record))
    }

    fn erase_attributes(
        &self,
        tenant: &TenantId,
        employee: &EmployeeId,
        staged: &Staged,
        writes: &mut Writes,
    ) -> Result<(), StoreError> {
        let prefix = layout::revisions_of(tenant, employee);
        for pair in backend::scan_prefix(&self.backend, Tree::Employees, &prefix) {
            let (key, value) = pair?;
            let revision: EmployeeRevision = envelope::read(Tree::Employees, &key, &value)?;
            if revision.erased_at.is_some() {
                continue;
            }
            let revision = EmployeeRevision {
                salt: String::new(),
                attributes: None,
                erased_at: Some(staged.recorded_at),
                ..revision
            };
            writes.record(Tree::Employees, key, &revision)?;
        }
        Ok(())
    }

    pub(super) fn stored_erasure(&self, key: &[u8]) -> Result<Option<ErasureRecord>, StoreError> {
        let value = self.backend.get(Tree::Erasures, key)?;
        value.map(|value| envelope::read(Tree::Erasures, key, &value)).transpose()
    }
}

/// Erases one result, if it is the employee's and is not erased yet.
fn erase_result(
    batch: &mut Batch,
    result: ResultId,
    employee: &EmployeeId,
    staged: &Staged,
) -> bool {
    let Ok(position) = usize::try_from(result.position) else { return false };
    let placed = batch.head.results.get_mut(position);
    let (Some(placed), Some(content)) = (placed, batch.contents.get_mut(position)) else {
        return false;
    };
    if placed.head.erased_at.is_some() || placed.head.employee.as_ref() != Some(employee) {
        return false;
    }
    placed.head.employee = None;
    placed.head.salt = String::new();
    placed.head.erased_at = Some(staged.recorded_at);
    placed.length = 0;
    content.clear();
    true
}
