//! Commits that wait to be written, and whose turn it is to write them.
//!
//! One writes at a time; what has gathered meanwhile is written together by the next. That is a
//! thread of its own where there is one, and otherwise one of those that wait: the others sleep until
//! their outcome is there or the writer's place is free.

use parking_lot::{Condvar, Mutex};
use tokio::sync::oneshot;

use super::{Outcome, Work};
use crate::error::StoreError;

/// Work that waits, and who waits for it.
pub(super) struct Pending {
    pub(super) work: Work,
    pub(super) answer: oneshot::Sender<Outcome>,
}

/// The queue.
pub(super) struct Queue {
    /// How many may wait.
    bound: usize,
    state: Mutex<State>,
    /// Told when work arrives, and when no more will.
    arrived: Condvar,
    /// Told when a batch was written, and when the writer's place is free.
    written: Condvar,
}

#[derive(Default)]
struct State {
    pending: Vec<Pending>,
    is_writing: bool,
    is_closed: bool,
}

impl Queue {
    pub(super) fn new(bound: usize) -> Self {
        Self { bound, state: Mutex::default(), arrived: Condvar::new(), written: Condvar::new() }
    }

    /// Queues the work, unless too much waits or the queue is closed. Its outcome comes from whoever
    /// writes; nothing comes if a writer ended by a panic with this work in its hands.
    pub(super) fn enter(&self, work: Work) -> Result<oneshot::Receiver<Outcome>, StoreError> {
        let (answer, outcome) = oneshot::channel();
        let mut state = self.state.lock();
        let waiting = state.pending.len();
        // After the last writer nobody would ever answer.
        if waiting >= self.bound || state.is_closed {
            return Err(StoreError::Busy { waiting });
        }
        state.pending.push(Pending { work, answer });
        drop(state);
        self.arrived.notify_one();
        Ok(outcome)
    }

    /// Waits for an outcome, or for the writer's place if nobody has it. None: a writer ended by a
    /// panic with the work in its hands.
    pub(super) fn outcome_or_turn(
        &self,
        outcome: &mut oneshot::Receiver<Outcome>,
    ) -> Option<OutcomeOrTurn<'_>> {
        let mut state = self.state.lock();
        loop {
            match outcome.try_recv() {
                Ok(outcome) => return Some(OutcomeOrTurn::Outcome(outcome)),
                Err(oneshot::error::TryRecvError::Closed) => return None,
                Err(oneshot::error::TryRecvError::Empty) if state.is_writing => {
                    self.written.wait(&mut state);
                }
                Err(oneshot::error::TryRecvError::Empty) => {
                    return Some(OutcomeOrTurn::Turn(self.take_turn(&mut state)));
                }
            }
        }
    }

    /// The writer's place with what waits, once something does. None: no more will.
    pub(super) fn next_turn(&self) -> Option<Turn<'_>> {
        let mut state = self.state.lock();
        while state.is_writing || state.pending.is_empty() {
            if state.is_closed {
                return None;
            }
            self.arrived.wait(&mut state);
        }
        Some(self.take_turn(&mut state))
    }

    fn take_turn(&self, state: &mut State) -> Turn<'_> {
        state.is_writing = true;
        Turn { queue: self, batch: std::mem::take(&mut state.pending) }
    }

    /// Ends [`Queue::next_turn`] once nothing waits.
    pub(super) fn close(&self) {
        self.state.lock().is_closed = true;
        self.arrived.notify_all();
    }

    /// Commits that wait for the writer.
    pub(super) fn waiting(&self) -> u64 {
        self.state.lock().pending.len() as u64
    }
}

/// What comes to one who waits.
pub(super) enum OutcomeOrTurn<'a> {
    /// Somebody has done the work.
    Outcome(Outcome),
    /// It is among what is to be written now.
    Turn(Turn<'a>),
}

/// The writer's place, and what has gathered.
pub(super) struct Turn<'a> {
    queue: &'a Queue,
    batch: Vec<Pending>,
}

impl Turn<'_> {
    /// What is to be written.
    pub(super) fn batch(&mut self) -> Vec<Pending> {
        std::mem::take(&mut self.batch)
    }
}

/// Given up also when writing ends by a panic.
impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.queue.state.lock().is_writing = false;
        self.queue.written.notify_all();
    }
}
