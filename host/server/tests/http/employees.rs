//! Employees: one by one, in lists, and from files.

use axum::body::Body;
use serde_json::{Value, json};

use crate::support::{Server, pointers, request};

const EMPLOYEE: &str = "/v1/tenants/acme/employees/e-1";
const IMPORT: &str = "/v1/tenants/acme/employees/import";

fn numbers(value: Value) -> Value {
    json!({ "attributes": { "number": [{ "from": "2020-01-01", "value": value }] } })
}

#[tokio::test]
async fn an_employee_is_changed_only_by_who_knows_the_latest_revision() {
    let server = Server::start().await;
    let put = async |headers: &[(&str, &str)], value: i64| {
        server.json_with("PUT", EMPLOYEE, headers, &numbers(json!(value))).await
    };
    put(&[("if-match", "\"1\"")], 0).await.problem(412, "precondition-failed");
    let created = put(&[("if-none-match", "*")], 1).await;
    assert_eq!((created.status.as_u16(), created.header("etag")), (201, "\"1\""));
    put(&[("if-none-match", "*")], 2).await.problem(412, "precondition-failed");

    assert_eq!(put(&[("if-match", "\"1\"")], 3).await.header("etag"), "\"2\"");
    let late = put(&[("if-match", "\"1\"")], 4).await;
    late.problem(412, "precondition-failed");
    assert_eq!(late.header("etag"), "\"2\"");

    let read = server.get(EMPLOYEE).await;
    assert_eq!(read.json()["attributes"]["number"][0]["value"], 3);
    let same = request("GET", EMPLOYEE, &server.acme).header("if-none-match", "\"2\"");
    assert_eq!(server.send(same.body(Body::empty()).unwrap()).await.status, 304);
}

#[tokio::test]
async fn a_deleted_employee_is_gone_but_known_as_before() {
    let server = Server::start().await;
    let written = server.json_with("PUT", EMPLOYEE, &[], &numbers(json!(1))).await.json();
    let delete = || request("DELETE", EMPLOYEE, &server.acme).body(Body::empty()).unwrap();
    assert_eq!(server.send(delete()).await.status, 204);
    server.get(EMPLOYEE).await.problem(404, "not-found");
    server.send(delete()).await.problem(404, "not-found");
    let known_at = written["recorded_at"].as_str().unwrap();
    let before = server.get(&format!("{EMPLOYEE}?known_at={known_at}")).await;
    assert_eq!((before.status.as_u16(), before.json()["revision"].clone()), (200, json!(1)));
}

#[tokio::test]
async fn attributes_of_the_wrong_form_or_type_are_named_all_at_once() {
    let server = Server::with_bonus().await;
    let body = json!({ "attributes": {
        "number": [{ "from": "2020-01-01", "value": "many" }],
    }});
    let problem = server.json_with("PUT", EMPLOYEE, &[], &body).await.problem(422, "invalid-body");
    assert_eq!(pointers(&problem), ["/attributes/number/0/value"]);

    let body = json!({ "attributes": {
        "a": 1, "b": [1, { "from": "x", "value": 1 }, { "from": "2020-01-01", "extra": 1 }],
    }});
    let problem = server.json_with("PUT", EMPLOYEE, &[], &body).await.problem(422, "invalid-body");
    assert_eq!(
        pointers(&problem),
        [
            "/attributes/a",
            "/attributes/b/0",
            "/attributes/b/1/from",
            "/attributes/b/2/value",
            "/attributes/b/2/extra",
        ]
    );
    server.get(EMPLOYEE).await.problem(404, "not-found");
}

#[tokio::test]
async fn an_identifier_that_is_none_is_refused() {
    let server = Server::start().await;
    let path = "/v1/tenants/acme/employees/a%20b";
    server.json_with("PUT", path, &[], &numbers(json!(1))).await.problem(422, "invalid-body");
    server.get(path).await.problem(404, "not-found");
}

#[tokio::test]
async fn a_list_is_read_in_pages_to_its_end() {
    let server = Server::start().await;
    let file: String = (0..25)
        .map(|number| format!("{{\"id\": \"e-{number:02}\", \"attributes\": {{}}}}\n"))
        .collect();
    let imported = server.post_as(&server.acme, IMPORT, "application/x-ndjson", file).await;
    assert_eq!(imported.json()["created"], 25);
    let mut seen = Vec::new();
    let mut path = "/v1/tenants/acme/employees?limit=10".to_owned();
    loop {
        let page = server.get(&path).await.json();
        for employee in page["employees"].as_array().unwrap() {
            seen.push(employee["id"].as_str().unwrap().to_owned());
        }
        match page["next"].as_str() {
            Some(next) => path = format!("/v1/tenants/acme/employees?limit=10&cursor={next}"),
            None => break,
        }
    }
    let expected: Vec<_> = (0..25).map(|number| format!("e-{number:02}")).collect();
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn a_file_with_one_bad_line_imports_nothing_and_names_line_and_field() {
    let server = Server::with_bonus().await;
    let mut lines: Vec<String> = (1..=800)
        .map(|number| json!({ "id": format!("e-{number}"), "attributes": { "number": [{ "from": "2020-01-01", "value": number }] } }).to_string())
        .collect();
    lines[730] = lines[730].replace(":731}", ":\"many\"}");
    let refused =
        server.post_as(&server.acme, IMPORT, "application/x-ndjson", lines.join("\n")).await;
    let problem = refused.problem(422, "import-refused");
    assert_eq!(problem["errors"].as_array().unwrap().len(), 1, "{problem}");
    let error = &problem["errors"][0];
    assert_eq!(
        (&error["line"], &error["pointer"]),
        (&json!(731), &json!("/attributes/number/0/value"))
    );
    assert_eq!(error["meaning"], "A number.", "what the rule says that the fact is: {error}");
    let listed = server.get("/v1/tenants/acme/employees").await.json();
    assert_eq!(listed["employees"], json!([]));
}

#[tokio::test]
async fn csv_is_imported_by_its_header() {
    let server = Server::with_bonus().await;
    let file = "id,from,number\ne-1,2020-01-01,1\ne-2,2020-01-01,2\ne-1,2020-07-01,5\n";
    let imported = server.post_as(&server.acme, IMPORT, "text/csv; charset=utf-8", file).await;
    assert_eq!((imported.status.as_u16(), imported.json()["rows"].clone()), (200, json!(2)));
    let read = server.get(EMPLOYEE).await.json();
    assert_eq!(read["attributes"]["number"][1], json!({ "from": "2020-07-01", "value": "5" }));

    let bad = "id,from,number\ne-1,2020-13-01,1\n";
    let refused = server.post_as(&server.acme, IMPORT, "text/csv", bad).await;
    assert_eq!(refused.problem(422, "import-refused")["errors"][0]["line"], 2);
}
