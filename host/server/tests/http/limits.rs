//! What the server takes at most.

use std::time::Duration;

use axum::body::{Body, Bytes};
use serde_json::{Value, json};
use stele_server::limits::{Limits, Share};
use tower::ServiceExt;

use crate::support::{PACKAGE, Server, package, request};

const CALCULATIONS: &str = "/v1/tenants/acme/calculations";

#[tokio::test]
async fn a_body_over_the_limit_is_413() {
    let limits = Limits {
        json_body_bytes: 1000,
        package_bytes: 1000,
        import_bytes: 1000,
        ..Limits::default()
    };
    let server = Server::with_limits(limits).await;
    for (path, media_type) in [
        (CALCULATIONS, "application/json"),
        ("/v1/tenants/acme/rulesets", PACKAGE),
        ("/v1/tenants/acme/employees/import", "text/csv"),
    ] {
        let answer = server.post_as(&server.acme, path, media_type, vec![b' '; 1001]).await;
        answer.problem(413, "too-large");
        // Without a length in its head, too.
        let pieces = futures::stream::repeat_with(|| {
            Ok::<_, std::io::Error>(Bytes::from_static(&[b' '; 100]))
        });
        let request = request("POST", path, &server.acme).header("content-type", media_type);
        let endless = server.send(request.body(Body::from_stream(pieces)).unwrap()).await;
        endless.problem(413, "too-large");
    }
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_408() {
    let limits = Limits { body_timeout: Duration::from_millis(50), ..Limits::default() };
    let server = Server::with_limits(limits).await;
    let never = futures::stream::pending::<Result<Bytes, std::io::Error>>();
    let request = request("POST", CALCULATIONS, &server.acme)
        .header("content-type", "application/json")
        .body(Body::from_stream(never))
        .unwrap();
    server.send(request).await.problem(408, "request-timeout");
}

#[tokio::test]
async fn a_body_that_breaks_off_is_400() {
    let server = Server::start().await;
    let broken =
        futures::stream::iter([Ok(Bytes::from_static(b"{")), Err(std::io::Error::other("gone"))]);
    let request = request("POST", CALCULATIONS, &server.acme)
        .header("content-type", "application/json")
        .body(Body::from_stream(broken))
        .unwrap();
    server.send(request).await.problem(400, "malformed-request");
}

#[tokio::test]
async fn a_request_too_many_is_503_and_the_operator_is_still_answered() {
    let limits = Limits { concurrent_requests: Share::of(1), ..Limits::default() };
    let server = Server::with_limits(limits).await;
    let never = futures::stream::pending::<Result<Bytes, std::io::Error>>();
    let slow = request("POST", CALCULATIONS, &server.acme)
        .header("content-type", "application/json")
        .body(Body::from_stream(never))
        .unwrap();
    let running = tokio::spawn(server.router.clone().oneshot(slow));
    tokio::time::sleep(Duration::from_millis(50)).await;
    let refused = server.get_as(&server.other, "/v1/tenants/other/activations").await;
    refused.problem(503, "saturated");
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(server.get("/healthz").await.status, 200);
    assert_eq!(server.get("/metrics").await.status, 200);
    running.abort();
    let _ = running.await;
    assert_eq!(server.get("/v1/tenants/acme/activations").await.status, 200);
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_given_up() {
    let limits = Limits { request_timeout: Duration::from_millis(50), ..Limits::default() };
    let server = Server::with_limits(limits).await;
    let never = futures::stream::pending::<Result<Bytes, std::io::Error>>();
    let slow = request("POST", CALCULATIONS, &server.acme)
        .header("content-type", "application/json")
        .body(Body::from_stream(never))
        .unwrap();
    server.send(slow).await.problem(503, "timeout");
}

#[tokio::test]
async fn an_answer_over_the_limit_is_refused_and_not_recorded() {
    let limits = Limits { answer_bytes: 300, ..Limits::default() };
    let server = Server::with_limits(limits).await;
    server.publish_and_activate(&package()).await;
    for record in [false, true] {
        let body = json!({
            "slot": "bonus", "date": "2020-06-30", "facts": { "number": 1 }, "record": record,
        });
        let problem = server.post(CALCULATIONS, &body).await.problem(422, "answer-too-large");
        assert_eq!((&problem["limit"], &problem["most"]), (&json!("answer_bytes"), &json!(300)));
        let batch = format!("{CALCULATIONS}/batch");
        let lines = format!("{body}\n{body}\n");
        let answer = server.post_as(&server.acme, &batch, "application/x-ndjson", lines).await;
        for (number, line) in (1..).zip(answer.lines()) {
            assert_eq!(line["type"], "urn:stele:problem:answer-too-large");
            assert_eq!(line["line"], number);
        }
    }
    let log = server.get("/v1/tenants/acme/audit?limit=1000").await.json();
    let recorded = |entry: &&Value| entry["action"] == "result.recorded";
    assert_eq!(log["entries"].as_array().unwrap().iter().filter(recorded).count(), 0, "{log}");
}

#[tokio::test]
async fn what_is_read_back_has_a_limit_too() {
    let limits = Limits { document_bytes: 300, ..Limits::default() };
    let server = Server::with_limits(limits).await;
    server.publish_and_activate(&package()).await;
    let facts = json!({ "number": 1 });
    let body = json!({ "slot": "bonus", "date": "2020-06-30", "facts": facts, "record": true });
    let recorded = server.post(CALCULATIONS, &body).await.json();
    let result = recorded["receipt"]["result"].as_str().unwrap();
    for id in ["e-1", "e-2", "e-3"] {
        let number = json!([{ "from": "2020-01-01", "value": 4 }]);
        let body = json!({ "attributes": { "number": number } });
        let path = format!("/v1/tenants/acme/employees/{id}");
        assert_eq!(server.json_with("PUT", &path, &[], &body).await.status, 201);
    }
    for path in [format!("results/{result}"), "employees".to_owned()] {
        let answer = server.get(&format!("/v1/tenants/acme/{path}")).await;
        let problem = answer.problem(422, "answer-too-large");
        assert_eq!(
            (&problem["limit"], &problem["most"]),
            (&json!("document_bytes"), &json!(300)),
            "{path}"
        );
    }
    // Asking for less helps.
    assert_eq!(server.get("/v1/tenants/acme/employees?limit=1").await.status, 200);
}
