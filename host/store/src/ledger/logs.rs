//! The logs' trees behind the trait: what is durable of them, and what is known to be damaged.
//!
//! The writer holds each log's right edge; when a batch is durable, the edges of its logs are
//! published here for readers. A log that nobody has written to since the start is read when it is
//! first asked for.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    ops::Bound,
    sync::Arc,
};

use parking_lot::{Mutex, RwLock};

use super::Ledger;
use crate::{
    backend::{self, Backend},
    envelope,
    error::{LogDamage, ReadOnlyCause, StoreError},
    layout::{self, Tree},
    merkle::{self, Edge, Examiner, Finding, StoredTree},
    records::{AuditEntry, Log},
};

/// Entries followed before the store is opened: about a tenth of a second.
const QUICK: u64 = 50_000;

/// What is known of the logs.
#[derive(Default)]
pub(super) struct Logs {
    /// Durable right edges.
    edges: RwLock<HashMap<Log, Arc<Edge>>>,
    damages: RwLock<BTreeMap<Log, LogDamage>>,
    /// Logs that were not followed since the start.
    unexamined: Mutex<VecDeque<Examiner>>,
}

impl<B: Backend> Ledger<B> {
    /// Makes edges visible to readers. What they hold is durable.
    pub(super) fn publish_edges(&self, edges: impl Iterator<Item = (Log, Arc<Edge>)>) {
        let mut published = self.logs.edges.write();
        if published.len() > self.bounds.remembered {
            published.clear();
        }
        published.extend(edges);
    }

    /// Forgets what readers were shown of logs that somebody else has written to.
    pub(super) fn forget_edges(&self) {
        self.logs.edges.write().clear();
    }

    /// The right edge for the next entry, durable or not. It is looked at as it is at a start: a log
    /// that is not examined yet is not written to before.
    pub(super) fn writers_edge(&self, log: &Log) -> Result<Edge, StoreError> {
        loop {
            let head = self.head_guard(log)?.value;
            let examiner = Examiner::new(&self.backend, log)?;
            let edge = examiner.glance(&self.backend).and_then(|edge| match examiner.ending() {
                Some(ending) => Err(ending),
                None => Ok(edge),
            });
            match edge {
                Ok(edge) => return Ok(edge),
                // Somebody has written to it while it was read; on maps of one's own nobody does.
                Err(_) if self.head_guard(log)?.value != head => {}
                Err(finding) => {
                    self.note(finding.of(log)?);
                    return Err(self.refusal(log));
                }
            }
        }
    }

    /// The right edge over everything that is durable and can be proven.
    pub(super) fn edge(&self, log: &Log) -> Result<Arc<Edge>, StoreError> {
        if let Some(damage) = self.damage(log) {
            return self.provable_edge(log, damage.entry);
        }
        if let Some(edge) = self.logs.edges.read().get(log) {
            return Ok(Arc::clone(edge));
        }
        let horizon = self.horizon();
        let length = match self.durable_length(log) {
            Err(StoreError::DamagedLog(damage)) => damage.entry,
            length => length?,
        };
        let edge = self.provable_edge(log, length)?;
        let mut edges = self.logs.edges.write();
        // An edge that was published meanwhile is newer, and so is the log if it was and is gone.
        if self.horizon() == horizon && edges.len() <= self.bounds.remembered {
            return Ok(Arc::clone(edges.entry(log.clone()).or_insert(edge)));
        }
        Ok(edge)
    }

    /// The edge over the first `size` entries, or over those before the damage that is found.
    fn provable_edge(&self, log: &Log, mut size: u64) -> Result<Arc<Edge>, StoreError> {
        loop {
            match Edge::read(&self.backend, log, size) {
                Ok(edge) => return Ok(Arc::new(edge)),
                Err(finding) => match self.discovered(log, finding) {
                    StoreError::DamagedLog(damage) if damage.entry < size => size = damage.entry,
                    error => return Err(error),
                },
            }
        }
    }

    /// Runs `work` on the log's tree, if it has `size` entries that can be proven.
    pub(super) fn with_tree<T>(
        &self,
        log: &Log,
        size: u64,
        work: impl FnOnce(&StoredTree<'_, B>) -> Result<T, Finding>,
    ) -> Result<T, StoreError> {
        let edge = self.edge(log)?;
        if size > edge.size {
            return Err(match self.damage(log) {
                Some(damage) => StoreError::DamagedLog(damage),
                None => StoreError::BeyondLog { log: log.clone(), asked: size, size: edge.size },
            });
        }
        let tree = StoredTree { backend: &self.backend, log, edge: &edge };
        work(&tree).map_err(|finding| self.discovered(log, finding))
    }

    /// Entries as stored, from one on, with their JSON.
    pub(super) fn entries(
        &self,
        log: &Log,
        from: u64,
        limit: usize,
    ) -> Result<Vec<(Vec<u8>, AuditEntry)>, StoreError> {
        let horizon = self.horizon();
        let until = match self.damage(log) {
            Some(damage) if from >= damage.entry => return Err(StoreError::DamagedLog(damage)),
            Some(damage) => damage.entry,
            None => u64::MAX,
        };
        let start = Bound::Included(layout::entry(log, from));
        let end = Bound::Excluded(layout::entry(log, until));
        let mut entries = Vec::new();
        for (pair, sequence) in self.backend.scan(Tree::Audit, start, end).zip(from..).take(limit) {
            let (key, value) = pair?;
            let read = if key == layout::entry(log, sequence) {
                merkle::read_entry(&key, &value, sequence)
            } else {
                Err(Finding::missing(sequence))
            };
            match read {
                Ok(read) if read.entry.recorded_at > horizon => break,
                Ok(read) => entries.push((read.json, read.entry)),
                Err(finding) => {
                    let error = self.discovered(log, finding);
                    // What stands before it is answered; the next question gets the error.
                    if entries.is_empty() {
                        return Err(error);
                    }
                    break;
                }
            }
        }
        Ok(entries)
    }

    /// Number of durable entries, as stored.
    pub(super) fn durable_length(&self, log: &Log) -> Result<u64, StoreError> {
        let horizon = self.horizon();
        let entries = backend::scan_prefix(&self.backend, Tree::Audit, &layout::entries_of(log));
        for pair in entries.rev() {
            let (key, value) = pair?;
            let sequence = layout::sequence(&key).unwrap_or(0);
            match merkle::read_entry(&key, &value, sequence) {
                Ok(read) if read.entry.recorded_at > horizon => {}
                Ok(_) => return Ok(sequence + 1),
                Err(finding) => return Err(self.discovered(log, finding)),
            }
        }
        Ok(0)
    }

    /// What is known to be damaged of a log.
    pub(super) fn damage(&self, log: &Log) -> Option<LogDamage> {
        self.logs.damages.read().get(log).cloned()
    }

    /// Notes what was found, from where on it is no longer believed, and that nothing is written
    /// to it any more. Returns what is to be answered.
    fn discovered(&self, log: &Log, finding: Finding) -> StoreError {
        match finding.of(log) {
            Ok(damage) => {
                self.note(damage.clone());
                StoreError::DamagedLog(damage)
            }
            Err(error) => error,
        }
    }

    fn note(&self, damage: LogDamage) {
        {
            let mut damages = self.logs.damages.write();
            if damages.get(&damage.log).is_some_and(|known| known.entry <= damage.entry) {
                return;
            }
            damages.insert(damage.log.clone(), damage.clone());
        }
        tracing::error!(log = %damage.log, entry = damage.entry, detail = damage.detail,
            "an audit log is damaged: no changes are written to it");
        self.logs.edges.write().remove(&damage.log);
    }

    /// The damage of the first log that has one.
    pub(super) fn first_damage(&self) -> Option<LogDamage> {
        self.logs.damages.read().values().next().cloned()
    }

    fn refusal(&self, log: &Log) -> StoreError {
        match self.damage(log) {
            Some(damage) => StoreError::ReadOnly { cause: ReadOnlyCause::DamagedLog(damage) },
            None => StoreError::defect("reading a log", "it was damaged and is not any more"),
        }
    }

    fn examine_end(&self, log: &Log) -> Result<Examiner, StoreError> {
        let examiner = Examiner::new(&self.backend, log)?;
        if let Some(ending) = examiner.ending() {
            self.note(ending.of(log)?);
        }
        Ok(examiner)
    }

    /// Looks at all logs before anything is served: wholly if they are short, else at their ends.
    /// What is left is for [`Store::examine_logs`].
    pub(super) fn examine_at_start(&self) -> Result<(), StoreError> {
        let (logs, _) = merkle::logs(&self.backend)?;
        let mut examiners =
            logs.iter().map(|log| self.examine_end(log)).collect::<Result<VecDeque<_>, _>>()?;
        let entries: u64 = examiners.iter().map(Examiner::left).sum();
        if entries > QUICK {
            let mut looked_at = 0;
            for examiner in &examiners {
                if looked_at > QUICK {
                    break;
                }
                looked_at += examiner.glance_costs();
                if let Err(finding) = examiner.glance(&self.backend) {
                    self.note(finding.of(examiner.log())?);
                }
            }
        }
        let quick = entries <= QUICK;
        if quick {
            while let Some(examiner) = examiners.pop_front() {
                self.follow(examiner, u64::MAX)?;
            }
        }
        *self.logs.unexamined.lock() = examiners;
        Ok(())
    }

    /// Follows a log; gives it back if there is more of it.
    fn follow(&self, mut examiner: Examiner, entries: u64) -> Result<Option<Examiner>, StoreError> {
        match examiner.follow(&self.backend, entries) {
            Ok(()) => Ok(Some(examiner).filter(|examiner| examiner.left() > 0)),
            Err(finding) => {
                self.note(finding.of(examiner.log())?);
                Ok(None)
            }
        }
    }

    pub(super) fn examine_more(&self, entries: u64) -> Result<bool, StoreError> {
        let mut unexamined = self.logs.unexamined.lock();
        if entries > 0
            && let Some(examiner) = unexamined.pop_front()
            && let Some(more) = self.follow(examiner, entries)?
        {
            unexamined.push_front(more);
        }
        Ok(unexamined.is_empty())
    }

    /// Reads all logs, their trees and heads. Returns the number of values and of entries.
    pub(super) fn verify_logs(&self) -> Result<(u64, u64), StoreError> {
        let damaged = |finding: Finding, log: &Log| match finding.of(log) {
            Ok(damage) => StoreError::DamagedLog(damage),
            Err(error) => error,
        };
        let (logs, strays) = merkle::logs(&self.backend)?;
        let (mut values, mut entries) = (0, 0);
        for log in logs {
            let mut examiner = {
                let _writer = self.writer.lock();
                Examiner::new(&self.backend, &log)?
            };
            let size = examiner.left();
            examiner.follow(&self.backend, u64::MAX).map_err(|finding| damaged(finding, &log))?;
            values += size + 1;
            entries += size;
        }
        if let Some((tree, key)) = strays.first() {
            return Err(envelope::damaged(*tree, key, "it belongs to no log"));
        }
        for pair in self.backend.scan(Tree::AuditTiles, Bound::Unbounded, Bound::Unbounded) {
            let (key, value) = pair?;
            envelope::check(Tree::AuditTiles, &key, &value)?;
            self.check_place(&key)?;
            values += 1;
        }
        Ok((values, entries))
    }

    /// Checks that a tile belongs to the tree of its log; what it holds was compared before.
    fn check_place(&self, key: &[u8]) -> Result<(), StoreError> {
        let damaged = || envelope::damaged(Tree::AuditTiles, key, "it belongs to no log's tree");
        let (log, prefix) = layout::log_of(key).ok_or_else(damaged)?;
        let place = key.get(prefix.len()..).and_then(layout::tile_of);
        let (level, index) = place.ok_or_else(damaged)?;
        let _writer = self.writer.lock();
        let size = merkle::read_head(&self.backend, &log)?.map_or(0, |head| head.size);
        if index < merkle::tiles_on(size, level) { Ok(()) } else { Err(damaged()) }
    }
}
