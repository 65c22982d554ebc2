//! Two ledgers over the same maps, as two processes over one database: no log is forked.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{sync::Arc, thread};

use common::{acme, commit, put};
use jiff::civil::date;
use stele_store::{
    ActivationDraft, Change, Commit, CommitError, Digest, Log, Memory, MemoryStore, Slot,
    StoreError, SystemClock,
};
use uuid::Uuid;

fn open(memory: &Memory) -> MemoryStore {
    MemoryStore::start(memory.clone(), Arc::new(SystemClock)).unwrap()
}

fn activate() -> Commit {
    let draft = ActivationDraft {
        tenant: acme(),
        id: Uuid::from_u128(9),
        slot: Slot::new("payroll").unwrap(),
        ruleset: "cn/payroll".to_owned(),
        version: "1.0.0".to_owned(),
        digest: Digest::of(b"package"),
        valid_from: date(2026, 1, 1),
        proposal: None,
    };
    commit(Log::Tenant(acme()), vec![Change::Activate(Box::new(draft))])
}

/// Again and again until nobody else commits at the same moment.
fn insist(store: &MemoryStore, make: impl Fn() -> Commit) {
    loop {
        match store.commit(make()) {
            Ok(_) => return,
            Err(CommitError::Store(StoreError::Contended)) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn two_that_take_turns_write_one_log() {
    let memory = Memory::default();
    let (one, other) = (open(&memory), open(&memory));
    for number in 0..200 {
        for store in [&one, &other] {
            store.commit(put("e1", &number.to_string())).unwrap();
            store.commit(activate()).unwrap();
        }
    }
    let again = open(&memory);
    assert_eq!(again.read_only(), None);
    again.verify().unwrap();
    assert_eq!(again.audit_length(&Log::Tenant(acme())).unwrap(), 800);
    let sequences: Vec<u64> = again
        .activations_of(&acme(), 0, 1000)
        .unwrap()
        .iter()
        .map(|activation| activation.sequence)
        .collect();
    assert_eq!(sequences, (0..400).collect::<Vec<_>>());
}

#[test]
fn two_that_write_at_once_fork_no_log() {
    let memory = Memory::default();
    let stores = [open(&memory), open(&memory)];
    thread::scope(|scope| {
        for store in &stores {
            for _ in 0..2 {
                scope.spawn(|| {
                    for number in 0..100 {
                        insist(store, || put("e1", &number.to_string()));
                        insist(store, activate);
                        insist(store, || commit(Log::Operator, Vec::new()));
                    }
                });
            }
        }
    });
    let again = open(&memory);
    assert_eq!(again.read_only(), None);
    again.verify().unwrap();
    assert_eq!(again.audit_length(&Log::Tenant(acme())).unwrap(), 800);
    assert_eq!(again.audit_length(&Log::Operator).unwrap(), 400);
    let revisions = again.audit(&Log::Tenant(acme()), 0, 1000).unwrap();
    assert!(revisions.is_sorted_by(|a, b| a.recorded_at < b.recorded_at));
}
