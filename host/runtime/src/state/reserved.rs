//! Keys of requests that are being worked on, so that the same request does not run twice at a time.

use std::collections::HashSet;

use parking_lot::Mutex;
use stele_store::TenantId;

/// Who chose a key, and the key.
pub(crate) type Owned = (Option<TenantId>, String);

/// Keys whose first request is being worked on.
#[derive(Debug, Default)]
pub(crate) struct Reserved(Mutex<HashSet<Owned>>);

impl Reserved {
    /// Reserves a key; false: somebody has it.
    pub(crate) fn take(&self, owned: Owned) -> bool {
        self.0.lock().insert(owned)
    }

    /// Lets the next one have it.
    pub(crate) fn free(&self, owned: &Owned) {
        self.0.lock().remove(owned);
    }
}
