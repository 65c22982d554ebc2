//! A tenant's rule that burns all its fuel costs that tenant time, and nobody else. The server has
//! one thread here: where a rule burned on it, nothing else would be answered before it ended.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::StatusCode;
use serde_json::{Value, json};
use stele_runtime::Settings;
use stele_server::limits::Limits;
use tokio::io::AsyncWriteExt;
use tokio::task::JoinHandle;

use crate::network::Listening;
use crate::support::{Answer, PACKAGE, Server, burning, burning_cases, package, slow};

const BATCH: &str = "/v1/tenants/acme/calculations/batch";
const NDJSON: &str = "application/x-ndjson";

/// Longer than anything here takes on a crowded machine: only a defect reaches it.
const LONG: Duration = Duration::from_secs(120);

/// Waits until something holds.
async fn until(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < LONG, "{what}");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

fn calculation(number: u64) -> Value {
    json!({ "slot": "bonus", "date": "2020-06-30", "facts": { "number": number } })
}

/// A line that burns.
fn burns() -> String {
    calculation(1).to_string() + "\n"
}

/// `acme` has a rule in force that loops for the number 1, `other` an honest one.
async fn server() -> Server {
    let server = Server::with_settings(Limits::default(), Settings::default()).await;
    server.publish_and_activate(&burning("1.0.0")).await;
    server.publish_and_activate_as("other", &package()).await;
    server
}

/// Evaluations that have burned all their fuel so far.
fn burned(server: &Server) -> u64 {
    let failures = server.runtime.statistics().engine.failures;
    failures.into_iter().find(|(cause, _)| *cause == "out_of_fuel").unwrap().1
}

/// Sends something that burns, and comes back once it does.
async fn burn(
    server: &Server,
    path: &str,
    media_type: &str,
    body: impl Into<Body>,
) -> JoinHandle<Answer> {
    let (router, token) = (server.router.clone(), server.acme.clone());
    let request = crate::support::request("POST", path, &token).header("content-type", media_type);
    let request = request.body(body.into()).unwrap();
    let before = burned(server);
    let burning = tokio::spawn(async move { crate::support::send(router, request).await });
    until("it burns", || burned(server) > before).await;
    burning
}

/// Another tenant calculates, and whoever asks whether the server lives is told so.
async fn others_are_served(server: &Server) {
    for number in 0..20 {
        let path = "/v1/tenants/other/calculations";
        let body = calculation(number).to_string();
        let answer = server.post_as(&server.other, path, "application/json", body).await;
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.bytes));
        assert_eq!(answer.json()["lines"][0]["amount"], json!((number + 10).to_string()));
        assert_eq!(server.get("/healthz").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_batch_that_burns_keeps_nobody_else_waiting() {
    let server = server().await;
    let batch = burn(&server, BATCH, NDJSON, burns().repeat(100)).await;
    others_are_served(&server).await;
    let burned = burned(&server);
    assert!(burned < 100, "all {burned} lines were burned before another was answered");
    let answers = batch.await.unwrap().lines();
    assert_eq!(answers.len(), 100);
    for (line, answer) in (1..).zip(&answers) {
        assert_eq!((&answer["line"], &answer["status"]), (&json!(line), &json!(500)), "{answer}");
    }
}

#[tokio::test]
async fn single_calculations_that_burn_keep_nobody_else_waiting() {
    let server = server().await;
    let path = "/v1/tenants/acme/calculations";
    let mut burning = Vec::new();
    for _ in 0..50 {
        burning.push(burn(&server, path, "application/json", calculation(1).to_string()));
    }
    let burning: Vec<_> = futures::future::join_all(burning).await;
    others_are_served(&server).await;
    for burning in burning {
        burning.await.unwrap().problem(500, "evaluation-failed");
    }
}

/// 1,000 people, and a candidate that burns for every one of them.
#[tokio::test]
async fn an_impact_report_that_burns_keeps_nobody_else_waiting() {
    let server = server().await;
    let candidate = burning("1.1.0");
    let path = "/v1/tenants/acme/rulesets";
    assert_eq!(server.post_as(&server.acme, path, PACKAGE, candidate).await.status, 201);
    let people: String = (0..1000)
        .map(|id| {
            let number = json!([{ "from": "2020-01-01", "value": 1 }]);
            json!({ "id": format!("e-{id}"), "attributes": { "number": number } }).to_string()
                + "\n"
        })
        .collect();
    let path = "/v1/tenants/acme/employees/import";
    let imported = server.post_as(&server.acme, path, NDJSON, people).await;
    assert_eq!(imported.status, 200, "{}", String::from_utf8_lossy(&imported.bytes));
    let asked = json!({
        "slot": "bonus", "candidate": { "ruleset": "test/burning", "version": "1.1.0" },
        "population": { "all": true }, "dates": ["2020-06-30"],
    });
    let path = "/v1/tenants/acme/impact-reports";
    let report = burn(&server, path, "application/json", asked.to_string()).await;
    assert_eq!(report.await.unwrap().status, 202);
    others_are_served(&server).await;
    let burned = burned(&server);
    assert!(burned < 1000, "{burned} of 2,000 had burned before another was answered");
    // And its own people are served beside it.
    let own = server.post("/v1/tenants/acme/calculations", &calculation(2)).await;
    assert_eq!(own.status, 200);
    server.runtime.stop_impact_reports(LONG).await;
}

/// What is recorded costs as much again when it is run again.
#[tokio::test]
async fn replays_that_take_long_keep_nobody_else_waiting() {
    let server = Server::start().await;
    server.publish_and_activate(&slow("1.0.0")).await;
    server.publish_and_activate_as("other", &package()).await;
    let mut line = calculation(4);
    line["record"] = json!(true);
    let lines = (line.to_string() + "\n").repeat(60);
    let recorded = server.post_as(&server.acme, BATCH, NDJSON, lines).await.lines();
    let id = recorded[0]["receipt"]["result"].as_str().unwrap().to_owned();
    let evaluations = || server.runtime.statistics().engine.evaluations;

    let (router, token, before) = (server.router.clone(), server.acme.clone(), evaluations());
    let request = crate::support::request("POST", "/v1/tenants/acme/replays", &token)
        .header("content-type", "application/json");
    let request = request.body("{}".into()).unwrap();
    let replays = tokio::spawn(async move { crate::support::send(router, request).await });
    until("it is run again", || server.runtime.statistics().compute.running > 0).await;
    others_are_served(&server).await;
    let done = evaluations() - before;
    assert!(done < 60 + 20, "{done}: all was run again before another was answered");
    let answer = replays.await.unwrap().lines();
    assert_eq!(answer[0]["summary"]["identical"], 60, "{answer:?}");

    let replay = server.post(&format!("/v1/tenants/acme/results/{id}/replay"), &json!({})).await;
    assert_eq!(replay.json()["identical"], true);
}

/// A package may bring a thousand cases.
#[tokio::test]
async fn a_publication_that_burns_keeps_nobody_else_waiting() {
    let server = server().await;
    let package = burning_cases(200);
    let publication = burn(&server, "/v1/tenants/acme/rulesets", PACKAGE, package).await;
    others_are_served(&server).await;
    let burned = burned(&server);
    assert!(burned < 200, "all {burned} cases were burned before another was answered");
    publication.await.unwrap().problem(422, "package-refused");
}

/// The same over a connection: whoever hangs up while the cases of a package run, over HTTP/1 or
/// HTTP/2, ends them. Only an idempotency key has them go on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_cases_of_a_publication_end_with_the_connection() {
    const CASES: u64 = 400;
    let listening = Listening::start(Limits::default()).await;
    let server = &listening.server;
    let package = burning_cases(400);
    let idle = || {
        let compute = server.runtime.statistics().compute;
        compute.holders == 0 && compute.running == 0
    };
    for over_http2 in [false, true] {
        let before = burned(server);
        let burning = || burned(server) > before;
        if over_http2 {
            let (mut sender, connection) = listening.connect_http2(1 << 20).await;
            let connection = tokio::spawn(connection);
            let path = "http://localhost/v1/tenants/acme/rulesets";
            let request = axum::http::Request::post(path)
                .header("authorization", format!("Bearer {}", server.acme))
                .header("content-type", PACKAGE);
            let (answer, mut body) = sender.send_request(request.body(()).unwrap(), false).unwrap();
            body.send_data(package.clone().into(), true).unwrap();
            until("the cases run", burning).await;
            drop((answer, body, sender));
            connection.abort();
        } else {
            let mut stream = listening.connect().await;
            let head = listening.head("rulesets", PACKAGE, package.len());
            stream.write_all(head.as_bytes()).await.unwrap();
            stream.write_all(&package).await.unwrap();
            until("the cases run", burning).await;
            drop(stream);
        }
        until("the threads are idle", idle).await;
        let done = burned(server) - before;
        assert!(done < CASES, "all {done} cases were run for nobody, HTTP/2: {over_http2}");
    }
}

/// A client that hangs up is not worked for.
#[tokio::test]
async fn work_ends_with_whoever_waits_for_it() {
    let server = server().await;
    let single = calculation(1).to_string();
    for (path, media_type, body) in [
        (BATCH, NDJSON, burns().repeat(10_000)),
        ("/v1/tenants/acme/calculations", "application/json", single),
        ("/v1/tenants/acme/rulesets", PACKAGE, String::new()),
    ] {
        let body = if body.is_empty() { burning_cases(500) } else { body.into_bytes() };
        burn(&server, path, media_type, body).await.abort();
        let compute = || server.runtime.statistics().compute;
        until("the threads are idle", || compute().holders == 0 && compute().running == 0).await;
        let burned = burned(&server);
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(self::burned(&server), burned, "{path}");
    }
    let metrics = server.get("/metrics").await;
    let metrics = String::from_utf8(metrics.bytes.to_vec()).unwrap();
    assert!(metrics.contains("stele_compute_jobs{state=\"begun\"} 0"), "{metrics}");
}
