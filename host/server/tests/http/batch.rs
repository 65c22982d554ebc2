//! Many calculations in one request.

use std::time::Duration;

use axum::body::{Body, Bytes};
use futures::StreamExt;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use stele_server::limits::{Limits, Share};
use tokio_stream::wrappers::ReceiverStream;
use tower::ServiceExt;

use crate::support::{PACKAGE, Server, honest, package, request, with, written};

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
async fn a_caller_that_does_not_read_is_read_from_as_far_as_its_lines_may_wait() {
    let limits = Limits { batch_ahead_bytes: 16 << 10, ..Limits::default() };
    let server = Server::with_limits(limits).await;
    server.publish_and_activate(&package()).await;
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

/// A ruleset whose answers are as long as their label may be: 4 KiB.
fn long_answers() -> Vec<u8> {
    let texts = String::from_utf8(honest()["texts/en.toml"].clone()).unwrap();
    let long = format!("answer = \"{}\"", "a".repeat(4096));
    written(with(honest(), "texts/en.toml", &texts.replace("answer = \"Answer\"", &long)))
}

/// How many of 10,000 lines are calculated for a caller who reads one piece of the answer.
async fn calculated_unread(batch_waiting_bytes: usize) -> u64 {
    let limits = Limits { batch_waiting_bytes, ..Limits::default() };
    let server = Server::with_limits(limits).await;
    server.publish_and_activate(&long_answers()).await;
    let evaluations = || server.runtime.statistics().engine.evaluations;
    let before = evaluations();
    let body = Body::from((line(1) + "\n").repeat(10_000));
    let request = request("POST", PATH, &server.acme).header("content-type", NDJSON);
    let response = server.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
    let mut answers = response.into_body();
    answers.frame().await.unwrap().unwrap();
    let mut calculated = evaluations() - before;
    // On a busy machine a while may pass without a turn for this tenant: nothing more comes only after
    // several.
    let mut quiet = 0;
    while quiet < 8 {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let now = evaluations() - before;
        quiet = if now == calculated { quiet + 1 } else { 0 };
        calculated = now;
    }
    calculated
}

/// An attack: a few bytes of request for each long answer, and nothing of them is read.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_that_is_not_read_holds_no_more_than_its_bytes() {
    const BYTES: usize = 64 << 10;
    // As much again for what was calculated and found no room.
    let most = u64::try_from(2 * BYTES / 4096).unwrap();
    let calculated = calculated_unread(BYTES).await;
    assert!(calculated <= most, "{calculated} answers of 4 KiB are held; {most} may be");
    // It is the limit that holds them back.
    let calculated = calculated_unread(1 << 30).await;
    assert!(calculated > 2 * most, "{calculated} answers are as good as none");
}

/// However little may wait, every line comes, in order, and what is to be recorded is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_of_which_hardly_anything_may_wait_comes_to_its_end() {
    for bytes in [1, 5_000, 50_000] {
        let limits = Limits { batch_waiting_bytes: bytes, ..Limits::default() };
        let server = Server::with_limits(limits).await;
        server.publish_and_activate(&long_answers()).await;
        let lines: String = (0..300)
            .map(|number| {
                let record = number % 3 == 0;
                let facts = json!({ "number": number });
                json!({ "slot": "bonus", "date": "2020-06-30", "facts": facts, "record": record })
                    .to_string()
                    + "\n"
            })
            .collect();
        let answering = server.post_as(&server.acme, PATH, NDJSON, lines);
        let answers = tokio::time::timeout(Duration::from_secs(120), answering).await;
        let answers = answers.unwrap_or_else(|_| panic!("it stands still at {bytes}")).lines();
        assert_eq!(answers.len(), 300);
        for (number, answer) in (0..).zip(&answers) {
            assert_eq!(answer["lines"][0]["amount"], json!((number + 10).to_string()), "{bytes}");
        }
        let last = answers[297]["receipt"]["result"].as_str().unwrap();
        let recorded = server.get(&format!("/v1/tenants/acme/results/{last}")).await;
        assert_eq!(recorded.json()["lines"][0]["amount"], "307");
    }
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

/// A line that records, perhaps under a key.
fn recording(number: i64, key: Option<&str>) -> Value {
    let mut line = json!({
        "slot": "bonus", "date": "2020-06-30", "facts": { "number": number }, "record": true,
    });
    if let Some(key) = key {
        line["idempotency_key"] = json!(key);
    }
    line
}

/// Sends lines, with a key of the request.
async fn sent(server: &Server, key: Option<&str>, lines: &[Value]) -> Vec<Value> {
    let body: Vec<String> = lines.iter().map(Value::to_string).collect();
    let mut request = request("POST", PATH, &server.acme).header("content-type", NDJSON);
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    let answer = server.send(request.body(Body::from(body.join("\n"))).unwrap()).await;
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.bytes));
    answer.lines()
}

async fn all_recorded(server: &Server) -> usize {
    let list = server.get("/v1/tenants/acme/results?limit=1000").await.json();
    list["results"].as_array().unwrap().len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_under_a_key_is_recorded_once_and_answered_the_same() {
    let server = Server::with_bonus().await;
    let keys: Vec<String> = (0..300).map(|number| format!("2020-06/e-{number}")).collect();
    let lines: Vec<Value> =
        (0..).zip(&keys).map(|(number, key)| recording(number, Some(key))).collect();
    let first = sent(&server, None, &lines).await;
    assert_eq!(all_recorded(&server).await, 300);
    // In another order, and with one more.
    let mut again: Vec<Value> = lines.iter().rev().cloned().collect();
    again.push(recording(7, Some("new")));
    let second = sent(&server, None, &again).await;
    assert_eq!(second[..300].iter().rev().collect::<Vec<_>>(), first.iter().collect::<Vec<_>>());
    assert_eq!(all_recorded(&server).await, 301);
    // Without `record` nothing is remembered under it.
    let mut plain = recording(9, Some("plain"));
    plain["record"] = json!(false);
    let answers = sent(&server, None, &[plain, recording(9, Some("plain"))]).await;
    assert!(answers.iter().all(|answer| answer["lines"][0]["amount"] == "19"), "{answers:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_key_twice_in_one_batch_records_once() {
    let server = Server::with_bonus().await;
    let same = recording(1, Some("k"));
    let lines = [same.clone(), same.clone(), recording(2, Some("k")), same, recording(3, None)];
    let answers = sent(&server, None, &lines).await;
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[3]);
    assert_eq!((&answers[2]["status"], &answers[2]["line"]), (&json!(422), &json!(3)));
    assert_eq!(answers[2]["type"], "urn:stele:problem:idempotency-key-reused");
    assert_eq!(answers[2]["idempotency_key"], "k");
    assert_eq!(answers[4]["lines"][0]["amount"], "13");
    assert_eq!(all_recorded(&server).await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_batches_of_the_same_lines_at_once_record_each_line_once() {
    let server = Server::with_bonus().await;
    let keys: Vec<String> = (0..200).map(|number| format!("k{number}")).collect();
    let lines: Vec<Value> =
        (0..).zip(&keys).map(|(number, key)| recording(number, Some(key))).collect();
    let batches = (0..4).map(|_| sent(&server, None, &lines));
    let answers = futures::future::join_all(batches).await;
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(all_recorded(&server).await, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_under_a_key_records_its_lines_once_and_another_line_in_it_is_a_problem() {
    let server = Server::with_bonus().await;
    let lines: Vec<Value> = (0..40).map(|number| recording(number, None)).collect();
    let first = sent(&server, Some("june"), &lines[..25]).await;
    // The whole of it, after a part of it broke off.
    let second = sent(&server, Some("june"), &lines).await;
    assert_eq!(second[..25], first);
    assert_eq!(all_recorded(&server).await, 40);
    let mut changed = lines.clone();
    changed[3] = recording(1000, None);
    let third = sent(&server, Some("june"), &changed).await;
    assert_eq!((&third[3]["status"], &third[3]["line"]), (&json!(422), &json!(4)));
    assert_eq!((&third[2], &third[4]), (&second[2], &second[4]));
    assert_eq!(all_recorded(&server).await, 40);
    let refused = request("POST", PATH, &server.acme).header("content-type", NDJSON);
    let refused = refused.header("idempotency-key", "two words").body(Body::from(line(1)));
    server.send(refused.unwrap()).await.problem(400, "malformed-request");
}

#[tokio::test]
async fn a_problem_says_whose_line_it_is() {
    let server = Server::with_bonus().await;
    let wrong = [
        json!({ "slot": "bonus", "date": "2020-06-30", "employee": "e-9", "record": true,
            "idempotency_key": "pay/e-9" }),
        json!({ "slot": "bonus", "employee": "e-8", "idempotency_key": "pay/e-8", "extra": 1 }),
        json!({ "slot": "bonus", "date": "2020-06-30", "idempotency_key": 7 }),
        recording(1, Some("two words")),
    ];
    let answers = sent(&server, None, &wrong).await;
    let shape: Vec<_> = answers
        .iter()
        .map(|problem| {
            (
                problem["line"].as_u64(),
                problem["employee"].as_str(),
                problem["idempotency_key"].as_str(),
            )
        })
        .collect();
    let expected = [
        (Some(1), Some("e-9"), Some("pay/e-9")),
        (Some(2), Some("e-8"), Some("pay/e-8")),
        (Some(3), None, None),
        (Some(4), None, Some("two words")),
    ];
    assert_eq!(shape, expected);
    assert_eq!(crate::support::pointers(&answers[2]), ["/idempotency_key"]);
    assert_eq!(crate::support::pointers(&answers[3]), ["/idempotency_key"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_are_compressed_for_who_asks_for_it() {
    let server = Server::with_bonus().await;
    let lines: String = (0..500).map(|number| line(number) + "\n").collect();
    let asked = async |path: &str, encoding: Option<&str>| {
        let (method, body) = match path {
            PATH => ("POST", lines.clone()),
            _ => ("GET", String::new()),
        };
        let mut request = request(method, path, &server.acme).header("content-type", NDJSON);
        if let Some(encoding) = encoding {
            request = request.header("accept-encoding", encoding);
        }
        let answer = server.send(request.body(Body::from(body)).unwrap()).await;
        assert_eq!(answer.status, 200);
        answer
    };
    let plain = asked(PATH, None).await;
    assert_eq!(plain.header("content-encoding"), "");
    for encoding in ["zstd", "gzip"] {
        let answer = asked(PATH, Some(encoding)).await;
        assert_eq!(answer.header("content-encoding"), encoding);
        assert!(answer.bytes.len() * 5 < plain.bytes.len(), "{} bytes", answer.bytes.len());
        let mut decoded = Vec::new();
        let mut decoder: Box<dyn std::io::Read> = match encoding {
            "zstd" => Box::new(zstd::stream::read::Decoder::new(&answer.bytes[..]).unwrap()),
            _ => Box::new(flate2::read::GzDecoder::new(&answer.bytes[..])),
        };
        std::io::Read::read_to_end(&mut decoder, &mut decoded).unwrap();
        let amounts = |bytes: &[u8]| -> Vec<Value> {
            let text = std::str::from_utf8(bytes).unwrap();
            let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
            lines.map(|line| line["lines"].clone()).collect()
        };
        assert_eq!(amounts(&decoded), amounts(&plain.bytes));
        for list in ["/v1/tenants/acme/results", "/v1/tenants/acme/audit"] {
            let answer = asked(list, Some(encoding)).await;
            assert_eq!(answer.header("content-encoding"), encoding, "{list}");
        }
    }
}
