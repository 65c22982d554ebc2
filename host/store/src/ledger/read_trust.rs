//! What readers see of policies, proposals, impact reports, results and erasures: durable records
//! only.

use std::ops::Bound;

use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::{Ledger, batch::read_index, read::Recorded};
use crate::{
    backend::{self, Backend},
    envelope,
    error::StoreError,
    layout::{self, Tree},
    names::{EmployeeId, TenantId},
    records::{
        ErasureRecord, ImpactReportRecord, IndexedHead, ListedResult, OrganizationRecord,
        PolicyRecord, ProposalRecord, ResultHead, ResultId, ResultRecord,
    },
};

/// Length of a revision at the end of a key.
const REVISION: usize = 8;

impl<B: Backend> Ledger<B> {
    /// The latest durable record under the prefix.
    fn durable<T: Recorded + DeserializeOwned>(
        &self,
        tree: Tree,
        prefix: &[u8],
    ) -> Result<Option<T>, StoreError> {
        let horizon = self.durable_until();
        for pair in backend::scan_prefix(&self.backend, tree, prefix).rev() {
            let (key, value) = pair?;
            let record: T = envelope::read(tree, &key, &value)?;
            if record.recorded_at() <= horizon {
                return Ok(Some(record));
            }
        }
        Ok(None)
    }

    /// The latest durable revision of each identifier of a tenant, the newest identifier first.
    fn newest<T: Recorded + DeserializeOwned>(
        &self,
        tree: Tree,
        tenant: &TenantId,
        before: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<T>, StoreError> {
        let horizon = self.durable_until();
        let prefix = layout::of_tenant(tenant);
        let to = match before {
            Some(before) => Some(layout::identified(tenant, before)),
            None => layout::after(&prefix),
        };
        let to = to.map_or(Bound::Unbounded, Bound::Excluded);
        let mut records = Vec::new();
        let mut taken: Option<Uuid> = None;
        for pair in self.backend.scan(tree, Bound::Included(prefix), to).rev() {
            let (key, value) = pair?;
            let id = layout::identifier(&key, REVISION)
                .ok_or_else(|| envelope::damaged(tree, &key, "its key is too short"))?;
            if taken == Some(id) {
                continue;
            }
            if records.len() == limit {
                break;
            }
            let record: T = envelope::read(tree, &key, &value)?;
            if record.recorded_at() <= horizon {
                records.push(record);
                taken = Some(id);
            }
        }
        Ok(records)
    }
}

impl<B: Backend> Ledger<B> {
    /// As [`TrustStore::policy`](crate::TrustStore::policy).
    pub fn policy(&self, holder: Option<&TenantId>) -> Result<Option<PolicyRecord>, StoreError> {
        self.durable(Tree::Policies, &layout::policies_of(holder))
    }

    /// As [`TrustStore::organizations`](crate::TrustStore::organizations).
    pub fn organizations(&self, tenant: &TenantId) -> Result<Vec<OrganizationRecord>, StoreError> {
        self.revisions(Tree::Organizations, &layout::of_tenant(tenant))
    }

    /// As [`TrustStore::proposal`](crate::TrustStore::proposal).
    pub fn proposal(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<Option<ProposalRecord>, StoreError> {
        self.durable(Tree::Proposals, &layout::identified(tenant, id))
    }

    /// As [`TrustStore::proposal_revisions`](crate::TrustStore::proposal_revisions).
    pub fn proposal_revisions(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<Vec<ProposalRecord>, StoreError> {
        self.revisions(Tree::Proposals, &layout::identified(tenant, id))
    }

    /// All durable revisions under a prefix, the first one first.
    fn revisions<T: Recorded + DeserializeOwned>(
        &self,
        tree: Tree,
        prefix: &[u8],
    ) -> Result<Vec<T>, StoreError> {
        let horizon = self.durable_until();
        let mut revisions = Vec::new();
        for pair in backend::scan_prefix(&self.backend, tree, prefix) {
            let (key, value) = pair?;
            let record: T = envelope::read(tree, &key, &value)?;
            if record.recorded_at() <= horizon {
                revisions.push(record);
            }
        }
        Ok(revisions)
    }

    /// As [`TrustStore::proposals`](crate::TrustStore::proposals).
    pub fn proposals(
        &self,
        tenant: &TenantId,
        before: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<ProposalRecord>, StoreError> {
        self.newest(Tree::Proposals, tenant, before, limit)
    }

    /// As [`TrustStore::impact_report`](crate::TrustStore::impact_report).
    pub fn impact_report(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<Option<ImpactReportRecord>, StoreError> {
        self.durable(Tree::ImpactReports, &layout::identified(tenant, id))
    }

    /// As [`TrustStore::impact_reports`](crate::TrustStore::impact_reports).
    pub fn impact_reports(
        &self,
        tenant: &TenantId,
        before: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<ImpactReportRecord>, StoreError> {
        self.newest(Tree::ImpactReports, tenant, before, limit)
    }

    /// As [`TrustStore::impact_content`](crate::TrustStore::impact_content).
    pub fn impact_content(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let key = layout::identified(tenant, id);
        let compressed = self.pieces(Tree::ImpactContents, &key)?;
        if compressed.is_empty() {
            return Ok(None);
        }
        zstd::decode_all(compressed.as_slice()).map(Some).map_err(|_| {
            let detail = "a piece is missing or it cannot be decompressed";
            envelope::damaged(Tree::ImpactContents, &key, detail)
        })
    }

    /// As [`TrustStore::result`](crate::TrustStore::result).
    pub fn result(
        &self,
        tenant: &TenantId,
        id: ResultId,
    ) -> Result<Option<ResultRecord>, StoreError> {
        let horizon = self.durable_until();
        let batch = self.batch(tenant, id.batch)?;
        Ok(batch
            .filter(|batch| batch.record.recorded_at <= horizon)
            .and_then(|batch| batch.result(id)))
    }

    /// As [`TrustStore::results`](crate::TrustStore::results).
    pub fn results(
        &self,
        tenant: &TenantId,
        after: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<ResultRecord>, StoreError> {
        let horizon = self.durable_until();
        let prefix = layout::of_tenant(tenant);
        let to = layout::after(&prefix).map_or(Bound::Unbounded, Bound::Excluded);
        let from = match after {
            Some(after) => Bound::Excluded(layout::identified(tenant, after)),
            None => Bound::Included(prefix),
        };
        let mut found = Vec::new();
        for pair in self.backend.scan(Tree::ResultBatches, from, to) {
            if found.len() >= limit {
                break;
            }
            let (key, _) = pair?;
            let (_, id) = layout::batch_of(&key).ok_or_else(|| {
                envelope::damaged(Tree::ResultBatches, &key, "its key is too short")
            })?;
            if let Some(batch) = self.batch(tenant, id)?
                && batch.record.recorded_at <= horizon
            {
                found.extend(
                    (0..batch.record.results)
                        .filter_map(|position| batch.result(ResultId { batch: id, position })),
                );
            }
        }
        Ok(found)
    }

    /// As [`TrustStore::results_of`](crate::TrustStore::results_of).
    pub fn results_of(
        &self,
        tenant: &TenantId,
        employee: &EmployeeId,
        after: Option<ResultId>,
        limit: usize,
    ) -> Result<Vec<ListedResult>, StoreError> {
        let horizon = self.durable_until();
        let prefix = layout::results_of(tenant, employee);
        let to = layout::after(&prefix).map_or(Bound::Unbounded, Bound::Excluded);
        let from = match after {
            Some(after) => Bound::Excluded(layout::result_of(tenant, employee, after)),
            None => Bound::Included(prefix),
        };
        let mut found: Vec<ListedResult> = Vec::new();
        for pair in self.backend.scan(Tree::ResultsOf, from, to) {
            if found.len() >= limit {
                break;
            }
            let (key, value) = pair?;
            let id = layout::result_at_end(&key)
                .ok_or_else(|| envelope::damaged(Tree::ResultsOf, &key, "its key is too short"))?;
            let recorded_at = match found.last().filter(|last| last.id.batch == id.batch) {
                Some(last) => last.recorded_at,
                None => match self.batch_record(tenant, id.batch)? {
                    Some(batch) if batch.recorded_at <= horizon => batch.recorded_at,
                    // Written by a commit that is not durable.
                    _ => continue,
                },
            };
            let indexed = read_index(&key, &value)?;
            let digest = indexed.digest();
            let IndexedHead { slot, kind, date, .. } = indexed;
            let employee = Some(employee.clone());
            let provenance = None;
            found.push(ListedResult {
                id,
                employee,
                slot,
                kind,
                provenance,
                date,
                digest,
                recorded_at,
            });
        }
        Ok(found)
    }

    /// As [`TrustStore::result_list`](crate::TrustStore::result_list).
    pub fn result_list(
        &self,
        tenant: &TenantId,
        after: Option<ResultId>,
        limit: usize,
    ) -> Result<Vec<ListedResult>, StoreError> {
        let horizon = self.durable_until();
        let prefix = layout::of_tenant(tenant);
        let to = layout::after(&prefix).map_or(Bound::Unbounded, Bound::Excluded);
        let from = after.map_or(prefix, |after| layout::identified(tenant, after.batch));
        let mut found = Vec::new();
        for pair in self.backend.scan(Tree::ResultBatches, Bound::Included(from), to) {
            let (key, _) = pair?;
            let (_, batch) = layout::batch_of(&key).ok_or_else(|| {
                envelope::damaged(Tree::ResultBatches, &key, "its key is too short")
            })?;
            let Some((record, heads)) = self.batch_heads(tenant, batch)? else { continue };
            if record.recorded_at > horizon {
                continue;
            }
            for (position, placed) in (0_u32..).zip(heads) {
                let id = ResultId { batch, position };
                if after.is_some_and(|after| id <= after) || record.erased.contains_key(&position) {
                    continue;
                }
                if found.len() >= limit {
                    return Ok(found);
                }
                let ResultHead { employee, slot, kind, date, digest, provenance, .. } = placed.head;
                let recorded_at = record.recorded_at;
                found.push(ListedResult {
                    id,
                    employee,
                    slot,
                    kind,
                    provenance,
                    date,
                    digest,
                    recorded_at,
                });
            }
        }
        Ok(found)
    }

    /// As [`TrustStore::results_by_ids`](crate::TrustStore::results_by_ids).
    pub fn results_by_ids(
        &self,
        tenant: &TenantId,
        ids: &[ResultId],
    ) -> Result<Vec<Option<ResultRecord>>, StoreError> {
        let horizon = self.durable_until();
        let mut wanted: Vec<(usize, ResultId)> = ids.iter().copied().enumerate().collect();
        wanted.sort_unstable_by_key(|(_, id)| *id);
        let mut found = vec![None; ids.len()];
        for of_batch in wanted.chunk_by(|(_, one), (_, next)| one.batch == next.batch) {
            let Some((_, first)) = of_batch.first() else { continue };
            let batch = self.batch(tenant, first.batch)?;
            let Some(batch) = batch.filter(|batch| batch.record.recorded_at <= horizon) else {
                continue;
            };
            for (place, id) in of_batch {
                if let Some(found) = found.get_mut(*place) {
                    *found = batch.result(*id);
                }
            }
        }
        Ok(found)
    }

    /// As [`TrustStore::erasure`](crate::TrustStore::erasure).
    pub fn erasure(
        &self,
        tenant: &TenantId,
        employee: &EmployeeId,
    ) -> Result<Option<ErasureRecord>, StoreError> {
        let horizon = self.durable_until();
        let stored = self.stored_erasure(&layout::erasure(tenant, employee))?;
        Ok(stored.filter(|erasure| erasure.recorded_at <= horizon))
    }

    /// As [`TrustStore::erasures`](crate::TrustStore::erasures).
    pub fn erasures(
        &self,
        after: Option<&ErasureRecord>,
        limit: usize,
    ) -> Result<Vec<ErasureRecord>, StoreError> {
        let key = |last: &ErasureRecord| layout::erasure(&last.tenant, &last.employee);
        self.page(Tree::Erasures, after.map(key), limit)
    }
}
