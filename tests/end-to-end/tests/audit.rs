//! The audit log from the command line, against a running server.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use serde_json::json;
use stele_end_to_end::Server;

#[tokio::test]
async fn an_auditor_keeps_checkpoints_and_verifies_exports() {
    let server = Server::start().await.unwrap();
    let operator = server.operator();
    let acme = server.tenant(&operator, "acme").await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let put = async |number: u64| {
        let body = json!({"attributes": {"gross": [{"from": "2026-01-01", "value": number}]}});
        let employee = acme.path(&format!("employees/e{number}"));
        acme.put(&employee, &body).await.unwrap().ok().unwrap();
    };
    for number in 0..3 {
        put(number).await;
    }
    let key = server.command(&acme, &["audit", "key"]).unwrap();
    std::fs::write(path("key.pem"), key["key"].as_str().unwrap()).unwrap();
    server.command(&acme, &["audit", "checkpoint", "-o", &path("older")]).unwrap();
    for number in 3..6 {
        put(number).await;
    }
    let listed =
        server.command(&acme, &["audit", "list", "--action", "employee.", "--limit", "4"]).unwrap();
    assert_eq!(listed["entries"].as_array().unwrap().len(), 4);
    assert_eq!(listed["more"], true);
    server.command(&acme, &["audit", "export", &path("log.ndjson")]).unwrap();
    let newest = server.command(&acme, &["audit", "checkpoint", "-o", &path("newest")]).unwrap();
    let verified = server
        .command(
            &acme,
            &[
                "audit",
                "verify",
                &path("log.ndjson"),
                "--checkpoint",
                &path("newest"),
                "--older",
                &path("older"),
                "--key",
                &path("key.pem"),
            ],
        )
        .unwrap();
    assert_eq!(verified["covered"], newest["size"]);
    assert_eq!(verified["log"], "tenants/acme");
    // What concerns no single tenant is in a log of its own.
    let operators = server.command(&operator, &["audit", "checkpoint"]).unwrap();
    assert_eq!(operators["log"], "operator");
}
