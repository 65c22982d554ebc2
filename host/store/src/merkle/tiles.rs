//! What is stored of a log's tree, read back and not believed before it fits together.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use stele_digest::Digest;

use super::{
    edge::{Edge, Tile, WIDTH, WIDTH_BITS, fold, tiles_on},
    finding::{Finding, StoredEntry, read_entry},
    proof::Nodes,
};
use crate::{
    backend::{Backend, Write},
    envelope,
    error::StoreError,
    layout::{self, Tree},
    records::Log,
};

/// How long a log is, written anew with each entry: an entry that is gone from the end is missed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    /// Number of entries.
    pub(crate) size: u64,
    /// Hash of the last one.
    pub(crate) last: Digest,
    /// When that one was recorded.
    pub(crate) recorded_at: Timestamp,
}

/// Reads how long a log is; none if it has no entries.
pub(crate) fn read_head<B: Backend>(backend: &B, log: &Log) -> Result<Option<Head>, StoreError> {
    let key = layout::entries_of(log);
    let value = backend.get(Tree::AuditHeads, &key)?;
    value.map(|value| envelope::read(Tree::AuditHeads, &key, &value)).transpose()
}

/// Reads a full tile.
pub(crate) fn read_tile<B: Backend>(
    backend: &B,
    log: &Log,
    level: u8,
    index: u64,
) -> Result<Vec<Digest>, Finding> {
    let first = index << (WIDTH_BITS * (u32::from(level) + 1));
    let damage = |detail: &str| Finding::Damage {
        entry: first,
        detail: format!("the tile {level}/{index} of its tree {detail}"),
    };
    let key = layout::tile(log, level, index);
    let value = backend.get(Tree::AuditTiles, &key)?.ok_or_else(|| damage("is missing"))?;
    let bytes = envelope::read_bytes(Tree::AuditTiles, &key, &value)
        .map_err(|_| damage("does not match its checksum"))?;
    let (hashes, rest) = bytes.as_chunks::<32>();
    if hashes.len() != WIDTH || !rest.is_empty() {
        return Err(damage("has the wrong length"));
    }
    Ok(hashes.iter().map(|hash| Digest::from_bytes(*hash)).collect())
}

/// Writes a full tile.
pub(crate) fn tile_write(log: &Log, tile: &Tile) -> Write {
    let key = layout::tile(log, tile.level, tile.index);
    let hashes: Vec<u8> = tile.hashes.iter().flat_map(Digest::as_bytes).copied().collect();
    let value = envelope::bytes(Tree::AuditTiles, &key, &hashes);
    Write { tree: Tree::AuditTiles, key, value: Some(value) }
}

/// Writes how long a log is.
pub(crate) fn head_write(log: &Log, head: &Head) -> Result<Write, StoreError> {
    let key = layout::entries_of(log);
    let value = envelope::record(Tree::AuditHeads, &key, head)?;
    Ok(Write { tree: Tree::AuditHeads, key, value: Some(value) })
}

impl Edge {
    /// Makes the edge of the first `size` entries again. What it is made of is checked: the entries
    /// after the last full tile are a chain, and their first follows that tile.
    pub(crate) fn read<B: Backend>(backend: &B, log: &Log, size: u64) -> Result<Self, Finding> {
        let mut edge = Self { size, ..Self::empty() };
        for level in 0..=u8::MAX {
            let shift = WIDTH_BITS * u32::from(level);
            let there = size.checked_shr(shift).unwrap_or(0);
            if there == 0 {
                break;
            }
            let first = there / WIDTH as u64 * WIDTH as u64;
            let mut pending = Vec::with_capacity(WIDTH);
            match level.checked_sub(1) {
                None => edge.last = read_tail(backend, log, first, size, &mut pending)?,
                Some(below) => {
                    for index in first..there {
                        pending.push(fold(&read_tile(backend, log, below, index)?));
                    }
                }
            }
            edge.pending.push(pending);
        }
        Ok(edge)
    }
}

/// The hashes of the entries from `first`, where the last full tile ends, and the last of them all.
fn read_tail<B: Backend>(
    backend: &B,
    log: &Log,
    first: u64,
    size: u64,
    hashes: &mut Vec<Digest>,
) -> Result<Digest, Finding> {
    let mut last = match (first / WIDTH as u64).checked_sub(1) {
        None => Digest::ZERO,
        Some(index) => read_tile(backend, log, 0, index)?.last().copied().unwrap_or(Digest::ZERO),
    };
    for sequence in first..size {
        let key = layout::entry(log, sequence);
        let value = backend.get(Tree::Audit, &key)?.ok_or_else(|| Finding::missing(sequence))?;
        let StoredEntry { entry, leaf, .. } = read_entry(&key, &value, sequence)?;
        if entry.previous != last {
            // The first entry follows a tile, which knows the entry before it.
            let doubted = if sequence == first { sequence } else { sequence - 1 };
            return Err(Finding::broken(doubted, sequence, &last, &entry.previous));
        }
        last = leaf;
        hashes.push(leaf);
    }
    Ok(last)
}

/// The nodes of a log's tree, of full tiles and of the edge.
pub(crate) struct StoredTree<'a, B> {
    pub(crate) backend: &'a B,
    pub(crate) log: &'a Log,
    pub(crate) edge: &'a Edge,
}

impl<B: Backend> Nodes for StoredTree<'_, B> {
    type Error = Finding;

    fn node(&self, level: u32, index: u64) -> Result<Digest, Finding> {
        let unknown = || {
            let detail = format!("there is no node {level}/{index}");
            Finding::Store(StoreError::defect("reading a log's tree", detail))
        };
        let tiles = u8::try_from(level / WIDTH_BITS).map_err(|_| unknown())?;
        let first = index << (level % WIDTH_BITS);
        let tile = first / WIDTH as u64;
        let from = (first % WIDTH as u64) as usize;
        let range = from..from + (1 << (level % WIDTH_BITS));
        if tile < tiles_on(self.edge.size, tiles) {
            let hashes = read_tile(self.backend, self.log, tiles, tile)?;
            return hashes.get(range).map(fold).ok_or_else(unknown);
        }
        let pending = self.edge.pending.get(usize::from(tiles)).ok_or_else(unknown)?;
        pending.get(range).map(fold).ok_or_else(unknown)
    }
}
