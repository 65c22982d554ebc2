//! What an operator may set.

/// The runtime's settings.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The engine's limits. Where no folder for compiled code is named, the data folder's `cache`
    /// is used.
    pub engine: stele_engine::Settings,
}
