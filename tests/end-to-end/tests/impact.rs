//! `stele impact`, through the binary: what a version would change, shown to a person.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can not go on has failed")]

use serde_json::json;
use stele_end_to_end::{Server, repository};

#[tokio::test]
async fn the_command_line_waits_for_a_report_and_shows_it() {
    let server = Server::start().await.unwrap();
    let operator = server.operator();
    let client = server.tenant(&operator, "acme").await.unwrap();
    let folder = repository().join("rulesets/cn/payroll");
    let published =
        server.publish_and_activate(&operator, &client, &folder, "payroll").await.unwrap();
    let version = published["version"].as_str().unwrap();
    let attributes = json!({ "attributes": {
        "income_kind": [{ "from": "2025-01-01", "value": "wages" }],
        "tax_residence": [{ "from": "2025-01-01", "value": "resident" }],
        "gross": [{ "from": "2025-01-01", "value": "30000" }],
        "months_employed": [{ "from": "2025-01-01", "value": 1 }],
        "city": [{ "from": "2025-01-01", "value": "beijing" }],
        "housing_fund_rate": [{ "from": "2025-01-01", "value": "0.12" }],
        "work_injury_rate": [{ "from": "2025-01-01", "value": "0.004" }],
    } });
    client.put(&client.path("employees/e-1"), &attributes).await.unwrap().ok().unwrap();

    let candidate = format!("cn/payroll@{version}");
    let arguments = ["impact", "--slot", "payroll", "--candidate", &candidate, "--date"];
    let waiting = [&arguments[..], &["2025-01-31", "--date", "2025-02-28", "--wait"]].concat();
    let report = server.command(&client, &waiting).unwrap();
    assert_eq!(
        (&report["state"], &report["content"]["differences"]),
        (&json!("finished"), &json!("none"))
    );
    assert_eq!(report["content"]["employees"], 1);

    // In a slot where nothing is in force everything is new: the tables are there.
    let elsewhere = ["impact", "--slot", "other", "--candidate", &candidate];
    let elsewhere =
        [&elsewhere[..], &["--date", "2025-01-31", "--wait", "--language", "zh"]].concat();
    let shown = server.shown(&client, &elsewhere).unwrap();
    for text in ["nothing: all is new", "e-1", "Largest changes", "CNY"] {
        assert!(shown.contains(text), "{text} is not in\n{shown}");
    }
    let refused = server.command(&client, &[&arguments[..], &["2018-12-31"]].concat());
    let refused = refused.unwrap_err().to_string();
    assert!(refused.contains("/dates/0"), "{refused}");
}
