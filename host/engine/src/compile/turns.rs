//! Whose turn it is to compile: one compilation of each holder, few at once, in the order in which
//! they came. Somebody who publishes much waits behind himself and nobody else does.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Weak};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::failure::CheckError;
use crate::settings::Compilation;
use crate::statistics::Statistics;

pub(super) struct Turns {
    all: Arc<Semaphore>,
    at_once: usize,
    /// Those who compile or wait; who does neither is gone.
    holders: Mutex<HashMap<String, Weak<Semaphore>>>,
    waiting: AtomicUsize,
    queue_length: usize,
    of_one_holder: usize,
    queue_wait: Duration,
}

/// The right to compile.
pub(super) struct Turn {
    _own: OwnedSemaphorePermit,
    _common: OwnedSemaphorePermit,
}

impl Turns {
    pub(super) fn new(settings: &Compilation) -> Self {
        let at_once = settings.at_once.get().min(Semaphore::MAX_PERMITS);
        Self {
            all: Arc::new(Semaphore::new(at_once)),
            at_once,
            holders: Mutex::default(),
            waiting: AtomicUsize::new(0),
            queue_length: settings.queue_length,
            of_one_holder: settings.of_one_holder.get(),
            queue_wait: settings.queue_wait,
        }
    }

    /// Waits for the turn of a holder.
    pub(super) async fn take(&self, holder: &str) -> Result<Turn, CheckError> {
        let busy = CheckError::Busy { retry_after: self.queue_wait };
        let own = self.holder(holder).ok_or_else(|| busy.clone())?;
        // A holder's own turn first: so he has one place in the queue of all.
        let both = async {
            let own = own.acquire_owned().await;
            let common = self.all.clone().acquire_owned().await;
            own.ok().zip(common.ok())
        };
        let place = Waiting::join(&self.waiting);
        if self.all.available_permits() == 0 && place.ahead >= self.queue_length {
            return Err(busy);
        }
        match tokio::time::timeout(self.queue_wait, both).await {
            Ok(Some((own, common))) => Ok(Turn { _own: own, _common: common }),
            Ok(None) | Err(_) => Err(busy),
        }
    }

    /// The holder's own turn; none if enough of his compilations run or wait.
    fn holder(&self, holder: &str) -> Option<Arc<Semaphore>> {
        let mut holders = self.holders.lock();
        holders.retain(|_, own| own.strong_count() > 0);
        let known = holders.get(holder);
        // Each that runs or waits holds it once.
        if known.is_some_and(|own| own.strong_count() >= self.of_one_holder) {
            return None;
        }
        let own = known.and_then(Weak::upgrade).unwrap_or_else(|| Arc::new(Semaphore::new(1)));
        holders.insert(holder.to_owned(), Arc::downgrade(&own));
        Some(own)
    }

    pub(super) fn gauges(&self, statistics: &mut Statistics) {
        statistics.compiling = self.at_once - self.all.available_permits().min(self.at_once);
        statistics.waiting_to_compile = self.waiting.load(Relaxed);
    }
}

/// One place in the queue, given up however the waiting ends.
struct Waiting<'a> {
    waiting: &'a AtomicUsize,
    ahead: usize,
}

impl<'a> Waiting<'a> {
    fn join(waiting: &'a AtomicUsize) -> Self {
        Self { waiting, ahead: waiting.fetch_add(1, Relaxed) }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.waiting.fetch_sub(1, Relaxed);
    }
}
