//! The writer: what has gathered is written one after the other, flushed once, told and shown.
//!
//! Whatever costs was done before (`prepare`); here is only what depends on a commit's place among
//! all others. After a failure or a panic nothing is written until a restart.

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{Arc, atomic::Ordering},
};

use jiff::Timestamp;
use tokio::sync::oneshot;

use super::{
    Ledger, Outcome, Refused, Work, Writer,
    apply::Applied,
    queue::{Pending, Turn},
};
use crate::{
    backend::{Backend, Guard, Purpose, Write},
    commit::Committed,
    envelope,
    error::{ReadOnlyCause, StoreError},
    layout::{self, Tree},
    records::Log,
    store::RESPONSES_KEPT,
};

/// Remembered answers looked at in one go when old ones are removed.
const SWEEP: usize = 1000;

/// What of a batch was written, and who waits for it.
type Written = Vec<(oneshot::Sender<Outcome>, Option<Arc<Committed>>)>;

/// Whoever does not wait any more is not told.
fn tell_committer(answer: oneshot::Sender<Outcome>, outcome: Outcome) {
    let _ = answer.send(outcome);
}

impl<B: Backend> Ledger<B> {
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

    pub(super) fn write(&self, mut turn: Turn<'_>) {
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
            // Observers never know of more than can be read.
            self.show_until(writer.last);
            if !commits.is_empty() {
                self.tell(&commits);
            }
        }
        for (answer, committed) in written {
            tell_committer(answer, Ok(committed));
        }
        self.sweep(writer);
    }

    /// Readers see what was recorded up to here.
    pub(super) fn show_until(&self, recorded_at: Timestamp) {
        self.horizon.store(recorded_at.as_microsecond(), Ordering::Release);
    }

    /// Tells every observer, also after one that panics: what the others hold must not be behind.
    /// Ends as that one did.
    pub(super) fn tell(&self, commits: &[Arc<Committed>]) {
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
        let purpose = work.purpose();
        let Applied { writes, committed, mut staged } = self.apply(writer, work)?;
        let bytes = writes
            .iter()
            .map(|write| write.key.len() + write.value.as_ref().map_or(0, Vec::len))
            .sum::<usize>();
        let most = self.bounds.bytes;
        if bytes > most {
            return Err(StoreError::TooLarge { unit: "bytes", found: bytes, most }.into());
        }
        self.backend.room(bytes as u64, purpose)?;
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
    pub(super) fn catch_up(&self, writer: &mut Writer) -> Result<Guard, StoreError> {
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
    pub(super) fn stopped(&self, log: Option<&Log>) -> Option<ReadOnlyCause> {
        let failed = self.failed.read().clone();
        let damaged = || log.and_then(|log| self.damage(log));
        failed.or_else(|| damaged().map(ReadOnlyCause::DamagedLog))
    }

    /// Why changes are not taken: any, or those of a damaged log. A full disk is looked at again.
    pub(super) fn read_only_cause(&self) -> Option<ReadOnlyCause> {
        let full = || match self.backend.room(0, Purpose::Change) {
            Err(StoreError::Full { available, needed }) => {
                Some(ReadOnlyCause::Full { available, needed })
            }
            _ => None,
        };
        // What stops everybody comes first.
        let failed = self.failed.read().clone().or_else(full);
        failed.or_else(|| self.first_damage().map(ReadOnlyCause::DamagedLog))
    }

    pub(super) fn flush(&self) -> Result<(), StoreError> {
        self.flushes.fetch_add(1, Ordering::Relaxed);
        self.backend.flush().inspect_err(|error| self.fail(error))
    }

    /// After a failed write nobody knows what the disk holds until it is read again from the start.
    pub(super) fn fail(&self, error: &StoreError) {
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
}
