//! The domain on top of ordered maps: one writer at a time, many readers, group commit.
//!
//! Whoever commits puts the commit in a queue and waits. One writes everything that is queued, each
//! commit as a transaction of its own, and flushes once: a thread of the [door](crate::Door), or
//! without one whoever commits first. What is not durable yet is written but not visible: readers
//! see records up to the horizon only.
//!
//! Everything here blocks. Whoever serves requests uses a [`Door`](crate::Door).

mod apply;
mod apply_proposals;
mod apply_results;
mod backup;
mod batch;
mod expect;
mod import;
mod log_ends;
mod logs;
mod migrate;
mod others;
mod pieces;
mod prepare;
mod queue;
mod read;
mod read_trust;
mod refusals;
mod restore;
mod salts;
mod slices;
mod verify;
mod writing;

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

use self::{
    import::Imports,
    logs::Logs,
    prepare::Prepared,
    queue::{OutcomeOrTurn, Queue},
    refusals::Refusals,
};
use stele_digest::Digest;
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::{
    backend::{Backend, Write},
    bounds::Bounds,
    clock::Clock,
    commit::{CommitError, Committed, Observer, ResponseKey},
    envelope,
    error::{ReadOnlyCause, StoreError},
    layout::{self, Tree},
    merkle::Edge,
    names::TenantId,
    records::Log,
    store::Statistics,
};

/// A store over a backend.
pub struct Ledger<B> {
    backend: B,
    clock: Arc<dyn Clock>,
    bounds: Bounds,
    queue: Queue,
    writer: Mutex<Writer>,
    /// Microseconds since the epoch.
    horizon: AtomicI64,
    /// Why nothing is written any more until a restart.
    failed: RwLock<Option<ReadOnlyCause>>,
    refusals: Refusals,
    logs: Logs,
    imports: Imports,
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
#[derive(Clone)]
pub(crate) enum Work {
    Commit(Box<Prepared>),
    Remember { key: ResponseKey, request: Digest, status: u16, body: String },
}

pub(crate) type Outcome = Result<Option<Arc<Committed>>, Refused>;

/// Why work was not done.
pub(crate) enum Refused {
    Error(CommitError),
    /// What it was to write rests on something that has changed since: to be prepared again.
    Overtaken(Box<Work>),
    /// An import of this process is in its way: to be queued again when that has ended.
    Postponed {
        work: Box<Work>,
        import: Uuid,
    },
}

/// What comes after an outcome.
pub(crate) enum Next {
    /// Nothing: this is the answer.
    Answer(Result<Option<Arc<Committed>>, CommitError>),
    /// It is prepared again and tried again.
    Again(Box<Work>),
    /// It is tried again when that import of this process has ended.
    After {
        /// The work.
        work: Box<Work>,
        /// The import.
        import: Uuid,
    },
}

impl From<CommitError> for Refused {
    fn from(error: CommitError) -> Self {
        Self::Error(error)
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Error(error.into())
    }
}

impl<B: Backend> Ledger<B> {
    /// Reads the latest recorded time, or writes what an empty store begins with. Looks at the logs;
    /// if one is damaged, the store can be read and not changed.
    pub fn start(backend: B, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        Self::start_within(backend, clock, Bounds::default())
    }

    /// The same, within other bounds.
    pub fn start_within(
        backend: B,
        clock: Arc<dyn Clock>,
        bounds: Bounds,
    ) -> Result<Self, StoreError> {
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
            bounds,
            queue: Queue::new(bounds.waiting),
            writer: Mutex::new(Writer {
                last,
                swept: Timestamp::UNIX_EPOCH,
                activations: HashMap::new(),
                heads: HashMap::new(),
            }),
            horizon: AtomicI64::new(last.as_microsecond()),
            failed: RwLock::default(),
            refusals: Refusals::default(),
            logs: Logs::default(),
            imports: Imports::default(),
            observers: RwLock::default(),
            commits: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            flushes: AtomicU64::new(0),
        };
        ledger.migrate()?;
        ledger.recover_import()?;
        ledger.examine_at_start()?;
        Ok(ledger)
    }

    pub(crate) fn bounds(&self) -> &Bounds {
        &self.bounds
    }

    pub(crate) fn backend(&self) -> &B {
        &self.backend
    }

    /// Has the work done and waits for it; writes what waits if nobody else does.
    fn submit(&self, mut work: Work) -> Result<Option<Arc<Committed>>, CommitError> {
        let mut tries = 0;
        loop {
            let mut waiting = self.enter(work)?;
            let outcome = loop {
                match self.queue.outcome_or_turn(&mut waiting) {
                    Some(OutcomeOrTurn::Turn(turn)) => self.write(turn),
                    Some(OutcomeOrTurn::Outcome(outcome)) => break Some(outcome),
                    None => break None,
                }
            };
            work = match self.next(outcome, tries) {
                Next::Answer(answer) => return answer,
                Next::Again(overtaken) => {
                    tries += 1;
                    self.prepare_again(*overtaken)?
                }
                Next::After { work, import } => {
                    self.wait_for_import(import);
                    *work
                }
            };
        }
    }

    /// Queues work.
    pub(crate) fn enter(&self, work: Work) -> Result<oneshot::Receiver<Outcome>, StoreError> {
        self.queue.enter(work).inspect_err(|error| self.note_refused(error))
    }

    /// What comes after an outcome; none: the writer ended with the work in its hands. `tries`: how
    /// often it was made anew before.
    pub(crate) fn next(&self, outcome: Option<Outcome>, tries: u32) -> Next {
        let ended = || Err(StoreError::ReadOnly { cause: ReadOnlyCause::WriterEnded }.into());
        let error = match outcome.unwrap_or_else(ended) {
            Ok(committed) => return Next::Answer(Ok(committed)),
            Err(Refused::Overtaken(work)) if tries < self.bounds.tries => {
                return Next::Again(work);
            }
            Err(Refused::Overtaken(_)) => StoreError::Contended.into(),
            Err(Refused::Postponed { work, import }) => return Next::After { work, import },
            Err(Refused::Error(error)) => error,
        };
        match &error {
            CommitError::Store(error) => self.note_refused(error),
            CommitError::Unmet(_) => self.count_refused(),
        }
        Next::Answer(Err(error))
    }

    fn note_refused(&self, error: &StoreError) {
        self.count_refused();
        self.refusals.note(error);
    }

    /// Queues a commit that is ready, and waits for its outcome.
    fn submit_commit(&self, work: Work) -> Result<Arc<Committed>, CommitError> {
        let committed = self.submit(work)?;
        committed
            .ok_or_else(|| StoreError::defect("committing", "the writer gave no answer").into())
    }

    fn count_refused(&self) {
        self.refused.fetch_add(1, Ordering::Relaxed);
    }

    fn counts(&self) -> Statistics {
        Statistics {
            commits: self.commits.load(Ordering::Relaxed),
            refused: self.refused.load(Ordering::Relaxed),
            flushes: self.flushes.load(Ordering::Relaxed),
            waiting: self.queue.waiting(),
        }
    }
}
