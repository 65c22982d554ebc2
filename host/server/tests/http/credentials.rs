//! Who may do what.

use axum::body::Body;
use axum::http::Request;
use serde_json::json;
use stele_runtime::TokenScope;

use crate::support::{Server, request};

#[tokio::test]
async fn without_a_valid_token_the_answer_is_401_and_says_how() {
    let server = Server::start().await;
    let path = "/v1/tenants/acme/activations";
    let none = server.send(Request::get(path).body(Body::empty()).unwrap()).await;
    none.problem(401, "unauthorized");
    assert_eq!(none.header("www-authenticate"), "Bearer realm=\"stele\"");

    for header in ["Bearer stele_wrong", "Bearer ", "Basic abc", "Bearer", "stele_wrong"] {
        let request = Request::get(path).header("authorization", header);
        let wrong = server.send(request.body(Body::empty()).unwrap()).await;
        wrong.problem(401, "unauthorized");
        assert!(wrong.header("www-authenticate").contains("invalid_token"), "{header}");
    }
}

#[tokio::test]
async fn a_tenant_of_another_can_not_be_told_from_one_that_does_not_exist() {
    let server = Server::start().await;
    let mut answers = Vec::new();
    for tenant in ["other", "nobody", "NOT A TENANT"] {
        let path = format!("/v1/tenants/{}/employees/e-1", tenant.replace(' ', "%20"));
        let mut problem = server.get(&path).await.problem(404, "not-found");
        for own in ["instance", "request_id"] {
            problem.as_object_mut().unwrap().remove(own);
        }
        answers.push(problem);
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[1], answers[2]);
}

#[tokio::test]
async fn a_tenant_of_another_is_hidden_before_the_scope_is_looked_at() {
    let server = Server::start().await;
    let token = server.token("acme", &[TokenScope::RulesetsRead]).await;
    server.get_as(&token, "/v1/tenants/other/employees").await.problem(404, "not-found");
}

#[tokio::test]
async fn a_missing_scope_is_named() {
    let server = Server::start().await;
    let token = server.token("acme", &[TokenScope::EmployeesRead]).await;
    let answer = server
        .post_as(&token, "/v1/tenants/acme/calculations", "application/json", "not even JSON")
        .await;
    assert_eq!(answer.problem(403, "missing-scope")["scope"], "calculate");

    let operator = server.get("/v1/tenants").await.problem(403, "missing-scope");
    assert_eq!(operator["scope"], "operator");
}

#[tokio::test]
async fn an_operator_without_a_tenants_scopes_does_not_read_its_data() {
    let server = Server::start().await;
    let body = json!({ "name": "operator", "scopes": ["operator"] });
    let created = server
        .post_as(&server.operator, "/v1/tokens", "application/json", body.to_string())
        .await
        .json();
    let token = created["secret"].as_str().unwrap();
    let refused = server.get_as(token, "/v1/tenants/acme/employees").await;
    assert_eq!(refused.problem(403, "missing-scope")["scope"], "employees:read");
    server.get_as(token, "/v1/tenants/nobody/employees").await.problem(404, "not-found");
}

#[tokio::test]
async fn the_operator_makes_a_tenant_and_a_token_that_works_until_it_is_revoked() {
    let server = Server::start().await;
    let post = |path: &'static str, body: serde_json::Value| {
        server.post_as(&server.operator, path, "application/json", body.to_string())
    };
    let tenant = post("/v1/tenants", json!({ "id": "new", "name": "New" })).await;
    assert_eq!((tenant.status.as_u16(), tenant.json()["id"].clone()), (201, json!("new")));
    post("/v1/tenants", json!({ "id": "new" })).await.problem(409, "conflict");

    let body = json!({ "name": "payroll", "scopes": ["employees:read"] });
    let token = post("/v1/tenants/new/tokens", body).await.json();
    let secret = token["secret"].as_str().unwrap().to_owned();
    assert_eq!(server.get_as(&secret, "/v1/tenants/new/employees").await.status, 200);
    assert_eq!(server.get_as(&secret, "/v1/credential").await.json()["tenant"], "new");

    let listed = server.get_as(&server.operator, "/v1/tenants/new/tokens").await;
    assert!(!String::from_utf8_lossy(&listed.bytes).contains(&secret));

    let path = format!("/v1/tenants/new/tokens/{}", token["id"].as_str().unwrap());
    let revoked = request("DELETE", &path, &server.operator).body(Body::empty()).unwrap();
    assert_eq!(server.send(revoked).await.status, 200);
    server.get_as(&secret, "/v1/tenants/new/employees").await.problem(401, "unauthorized");
}

#[tokio::test]
async fn a_tenants_token_can_not_be_made_an_operators() {
    let server = Server::start().await;
    let body = json!({ "name": "x", "scopes": ["operator"] });
    let path = "/v1/tenants/acme/tokens";
    let refused =
        server.post_as(&server.operator, path, "application/json", body.to_string()).await;
    assert_eq!(refused.problem(422, "invalid-body")["errors"][0]["pointer"], "/scopes");
    server.post(path, &body).await.problem(403, "missing-scope");
}
