//! The maps in memory, for tests: everything else is the same code as on disk.

use std::{collections::BTreeMap, ops::Bound, sync::Arc};

use parking_lot::RwLock;

use crate::{
    backend::{Backend, Guard, Pair, Purpose, Scan, Write},
    clock::{Clock, SystemClock},
    error::StoreError,
    layout::Tree,
    ledger::Ledger,
};

type Map = BTreeMap<Vec<u8>, Vec<u8>>;

/// The maps. A clone is the same maps, so that they outlive the store on them.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    trees: Arc<RwLock<[Map; Tree::ALL.len()]>>,
}

/// A store that forgets everything when it is dropped.
pub type MemoryStore = Ledger<Memory>;

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Result<Self, StoreError> {
        Self::with_clock(Arc::new(SystemClock))
    }

    /// An empty store that takes the time from `clock`.
    pub fn with_clock(clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        Self::start(Memory::default(), clock)
    }
}

impl Backend for Memory {
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.trees.read()[tree.position()].get(key).cloned())
    }

    fn scan(&self, tree: Tree, from: Bound<Vec<u8>>, to: Bound<Vec<u8>>) -> Scan<'_> {
        Box::new(MemoryScan { memory: self, tree, from, to })
    }

    fn write(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        self.write_if(Vec::new(), writes).map(|_| ())
    }

    fn write_if(&self, guards: Vec<Guard>, writes: Vec<Write>) -> Result<bool, StoreError> {
        let mut trees = self.trees.write();
        let holds =
            |guard: &Guard| trees[guard.tree.position()].get(&guard.key) == guard.value.as_ref();
        if !guards.iter().all(holds) {
            return Ok(false);
        }
        for write in writes {
            let tree = &mut trees[write.tree.position()];
            match write.value {
                Some(value) => tree.insert(write.key, value),
                None => tree.remove(&write.key),
            };
        }
        Ok(true)
    }

    fn flush(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn acknowledged(&self, _horizon: jiff::Timestamp) {}

    fn room(&self, _bytes: u64, _purpose: Purpose) -> Result<(), StoreError> {
        Ok(())
    }
}

/// Holds the lock for one step at a time, as a scan of the disk would.
struct MemoryScan<'a> {
    memory: &'a Memory,
    tree: Tree,
    from: Bound<Vec<u8>>,
    to: Bound<Vec<u8>>,
}

impl MemoryScan<'_> {
    /// `BTreeMap::range` panics on a range that ends before it starts.
    fn is_empty(&self) -> bool {
        match (&self.from, &self.to) {
            (Bound::Excluded(from), Bound::Excluded(to) | Bound::Included(to))
            | (Bound::Included(from), Bound::Excluded(to)) => from >= to,
            (Bound::Included(from), Bound::Included(to)) => from > to,
            _ => false,
        }
    }
}

impl Iterator for MemoryScan<'_> {
    type Item = Result<Pair, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_empty() {
            return None;
        }
        let trees = self.memory.trees.read();
        let range = (self.from.as_ref(), self.to.as_ref());
        let (key, value) = trees[self.tree.position()].range::<Vec<u8>, _>(range).next()?;
        self.from = Bound::Excluded(key.clone());
        Some(Ok((key.clone(), value.clone())))
    }
}

impl DoubleEndedIterator for MemoryScan<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        if self.is_empty() {
            return None;
        }
        let trees = self.memory.trees.read();
        let range = (self.from.as_ref(), self.to.as_ref());
        let (key, value) = trees[self.tree.position()].range::<Vec<u8>, _>(range).next_back()?;
        self.to = Bound::Excluded(key.clone());
        Some(Ok((key.clone(), value.clone())))
    }
}
