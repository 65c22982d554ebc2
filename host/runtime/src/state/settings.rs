//! What an operator may set.

use crate::state::audit_key::AuditKey;

/// The runtime's settings.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The engine's limits. Where no folder for compiled code is named, the data folder's `cache`
    /// is used.
    pub engine: stele_engine::Settings,
    /// The threads that rules run on, and in which turns.
    pub compute: stele_compute::Settings,
    /// The key that signs checkpoints. Where none is given, that of the data folder is used; a
    /// store without a folder gets a new one at each start.
    pub audit_key: Option<AuditKey>,
}
