//! A seeded simulator of the store: everything goes wrong at every step, and what was acknowledged
//! is there.
//!
//! `world` is the disk and the process, `work` what committers want, `model` what must hold, `run`
//! puts them together. `STELE_SEEDS=1000000` runs so many seeds, `STELE_SEED=17` runs one again.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, unreachable_pub, missing_docs)]

#[path = "../common/mod.rs"]
mod common;
mod model;
mod run;
mod work;
mod world;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicU64, Ordering},
    thread,
};

use parking_lot::Mutex;

/// Seeds of a usual run: some seconds.
const SEEDS: u64 = 1000;

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

/// Runs a seed; what was done until it failed, if it did.
fn failure(seed: u64) -> Option<String> {
    let steps = Mutex::default();
    let run = catch_unwind(AssertUnwindSafe(|| run::run(seed, &steps)));
    run.err().map(|_| {
        let steps = steps.into_inner().join("\n  ");
        format!("seed {seed} fails; STELE_SEED={seed} runs it again. Its steps:\n  {steps}")
    })
}

#[test]
fn whatever_goes_wrong_what_was_acknowledged_is_there_and_nothing_else() {
    let seeds = match setting("STELE_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..setting("STELE_SEEDS").unwrap_or(SEEDS),
    };
    let next = AtomicU64::new(seeds.start);
    let failed = Mutex::new(None);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while failed.lock().is_none() {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if !seeds.contains(&seed) {
                        return;
                    }
                    if let Some(failure) = failure(seed) {
                        failed.lock().get_or_insert(failure);
                    }
                }
            });
        }
    });
    let failed = failed.into_inner();
    assert!(failed.is_none(), "{}", failed.unwrap_or_default());
}
