//! A full disk costs the commits that do not fit, and nothing else: neither what was written before
//! nor the next start, once there is room.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use common::{acme, commit, employee, noise, publish, put};
use jiff::Timestamp;
use stele_store::{Change, Commit, CommitError, Log, ReadOnlyCause, SledStore, StoreError};

/// A small file system, unmounted at the end.
struct Small(tempfile::TempDir);

impl Small {
    /// None where mounting is not allowed.
    fn mount(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(folder.path())
            .output();
        mounted.ok()?.status.success().then_some(Self(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).output();
    }
}

#[test]
fn a_full_disk_refuses_commits_and_goes_on_reading() {
    let Some(disk) = Small::mount("160m") else {
        println!("skipped: mounting a small file system needs root");
        return;
    };
    let filler = disk.path().join("filler");
    fs::write(&filler, vec![1; 40 << 20]).unwrap();
    let store = SledStore::open(&disk.path().join("db")).unwrap();
    let mut made = 0;
    let full = loop {
        match store.commit(put(&format!("e{made}"), "30000")) {
            Ok(_) => made += 1,
            Err(error) => break error,
        }
        if made % 50 == 0 {
            let refused = store.commit(publish(&format!("1.{made}.0"), &noise(made, 300_000)));
            if let Err(error) = refused {
                break error;
            }
        }
        assert!(made < 100_000, "the disk never fills");
    };
    assert!(matches!(full, CommitError::Store(StoreError::Full { .. })), "{full}");
    let is_full = |store: &SledStore| matches!(store.read_only(), Some(ReadOnlyCause::Full { .. }));
    // Without a restart: as soon as there is room, changes are taken and nobody says otherwise.
    let reserve = disk.path().join("reserve");
    fs::write(&reserve, vec![1; 30 << 20]).unwrap();
    assert!(is_full(&store));
    assert!(store.commit(put("refused", "1")).is_err());
    fs::remove_file(&reserve).unwrap();
    fs::File::options().write(true).open(&filler).unwrap().set_len(20 << 20).unwrap();
    assert_eq!(store.read_only(), None);
    store.commit(put("without-a-restart", "1")).unwrap();
    fs::write(&reserve, vec![1; 30 << 20]).unwrap();
    // Everything acknowledged is there, and nothing else.
    let read_all = |store: &SledStore| {
        for number in 0..made {
            let found = store.employee(&acme(), &employee(&format!("e{number}")), Timestamp::MAX);
            assert!(found.unwrap().is_some(), "e{number} of {made}");
        }
        store.verify().unwrap();
    };
    read_all(&store);
    drop(store);
    // It opens on a full disk, and goes on when there is room.
    let store = SledStore::open(&disk.path().join("db")).unwrap();
    read_all(&store);
    assert!(store.commit(publish("2.0.0", &noise(7, 4 << 20))).is_err());
    assert!(is_full(&store));
    fs::remove_file(&filler).unwrap();
    fs::remove_file(&reserve).unwrap();
    store.commit(put("after", "1")).unwrap();
    assert_eq!(store.read_only(), None);
    read_all(&store);
}

/// Takes all that is left.
fn fill(file: &Path) {
    let mut file = fs::File::create(file).unwrap();
    while file.write_all(&[1; 4096]).is_ok() {}
}

fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(contents(&path));
        } else {
            let content = fs::read(&path).unwrap();
            found.insert(path, content);
        }
    }
    found
}

fn written(folder: &Path, employees: u64) {
    let store = SledStore::open(folder).unwrap();
    for number in 0..employees {
        store.commit(put(&format!("e{number}"), "30000")).unwrap();
    }
}

fn read(folder: &Path, employees: u64) {
    let store = SledStore::open(folder).unwrap();
    for number in 0..employees {
        let found = store.employee(&acme(), &employee(&format!("e{number}")), Timestamp::MAX);
        assert!(found.unwrap().is_some(), "e{number}");
    }
    assert_eq!(store.verify().unwrap().audit_entries, employees);
}

/// As after a kill, when the next start has to note where everything lies.
#[test]
fn a_start_on_a_full_disk_says_so_and_touches_nothing() {
    let Some(disk) = Small::mount("96m") else {
        println!("skipped: mounting a small file system needs root");
        return;
    };
    let (folder, filler) = (disk.path().join("db"), disk.path().join("filler"));
    written(&folder, 300);
    fill(&filler);
    let before = contents(&folder);
    for _ in 0..3 {
        let refused = SledStore::open(&folder).err().unwrap();
        let said = refused.to_string();
        assert!(matches!(refused, StoreError::NoRoomToOpen { .. }), "{said}");
        assert!(said.contains("Make room") && !said.contains("damaged"), "{said}");
        assert!(contents(&folder) == before, "something was touched");
    }
    fs::remove_file(&filler).unwrap();
    read(&folder, 300);
}

/// What a start left that ran into a full disk, or was killed, while it noted where everything lies.
#[test]
fn what_a_start_left_unfinished_is_removed_and_no_damage() {
    for left in [Vec::new(), b"a part of it".to_vec(), noise(5, 9000)] {
        let folder = tempfile::tempdir().unwrap();
        written(folder.path(), 100);
        drop(SledStore::open(folder.path()).unwrap());
        let unfinished = folder.path().join("snap.7FFFFFFFFFFFFFFF.generating");
        fs::write(&unfinished, left).unwrap();
        read(folder.path(), 100);
        assert!(!unfinished.exists());
        read(folder.path(), 100);
    }
}

/// What was read must be in the audit log before it is shown.
fn reading() -> Commit {
    commit(Log::Tenant(acme()), Vec::new())
}

fn is_full(refused: &CommitError) -> bool {
    matches!(refused, CommitError::Store(StoreError::Full { .. }))
}

#[test]
fn who_only_reads_has_its_entry_written_when_changes_are_refused() {
    let Some(disk) = Small::mount("128m") else {
        println!("skipped: mounting a small file system needs root");
        return;
    };
    let folder = disk.path().join("db");
    let store = SledStore::open(&folder).unwrap();
    store.commit(put("e1", "30000")).unwrap();
    let filler = disk.path().join("filler");
    fs::write(&filler, vec![1; 80 << 20]).unwrap();
    assert!(is_full(&store.commit(put("e2", "1")).unwrap_err()));
    for _ in 0..500 {
        store.commit(reading()).unwrap();
    }
    // A change is none because it has few bytes.
    let revoked = commit(Log::Operator, vec![Change::RevokeToken { id: uuid::Uuid::nil() }]);
    assert!(store.commit(revoked).is_err());
    // Not to the last byte: the next start needs some of them.
    let mut more = 0;
    let refused = loop {
        let rest = disk.path().join(format!("filler-{more}"));
        fs::write(rest, vec![1; 1 << 20]).unwrap();
        more += 1;
        if let Err(refused) = store.commit(reading()) {
            break refused;
        }
        assert!(more < 40, "it is written until the disk is full");
    };
    assert!(is_full(&refused), "{refused}");
    drop(store);
    let store = SledStore::open(&folder).unwrap();
    assert!(store.audit_length(&Log::Tenant(acme())).unwrap() > 500);
    store.verify().unwrap();
    fs::remove_file(&filler).unwrap();
    store.commit(put("e2", "1")).unwrap();
}
