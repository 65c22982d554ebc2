//! The right edge of a log's tree: what of it is not kept in full tiles yet.
//!
//! A tile holds [`WIDTH`] hashes side by side on one of every [`WIDTH_BITS`]th levels. Only full
//! tiles are stored, each once and for ever, in the commit that adds its last entry; what has not
//! filled a tile is held here and made again from entries and tiles when it is not in memory.

use stele_digest::Digest;

use super::proof::node_hash;

/// Levels of the tree between one level of tiles and the next. 7 rather than the 8 of public logs:
/// sled keeps up to 17 values in a page and moves pages over 128 KiB into files that it does not
/// flush with its log, so a value must stay below 7.5 KiB, and 256 hashes are 8 KiB.
pub(crate) const WIDTH_BITS: u32 = 7;
/// Hashes of a tile.
pub(crate) const WIDTH: usize = 1 << WIDTH_BITS;

/// A full tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tile {
    /// Level of tiles: its hashes are on level `level * WIDTH_BITS` of the tree.
    pub(crate) level: u8,
    /// Position among the tiles of its level.
    pub(crate) index: u64,
    pub(crate) hashes: Vec<Digest>,
}

impl Tile {
    /// First entry that lies under the hash at this position.
    pub(crate) fn first_entry(&self, position: usize) -> u64 {
        (self.index * WIDTH as u64 + position as u64) << (WIDTH_BITS * u32::from(self.level))
    }
}

/// Root over hashes side by side, a power of two of them.
pub(crate) fn fold(hashes: &[Digest]) -> Digest {
    match hashes {
        [] => Digest::ZERO,
        [one] => *one,
        more => {
            let (left, right) = more.split_at(more.len() / 2);
            node_hash(&fold(left), &fold(right))
        }
    }
}

/// The end of a log: how long it is, the hash of its last entry, and the hashes of each level of
/// tiles that fill no tile yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edge {
    pub(crate) size: u64,
    /// Zeros before the first entry.
    pub(crate) last: Digest,
    pub(crate) pending: Vec<Vec<Digest>>,
}

impl Edge {
    /// Of a log without entries.
    pub(crate) fn empty() -> Self {
        Self { size: 0, last: Digest::ZERO, pending: Vec::new() }
    }

    /// Adds an entry. Returns the tiles that it fills, the lowest first.
    pub(crate) fn push(&mut self, leaf: Digest) -> Vec<Tile> {
        self.size += 1;
        self.last = leaf;
        let mut tiles = Vec::new();
        let mut hash = leaf;
        for level in 0.. {
            if self.pending.len() <= usize::from(level) {
                self.pending.push(Vec::with_capacity(WIDTH));
            }
            let Some(pending) = self.pending.get_mut(usize::from(level)) else { break };
            pending.push(hash);
            if pending.len() < WIDTH {
                break;
            }
            let hashes = std::mem::replace(pending, Vec::with_capacity(WIDTH));
            hash = fold(&hashes);
            tiles.push(Tile { level, index: tiles_on(self.size, level) - 1, hashes });
        }
        tiles
    }
}

/// Full tiles on a level over so many entries.
pub(crate) fn tiles_on(size: u64, level: u8) -> u64 {
    size.checked_shr(WIDTH_BITS * (u32::from(level) + 1)).unwrap_or(0)
}
