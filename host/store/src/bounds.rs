//! How much a store does and holds at once, each with the reason for its number.

/// Bounds of a store. What comes beyond `waiting`, `changes` and `bytes` is refused; beyond
/// `remembered` it is read again; beyond `reading` it waits; what is longer than a `slice` is written
/// in several.
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
    /// Changes of one commit. 1024: readers and everybody else's commits wait while it is written,
    /// some ten milliseconds. More employees than that are an import.
    pub changes: usize,
    /// Bytes that one commit writes. 80 MiB: the content of the largest package, 64 MiB that can not
    /// be made smaller, and what is said about it.
    pub bytes: usize,
    /// Employees of an import that are written in one go. 256: readers wait for two milliseconds,
    /// and what belongs to a transaction as such is little against it.
    pub slice: usize,
    /// Bytes after which a slice ends earlier, and after which what is written of an import is
    /// flushed, so that no commit of others has much of it to flush. 1 MiB.
    pub slice_bytes: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            waiting: 4096,
            remembered: 4096,
            reading: 32,
            tries: 64,
            changes: 1024,
            bytes: 80 << 20,
            slice: 256,
            slice_bytes: 1 << 20,
        }
    }
}
