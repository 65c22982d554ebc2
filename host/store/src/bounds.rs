//! How much a store holds in memory, each with the reason for its number.

/// Bounds of a store. What comes beyond `waiting` is refused; beyond `remembered` it is read again;
/// beyond `reading` it waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Commits that wait for their turn. 4096: some ten thousand are written a second, so the last
    /// one waits for less than a second; who waits longer has better been told to come again.
    pub waiting: usize,
    /// Logs whose right edge is remembered, up to 16 KiB each, and tenants whose next activation is.
    /// Beyond that all are forgotten, and read again when they are needed. 4096: 64 MiB at most.
    pub remembered: usize,
    /// Reads at the same time, each on a thread that may block. 32: more than disks of servers
    /// answer faster, and few enough that the threads of everybody else remain.
    pub reading: usize,
    /// How often a commit that others come before is made anew. 64: of some nodes that commit without
    /// a pause to one log each comes through at every second or third try; who fails so often has
    /// better been told.
    pub tries: u32,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { waiting: 4096, remembered: 4096, reading: 32, tries: 64 }
    }
}
