//! Results that are recorded, and the erasure of what is known of an employee.

use uuid::Uuid;

use super::{
    Ledger,
    apply::{Staged, Writes},
    batch::BatchRecord,
    prepare::{ErasedBatch, Step},
};
use crate::{
    backend::{self, Backend, Write},
    commit::{CommitError, Effect, EraseDraft},
    envelope,
    error::StoreError,
    layout::{self, Tree},
    names::{EmployeeId, TenantId},
    records::{Actor, EmployeeRevision, ErasureRecord},
};

impl<B: Backend> Ledger<B> {
    pub(super) fn record_results(
        &self,
        actor: &Actor,
        (tenant, batch, count): (TenantId, Uuid, u32),
        ready: Vec<Write>,
        staged: &Staged,
        writes: &mut Writes,
    ) -> Result<Effect, CommitError> {
        if self.batch_record(&tenant, batch)?.is_some() {
            let detail = "there is a batch of that identifier";
            return Err(StoreError::defect("recording results", detail).into());
        }
        let record = BatchRecord {
            recorded_at: staged.recorded_at,
            actor: actor.clone(),
            audit_sequence: staged.audit_sequence,
            results: count,
            revision: 0,
            erased: Default::default(),
        };
        writes.extend(ready);
        writes.record(Tree::ResultBatches, layout::identified(&tenant, batch), &record)?;
        Ok(Effect::Results { tenant, batch, count })
    }

    /// Whether a batch was changed since what is to be written in its place was made.
    pub(super) fn is_overtaken(&self, steps: &[Step]) -> Result<bool, StoreError> {
        for step in steps {
            let Step::Erase { draft, batches } = step else { continue };
            for batch in batches {
                let record = self.batch_record(&draft.tenant, batch.id)?;
                if record.is_none_or(|record| record.revision != batch.record.revision) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    pub(super) fn erase(
        &self,
        actor: &Actor,
        draft: EraseDraft,
        batches: Vec<ErasedBatch>,
        staged: &Staged,
        writes: &mut Writes,
    ) -> Result<Effect, CommitError> {
        let EraseDraft { tenant, employee, attributes, complete, .. } = draft;
        let mut erased = Vec::new();
        for batch in batches {
            let mut record = batch.record;
            record.revision += 1;
            for result in &batch.erased {
                record.erased.insert(result.position, staged.recorded_at);
                let key = layout::result_of(&tenant, &employee, *result);
                writes.push(Write { tree: Tree::ResultsOf, key, value: None });
            }
            writes.extend(self.replacing(batch.encoded.heads)?);
            writes.extend(self.replacing(batch.encoded.contents)?);
            writes.record(Tree::ResultBatches, layout::identified(&tenant, batch.id), &record)?;
            erased.extend(batch.erased);
        }
        if attributes {
            self.erase_attributes(&tenant, &employee, staged, writes)?;
        }
        if complete {
            Self::forget_salt(&tenant, &employee, writes);
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
