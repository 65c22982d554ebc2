//! What the pool tells its operator.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// A snapshot, taken by [`Compute::statistics`](crate::Compute::statistics). Counters only go up;
/// gauges say how it is now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Threads of the pool.
    pub threads: usize,
    /// Holders that have a job now.
    pub holders: usize,
    /// Jobs now that have not been begun.
    pub queued: usize,
    /// Jobs now that have been begun and not ended, with those that run.
    pub begun: usize,
    /// Jobs now that have a thread.
    pub running: usize,
    /// Slices that were run.
    pub slices: u64,
    /// Time spent in slices.
    pub busy: Duration,
    /// The longest slice so far.
    pub longest_slice: Duration,
    /// Jobs that came to an answer.
    pub finished: u64,
    /// Jobs that were dropped because their caller had gone, or the pool ended.
    pub dropped: u64,
    /// Jobs that panicked.
    pub panicked: u64,
    /// Jobs that were refused because their holder had too many.
    pub refused_for_holder: u64,
    /// Jobs that were refused because all together were too many.
    pub refused_for_all: u64,
}

/// The counters behind a snapshot.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) slices: AtomicU64,
    busy: AtomicU64,
    longest_slice: AtomicU64,
    pub(crate) finished: AtomicU64,
    pub(crate) dropped: AtomicU64,
    pub(crate) panicked: AtomicU64,
    pub(crate) refused_for_holder: AtomicU64,
    pub(crate) refused_for_all: AtomicU64,
}

/// Counts one more.
pub(crate) fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Relaxed);
}

impl Counters {
    pub(crate) fn slice(&self, took: Duration) {
        let nanoseconds = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        count(&self.slices);
        self.busy.fetch_add(nanoseconds, Relaxed);
        self.longest_slice.fetch_max(nanoseconds, Relaxed);
    }

    /// The counters; the gauges are the turns' to fill in.
    pub(crate) fn snapshot(&self) -> Statistics {
        let read = |counter: &AtomicU64| counter.load(Relaxed);
        Statistics {
            slices: read(&self.slices),
            busy: Duration::from_nanos(read(&self.busy)),
            longest_slice: Duration::from_nanos(read(&self.longest_slice)),
            finished: read(&self.finished),
            dropped: read(&self.dropped),
            panicked: read(&self.panicked),
            refused_for_holder: read(&self.refused_for_holder),
            refused_for_all: read(&self.refused_for_all),
            ..Statistics::default()
        }
    }
}
