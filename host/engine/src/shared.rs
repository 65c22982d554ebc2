//! What all parts of one engine share.

use std::sync::Arc;

use parking_lot::Mutex;

use crate::settings::Settings;
use crate::statistics::Counters;

/// As long as somebody holds it, deadlines are kept.
pub(crate) struct Shared {
    pub(crate) settings: Settings,
    pub(crate) wasmtime: wasmtime::Engine,
    /// Held while a component describes itself: the allocator keeps room for one such instance.
    pub(crate) describing: Mutex<()>,
    pub(crate) counters: Arc<Counters>,
}
