//! Maps that several nodes write to: each write may be overtaken and each step may take its time.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use std::{
    ops::Bound,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use jiff::Timestamp;
use parking_lot::Mutex;
use rand::{Rng, SeedableRng, rngs::StdRng};
use stele_store::{Backend, Guard, Memory, Purpose, Scan, StoreError, Tree, Write};

/// The maps in memory, as a database that others write to.
#[derive(Clone)]
pub struct Shared {
    maps: Memory,
    random: Arc<Mutex<StdRng>>,
    /// Conflicts that were made up.
    conflicts: Arc<AtomicU64>,
}

impl Shared {
    pub fn new(seed: u64) -> Self {
        let random = Arc::new(Mutex::new(StdRng::seed_from_u64(seed)));
        Self { maps: Memory::default(), random, conflicts: Arc::default() }
    }

    pub fn conflicts(&self) -> u64 {
        self.conflicts.load(Ordering::Relaxed)
    }

    fn happens(&self, probability: f64) -> bool {
        self.random.lock().random_bool(probability)
    }

    fn delay(&self) {
        if self.happens(0.05) {
            let microseconds = self.random.lock().random_range(1..300);
            thread::sleep(Duration::from_micros(microseconds));
        }
    }
}

impl Backend for Shared {
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.delay();
        self.maps.get(tree, key)
    }

    fn scan(&self, tree: Tree, from: Bound<Vec<u8>>, to: Bound<Vec<u8>>) -> Scan<'_> {
        self.delay();
        self.maps.scan(tree, from, to)
    }

    fn write(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        self.maps.write(writes)
    }

    fn write_if(&self, guards: Vec<Guard>, writes: Vec<Write>) -> Result<bool, StoreError> {
        self.delay();
        // As if somebody had come before, whose commit is nothing that is read here.
        if self.happens(0.1) {
            self.conflicts.fetch_add(1, Ordering::Relaxed);
            return Ok(false);
        }
        let written = self.maps.write_if(guards, writes);
        self.delay();
        written
    }

    fn is_shared(&self) -> bool {
        true
    }

    fn flush(&self) -> Result<(), StoreError> {
        self.delay();
        Ok(())
    }

    fn acknowledged(&self, _horizon: Timestamp) {}

    fn room(&self, _bytes: u64, _: Purpose) -> Result<(), StoreError> {
        Ok(())
    }
}
