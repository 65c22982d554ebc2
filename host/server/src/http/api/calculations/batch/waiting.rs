//! Bytes of one batch that wait for its reader: lines that are worked on, results that are being
//! recorded, answers. A batch that is not read stops where they reach their limit; lines that were
//! taken ahead wait, the line whose answer is next goes on, so that there is always a next piece.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use tokio::sync::Notify;

/// The account of one batch.
#[derive(Debug)]
pub(super) struct Waiting {
    most: usize,
    held: AtomicUsize,
    /// Told whenever some of it is given back.
    freed: Notify,
}

/// Bytes that wait, given back when it is dropped.
#[derive(Debug)]
pub(super) struct Held {
    waiting: Arc<Waiting>,
    bytes: usize,
}

impl Waiting {
    /// Nothing waits yet.
    pub(super) fn new(most: usize) -> Arc<Waiting> {
        Arc::new(Waiting { most, held: AtomicUsize::new(0), freed: Notify::new() })
    }

    /// How many may wait.
    pub(super) fn most(&self) -> usize {
        self.most
    }

    /// Whether no more may wait.
    pub(super) fn is_full(&self) -> bool {
        self.held.load(Relaxed) >= self.most
    }

    /// Comes back when more may wait. For one task at a time.
    pub(super) async fn room(&self) {
        while self.is_full() {
            self.freed.notified().await;
        }
    }

    /// Counts bytes if there is room for them.
    pub(super) fn try_hold(self: &Arc<Waiting>, bytes: usize) -> Option<Held> {
        let room = |held: usize| held.checked_add(bytes).filter(|held| *held <= self.most);
        self.held.fetch_update(Relaxed, Relaxed, room).ok()?;
        Some(Held { waiting: self.clone(), bytes })
    }

    /// Counts bytes of what all others wait for, also beyond the limit.
    pub(super) fn hold(self: &Arc<Waiting>, bytes: usize) -> Held {
        self.held.fetch_add(bytes, Relaxed);
        Held { waiting: self.clone(), bytes }
    }
}

impl Held {
    /// How many.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Counts others with these.
    pub(super) fn join(&mut self, mut other: Held) {
        self.bytes += std::mem::take(&mut other.bytes);
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if self.bytes > 0 {
            self.waiting.held.fetch_sub(self.bytes, Relaxed);
            self.waiting.freed.notify_one();
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[test]
    fn more_than_may_wait_is_held_only_by_what_is_next() {
        let waiting = Waiting::new(10);
        let held = waiting.try_hold(8).unwrap();
        assert!(waiting.try_hold(3).is_none());
        let next = waiting.hold(3);
        assert!(waiting.is_full());
        drop(held);
        assert!(waiting.try_hold(7).is_some());
        assert_eq!(next.bytes(), 3);
    }

    #[test]
    fn who_waits_for_room_is_told_when_there_is_some() {
        let waiting = Waiting::new(10);
        let mut held = waiting.hold(6);
        held.join(waiting.hold(6));
        let mut room = Box::pin(waiting.room());
        assert!(room.as_mut().now_or_never().is_none());
        drop(held);
        assert!(room.now_or_never().is_some());
    }
}
