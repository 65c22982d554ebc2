//! A defect of the writer stops changes and says so; nobody works on with half of a change.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{
    ops::Bound,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::SeqCst},
    },
};

use common::{acme, commit, put};
use stele_store::{
    Backend, CommitError, Committed, Guard, Ledger, Log, Memory, MemoryStore, Observer, Purpose,
    ReadOnlyCause, Scan, StoreError, SystemClock, Tree, Write,
};

fn ended(outcome: Result<Arc<Committed>, CommitError>) -> bool {
    let cause = ReadOnlyCause::WriterEnded;
    matches!(outcome, Err(CommitError::Store(StoreError::ReadOnly { cause: found })) if found == cause)
}

/// Panics when it is told.
struct Breaks;

impl Observer for Breaks {
    fn committed(&self, _: &[Arc<Committed>]) {
        panic!("an observer breaks");
    }
}

#[derive(Default)]
struct Counts(AtomicU64);

impl Observer for Counts {
    fn committed(&self, commits: &[Arc<Committed>]) {
        self.0.fetch_add(commits.len() as u64, SeqCst);
    }
}

#[test]
fn an_observer_that_panics_makes_the_store_read_only_and_the_others_are_told() {
    let memory = Memory::default();
    let store = MemoryStore::start(memory.clone(), Arc::new(SystemClock)).unwrap();
    store.commit(put("e1", "1")).unwrap();
    let counts = Arc::new(Counts::default());
    store.observe(Arc::new(Breaks));
    store.observe(counts.clone());
    assert!(ended(store.commit(put("e1", "2"))), "it is acknowledged and nobody heard of it");
    assert_eq!(counts.0.load(SeqCst), 1);
    assert_eq!(store.read_only(), Some(ReadOnlyCause::WriterEnded));
    assert!(ended(store.commit(put("e1", "3"))));
    assert_eq!(counts.0.load(SeqCst), 1, "nothing more was written");
    // What was durable is there after a restart, and all is whole.
    let again = MemoryStore::start(memory, Arc::new(SystemClock)).unwrap();
    assert_eq!(again.audit_length(&Log::Tenant(acme())).unwrap(), 2);
    again.verify().unwrap();
    again.commit(put("e1", "3")).unwrap();
}

/// Memory that panics when it is to write.
#[derive(Clone, Default)]
struct Breaking {
    memory: Memory,
    breaks: Arc<AtomicBool>,
}

impl Backend for Breaking {
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.memory.get(tree, key)
    }

    fn scan(&self, tree: Tree, from: Bound<Vec<u8>>, to: Bound<Vec<u8>>) -> Scan<'_> {
        self.memory.scan(tree, from, to)
    }

    fn write(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        assert!(!self.breaks.load(SeqCst), "the backend breaks");
        self.memory.write(writes)
    }

    fn write_if(&self, guards: Vec<Guard>, writes: Vec<Write>) -> Result<bool, StoreError> {
        assert!(!self.breaks.load(SeqCst), "the backend breaks");
        self.memory.write_if(guards, writes)
    }

    fn flush(&self) -> Result<(), StoreError> {
        self.memory.flush()
    }

    fn acknowledged(&self, horizon: jiff::Timestamp) {
        self.memory.acknowledged(horizon);
    }

    fn room(&self, bytes: u64, purpose: Purpose) -> Result<(), StoreError> {
        self.memory.room(bytes, purpose)
    }
}

#[test]
fn a_backend_that_panics_is_answered_to_everybody_who_waits() {
    let backend = Breaking::default();
    let store = Ledger::start(backend.clone(), Arc::new(SystemClock)).unwrap();
    store.commit(put("e1", "1")).unwrap();
    let horizon = store.horizon();
    backend.breaks.store(true, SeqCst);
    std::thread::scope(|scope| {
        let tried: Vec<_> = (0..8)
            .map(|number| {
                scope.spawn({
                    let store = &store;
                    move || store.commit(put(&format!("e{number}"), "2"))
                })
            })
            .collect();
        for tried in tried {
            assert!(ended(tried.join().expect("a committer dies of it")));
        }
    });
    backend.breaks.store(false, SeqCst);
    assert!(ended(store.commit(put("e1", "3"))), "nobody knows what was written");
    assert_eq!(store.read_only(), Some(ReadOnlyCause::WriterEnded));
    assert_eq!(store.horizon(), horizon);
    store.verify().unwrap();
}

#[test]
fn a_damaged_log_stops_the_changes_of_its_own_tenant_only() {
    let memory = Memory::default();
    let store = MemoryStore::start(memory.clone(), Arc::new(SystemClock)).unwrap();
    let beta = Log::Tenant(stele_store::TenantId::new("beta").unwrap());
    for log in [Log::Operator, beta.clone()] {
        store.commit(commit(log, Vec::new())).unwrap();
    }
    for number in 0..3 {
        store.commit(put("e1", &number.to_string())).unwrap();
    }
    drop(store);
    for (damaged, prefix) in [(Log::Tenant(acme()), b"acme\0".as_slice()), (Log::Operator, b"\0")] {
        let mut key = prefix.to_vec();
        key.extend_from_slice(&0_u64.to_be_bytes());
        memory.write(vec![Write { tree: Tree::Audit, key, value: None }]).unwrap();
        let store = MemoryStore::start(memory.clone(), Arc::new(SystemClock)).unwrap();
        store.commit(commit(beta.clone(), Vec::new())).unwrap();
        let refused = store.commit(commit(damaged.clone(), Vec::new()));
        let Err(CommitError::Store(StoreError::ReadOnly {
            cause: ReadOnlyCause::DamagedLog(damage),
        })) = refused
        else {
            panic!("{refused:?}")
        };
        assert_eq!(damage.log, damaged);
        assert!(matches!(store.read_only(), Some(ReadOnlyCause::DamagedLog(_))));
        if damaged != Log::Operator {
            store.commit(commit(Log::Operator, Vec::new())).unwrap();
        }
    }
}
