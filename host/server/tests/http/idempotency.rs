//! The same request twice has one effect.

use std::{
    future::{Future, poll_fn},
    pin::pin,
    sync::Arc,
    task::Poll,
    time::Duration,
};

use serde_json::json;
use stele_runtime::TokenScope;

use crate::support::{PACKAGE, Server, package, request};

const ACTIVATIONS: &str = "/v1/tenants/acme/activations";

#[tokio::test]
async fn the_same_request_under_the_same_key_is_answered_again_and_done_once() {
    let server = Server::with_bonus().await;
    let body = json!({ "slot": "again", "ruleset": "test/bonus", "version": "1.0.0", "valid_from": "2020-01-01" });
    let headers = [("idempotency-key", "k-1")];
    let first = server.json_with("POST", ACTIVATIONS, &headers, &body).await;
    let second = server.json_with("POST", ACTIVATIONS, &headers, &body).await;
    assert_eq!((first.status.as_u16(), first.header("idempotency-replayed")), (201, ""));
    assert_eq!((second.status.as_u16(), second.header("idempotency-replayed")), (201, "true"));
    assert_eq!(first.bytes, second.bytes);
    let history = server.get(&format!("{ACTIVATIONS}?slot=again")).await.json();
    assert_eq!(history["activations"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn another_request_under_the_same_key_is_refused() {
    let server = Server::with_bonus().await;
    let body = |slot: &str| json!({ "slot": slot, "ruleset": "test/bonus", "version": "1.0.0", "valid_from": "2020-01-01" });
    let headers = [("idempotency-key", "k-1")];
    server.json_with("POST", ACTIVATIONS, &headers, &body("one")).await;
    let other = server.json_with("POST", ACTIVATIONS, &headers, &body("two")).await;
    other.problem(422, "idempotency-key-reused");
    let wrong = [("idempotency-key", "not a key")];
    server
        .json_with("POST", ACTIVATIONS, &wrong, &body("one"))
        .await
        .problem(400, "malformed-request");
}

#[tokio::test]
async fn keys_of_two_tenants_are_not_the_same_key() {
    let server = Server::start().await;
    let import = async |token: &str, tenant: &str| {
        let request = request("POST", &format!("/v1/tenants/{tenant}/employees/import"), token)
            .header("content-type", "application/x-ndjson")
            .header("idempotency-key", "k-1");
        let body = "{\"id\": \"e-1\", \"attributes\": {}}".to_owned();
        server.send(request.body(body.into()).unwrap()).await
    };
    for (token, tenant) in [(&server.acme, "acme"), (&server.other, "other")] {
        let answer = import(token, tenant).await;
        assert_eq!((answer.status.as_u16(), answer.header("idempotency-replayed")), (200, ""));
        assert_eq!(import(token, tenant).await.header("idempotency-replayed"), "true");
    }
}

#[tokio::test]
async fn a_refusal_is_not_remembered() {
    let server = Server::with_bonus().await;
    let headers = [("idempotency-key", "k-1")];
    let body = json!({ "slot": "x", "ruleset": "test/bonus", "version": "1.1.0", "valid_from": "2020-01-01" });
    server.json_with("POST", ACTIVATIONS, &headers, &body).await.problem(422, "invalid-body");
    let newer = crate::support::package_with_bonus("1.1.0", 30);
    let published = server.post_as(&server.acme, "/v1/tenants/acme/rulesets", PACKAGE, newer).await;
    assert_eq!(published.status, 201);
    let again = server.json_with("POST", ACTIVATIONS, &headers, &body).await;
    assert_eq!((again.status.as_u16(), again.header("idempotency-replayed")), (201, ""));
}

#[tokio::test]
async fn a_tokens_secret_is_not_remembered() {
    let server = Server::start().await;
    let create = async || {
        let request = request("POST", "/v1/tenants/acme/tokens", &server.operator)
            .header("content-type", "application/json")
            .header("idempotency-key", "k-1");
        let body = json!({ "name": "x", "scopes": ["calculate"] }).to_string();
        server.send(request.body(body.into()).unwrap()).await.json()
    };
    let (first, second) = (create().await, create().await);
    assert!(first["secret"].as_str().unwrap().starts_with("stele_"));
    assert_eq!((&second["id"], second.get("secret")), (&first["id"], None));
}

#[tokio::test]
async fn a_publication_is_answered_again_with_its_report() {
    let server = Server::start().await;
    let publish = async || {
        let request = request("POST", "/v1/rulesets", &server.operator)
            .header("content-type", PACKAGE)
            .header("idempotency-key", "k-1");
        server.send(request.body(package().into()).unwrap()).await
    };
    let (first, second) = (publish().await, publish().await);
    assert_eq!((first.status.as_u16(), second.status.as_u16()), (201, 201));
    assert_eq!(first.json(), second.json());
}

#[tokio::test]
async fn keys_of_two_people_are_not_the_same_key() {
    let server = Server::with_bonus().await;
    let policy = json!({ "policy": { "approvals": [{ "slots": "*", "approvals": 2 }] } });
    let written = server.json_with("PUT", "/v1/tenants/acme/policy", &[], &policy).await;
    assert_eq!(written.status, 200);
    let proposal = json!({ "slot": "new", "ruleset": "test/bonus", "version": "1.0.0", "valid_from": "2020-01-01" });
    let proposed = server.post("/v1/tenants/acme/proposals", &proposal).await.json();
    let path = format!("/v1/tenants/acme/proposals/{}/approval", proposed["id"].as_str().unwrap());
    let mut states = Vec::new();
    for _ in 0..2 {
        let approver = server.token("acme", &[TokenScope::ActivationsApprove]).await;
        let approval = request("POST", &path, &approver)
            .header("content-type", "application/json")
            .header("idempotency-key", "approve-it");
        let body = json!({ "binding": proposed["binding"] }).to_string();
        let answer = server.send(approval.body(body.into()).unwrap()).await;
        assert_eq!((answer.status.as_u16(), answer.header("idempotency-replayed")), (200, ""));
        states.push(answer.json()["approvals"]["given"].clone());
    }
    assert_eq!(states, [1, 2]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clients_that_hang_up_and_come_again_get_the_first_answer() {
    let server = Arc::new(Server::with_bonus().await);
    let mut clients = tokio::task::JoinSet::new();
    for number in 0..100_u64 {
        let server = server.clone();
        clients.spawn(async move {
            let key = format!("k-{number}");
            let body = json!({ "slot": "bonus", "date": "2020-06-30", "facts": { "number": number }, "record": true });
            let path = "/v1/tenants/acme/calculations";
            let headers = [("idempotency-key", key.as_str())];
            // The first time each hangs up as soon as the request has been sent.
            {
                let mut asking = pin!(server.json_with("POST", path, &headers, &body));
                let answered = poll_fn(|context| Poll::Ready(asking.as_mut().poll(context))).await;
                assert!(answered.is_pending(), "an answer before the work was begun");
            }
            for tries in 0.. {
                let asking = server.json_with("POST", path, &headers, &body);
                let moment = Duration::from_micros(number * 40 + tries * 500);
                let Ok(answer) = tokio::time::timeout(moment, asking).await else { continue };
                assert_eq!(answer.status, 200, "{}", answer.json());
                let again = server.json_with("POST", path, &headers, &body).await;
                assert_eq!(again.header("idempotency-replayed"), "true");
                assert_eq!(again.header("content-language"), answer.header("content-language"));
                assert_eq!(again.bytes, answer.bytes);
                break;
            }
        });
    }
    while let Some(ended) = clients.join_next().await {
        ended.unwrap();
    }
    assert_eq!(server.runtime.finish_requests(Duration::from_secs(60)).await, 0);
    assert_eq!(server.runtime.verify().await.unwrap().results, 100);
}
