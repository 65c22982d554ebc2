//! Keys of requests that are being worked on, so that the same request does not run twice at a time.
//!
//! A key is held by the work, whoever waits for its answer: a client that hangs up frees nothing.

use std::{collections::HashMap, sync::Arc};

use parking_lot::Mutex;
use stele_digest::Digest;
use stele_store::{ResponseKey, TenantId};
use tokio::sync::watch;

use crate::state::settings::KeyedRequests;

/// Keys whose first request is being worked on.
#[derive(Debug)]
pub(crate) struct Reserved {
    limits: KeyedRequests,
    held: Mutex<Held>,
    /// How many there are.
    count: watch::Sender<usize>,
}

#[derive(Debug, Default)]
struct Held {
    keys: HashMap<ResponseKey, Work>,
    /// How many of each holder; none of them is 0.
    of: HashMap<Option<TenantId>, usize>,
}

#[derive(Debug)]
struct Work {
    request: Digest,
    /// Gone with the work.
    ended: watch::Sender<()>,
}

/// What came of asking for a key.
#[derive(Debug)]
pub(crate) enum Taken {
    /// It was free.
    Here(Place),
    /// Work on this request holds it; the sender is gone when it has ended.
    ByOther(Digest, watch::Receiver<()>),
    /// As many keys are held as may be.
    Full,
}

/// A key that is held until this is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    reserved: Arc<Reserved>,
    key: ResponseKey,
}

impl Reserved {
    pub(crate) fn new(limits: KeyedRequests) -> Arc<Self> {
        let count = watch::Sender::new(0);
        Arc::new(Self { limits, held: Mutex::default(), count })
    }

    /// How long one waits for the work of another.
    pub(crate) fn patience(&self) -> std::time::Duration {
        self.limits.patience
    }

    /// Reserves a key for a request.
    pub(crate) fn take(self: &Arc<Self>, key: &ResponseKey, request: Digest) -> Taken {
        let mut held = self.held.lock();
        if let Some(work) = held.keys.get(key) {
            return Taken::ByOther(work.request, work.ended.subscribe());
        }
        let of_holder = held.of.get(&key.holder).copied().unwrap_or_default();
        if held.keys.len() >= self.limits.most || of_holder >= self.limits.most_of_a_tenant {
            return Taken::Full;
        }
        held.keys.insert(key.clone(), Work { request, ended: watch::Sender::new(()) });
        held.of.insert(key.holder.clone(), of_holder + 1);
        self.count.send_replace(held.keys.len());
        Taken::Here(Place { reserved: Arc::clone(self), key: key.clone() })
    }

    /// How many keys are held.
    pub(crate) fn count(&self) -> usize {
        *self.count.borrow()
    }

    /// Waits until no key is held.
    pub(crate) async fn idle(&self) {
        // The sender lives as long as this: there is no error to see.
        let _ = self.count.subscribe().wait_for(|count| *count == 0).await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut held = self.reserved.held.lock();
        held.keys.remove(&self.key);
        if let Some(of_holder) = held.of.get_mut(&self.key.holder) {
            *of_holder -= 1;
            if *of_holder == 0 {
                held.of.remove(&self.key.holder);
            }
        }
        self.reserved.count.send_replace(held.keys.len());
    }
}
