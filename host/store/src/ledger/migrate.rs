//! A store that an earlier version wrote, brought to the form of today when it is opened. Each step
//! can be broken off and is begun again at the next start; the format number is written at the end.
//!
//! Nothing that was hashed changes: audit entries stay as they are, and so do the contents of
//! results and the digests over them.

use std::{collections::BTreeMap, ops::Bound};

use jiff::Timestamp;
use serde::Deserialize;

use super::{
    Ledger,
    batch::{BatchRecord, Encoded, Placed, index_write},
};
use crate::{
    backend::{self, Backend, Write},
    envelope,
    error::StoreError,
    layout::{self, Tree},
    merkle::{self, Edge, Finding, Head},
    names::TenantId,
    records::{Actor, ResultId},
};

/// Values written in one transaction.
const STEP: usize = 1024;

/// What a batch of format 2 began with.
#[derive(Deserialize)]
struct FormerHead {
    recorded_at: Timestamp,
    actor: Actor,
    audit_sequence: u64,
    results: Vec<Placed>,
}

impl<B: Backend> Ledger<B> {
    /// Does what is to be done from the format that is found.
    pub(super) fn migrate(&self) -> Result<(), StoreError> {
        let found: u64 = match self.backend.get(Tree::Meta, layout::FORMAT_KEY)? {
            Some(value) => envelope::read(Tree::Meta, layout::FORMAT_KEY, &value)?,
            None => layout::FORMAT,
        };
        if found >= layout::FORMAT {
            return Ok(());
        }
        tracing::info!(from = found, to = layout::FORMAT, "the database is brought up to date");
        if found < layout::FORMAT_WITH_TILES {
            self.index_logs()?;
        }
        self.divide_results()?;
        self.forget_responses()?;
        let key = layout::FORMAT_KEY.to_vec();
        let value = Some(envelope::record(Tree::Meta, &key, &layout::FORMAT)?);
        self.backend.write(vec![Write { tree: Tree::Meta, key, value }])?;
        self.backend.flush()
    }

    /// Adds tiles and heads to the logs of a store that was made before there were any.
    fn index_logs(&self) -> Result<(), StoreError> {
        let (logs, _) = merkle::logs(&self.backend)?;
        for log in logs {
            let mut edge = Edge::empty();
            let mut recorded_at = None;
            let mut writes = Vec::new();
            let prefix = layout::entries_of(&log);
            for pair in backend::scan_prefix(&self.backend, Tree::Audit, &prefix) {
                let (key, value) = pair?;
                // A log is indexed up to its first damage, and so is found to be damaged there.
                let read = match merkle::read_entry(&key, &value, edge.size) {
                    Ok(read) if read.entry.previous == edge.last => read,
                    Ok(_) | Err(Finding::Damage { .. }) => break,
                    Err(Finding::Store(error)) => return Err(error),
                };
                for tile in edge.push(read.leaf) {
                    writes.push(merkle::tile_write(&log, &tile));
                }
                recorded_at = Some(read.entry.recorded_at);
                if writes.len() >= STEP {
                    self.backend.write(std::mem::take(&mut writes))?;
                }
            }
            if let Some(recorded_at) = recorded_at {
                let head = Head { size: edge.size, last: edge.last, recorded_at };
                writes.push(merkle::head_write(&log, &head)?);
            }
            self.backend.write(writes)?;
        }
        Ok(())
    }

    /// Removes remembered answers: their keys say of which tenant they are and not whose. They would
    /// have been kept for two days; who repeats a request over an upgrade sends it anew.
    fn forget_responses(&self) -> Result<(), StoreError> {
        for tree in [Tree::Responses, Tree::ResponseTimes] {
            loop {
                let pairs = self.backend.scan(tree, Bound::Unbounded, Bound::Unbounded).take(STEP);
                let writes = pairs
                    .map(|pair| Ok(Write { tree, key: pair?.0, value: None }))
                    .collect::<Result<Vec<_>, StoreError>>()?;
                if writes.is_empty() {
                    break;
                }
                self.backend.write(writes)?;
            }
        }
        Ok(())
    }

    /// Lays record, heads and contents of each batch of results apart, and says in the index what is
    /// listed of a result.
    fn divide_results(&self) -> Result<(), StoreError> {
        let mut from = Bound::Unbounded;
        while let Some(first) = self.backend.scan(Tree::Results, from, Bound::Unbounded).next() {
            let (key, _) = first?;
            let damaged = |detail: &str| envelope::damaged(Tree::Results, &key, detail);
            let (tenant, id) =
                layout::batch_of(&key).ok_or_else(|| damaged("its key is no batch's"))?;
            if self.batch_record(&tenant, id)?.is_none() {
                let compressed = self.pieces(Tree::Results, &layout::identified(&tenant, id))?;
                self.divide_batch(&tenant, id, &compressed).map_err(|refused| match refused {
                    Undivided::Form(detail) => damaged(detail),
                    Undivided::Store(error) => error,
                })?;
            }
            from = match layout::after(&layout::identified(&tenant, id)) {
                Some(after) => Bound::Included(after),
                None => break,
            };
        }
        Ok(())
    }

    fn divide_batch(
        &self,
        tenant: &TenantId,
        id: uuid::Uuid,
        compressed: &[u8],
    ) -> Result<(), Undivided> {
        let bytes = zstd::decode_all(compressed)
            .map_err(|_| Undivided::Form("a piece is missing or it cannot be decompressed"))?;
        let end = bytes.iter().position(|byte| *byte == b'\n');
        let (head, contents) = bytes.split_at(end.ok_or(Undivided::Form("it has no head"))?);
        let mut former: FormerHead = serde_json::from_slice(head)
            .map_err(|_| Undivided::Form("its head is not what is expected"))?;
        let mut erased = BTreeMap::new();
        let mut writes = Vec::new();
        for (position, placed) in (0..).zip(&mut former.results) {
            if let Some(at) = placed.head.erased_at.take() {
                erased.insert(position, at);
            } else if let Some(employee) = &placed.head.employee {
                let key = layout::result_of(tenant, employee, ResultId { batch: id, position });
                writes.push(index_write(key, &placed.head)?);
            }
        }
        let results = u32::try_from(former.results.len())
            .map_err(|_| Undivided::Form("it has too many results"))?;
        let contents = contents.get(1..).unwrap_or_default();
        let encoded = Encoded::of(tenant, id, &former.results, std::iter::once(contents))?;
        writes.extend(self.replacing(encoded.heads)?);
        writes.extend(self.replacing(encoded.contents)?);
        let FormerHead { recorded_at, actor, audit_sequence, .. } = former;
        let record =
            BatchRecord { recorded_at, actor, audit_sequence, results, revision: 0, erased };
        let key = layout::identified(tenant, id);
        let value = Some(envelope::record(Tree::ResultBatches, &key, &record)?);
        writes.push(Write { tree: Tree::ResultBatches, key, value });
        Ok(self.backend.write(writes)?)
    }
}

/// Why a batch was not divided.
enum Undivided {
    Form(&'static str),
    Store(StoreError),
}

impl From<StoreError> for Undivided {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
