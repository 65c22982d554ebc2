//! What is backed up is what is restored.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::sync::atomic::{AtomicBool, Ordering};

use common::{acme, commit, employee, noise, publish, put};
use jiff::Timestamp;
use stele_store::{Change, Digest, Log, SledStore, StoreError};

#[test]
fn a_backup_restores_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let store = SledStore::open(&folder.path().join("a")).unwrap();
    let change = Change::CreateTenant { id: acme(), name: "Acme".to_owned() };
    store.commit(commit(Log::Operator, vec![change])).unwrap();
    store.commit(publish("1.0.0", &noise(1, 50_000))).unwrap();
    for revision in 0..3 {
        store.commit(put("e1", &revision.to_string())).unwrap();
    }
    let mut backup = Vec::new();
    let summary = store.backup(&mut backup).unwrap();
    assert_eq!(summary.horizon, store.horizon());

    let path = folder.path().join("b");
    let restored = SledStore::restore(&mut backup.as_slice(), &path).unwrap();
    assert_eq!(restored, summary);
    let again = SledStore::open(&path).unwrap();
    assert_eq!(again.horizon(), store.horizon());
    assert_eq!(again.tenants(None, 100).unwrap(), store.tenants(None, 100).unwrap());
    assert_eq!(again.versions(None, 100).unwrap(), store.versions(None, 100).unwrap());
    let log = Log::Tenant(acme());
    assert_eq!(again.audit(&log, 0, 10).unwrap(), store.audit(&log, 0, 10).unwrap());
    assert_eq!(again.object(&Digest::of(&noise(1, 50_000))).unwrap().unwrap(), noise(1, 50_000));
    let e1 = |store: &SledStore, at| store.employee(&acme(), &employee("e1"), at).unwrap();
    for at in [summary.horizon, store.audit(&log, 0, 1).unwrap()[0].recorded_at] {
        assert_eq!(e1(&again, at), e1(&store, at));
    }
    // Its logs go on where they were.
    let next = again.commit(put("e1", "4")).unwrap();
    assert_eq!(next.audit_sequence, 3);
    again.verify().unwrap();
}

#[test]
fn a_backup_while_commits_go_on_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let store = SledStore::open(&folder.path().join("a")).unwrap();
    for number in 0..200 {
        store.commit(put(&format!("e{number}"), "0")).unwrap();
    }
    let stop = AtomicBool::new(false);
    let backups: Vec<_> = std::thread::scope(|scope| {
        for thread in 0..3 {
            let (store, stop) = (&store, &stop);
            scope.spawn(move || {
                let mut number = 0;
                while !stop.load(Ordering::Relaxed) {
                    number += 1;
                    // Two employees in one commit: a backup must hold both or neither.
                    let mut changes = put(&format!("a{thread}"), &number.to_string()).changes;
                    changes.extend(put(&format!("b{thread}"), &number.to_string()).changes);
                    store.commit(commit(Log::Tenant(acme()), changes)).unwrap();
                }
            });
        }
        let backups = (0..5).map(|_| {
            let mut bytes = Vec::new();
            let summary = store.backup(&mut bytes).unwrap();
            (summary, bytes)
        });
        let backups = backups.collect();
        stop.store(true, Ordering::Relaxed);
        backups
    });
    for (number, (summary, bytes)) in backups.into_iter().enumerate() {
        let path = folder.path().join(number.to_string());
        SledStore::restore(&mut bytes.as_slice(), &path).unwrap();
        let restored = SledStore::open(&path).unwrap();
        for thread in 0..3 {
            let gross = |name: &str| {
                let found = restored.employee(&acme(), &employee(name), Timestamp::MAX).unwrap();
                found.map(|found| found.attributes.unwrap()["gross"][0].value.clone())
            };
            assert_eq!(gross(&format!("a{thread}")), gross(&format!("b{thread}")));
            let original =
                store.employee(&acme(), &employee(&format!("a{thread}")), summary.horizon);
            let original = original.unwrap().map(|found| found.attributes.unwrap());
            assert_eq!(gross(&format!("a{thread}")), original.map(|a| a["gross"][0].value.clone()));
        }
    }
}

#[test]
fn a_restored_log_has_the_roots_and_proofs_that_it_had() {
    let folder = tempfile::tempdir().unwrap();
    let store = SledStore::open(&folder.path().join("a")).unwrap();
    for number in 0..300 {
        store.commit(put("e1", &number.to_string())).unwrap();
    }
    let mut backup = Vec::new();
    store.backup(&mut backup).unwrap();
    let path = folder.path().join("b");
    SledStore::restore(&mut backup.as_slice(), &path).unwrap();
    let restored = SledStore::open(&path).unwrap();
    let log = Log::Tenant(acme());
    for size in [1, 128, 129, 256, 300] {
        let root = store.tree_root(&log, size).unwrap();
        assert_eq!(restored.tree_root(&log, size).unwrap(), root, "{size}");
        let proof = store.inclusion(&log, size / 2, size).unwrap();
        assert_eq!(restored.inclusion(&log, size / 2, size).unwrap(), proof, "{size}");
    }
    restored.commit(put("e1", "next")).unwrap();
    restored.verify().unwrap();
}

#[test]
fn a_damaged_or_cut_backup_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = SledStore::open(&folder.path().join("a")).unwrap();
    for number in 0..20 {
        store.commit(put(&format!("e{number}"), "30000")).unwrap();
    }
    let mut backup = Vec::new();
    store.backup(&mut backup).unwrap();
    let mut tried = 0;
    let mut refuse = |bytes: &[u8], what: String| {
        tried += 1;
        let path = folder.path().join(format!("try-{tried}"));
        assert!(SledStore::restore(&mut &*bytes, &path).is_err(), "{what}");
    };
    for length in (0..backup.len()).step_by(backup.len() / 10) {
        refuse(&backup[..length], format!("cut to {length}"));
    }
    for position in (0..backup.len()).step_by(backup.len() / 25) {
        let mut bytes = backup.clone();
        bytes[position] ^= 1;
        refuse(&bytes, format!("byte {position} flipped"));
    }
    refuse(b"", "nothing".to_owned());
    refuse(b"not a backup at all, but long enough to be one", "a text".to_owned());
}

#[test]
fn nothing_is_restored_over_something() {
    let folder = tempfile::tempdir().unwrap();
    let store = SledStore::open(&folder.path().join("a")).unwrap();
    let mut backup = Vec::new();
    store.backup(&mut backup).unwrap();
    let refused = SledStore::restore(&mut backup.as_slice(), &folder.path().join("a"));
    assert!(matches!(refused, Err(StoreError::NotEmpty { .. })), "{refused:?}");
}
