//! Keys of requests that are being worked on, so that the same request does not run twice at a time.

use std::collections::HashSet;

use parking_lot::Mutex;
use stele_store::ResponseKey;

/// Keys whose first request is being worked on.
#[derive(Debug, Default)]
pub(crate) struct Reserved(Mutex<HashSet<ResponseKey>>);

impl Reserved {
    /// Reserves a key; false: somebody has it.
    pub(crate) fn take(&self, key: ResponseKey) -> bool {
        self.0.lock().insert(key)
    }

    /// Lets the next one have it.
    pub(crate) fn free(&self, key: &ResponseKey) {
        self.0.lock().remove(key);
    }
}
