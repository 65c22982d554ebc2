//! What was erased is in no byte of the folder once the store was settled.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use common::{acme, commit, employee, put, recorded};
use stele_store::{
    Change, EmploymentId, EraseDraft, Log, Memory, MemoryStore, ResultId, SledStore, StoreError,
    SystemClock,
};
use uuid::Uuid;

/// Longer than any of these needs.
const ENOUGH: Duration = Duration::from_secs(600);
/// In the attributes of the one that is erased, and in nothing else.
const SALARY: &str = "731094.58";
const OTHERS: &str = "8888.12";

/// Files below the folder that contain the text.
fn holding(folder: &Path, text: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if fs::read(&path)
                .unwrap()
                .windows(text.len())
                .any(|part| part == text.as_bytes())
            {
                found.push(path);
            }
        }
    }
    found
}

fn erase(store: &SledStore, name: &str) {
    let draft = EraseDraft {
        tenant: acme(),
        employee: employee(name),
        results: Vec::new(),
        attributes: true,
        complete: true,
    };
    store.commit(commit(Log::Tenant(acme()), vec![Change::Erase(draft)])).unwrap();
}

/// A data folder whose database `db` has held the salary of somebody who was erased.
fn erased() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("db");
    let store = SledStore::open(&path).unwrap();
    for number in 0..200 {
        store.commit(put(&format!("e{number}"), OTHERS)).unwrap();
    }
    store.commit(put("somebody", SALARY)).unwrap();
    store.commit(put("somebody", SALARY)).unwrap();
    erase(&store, "somebody");
    (folder, path)
}

/// Everybody else is there, and the logs are whole.
fn is_whole(path: &Path) {
    let store = SledStore::open(path).unwrap();
    let found = store.employees(&acme(), None, 1000, jiff::Timestamp::MAX).unwrap();
    let known = found.iter().filter(|found| found.erased_at.is_none());
    assert_eq!(known.count(), 200);
    assert_eq!(store.verify().unwrap().audit_entries, 203);
}

#[test]
fn an_erased_result_says_neither_whose_it_was_nor_in_which_employment() {
    let store = MemoryStore::start(Memory::default(), Arc::new(SystemClock)).unwrap();
    let of = |name| (Some(employee(name)), b"content".to_vec());
    let [(first, content), (second, _)] = [of("e1"), of("e2")];
    let results = [(first.as_ref(), content.clone()), (second.as_ref(), content)];
    store.commit(recorded(1, &results)).unwrap();
    let id = |position| ResultId { batch: Uuid::from_u128(1), position };
    let draft = EraseDraft {
        tenant: acme(),
        employee: employee("e1"),
        results: vec![id(0)],
        attributes: false,
        complete: false,
    };
    store.commit(commit(Log::Tenant(acme()), vec![Change::Erase(draft)])).unwrap();
    let employment = |position| {
        let head = store.result(&acme(), id(position)).unwrap().unwrap().head;
        (head.employee, head.provenance.unwrap().employment)
    };
    assert_eq!(employment(0), (None, None));
    assert_eq!(employment(1), (second, Some(EmploymentId::new("main").unwrap())));
}

#[test]
fn after_the_end_what_was_erased_is_in_no_byte_of_the_folder() {
    let (folder, path) = erased();
    assert!(
        !holding(folder.path(), SALARY).is_empty(),
        "sled keeps old values: else nothing is shown"
    );
    SledStore::settle(&path, ENOUGH).unwrap();
    assert_eq!(holding(folder.path(), SALARY), Vec::<PathBuf>::new());
    assert!(!holding(folder.path(), OTHERS).is_empty());
    is_whole(&path);

    // Nothing was erased since: nothing is written anew.
    let made = || fs::metadata(path.join("stele-store")).unwrap().created().unwrap();
    let before = made();
    SledStore::settle(&path, ENOUGH).unwrap();
    assert_eq!(made(), before);
    // The next one is forgotten too.
    let store = SledStore::open(&path).unwrap();
    store.commit(put("another", "512.77")).unwrap();
    erase(&store, "another");
    drop(store);
    SledStore::settle(&path, ENOUGH).unwrap();
    assert_eq!(holding(folder.path(), "512.77"), Vec::<PathBuf>::new());
}

#[test]
fn what_takes_too_long_is_left_for_the_next_time() {
    let (folder, path) = erased();
    let late = SledStore::settle(&path, Duration::ZERO);
    assert!(matches!(late, Err(StoreError::NotForgotten { .. })), "{late:?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    is_whole(&path);
    SledStore::settle(&path, ENOUGH).unwrap();
    assert_eq!(holding(folder.path(), SALARY), Vec::<PathBuf>::new());
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// What a process leaves that is killed: half a copy, a whole one that is not in its place yet, or
/// the old database after both have changed places.
#[test]
fn whenever_the_process_ends_the_database_is_whole() {
    let (folder, path) = erased();
    let beside = folder.path().join("db.rewriting");
    let old = folder.path().join("old");
    copy(&path, &old);
    SledStore::settle(&path, ENOUGH).unwrap();
    let new = folder.path().join("new");
    copy(&path, &new);

    let half = |to: &Path| {
        copy(&new, to);
        let file = fs::File::options().write(true).open(to.join("db")).unwrap();
        file.set_len(file.metadata().unwrap().len() / 2).unwrap();
    };
    type Leave<'a> = &'a dyn Fn(&Path);
    let states: [(&Path, Leave<'_>); 3] =
        [(&old, &half), (&old, &|to| copy(&new, to)), (&new, &|to| copy(&old, to))];
    for (database, leave) in states {
        for settles_first in [false, true] {
            fs::remove_dir_all(&path).unwrap();
            copy(database, &path);
            leave(&beside);
            if settles_first {
                SledStore::settle(&path, ENOUGH).unwrap();
            }
            is_whole(&path);
            assert!(!beside.exists(), "what was left is removed");
            SledStore::settle(&path, ENOUGH).unwrap();
            assert!(holding(&path, SALARY).is_empty());
        }
    }
}
