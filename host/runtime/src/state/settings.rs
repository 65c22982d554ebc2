//! What an operator may set.

use std::num::NonZeroUsize;

use crate::state::audit_key::AuditKey;

/// The runtime's settings.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The engine's limits. Where no cache of compiled code is named, the data folder's `cache` and
    /// `cache-key` are used.
    pub engine: stele_engine::Settings,
    /// The threads that rules run on, and in which turns.
    pub compute: stele_compute::Settings,
    /// The key that signs checkpoints. Where none is given, that of the data folder is used; a
    /// store without a folder gets a new one at each start.
    pub audit_key: Option<AuditKey>,
    /// Versions that are ready to calculate at once. Each holds its compiled code, about a megabyte,
    /// its parameters and its texts; what was used longest ago goes, and takes some milliseconds to
    /// be made ready again.
    pub ready_versions: NonZeroUsize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            engine: stele_engine::Settings::default(),
            compute: stele_compute::Settings::default(),
            audit_key: None,
            ready_versions: NonZeroUsize::MIN.saturating_add(255),
        }
    }
}
