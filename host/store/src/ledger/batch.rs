//! A batch of results as it lies on disk: what is known of each, as one line of JSON, then the
//! contents one after the other, all compressed together and cut into pieces.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Ledger, apply::Writes};
use crate::{
    backend::{self, Backend, Write},
    envelope,
    error::StoreError,
    layout::{self, Tree},
    names::TenantId,
    records::{Actor, ResultHead, ResultId, ResultRecord},
};

/// What is known of a batch and of each of its results.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct BatchHead {
    pub(super) recorded_at: Timestamp,
    pub(super) actor: Actor,
    /// Position of the batch's entry in the tenant's audit log.
    pub(super) audit_sequence: u64,
    pub(super) results: Vec<Placed>,
}

/// A result and the length of its content in bytes.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Placed {
    #[serde(flatten)]
    pub(super) head: ResultHead,
    pub(super) length: usize,
}

/// A batch in memory.
pub(super) struct Batch {
    pub(super) head: BatchHead,
    /// One for each result; empty after an erasure.
    pub(super) contents: Vec<Vec<u8>>,
}

impl Batch {
    fn encode(&self) -> Result<Vec<u8>, StoreError> {
        let mut bytes = envelope::json(&self.head)?;
        bytes.push(b'\n');
        for content in &self.contents {
            bytes.extend_from_slice(content);
        }
        envelope::compress(&bytes)
    }

    pub(super) fn decode(compressed: &[u8]) -> Result<Self, &'static str> {
        let bytes = zstd::decode_all(compressed)
            .map_err(|_| "a piece is missing or it cannot be decompressed")?;
        let end = bytes.iter().position(|byte| *byte == b'\n').ok_or("it has no head")?;
        let (head, rest) = bytes.split_at(end);
        let head: BatchHead =
            serde_json::from_slice(head).map_err(|_| "its head is not what is expected")?;
        let mut rest = rest.get(1..).unwrap_or_default();
        let mut contents = Vec::with_capacity(head.results.len());
        for result in &head.results {
            let (content, after) =
                rest.split_at_checked(result.length).ok_or("a content is cut off")?;
            contents.push(content.to_vec());
            rest = after;
        }
        if rest.is_empty() { Ok(Self { head, contents }) } else { Err("it has more than it names") }
    }

    /// Checks each content that is left against its digest.
    pub(super) fn check(&self) -> Result<(), String> {
        for (position, (placed, content)) in
            self.head.results.iter().zip(&self.contents).enumerate()
        {
            let head = &placed.head;
            if head.erased_at.is_none() && ResultHead::digest_of(&head.salt, content) != head.digest
            {
                return Err(format!("the content of result {position} has another digest"));
            }
        }
        Ok(())
    }

    /// One result of it.
    pub(super) fn result(&self, id: ResultId) -> Option<ResultRecord> {
        let position = usize::try_from(id.position).ok()?;
        let head = self.head.results.get(position)?.head.clone();
        let content = self.contents.get(position)?;
        Some(ResultRecord {
            id,
            content: head.erased_at.is_none().then(|| content.clone()),
            head,
            recorded_at: self.head.recorded_at,
            actor: self.head.actor.clone(),
            audit_sequence: self.head.audit_sequence,
        })
    }
}

impl<B: Backend> Ledger<B> {
    /// Reads a batch and checks its contents.
    pub(super) fn batch(&self, tenant: &TenantId, id: Uuid) -> Result<Option<Batch>, StoreError> {
        let key = layout::identified(tenant, id);
        let compressed = self.pieces(Tree::Results, &key)?;
        if compressed.is_empty() {
            return Ok(None);
        }
        let damaged = |detail: &str| envelope::damaged(Tree::Results, &key, detail);
        let batch = Batch::decode(&compressed).map_err(damaged)?;
        batch.check().map_err(|detail| damaged(&detail))?;
        Ok(Some(batch))
    }

    /// Writes a batch in the place of what is there.
    pub(super) fn put_batch(
        &self,
        tenant: &TenantId,
        id: Uuid,
        batch: &Batch,
        writes: &mut Writes,
    ) -> Result<(), StoreError> {
        self.put_pieces(Tree::Results, &layout::identified(tenant, id), &batch.encode()?, writes)
    }

    /// All pieces whose keys begin with the prefix, joined.
    pub(super) fn pieces(&self, tree: Tree, prefix: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut joined = Vec::new();
        for pair in backend::scan_prefix(&self.backend, tree, prefix) {
            let (key, value) = pair?;
            joined.extend_from_slice(envelope::read_bytes(tree, &key, &value)?);
        }
        Ok(joined)
    }

    /// Cuts content into pieces under the prefix and removes what was there and is longer.
    pub(super) fn put_pieces(
        &self,
        tree: Tree,
        prefix: &[u8],
        content: &[u8],
        writes: &mut Writes,
    ) -> Result<(), StoreError> {
        let mut written = 0;
        for (position, piece) in content.chunks(layout::CHUNK).enumerate() {
            let key = piece_key(prefix, position)?;
            let value = envelope::bytes(tree, &key, piece);
            writes.push(Write { tree, key, value: Some(value) });
            written = position + 1;
        }
        for pair in backend::scan_prefix(&self.backend, tree, prefix).skip(written) {
            writes.push(Write { tree, key: pair?.0, value: None });
        }
        Ok(())
    }
}

fn piece_key(prefix: &[u8], position: usize) -> Result<Vec<u8>, StoreError> {
    let position = u32::try_from(position)
        .map_err(|_| StoreError::io("storing content", "it is longer than 24 TiB"))?;
    let mut key = prefix.to_vec();
    key.extend_from_slice(&position.to_be_bytes());
    Ok(key)
}
