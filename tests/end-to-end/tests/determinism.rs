//! The same request gives the same outcome digest: again, after others, alone or in a stream.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use serde_json::{Value, json};
use stele_end_to_end::{Server, repository};

fn request(gross: u32) -> Value {
    json!({
        "slot": "cn/payroll",
        "date": "2025-03-31",
        "facts": {
            "income_kind": "wages",
            "tax_residence": "resident",
            "gross": format!("{gross}.37"),
            "months_employed": 1,
            "city": "beijing",
            "contribution_base": format!("{gross}.37"),
            "housing_fund_base": format!("{gross}.37"),
            "housing_fund_rate": "0.12",
            "housing_fund_employee_rate": "0.12",
            "work_injury_rate": "0.004",
            "additional_deductions": "2000",
        },
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_request_gives_the_same_outcome_digest_everywhere() {
    let mut server = Server::start().await.unwrap();
    let operator = server.operator();
    let mut client = server.tenant(&operator, "acme").await.unwrap();
    let folder = repository().join("rulesets/cn/payroll");
    server.publish_and_activate(&operator, &client, &folder, "cn/payroll").await.unwrap();

    let salaries: Vec<u32> = (0..300).map(|number| 3000 + number * 331).collect();
    let mut alone = Vec::new();
    for gross in &salaries {
        let path = client.path("calculations");
        let answer = client.post(&path, &request(*gross)).await.unwrap().ok().unwrap();
        alone.push(answer["receipt"]["outcome_digest"].clone());
    }
    let stream = client.batch(salaries.iter().map(|gross| request(*gross))).await.unwrap();
    let streamed: Vec<Value> =
        stream.iter().map(|answer| answer["receipt"]["outcome_digest"].clone()).collect();
    assert!(alone.iter().all(Value::is_string));
    assert_eq!(alone, streamed);

    let backwards = client.batch(salaries.iter().rev().map(|gross| request(*gross))).await.unwrap();
    let mut reversed: Vec<Value> =
        backwards.iter().map(|answer| answer["receipt"]["outcome_digest"].clone()).collect();
    reversed.reverse();
    assert_eq!(alone, reversed);

    server.restart().await.unwrap();
    client = stele_end_to_end::Client::new(server.operator().base(), client.token(), "acme");
    let fresh = client.batch(salaries.iter().map(|gross| request(*gross))).await.unwrap();
    let fresh: Vec<Value> =
        fresh.iter().map(|answer| answer["receipt"]["outcome_digest"].clone()).collect();
    assert_eq!(alone, fresh);
    let mut different = alone.clone();
    different.sort_by_key(Value::to_string);
    different.dedup();
    assert_eq!(different.len(), alone.len(), "other facts, other digest");
}
