//! Results as they are read back. A result comes with the proof that it is the recorded one: its
//! digest stands in its batch, whose digest stands in the audit log.

use std::sync::Arc;

use jiff::Timestamp;
use stele_digest::Digest;
use stele_ruleset::{RecallError, Ruleset};
use stele_store::{
    Actor, AuditEntry, Log, ResultHead, ResultId, ResultRecord, Store, StoreError, TenantId,
    digest_of_batch,
};
use uuid::Uuid;

use super::{
    calculation::CalculationResult,
    content::{ContentError, ResultContent},
};
use crate::state::{runtime::Runtime, shelf::LoadError};

/// A recorded result.
#[derive(Debug, Clone)]
pub struct RecordedResult {
    /// Which.
    pub id: ResultId,
    /// For whom, under which salted digest.
    pub head: ResultHead,
    /// What was kept.
    pub content: ResultContent,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// By whom.
    pub actor: Actor,
    /// Position of its batch's entry in the tenant's audit log.
    pub audit_sequence: u64,
}

/// Why a result cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ResultError {
    /// No such result of this tenant.
    #[error("there is no result {0}")]
    Unknown(ResultId),
    /// Its content was erased when its retention had ended. Only its digest is left.
    #[error("the result {id} was erased on {erased_at}: it can not be read or replayed any more")]
    Erased {
        /// Which.
        id: ResultId,
        /// When.
        erased_at: Timestamp,
        /// The salted digest that is left.
        digest: Digest,
    },
    /// It is not what this program writes.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The version that made it can not be made ready.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The store cannot give it, or found it damaged.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a result cannot be given as it was calculated.
#[derive(Debug, thiserror::Error)]
pub enum RecallResultError {
    /// It cannot be read.
    #[error(transparent)]
    Result(#[from] ResultError),
    /// What is kept does not fit the version that it names.
    #[error(transparent)]
    Recall(#[from] RecallError),
}

/// All that was recorded with one commit.
pub(crate) struct RecordedBatch {
    pub(crate) results: Vec<ResultRecord>,
    /// What the audit log says of it.
    pub(crate) entry: Option<AuditEntry>,
}

impl RecordedBatch {
    /// What the audit log must hold as digest.
    pub(crate) fn digest(&self) -> Digest {
        digest_of_batch(self.results.iter().map(|record| &record.head))
    }

    /// Whether the audit log vouches for it.
    pub(crate) fn is_vouched_for(&self) -> bool {
        self.entry.as_ref().is_some_and(|entry| entry.digest == self.digest())
    }

    pub(crate) async fn with(
        store: &dyn Store,
        tenant: &TenantId,
        results: Vec<ResultRecord>,
    ) -> Result<Self, StoreError> {
        let entry = match results.first() {
            Some(first) => {
                let log = Log::Tenant(tenant.clone());
                store.audit(&log, first.audit_sequence, 1).await?.pop()
            }
            None => None,
        };
        Ok(Self { results, entry })
    }
}

/// Reads a batch with its audit entry; empty if there is none.
pub(crate) async fn batch(
    store: &dyn Store,
    tenant: &TenantId,
    id: Uuid,
) -> Result<RecordedBatch, StoreError> {
    let before = id.as_u128().checked_sub(1).map(Uuid::from_u128);
    let mut results = store.results(tenant, before, 1).await?;
    results.retain(|record| record.id.batch == id);
    RecordedBatch::with(store, tenant, results).await
}

/// The content of a record, unless it is erased.
pub(super) fn content_of(record: &ResultRecord) -> Result<ResultContent, ResultError> {
    let ResultRecord { id, head, .. } = record;
    match (&record.content, head.erased_at) {
        (Some(content), None) => Ok(ResultContent::decode(content)?),
        (_, erased_at) => Err(ResultError::Erased {
            id: *id,
            erased_at: erased_at.unwrap_or(record.recorded_at),
            digest: head.digest,
        }),
    }
}

impl RecordedResult {
    fn of(record: ResultRecord) -> Result<Self, ResultError> {
        let content = content_of(&record)?;
        let ResultRecord { id, head, recorded_at, actor, audit_sequence, .. } = record;
        Ok(Self { id, head, content, recorded_at, actor, audit_sequence })
    }
}

impl Runtime {
    /// A recorded result.
    pub async fn result(
        &self,
        tenant: &TenantId,
        id: ResultId,
    ) -> Result<RecordedResult, ResultError> {
        let record = self.store().result(tenant, id).await?.ok_or(ResultError::Unknown(id))?;
        RecordedResult::of(record)
    }

    /// A recorded result as it was calculated, without running its rule again: whoever writes it
    /// out writes what was answered when it was recorded.
    pub async fn recalled(
        &self,
        tenant: &TenantId,
        id: ResultId,
    ) -> Result<CalculationResult, RecallResultError> {
        let RecordedResult { head, content, .. } = self.result(tenant, id).await?;
        self.recalled_of(tenant, head, content).await
    }

    /// The same of what was read already.
    pub(super) async fn recalled_of(
        &self,
        tenant: &TenantId,
        head: ResultHead,
        content: ResultContent,
    ) -> Result<CalculationResult, RecallResultError> {
        let ruleset = self.ruleset_of(tenant, &content).await.map_err(ResultError::from)?;
        let calculation = content.recall(&ruleset)?;
        let (receipt, employee) = (content.receipt, head.employee);
        Ok(CalculationResult { ruleset, calculation, receipt, employee, attributes: None })
    }

    /// The version that made a result of a tenant, ready to run: the stored package, by its digest.
    pub async fn ruleset_of(
        &self,
        tenant: &TenantId,
        content: &ResultContent,
    ) -> Result<Arc<Ruleset>, LoadError> {
        let place = self.state().shelf.place(content.receipt.digest);
        place.open(tenant.shared(), self.engine(), self.store()).await
    }
}
