//! Every implementation keeps every promise.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use stele_store::{MemoryStore, SledStore, conformance::PROMISES};

#[test]
fn the_store_in_memory_keeps_every_promise() {
    for (name, promise) in PROMISES {
        let kept = promise(&|clock| Ok(Arc::new(MemoryStore::with_clock(clock)?)));
        kept.unwrap_or_else(|broken| panic!("{name}: {broken}"));
    }
}

#[test]
fn the_store_in_sled_keeps_every_promise() {
    let folder = tempfile::tempdir().unwrap();
    let count = AtomicU32::new(0);
    for (name, promise) in PROMISES {
        let kept = promise(&|clock| {
            let number = count.fetch_add(1, Ordering::Relaxed).to_string();
            Ok(Arc::new(SledStore::open_with_clock(&folder.path().join(number), clock)?))
        });
        kept.unwrap_or_else(|broken| panic!("{name}: {broken}"));
    }
}
