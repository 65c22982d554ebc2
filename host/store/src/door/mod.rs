//! The door to a ledger: what blocks is done on threads that may, and whoever asks waits without
//! holding one.
//!
//! Reads run on the blocking threads of the async runtime that asks, so many at a time as
//! [`Bounds::reading`](crate::Bounds) allows. Commits are prepared there too, and written by one
//! thread of the door's own (`writer`): neither slow reads nor many that wait take its place.

mod trust;
mod writer;

use std::{io, sync::Arc};

use async_trait::async_trait;
use jiff::Timestamp;
use stele_digest::Digest;
use tokio::sync::Semaphore;
use uuid::Uuid;

use self::writer::WriterThread;
use crate::{
    backend::Backend,
    commit::{Commit, CommitError, Committed, Observer, ResponseKey},
    error::{LogDamage, ReadOnlyCause, StoreError},
    ledger::Ledger,
    names::{EmployeeId, TenantId},
    records::{
        ActivationRecord, AuditEntry, EmployeeRevision, Log, ResponseRecord, TenantRecord,
        TokenRecord, VersionRecord,
    },
    store::{BackupSummary, Statistics, Store, Verification},
};

/// A [`Store`] over a ledger. Closes the ledger when it is dropped and the last read has ended.
pub struct Door<B: Backend + 'static> {
    ledger: Arc<Ledger<B>>,
    reading: Arc<Semaphore>,
    _writer: WriterThread<B>,
}

impl<B: Backend + 'static> Door<B> {
    /// Starts the thread that writes.
    pub fn new(ledger: Ledger<B>) -> Result<Self, StoreError> {
        let ledger = Arc::new(ledger);
        let reading = Arc::new(Semaphore::new(ledger.bounds().reading));
        let writer = WriterThread::start(ledger.clone())?;
        Ok(Self { ledger, reading, _writer: writer })
    }

    /// Reads, when there is room.
    async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Ledger<B>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let place = self.reading.clone().acquire_owned().await;
        let place = place.map_err(|error| StoreError::defect("reading", error))?;
        let reading = self.work(move |ledger| {
            let _held_until_it_was_read = place;
            read(ledger)
        });
        reading.await
    }

    /// Does something that may block, and may take long.
    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Ledger<B>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let ledger = self.ledger.clone();
        let work = move || {
            ledger.follow_others()?;
            work(&ledger)
        };
        // Whoever starts a thread hands his priority on, and the one who asks may compute, below
        // those that serve: one of those starts it.
        let working = tokio::spawn(async move { tokio::task::spawn_blocking(work).await });
        let ended = working.await.and_then(|ended| ended);
        ended.unwrap_or_else(|error| Err(StoreError::defect("reading", error)))
    }
}

#[async_trait]
impl<B: Backend + 'static> Store for Door<B> {
    async fn commit(&self, commit: Commit) -> Result<Arc<Committed>, CommitError> {
        writer::commit(self.ledger.clone(), commit).await
    }

    async fn remember(
        &self,
        key: &ResponseKey,
        request: Digest,
        status: u16,
        body: String,
    ) -> Result<(), CommitError> {
        writer::remember(self.ledger.clone(), key.clone(), request, status, body).await
    }

    fn observe(&self, observer: Arc<dyn Observer>) {
        self.ledger.observe(observer);
    }

    fn horizon(&self) -> Timestamp {
        self.ledger.horizon()
    }

    async fn tenants(
        &self,
        after: Option<&TenantId>,
        limit: usize,
    ) -> Result<Vec<TenantRecord>, StoreError> {
        let after = after.cloned();
        self.read(move |ledger| ledger.tenants(after.as_ref(), limit)).await
    }

    async fn tokens(
        &self,
        after: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<TokenRecord>, StoreError> {
        self.read(move |ledger| ledger.tokens(after, limit)).await
    }

    async fn token(&self, id: Uuid) -> Result<Option<TokenRecord>, StoreError> {
        self.read(move |ledger| ledger.token(id)).await
    }

    async fn versions(
        &self,
        after: Option<&VersionRecord>,
        limit: usize,
    ) -> Result<Vec<VersionRecord>, StoreError> {
        let after = after.cloned();
        self.read(move |ledger| ledger.versions(after.as_ref(), limit)).await
    }

    async fn object(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        let digest = *digest;
        self.read(move |ledger| ledger.object(&digest)).await
    }

    async fn activations_of(
        &self,
        tenant: &TenantId,
        from: u64,
        limit: usize,
    ) -> Result<Vec<ActivationRecord>, StoreError> {
        let tenant = tenant.clone();
        self.read(move |ledger| ledger.activations_of(&tenant, from, limit)).await
    }

    async fn employee(
        &self,
        tenant: &TenantId,
        employee: &EmployeeId,
        known_at: Timestamp,
    ) -> Result<Option<EmployeeRevision>, StoreError> {
        let (tenant, employee) = (tenant.clone(), employee.clone());
        self.read(move |ledger| ledger.employee(&tenant, &employee, known_at)).await
    }

    async fn employees_by_ids(
        &self,
        tenant: &TenantId,
        employees: &[EmployeeId],
        known_at: Timestamp,
    ) -> Result<Vec<Option<EmployeeRevision>>, StoreError> {
        let (tenant, employees) = (tenant.clone(), employees.to_vec());
        self.read(move |ledger| ledger.employees_by_ids(&tenant, &employees, known_at)).await
    }

    fn employees_by_ids_here(
        &self,
        tenant: &TenantId,
        employees: &[EmployeeId],
        known_at: Timestamp,
    ) -> Result<Vec<Option<EmployeeRevision>>, StoreError> {
        self.ledger.follow_others()?;
        self.ledger.employees_by_ids(tenant, employees, known_at)
    }

    async fn employees(
        &self,
        tenant: &TenantId,
        after: Option<&EmployeeId>,
        limit: usize,
        known_at: Timestamp,
    ) -> Result<Vec<EmployeeRevision>, StoreError> {
        let (tenant, after) = (tenant.clone(), after.cloned());
        self.read(move |ledger| ledger.employees(&tenant, after.as_ref(), limit, known_at)).await
    }

    async fn audit(
        &self,
        log: &Log,
        from: u64,
        limit: usize,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let log = log.clone();
        self.read(move |ledger| ledger.audit(&log, from, limit)).await
    }

    async fn audit_json(
        &self,
        log: &Log,
        from: u64,
        limit: usize,
    ) -> Result<Vec<Vec<u8>>, StoreError> {
        let log = log.clone();
        self.read(move |ledger| ledger.audit_json(&log, from, limit)).await
    }

    async fn audit_length(&self, log: &Log) -> Result<u64, StoreError> {
        let log = log.clone();
        self.read(move |ledger| ledger.audit_length(&log)).await
    }

    async fn tree_root(&self, log: &Log, size: u64) -> Result<Digest, StoreError> {
        let log = log.clone();
        self.read(move |ledger| ledger.tree_root(&log, size)).await
    }

    async fn inclusion(&self, log: &Log, entry: u64, size: u64) -> Result<Vec<Digest>, StoreError> {
        let log = log.clone();
        self.read(move |ledger| ledger.inclusion(&log, entry, size)).await
    }

    async fn consistency(&self, log: &Log, from: u64, to: u64) -> Result<Vec<Digest>, StoreError> {
        let log = log.clone();
        self.read(move |ledger| ledger.consistency(&log, from, to)).await
    }

    fn log_damage(&self, log: &Log) -> Option<LogDamage> {
        self.ledger.log_damage(log)
    }

    async fn read_only(&self) -> Option<ReadOnlyCause> {
        let asked = self.read(|ledger| Ok(ledger.read_only())).await;
        asked.unwrap_or(Some(ReadOnlyCause::WriterEnded))
    }

    async fn examine_logs(&self, entries: u64) -> Result<bool, StoreError> {
        self.read(move |ledger| ledger.examine_logs(entries)).await
    }

    async fn response(&self, key: &ResponseKey) -> Result<Option<ResponseRecord>, StoreError> {
        let key = key.clone();
        self.read(move |ledger| ledger.response(&key)).await
    }

    async fn responses(
        &self,
        keys: &[ResponseKey],
    ) -> Result<Vec<Option<ResponseRecord>>, StoreError> {
        let keys = keys.to_vec();
        self.read(move |ledger| keys.iter().map(|key| ledger.response(key)).collect()).await
    }

    async fn backup(
        &self,
        mut writer: Box<dyn io::Write + Send>,
    ) -> Result<BackupSummary, StoreError> {
        let written = self.work(move |ledger| {
            let summary = ledger.backup(writer.as_mut())?;
            writer.flush().map_err(|error| StoreError::io("writing the backup", error))?;
            Ok(summary)
        });
        written.await
    }

    async fn verify(&self) -> Result<Verification, StoreError> {
        self.work(|ledger| ledger.verify()).await
    }

    fn statistics(&self) -> Statistics {
        self.ledger.statistics()
    }
}
