//! A tenant sees its own, and of others not even that they exist.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use serde_json::json;
use stele_end_to_end::{Server, repository};

#[tokio::test]
async fn another_tenants_resources_are_not_found() {
    let server = Server::start().await.unwrap();
    let operator = server.operator();
    let acme = server.tenant(&operator, "acme").await.unwrap();
    let globex = server.tenant(&operator, "globex").await.unwrap();
    let folder = repository().join("rulesets/cn/payroll");
    server.publish_and_activate(&operator, &acme, &folder, "cn/payroll").await.unwrap();
    let employee = json!({"attributes": {"gross": [{"from": "2026-01-01", "value": "31234.56"}]}});
    acme.put(&acme.path("employees/e1"), &employee).await.unwrap().ok().unwrap();

    for path in ["employees/e1", "employees", "activations", "rulesets"] {
        let real = globex.get(&acme.path(path)).await.unwrap();
        let invented = globex.get(&format!("/v1/tenants/nobody/{path}")).await.unwrap();
        assert_eq!(real.status, 404, "{path}: {}", real.body);
        assert_eq!(invented.status, 404);
        assert_eq!(real.body["type"], invented.body["type"], "{path}: the answers tell them apart");
        assert_eq!(
            real.body["detail"].to_string().replace("acme", "nobody"),
            invented.body["detail"].to_string(),
            "{path}"
        );
    }
    let calculation = json!({"slot": "cn/payroll", "date": "2026-03-31", "employee": "e1"});
    let answer = globex.post(&acme.path("calculations"), &calculation).await.unwrap();
    assert_eq!(answer.status, 404);
    let answer = globex.post(&globex.path("calculations"), &calculation).await.unwrap();
    assert!(!answer.body.to_string().contains("31234"), "{}", answer.body);
    let employees = globex.get(&globex.path("employees")).await.unwrap().ok().unwrap();
    assert_eq!(employees["employees"].as_array().map(Vec::len), Some(0), "{employees}");
}

#[tokio::test]
async fn a_missing_token_a_wrong_one_and_a_missing_scope_are_told_apart() {
    let server = Server::start().await.unwrap();
    let operator = server.operator();
    let acme = server.tenant(&operator, "acme").await.unwrap();
    let path = acme.path("employees/e1");
    assert_eq!(acme.with_token("").get(&path).await.unwrap().status, 401);
    assert_eq!(acme.with_token("stele_wrong").get(&path).await.unwrap().status, 401);
    let reader = server.credential(&operator, "acme", &["employees:read"]).await.unwrap();
    let answer = reader.put(&path, &json!({"attributes": {}})).await.unwrap();
    assert_eq!(answer.status, 403, "{}", answer.body);
    assert!(answer.body.to_string().contains("employees:write"), "{}", answer.body);
    assert_eq!(reader.get(&path).await.unwrap().status, 404);
}
