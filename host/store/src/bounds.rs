//! How much a store holds in memory, each with the reason for its number.

/// Bounds of a store. What comes beyond `waiting` is refused; beyond `remembered` it is read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Commits that wait for their turn. 4096: some ten thousand are written a second, so the last
    /// one waits for less than a second; who waits longer has better been told to come again.
    pub waiting: usize,
    /// Logs whose right edge is remembered, up to 16 KiB each, and tenants whose next activation is.
    /// Beyond that all are forgotten, and read again when they are needed. 4096: 64 MiB at most.
    pub remembered: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { waiting: 4096, remembered: 4096 }
    }
}
