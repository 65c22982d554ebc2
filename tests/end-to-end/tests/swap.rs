//! A version is swapped while the system runs, by one person who proposes and another who
//! approves: no request fails, no answer mixes versions, and
//! after the acknowledgement of a swap no later request is answered by the old one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use stele_end_to_end::load::{Connection, post};
use stele_end_to_end::{Client, Server, repository};

const SWAP_EVERY: Duration = Duration::from_millis(50);
const CONNECTIONS: usize = 8;

/// How long the swaps go on. The full 30 seconds are the issue's number; a shorter time while
/// working on something else is a matter of patience, not of another promise.
fn duration() -> Duration {
    let seconds = std::env::var("STELE_SWAP_SECONDS").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(30))
}

/// A case that the change leaves alone: a version needs one.
const CASE: &str = r#"
title = "A bonus of 36,000 is taxed at 3 %"
date = 2025-12-31
[facts]
income_kind = "wages"
tax_residence = "resident"
gross = "0"
months_employed = 12
employee_contributions = "0"
additional_deductions = "0"
earlier_gross = "0"
earlier_contributions = "0"
earlier_additional_deductions = "0"
earlier_tax_withheld = "0"
annual_bonus = "36000"
annual_bonus_taxation = "separate"
separate_bonus_used = false
[expect.lines]
annual_bonus_tax = "1080"
"#;

/// A copy of `cn/payroll` with other law: 6,000 a month instead of 5,000, as version 2099.1.0.
fn other_version() -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    let original = repository().join("rulesets/cn/payroll");
    for part in ["texts", "cases"] {
        std::fs::create_dir(copy.path().join(part)).unwrap();
    }
    for entry in std::fs::read_dir(original.join("texts")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, copy.path().join("texts").join(path.file_name().unwrap())).unwrap();
    }
    std::fs::write(copy.path().join("cases/bonus.toml"), CASE).unwrap();
    let manifest = std::fs::read_to_string(original.join("ruleset.toml")).unwrap();
    let changed: Vec<String> = manifest
        .lines()
        .map(|line| match line.starts_with("version = ") {
            true => "version = \"2099.1.0\"".to_owned(),
            false => line.to_owned(),
        })
        .collect();
    std::fs::write(copy.path().join("ruleset.toml"), changed.join("\n")).unwrap();
    let parameters = std::fs::read_to_string(original.join("parameters.toml")).unwrap();
    let other = parameters.replacen("value = \"5000\"", "value = \"6000\"", 1);
    assert_ne!(parameters, other, "the monthly basic deduction is no longer written as expected");
    std::fs::write(copy.path().join("parameters.toml"), other).unwrap();
    copy
}

fn request() -> Value {
    json!({
        "slot": "cn/payroll",
        "date": "2025-03-31",
        "facts": {
            "income_kind": "wages",
            "tax_residence": "resident",
            "gross": "30000",
            "months_employed": 3,
            "employee_contributions": "4500",
            "additional_deductions": "2000",
            "earlier_gross": "60000",
            "earlier_contributions": "9000",
            "earlier_additional_deductions": "4000",
            "earlier_tax_withheld": "1180",
        },
    })
}

async fn activate(client: &Client, version: &str) {
    let proposal = json!({
        "slot": "cn/payroll", "ruleset": "cn/payroll", "version": version, "valid_from": "2019-01-01",
    });
    client.put_in_force(&proposal).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_swap_under_load_fails_and_mixes_nothing() {
    let server = Server::start().await.unwrap();
    let operator = server.operator();
    let client = server.tenant(&operator, "acme").await.unwrap();
    let mut versions = Vec::new();
    let other = other_version();
    for folder in [repository().join("rulesets/cn/payroll"), other.path().to_path_buf()] {
        let published =
            server.publish_and_activate(&operator, &client, &folder, "cn/payroll").await.unwrap();
        let answer =
            client.post(&client.path("calculations"), &request()).await.unwrap().ok().unwrap();
        assert_eq!(answer["receipt"]["digest"], published["digest"]);
        let version = published["version"].as_str().unwrap().to_owned();
        versions.push((version, published["digest"].clone(), answer["lines"].clone()));
    }
    assert_ne!(versions[0].2, versions[1].2, "the versions must give different answers");
    let versions = Arc::new(versions);

    // Even: version `state / 2 % 2` is in force and acknowledged. Odd: a swap is on its way.
    let state = Arc::new(AtomicU64::new(2));
    let stop = Arc::new(AtomicBool::new(false));
    let mut workers = Vec::new();
    for _ in 0..CONNECTIONS {
        let (state, stop, versions) = (state.clone(), stop.clone(), versions.clone());
        let address = server.address();
        let bytes =
            post(&address, &client.path("calculations"), client.token(), &request().to_string());
        workers.push(tokio::spawn(async move {
            let mut connection = Connection::open(&address).await.unwrap();
            let mut answered = 0_u64;
            let mut settled = 0_u64;
            while !stop.load(Ordering::Relaxed) {
                let before = state.load(Ordering::SeqCst);
                let reply = connection.exchange(&bytes).await.unwrap();
                let answer: Value = serde_json::from_slice(reply.body).unwrap();
                assert_eq!(reply.status, 200, "{answer}");
                let after = state.load(Ordering::SeqCst);
                let digest = &answer["receipt"]["digest"];
                let version = versions.iter().find(|(_, known, _)| known == digest);
                let (_, _, lines) = version.expect("a digest that was published");
                assert_eq!(&answer["lines"], lines, "an answer of two versions");
                if before == after && before % 2 == 0 {
                    let in_force = &versions[(before / 2 % 2) as usize].1;
                    assert_eq!(digest, in_force, "answered by the old version after the swap");
                    settled += 1;
                }
                answered += 1;
            }
            (answered, settled)
        }));
    }
    let start = Instant::now();
    let mut swaps = 0;
    while start.elapsed() < duration() {
        let next = state.fetch_add(1, Ordering::SeqCst) + 2;
        activate(&client, &versions[(next / 2 % 2) as usize].0).await;
        state.fetch_add(1, Ordering::SeqCst);
        swaps += 1;
        tokio::time::sleep(SWAP_EVERY).await;
    }
    stop.store(true, Ordering::Relaxed);
    let mut answered = 0;
    let mut settled = 0;
    for worker in workers {
        let (some, certain) = worker.await.unwrap();
        answered += some;
        settled += certain;
    }
    println!("{swaps} swaps, {answered} answers, {settled} of them between two swaps");
    assert!(swaps > 10 && settled > 100, "{swaps} swaps, {settled} answers between them");
}
