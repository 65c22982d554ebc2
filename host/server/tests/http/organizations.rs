//! How a tenant is organized, and whom a change of that concerns.

use axum::body::Body;
use serde_json::{Value, json};
use stele_runtime::TokenScope;

use crate::support::{Answer, Server, pointers, request};

const ORGANIZATION: &str = "/v1/tenants/acme/organization";
const IMPORT: &str = "/v1/tenants/acme/employees/import";

fn organization(entities: &[&str], slots: Value) -> Value {
    let entities = entities.iter().map(|entity| {
        let (_, country) = entity.split_once('-').unwrap();
        ((*entity).to_owned(), json!({ "name": entity, "country": country.to_uppercase() }))
    });
    json!({ "organization": {
        "legal_entities": entities.collect::<serde_json::Map<_, _>>(), "slots": slots,
    } })
}

async fn put(server: &Server, token: &str, body: &Value) -> Answer {
    let asked = request("PUT", ORGANIZATION, token).header("content-type", "application/json");
    server.send(asked.body(Body::from(body.to_string())).unwrap()).await
}

async fn with_two() -> Server {
    let server = Server::with_bonus().await;
    let said = organization(&["acme-de", "acme-us"], json!({}));
    assert_eq!(put(&server, &server.acme, &said).await.status, 200);
    let file = "id,from,legal_entity@main,status@main,number@main\n\
                e-1,2020-01-01,acme-de,active,1\ne-2,2020-01-01,acme-us,active,1\n";
    let imported = server.post_as(&server.acme, IMPORT, "text/csv", file).await;
    assert_eq!(imported.json()["created"], 2);
    server
}

#[tokio::test]
async fn who_writes_an_organization_learns_whom_it_affects_as_far_as_the_token_may() {
    let server = with_two().await;
    let writer = server.token("acme", &[TokenScope::PolicyWrite]).await;
    let population = |country| json!([{ "from": "2020-01-01", "countries": [country] }]);
    let german = organization(&["acme-de", "acme-us"], json!({ "bonus": population("DE") }));
    let answer = put(&server, &server.acme, &german).await.json();
    assert_eq!(answer["affected"], json!({ "employees": 1, "first": ["e-2"] }));
    let american = organization(&["acme-de", "acme-us"], json!({ "bonus": population("US") }));
    let answer = put(&server, &writer, &american).await.json();
    assert_eq!(answer["affected"], json!({ "employees": 2, "first": [] }));
    // Who writes it may read what is written.
    let read = server.get_as(&writer, ORGANIZATION).await.json();
    assert_eq!(read["revision"], answer["revision"]);
    assert!(read.get("affected").is_none() && read.get("lacking").is_none());
    let other = server.token("acme", &[TokenScope::Calculate]).await;
    let refused = server.get_as(&other, ORGANIZATION).await;
    assert_eq!(refused.problem(403, "missing-scope")["scope"], "employees:read");
}

#[tokio::test]
async fn an_employer_is_not_removed_and_nobody_is_named_to_who_may_not_read() {
    let server = with_two().await;
    let writer = server.token("acme", &[TokenScope::PolicyWrite]).await;
    let without = organization(&["acme-us"], json!({}));
    for (token, named) in [(&server.acme, "1 employee: e-1"), (&writer, "1 employee")] {
        let problem = put(&server, token, &without).await.problem(422, "invalid-body");
        assert_eq!(pointers(&problem), ["/organization/legal_entities/acme-de"]);
        assert_eq!(problem["errors"][0]["found"], named);
    }
    assert_eq!(server.get(ORGANIZATION).await.json()["revision"], 1);
}

#[tokio::test]
async fn what_nobody_reads_is_refused_and_what_some_read_is_named() {
    let server = with_two().await;
    let raise = "id,from,number\ne-1,2020-07-01,5\n";
    let refused = server.post_as(&server.acme, IMPORT, "text/csv", raise).await;
    let problem = refused.problem(422, "import-refused");
    let error = &problem["errors"][0];
    assert_eq!((&error["line"], &error["pointer"]), (&json!(2), &json!("/number")));
    assert!(error["message"].as_str().unwrap().contains("number@main"), "{error}");
    let second = "id,from,legal_entity@second,number\ne-1,2020-07-01,acme-us,5\n";
    let report = server.post_as(&server.acme, IMPORT, "text/csv", second).await.json();
    let shadowed = json!([{
        "id": "e-1", "attribute": "number", "from": "2020-07-01", "read": ["number@main"],
        "employments": ["main"],
    }]);
    assert_eq!((&report["shadowed"], &report["shadowed_count"]), (&shadowed, &json!(1)));
    // A precondition is told in words.
    let record = json!({ "attributes": {} });
    let path = "/v1/tenants/acme/employees/e-1";
    let late = server.json_with("PUT", path, &[("if-match", "\"999\"")], &record).await;
    let detail = late.problem(412, "precondition-failed")["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("not as demanded (revision 999)"), "{detail}");
}
