//! Every implementation keeps every promise.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/shared.rs"]
mod shared;

use std::sync::{
    Arc,
    atomic::{AtomicU32, AtomicU64, Ordering},
};

use shared::Shared;
use stele_store::{Door, Ledger, MemoryStore, SledStore, Store, conformance::PROMISES};

#[tokio::test]
async fn the_store_in_memory_keeps_every_promise() {
    for (name, promise) in PROMISES {
        let make =
            |clock| Ok(Arc::new(Door::new(MemoryStore::with_clock(clock)?)?) as Arc<dyn Store>);
        promise(&make).await.unwrap_or_else(|broken| panic!("{name}: {broken}"));
    }
}

#[tokio::test]
async fn the_store_in_sled_keeps_every_promise() {
    let folder = tempfile::tempdir().unwrap();
    let count = AtomicU32::new(0);
    for (name, promise) in PROMISES {
        let make = |clock| {
            let number = count.fetch_add(1, Ordering::Relaxed).to_string();
            let store = SledStore::open_with_clock(&folder.path().join(number), clock)?;
            Ok(Arc::new(Door::new(store)?) as Arc<dyn Store>)
        };
        promise(&make).await.unwrap_or_else(|broken| panic!("{name}: {broken}"));
    }
}

#[tokio::test]
async fn a_store_on_maps_of_several_keeps_every_promise_whoever_comes_before() {
    let conflicts = AtomicU64::new(0);
    for (seed, (name, promise)) in (0..).zip(PROMISES) {
        let maps = Shared::new(seed);
        let make =
            |clock| Ok(Arc::new(Door::new(Ledger::start(maps.clone(), clock)?)?) as Arc<dyn Store>);
        promise(&make).await.unwrap_or_else(|broken| panic!("{name}: {broken}"));
        conflicts.fetch_add(maps.conflicts(), Ordering::Relaxed);
    }
    let conflicts = conflicts.into_inner();
    assert!(conflicts > 40, "{conflicts} conflicts are no trial");
}
