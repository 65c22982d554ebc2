//! One company with people in four countries, through the binary: imported, changed, transferred,
//! on leave, employed twice, and paid by the rules that are for them and no others.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that can not go on has failed"
)]

use serde_json::{Map, Value, json};
use stele_end_to_end::{Client, Server, repository};

/// How many people the company has.
const PEOPLE: usize = 10_000;
/// Every so many people have a second employment, in the next country.
const EVERY: usize = 10;
/// Lines of one batch.
const LINES: usize = 2_000;
const COUNTRIES: [&str; 4] = ["cn", "de", "gb", "us"];
/// Since when everything is said.
const SINCE: &str = "2020-01-01";

/// What a case of a country's rules says of somebody, and what must come out.
struct Sample {
    date: String,
    facts: Map<String, Value>,
    net: String,
}

/// The first case of a country, by name, whose net pay is written down and whose facts no table is.
fn sample(country: &str) -> Sample {
    let folder = repository().join(format!("rulesets/{country}/payroll/cases"));
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let usable = files.iter().find_map(|file| {
        let case: toml::Table = std::fs::read_to_string(file).unwrap().parse().unwrap();
        let date = case.get("date")?.to_string();
        let net = case.get("expect")?.get("lines")?.get("net_pay")?.as_str()?.to_owned();
        let facts: Map<String, Value> =
            serde_json::from_value(serde_json::to_value(case.get("facts")?).ok()?).ok()?;
        let is_simple = facts.values().all(|fact| !fact.is_array() && !fact.is_object());
        (is_simple && date.starts_with("2026")).then_some(Sample { date, facts, net })
    });
    usable.unwrap_or_else(|| panic!("{country} has no case that can be used"))
}

fn since(value: &Value) -> Value {
    json!([{ "from": SINCE, "value": value }])
}

/// The terms of an employment in a country: the facts of its case, where it is, and that it runs.
fn terms(country: &str, sample: &Sample) -> Value {
    let mut attributes: Map<String, Value> =
        sample.facts.iter().map(|(name, fact)| (name.clone(), since(fact))).collect();
    attributes.insert("legal_entity".into(), since(&json!(format!("acme-{country}"))));
    attributes.insert("status".into(), since(&json!("active")));
    json!({ "attributes": attributes })
}

fn id(number: usize) -> String {
    format!("p{number:05}")
}

fn countries_of(number: usize) -> Vec<usize> {
    let first = number % COUNTRIES.len();
    match number % EVERY {
        0 => vec![first, (first + 1) % COUNTRIES.len()],
        _ => vec![first],
    }
}

/// Calculates for everybody in a country's slot and compares with the case.
async fn everybody_is_paid(client: &Client, country: usize, sample: &Sample) {
    let people: Vec<usize> =
        (0..PEOPLE).filter(|number| countries_of(*number).contains(&country)).collect();
    for chunk in people.chunks(LINES) {
        let requests = chunk.iter().map(|number| {
            json!({
                "slot": format!("{}/payroll", COUNTRIES[country]),
                "date": sample.date,
                "employee": id(*number),
            })
        });
        let answers = client.batch(requests).await.unwrap();
        assert_eq!(answers.len(), chunk.len());
        for (number, answer) in chunk.iter().zip(&answers) {
            let lines = answer["lines"].as_array().unwrap_or_else(|| panic!("{number}: {answer}"));
            let net = lines.iter().find(|line| line["code"] == "net_pay").unwrap();
            assert_eq!(net["amount"], json!(sample.net), "{} {number}", COUNTRIES[country]);
            assert_eq!(answer["receipt"]["employment"], json!(COUNTRIES[country]));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_people_in_four_countries_are_each_paid_by_their_own_rules() {
    let server = Server::start().await.unwrap();
    let operator = server.operator();
    let client = server.tenant(&operator, "acme").await.unwrap();
    let samples: Vec<Sample> = COUNTRIES.iter().map(|country| sample(country)).collect();
    for country in COUNTRIES {
        let folder = repository().join(format!("rulesets/{country}/payroll"));
        let slot = format!("{country}/payroll");
        server.publish_and_activate(&operator, &client, &folder, &slot).await.unwrap();
    }
    let entities: Map<String, Value> = COUNTRIES
        .iter()
        .map(|country| {
            let name = format!("Acme {}", country.to_uppercase());
            let entity = json!({ "name": name, "country": country.to_uppercase() });
            (format!("acme-{country}"), entity)
        })
        .collect();
    let organization = json!({ "organization": { "legal_entities": entities } });
    let path = client.path("organization");
    let organizer = server.credential(&operator, "acme", &["policy:write"]).await.unwrap();
    organizer.put(&path, &organization).await.unwrap().ok().unwrap();

    // Everybody arrives in one file.
    let file: String = (0..PEOPLE)
        .map(|number| {
            let employments: Map<String, Value> = countries_of(number)
                .into_iter()
                .map(|country| {
                    (COUNTRIES[country].to_owned(), terms(COUNTRIES[country], &samples[country]))
                })
                .collect();
            let name = since(&json!(format!("Family {number}")));
            let person = json!({
                "id": id(number),
                "attributes": { "family_name": name },
                "employments": employments,
            });
            format!("{person}\n")
        })
        .collect();
    let path = client.path("employees/import");
    let report =
        client.post_bytes(&path, "application/x-ndjson", file).await.unwrap().ok().unwrap();
    assert_eq!(report["rows"], PEOPLE, "{report}");
    for (country, sample) in samples.iter().enumerate() {
        everybody_is_paid(&client, country, sample).await;
    }

    // Who is asked for in a slot that is for others is told where they are.
    let elsewhere = json!({ "slot": "us/payroll", "date": samples[3].date, "employee": id(1) });
    let refused = client.post(&client.path("calculations"), &elsewhere).await.unwrap();
    let detail = refused.body.to_string();
    assert_eq!(refused.status, 422, "{detail}");
    assert!(detail.contains("acme-de") && detail.contains("us/payroll"), "{detail}");

    // A transfer on a day: before it the one law, from it on the other.
    let mut left = terms("de", &samples[1]);
    left["attributes"]["status"] = json!([
        { "from": SINCE, "value": "active" },
        { "from": "2026-01-15", "value": "on_leave" },
        { "from": samples[0].date, "value": "ended" },
    ]);
    let moved = json!({
        "attributes": {},
        "employments": { "de": left, "cn": terms("cn", &samples[0]) },
    });
    let path = client.path(&format!("employees/{}", id(1)));
    client.put(&path, &moved).await.unwrap().ok().unwrap();
    let asked = json!({ "slot": "cn/payroll", "date": samples[0].date, "employee": id(1) });
    let paid = client.post(&client.path("calculations"), &asked).await.unwrap().ok().unwrap();
    assert_eq!(paid["receipt"]["employment"], "cn");

    // A wrong fact of one country's rules, said of somebody there, names them; elsewhere it is not
    // theirs to refuse.
    let state = since(&json!("berlin"));
    let us = json!({ "attributes": { "legal_entity": since(&json!("acme-us")), "state": state } });
    let path = client.path("employees/x");
    let body = json!({ "attributes": {}, "employments": { "us": us } });
    let refused = client.put(&path, &body).await.unwrap();
    let detail = refused.body.to_string();
    assert_eq!(refused.status, 422, "{detail}");
    assert!(detail.contains("in the slot us/payroll demands"), "{detail}");
    assert!(detail.contains("/employments/us/attributes/state/0/value"), "{detail}");
    let de = json!({ "attributes": {
        "legal_entity": since(&json!("acme-de")), "us/payroll/state": state } });
    let body = json!({ "attributes": {}, "employments": { "de": de } });
    client.put(&path, &body).await.unwrap().ok().unwrap();
}
