//! Whatever is wrong, the answer is a problem document that says what.

use axum::body::Body;
use axum::http::Request;
use serde_json::json;

use crate::support::{Server, pointers, request};

const CALCULATIONS: &str = "/v1/tenants/acme/calculations";

#[tokio::test]
async fn an_unknown_route_and_a_wrong_method_are_problems() {
    let server = Server::start().await;
    server.get("/v2/nothing").await.problem(404, "not-found");
    server.get("/v1/tenants/acme/nothing").await.problem(404, "not-found");
    let wrong = server.get(CALCULATIONS).await;
    wrong.problem(405, "method-not-allowed");
    assert_eq!(wrong.header("allow"), "POST");
}

#[tokio::test]
async fn bad_json_is_400_with_its_position() {
    let server = Server::start().await;
    for (body, line) in [("{\n\"slot\": nope}", 2), ("", 1), ("[1]", 1), ("{\"a\":1,\"a\":2}", 1)] {
        let answer = server.post_as(&server.acme, CALCULATIONS, "application/json", body).await;
        let problem = answer.problem(400, "malformed-request");
        if !body.is_empty() {
            assert_eq!(problem["line"], line, "{body}");
        }
    }
}

#[tokio::test]
async fn hostile_json_is_refused_and_the_server_goes_on() {
    let server = Server::start().await;
    let deep = format!("{{\"facts\": {}1{}}}", "[".repeat(500_000), "]".repeat(500_000));
    let bodies: [Vec<u8>; 4] = [
        deep.into_bytes(),
        b"{\"slot\": \"\xff\xfe\"}".to_vec(),
        b"{\"slot\": \"\\ud800\"}".to_vec(),
        b"{\"date\": 1e999999999}\0".to_vec(),
    ];
    for body in bodies {
        let answer = server.post_as(&server.acme, CALCULATIONS, "application/json", body).await;
        answer.problem(400, "malformed-request");
    }
    assert_eq!(server.get("/healthz").await.status, 200);
}

#[tokio::test]
async fn every_wrong_missing_and_unknown_field_is_named_at_once() {
    let server = Server::start().await;
    let body = json!({
        "slot": "NOT A SLOT", "known_at": "yesterday", "facts": [], "explain": "yes",
        "employee": 7, "surprise/~": 1,
    });
    let problem = server.post(CALCULATIONS, &body).await.problem(422, "invalid-body");
    let mut found = pointers(&problem);
    found.sort_unstable();
    assert_eq!(
        found,
        ["/date", "/employee", "/explain", "/facts", "/known_at", "/slot", "/surprise~1~0"]
    );
    for error in problem["errors"].as_array().unwrap() {
        assert!(error["expected"].is_string() && error["found"].is_string(), "{error}");
    }
}

#[tokio::test]
async fn another_content_type_is_415() {
    let server = Server::start().await;
    for path in [CALCULATIONS, "/v1/tenants/acme/calculations/batch", "/v1/tenants/acme/rulesets"] {
        let answer = server.post_as(&server.acme, path, "text/html", "<p>").await;
        answer.problem(415, "unsupported-media-type");
    }
    let none = request("POST", CALCULATIONS, &server.acme).body(Body::from("{}")).unwrap();
    server.send(none).await.problem(415, "unsupported-media-type");
}

#[tokio::test]
async fn wrong_query_parameters_are_named() {
    let server = Server::start().await;
    for query in ["limit=0", "limit=1001", "limit=many", "cursor=!!!", "unknown=1", "slot=NO"] {
        let answer = server.get(&format!("/v1/tenants/acme/activations?{query}")).await;
        let problem = answer.problem(400, "malformed-request");
        let name = query.split('=').next().unwrap();
        assert!(problem["detail"].as_str().unwrap().contains(name) || name == "limit", "{problem}");
    }
}

#[tokio::test]
async fn a_request_for_two_hosts_is_refused() {
    let server = Server::start().await;
    let ask = async |hosts: &[&str]| {
        let mut asked = request("GET", "/v1/credential", &server.acme);
        for host in hosts {
            asked = asked.header("host", *host);
        }
        server.send(asked.body(Body::empty()).unwrap()).await
    };
    assert_eq!(ask(&["stele.test"]).await.status, 200);
    ask(&["stele.test", "other.test"]).await.problem(400, "malformed-request");
    ask(&["stele.test", "stele.test"]).await.problem(400, "malformed-request");
}

#[tokio::test]
async fn a_request_that_says_twice_who_asks_or_which_request_it_is_is_refused() {
    let server = Server::start().await;
    for (name, value) in [
        ("authorization", format!("Bearer {}", server.operator)),
        ("idempotency-key", "first".to_owned()),
        ("content-type", "text/csv".to_owned()),
    ] {
        let asked = request("GET", "/v1/credential", &server.acme);
        let asked = asked.header(name, &value).header(name, &value);
        let problem = server.send(asked.body(Body::empty()).unwrap()).await;
        let problem = problem.problem(400, "malformed-request");
        assert!(problem["detail"].as_str().unwrap().contains(name), "{problem}");
    }
}

#[tokio::test]
async fn a_text_that_looks_other_than_it_is_is_refused_with_its_pointer() {
    let server = Server::start().await;
    for hidden in ["pay\u{202e}lor", "pay\u{1b}[2Kroll", "pay\nroll"] {
        let body = json!({ "id": "hidden", "name": hidden }).to_string();
        let answer =
            server.post_as(&server.operator, "/v1/tenants", "application/json", body).await;
        assert_eq!(pointers(&answer.problem(422, "invalid-body")), ["/name"]);
        let proposal = json!({
            "slot": "bonus", "ruleset": "test/bonus", "version": "1.0.0",
            "valid_from": "2026-01-01", "reason": hidden,
        });
        let answer = server.post("/v1/tenants/acme/proposals", &proposal).await;
        assert_eq!(pointers(&answer.problem(422, "invalid-body")), ["/reason"]);
    }
}

#[tokio::test]
async fn a_time_with_an_offset_that_no_clock_has_is_refused() {
    let server = Server::start().await;
    let time = "2026-01-01T00:00:00+25:00";
    let ask = json!({ "slot": "bonus", "date": "2026-01-01", "known_at": time });
    let problem = server.post(CALCULATIONS, &ask).await.problem(422, "invalid-body");
    assert_eq!(pointers(&problem), ["/known_at"]);
    assert_eq!(problem["errors"][0]["found"], format!("\"{time}\""));
    let path =
        format!("/v1/tenants/acme/slots?date=2026-01-01&known_at={}", time.replace('+', "%2B"));
    let problem = server.get(&path).await.problem(400, "malformed-request");
    assert_eq!(pointers(&problem), ["?known_at"]);
}

#[tokio::test]
async fn the_inside_of_a_number_is_not_taken_for_a_number() {
    let server = Server::start().await;
    let body = r#"{"slot": "bonus", "date": "2026-01-01",
        "facts": {"number": {"$serde_json::private::Number": "1"}}}"#;
    let answer = server.post_as(&server.acme, CALCULATIONS, "application/json", body).await;
    assert_eq!(answer.problem(400, "malformed-request")["line"], 2);
}

#[tokio::test]
async fn a_path_that_is_no_text_is_refused() {
    let server = Server::start().await;
    server.get("/v1/tenants/acme/employees/%ff%fe").await.problem(400, "malformed-request");
    server.get("/v1/tenants/%ff/employees").await.problem(400, "malformed-request");
}

#[tokio::test]
async fn the_request_id_is_the_callers_or_a_new_one() {
    let server = Server::start().await;
    let ask = async |id: Option<&str>| {
        let mut request = Request::get("/healthz");
        if let Some(id) = id {
            request = request.header("x-request-id", id);
        }
        let answer = server.send(request.body(Body::empty()).unwrap()).await;
        answer.header("x-request-id").to_owned()
    };
    assert_eq!(ask(Some("payroll-7")).await, "payroll-7");
    let made = ask(None).await;
    assert_eq!(made.len(), 36);
    assert_ne!(made, ask(None).await);
    for hostile in ["a b", "<script>", &"x".repeat(129)] {
        assert_eq!(ask(Some(hostile)).await.len(), 36, "{hostile}");
    }
}
