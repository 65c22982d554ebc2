//! A host without file descriptors says so, and blames no component.
#![cfg(unix)]

use std::fs::File;
use std::process::Command;

use rustix::process::{Resource, Rlimit, setrlimit};
use stele_engine::{CheckError, Exactness};

use crate::support::{engine, hostile};

/// In a process of its own, because the limit is the process's.
#[test]
fn descriptors_that_run_out_are_no_fault_of_the_component() {
    let test = "descriptors::whatever_number_of_descriptors_is_left_nothing_is_refused";
    let program = std::env::current_exe().unwrap();
    let status = Command::new(program).args(["--exact", test, "--ignored"]).status().unwrap();
    assert!(status.success());
}

#[test]
#[ignore = "run by the test above"]
fn whatever_number_of_descriptors_is_left_nothing_is_refused() {
    let engine = engine(|_| {});
    let bytes = hostile("honest");
    let waiting = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let most = Some(64);
    setrlimit(Resource::Nofile, Rlimit { current: most, maximum: most }).unwrap();
    let mut taken: Vec<File> = std::iter::from_fn(|| File::open("/dev/null").ok()).collect();
    assert!(!taken.is_empty());
    let (mut failed, mut passed) = (0, 0);
    for _ in 0..20 {
        match waiting.block_on(engine.check("test", &bytes, Exactness::Exact)) {
            Ok(_) => passed += 1,
            Err(CheckError::Host(_)) => failed += 1,
            Err(error) => panic!("{error}"),
        }
        taken.pop();
    }
    assert!(failed > 0 && passed > 0, "{failed} without descriptors, {passed} with some");
}
