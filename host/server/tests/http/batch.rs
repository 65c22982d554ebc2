//! Many calculations in one request.

use std::time::Duration;

use axum::body::{Body, Bytes};
use futures::StreamExt;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use stele_server::limits::{Limits, Share};
use tokio_stream::wrappers::ReceiverStream;
use tower::ServiceExt;

use crate::support::{PACKAGE, Server, package, request};

const PATH: &str = "/v1/tenants/acme/calculations/batch";
const NDJSON: &str = "application/x-ndjson";

fn line(number: i64) -> String {
    json!({ "slot": "bonus", "date": "2020-06-30", "facts": { "number": number } }).to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_come_in_the_order_of_the_lines() {
    let server = Server::with_bonus().await;
    let body: Vec<String> = (0..1000).map(line).collect();
    let answer = server.post_as(&server.acme, PATH, NDJSON, body.join("\n")).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, NDJSON));
    let amounts: Vec<Value> =
        answer.lines().iter().map(|result| result["lines"][0]["amount"].clone()).collect();
    let expected: Vec<Value> = (0..1000).map(|number| json!((number + 10).to_string())).collect();
    assert_eq!(amounts, expected);
}

#[tokio::test]
async fn a_wrong_line_costs_that_line_only() {
    let limits = Limits { line_bytes: 1000, ..Limits::default() };
    let server = Server::with_limits(limits).await;
    server.publish_and_activate(&package()).await;
    let lines = [
        line(1),
        "{not json".to_owned(),
        String::new(),
        json!({ "slot": "bonus", "date": "2020-06-30", "facts": { "number": "x" } }).to_string(),
        "9".repeat(2000),
        json!({ "slot": "bonus" }).to_string(),
        line(2),
    ];
    let answers = server.post_as(&server.acme, PATH, NDJSON, lines.join("\n")).await.lines();
    let shape: Vec<(Value, Value)> = answers
        .iter()
        .map(|answer| (answer["line"].clone(), answer.get("status").cloned().unwrap_or(json!(200))))
        .collect();
    let problem = |line: u64, status: u64| (json!(line), json!(status));
    let result = (Value::Null, json!(200));
    assert_eq!(
        shape,
        [
            result.clone(),
            problem(2, 400),
            problem(4, 422),
            problem(5, 413),
            problem(6, 422),
            result
        ]
    );
    assert_eq!(answers[2]["errors"][0]["pointer"], "/facts/number");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_result_of_a_batch_is_the_result_of_a_single_calculation() {
    let server = Server::with_bonus().await;
    let single = server
        .post_as(&server.acme, "/v1/tenants/acme/calculations", "application/json", line(7))
        .await;
    let batch = server.post_as(&server.acme, PATH, NDJSON, line(7)).await;
    assert_eq!(single.json(), batch.lines()[0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_comes_before_the_request_has_ended() {
    let server = Server::with_bonus().await;
    let (sender, receiver) = tokio::sync::mpsc::channel::<Result<Bytes, std::io::Error>>(1);
    let body = Body::from_stream(ReceiverStream::new(receiver));
    let request = request("POST", PATH, &server.acme).header("content-type", NDJSON);
    let response = server.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
    let mut answers = response.into_body().into_data_stream();
    for number in 0..3 {
        sender.send(Ok(Bytes::from(line(number) + "\n"))).await.unwrap();
        let answer = tokio::time::timeout(Duration::from_secs(10), answers.next()).await;
        let answer: Value = serde_json::from_slice(&answer.unwrap().unwrap().unwrap()).unwrap();
        assert_eq!(answer["lines"][0]["amount"], (number + 10).to_string());
    }
    drop(sender);
    assert!(answers.next().await.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_caller_that_does_not_read_is_not_read_from() {
    let server = Server::with_bonus().await;
    let taken = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counter = taken.clone();
    let endless = futures::stream::repeat_with(move || {
        counter.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Ok::<_, std::io::Error>(Bytes::from(line(1) + "\n"))
    });
    let body = Body::from_stream(endless);
    let request = request("POST", PATH, &server.acme).header("content-type", NDJSON);
    let response = server.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
    let mut answers = response.into_body();
    answers.frame().await.unwrap().unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let taken = taken.load(std::sync::atomic::Ordering::Relaxed);
    assert!(taken < 1000, "{taken} lines were taken for one piece of answer");
}

#[tokio::test]
async fn too_many_batches_at_once_are_told_to_come_back() {
    let limits = Limits { concurrent_batches: Share::of(1), ..Limits::default() };
    let server = Server::with_limits(limits).await;
    let published =
        server.post_as(&server.acme, "/v1/tenants/acme/rulesets", PACKAGE, package()).await;
    assert_eq!(published.status, 201);
    let open = |body: Body| {
        request("POST", PATH, &server.acme).header("content-type", NDJSON).body(body).unwrap()
    };
    let endless = Body::from_stream(futures::stream::pending::<Result<Bytes, std::io::Error>>());
    let first = server.router.clone().oneshot(open(endless)).await.unwrap();
    let second = server.send(open(Body::from(line(1)))).await;
    second.problem(429, "share-used");
    assert!(!second.header("retry-after").is_empty());
    drop(first);
    assert_eq!(server.send(open(Body::from(line(1)))).await.status, 200);
}
