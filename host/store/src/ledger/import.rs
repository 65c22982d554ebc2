//! An import: one commit that is written in slices while others commit.
//!
//! Its recorded time is chosen before the first slice, so far ahead that others can commit before
//! it while the slices are written. Readers see records up to the horizon, so they see nothing of
//! it; its last write, a commit like any other, has the audit entry and the answer and carries the
//! horizon past it. Until then a record in `meta` says that it is open:
//!
//! - nobody commits at or after its time, and nobody else changes employees of its tenant. Who would
//!   have to waits for its end;
//! - every write of it expects that record as it is. What a process leaves open that was killed is
//!   removed at the next start, and by whoever else gets to its time: that begins with the record,
//!   so nothing can be added to it any more.
//!
//! One is open at a time.

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use parking_lot::{Condvar, Mutex};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Ledger, Refused, Work, Writer,
    apply::Writes,
    prepare::{Prepared, Step},
};
use crate::{
    backend::{self, Backend, Guard, Purpose, Write},
    commit::{Change, Commit, CommitError, Committed, Effect, Expectation, ImportDraft},
    envelope,
    error::{ReadOnlyCause, StoreError},
    layout::{self, Tree},
    names::TenantId,
};

/// What one employee takes to be looked up, encoded and written: about three times as long as on an
/// idle machine, so that others seldom wait. An import that is done earlier waits for its time.
const ONE: Duration = Duration::from_micros(25);
/// How much longer writing the file may take than drawing it once took: large records are encoded and
/// compressed, and a machine that was busy while it was read is busy while it is written.
const OF_DRAWING: u32 = 3;
/// Revisions removed in one go, when an import is given up.
const REMOVED: usize = 1024;

/// The import that is open, as it stands in `meta`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct OpenImport {
    pub(super) id: Uuid,
    pub(super) tenant: TenantId,
    pub(super) recorded_at: Timestamp,
    /// Nothing is added to it any more: it is being removed.
    is_given_up: bool,
}

impl OpenImport {
    pub(super) fn guard(&self) -> Result<Guard, StoreError> {
        let key = layout::IMPORT_KEY.to_vec();
        let value = Some(envelope::record(Tree::Meta, &key, self)?);
        Ok(Guard { tree: Tree::Meta, key, value })
    }
}

/// An import all of whose employees are written.
#[derive(Clone)]
pub(super) struct Written {
    pub(super) open: OpenImport,
    pub(super) created: u64,
    pub(super) updated: u64,
}

impl Written {
    /// Closes it, in the write that makes it visible.
    pub(super) fn finish(self, writes: &mut Writes) -> Effect {
        writes.push(Write { tree: Tree::Meta, key: layout::IMPORT_KEY.to_vec(), value: None });
        let Self { open: OpenImport { tenant, .. }, created, updated } = self;
        Effect::Imported { tenant, created, updated }
    }
}

/// The import that this process writes, and who waits for its end.
#[derive(Default)]
pub(super) struct Imports {
    open: Mutex<Option<Uuid>>,
    ended: Condvar,
}

/// Held while an import is written.
struct Turn<'a>(&'a Imports);

impl Imports {
    fn enter(&self, id: Uuid) -> Turn<'_> {
        let mut open = self.open.lock();
        while open.is_some() {
            self.ended.wait(&mut open);
        }
        *open = Some(id);
        Turn(self)
    }

    fn open(&self) -> Option<Uuid> {
        *self.open.lock()
    }

    /// Waits until it has ended, one way or the other.
    pub(super) fn wait_for(&self, id: Uuid) {
        let mut open = self.open.lock();
        while *open == Some(id) {
            self.ended.wait(&mut open);
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        *self.0.open.lock() = None;
        self.0.ended.notify_all();
    }
}

/// Takes the employees out of a commit that is an import.
pub(super) fn take(commit: &mut Commit) -> Option<ImportDraft> {
    match commit.changes.pop() {
        Some(Change::Import(draft)) if commit.changes.is_empty() => Some(draft),
        other => {
            commit.changes.extend(other);
            None
        }
    }
}

impl Work {
    /// The import that this work is the last write of.
    pub(super) fn import(&self) -> Option<&OpenImport> {
        let Self::Commit(prepared) = self else { return None };
        prepared.steps.iter().find_map(|step| match step {
            Step::Import(written) => Some(&written.open),
            _ => None,
        })
    }

    /// Whether it changes employees of a tenant, or expects something of them.
    fn touches(&self, whose: &TenantId) -> bool {
        let Self::Commit(prepared) = self else { return false };
        let changes = |step: &Step| match step {
            Step::Small(Change::PutEmployee(draft)) => draft.tenant == *whose,
            Step::Erase { draft, .. } => draft.tenant == *whose,
            _ => false,
        };
        let expects = |expectation: &Expectation| matches!(expectation, Expectation::EmployeeRevision { tenant, .. } if tenant == whose);
        prepared.steps.iter().any(changes) || prepared.expect.iter().any(expects)
    }
}

impl<B: Backend> Ledger<B> {
    /// Waits until an import of this process has ended, one way or the other.
    pub(crate) fn wait_for_import(&self, id: Uuid) {
        self.imports.wait_for(id);
    }

    /// Writes an import. Takes as long as its time is ahead.
    pub(super) fn import(
        &self,
        commit: Commit,
        draft: ImportDraft,
    ) -> Result<Arc<Committed>, CommitError> {
        let prepared = self.prepare(commit).inspect_err(|_| self.count_refused())?;
        let id = Uuid::now_v7();
        let turn = self.imports.enter(id);
        let begun = Instant::now();
        let open = self.open_import(id, &draft, &prepared).inspect_err(|_| self.count_refused())?;
        // Drawing the employees runs what somebody else has written.
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let written = self.write_slices(&open, (draft.employees)());
            let written = written.inspect_err(|_| self.count_refused())?;
            let ahead = open.recorded_at.duration_since(self.clock.now()).max(SignedDuration::ZERO);
            // A clock that was set back is not waited for.
            let left = lasting(draft.count, draft.drawing).saturating_sub(begun.elapsed());
            thread::sleep(left.min(ahead.unsigned_abs()));
            self.finish_import(prepared, written)
        }));
        if !matches!(outcome, Ok(Ok(_))) {
            self.give_up(&open);
        }
        drop(turn);
        outcome.unwrap_or_else(|panic| resume_unwind(panic))
    }

    fn finish_import(
        &self,
        mut prepared: Prepared,
        written: Written,
    ) -> Result<Arc<Committed>, CommitError> {
        prepared.steps.push(Step::Import(written));
        self.submit_commit(Work::Commit(Box::new(prepared)))
    }

    /// Says that it is open, and chooses its time.
    fn open_import(
        &self,
        id: Uuid,
        draft: &ImportDraft,
        prepared: &Prepared,
    ) -> Result<OpenImport, StoreError> {
        if let Some(cause) = self.stopped(Some(&prepared.audit.log)) {
            return Err(StoreError::ReadOnly { cause });
        }
        self.backend.room(0, Purpose::Change)?;
        for _ in 0..self.bounds.tries {
            match self.open_import_once(id, draft) {
                // Somebody has committed meanwhile, or writes an import.
                Err(StoreError::Contended) if self.backend.is_shared() => {}
                opened => return opened,
            }
        }
        Err(StoreError::Contended)
    }

    fn open_import_once(&self, id: Uuid, draft: &ImportDraft) -> Result<OpenImport, StoreError> {
        let ImportDraft { tenant, count, drawing, .. } = draft;
        let mut writer = self.writer.lock();
        let horizon = self.catch_up(&mut writer)?;
        let now = self.next_time(writer.last)?;
        let (found, mut before) = self.stored_import()?;
        match found {
            None => {}
            Some(left) if left.recorded_at <= now => {
                self.remove_import(&left)?;
                before.value = None;
            }
            // Another process writes one.
            Some(_) => return Err(StoreError::Contended),
        }
        let ahead = SignedDuration::try_from(lasting(*count, *drawing))
            .map_err(|error| StoreError::defect("choosing the time of an import", error))?;
        let recorded_at =
            now.checked_add(ahead).map_err(|error| StoreError::io("reading the clock", error))?;
        let open = OpenImport { id, tenant: tenant.clone(), recorded_at, is_given_up: false };
        let Guard { tree, key, value } = open.guard()?;
        self.write_of_import(vec![horizon, before], vec![Write { tree, key, value }])?;
        Ok(open)
    }

    /// Writes something of an import outside of the queue, if all that is guarded is there.
    pub(super) fn write_of_import(
        &self,
        guards: Vec<Guard>,
        writes: Vec<Write>,
    ) -> Result<(), StoreError> {
        let tries = if self.backend.is_shared() { self.bounds.tries } else { 1 };
        for _ in 0..tries {
            let (expected, once) = (guards.clone(), writes.clone());
            if self.outside_of_queue(|| self.backend.write_if(expected, once))? {
                return Ok(());
            }
            // Maps that are shared may refuse a write because of somebody else's.
            for Guard { tree, key, value } in &guards {
                if self.backend.get(*tree, key)? != *value {
                    return Err(StoreError::Contended);
                }
            }
        }
        Err(StoreError::Contended)
    }

    /// Does something to the backend as the writer would: after an error or a panic nothing is
    /// written any more.
    pub(super) fn outside_of_queue<T>(
        &self,
        write: impl FnOnce() -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if let Some(cause) = self.stopped(None) {
            return Err(StoreError::ReadOnly { cause });
        }
        match catch_unwind(AssertUnwindSafe(write)) {
            Ok(written) => written.inspect_err(|error| self.fail(error)),
            Err(_) => {
                let cause = ReadOnlyCause::WriterEnded;
                self.failed.write().get_or_insert(cause.clone());
                Err(StoreError::ReadOnly { cause })
            }
        }
    }

    /// The import that is open, whoever writes it, and what a write expects that relies on it.
    fn stored_import(&self) -> Result<(Option<OpenImport>, Guard), StoreError> {
        let (tree, key) = (Tree::Meta, layout::IMPORT_KEY.to_vec());
        let value = self.backend.get(tree, &key)?;
        let open = value.as_ref().map(|value| envelope::read(tree, &key, value)).transpose()?;
        Ok((open, Guard { tree, key, value }))
    }

    /// Lets work pass an open import, or refuses it. What comes back must still be there when the
    /// work is written.
    pub(super) fn pass_import(
        &self,
        writer: &Writer,
        work: Work,
    ) -> Result<(Work, Guard), Refused> {
        // Read first: one that ends in between is waited for in vain, not taken for another's.
        let of_this_process = self.imports.open();
        let (found, guard) = self.stored_import()?;
        if let Some(own) = work.import() {
            // Unless somebody has taken it for left open.
            let is_open = found.as_ref() == Some(own);
            return if is_open { Ok((work, guard)) } else { Err(StoreError::Contended.into()) };
        }
        let Some(open) = found else { return Ok((work, guard)) };
        let is_due = self.next_time(writer.last)? >= open.recorded_at;
        if !is_due && !work.touches(&open.tenant) {
            return Ok((work, guard));
        }
        if of_this_process == Some(open.id) {
            return Err(Refused::Postponed { work: Box::new(work), import: open.id });
        }
        // One of this process that failed so that it can not be removed.
        if let Some(cause) = self.stopped(None) {
            return Err(StoreError::ReadOnly { cause }.into());
        }
        if !is_due {
            return Err(StoreError::Contended.into());
        }
        self.remove_import(&open)?;
        Ok((work, Guard { value: None, ..guard }))
    }

    /// Removes what a process left open that ended in the middle of it.
    pub(super) fn recover_import(&self) -> Result<(), StoreError> {
        let (Some(open), _) = self.stored_import()? else { return Ok(()) };
        tracing::info!(tenant = %open.tenant, "an import was left open and is removed");
        self.remove_import(&open)?;
        self.flush()
    }

    /// Removes an import of this process that is not to be. If nothing can be written any more, the
    /// next start does it.
    fn give_up(&self, open: &OpenImport) {
        if self.failed.read().is_none()
            && let Err(error) = self.remove_import(open)
        {
            self.fail(&error);
        }
    }

    fn remove_import(&self, open: &OpenImport) -> Result<(), StoreError> {
        loop {
            let (Some(mut found), guard) = self.stored_import()? else { return Ok(()) };
            if found.id != open.id {
                return Ok(());
            }
            found.is_given_up = true;
            let given_up = found.guard()?;
            let Guard { tree, key, value } = given_up.clone();
            let removed = self
                .write_of_import(vec![guard], vec![Write { tree, key, value }])
                .and_then(|()| self.remove_revisions(&found, &given_up));
            match removed {
                // Somebody else is at it, too.
                Err(StoreError::Contended) => {}
                removed => return removed,
            }
        }
    }

    /// Removes all revisions with its time, which nobody else has, and then its record.
    fn remove_revisions(&self, open: &OpenImport, guard: &Guard) -> Result<(), StoreError> {
        let mut removed = Vec::new();
        let prefix = layout::employees_of(&open.tenant);
        for pair in backend::scan_prefix(&self.backend, Tree::Employees, &prefix) {
            let (key, _) = pair?;
            let (_, recorded_at, _) = layout::revision_suffix(&key)
                .ok_or_else(|| envelope::damaged(Tree::Employees, &key, "its key is too short"))?;
            if recorded_at == open.recorded_at {
                removed.push(Write { tree: Tree::Employees, key, value: None });
            }
            if removed.len() == REMOVED {
                self.write_of_import(vec![guard.clone()], std::mem::take(&mut removed))?;
            }
        }
        let Guard { tree, key, .. } = guard.clone();
        removed.push(Write { tree, key, value: None });
        self.write_of_import(vec![guard.clone()], removed)
    }
}

/// How long an import may take before others wait for it.
fn lasting(count: u64, drawing: Duration) -> Duration {
    let writing = ONE.saturating_mul(u32::try_from(count).unwrap_or(u32::MAX));
    // Whole microseconds, as recorded time has.
    let lasting = writing.saturating_add(drawing.saturating_mul(OF_DRAWING)).as_micros();
    Duration::from_micros(u64::try_from(lasting).unwrap_or(u64::MAX))
}
