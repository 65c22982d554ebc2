//! One calculation over HTTP.

use axum::body::Body;
use serde_json::{Value, json};

use crate::support::{Server, package_with_bonus, pointers, request};

const PATH: &str = "/v1/tenants/acme/calculations";

fn body(date: &str, number: Value) -> Value {
    json!({ "slot": "bonus", "date": date, "facts": { "number": number } })
}

#[tokio::test]
async fn a_result_has_lines_with_labels_and_a_receipt_that_names_the_version() {
    let server = Server::with_bonus().await;
    let answer = server.post(PATH, &body("2020-06-30", json!("1"))).await;
    assert_eq!(answer.status, 200);
    let result = answer.json();
    let line = &result["lines"][0];
    assert_eq!(
        (&line["code"], &line["amount"], &line["label"]),
        (&json!("answer"), &json!("11"), &json!("Answer"))
    );
    assert_eq!(result["receipt"]["version"], "1.0.0");
    assert_eq!(result["receipt"]["digest"].as_str().unwrap().len(), 64);
    assert_eq!((&result["slot"], &result["date"]), (&json!("bonus"), &json!("2020-06-30")));
    assert_eq!(result["findings"], json!([]));
}

#[tokio::test]
async fn labels_follow_accept_language() {
    let server = Server::with_bonus().await;
    for (accepted, language, label) in
        [("zh-CN,zh;q=0.9", "zh", "结果"), ("fr, en;q=0.1", "en", "Answer"), ("fr", "en", "Answer")]
    {
        let answer = server
            .json_with(
                "POST",
                PATH,
                &[("accept-language", accepted)],
                &body("2020-06-30", json!(1)),
            )
            .await;
        assert_eq!(answer.json()["lines"][0]["label"], label);
        assert_eq!(answer.header("content-language"), language);
        assert_eq!(answer.header("vary"), "accept-language");
    }
}

#[tokio::test]
async fn a_value_whose_source_could_not_be_seen_is_a_finding() {
    let server = Server::with_bonus().await;
    let result = server.post(PATH, &body("2021-06-30", json!(1))).await.json();
    assert_eq!(result["lines"][0]["amount"], "21");
    let finding = &result["findings"][0];
    assert_eq!(finding["code"], "unconfirmed_parameter");
    assert_eq!(finding["parameters"][0]["name"], "bonus");
    assert_eq!(finding["parameters"][0]["source"], "Agreement of 2020, item 1");
}

#[tokio::test]
async fn every_wrong_fact_is_named_with_its_pointer_inside_the_body() {
    let server = Server::with_bonus().await;
    let body = json!({
        "slot": "bonus", "date": "2020-06-30", "facts": { "number": "many", "colour": "red" },
    });
    let problem = server.post(PATH, &body).await.problem(422, "invalid-facts");
    let mut found = pointers(&problem);
    found.sort_unstable();
    assert_eq!(found, ["/facts/colour", "/facts/number"]);
}

#[tokio::test]
async fn what_is_not_in_force_or_not_known_is_said() {
    let server = Server::with_bonus().await;
    let with =
        |slot: &str, date: &str| json!({ "slot": slot, "date": date, "facts": { "number": 1 } });
    let problem = server.post(PATH, &with("nothing", "2020-06-30")).await;
    assert_eq!(pointers(&problem.problem(422, "nothing-in-force")), ["/slot"]);
    let problem = server.post(PATH, &with("bonus", "2019-12-31")).await;
    assert_eq!(pointers(&problem.problem(422, "nothing-in-force")), ["/date"]);
    let problem = server.post(PATH, &with("bonus", "2022-01-01")).await;
    assert_eq!(pointers(&problem.problem(422, "outside-horizon")), ["/date"]);
    let mut body = with("bonus", "2020-06-30");
    body["employee"] = json!("nobody");
    let problem = server.post(PATH, &body).await.problem(422, "invalid-body");
    assert_eq!(pointers(&problem), ["/employee"]);
}

#[tokio::test]
async fn a_swap_shows_in_the_next_answer_and_the_past_is_kept() {
    let server = Server::with_bonus().await;
    let ask = body("2020-06-30", json!(1));
    let before = server.post(PATH, &ask).await.json();
    server.publish_and_activate(&package_with_bonus("1.1.0", 30)).await;

    let after = server.post(PATH, &ask).await.json();
    assert_eq!(
        (&after["lines"][0]["amount"], &after["receipt"]["version"]),
        (&json!("31"), &json!("1.1.0"))
    );

    let mut as_known_before = ask.clone();
    as_known_before["known_at"] = before["known_at"].clone();
    let again = server.post(PATH, &as_known_before).await.json();
    assert_eq!(again["receipt"], before["receipt"]);
    assert_eq!(again["lines"], before["lines"]);
}

#[tokio::test]
async fn an_employees_attributes_are_facts_that_inline_facts_override() {
    let server = Server::with_bonus().await;
    let attributes = json!({ "attributes": {
        "number": [{ "from": "2020-01-01", "value": 1 }, { "from": "2020-07-01", "value": 5 }],
        "shoe_size": [{ "from": "2020-01-01", "value": 43 }],
    }});
    let put = request("PUT", "/v1/tenants/acme/employees/e-1", &server.acme)
        .header("content-type", "application/json")
        .body(Body::from(attributes.to_string()))
        .unwrap();
    let written = server.send(put).await;
    assert_eq!(
        (written.status.as_u16(), written.json()["unused"].clone()),
        (201, json!(["shoe_size"]))
    );

    let amount = async |date: &str, facts: Value| {
        let body = json!({ "slot": "bonus", "date": date, "employee": "e-1", "facts": facts });
        server.post(PATH, &body).await.json()["lines"][0]["amount"].clone()
    };
    assert_eq!(amount("2020-06-30", json!({})).await, "11");
    assert_eq!(amount("2020-07-01", json!({})).await, "15");
    assert_eq!(amount("2020-07-01", json!({ "number": "9" })).await, "19");
}

#[tokio::test]
async fn explanations_come_only_when_asked_for() {
    let server = Server::with_bonus().await;
    let mut ask = body("2020-06-30", json!(1));
    assert_eq!(server.post(PATH, &ask).await.json()["steps"], json!([]));
    ask["explain"] = json!(true);
    let explained = server.post(PATH, &ask).await.json();
    let plain = server.post(PATH, &body("2020-06-30", json!(1))).await.json();
    assert_eq!(explained["receipt"]["outcome_digest"], plain["receipt"]["outcome_digest"]);
}
