//! Who has closed a store can open it again at once.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{
    hint::black_box,
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    thread,
};

use common::put;
use stele_store::SledStore;

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
