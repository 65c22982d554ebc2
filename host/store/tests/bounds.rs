//! What waits and what is remembered is bounded.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{ops::Bound, sync::Arc, thread};

use common::{acme, activate, employee, put, tenant};
use parking_lot::Mutex;
use stele_store::{
    About, Backend, Bounds, CommitError, Guard, Ledger, Log, Memory, MemoryStore, Purpose, Scan,
    Seed, StoreError, SystemClock, Tree, Write,
};

/// Memory whose flushing can be held up.
#[derive(Clone, Default)]
struct Slow {
    memory: Memory,
    gate: Arc<Mutex<()>>,
}

impl Backend for Slow {
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.memory.get(tree, key)
    }

    fn scan(&self, tree: Tree, from: Bound<Vec<u8>>, to: Bound<Vec<u8>>) -> Scan<'_> {
        self.memory.scan(tree, from, to)
    }

    fn write(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        self.memory.write(writes)
    }

    fn write_if(&self, guards: Vec<Guard>, writes: Vec<Write>) -> Result<bool, StoreError> {
        self.memory.write_if(guards, writes)
    }

    fn flush(&self) -> Result<(), StoreError> {
        let _gate = self.gate.lock();
        self.memory.flush()
    }

    fn acknowledged(&self, _: jiff::Timestamp) {}

    fn room(&self, _: u64, _: Purpose) -> Result<(), StoreError> {
        Ok(())
    }
}

/// 17 values lie in a page of the disk, and pages beyond 128 KiB are not flushed with its log.
#[test]
fn an_entry_about_everybody_of_a_batch_is_small_enough_for_a_page() {
    let store = MemoryStore::new().unwrap();
    let mut commit = put("e0", "1");
    let employees = (0..256).map(|number| employee(&format!("{number:0128}")));
    commit.audit.about = Some(About::results_of(employees, Seed::new([7; 32])));
    commit.audit.subject = "s".repeat(300);
    store.commit(commit).unwrap();
    let entry = store.audit_json(&Log::Tenant(acme()), 0, 1).unwrap().remove(0);
    assert!(entry.len() > 256 * 16 && entry.len() * 17 < 128 << 10, "{} bytes", entry.len());
}

#[test]
fn more_commits_than_may_wait_are_refused_and_the_others_are_made() {
    let backend = Slow::default();
    let bounds = Bounds { waiting: 2, ..Bounds::default() };
    let store = Ledger::start_within(backend.clone(), Arc::new(SystemClock), bounds).unwrap();
    let store = &store;
    thread::scope(|scope| {
        let held = backend.gate.lock();
        let mut made = vec![scope.spawn(|| store.commit(put("e0", "1")))];
        while store.statistics().flushes == 0 {
            thread::yield_now();
        }
        for waiting in 1..=2 {
            made.push(scope.spawn(|| store.commit(put("e1", "1"))));
            while store.statistics().waiting < waiting {
                thread::yield_now();
            }
        }
        let refused = store.commit(put("e2", "1"));
        drop(held);
        assert!(
            matches!(refused, Err(CommitError::Store(StoreError::Busy { waiting: 2 }))),
            "{refused:?}"
        );
        made.into_iter().for_each(|made| drop(made.join().unwrap().unwrap()));
    });
    store.commit(put("e2", "1")).unwrap();
}

#[test]
fn what_is_forgotten_is_read_again() {
    let bounds = Bounds { remembered: 1, ..Bounds::default() };
    let store = Ledger::start_within(Memory::default(), Arc::new(SystemClock), bounds).unwrap();
    let tenants = ["a", "b", "c"].map(tenant);
    for _ in 0..3 {
        tenants.iter().for_each(|tenant| drop(store.commit(activate(tenant)).unwrap()));
    }
    for tenant in &tenants {
        let activations = store.activations_of(tenant, 0, 10).unwrap();
        let sequences: Vec<_> = activations.iter().map(|one| one.sequence).collect();
        assert_eq!(sequences, [0, 1, 2]);
    }
    store.verify().unwrap();
}
