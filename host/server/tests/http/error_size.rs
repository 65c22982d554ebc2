//! A wrong request gets an answer of a bounded size, whatever it quotes.

use serde_json::{Map, Value, json};

use crate::support::{PACKAGE, Server};

/// Bytes that no problem document exceeds.
const LONGEST: usize = 64 << 10;

const CALCULATIONS: &str = "/v1/tenants/acme/calculations";

/// An object with so many members of so long names.
fn members(count: usize, name: usize) -> Value {
    let members = (0..count).map(|at| (format!("{at}{}", "x".repeat(name)), json!("y")));
    Value::Object(members.collect::<Map<_, _>>())
}

#[tokio::test]
async fn a_megabyte_of_unknown_fields_gets_a_small_answer() {
    let server = Server::with_bonus().await;
    for (what, body) in [
        ("many short names", members(60_000, 4)),
        ("few long names", members(4, 200_000)),
        ("one long name", members(1, 900_000)),
    ] {
        let sent = body.to_string().len();
        assert!(sent < 1 << 20, "{what}: {sent} bytes are refused for their length");
        let answer = server.post(CALCULATIONS, &body).await;
        assert!(answer.bytes.len() <= LONGEST, "{what}: {} bytes", answer.bytes.len());
        answer.problem(422, "invalid-body");
    }
    // The first are named, the others are counted.
    let problem = server.post(CALCULATIONS, &members(1000, 4)).await.problem(422, "invalid-body");
    let named = problem["errors"].as_array().unwrap().len();
    let others = usize::try_from(problem["further_errors"].as_u64().unwrap()).unwrap();
    // Two required fields are missing, too.
    assert_eq!(named + others, 1002, "{named} + {others}");
}

#[tokio::test]
async fn long_facts_are_not_quoted_back() {
    let server = Server::with_bonus().await;
    let long = "z".repeat(900_000);
    for facts in [json!({ "number": long }), json!({ long.clone(): 1 }), members(60_000, 4)] {
        let body = json!({ "slot": "bonus", "date": "2020-06-30", "facts": facts });
        let answer = server.post(CALCULATIONS, &body).await;
        assert!(answer.bytes.len() <= LONGEST, "{} bytes", answer.bytes.len());
        answer.problem(422, "invalid-facts");
    }
}

#[tokio::test]
async fn a_long_path_is_not_quoted_back() {
    let server = Server::start().await;
    let path = format!("/v1/{}", "p".repeat(60_000));
    let answer = server.get(&path).await;
    assert!(answer.bytes.len() <= 8 << 10, "{} bytes", answer.bytes.len());
    answer.problem(404, "not-found");
}

#[tokio::test]
async fn a_long_import_of_wrong_lines_gets_a_small_answer() {
    let server = Server::start().await;
    let line = format!("{{\"id\": \"{}\"}}\n", "?".repeat(2000));
    let path = "/v1/tenants/acme/employees/import";
    let answer =
        server.post_as(&server.acme, path, "application/x-ndjson", line.repeat(2000)).await;
    assert!(answer.bytes.len() <= LONGEST, "{} bytes", answer.bytes.len());
    answer.problem(422, "import-refused");
}

#[tokio::test]
async fn a_media_type_is_not_quoted_back_at_length() {
    let server = Server::start().await;
    let media_type = format!("text/{}", "m".repeat(20_000));
    for path in [CALCULATIONS, "/v1/tenants/acme/rulesets"] {
        let answer = server.post_as(&server.acme, path, &media_type, "x").await;
        assert!(answer.bytes.len() <= 4 << 10, "{} bytes", answer.bytes.len());
        answer.problem(415, "unsupported-media-type");
    }
    let answer = server.post_as(&server.acme, "/v1/tenants/acme/rulesets", PACKAGE, "x").await;
    answer.problem(422, "package-refused");
}
