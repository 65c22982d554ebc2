//! Bodies that drip, over the network: each is given up, and what it held is given back.

use std::num::NonZeroU32;
use std::time::Duration;

use stele_server::limits::{LeastRate, Limits, Share};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::network::{Listening, eventually};
use crate::support::PACKAGE;

/// Longer than every limit of these tests, and short enough to wait for.
const LONG: Duration = Duration::from_secs(8);

fn quick() -> Limits {
    let rate = LeastRate {
        bytes_per_second: NonZeroU32::new(1000).unwrap(),
        grace: Duration::from_millis(400),
    };
    Limits { body_rate: rate, ..Limits::default() }
}

/// Sends a head and then a byte every 20 ms, 50 a second, and reads until the server ends it.
async fn drip(server: &Listening, head: String) -> Option<String> {
    let (mut read, mut write) = server.connect().await.into_split();
    let dripping = tokio::spawn(async move {
        if write.write_all(head.as_bytes()).await.is_err() {
            return;
        }
        while write.write_all(b" ").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    let mut answer = Vec::new();
    let ended = tokio::time::timeout(LONG, async {
        // The end may be a reset, because the body was not read to its end.
        while let Ok(1..) = read.read_buf(&mut answer).await {}
    });
    let ended = ended.await;
    dripping.abort();
    ended.ok().map(|()| String::from_utf8(answer).unwrap())
}

#[tokio::test]
async fn a_body_that_drips_is_408_whatever_it_is() {
    let server = Listening::start(quick()).await;
    for (path, media_type) in [
        ("calculations", "application/json"),
        ("rulesets", PACKAGE),
        ("employees/import", "text/csv"),
    ] {
        let answer = drip(&server, server.head(path, media_type, 100_000)).await;
        let answer = answer.unwrap_or_else(|| panic!("{path} waits for ever"));
        assert!(answer.starts_with("HTTP/1.1 408 "), "{path}: {answer}");
        assert!(answer.contains("\"limit\":\"body_rate\""), "{path}: {answer}");
    }
}

#[tokio::test]
async fn a_batch_that_drips_ends_and_gives_its_room_back() {
    let limits = Limits { concurrent_batches: Share::of(1), ..quick() };
    let server = Listening::with_bonus(limits).await;
    let head = server.head("calculations/batch", "application/x-ndjson", 100_000);
    let answer = drip(&server, head).await.expect("a dripping batch waits for ever");
    assert!(answer.contains("urn:stele:problem:request-timeout"), "{answer}");
    eventually("the batch's room", async || {
        let body = "{\"slot\": \"bonus\", \"date\": \"2020-06-30\", \"facts\": {\"number\": 1}}";
        let path = "/v1/tenants/acme/calculations/batch";
        let server = &server.server;
        let answer = server.post_as(&server.acme, path, "application/x-ndjson", body).await;
        answer.status == 200
    })
    .await;
}

#[tokio::test]
async fn a_slow_body_at_the_least_rate_is_taken() {
    let server = Listening::with_bonus(quick()).await;
    let body = "{\"slot\": \"bonus\", \"date\": \"2020-06-30\", \"facts\": {\"number\": 1}}";
    let body = format!("{body}{}", " ".repeat(3000));
    let head = server.head_of_a_calculation(body.len());
    let mut stream = server.connect().await;
    stream.write_all(head.as_bytes()).await.unwrap();
    // About 2,500 bytes a second, for three times as long as the grace.
    for piece in body.as_bytes().chunks(250) {
        stream.write_all(piece).await.unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let mut answer = vec![0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(answer, b"HTTP/1.1 200");
}
