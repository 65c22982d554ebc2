//! A batch of results as it lies on disk, in three places:
//!
//! - its record: when and by whom it was recorded, and what of it was erased since;
//! - the heads: what is known of each result, as JSON;
//! - the contents, one after the other.
//!
//! Only the record depends on the commit's place among all others, so heads and contents are made,
//! compressed and cut into pieces before a commit waits for its turn; and whoever lists results
//! reads no contents.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Ledger,
    pieces::{self, Cut},
};
use crate::{
    backend::{Backend, Write},
    envelope,
    error::StoreError,
    layout::{self, Tree},
    names::TenantId,
    records::{Actor, IndexedHead, ResultHead, ResultId, ResultRecord},
};

/// zstd's level for heads and contents. Of 256 payslips, level 1 makes a tenth less than the
/// default of 3, in half the time: what repeats in them is long.
const LEVEL: i32 = 1;

/// What is known of a batch as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct BatchRecord {
    pub(super) recorded_at: Timestamp,
    pub(super) actor: Actor,
    /// Position of the batch's entry in the tenant's audit log.
    pub(super) audit_sequence: u64,
    /// How many results.
    pub(super) results: u32,
    /// 0 as recorded; each erasure makes the next. What was read under the same revision belongs
    /// together.
    pub(super) revision: u32,
    /// When the content of a position was erased.
    pub(super) erased: BTreeMap<u32, Timestamp>,
}

/// A result's head and the length of its content in bytes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Placed {
    #[serde(flatten)]
    pub(super) head: ResultHead,
    pub(super) length: usize,
}

/// A batch in memory.
pub(super) struct Batch {
    pub(super) record: BatchRecord,
    /// One for each result. When one was erased stands in the record alone.
    pub(super) heads: Vec<Placed>,
    /// One for each result; empty after an erasure.
    pub(super) contents: Vec<Vec<u8>>,
}

/// Heads and contents of a batch as they are written.
#[derive(Clone)]
pub(super) struct Encoded {
    pub(super) heads: Cut,
    pub(super) contents: Cut,
}

impl Encoded {
    pub(super) fn of<'a>(
        tenant: &TenantId,
        id: Uuid,
        heads: &[Placed],
        contents: impl Iterator<Item = &'a [u8]>,
    ) -> Result<Self, StoreError> {
        let prefix = layout::identified(tenant, id);
        let mut joined = Vec::with_capacity(heads.iter().map(|placed| placed.length).sum());
        contents.for_each(|content| joined.extend_from_slice(content));
        let heads = envelope::compress_at(LEVEL, &envelope::json(&heads)?)?;
        let contents = envelope::compress_at(LEVEL, &joined)?;
        Ok(Self {
            heads: pieces::cut(Tree::ResultHeads, &prefix, &heads)?,
            contents: pieces::cut(Tree::Results, &prefix, &contents)?,
        })
    }
}

/// What is listed of a result, under its key in the index.
pub(super) fn index_write(key: Vec<u8>, head: &ResultHead) -> Result<Write, StoreError> {
    let bytes = postcard::to_stdvec(&IndexedHead::of(head))
        .map_err(|error| StoreError::defect("indexing a result", error))?;
    let value = Some(envelope::bytes(Tree::ResultsOf, &key, &bytes));
    Ok(Write { tree: Tree::ResultsOf, key, value })
}

/// Reads it again.
pub(super) fn read_index(key: &[u8], value: &[u8]) -> Result<IndexedHead, StoreError> {
    postcard::from_bytes(envelope::read_bytes(Tree::ResultsOf, key, value)?)
        .map_err(|_| envelope::damaged(Tree::ResultsOf, key, "it is not what is expected"))
}

fn decode_contents(heads: &[Placed], compressed: &[u8]) -> Result<Vec<Vec<u8>>, &'static str> {
    let bytes = zstd::decode_all(compressed)
        .map_err(|_| "a piece is missing or it cannot be decompressed")?;
    let mut rest = bytes.as_slice();
    let mut contents = Vec::with_capacity(heads.len());
    for placed in heads {
        let (content, after) =
            rest.split_at_checked(placed.length).ok_or("a content is cut off")?;
        contents.push(content.to_vec());
        rest = after;
    }
    if rest.is_empty() { Ok(contents) } else { Err("it has more than its heads name") }
}

impl Batch {
    /// Checks each content that is left against its digest.
    fn check(&self) -> Result<(), String> {
        for (position, (placed, content)) in (0_u32..).zip(self.heads.iter().zip(&self.contents)) {
            let head = &placed.head;
            let is_erased = self.record.erased.contains_key(&position);
            if !is_erased && ResultHead::digest_of(&head.salt, content) != head.digest {
                return Err(format!("the content of result {position} has another digest"));
            }
        }
        Ok(())
    }

    /// One result of it.
    pub(super) fn result(&self, id: ResultId) -> Option<ResultRecord> {
        let position = usize::try_from(id.position).ok()?;
        let mut head = self.heads.get(position)?.head.clone();
        head.erased_at = self.record.erased.get(&id.position).copied();
        let content = self.contents.get(position)?;
        Some(ResultRecord {
            id,
            content: head.erased_at.is_none().then(|| content.clone()),
            head,
            recorded_at: self.record.recorded_at,
            actor: self.record.actor.clone(),
            audit_sequence: self.record.audit_sequence,
        })
    }
}

impl<B: Backend> Ledger<B> {
    /// What is known of a batch as a whole, durable or not.
    pub(super) fn batch_record(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<Option<BatchRecord>, StoreError> {
        let key = layout::identified(tenant, id);
        let value = self.backend.get(Tree::ResultBatches, &key)?;
        value.map(|value| envelope::read(Tree::ResultBatches, &key, &value)).transpose()
    }

    /// Reads a batch and checks its contents.
    pub(super) fn batch(&self, tenant: &TenantId, id: Uuid) -> Result<Option<Batch>, StoreError> {
        loop {
            let Some(record) = self.batch_record(tenant, id)? else { return Ok(None) };
            let revision = record.revision;
            let read = self.batch_of(tenant, id, record);
            // An erasure may have come between the pieces.
            if self.batch_record(tenant, id)?.is_some_and(|after| after.revision == revision) {
                return read.map(Some);
            }
        }
    }

    /// What is known of a batch and of its results; reads no contents.
    pub(super) fn batch_heads(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<Option<(BatchRecord, Vec<Placed>)>, StoreError> {
        loop {
            let Some(record) = self.batch_record(tenant, id)? else { return Ok(None) };
            let heads = self.heads(&layout::identified(tenant, id), &record);
            if self.batch_record(tenant, id)?.is_some_and(|after| after.revision == record.revision)
            {
                return heads.map(|heads| Some((record, heads)));
            }
        }
    }

    fn batch_of(
        &self,
        tenant: &TenantId,
        id: Uuid,
        record: BatchRecord,
    ) -> Result<Batch, StoreError> {
        let key = layout::identified(tenant, id);
        let heads = self.heads(&key, &record)?;
        let damaged = |detail: &str| envelope::damaged(Tree::Results, &key, detail);
        let compressed = self.pieces(Tree::Results, &key)?;
        let contents = decode_contents(&heads, &compressed).map_err(damaged)?;
        let batch = Batch { record, heads, contents };
        batch.check().map_err(|detail| damaged(&detail))?;
        Ok(batch)
    }

    fn heads(&self, key: &[u8], record: &BatchRecord) -> Result<Vec<Placed>, StoreError> {
        let damaged = |detail: &str| envelope::damaged(Tree::ResultHeads, key, detail);
        let compressed = self.pieces(Tree::ResultHeads, key)?;
        let json = zstd::decode_all(compressed.as_slice())
            .map_err(|_| damaged("a piece is missing or it cannot be decompressed"))?;
        let heads: Vec<Placed> =
            serde_json::from_slice(&json).map_err(|_| damaged("it is not what is expected"))?;
        if heads.len() != record.results as usize {
            return Err(damaged("there are not as many as its batch has"));
        }
        Ok(heads)
    }
}
