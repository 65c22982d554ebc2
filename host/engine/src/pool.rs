//! Warm evaluators.
//!
//! The plain way is a fresh instance for every call: some 20 µs. Keeping an instance with its
//! parameters costs memory and buys a call of about 1 µs. What bounds it:
//!
//! - An evaluator belongs to one [`EvaluatorKey`]: one holder, one component, one set of
//!   parameters. It is never handed to another key.
//! - It is dropped after a number of evaluations, after an idle time, and after any failure that is
//!   not the rule's own fault.
//! - Instances are bounded: a lease needs a permit of a fair semaphore, which queues callers in
//!   their order, for a bounded time and up to a bounded length. Beyond that the answer is
//!   [`Failure::Saturated`]; the pooling allocator below is never asked for more than it has.
//! - Idle evaluators live in the room that leases leave: leased + idle never exceeds the size. Who
//!   holds a permit and finds no idle evaluator of his key drops the one that was idle longest, of
//!   whatever key. So idle evaluators never keep anyone waiting, and with `size` permits and at
//!   most `size` instances there is always one to drop.
//!
//! Not bounded here: how many of the permits one holder takes. The runtime decides who may ask: it
//! lets one holder, and all together, have no more jobs begun than leave room for the others.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Instant;

use parking_lot::Mutex;
use stele_digest::Digest;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::evaluator::Evaluator;
use crate::failure::Failure;
use crate::history::{History, Seen};
use crate::settings::Settings;
use crate::shared::Shared;
use crate::statistics::{Statistics, add};

/// Whose evaluator it is: nothing is shared between keys.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EvaluatorKey {
    /// Who it works for: a tenant. Opaque to the engine.
    pub holder: Arc<str>,
    /// The component's digest; must be the rule's.
    pub component: Digest,
    /// A digest of the parameters. Two sets of parameters must never share one.
    pub parameters: Digest,
}

pub(crate) struct Pool {
    shared: Arc<Shared>,
    permits: Arc<Semaphore>,
    size: usize,
    waiting: AtomicUsize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Leases, each of which has or may make one instance.
    leased: usize,
    /// A key without any evaluator is kept until the next sweep, because the one that was taken
    /// usually comes back at once.
    kept: HashMap<EvaluatorKey, Kept>,
    /// How many idle evaluators there are in `kept`.
    idle_count: usize,
}

/// What is kept of a key.
#[derive(Default)]
struct Kept {
    /// Its warm evaluators, the oldest first.
    idle: Vec<Idle>,
    history: History,
}

struct Idle {
    since: Instant,
    evaluator: Evaluator,
}

/// The right to have one instance alive.
pub(crate) struct Room {
    pool: Arc<Pool>,
    /// Whether the pool still counts it as a lease.
    counted: bool,
    _permit: OwnedSemaphorePermit,
}

impl Pool {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        let size = shared.settings.evaluators.get().min(Semaphore::MAX_PERMITS);
        Self {
            shared,
            permits: Arc::new(Semaphore::new(size)),
            size,
            waiting: AtomicUsize::new(0),
            state: Mutex::new(State::default()),
        }
    }

    /// Room for one instance and, for a key, a warm evaluator if there is one. Waits at most
    /// [`Settings::queue_wait`].
    pub(crate) async fn enter(
        self: &Arc<Self>,
        key: Option<&EvaluatorKey>,
    ) -> Result<(Room, Option<Evaluator>), Failure> {
        let permit = self.permit(&self.shared.settings).await?;
        let (warm, evicted) = self.state.lock().enter(key, self.size);
        let room = Room { pool: self.clone(), counted: true, _permit: permit };
        if evicted.is_some() {
            add(&self.shared.counters.evictions, 1);
            tracing::debug!("dropped an idle evaluator to make room for another key");
        }
        // Its slot must be free before the new instance asks for one.
        drop(evicted);
        Ok((room, warm))
    }

    /// A warm evaluator of a key whose evaluations are short, if there is one.
    pub(crate) fn enter_briefly(self: &Arc<Self>, key: &EvaluatorKey) -> Option<(Room, Evaluator)> {
        let permit = self.permits.clone().try_acquire_owned().ok()?;
        let warm = self.state.lock().enter_briefly(key)?;
        Some((Room { pool: self.clone(), counted: true, _permit: permit }, warm))
    }

    async fn permit(&self, settings: &Settings) -> Result<OwnedSemaphorePermit, Failure> {
        if let Ok(permit) = self.permits.clone().try_acquire_owned() {
            return Ok(permit);
        }
        let saturated = Failure::Saturated { retry_after: settings.queue_wait };
        let Some(_place) = Waiting::join(&self.waiting, settings.queue_length) else {
            return Err(saturated);
        };
        match tokio::time::timeout(settings.queue_wait, self.permits.clone().acquire_owned()).await
        {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) | Err(_) => Err(saturated),
        }
    }

    /// Drops evaluators that have been idle for longer than [`Settings::idle`].
    pub(crate) fn drop_idle_since(&self, now: Instant) {
        let stale = self
            .state
            .lock()
            .take_stale(|since| now.saturating_duration_since(since) >= self.shared.settings.idle);
        if !stale.is_empty() {
            tracing::debug!(count = stale.len(), "dropped evaluators that nobody used");
        }
    }

    /// Drops all idle evaluators of a holder.
    pub(crate) fn forget(&self, holder: &str) {
        let mut state = self.state.lock();
        let mut forgotten = Vec::new();
        state.kept.retain(|key, kept| {
            let keep = *key.holder != *holder;
            if !keep {
                forgotten.append(&mut kept.idle);
            }
            keep
        });
        state.idle_count -= forgotten.len();
        drop(state);
    }

    /// Fills in the gauges.
    pub(crate) fn gauges(&self, statistics: &mut Statistics) {
        let state = self.state.lock();
        statistics.pool_size = self.size;
        statistics.leased = state.leased;
        statistics.idle = state.idle_count;
        statistics.waiting = self.waiting.load(Relaxed);
    }
}

impl State {
    /// Counts one more lease. Returns a warm evaluator of the key or, where the pool is full, the
    /// evaluator that must go.
    fn enter(
        &mut self,
        key: Option<&EvaluatorKey>,
        size: usize,
    ) -> (Option<Evaluator>, Option<Evaluator>) {
        self.leased += 1;
        if let Some(warm) = key.and_then(|key| self.take(key)) {
            return (Some(warm), None);
        }
        let full = self.leased + self.idle_count > size;
        (None, full.then(|| self.take_oldest()).flatten())
    }

    /// Counts one more lease if there is a warm evaluator whose evaluations are short.
    fn enter_briefly(&mut self, key: &EvaluatorKey) -> Option<Evaluator> {
        let kept = self.kept.get_mut(key).filter(|kept| kept.history.is_short())?;
        let taken = kept.idle.pop()?;
        self.idle_count -= 1;
        self.leased += 1;
        Some(taken.evaluator)
    }

    /// The evaluator of this key that was used last: its memory is in the cache.
    fn take(&mut self, key: &EvaluatorKey) -> Option<Evaluator> {
        let taken = self.kept.get_mut(key)?.idle.pop()?;
        self.idle_count -= 1;
        Some(taken.evaluator)
    }

    /// The evaluator that was idle longest. Within a key the first is the oldest. Linear in the
    /// number of keys, beside an instantiation that takes longer.
    fn take_oldest(&mut self) -> Option<Evaluator> {
        let oldest = |idle: &&mut Vec<Idle>| idle.first().map(|idle| idle.since);
        let all = self.kept.values_mut().map(|kept| &mut kept.idle);
        let taken = all.filter(|idle| !idle.is_empty()).min_by_key(oldest)?.remove(0);
        self.idle_count -= 1;
        Some(taken.evaluator)
    }

    fn take_stale(&mut self, stale: impl Fn(Instant) -> bool) -> Vec<Evaluator> {
        let mut taken = Vec::new();
        self.kept.retain(|_, Kept { idle, .. }| {
            let fresh = idle.iter().position(|idle| !stale(idle.since)).unwrap_or(idle.len());
            taken.extend(idle.drain(..fresh).map(|idle| idle.evaluator));
            !idle.is_empty()
        });
        self.idle_count -= taken.len();
        taken
    }
}

impl Room {
    pub(crate) fn shared(&self) -> &Shared {
        &self.pool.shared
    }

    /// Gives the room back, leaves an evaluator in it for the next caller with this key, if there
    /// is one to leave, and notes what was seen of it.
    pub(crate) fn leave_behind(
        mut self,
        key: EvaluatorKey,
        evaluator: Option<Evaluator>,
        seen: Seen,
    ) {
        let mut state = self.pool.state.lock();
        let idle = evaluator.map(|evaluator| Idle { since: Instant::now(), evaluator });
        state.idle_count += usize::from(idle.is_some());
        state.leased -= 1;
        let kept = state.kept.entry(key).or_default();
        kept.idle.extend(idle);
        kept.history.add(seen);
        drop(state);
        self.counted = false;
    }
}

impl Drop for Room {
    /// Ends the lease before the permit goes back, so that whoever gets it finds the count right.
    fn drop(&mut self) {
        if self.counted {
            self.pool.state.lock().leased -= 1;
        }
    }
}

/// One place in the queue, given up however the waiting ends.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn join(waiting: &'a AtomicUsize, limit: usize) -> Option<Self> {
        let place = Self(waiting);
        (waiting.fetch_add(1, Relaxed) < limit).then_some(place)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}
