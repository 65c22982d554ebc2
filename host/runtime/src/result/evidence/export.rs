//! Makes the bundle of a recorded result.

use std::collections::BTreeMap;

use serde::Serialize;
use stele_digest::Digest;
use stele_ruleset::Package;
use stele_store::{
    About, ActivationRecord, AuditDraft, Log, ProposalRecord, ResultId, ResultRecord, Store,
    StoreError, TenantId,
};
use uuid::Uuid;

use super::{
    archive,
    bundle::{self, AuditProof, Contents, EvidenceHead},
};
use crate::{
    result::{ContentError, RecordedBatch, ResultContent, ResultError, batch},
    state::{actor::Actor, runtime::Runtime, salt::seed, shelf},
};

/// Why there is no bundle.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// The result cannot be read.
    #[error(transparent)]
    Result(#[from] ResultError),
    /// Something that belongs to it is not in the store.
    #[error("the result can not be proven: {0} is not in the store")]
    Missing(&'static str),
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The bundle could not be written.
    #[error("the bundle can not be written: {0}")]
    Unwritable(String),
}

impl Runtime {
    /// The proof that a result's audit entry is in the log, and the checkpoint of this moment that
    /// it leads to.
    pub async fn audit_proof_of(
        &self,
        tenant: &TenantId,
        id: ResultId,
    ) -> Result<AuditProof, EvidenceError> {
        let record = self.store().result(tenant, id).await?.ok_or(ResultError::Unknown(id))?;
        let checkpoint = self.audit_checkpoint(Some(tenant), None).await?;
        let size = Some(checkpoint.size);
        let inclusion = self.audit_inclusion(Some(tenant), record.audit_sequence, size).await?;
        let unwritable = |error: serde_json::Error| EvidenceError::Unwritable(error.to_string());
        Ok(AuditProof {
            inclusion: serde_json::to_vec_pretty(&inclusion).map_err(unwritable)?,
            checkpoint: serde_json::to_vec_pretty(&checkpoint).map_err(unwritable)?,
        })
    }

    /// Everything that shows how a result came about, in one file; with the proof that its audit
    /// entry is in the log, if there is one. Stands in the audit log.
    pub async fn evidence(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        id: ResultId,
        proof: Option<AuditProof>,
    ) -> Result<Vec<u8>, EvidenceError> {
        let gathered = Gathered::read(self.store().as_ref(), tenant, id, proof).await?;
        let employee = record_of(&gathered.batch, id)?.head.employee.clone();
        let making = tokio::task::spawn_blocking(move || gathered.pack());
        let stopped = |error: tokio::task::JoinError| EvidenceError::Unwritable(error.to_string());
        let (bundle, digest) = making.await.map_err(stopped)??;
        let entry = AuditDraft {
            log: Log::Tenant(tenant.clone()),
            action: "result.exported".to_owned(),
            subject: id.to_string(),
            // The bundle's own digest would say nothing of it: it is salted by what is in it.
            digest: Digest::of_texts(&[&id.to_string(), &digest.to_string()]),
            about: Some(About::results_of(employee, seed()?)),
        };
        self.note(actor, entry).await?;
        Ok(bundle)
    }
}

/// An activation by its identifier.
pub(crate) async fn find_activation(
    store: &dyn Store,
    tenant: &TenantId,
    id: Uuid,
) -> Result<Option<ActivationRecord>, StoreError> {
    const PAGE: usize = 4096;
    let mut from = 0;
    loop {
        let records = store.activations_of(tenant, from, PAGE).await?;
        let Some(last) = records.last() else { return Ok(None) };
        from = last.sequence + 1;
        if let Some(found) = records.into_iter().find(|record| record.id == id) {
            return Ok(Some(found));
        }
    }
}

/// All that goes into a bundle, as it was read.
struct Gathered {
    tenant: TenantId,
    id: ResultId,
    batch: RecordedBatch,
    package: Package,
    activation: ActivationRecord,
    proposal: Option<ProposalRecord>,
    proof: Option<AuditProof>,
}

impl Gathered {
    async fn read(
        store: &dyn Store,
        tenant: &TenantId,
        id: ResultId,
        proof: Option<AuditProof>,
    ) -> Result<Self, EvidenceError> {
        let batch = batch(store, tenant, id.batch).await?;
        let content = ResultContent::decode(kept(record_of(&batch, id)?)?)
            .map_err(|error: ContentError| EvidenceError::Result(error.into()))?;
        let package =
            shelf::load(store, content.receipt.digest, None).await.map_err(ResultError::from)?;
        let activation = find_activation(store, tenant, content.receipt.activation).await?;
        let activation = activation.ok_or(EvidenceError::Missing("its activation"))?;
        let proposal = match activation.proposal {
            Some(proposal) => {
                let found = store.proposal(tenant, proposal).await?;
                Some(found.ok_or(EvidenceError::Missing("its proposal"))?)
            }
            None => None,
        };
        Ok(Self { tenant: tenant.clone(), id, batch, package, activation, proposal, proof })
    }

    /// All parts, packed, and the result's salted digest.
    fn pack(self) -> Result<(Vec<u8>, Digest), EvidenceError> {
        let record = record_of(&self.batch, self.id)?;
        let entry = self.batch.entry.as_ref().ok_or(EvidenceError::Missing("its audit entry"))?;
        let files = self.package.files();
        let mut parts: BTreeMap<String, Vec<u8>> = files
            .map(|(path, content)| (format!("{}{path}", bundle::PACKAGE), content.to_vec()))
            .collect();
        let mut add = |path: &str, content: Vec<u8>| parts.insert(path.to_owned(), content);
        add(bundle::RESULT, kept(record)?.to_vec());
        add(bundle::HEAD, json(&head(record))?);
        let digests: Vec<_> = self.batch.results.iter().map(|one| one.head.digest).collect();
        add(bundle::BATCH, json(&digests)?);
        // As it is stored: the hash of these bytes is the leaf of the log's tree.
        add(bundle::ENTRY, json(entry)?);
        add(bundle::ACTIVATION, json(&self.activation)?);
        if let Some(proposal) = &self.proposal {
            add(bundle::PROPOSAL, json(proposal)?);
        }
        if let Some(AuditProof { inclusion, checkpoint }) = self.proof {
            add(bundle::INCLUSION, inclusion);
            add(bundle::CHECKPOINT, checkpoint);
        }
        let digests =
            parts.iter().map(|(path, part)| (path.clone(), Digest::of(part).to_string())).collect();
        let contents = Contents {
            format: bundle::FORMAT,
            tenant: self.tenant,
            result: self.id,
            parts: digests,
        };
        parts.insert(bundle::BUNDLE.to_owned(), json(&contents)?);
        let packed =
            archive::pack(&parts).map_err(|error| EvidenceError::Unwritable(error.to_string()))?;
        Ok((packed, record.head.digest))
    }
}

fn record_of(batch: &RecordedBatch, id: ResultId) -> Result<&ResultRecord, ResultError> {
    let record = batch.results.iter().find(|record| record.id == id);
    record.ok_or(ResultError::Unknown(id))
}

fn kept(record: &ResultRecord) -> Result<&[u8], ResultError> {
    match (&record.content, record.head.erased_at) {
        (Some(content), None) => Ok(content),
        (_, erased_at) => Err(ResultError::Erased {
            id: record.id,
            erased_at: erased_at.unwrap_or(record.recorded_at),
            digest: record.head.digest,
        }),
    }
}

fn head(record: &ResultRecord) -> EvidenceHead {
    let ResultRecord { id, head, recorded_at, actor, audit_sequence, .. } = record.clone();
    EvidenceHead {
        id,
        employee: head.employee,
        slot: head.slot,
        kind: head.kind,
        date: head.date,
        digest: head.digest,
        salt: head.salt,
        recorded_at,
        actor,
        audit_sequence,
    }
}

fn json(value: &impl Serialize) -> Result<Vec<u8>, EvidenceError> {
    serde_json::to_vec(value).map_err(|error| EvidenceError::Unwritable(error.to_string()))
}
