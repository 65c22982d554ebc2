//! A full disk costs the commits that do not fit, and nothing else.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{fs, path::Path, process::Command};

use common::{acme, employee, noise, publish, put};
use jiff::Timestamp;
use stele_store::{CommitError, ReadOnlyCause, SledStore, StoreError};

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
