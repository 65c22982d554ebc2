//! How long the logs in a backup are, which decides what of their trees is in it.

use std::collections::HashMap;

use jiff::Timestamp;

use crate::{
    backend::Pair,
    envelope,
    error::StoreError,
    layout::{self, Tree},
    merkle::{self, Head},
    records::Log,
};

/// The last entry of each log so far.
#[derive(Default)]
pub(super) struct LogEnds(HashMap<Log, Head>);

impl LogEnds {
    /// Takes in an entry. Entries come in the order of their keys, none is left out.
    pub(super) fn follow(&mut self, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        let damaged = |detail: &str| envelope::damaged(Tree::Audit, key, detail);
        let (log, _) = layout::log_of(key).ok_or_else(|| damaged("it belongs to no log"))?;
        let sequence = self.0.get(&log).map_or(0, |head| head.size);
        if key != layout::entry(&log, sequence) {
            return Err(damaged("the entry before it is missing"));
        }
        let read = match merkle::read_entry(key, value, sequence) {
            Ok(read) => read,
            Err(finding) => return Err(StoreError::DamagedLog(finding.of(&log)?)),
        };
        let head =
            Head { size: sequence + 1, last: read.leaf, recorded_at: read.entry.recorded_at };
        self.0.insert(log, head);
        Ok(())
    }

    /// Whether all entries under a tile were taken in.
    pub(super) fn fill(&self, key: &[u8], value: &[u8]) -> Result<bool, StoreError> {
        envelope::check(Tree::AuditTiles, key, value)?;
        let damaged = || envelope::damaged(Tree::AuditTiles, key, "it belongs to no log's tree");
        let (log, prefix) = layout::log_of(key).ok_or_else(damaged)?;
        let place = key.get(prefix.len()..).and_then(layout::tile_of);
        let (level, index) = place.ok_or_else(damaged)?;
        Ok(index < merkle::tiles_on(self.0.get(&log).map_or(0, |head| head.size), level))
    }

    /// The heads as of the horizon. `stored` are those that were written by then, or later.
    pub(super) fn heads(
        mut self,
        stored: Vec<Pair>,
        horizon: Timestamp,
    ) -> Result<Vec<Pair>, StoreError> {
        let mut heads = Vec::with_capacity(stored.len());
        for (key, value) in stored {
            let damaged = |detail: &str| envelope::damaged(Tree::AuditHeads, &key, detail);
            let head: Head = envelope::read(Tree::AuditHeads, &key, &value)?;
            let (log, _) = layout::log_of(&key).ok_or_else(|| damaged("it belongs to no log"))?;
            match self.0.remove(&log) {
                // Written by a commit that never became durable.
                found if head.recorded_at > horizon => {
                    if let Some(found) = found {
                        let value = envelope::record(Tree::AuditHeads, &key, &found)?;
                        heads.push((key, value));
                    }
                }
                found if found.as_ref() == Some(&head) => heads.push((key, value)),
                _ => return Err(damaged("its log ends elsewhere")),
            }
        }
        match self.0.keys().next() {
            None => Ok(heads),
            Some(log) => {
                let key = layout::entries_of(log);
                Err(envelope::damaged(Tree::AuditHeads, &key, "it is missing"))
            }
        }
    }
}
