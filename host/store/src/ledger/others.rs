//! Commits of others who write to the same maps.
//!
//! On maps that are shared each commit leaves word of itself for the others. Whoever reads or writes
//! looks first whether there are commits that nobody here has heard of, tells the observers, and
//! moves the horizon past them. On maps of one's own nothing of this is done.

use std::{ops::Bound, sync::Arc};

use jiff::{SignedDuration, Timestamp};

use super::{Ledger, Writer, apply::Writes};
use crate::{
    backend::{Backend, Write},
    commit::Committed,
    envelope,
    error::StoreError,
    layout::{self, Tree},
};

/// How long word of a commit is kept for the others.
const KEPT: SignedDuration = SignedDuration::from_mins(10);

impl<B: Backend> Ledger<B> {
    /// Leaves word of a commit, written with it.
    pub(super) fn leave_word(
        &self,
        committed: &Committed,
        writes: &mut Writes,
    ) -> Result<(), StoreError> {
        if self.backend.is_shared() {
            writes.record(Tree::Meta, layout::word_of(committed.recorded_at), committed)?;
        }
        Ok(())
    }

    /// Hears of whatever others have committed.
    pub(crate) fn follow_others(&self) -> Result<(), StoreError> {
        if !self.backend.is_shared() {
            return Ok(());
        }
        let mut writer = self.writer.lock();
        self.catch_up(&mut writer)?;
        self.tell_of_all(&mut writer)
    }

    /// Tells the observers of all commits that they have not heard of, their own node's too.
    pub(super) fn tell_of_all(&self, writer: &mut Writer) -> Result<(), StoreError> {
        let heard = self.durable_until();
        if writer.last <= heard {
            return Ok(());
        }
        let from = Bound::Excluded(layout::word_of(heard));
        let to = Bound::Included(layout::word_of(writer.last));
        let mut commits = Vec::new();
        for pair in self.backend.scan(Tree::Meta, from, to) {
            let (key, value) = pair?;
            commits.push(Arc::new(envelope::read::<Committed>(Tree::Meta, &key, &value)?));
        }
        self.show_until(writer.last);
        if !commits.is_empty() {
            self.tell(&commits);
        }
        self.forget_words(writer.last)
    }

    fn forget_words(&self, now: Timestamp) -> Result<(), StoreError> {
        let Ok(until) = now.checked_sub(KEPT) else { return Ok(()) };
        let from = Bound::Included(layout::word_of(Timestamp::UNIX_EPOCH));
        let old = self.backend.scan(Tree::Meta, from, Bound::Excluded(layout::word_of(until)));
        let old = old.collect::<Result<Vec<_>, _>>()?;
        let removals = old.into_iter().map(|(key, _)| Write { tree: Tree::Meta, key, value: None });
        let removals: Vec<_> = removals.collect();
        if removals.is_empty() { Ok(()) } else { self.backend.write(removals) }
    }
}
