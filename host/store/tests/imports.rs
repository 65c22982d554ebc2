//! An import is written in slices while others commit, and is seen as a whole or not at all.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{
    ops::Bound,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use common::{acme, activate, employee, import, put, tenant};
use jiff::Timestamp;
use stele_store::{
    Backend, Bounds, Clock, CommitError, Digest, Effect, Ledger, Log, Memory, MemoryStore,
    ResponseDraft, ResponseKey, SledStore, StoreError, SystemClock, Tree,
};
use uuid::Uuid;

struct HandClock(AtomicI64);

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

impl HandClock {
    /// Stands still.
    fn new() -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(1_767_225_600_000_000)))
    }
}

/// Small slices, so that few employees are several.
const BOUNDS: fn() -> Bounds = || Bounds { slice: 4, ..Bounds::default() };

fn open(memory: &Memory) -> MemoryStore {
    open_at(memory, Arc::new(SystemClock))
}

fn open_at(memory: &Memory, clock: Arc<dyn Clock>) -> MemoryStore {
    Ledger::start_within(memory.clone(), clock, BOUNDS()).unwrap()
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("e{number:03}")).collect()
}

fn known(store: &Ledger<impl Backend>) -> usize {
    store.employees(&acme(), None, usize::MAX, Timestamp::MAX).unwrap().len()
}

/// Revisions of employees that the maps hold, seen or not.
fn stored(memory: &Memory) -> usize {
    memory.scan(Tree::Employees, Bound::Unbounded, Bound::Unbounded).count()
}

/// Runs an import of so many that stops at one of them, and does something else meanwhile. Says
/// what became of the import.
fn meanwhile(
    store: &Ledger<impl Backend>,
    (count, stops_at): (usize, usize),
    work: impl FnOnce(&dyn Fn()),
) -> Result<Timestamp, CommitError> {
    let (stopped, has_stopped) = mpsc::channel();
    let (goes_on, may_go_on) = mpsc::channel();
    let may_go_on = Mutex::new(may_go_on);
    let commit = import(names(count), "1", move |position| {
        if position == stops_at {
            stopped.send(()).unwrap();
            may_go_on.lock().unwrap().recv().unwrap();
        }
        Ok(())
    });
    thread::scope(|scope| {
        let importing = scope.spawn(|| store.commit(commit));
        has_stopped.recv().unwrap();
        let release = || {
            let _ = goes_on.send(());
        };
        work(&release);
        release();
        importing.join().unwrap().map(|committed| committed.recorded_at)
    })
}

#[test]
fn readers_see_nothing_of_an_import_before_its_end_and_others_commit_meanwhile() {
    let memory = Memory::default();
    let store = open_at(&memory, HandClock::new());
    store.commit(put("e001", "0")).unwrap();
    let beta = tenant("beta");
    let mut others = Vec::new();
    let at = meanwhile(&store, (1000, 990), |_| {
        assert!(stored(&memory) > 900, "it is being written");
        for _ in 0..3 {
            others.push(store.commit(activate(&beta)).unwrap().recorded_at);
            assert_eq!(known(&store), 1);
            assert_eq!(store.horizon(), others[others.len() - 1]);
        }
        assert_eq!(store.audit_length(&Log::Tenant(acme())).unwrap(), 1);
        store.verify().unwrap();
    });
    let at = at.unwrap();
    assert!(others.iter().all(|other| *other < at), "{others:?} {at}");
    assert_eq!((known(&store), store.horizon()), (1000, at));
    for (name, revision) in [("e000", 1), ("e001", 2), ("e999", 1)] {
        let found = store.employee(&acme(), &employee(name), Timestamp::MAX).unwrap().unwrap();
        assert_eq!((found.revision, found.recorded_at), (revision, at), "{name}");
    }
    // What was known before is known as before.
    let before = store.employees(&acme(), None, 10, others[2]).unwrap();
    assert_eq!((before.len(), before[0].revision), (1, 1));
    assert_eq!(store.audit_length(&Log::Tenant(acme())).unwrap(), 2);
}

#[test]
fn an_import_says_how_many_are_new() {
    let store = open(&Memory::default());
    store.commit(put("e001", "0")).unwrap();
    let committed = store.commit(import(names(10), "1", |_| Ok(()))).unwrap();
    let [Effect::Imported { created, updated, .. }] = committed.effects.as_slice() else {
        panic!("{committed:?}")
    };
    assert_eq!((*created, *updated), (9, 1));
    assert!(committed.recorded_at <= Timestamp::now(), "it is ahead of the clock");
}

#[test]
fn an_import_that_fails_in_the_middle_leaves_nothing() {
    let memory = Memory::default();
    let store = open(&memory);
    let horizon = store.horizon();
    let failing = import(names(100), "1", |position| match position {
        90 => Err(StoreError::Io { action: "drawing", detail: "it ends here".to_owned() }),
        _ => Ok(()),
    });
    let failed = store.commit(failing);
    assert!(matches!(failed, Err(CommitError::Store(StoreError::Io { .. }))), "{failed:?}");
    let panicking = import(names(100), "1", |position| {
        assert!(position < 90, "a panic that was asked for");
        Ok(())
    });
    thread::scope(|scope| assert!(scope.spawn(|| store.commit(panicking)).join().is_err()));
    let twice = import(["e1", "e2", "e1"].map(str::to_owned).to_vec(), "1", |_| Ok(()));
    let refused = store.commit(twice);
    assert!(matches!(refused, Err(CommitError::Store(StoreError::Defect { .. }))), "{refused:?}");

    assert_eq!((stored(&memory), store.horizon(), store.read_only()), (0, horizon, None));
    store.commit(import(names(100), "1", |_| Ok(()))).unwrap();
    assert_eq!(known(&store), 100);
}

#[test]
fn an_import_under_a_key_is_done_once() {
    let memory = Memory::default();
    let store = open(&memory);
    let key = || ResponseKey { holder: None, subject: Uuid::from_u128(1), key: "k".to_owned() };
    let keyed = |gross: &str| {
        let mut commit = import(names(10), gross, |_| Ok(()));
        let body = Arc::new(|_: &_| "done".to_owned());
        let request = Digest::of(b"request");
        commit.response = Some(ResponseDraft { key: key(), request, status: 200, body });
        commit
    };
    store.commit(keyed("1")).unwrap();
    let again = store.commit(keyed("2"));
    assert!(matches!(again, Err(CommitError::Store(StoreError::Answered))), "{again:?}");
    assert_eq!((stored(&memory), known(&store)), (10, 10));
    assert_eq!(store.response(&key()).unwrap().unwrap().body, "done");
}

#[test]
fn who_gets_to_the_time_of_an_import_waits_for_its_end() {
    let clock = HandClock::new();
    let store = &open_at(&Memory::default(), clock.clone());
    let (beta, done) = (tenant("beta"), AtomicUsize::new(0));
    let (done, beta) = (&done, &beta);
    thread::scope(|scope| {
        let mut late = None;
        let at = meanwhile(store, (100, 50), |release| {
            clock.0.fetch_add(10_000_000, Ordering::SeqCst);
            late = Some(scope.spawn(move || {
                let committed = store.commit(activate(beta)).unwrap();
                done.fetch_add(1, Ordering::SeqCst);
                committed.recorded_at
            }));
            // Long enough to be done if it did not wait.
            thread::sleep(Duration::from_millis(50));
            assert_eq!(done.load(Ordering::SeqCst), 0);
            release();
        });
        let late = late.unwrap().join().unwrap();
        assert!(at.unwrap() < late);
    });
}

#[test]
fn who_changes_employees_of_the_same_tenant_waits_for_the_import_to_end() {
    let store = &open(&Memory::default());
    thread::scope(|scope| {
        let mut changing = None;
        let at = meanwhile(store, (100, 99), |release| {
            changing = Some(scope.spawn(|| store.commit(put("e000", "2")).unwrap().recorded_at));
            thread::sleep(Duration::from_millis(50));
            assert_eq!(known(store), 0);
            release();
        });
        assert!(at.unwrap() < changing.unwrap().join().unwrap());
    });
    let found = store.employee(&acme(), &employee("e000"), Timestamp::MAX).unwrap().unwrap();
    assert_eq!(found.revision, 2);
}

#[test]
fn what_another_process_left_open_is_removed_and_its_writer_refused() {
    let memory = Memory::default();
    let store = open(&memory);
    let at = meanwhile(&store, (100, 50), |_| {
        assert!(stored(&memory) > 0);
        let other = open(&memory);
        assert_eq!(stored(&memory), 0);
        other.commit(put("e000", "2")).unwrap();
    });
    assert!(matches!(at, Err(CommitError::Store(StoreError::Contended))), "{at:?}");
    assert_eq!((stored(&memory), known(&open(&memory))), (1, 1));
    store.commit(import(names(10), "1", |_| Ok(()))).unwrap();
    open(&memory).verify().unwrap();
}

#[test]
fn another_process_does_not_change_employees_that_are_imported() {
    let memory = Memory::default();
    let clock = HandClock::new();
    let (store, other) = (open_at(&memory, clock.clone()), open_at(&memory, clock));
    let at = meanwhile(&store, (1000, 50), |_| {
        let refused = other.commit(put("e000", "2"));
        let contended = matches!(refused, Err(CommitError::Store(StoreError::Contended)));
        assert!(contended, "{refused:?}");
        other.commit(activate(&tenant("beta"))).unwrap();
    });
    assert_eq!(known(&other), 0, "beyond what it knows to be durable");
    other.commit(put("e000", "2")).unwrap();
    assert!(at.unwrap() < other.horizon());
    assert_eq!(known(&other), 1000);
}

#[test]
fn a_backup_in_the_middle_of_an_import_holds_nothing_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = SledStore::open(&folder.path().join("a")).unwrap();
    store.commit(put("before", "0")).unwrap();
    let mut backup = Vec::new();
    // Some slices.
    let at = meanwhile(&store, (3000, 2990), |_| {
        store.backup(&mut backup).unwrap();
    });
    at.unwrap();
    let path = folder.path().join("b");
    SledStore::restore(&mut backup.as_slice(), &path).unwrap();
    let restored = SledStore::open(&path).unwrap();
    assert_eq!((known(&restored), known(&store)), (1, 3001));
    // It goes on: nothing there says that an import is open.
    restored.commit(import(names(10), "1", |_| Ok(()))).unwrap();
    restored.verify().unwrap();
}

#[test]
fn a_commit_of_more_than_may_be_is_refused_and_an_import_of_as_many_is_made() {
    let bounds = Bounds { changes: 10, bytes: 10_000, ..BOUNDS() };
    let memory = Memory::default();
    let store = Ledger::start_within(memory.clone(), Arc::new(SystemClock), bounds).unwrap();
    let too_large = |count: usize, gross: &str| {
        let changes = names(count).iter().flat_map(|name| put(name, gross).changes).collect();
        match store.commit(common::commit(Log::Tenant(acme()), changes)) {
            Err(CommitError::Store(StoreError::TooLarge { unit, .. })) => unit,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(too_large(11, "1"), "changes");
    // Not so alike that it can be compressed.
    let noise: String = common::noise(7, 2000).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(too_large(10, &noise), "bytes");
    assert_eq!(stored(&memory), 0);
    store.commit(import(names(100), &noise, |_| Ok(()))).unwrap();
    assert_eq!(known(&store), 100);
}
