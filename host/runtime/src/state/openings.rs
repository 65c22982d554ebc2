//! Whose turn it is to have a ruleset made ready: one of each holder at a time, in the order in which
//! they came. Somebody who asks for many that are not ready waits behind himself: at the compiler,
//! which all share, he has one place.

use std::collections::HashMap;
use std::sync::{Arc, Weak};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::OwnedMutexGuard;

/// What a refused caller is told to wait: a usual rule is compiled in less.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// The turns of all holders.
#[derive(Debug)]
pub(crate) struct Openings {
    most_of_a_holder: usize,
    /// Those who wait or have their turn; who does neither is gone.
    holders: Mutex<HashMap<Arc<str>, Weak<tokio::sync::Mutex<()>>>>,
}

/// As many of one holder wait as may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "{most} rulesets wait to be made ready for this tenant, the most that may; try again in {} s",
    retry_after.as_secs()
)]
pub struct TooManyOpenings {
    /// How many may.
    pub most: usize,
    /// When to try again.
    pub retry_after: Duration,
}

impl Openings {
    pub(super) fn new(most_of_a_holder: usize) -> Self {
        Self { most_of_a_holder, holders: Mutex::default() }
    }

    /// Waits for the turn of a holder, which lasts until what comes back is dropped.
    pub(super) async fn turn(
        &self,
        holder: &Arc<str>,
    ) -> Result<OwnedMutexGuard<()>, TooManyOpenings> {
        let own = self
            .holder(holder)
            .ok_or(TooManyOpenings { most: self.most_of_a_holder, retry_after: RETRY_AFTER })?;
        Ok(own.lock_owned().await)
    }

    fn holder(&self, holder: &Arc<str>) -> Option<Arc<tokio::sync::Mutex<()>>> {
        let mut holders = self.holders.lock();
        holders.retain(|_, own| own.strong_count() > 0);
        let known = holders.get(holder);
        // Each that waits or has its turn holds it once.
        if known.is_some_and(|own| own.strong_count() >= self.most_of_a_holder) {
            return None;
        }
        let own = known.and_then(Weak::upgrade).unwrap_or_default();
        holders.insert(Arc::clone(holder), Arc::downgrade(&own));
        Some(own)
    }
}
