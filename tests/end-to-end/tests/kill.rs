//! The server is killed in the middle of writes: what it had acknowledged is there afterwards, and
//! it starts again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::json;
use stele_end_to_end::{Client, Server};

const WRITERS: usize = 4;

fn kills() -> u64 {
    std::env::var("STELE_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(100)
}

/// Puts employees until the server is gone; returns those that were acknowledged.
async fn write(
    client: Client,
    writer: usize,
    round: u64,
    stop: Arc<AtomicBool>,
) -> Vec<(String, String)> {
    let mut acknowledged = Vec::new();
    for number in 0.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let id = format!("e-{round}-{writer}-{number}");
        let salary = format!("{}.{number:02}", 1000 + round);
        let body = json!({"attributes": {"gross": [{"from": "2026-01-01", "value": salary}]}});
        match client.put(&client.path(&format!("employees/{id}")), &body).await {
            Ok(answer) if (200..300).contains(&answer.status) => acknowledged.push((id, salary)),
            Ok(answer) => panic!("{}: {}", answer.status, answer.body),
            Err(_) => break,
        }
    }
    acknowledged
}

async fn assert_there(client: &Client, written: &[(String, String)]) {
    for (id, salary) in written {
        let answer = client.get(&client.path(&format!("employees/{id}"))).await.unwrap();
        assert_eq!(answer.status, 200, "{id} was acknowledged and is lost: {}", answer.body);
        assert_eq!(answer.body["attributes"]["gross"][0]["value"], json!(salary), "{id}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_in_the_middle_of_writes_loses_nothing_acknowledged() {
    let mut server = Server::start().await.unwrap();
    let mut client = server.tenant(&server.operator(), "acme").await.unwrap();
    let mut all = Vec::new();
    for round in 0..kills() {
        let stop = Arc::new(AtomicBool::new(false));
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| tokio::spawn(write(client.clone(), writer, round, stop.clone())))
            .collect();
        tokio::time::sleep(Duration::from_millis(20 + round * 7 % 61)).await;
        server.kill().unwrap();
        stop.store(true, Ordering::Relaxed);
        let mut written = Vec::new();
        for writer in writers {
            written.extend(writer.await.unwrap());
        }
        server.restart().await.unwrap();
        client = Client::new(server.operator().base(), client.token(), "acme");
        assert_there(&client, &written).await;
        all.extend(written);
    }
    assert!(all.len() as u64 > kills(), "hardly anything was written: {}", all.len());
    assert_there(&client, &all).await;
    println!("{} kills, {} acknowledged writes, all there", kills(), all.len());
}
