//! How many results a second become durable: printed, not asserted. By hand:
//! `cargo test --release -p stele-store --test recording_rate -- --ignored --nocapture`.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{
    fs::File,
    io::Write as _,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use common::{acme, commit, employee};
use jiff::civil::date;
use stele_store::{
    Change, Digest, Log, Provenance, ResultDraft, ResultHeadDraft, ResultsDraft, RulesetVersion,
    SledStore, Slot,
};
use uuid::Uuid;

/// Results of one commit, as the runtime records them.
const BATCH: usize = 256;
/// Commits of one measurement.
const COMMITS: usize = 400;

/// Of the length and the entropy of a Chinese payslip.
fn content(number: usize) -> Vec<u8> {
    let digest = |salt: u64| Digest::of(&(number as u64 * 31 + salt).to_be_bytes());
    let gross = 8000 + number * 37 % 40_000;
    let mut lines = String::new();
    for (position, name) in [
        "pension",
        "medical",
        "unemployment",
        "housing-fund",
        "injury",
        "maternity",
        "taxable",
        "tax",
        "tax-to-date",
        "net",
        "employer-pension",
        "employer-medical",
        "employer-housing",
        "cost",
    ]
    .iter()
    .enumerate()
    {
        let amount = gross * (position + 3) / 17;
        lines.push_str(&format!(
            "{{\"amount\":\"{amount}.{:02}\",\"item\":\"{name}\",\"unit\":\"CNY\"}},",
            amount % 100
        ));
    }
    format!(
        "{{\"facts\":{{\"city\":\"shanghai\",\"gross\":\"{gross}\",\"months\":\"9\",\"special-deduction\":\"{}\",\"tax-paid\":\"{}\"}},\"format\":1,\"origins\":{{\"city\":{{\"from\":\"given\"}},\"gross\":{{\"from\":\"given\"}},\"months\":{{\"from\":\"given\"}},\"special-deduction\":{{\"from\":\"given\"}},\"tax-paid\":{{\"from\":\"given\"}}}},\"outcome\":{{\"findings\":[],\"lines\":[{lines}null]}},\"receipt\":{{\"activation\":\"{}\",\"activation_sequence\":0,\"as_of\":\"2026-11-28T13:00:00Z\",\"contract_version\":\"1.0.0\",\"date\":\"2025-09-30\",\"digest\":\"{}\",\"engine_version\":\"wasmtime 48\",\"facts_digest\":\"{}\",\"fuel\":{},\"host_version\":\"0.1.0\",\"outcome_digest\":\"{}\",\"ruleset\":\"cn/payroll\",\"slot\":\"cn/payroll\",\"version\":\"3000.0.0\"}},\"steps\":[]}}",
        number % 3000,
        number % 9000,
        Uuid::from_u128(1),
        Digest::of(b"package"),
        digest(1),
        4000 + number % 300,
        digest(2),
    )
    .into_bytes()
}

fn batch(number: usize, of_employees: bool) -> stele_store::Commit {
    let results = (0..BATCH)
        .map(|position| {
            let number = number * BATCH + position;
            let salt = Digest::of(&number.to_be_bytes()).to_string()[..32].to_owned();
            let content = content(number);
            let head = ResultHeadDraft {
                employee: of_employees.then(|| employee(&format!("e{number:07}"))),
                slot: Slot::new("cn/payroll").unwrap(),
                kind: "payroll".to_owned(),
                provenance: Provenance {
                    version: RulesetVersion {
                        ruleset: "cn/payroll".to_owned(),
                        version: "1.0.0".to_owned(),
                        digest: Digest::of(b"package"),
                    },
                    employment: None,
                },
                date: date(2025, 9, 30),
                salt,
            };
            ResultDraft::new(head, content)
        })
        .collect();
    let draft =
        ResultsDraft { tenant: acme(), batch: Uuid::now_v7(), results, answers: Vec::new() };
    let digest = draft.digest();
    let mut commit = commit(Log::Tenant(acme()), vec![Change::RecordResults(draft)]);
    commit.audit.digest = digest;
    commit
}

/// The time that the store takes; making the commits is not in it.
fn measure(committers: usize, of_employees: bool) -> (Duration, u64) {
    let folder =
        tempfile::tempdir_in(std::env::var("STELE_BENCH").unwrap_or("/tmp".into())).unwrap();
    let store = SledStore::open(folder.path()).unwrap();
    let commits: Vec<_> = (0..COMMITS).map(|number| batch(number, of_employees)).collect();
    let commits = parking_lot::Mutex::new(commits);
    let start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..committers {
            scope.spawn(|| {
                loop {
                    let Some(next) = commits.lock().pop() else { return };
                    store.commit(next).unwrap();
                }
            });
        }
    });
    let taken = start.elapsed();
    let bytes = folder.path().join("db").metadata().unwrap().len();
    (taken, bytes)
}

/// The same bytes written and flushed to a plain file, in as many steps.
fn plain(bytes: usize) -> Duration {
    let folder =
        tempfile::tempdir_in(std::env::var("STELE_BENCH").unwrap_or("/tmp".into())).unwrap();
    let mut file = File::create(folder.path().join("plain")).unwrap();
    let piece = common::noise(1, bytes / COMMITS);
    let start = Instant::now();
    for _ in 0..COMMITS {
        file.write_all(&piece).unwrap();
        file.sync_data().unwrap();
    }
    start.elapsed()
}

#[test]
#[ignore = "a measurement"]
fn results_that_become_durable_in_a_second() {
    let rate = |taken: Duration| (COMMITS * BATCH) as f64 / taken.as_secs_f64();
    let written = AtomicUsize::new(0);
    println!("content: {} bytes", content(7).len());
    for of_employees in [false, true] {
        for committers in [1, 2, 8] {
            let (taken, bytes) = measure(committers, of_employees);
            written.store(usize::try_from(bytes).unwrap(), Ordering::Relaxed);
            println!(
                "employees {of_employees}, committers {committers}: {:.0}/s, {bytes} bytes",
                rate(taken)
            );
        }
    }
    println!("plain: {:.0}/s", rate(plain(written.into_inner())));
}
