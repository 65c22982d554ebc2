//! Who has closed a store can open it again at once.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{
    hint::black_box,
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    thread,
    time::{Duration, Instant},
};

use common::put;
use stele_store::{Door, SledStore, Store as _, StoreError};

/// Threads that keep every core busy, so that those of the database are slow to end.
const BUSY: usize = 8;
const TIMES: usize = 100;

#[test]
fn a_closed_store_can_be_opened_at_once_even_on_a_busy_machine() {
    let folder = tempfile::tempdir().unwrap();
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..BUSY {
            scope.spawn(|| {
                while !is_over.load(Relaxed) {
                    black_box((0..1000_u32).sum::<u32>());
                }
            });
        }
        let refused = (0..TIMES).find_map(|time| {
            let store = match SledStore::open(folder.path()) {
                Ok(store) => store,
                Err(error) => return Some(format!("the {time}th time: {error}")),
            };
            store.commit(put(&format!("e{time}"), "1")).unwrap();
            None
        });
        is_over.store(true, Relaxed);
        assert_eq!(refused, None);
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_that_comes_too_late_does_not_keep_the_store_open() {
    let folder = tempfile::tempdir().unwrap();
    let mut door = Door::new(SledStore::open(folder.path()).unwrap()).unwrap();
    for number in 0..20 {
        // Whoever asked for it goes after one look, mostly before it was made ready. On a fast
        // machine it is ready at that look now and then; the store must close all the same.
        let committing = door.commit(put(&format!("e{number}"), "1"));
        let _answer = futures::FutureExt::now_or_never(committing);
        drop(door);
        let begun = Instant::now();
        let again = loop {
            match SledStore::open(folder.path()) {
                Ok(store) => break store,
                Err(StoreError::Locked { .. }) if begun.elapsed() < Duration::from_secs(20) => {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                Err(error) => panic!("the store is still open: {error}"),
            }
        };
        door = Door::new(again).unwrap();
    }
}
