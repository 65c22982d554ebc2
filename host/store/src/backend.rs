//! What the ledger needs of a set of ordered maps. Two stand behind it: sled and memory.

use std::ops::Bound;

use crate::{error::StoreError, layout::Tree};

/// One key written or removed.
#[derive(Debug, Clone)]
pub struct Write {
    /// The tree.
    pub tree: Tree,
    /// The key.
    pub key: Vec<u8>,
    /// The value; none removes the key.
    pub value: Option<Vec<u8>>,
}

/// What must be there for a write to be made.
#[derive(Debug, Clone)]
pub struct Guard {
    /// The tree.
    pub tree: Tree,
    /// The key.
    pub key: Vec<u8>,
    /// Its value; none: there is no such key.
    pub value: Option<Vec<u8>>,
}

/// What is to be written, where little room is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A change of state, or an answer to remember.
    Change,
    /// An audit entry and nothing else: somebody read something or took it away. Of the last room
    /// some is kept for these, so that a disk that others fill does not keep anybody from reading.
    Entry,
}

/// A key and its value.
pub type Pair = (Vec<u8>, Vec<u8>);

/// Pairs in the order of their keys, from either end.
pub type Scan<'a> = Box<dyn DoubleEndedIterator<Item = Result<Pair, StoreError>> + 'a>;

/// Ordered maps that can be written together.
pub trait Backend: Send + Sync {
    /// Reads a value.
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;

    /// Reads a range. Pairs written meanwhile may or may not be seen.
    fn scan(&self, tree: Tree, from: Bound<Vec<u8>>, to: Bound<Vec<u8>>) -> Scan<'_>;

    /// Writes all or nothing, not yet durable. After an error nothing may be written any more.
    fn write(&self, writes: Vec<Write>) -> Result<(), StoreError>;

    /// The same, if all that is guarded is there at that moment; says whether it was. By this alone
    /// do several that write to the same maps not overwrite each other.
    fn write_if(&self, guards: Vec<Guard>, writes: Vec<Write>) -> Result<bool, StoreError>;

    /// Whether others write to the same maps. What they have written is durable then. A commit that
    /// somebody came before is tried again, and each commit leaves word of itself for the others.
    fn is_shared(&self) -> bool {
        false
    }

    /// Makes everything written so far durable.
    fn flush(&self) -> Result<(), StoreError>;

    /// Everything recorded up to here is durable and will be acknowledged. A backend that can lose
    /// the end of its data without noticing keeps this apart from it.
    fn acknowledged(&self, horizon: jiff::Timestamp);

    /// Refuses if so many bytes might not fit. Called before anything is written.
    fn room(&self, bytes: u64, purpose: Purpose) -> Result<(), StoreError>;
}

/// All pairs whose key starts with the prefix.
pub(crate) fn scan_prefix<'a, B: Backend + ?Sized>(
    backend: &'a B,
    tree: Tree,
    prefix: &[u8],
) -> Scan<'a> {
    let end = crate::layout::after(prefix).map_or(Bound::Unbounded, Bound::Excluded);
    backend.scan(tree, Bound::Included(prefix.to_vec()), end)
}

/// The pair with the greatest key that starts with the prefix.
pub(crate) fn last<B: Backend + ?Sized>(
    backend: &B,
    tree: Tree,
    prefix: &[u8],
) -> Result<Option<Pair>, StoreError> {
    scan_prefix(backend, tree, prefix).next_back().transpose()
}
