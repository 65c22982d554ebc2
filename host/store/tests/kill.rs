//! A process that is killed loses nothing that it acknowledged.
//!
//! The test runs itself again as a child that commits from several threads and says so, a line for
//! each commit that returned. It is killed at a random moment, and the store is opened again.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use common::{acme, employee, noise, publish, put};
use jiff::Timestamp;
use stele_store::{Digest, Log, SledStore, StoreError};

const CHILD: &str = "STELE_STORE_KILL_CHILD";
/// More, for a night: STELE_STORE_KILLS=1000.
const KILLS: &str = "STELE_STORE_KILLS";
const THREADS: u64 = 4;
/// Employees of a small and of a large import.
const SMALL: usize = 200;
const LARGE: usize = 5000;

/// Not a test of its own: what the child does.
#[test]
fn child() {
    let Ok(folder) = std::env::var(CHILD) else { return };
    // Ends the line on which the test harness says what it runs.
    println!();
    let store: Arc<SledStore> = match SledStore::open(Path::new(&folder)) {
        Ok(store) => Arc::new(store),
        Err(error) => {
            println!("error {error}");
            return;
        }
    };
    let out = Mutex::new(std::io::stdout());
    let say = |line: String| {
        let mut out = out.lock().unwrap();
        writeln!(out, "{line}").unwrap();
        out.flush().unwrap();
    };
    say(format!("open {}", store.horizon()));
    let start = store.audit_length(&Log::Tenant(acme())).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let (store, say) = (&store, &say);
            scope.spawn(move || {
                for number in 0_u64.. {
                    let unique = format!("{start}-{thread}-{number}");
                    match (thread, number % 8) {
                        (0, 0) => {
                            let content = noise(start * 1000 + number, 100_000);
                            store.commit(publish(&unique, &content)).unwrap();
                            say(format!("version {unique} {}", Digest::of(&content)));
                        }
                        // In one slice, and in many.
                        (1, 0) => import(store.as_ref(), 'i', SMALL, &unique, say),
                        (2, 4) if number % 32 == 4 => {
                            import(store.as_ref(), 'j', LARGE, &unique, say)
                        }
                        _ => {
                            let name = format!("e{}", (number * THREADS + thread) % 500);
                            let committed = store.commit(put(&name, &unique)).unwrap();
                            say(format!("employee {name} {unique} {}", committed.recorded_at));
                        }
                    }
                }
            });
        }
    });
}

fn import(store: &SledStore, sort: char, rows: usize, gross: &str, say: &dyn Fn(String)) {
    let names = (0..rows).map(|row| format!("{sort}{row}")).collect();
    store.commit(common::import(names, gross, |_| Ok(()))).unwrap();
    say(format!("import {sort}"));
}

/// An import is there as a whole or not at all, even if it was not acknowledged.
fn assert_whole(store: &SledStore, sort: char, rows: usize, expected: bool) {
    let found = store.employees(&acme(), None, usize::MAX, Timestamp::MAX).unwrap();
    let mut found = found.into_iter().filter(|found| found.employee.as_str().starts_with(sort));
    let Some(first) = found.next() else {
        assert!(!expected, "an acknowledged import is gone");
        return;
    };
    let alike = found.filter(|found| found.attributes == first.attributes);
    assert_eq!(alike.count() + 1, rows, "half of an import");
}

/// Runs the child for so long and returns what it said.
fn run_and_kill(folder: &Path, pause: Duration) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--nocapture", "--test-threads=1"])
        .env(CHILD, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut said = Vec::new();
    for line in lines.by_ref() {
        let line = line.unwrap();
        assert!(!line.starts_with("error"), "the child could not start: {line}");
        if line.starts_with("open") {
            break;
        }
    }
    let begun = Instant::now();
    let reader = std::thread::spawn(move || {
        for line in lines {
            // The kill may cut the last line; what was not said whole was not acknowledged.
            let Ok(line) = line else { break };
            said.push(line);
        }
        said
    });
    std::thread::sleep(pause.saturating_sub(begun.elapsed()));
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

#[test]
fn a_killed_process_loses_nothing_that_it_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let kills: u64 = std::env::var(KILLS).ok().and_then(|text| text.parse().ok()).unwrap_or(25);
    let mut seed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64 | 1;
    println!("seed {seed}");
    let mut acknowledged = 0;
    let mut imported = [false; 2];
    let mut versions: HashMap<String, Digest> = HashMap::new();
    for kill in 0..kills {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let said = run_and_kill(folder.path(), Duration::from_millis(seed % 300));
        acknowledged += said.len();

        let opening = Instant::now();
        let store = SledStore::open(folder.path())
            .unwrap_or_else(|error| panic!("after kill {kill}: {error}"));
        let opened = opening.elapsed();
        for line in &said {
            let words: Vec<&str> = line.split(' ').collect();
            match words.as_slice() {
                ["employee", name, gross, at] => {
                    let at: Timestamp = at.parse().unwrap();
                    assert_gross(&store, name, gross, at, line);
                }
                ["version", version, digest] => {
                    versions.insert((*version).to_owned(), digest.parse().unwrap());
                }
                _ => {}
            }
        }
        for (sort, rows) in [('i', SMALL), ('j', LARGE)] {
            imported[usize::from(sort == 'j')] |= said.contains(&format!("import {sort}"));
            assert_whole(&store, sort, rows, imported[usize::from(sort == 'j')]);
        }
        let published = store.versions(None, 100).unwrap();
        for (version, digest) in &versions {
            assert!(published.iter().any(|record| record.version == *version), "{version} is gone");
            assert!(store.object(digest).unwrap().is_some(), "the content of {version} is gone");
        }
        let verifying = Instant::now();
        let verification = store.verify().unwrap();
        println!(
            "kill {kill}: {} acknowledged, opened in {opened:?}, {} values verified in {:?}",
            said.len(),
            verification.values,
            verifying.elapsed()
        );
    }
    println!("{acknowledged} commits acknowledged over {kills} kills");
    assert!(acknowledged > 100, "only {acknowledged} commits: nothing was tried");
}

fn assert_gross(store: &SledStore, name: &str, gross: &str, at: Timestamp, line: &str) {
    let found = store.employee(&acme(), &employee(name), at).unwrap();
    let attributes = found.unwrap_or_else(|| panic!("gone: {line}")).attributes.unwrap();
    assert_eq!(attributes["gross"][0].value, gross, "{line}");
}

#[test]
fn a_second_process_is_told_that_the_database_is_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let open = SledStore::open(folder.path()).unwrap();
    assert!(matches!(SledStore::open(folder.path()), Err(StoreError::Locked { .. })));
    drop(open);
    SledStore::open(folder.path()).unwrap();
}
