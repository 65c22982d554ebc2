//! Damage is found and named, and nothing is made worse.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use common::{acme, employee, noise, publish, put};
use jiff::Timestamp;
use stele_store::{Digest, SledStore, StoreError};

fn filled(folder: &Path) {
    let store = SledStore::open(folder).unwrap();
    for number in 0..50 {
        store.commit(put(&format!("e{number}"), "30000")).unwrap();
    }
    store.commit(publish("1.0.0", &noise(3, 50_000))).unwrap();
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.metadata().unwrap().len() > 0 {
            found.push(path);
        }
    }
    found
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// Opens and reads everything; panics of the library underneath would fail the test.
fn read_all(folder: &Path) -> Result<(), StoreError> {
    let store = SledStore::open(folder)?;
    let verification = store.verify()?;
    assert_eq!(verification.audit_entries, 51, "commits are gone and nobody said so");
    assert!(store.object(&Digest::of(&noise(3, 50_000)))?.is_some(), "content is gone");
    for number in 0..50 {
        let found = store.employee(&acme(), &employee(&format!("e{number}")), Timestamp::MAX)?;
        let attributes = found.expect("an employee is gone and nobody said so").attributes.unwrap();
        assert_eq!(attributes["gross"][0].value, "30000", "a wrong salary and nobody said so");
    }
    Ok(())
}

#[test]
fn damaged_files_are_refused_with_the_way_to_restore() {
    let whole = tempfile::tempdir().unwrap();
    filled(whole.path());
    let mut refusals = 0;
    for (number, file) in files(whole.path()).into_iter().enumerate() {
        let length = file.metadata().unwrap().len();
        for step in 0..24 {
            let copied = tempfile::tempdir().unwrap();
            copy(whole.path(), copied.path());
            let file = copied.path().join(file.strip_prefix(whole.path()).unwrap());
            let mut bytes = fs::read(&file).unwrap();
            let position = (length * step / 24 + number as u64 * 17 + step * 131) % length;
            bytes[usize::try_from(position).unwrap()] ^= 0x10;
            fs::write(&file, bytes).unwrap();
            if let Err(error) = read_all(copied.path()) {
                refusals += 1;
                if let StoreError::Corrupt { .. } | StoreError::CorruptValue { .. } = error {
                    assert!(error.to_string().contains("stele restore"), "{error}");
                }
            }
        }
    }
    assert!(refusals > 0, "no flipped byte was found");
}

/// sled takes the end of its log for unwritten if it can not read it.
#[test]
fn a_database_that_lost_its_end_is_refused() {
    let whole = tempfile::tempdir().unwrap();
    filled(whole.path());
    let length = whole.path().join("db").metadata().unwrap().len();
    let mut refusals = 0;
    for part in 0..16 {
        let copied = tempfile::tempdir().unwrap();
        copy(whole.path(), copied.path());
        let file = fs::File::options().write(true).open(copied.path().join("db")).unwrap();
        file.set_len(length * part / 16).unwrap();
        drop(file);
        match read_all(copied.path()) {
            // The end may have been room for what was still to come.
            Ok(()) => {}
            Err(error) => {
                assert!(error.to_string().contains("stele restore"), "{error}");
                refusals += 1;
            }
        }
    }
    assert!(refusals > 0, "nothing was cut off");
}

#[test]
fn a_database_that_is_no_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    fs::File::options()
        .write(true)
        .open(folder.path().join("conf"))
        .unwrap()
        .write_all(b"xx")
        .unwrap();
    let refused = SledStore::open(folder.path()).err().unwrap();
    assert!(refused.to_string().contains("stele restore"), "{refused}");
}

#[test]
fn a_newer_format_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    {
        // As a later version would write it: format 99 under a valid checksum.
        let database = sled::open(folder.path()).unwrap();
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(b"meta");
        hasher.update(&[0, 0]);
        hasher.update(&6_u64.to_be_bytes());
        hasher.update(b"format");
        hasher.update(b"99");
        let mut value = vec![1, 0];
        value.extend_from_slice(&hasher.finalize().to_be_bytes());
        value.extend_from_slice(b"99");
        database.open_tree("meta").unwrap().insert("format", value).unwrap();
        database.flush().unwrap();
    }
    let refused = SledStore::open(folder.path()).err().unwrap();
    assert!(
        matches!(refused, StoreError::NewerFormat { found: 99, supported: 3, .. }),
        "{refused}"
    );
}

#[test]
fn a_flipped_byte_of_a_value_is_named() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    {
        let database = sled::open(folder.path()).unwrap();
        let employees = database.open_tree("employees").unwrap();
        let (key, value) = employees.scan_prefix("acme\0e7\0").next().unwrap().unwrap();
        let mut value = value.to_vec();
        let position = value.windows(5).position(|window| window == b"30000").unwrap();
        value[position] = b'9';
        employees.insert(key, value).unwrap();
        database.flush().unwrap();
    }
    let store = SledStore::open(folder.path()).unwrap();
    let read = store.employee(&acme(), &employee("e7"), Timestamp::MAX);
    let Err(StoreError::CorruptValue { tree, key, .. }) = &read else { panic!("{read:?}") };
    assert_eq!(*tree, "employees");
    assert!(key.contains("e7"), "{key}");
    assert!(matches!(store.verify(), Err(StoreError::CorruptValue { .. })));
    assert!(store.employee(&acme(), &employee("e8"), Timestamp::MAX).unwrap().is_some());
}
