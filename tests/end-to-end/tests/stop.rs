//! An orderly stop.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::json;
use stele_end_to_end::{Client, Server};

/// The files in which the database has noted where everything lies, so that a start need not read
/// all that was ever written.
fn notes(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with("snap.")).collect()
}

#[tokio::test]
async fn a_server_that_is_stopped_finishes_and_leaves_the_next_start_little_to_read() {
    let mut server = Server::start().await.unwrap();
    let acme = server.tenant(&server.operator(), "acme").await.unwrap();
    for number in 0..100 {
        let body = json!({"attributes": {"gross": [{"from": "2026-01-01", "value": number}]}});
        acme.put(&acme.path(&format!("employees/e-{number}")), &body).await.unwrap().ok().unwrap();
    }
    let database = server.data().join("db");
    let at_start = notes(&database);

    let process = server.process_id().unwrap().to_string();
    assert!(Command::new("kill").args(["-TERM", &process]).status().unwrap().success());
    for _ in 0..600 {
        if !server.is_running().unwrap() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(!server.is_running().unwrap(), "it does not stop");
    let log = std::fs::read_to_string(server.log()).unwrap();
    assert!(log.contains("stele stopped") && !log.contains("may take longer"), "{log}");
    assert_ne!(notes(&database), at_start);

    server.restart().await.unwrap();
    let acme = Client::new(server.operator().base(), acme.token(), "acme");
    let last = acme.get(&acme.path("employees/e-99")).await.unwrap().ok().unwrap();
    assert_eq!(last["attributes"]["gross"][0]["value"], json!(99));
}
