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
mod slices;
mod verify;

pub(crate) use restore::read_backup;

use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use jiff::Timestamp;
use parking_lot::{Mutex, RwLock};

use self::{
    apply::Applied,
    import::Imports,
    logs::Logs,
    prepare::Prepared,
    queue::{OutcomeOrTurn, Pending, Queue, Turn},
    refusals::Refusals,
};
use stele_digest::Digest;
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::{
    backend::{Backend, Guard, Write},
    bounds::Bounds,
    clock::Clock,
    commit::{CommitError, Committed, Observer, ResponseKey},
    envelope,
    error::{ReadOnlyCause, StoreError},
    layout::{self, Tree},
    merkle::Edge,
    names::TenantId,
    records::Log,
    store::{RESPONSES_KEPT, Statistics},
};

/// Remembered answers looked at in one go when old ones are removed.
const SWEEP: usize = 1000;

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

/// What of a batch was written, and who waits for it.
type Written = Vec<(oneshot::Sender<Outcome>, Option<Arc<Committed>>)>;

/// Whoever does not wait any more is not told.
fn tell_committer(answer: oneshot::Sender<Outcome>, outcome: Outcome) {
    let _ = answer.send(outcome);
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

    /// Writes whatever comes, until the ledger is closed and nothing waits.
    pub(crate) fn write_until_closed(&self) {
        while let Some(turn) = self.queue.next_turn() {
            self.write(turn);
        }
    }

    /// Ends [`Ledger::write_until_closed`].
    pub(crate) fn close(&self) {
        self.queue.close();
    }

    fn write(&self, mut turn: Turn<'_>) {
        self.write_guarded(turn.batch());
    }

    /// Writes a batch. After a panic nobody knows what of it was written, and who was told.
    fn write_guarded(&self, batch: Vec<Pending>) {
        let writing = AssertUnwindSafe(|| self.write_batch(&mut self.writer.lock(), batch));
        if catch_unwind(writing).is_err() {
            tracing::error!("the writer ended by a defect: no more changes until a restart");
            self.failed.write().get_or_insert(ReadOnlyCause::WriterEnded);
        }
    }

    fn write_batch(&self, writer: &mut Writer, batch: Vec<Pending>) {
        let mut written: Written = Vec::new();
        for Pending { work, answer } in batch {
            match self.write_one(writer, work) {
                Ok(committed) => written.push((answer, committed)),
                Err(error) => tell_committer(answer, Err(error)),
            }
        }
        if written.is_empty() {
            return;
        }
        if let Err(error) = self.flush() {
            for (answer, _) in written {
                tell_committer(answer, Err(error.clone().into()));
            }
            return;
        }
        self.backend.acknowledged(writer.last);
        self.publish_heads(writer, &written);
        let commits: Vec<_> =
            written.iter().filter_map(|(_, committed)| committed.clone()).collect();
        self.commits.fetch_add(commits.len() as u64, Ordering::Relaxed);
        if self.backend.is_shared() {
            // Together with those that others made in between.
            if let Err(error) = self.tell_of_all(writer) {
                for (answer, _) in written {
                    tell_committer(answer, Err(error.clone().into()));
                }
                return self.fail(&error);
            }
        } else {
            // Observers hear before anybody can read what they do not know.
            if !commits.is_empty() {
                self.tell(&commits);
            }
            self.show_until(writer.last);
        }
        for (answer, committed) in written {
            tell_committer(answer, Ok(committed));
        }
        self.sweep(writer);
    }

    /// Readers see what was recorded up to here.
    fn show_until(&self, recorded_at: Timestamp) {
        self.horizon.store(recorded_at.as_microsecond(), Ordering::Release);
    }

    /// Tells every observer, also after one that panics: what the others hold must not be behind.
    /// Ends as that one did.
    fn tell(&self, commits: &[Arc<Committed>]) {
        let mut ended = None;
        for observer in self.observers.read().iter() {
            let telling = catch_unwind(AssertUnwindSafe(|| observer.committed(commits)));
            ended = telling.err().or(ended);
        }
        if let Some(panic) = ended {
            resume_unwind(panic);
        }
    }

    /// Shows readers the logs that were written to.
    fn publish_heads(&self, writer: &mut Writer, written: &Written) {
        let logs = written.iter().filter_map(|(_, committed)| Some(&committed.as_ref()?.log));
        let heads = logs.filter_map(|log| Some((log.clone(), Arc::clone(writer.heads.get(log)?))));
        self.publish_edges(heads);
        if writer.heads.len() > self.bounds.remembered {
            writer.heads.clear();
        }
        if writer.activations.len() > self.bounds.remembered {
            writer.activations.clear();
        }
    }

    fn write_one(&self, writer: &mut Writer, work: Work) -> Outcome {
        if let Some(cause) = self.stopped_for(&work) {
            return Err(StoreError::ReadOnly { cause }.into());
        }
        let horizon = self.catch_up(writer)?;
        // What several may write to is tried again.
        let again = self.backend.is_shared().then(|| Box::new(work.clone()));
        let (work, import) = self.pass_import(writer, work)?;
        let Applied { writes, committed, mut staged } = self.apply(writer, work)?;
        let bytes = writes
            .iter()
            .map(|write| write.key.len() + write.value.as_ref().map_or(0, Vec::len))
            .sum::<usize>();
        let most = self.bounds.bytes;
        if bytes > most {
            return Err(StoreError::TooLarge { unit: "bytes", found: bytes, most }.into());
        }
        self.backend.room(bytes as u64)?;
        staged.guards.extend([horizon, import]);
        let written = self.backend.write_if(staged.guards, writes);
        if !written.inspect_err(|error| self.fail(error))? {
            return Err(again.map_or_else(|| StoreError::Contended.into(), Refused::Overtaken));
        }
        writer.last = staged.recorded_at;
        writer.activations.extend(staged.activations);
        writer.heads.extend(staged.heads);
        Ok(committed)
    }

    /// Forgets what the writer remembers of the state if somebody else has written since. What it
    /// goes on from must still be there when it writes: the horizon, and the head of its log.
    fn catch_up(&self, writer: &mut Writer) -> Result<Guard, StoreError> {
        let (tree, key) = (Tree::Meta, layout::HORIZON_KEY.to_vec());
        let value = self.backend.get(tree, &key)?;
        let last = match &value {
            Some(value) => envelope::read(tree, &key, value)?,
            None => Timestamp::UNIX_EPOCH,
        };
        if last != writer.last {
            writer.last = last;
            writer.activations.clear();
            writer.heads.clear();
            self.forget_edges();
        }
        Ok(Guard { tree, key, value })
    }

    /// Why this work is not done: nothing is written any more, or its log is damaged.
    fn stopped_for(&self, work: &Work) -> Option<ReadOnlyCause> {
        match work {
            Work::Commit(prepared) => self.stopped(Some(&prepared.audit.log)),
            Work::Remember { .. } => self.stopped(None),
        }
    }

    /// Why nothing is written that has an entry in this log.
    fn stopped(&self, log: Option<&Log>) -> Option<ReadOnlyCause> {
        let failed = self.failed.read().clone();
        let damaged = || log.and_then(|log| self.damage(log));
        failed.or_else(|| damaged().map(ReadOnlyCause::DamagedLog))
    }

    /// Why changes are not taken: any, or those of a damaged log. A full disk is looked at again.
    pub(super) fn read_only_cause(&self) -> Option<ReadOnlyCause> {
        let full = || match self.backend.room(0) {
            Err(StoreError::Full { available, needed }) => {
                Some(ReadOnlyCause::Full { available, needed })
            }
            _ => None,
        };
        // What stops everybody comes first.
        let failed = self.failed.read().clone().or_else(full);
        failed.or_else(|| self.first_damage().map(ReadOnlyCause::DamagedLog))
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
        let Ok(until) = writer.last.checked_sub(RESPONSES_KEPT) else { return };
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
            waiting: self.queue.waiting(),
        }
    }
}
