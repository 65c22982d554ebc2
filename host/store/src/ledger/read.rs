//! What readers see: durable records only.

use std::{io, ops::Bound, sync::Arc, sync::atomic::Ordering};

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use stele_digest::Digest;
use uuid::Uuid;

use super::{Ledger, Work, expect::is_forgotten, import};
use crate::{
    backend::{Backend, Pair},
    commit::{Commit, CommitError, Committed, Observer, ResponseKey},
    envelope,
    error::{LogDamage, ReadOnlyCause, StoreError},
    layout::{self, Tree},
    merkle,
    names::{EmployeeId, TenantId},
    records::{
        ActivationRecord, AuditEntry, EmployeeRevision, ErasureRecord, ImpactReportRecord, Log,
        OrganizationRecord, PolicyRecord, ProposalRecord, ResponseRecord, TenantRecord,
        TokenRecord, VersionRecord,
    },
    store::{BackupSummary, Statistics, Verification},
};

/// A record's own recorded time.
pub(super) trait Recorded {
    fn recorded_at(&self) -> Timestamp;
}

macro_rules! recorded {
    ($($record:ty),*) => { $(impl Recorded for $record {
        fn recorded_at(&self) -> Timestamp { self.recorded_at }
    })* };
}

recorded!(
    TenantRecord,
    TokenRecord,
    VersionRecord,
    ActivationRecord,
    PolicyRecord,
    OrganizationRecord,
    ProposalRecord,
    ImpactReportRecord,
    ErasureRecord
);

impl<B: Backend> Ledger<B> {
    /// Recorded time of the latest durable commit.
    pub(super) fn durable_until(&self) -> Timestamp {
        Timestamp::from_microsecond(self.horizon.load(Ordering::Acquire))
            .unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Durable records of a tree in the order of their keys, after one, at most `limit`.
    pub(super) fn page<T: Recorded + DeserializeOwned>(
        &self,
        tree: Tree,
        after: Option<Vec<u8>>,
        limit: usize,
    ) -> Result<Vec<T>, StoreError> {
        let horizon = self.durable_until();
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let mut records = Vec::new();
        for pair in self.backend.scan(tree, from, Bound::Unbounded) {
            if records.len() >= limit {
                break;
            }
            let (key, value) = pair?;
            let record: T = envelope::read(tree, &key, &value)?;
            if record.recorded_at() <= horizon {
                records.push(record);
            }
        }
        Ok(records)
    }
}

/// The revision, unless it is a deletion.
fn present(pair: Option<Pair>) -> Result<Option<EmployeeRevision>, StoreError> {
    let Some((key, value)) = pair else { return Ok(None) };
    let revision: EmployeeRevision = envelope::read(Tree::Employees, &key, &value)?;
    Ok(revision.attributes.is_some().then_some(revision))
}

impl<B: Backend> Ledger<B> {
    /// As [`Store::commit`](crate::Store::commit).
    pub fn commit(&self, mut commit: Commit) -> Result<Arc<Committed>, CommitError> {
        if let Some(draft) = import::take(&mut commit) {
            return self.import(commit, draft);
        }
        self.submit_commit(self.prepare_work(commit)?)
    }

    /// As [`Store::remember`](crate::Store::remember).
    pub fn remember(
        &self,
        key: &ResponseKey,
        request: Digest,
        status: u16,
        body: String,
    ) -> Result<(), CommitError> {
        self.submit(Work::Remember { key: key.clone(), request, status, body }).map(|_| ())
    }

    /// As [`Store::observe`](crate::Store::observe).
    pub fn observe(&self, observer: Arc<dyn Observer>) {
        self.observers.write().push(observer);
    }

    /// As [`Store::horizon`](crate::Store::horizon).
    pub fn horizon(&self) -> Timestamp {
        self.durable_until()
    }

    /// As [`Store::tenants`](crate::Store::tenants).
    pub fn tenants(
        &self,
        after: Option<&TenantId>,
        limit: usize,
    ) -> Result<Vec<TenantRecord>, StoreError> {
        self.page(Tree::Tenants, after.map(layout::tenant), limit)
    }

    /// As [`Store::tokens`](crate::Store::tokens).
    pub fn tokens(
        &self,
        after: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<TokenRecord>, StoreError> {
        self.page(Tree::Tokens, after.map(layout::token), limit)
    }

    /// As [`Store::token`](crate::Store::token).
    pub fn token(&self, id: Uuid) -> Result<Option<TokenRecord>, StoreError> {
        Ok(self.stored_token(id)?.filter(|token| token.recorded_at <= self.horizon()))
    }

    /// As [`Store::versions`](crate::Store::versions).
    pub fn versions(
        &self,
        after: Option<&VersionRecord>,
        limit: usize,
    ) -> Result<Vec<VersionRecord>, StoreError> {
        let key = |last: &VersionRecord| layout::version(&last.scope, &last.name, &last.version);
        self.page(Tree::Versions, after.map(key), limit)
    }

    /// As [`Store::object`](crate::Store::object).
    pub fn object(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        let compressed = self.pieces(Tree::Objects, digest.as_bytes())?;
        if compressed.is_empty() {
            return Ok(None);
        }
        let damaged = |detail| envelope::damaged(Tree::Objects, digest.as_bytes(), detail);
        let content = zstd::decode_all(compressed.as_slice())
            .map_err(|_| damaged("a piece is missing or it cannot be decompressed"))?;
        if Digest::of(&content) != *digest {
            return Err(damaged("its content has another digest"));
        }
        Ok(Some(content))
    }

    /// As [`Store::activations_of`](crate::Store::activations_of).
    pub fn activations_of(
        &self,
        tenant: &TenantId,
        from: u64,
        limit: usize,
    ) -> Result<Vec<ActivationRecord>, StoreError> {
        let horizon = self.horizon();
        let prefix = layout::activations_of(tenant);
        let to = layout::after(&prefix).map_or(Bound::Unbounded, Bound::Excluded);
        let from = Bound::Included(layout::activation(tenant, from));
        let mut records = Vec::new();
        for pair in self.backend.scan(Tree::Activations, from, to).take(limit) {
            let (key, value) = pair?;
            let record: ActivationRecord = envelope::read(Tree::Activations, &key, &value)?;
            if record.recorded_at > horizon {
                break;
            }
            records.push(record);
        }
        Ok(records)
    }

    /// As [`Store::employee`](crate::Store::employee).
    pub fn employee(
        &self,
        tenant: &TenantId,
        employee: &EmployeeId,
        known_at: Timestamp,
    ) -> Result<Option<EmployeeRevision>, StoreError> {
        let known_at = known_at.min(self.horizon());
        let from = Bound::Included(layout::revisions_of(tenant, employee));
        let to = Bound::Included(layout::revision(tenant, employee, known_at, u64::MAX));
        let latest = self.backend.scan(Tree::Employees, from, to).next_back().transpose()?;
        latest.map(|(key, value)| envelope::read(Tree::Employees, &key, &value)).transpose()
    }

    /// As [`Store::employees_by_ids`](crate::Store::employees_by_ids).
    pub fn employees_by_ids(
        &self,
        tenant: &TenantId,
        employees: &[EmployeeId],
        known_at: Timestamp,
    ) -> Result<Vec<Option<EmployeeRevision>>, StoreError> {
        // One moment for all of them, whatever is committed meanwhile.
        let known_at = known_at.min(self.horizon());
        employees.iter().map(|employee| self.employee(tenant, employee, known_at)).collect()
    }

    /// As [`Store::employees`](crate::Store::employees).
    pub fn employees(
        &self,
        tenant: &TenantId,
        after: Option<&EmployeeId>,
        limit: usize,
        known_at: Timestamp,
    ) -> Result<Vec<EmployeeRevision>, StoreError> {
        let known_at = known_at.min(self.horizon());
        let prefix = layout::employees_of(tenant);
        let from = match after {
            // The byte after the zero that ends an identifier: past all revisions of it.
            Some(after) => layout::after(&layout::revisions_of(tenant, after)),
            None => Some(prefix.clone()),
        };
        let from = from.map_or(Bound::Unbounded, Bound::Included);
        let to = layout::after(&prefix).map_or(Bound::Unbounded, Bound::Excluded);

        let mut found = Vec::new();
        // The latest revision so far of the employee that the scan is at.
        let mut candidate: Option<Pair> = None;
        for pair in self.backend.scan(Tree::Employees, from, to) {
            let (key, value) = pair?;
            let (owner, recorded_at, _) = layout::revision_suffix(&key)
                .ok_or_else(|| envelope::damaged(Tree::Employees, &key, "its key is too short"))?;
            let same = candidate
                .as_ref()
                .is_some_and(|(known, _)| known.len() == key.len() && known.starts_with(owner));
            if !same {
                found.extend(present(candidate.take())?);
                if found.len() >= limit {
                    return Ok(found);
                }
            }
            if recorded_at <= known_at {
                candidate = Some((key, value));
            }
        }
        found.extend(present(candidate)?);
        found.truncate(limit);
        Ok(found)
    }

    /// As [`Store::audit`](crate::Store::audit).
    pub fn audit(&self, log: &Log, from: u64, limit: usize) -> Result<Vec<AuditEntry>, StoreError> {
        Ok(self.entries(log, from, limit)?.into_iter().map(|(_, entry)| entry).collect())
    }

    /// As [`Store::audit_json`](crate::Store::audit_json).
    pub fn audit_json(
        &self,
        log: &Log,
        from: u64,
        limit: usize,
    ) -> Result<Vec<Vec<u8>>, StoreError> {
        Ok(self.entries(log, from, limit)?.into_iter().map(|(json, _)| json).collect())
    }

    /// As [`Store::audit_length`](crate::Store::audit_length).
    pub fn audit_length(&self, log: &Log) -> Result<u64, StoreError> {
        Ok(self.edge(log)?.size)
    }

    /// As [`Store::tree_root`](crate::Store::tree_root).
    pub fn tree_root(&self, log: &Log, size: u64) -> Result<Digest, StoreError> {
        self.with_tree(log, size, |tree| merkle::root(tree, size))
    }

    /// As [`Store::inclusion`](crate::Store::inclusion).
    pub fn inclusion(&self, log: &Log, entry: u64, size: u64) -> Result<Vec<Digest>, StoreError> {
        if entry >= size {
            return Err(StoreError::BeyondLog { log: log.clone(), asked: entry, size });
        }
        self.with_tree(log, size, |tree| merkle::inclusion(tree, entry, size))
    }

    /// As [`Store::consistency`](crate::Store::consistency).
    pub fn consistency(&self, log: &Log, from: u64, to: u64) -> Result<Vec<Digest>, StoreError> {
        if from > to {
            return Err(StoreError::BeyondLog { log: log.clone(), asked: from, size: to });
        }
        self.with_tree(log, to, |tree| merkle::consistency(tree, from, to))
    }

    /// As [`Store::log_damage`](crate::Store::log_damage).
    pub fn log_damage(&self, log: &Log) -> Option<LogDamage> {
        self.damage(log)
    }

    /// As [`Store::read_only`](crate::Store::read_only).
    pub fn read_only(&self) -> Option<ReadOnlyCause> {
        self.read_only_cause()
    }

    /// As [`Store::examine_logs`](crate::Store::examine_logs).
    pub fn examine_logs(&self, entries: u64) -> Result<bool, StoreError> {
        self.examine_more(entries)
    }

    /// As [`Store::response`](crate::Store::response).
    pub fn response(&self, key: &ResponseKey) -> Result<Option<ResponseRecord>, StoreError> {
        let stored = self.stored_response(&layout::response(key))?;
        let now = self.clock.now();
        let horizon = self.horizon();
        Ok(stored.filter(|stored| stored.recorded_at <= horizon && !is_forgotten(stored, now)))
    }

    /// As [`Store::backup`](crate::Store::backup).
    pub fn backup(&self, writer: &mut dyn io::Write) -> Result<BackupSummary, StoreError> {
        self.write_backup(writer)
    }

    /// As [`Store::verify`](crate::Store::verify).
    pub fn verify(&self) -> Result<Verification, StoreError> {
        self.verify_all()
    }

    /// As [`Store::statistics`](crate::Store::statistics).
    pub fn statistics(&self) -> Statistics {
        self.counts()
    }
}
