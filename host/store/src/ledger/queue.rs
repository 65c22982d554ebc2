//! Commits that wait to be written, and whose turn it is to write them.
//!
//! One committer at a time writes what has gathered; the others sleep until their answer is there or
//! the writer is done. Nobody takes the writer's place only to find that their commit was written:
//! with that, small batches slip in between and commits hardly share a flush.

use std::sync::Arc;

use parking_lot::{Condvar, Mutex};

use super::{Answer, Outcome, Pending, Work};
use crate::error::StoreError;

/// The queue.
pub(super) struct Queue {
    /// How many may wait.
    bound: usize,
    state: Mutex<State>,
    /// Told whenever a writer is done.
    done: Condvar,
}

#[derive(Default)]
struct State {
    pending: Vec<Pending>,
    is_writing: bool,
}

impl Queue {
    pub(super) fn new(bound: usize) -> Self {
        Self { bound, state: Mutex::default(), done: Condvar::new() }
    }

    /// Queues the work and waits for its outcome; writes what has gathered if nobody else does.
    /// None: a writer ended by a panic with this work in its hands.
    pub(super) fn submit(&self, work: Work, write: impl FnOnce(Vec<Pending>)) -> Option<Outcome> {
        let answer = Answer::default();
        let mut state = self.state.lock();
        if state.is_writing && state.pending.len() >= self.bound {
            let waiting = state.pending.len();
            return Some(Err(StoreError::Busy { waiting }.into()));
        }
        state.pending.push(Pending { work, answer: Arc::clone(&answer) });
        while state.is_writing {
            self.done.wait(&mut state);
            if let Some(outcome) = answer.lock().take() {
                return Some(outcome);
            }
        }
        state.is_writing = true;
        let batch = std::mem::take(&mut state.pending);
        drop(state);
        let turn = Turn(self);
        write(batch);
        drop(turn);
        answer.lock().take()
    }

    /// Commits that wait for the next writer.
    pub(super) fn waiting(&self) -> u64 {
        self.state.lock().pending.len() as u64
    }
}

/// The writer's place. Given up also when writing ends by a panic.
struct Turn<'a>(&'a Queue);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.state.lock().is_writing = false;
        self.0.done.notify_all();
    }
}
