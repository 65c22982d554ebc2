//! Follows a log from its first entry and says from which one on it cannot be believed.
//!
//! Each entry holds the hash of the one before, each full tile the hashes of its entries, the head
//! how many there are and the hash of the last. Where two of them differ, the earliest entry that
//! may have been changed is named.

use jiff::Timestamp;
use stele_digest::Digest;

use super::{
    edge::{Edge, Tile, WIDTH, tiles_on},
    finding::{Finding, StoredEntry, read_entry},
    tiles::{Head, read_head, read_tile},
};
use crate::{
    backend::{self, Backend},
    error::StoreError,
    layout::{self, Tree},
    records::Log,
};

/// A key that belongs to no log, and its tree.
pub(crate) type Stray = (Tree, Vec<u8>);

/// The names of all logs of which there is a trace, the operator's first. Keys that belong to no
/// log are in the second list.
pub(crate) fn logs<B: Backend>(backend: &B) -> Result<(Vec<Log>, Vec<Stray>), StoreError> {
    let mut logs = std::collections::BTreeSet::new();
    let mut strays = Vec::new();
    for tree in [Tree::AuditHeads, Tree::Audit, Tree::AuditTiles] {
        let mut from = std::ops::Bound::Unbounded;
        while let Some(pair) = backend.scan(tree, from, std::ops::Bound::Unbounded).next() {
            let (key, _) = pair?;
            match layout::log_of(&key) {
                Some((log, prefix)) => {
                    logs.insert(log);
                    match layout::after(prefix) {
                        Some(after) => from = std::ops::Bound::Included(after),
                        None => break,
                    }
                }
                None => {
                    strays.push((tree, key.clone()));
                    from = std::ops::Bound::Excluded(key);
                }
            }
        }
    }
    Ok((logs.into_iter().collect(), strays))
}

/// Whether there is a trace of entries in the tree of a log.
fn has_tile<B: Backend>(backend: &B, log: &Log) -> Result<bool, StoreError> {
    Ok(backend::last(backend, Tree::AuditTiles, &layout::entries_of(log))?.is_some())
}

/// A log that is being followed.
pub(crate) struct Examiner {
    log: Log,
    /// What was followed so far.
    edge: Edge,
    recorded_at: Option<Timestamp>,
    /// Entries to follow.
    until: u64,
    /// What is recorded of the last of them.
    head: Option<Head>,
    /// What is wrong with the log's end, whatever is found before.
    ending: Option<(u64, String)>,
}

impl Examiner {
    /// Looks at how a log ends. Nothing may be written to it meanwhile.
    pub(crate) fn new<B: Backend>(backend: &B, log: &Log) -> Result<Self, StoreError> {
        let found = match backend::last(backend, Tree::Audit, &layout::entries_of(log))? {
            None => 0,
            // A key that is no entry's counts as one, and is found in its turn.
            Some((key, _)) => layout::sequence(&key).unwrap_or(0).saturating_add(1),
        };
        let mut examiner = Self {
            log: log.clone(),
            edge: Edge::empty(),
            recorded_at: None,
            until: found,
            head: None,
            ending: None,
        };
        let unknown = |detail: &str| (found.saturating_sub(1), detail.to_owned());
        match read_head(backend, log) {
            Ok(Some(head)) => {
                examiner.until = head.size;
                if head.size < found {
                    let detail = format!(
                        "there are entries up to {}, and {} were written",
                        found - 1,
                        head.size
                    );
                    examiner.ending = Some((head.size, detail));
                } else if head.size > found {
                    let detail = format!(
                        "{} entries were written, and the last found is followed by none",
                        head.size
                    );
                    examiner.ending = Some((found, detail));
                }
                examiner.head = Some(head);
            }
            Ok(None) if found == 0 && !has_tile(backend, log)? => {}
            Ok(None) => {
                examiner.ending =
                    Some(unknown("how many entries were written is not recorded any more"));
            }
            Err(StoreError::CorruptValue { detail, .. }) => {
                examiner.ending = Some(unknown(&format!(
                    "how many entries were written can not be read: {detail}"
                )));
            }
            Err(error) => return Err(error),
        }
        Ok(examiner)
    }

    /// The log.
    pub(crate) fn log(&self) -> &Log {
        &self.log
    }

    /// Entries still to follow.
    pub(crate) fn left(&self) -> u64 {
        self.until - self.edge.size
    }

    /// How many entries could be followed in the time that a glance takes.
    pub(crate) fn glance_costs(&self) -> u64 {
        // To fold a tile takes as long as to follow ten entries.
        let tiles = (0..u8::MAX).map(|level| tiles_on(self.until, level) % WIDTH as u64);
        self.until % WIDTH as u64 + 10 * tiles.sum::<u64>()
    }

    /// What is wrong with the log's end.
    pub(crate) fn ending(&self) -> Option<Finding> {
        let (entry, detail) = self.ending.clone()?;
        Some(Finding::Damage { entry, detail })
    }

    /// Looks at the right edge alone, and gives it.
    pub(crate) fn glance<B: Backend>(&self, backend: &B) -> Result<Edge, Finding> {
        let edge = Edge::read(backend, &self.log, self.until)?;
        self.check_last(&edge.last)?;
        Ok(edge)
    }

    /// Follows at most so many entries. The end is checked with the last.
    pub(crate) fn follow<B: Backend>(&mut self, backend: &B, entries: u64) -> Result<(), Finding> {
        let until = self.until.min(self.edge.size.saturating_add(entries));
        let from = std::ops::Bound::Included(layout::entry(&self.log, self.edge.size));
        let to = std::ops::Bound::Excluded(layout::entry(&self.log, until));
        for pair in backend.scan(Tree::Audit, from, to) {
            let (key, value) = pair?;
            self.next(backend, &key, &value)?;
        }
        if self.edge.size < until {
            return Err(Finding::missing(self.edge.size));
        }
        if self.left() == 0 {
            self.check_last(&self.edge.last)?;
            if let Some(head) =
                self.head.as_ref().filter(|head| Some(head.recorded_at) != self.recorded_at)
            {
                let detail = format!(
                    "the last entry was recorded at {}, it says otherwise",
                    head.recorded_at
                );
                return Err(self.doubted_end(detail));
            }
            if let Some(ending) = self.ending() {
                return Err(ending);
            }
        }
        Ok(())
    }

    fn next<B: Backend>(&mut self, backend: &B, key: &[u8], value: &[u8]) -> Result<(), Finding> {
        let sequence = self.edge.size;
        if key != layout::entry(&self.log, sequence) {
            return Err(Finding::missing(sequence));
        }
        let StoredEntry { entry, leaf, .. } = read_entry(key, value, sequence)?;
        if entry.previous != self.edge.last {
            let doubted = match sequence.checked_sub(1) {
                Some(before) if !self.is_in_tile(backend, before)? => before,
                _ => sequence,
            };
            return Err(Finding::broken(doubted, sequence, &self.edge.last, &entry.previous));
        }
        if self.recorded_at.is_some_and(|before| entry.recorded_at <= before) {
            let detail = format!("entry {sequence} was recorded before the one before it");
            return Err(Finding::Damage { entry: sequence, detail });
        }
        self.recorded_at = Some(entry.recorded_at);
        for tile in self.edge.push(leaf) {
            self.check_tile(backend, &tile)?;
        }
        Ok(())
    }

    /// Whether the hash of the entry just followed is what a full tile says it is.
    fn is_in_tile<B: Backend>(&self, backend: &B, sequence: u64) -> Result<bool, Finding> {
        let (index, position) = (sequence / WIDTH as u64, (sequence % WIDTH as u64) as usize);
        if index >= tiles_on(self.until, 0) {
            return Ok(false);
        }
        match read_tile(backend, &self.log, 0, index) {
            Ok(hashes) => Ok(hashes.get(position) == Some(&self.edge.last)),
            Err(Finding::Damage { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn check_tile<B: Backend>(&self, backend: &B, tile: &Tile) -> Result<(), Finding> {
        let stored = read_tile(backend, &self.log, tile.level, tile.index)?;
        let differing = tile.hashes.iter().zip(&stored).position(|(made, stored)| made != stored);
        let Some(position) = differing else { return Ok(()) };
        let entry = tile.first_entry(position);
        let detail =
            format!("the tile {}/{} of its tree holds another hash for it", tile.level, tile.index);
        Err(Finding::Damage { entry, detail })
    }

    fn check_last(&self, found: &Digest) -> Result<(), Finding> {
        match &self.head {
            Some(head) if head.last != *found => {
                let expected = head.last;
                let detail =
                    format!("the last entry was written with the hash {expected}, found {found}");
                Err(self.doubted_end(detail))
            }
            _ => Ok(()),
        }
    }

    fn doubted_end(&self, detail: String) -> Finding {
        Finding::Damage { entry: self.until.saturating_sub(1), detail }
    }
}
