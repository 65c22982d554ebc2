//! What the engine counts for its operator. Counters only go up; gauges say how it is now.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use crate::failure::Failure;
use crate::trap::TrapCause;

/// A snapshot, taken by [`Engine::statistics`](crate::Engine::statistics). The numbers are not of
/// one instant: each is right, together they may be a few evaluations apart. A lease reports its
/// evaluations when it ends and after each failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statistics {
    /// Evaluations that were tried.
    pub evaluations: u64,
    /// Fuel that successful evaluations took.
    pub fuel: u64,
    /// Evaluations, creations and leases without an answer, by [`Failure::cause`].
    pub failures: Vec<(&'static str, u64)>,
    /// Traps by cause; their sum is the `trap` of `failures`.
    pub traps: Vec<(TrapCause, u64)>,
    /// Instances made.
    pub instances_created: u64,
    /// Instances dropped, for whatever reason.
    pub instances_dropped: u64,
    /// Idle instances dropped because another key needed their room.
    pub evictions: u64,
    /// Leases that found a warm evaluator.
    pub warm_leases: u64,
    /// Leases that had to make an evaluator.
    pub cold_leases: u64,
    /// Evaluations that were longer than they looked and were cut off in place.
    pub cut_short: u64,
    /// Components compiled; what comes from the cache is not.
    pub compilations: u64,
    /// Time that took, all together.
    pub compilation_time: Duration,
    /// Compiled code found in the cache folder.
    pub cache_hits: u64,
    /// Compiled code not found there, or not whole; 0 without a folder.
    pub cache_misses: u64,
    /// Files of compiled code that were not what was written: damaged, or from somebody else.
    pub cache_damaged: u64,
    /// Compilations at the moment.
    pub compiling: usize,
    /// Compilations that wait for their turn at the moment.
    pub waiting_to_compile: usize,
    /// Most instances that may be alive at once.
    pub pool_size: usize,
    /// Leases at the moment.
    pub leased: usize,
    /// Warm evaluators that nobody uses at the moment.
    pub idle: usize,
    /// Callers that wait for room at the moment.
    pub waiting: usize,
}

/// The names of failures, in the order of the counters.
const CAUSES: [&str; 11] = [
    "fault",
    "trap",
    "out_of_fuel",
    "deadline",
    "out_of_memory",
    "input_too_large",
    "invalid_input",
    "output_too_large",
    "invalid_outcome",
    "saturated",
    "internal",
];

/// The counters behind a snapshot.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) evaluations: AtomicU64,
    pub(crate) fuel: AtomicU64,
    failures: [AtomicU64; CAUSES.len()],
    traps: [AtomicU64; TrapCause::ALL.len()],
    pub(crate) instances_created: AtomicU64,
    pub(crate) instances_dropped: AtomicU64,
    pub(crate) evictions: AtomicU64,
    pub(crate) warm_leases: AtomicU64,
    pub(crate) cold_leases: AtomicU64,
    pub(crate) cut_short: AtomicU64,
    compilations: AtomicU64,
    compilation_nanoseconds: AtomicU64,
}

/// Adds to a counter.
pub(crate) fn add(counter: &AtomicU64, amount: u64) {
    counter.fetch_add(amount, Relaxed);
}

impl Counters {
    /// Counts a failure by its cause.
    pub(crate) fn failed(&self, failure: &Failure) {
        let cause = failure.cause();
        if let Some(at) = CAUSES.iter().position(|name| *name == cause) {
            add(&self.failures[at], 1);
        }
        if let Failure::Trap { cause } = failure
            && let Some(at) = TrapCause::ALL.iter().position(|known| known == cause)
        {
            add(&self.traps[at], 1);
        }
    }

    /// Counts a compilation.
    pub(crate) fn compiled(&self, took: Duration) {
        add(&self.compilations, 1);
        add(&self.compilation_nanoseconds, u64::try_from(took.as_nanos()).unwrap_or(u64::MAX));
    }

    /// The counters; the gauges are the pool's and the cache's to fill in.
    pub(crate) fn snapshot(&self) -> Statistics {
        let read = |counter: &AtomicU64| counter.load(Relaxed);
        Statistics {
            evaluations: read(&self.evaluations),
            fuel: read(&self.fuel),
            failures: CAUSES.into_iter().zip(self.failures.iter().map(read)).collect(),
            traps: TrapCause::ALL.into_iter().zip(self.traps.iter().map(read)).collect(),
            instances_created: read(&self.instances_created),
            instances_dropped: read(&self.instances_dropped),
            evictions: read(&self.evictions),
            warm_leases: read(&self.warm_leases),
            cold_leases: read(&self.cold_leases),
            cut_short: read(&self.cut_short),
            compilations: read(&self.compilations),
            compilation_time: Duration::from_nanos(read(&self.compilation_nanoseconds)),
            cache_hits: 0,
            cache_misses: 0,
            cache_damaged: 0,
            compiling: 0,
            waiting_to_compile: 0,
            pool_size: 0,
            leased: 0,
            idle: 0,
            waiting: 0,
        }
    }
}
