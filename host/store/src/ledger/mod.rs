//! The domain on top of ordered maps: one writer at a time, many readers, group commit.
//!
//! Whoever commits puts the commit in a queue. One of them writes everything that is queued, each
//! commit as a transaction of its own, and flushes once; the others wait for their answer. What is not durable yet is written but not
//! visible: readers see records up to the horizon only.

mod apply;
mod apply_proposals;
mod apply_results;
mod backup;
mod batch;
mod expect;
mod log_ends;
mod logs;
mod queue;
mod read;
mod read_trust;
mod restore;
mod verify;

pub(crate) use restore::read_backup;

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use jiff::Timestamp;
use parking_lot::{Mutex, RwLock};

use self::{apply::Applied, logs::Logs, queue::Queue};
use stele_digest::Digest;

use crate::{
    backend::{Backend, Write},
    clock::Clock,
    commit::{Commit, CommitError, Committed, Observer},
    envelope,
    error::{ReadOnlyCause, StoreError},
    layout::{self, Tree},
    merkle::Edge,
    names::TenantId,
    records::Log,
    store::Statistics,
};

/// Remembered answers looked at in one go when old ones are removed.
const SWEEP: usize = 1000;
/// Right edges of logs kept in memory, of up to 16 KiB each. Beyond that all are forgotten, and read
/// again when they are needed.
const EDGES: usize = 4096;

/// A store over a backend.
pub struct Ledger<B> {
    backend: B,
    clock: Arc<dyn Clock>,
    queue: Queue,
    writer: Mutex<Writer>,
    /// Microseconds since the epoch.
    horizon: AtomicI64,
    failed: RwLock<Option<ReadOnlyCause>>,
    logs: Logs,
    observers: RwLock<Vec<Arc<dyn Observer>>>,
    commits: AtomicU64,
    refused: AtomicU64,
    flushes: AtomicU64,
}

/// What the writer knows of the state beyond what is on disk.
struct Writer {
    last: Timestamp,
    swept: Timestamp,
    /// Next sequence of each tenant's activations, once looked up.
    activations: HashMap<TenantId, u64>,
    /// The right edge of each log, once looked up.
    heads: HashMap<Log, Arc<Edge>>,
}

/// What is to be written.
enum Work {
    Commit(Box<Commit>),
    Remember { holder: Option<TenantId>, key: String, request: Digest, status: u16, body: String },
}

type Outcome = Result<Option<Arc<Committed>>, CommitError>;

/// Where a committer finds its outcome.
type Answer = Arc<Mutex<Option<Outcome>>>;

struct Pending {
    work: Work,
    answer: Answer,
}

impl<B: Backend> Ledger<B> {
    /// Reads the latest recorded time, or writes what an empty store begins with. Looks at the logs;
    /// if one is damaged, the store can be read and not changed.
    pub fn start(backend: B, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        if backend.get(Tree::Meta, layout::FORMAT_KEY)?.is_none() {
            let key = layout::FORMAT_KEY.to_vec();
            let value = envelope::record(Tree::Meta, &key, &layout::FORMAT)?;
            backend.write(vec![Write { tree: Tree::Meta, key, value: Some(value) }])?;
            backend.flush()?;
        }
        let last = match backend.get(Tree::Meta, layout::HORIZON_KEY)? {
            Some(value) => envelope::read(Tree::Meta, layout::HORIZON_KEY, &value)?,
            None => Timestamp::UNIX_EPOCH,
        };
        let ledger = Self {
            backend,
            clock,
            queue: Queue::default(),
            writer: Mutex::new(Writer {
                last,
                swept: Timestamp::UNIX_EPOCH,
                activations: HashMap::new(),
                heads: HashMap::new(),
            }),
            horizon: AtomicI64::new(last.as_microsecond()),
            failed: RwLock::default(),
            logs: Logs::default(),
            observers: RwLock::default(),
            commits: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            flushes: AtomicU64::new(0),
        };
        if ledger.format()? == layout::FORMAT_WITHOUT_TILES {
            ledger.index_logs()?;
        }
        ledger.examine_at_start()?;
        Ok(ledger)
    }

    fn format(&self) -> Result<u64, StoreError> {
        match self.backend.get(Tree::Meta, layout::FORMAT_KEY)? {
            Some(value) => envelope::read(Tree::Meta, layout::FORMAT_KEY, &value),
            None => Ok(layout::FORMAT),
        }
    }

    pub(crate) fn backend(&self) -> &B {
        &self.backend
    }

    fn submit(&self, work: Work) -> Outcome {
        let write = |batch| self.write_batch(&mut self.writer.lock(), batch);
        let outcome = self.queue.submit(work, write).unwrap_or_else(|| {
            let cause = ReadOnlyCause::WriteFailed("the writer ended early".to_owned());
            Err(StoreError::ReadOnly { cause }.into())
        });
        if outcome.is_err() {
            self.refused.fetch_add(1, Ordering::Relaxed);
        }
        outcome
    }

    fn write_batch(&self, writer: &mut Writer, batch: Vec<Pending>) {
        let mut written: Vec<(Answer, Option<Arc<Committed>>)> = Vec::new();
        for Pending { work, answer } in batch {
            match self.write_one(writer, work) {
                Ok(committed) => written.push((answer, committed)),
                Err(error) => *answer.lock() = Some(Err(error)),
            }
        }
        if written.is_empty() {
            return;
        }
        if let Err(error) = self.flush() {
            for (answer, _) in written {
                *answer.lock() = Some(Err(error.clone().into()));
            }
            return;
        }
        self.backend.acknowledged(writer.last);
        self.publish_heads(writer, &written);
        self.horizon.store(writer.last.as_microsecond(), Ordering::Release);
        let commits: Vec<_> =
            written.iter().filter_map(|(_, committed)| committed.clone()).collect();
        self.commits.fetch_add(commits.len() as u64, Ordering::Relaxed);
        if !commits.is_empty() {
            for observer in self.observers.read().iter() {
                observer.committed(&commits);
            }
        }
        for (answer, committed) in written {
            *answer.lock() = Some(Ok(committed));
        }
        self.sweep(writer);
    }

    /// Shows readers the logs that were written to.
    fn publish_heads(&self, writer: &mut Writer, written: &[(Answer, Option<Arc<Committed>>)]) {
        let logs = written.iter().filter_map(|(_, committed)| Some(&committed.as_ref()?.log));
        let heads = logs.filter_map(|log| Some((log.clone(), Arc::clone(writer.heads.get(log)?))));
        self.publish_edges(heads);
        if writer.heads.len() > EDGES {
            writer.heads.clear();
        }
    }

    fn write_one(
        &self,
        writer: &mut Writer,
        work: Work,
    ) -> Result<Option<Arc<Committed>>, CommitError> {
        if let Some(cause) = self.failed.read().clone() {
            return Err(StoreError::ReadOnly { cause }.into());
        }
        let Applied { writes, committed, staged } = self.apply(writer, work)?;
        let bytes = writes
            .iter()
            .map(|write| write.key.len() + write.value.as_ref().map_or(0, Vec::len))
            .sum::<usize>();
        self.backend.room(bytes as u64)?;
        self.backend.write(writes).inspect_err(|error| self.fail(error))?;
        writer.last = staged.recorded_at;
        writer.activations.extend(staged.activations);
        writer.heads.extend(staged.heads);
        Ok(committed)
    }

    fn flush(&self) -> Result<(), StoreError> {
        self.flushes.fetch_add(1, Ordering::Relaxed);
        self.backend.flush().inspect_err(|error| self.fail(error))
    }

    /// After a failed write nobody knows what the disk holds until it is read again from the start.
    fn fail(&self, error: &StoreError) {
        tracing::error!(%error, "a write failed: the store accepts no more changes until a restart");
        *self.failed.write() = Some(ReadOnlyCause::WriteFailed(error.to_string()));
    }

    /// Removes answers that are no longer remembered, at most once a minute. They are removed
    /// without a flush: one that comes back after a crash is removed again.
    fn sweep(&self, writer: &mut Writer) {
        if writer.last.duration_since(writer.swept).as_secs() < 60 {
            return;
        }
        writer.swept = writer.last;
        let Ok(until) = writer.last.checked_sub(crate::RESPONSES_KEPT) else { return };
        let to = std::ops::Bound::Excluded(layout::response_time(until, b""));
        let old: Result<Vec<_>, StoreError> = self
            .backend
            .scan(Tree::ResponseTimes, std::ops::Bound::Unbounded, to)
            .take(SWEEP)
            .collect();
        let removed = old.and_then(|old| {
            let mut writes = Vec::new();
            for (key, _) in old {
                if let Some(response) = layout::response_of(&key) {
                    // A younger answer under the same key stays.
                    if self.stored_response(response)?.is_none_or(|kept| kept.recorded_at < until) {
                        let key = response.to_vec();
                        writes.push(Write { tree: Tree::Responses, key, value: None });
                    }
                }
                writes.push(Write { tree: Tree::ResponseTimes, key, value: None });
            }
            if writes.is_empty() { Ok(()) } else { self.backend.write(writes) }
        });
        if let Err(error) = removed {
            self.fail(&error);
        }
    }

    fn counts(&self) -> Statistics {
        Statistics {
            commits: self.commits.load(Ordering::Relaxed),
            refused: self.refused.load(Ordering::Relaxed),
            flushes: self.flushes.load(Ordering::Relaxed),
        }
    }
}
