//! The versions on which a result depends, for receipts.

/// Version of this program.
pub const HOST_VERSION: &str = env!("CARGO_PKG_VERSION");
/// Version of the engine: wasmtime's, on which fuel depends.
pub const ENGINE_VERSION: &str = "wasmtime 48";
