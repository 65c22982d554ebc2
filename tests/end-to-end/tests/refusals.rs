//! Facts that no law knows get no number: the refusal names the fact, says what is allowed, and
//! quotes the rule that says so.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use serde_json::{Value, json};
use stele_end_to_end::{Client, Server, repository};

/// A server with the payroll of a country in force for one tenant.
async fn with_payroll(country: &str) -> (Server, Client) {
    let server = Server::start().await.unwrap();
    let operator = server.operator();
    let client = server.tenant(&operator, "acme").await.unwrap();
    let slot = format!("{country}/payroll");
    let folder = repository().join("rulesets").join(&slot);
    server.publish_and_activate(&operator, &client, &folder, &slot).await.unwrap();
    (server, client)
}

/// What a country's payroll answers to facts on a date: always 422.
async fn refusal(client: &Client, country: &str, date: &str, facts: Value) -> Value {
    let request = json!({ "slot": format!("{country}/payroll"), "date": date, "facts": facts });
    let answer = client.post(&client.path("calculations"), &request).await.unwrap();
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert!(answer.body.get("lines").is_none(), "{}", answer.body);
    answer.body
}

/// The facts with some of them changed.
fn with(mut facts: Value, changes: Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        facts[name] = value.clone();
    }
    facts
}

/// The only wrong field of a refusal: its pointer, and its sentence.
fn wrong(refusal: &Value) -> (&str, &str) {
    let errors = refusal["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 1, "{refusal}");
    (errors[0]["pointer"].as_str().unwrap(), errors[0]["message"].as_str().unwrap())
}

#[tokio::test]
async fn a_factor_belongs_to_tax_class_iv_alone() {
    let (_server, client) = with_payroll("de").await;
    let facts = json!({
        "pay_period": "month", "tax_class": "II", "factor": "0.9", "gross": "4000.00",
        "state": "north_rhine_westphalia", "additional_rate": "0.029",
        "contribution_group": "1111", "church": "none", "care_childless": false, "u1_rate": "0.016", "u2_rate": "0.0039",
    });
    let refused = refusal(&client, "de", "2026-01-31", facts.clone()).await;
    let (pointer, message) = wrong(&refused);
    assert_eq!(pointer, "/facts/factor");
    assert!(message.contains("only class IV has a factor"), "{message}");
    assert_eq!(refused["citation"], "EStG § 39f Abs. 1");

    let unknown = with(facts, json!({ "tax_class": "VII" }));
    let refused = refusal(&client, "de", "2026-01-31", unknown).await;
    assert_eq!(
        wrong(&refused),
        ("/facts/tax_class", "expected one of I, II, III, IV, V, VI, found \"VII\"")
    );
    let meaning = refused["errors"][0]["meaning"].as_str().unwrap();
    assert!(meaning.contains("§ 38b"), "{meaning}");
}

#[tokio::test]
async fn a_category_letter_without_liability_takes_no_earnings_and_a_tax_code_has_its_form() {
    let (_server, client) = with_payroll("gb").await;
    let facts = json!({
        "gross": "3500.00", "pay_frequency": "monthly", "tax_period": 1,
        "tax_code": "1257L", "ni_category": "A",
    });
    let letter = with(facts.clone(), json!({ "ni_category": "X" }));
    let refused = refusal(&client, "gb", "2026-04-30", letter).await;
    let (pointer, message) = wrong(&refused);
    assert_eq!(pointer, "/facts/ni_category");
    assert!(message.contains("found X with earnings of 3500"), "{message}");
    assert!(refused["citation"].as_str().unwrap().contains("Act 1992, s. 6"), "{refused}");

    let code = with(facts, json!({ "tax_code": "Q99" }));
    let refused = refusal(&client, "gb", "2026-04-30", code).await;
    let (pointer, message) = wrong(&refused);
    assert_eq!(pointer, "/facts/tax_code");
    assert!(message.contains("followed by L, M, N or T") && message.ends_with("found Q99"));
    assert!(refused["citation"].as_str().unwrap().contains("para. 3.3"), "{refused}");
}

#[tokio::test]
async fn a_state_that_does_not_exist_and_a_year_without_law_are_refused_with_what_is_known() {
    let (_server, client) = with_payroll("us").await;
    let facts = json!({
        "gross": "3200.00", "pay_frequency": "biweekly", "filing_status": "single", "state": "TX",
    });
    let nowhere = with(facts.clone(), json!({ "state": "ZZ" }));
    let refused = refusal(&client, "us", "2026-04-30", nowhere).await;
    let (pointer, message) = wrong(&refused);
    assert_eq!(pointer, "/facts/state");
    // Every state, the last one too, and that there is none.
    assert!(message.contains("AL, ") && message.contains("WY, none, found \"ZZ\""), "{message}");
    let meaning = refused["errors"][0]["meaning"].as_str().unwrap();
    assert!(meaning.contains("26 U.S.C. § 7701"), "{meaning}");

    let refused = refusal(&client, "us", "2031-04-30", facts).await;
    assert_eq!(
        wrong(&refused),
        ("/date", "expected a date from 2023-01-01 to 2026-12-31, found 2031-04-30")
    );
    assert!(refused["citation"].as_str().unwrap().contains("Publication 15-T"), "{refused}");
}
