//! A ruleset of formulas through the door that every rule goes through: published, put in force,
//! calculated, explained; and refused where its component is not what its text gives.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use serde_json::{Value, json};
use stele_end_to_end::{Client, Server, repository};

const PACKAGE: &str = "application/vnd.stele.package";

fn line<'a>(answer: &'a Value, code: &str) -> &'a Value {
    let lines = answer["lines"].as_array().unwrap_or_else(|| panic!("{answer}"));
    lines.iter().find(|line| line["code"] == code).unwrap_or_else(|| panic!("{code}: {answer}"))
}

/// A server with `acme/allowances` in force.
async fn in_force() -> (Server, Client) {
    let server = Server::start().await.unwrap();
    let operator = server.operator();
    let client = server.tenant(&operator, "acme").await.unwrap();
    let package = server.package(&repository().join("rulesets/acme/allowances")).unwrap();
    let published = operator.post_bytes("/v1/rulesets", PACKAGE, package).await.unwrap();
    let published = published.ok().unwrap();
    client
        .put_in_force(&json!({
            "slot": "acme/allowances",
            "ruleset": "acme/allowances",
            "version": published["version"],
            "valid_from": "2026-01-01",
            "reason": "Allowances Policy 2026",
        }))
        .await
        .unwrap();
    (server, client)
}

#[tokio::test]
async fn formulas_are_published_calculated_and_explained_like_any_rule() {
    let (_server, client) = in_force().await;
    let request = |facts: Value| {
        json!({
            "slot": "acme/allowances",
            "date": "2026-03-31",
            "facts": facts,
            "explain": true,
        })
    };
    let facts = json!({
        "base_salary": "12000", "grade": "lead", "days_in_month": "22", "days_worked": "7",
        "commute": "50",
    });
    let path = client.path("calculations");
    let answer = client.post(&path, &request(facts.clone())).await.unwrap().ok().unwrap();
    assert_eq!(line(&answer, "transport")["amount"], "206.82");
    assert_eq!(line(&answer, "transport")["label"], "Transport allowance");
    assert_eq!(line(&answer, "allowances")["amount"], "525.00");
    let steps = answer["steps"].as_array().unwrap();
    assert!(!steps.is_empty());
    let said = answer["steps"].to_string();
    assert!(said.contains("Share of the month"), "{said}");
    // The same facts give the same result to the last bit.
    let again = client.post(&path, &request(facts.clone())).await.unwrap().ok().unwrap();
    assert_eq!(answer["receipt"]["outcome_digest"], again["receipt"]["outcome_digest"]);

    let mut too_many = facts;
    too_many["days_worked"] = json!("23");
    let refused = client.post(&path, &request(too_many)).await.unwrap();
    assert_eq!(refused.status, 422, "{}", refused.body);
    let said = refused.body.to_string();
    assert!(said.contains("/days_worked") || said.contains("/facts/days_worked"), "{said}");
    assert!(said.contains("more days worked than the month has"), "{said}");
}
