//! What one committer does stops nobody else, and what is not asked for is not read.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{
    collections::HashMap,
    ops::Bound,
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use common::{acme, employee, noise, put, recorded};
use parking_lot::Mutex;
use stele_store::{
    Backend, Digest, Guard, Ledger, Memory, Purpose, Scan, StoreError, SystemClock, Tree, Write,
};

/// Memory that counts what is read of each tree, and whose writing can be held up.
#[derive(Clone, Default)]
struct Watched {
    memory: Memory,
    reads: Arc<Mutex<HashMap<Tree, usize>>>,
    gate: Arc<Mutex<()>>,
}

impl Watched {
    fn count(&self, tree: Tree) {
        *self.reads.lock().entry(tree).or_default() += 1;
    }

    fn reads(&self, tree: Tree) -> usize {
        self.reads.lock().get(&tree).copied().unwrap_or_default()
    }
}

impl Backend for Watched {
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.count(tree);
        self.memory.get(tree, key)
    }

    fn scan(&self, tree: Tree, from: Bound<Vec<u8>>, to: Bound<Vec<u8>>) -> Scan<'_> {
        Box::new(self.memory.scan(tree, from, to).inspect(move |_| self.count(tree)))
    }

    fn write(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        let _gate = self.gate.lock();
        self.memory.write(writes)
    }

    fn write_if(&self, guards: Vec<Guard>, writes: Vec<Write>) -> Result<bool, StoreError> {
        let _gate = self.gate.lock();
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

/// Long enough for a busy machine; what is waited for takes microseconds.
const PATIENCE: Duration = Duration::from_secs(30);

#[test]
fn a_commit_that_contradicts_itself_is_refused_while_another_is_written() {
    let backend = Watched::default();
    let store = Arc::new(Ledger::start(backend.clone(), Arc::new(SystemClock)).unwrap());
    let held = backend.gate.lock();
    let writing = Arc::clone(&store);
    let writer = thread::spawn(move || writing.commit(put("e1", "1")).unwrap());
    let (sender, refused) = mpsc::channel();
    let trying = Arc::clone(&store);
    let trier = thread::spawn(move || {
        let mut wrong = recorded(1, &[(Some(&employee("e1")), noise(1, 100_000))]);
        wrong.audit.digest = Digest::of(b"something else");
        sender.send(trying.commit(wrong).is_err()).unwrap();
    });
    let answer = refused.recv_timeout(PATIENCE);
    drop(held);
    writer.join().unwrap();
    trier.join().unwrap();
    assert_eq!(answer, Ok(true), "hashing waits for the writer");
}

#[test]
fn a_list_of_a_persons_results_reads_no_contents() {
    let backend = Watched::default();
    let store = Ledger::start(backend.clone(), Arc::new(SystemClock)).unwrap();
    let (e1, e2) = (employee("e1"), employee("e2"));
    for month in 0..120 {
        let seed = u64::try_from(month).unwrap();
        let contents = [(Some(&e1), noise(seed, 2000)), (Some(&e2), noise(seed + 500, 2000))];
        store.commit(recorded(month + 1, &contents)).unwrap();
    }
    backend.reads.lock().clear();
    let listed = store.results_of(&acme(), &e1, None, 200).unwrap();
    assert_eq!(listed.len(), 120);
    assert_eq!(backend.reads(Tree::Results), 0, "contents were read");
    assert_eq!(backend.reads(Tree::ResultHeads), 0, "the heads of others were read");
    let results: Vec<_> =
        listed.iter().map(|listed| store.result(&acme(), listed.id).unwrap().unwrap()).collect();
    assert!(backend.reads(Tree::Results) > 0);
    for (listed, result) in listed.iter().zip(results) {
        assert_eq!(listed.digest, result.head.digest);
        assert_eq!(listed.recorded_at, result.recorded_at);
        assert_eq!(result.head.employee.as_ref(), Some(&e1));
    }
}
