//! One company with people in every country whose law is shipped, in one run: everybody is paid what
//! the country's cases say, explained in English and in the language of the country.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that can not go on has failed"
)]

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};
use stele_end_to_end::{Client, Server, repository};

/// How many people the company has.
const PEOPLE: usize = 10_000;
/// Lines of one batch.
const LINES: usize = 1_000;
/// Fewer than these would mean that a country was forgotten.
const COUNTRIES: usize = 33;
/// Since when everything is said of everybody.
const SINCE: &str = "2000-01-01";

/// A country's payroll as shipped.
struct Country {
    /// `at`
    code: String,
    /// The languages in which its payslips are explained: English, and the country's own.
    languages: Vec<String>,
    cases: Vec<Case>,
}

/// What a case says of somebody, and what must come out.
struct Case {
    name: String,
    date: String,
    facts: Map<String, Value>,
    lines: Map<String, Value>,
}

/// The cases of a country that are paid.
fn country(code: &str) -> Country {
    let folder = repository().join(format!("rulesets/{code}/payroll"));
    let manifest: toml::Table =
        std::fs::read_to_string(folder.join("ruleset.toml")).unwrap().parse().unwrap();
    let spoken = manifest["languages"].as_array().unwrap().iter();
    let spoken: Vec<String> = spoken.map(|tag| tag.as_str().unwrap().to_owned()).collect();
    // Every ruleset speaks Chinese, too; it is the language of the country where no other is.
    let own = spoken.iter().find(|tag| *tag != "en" && *tag != "zh");
    let own = own.or_else(|| spoken.iter().find(|tag| *tag != "en"));
    let languages = ["en".to_owned()].into_iter().chain(own.cloned()).collect();
    let mut files: Vec<_> = std::fs::read_dir(folder.join("cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let cases = files.iter().filter_map(|file| {
        let case: toml::Table = std::fs::read_to_string(file).unwrap().parse().unwrap();
        let members = |value: &toml::Value| json(value).as_object().cloned();
        let lines = members(case.get("expect")?.get("lines")?)?;
        let facts = members(case.get("facts")?)?;
        let name = format!("{code} {}", file.file_stem()?.to_str()?);
        Some(Case { name, date: case["date"].to_string(), facts, lines })
    });
    Country { code: code.to_owned(), languages, cases: cases.collect() }
}

/// A value of a case as callers send it.
fn json(value: &toml::Value) -> Value {
    match value {
        toml::Value::Datetime(day) => json!(day.to_string()),
        toml::Value::Array(list) => list.iter().map(json).collect(),
        toml::Value::Table(table) => {
            table.iter().map(|(name, value)| (name.clone(), json(value))).collect()
        }
        other => serde_json::to_value(other).unwrap(),
    }
}

fn since(value: &Value) -> Value {
    json!([{ "from": SINCE, "value": value }])
}

fn id(number: usize) -> String {
    format!("p{number:05}")
}

fn person(number: usize, country: &Country, case: &Case) -> String {
    let dated = |value: &Value| since(value);
    let mut attributes: Map<String, Value> =
        case.facts.iter().map(|(name, fact)| (name.clone(), dated(fact))).collect();
    attributes.insert("legal_entity".into(), since(&json!(format!("acme-{}", country.code))));
    attributes.insert("status".into(), since(&json!("active")));
    let person = json!({
        "id": id(number),
        "attributes": {},
        "employments": { "main": { "attributes": attributes } },
    });
    format!("{person}\n")
}

async fn answers(client: &Client, requests: &[Value], language: &str) -> Vec<Value> {
    let lines: String = requests.iter().map(|request| format!("{request}\n")).collect();
    let answer = client
        .request(reqwest::Method::POST, &client.path("calculations/batch"))
        .header("content-type", "application/x-ndjson")
        .header("accept-language", language)
        .body(lines)
        .send()
        .await
        .unwrap();
    let text = answer.text().await.unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_people_in_every_country_are_paid_and_told_why_in_their_language() {
    let mut codes: Vec<String> = std::fs::read_dir(repository().join("rulesets"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|folder| folder.join("payroll").is_dir())
        .map(|folder| folder.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    codes.sort();
    let countries: Vec<Country> = codes.iter().map(|code| country(code)).collect();
    assert!(countries.len() >= COUNTRIES, "{codes:?}");

    let server = Server::start().await.unwrap();
    let operator = server.operator();
    let client = server.tenant(&operator, "acme").await.unwrap();
    for code in &codes {
        let folder = repository().join(format!("rulesets/{code}/payroll"));
        let slot = format!("payroll/{code}");
        server.publish_and_activate(&operator, &client, &folder, &slot).await.unwrap();
    }
    let entity = |code: &String| {
        let country = code.to_uppercase();
        (format!("acme-{code}"), json!({ "name": format!("Acme {country}"), "country": country }))
    };
    let entities: Map<String, Value> = codes.iter().map(entity).collect();
    let organizer = server.credential(&operator, "acme", &["policy:write"]).await.unwrap();
    let organization = json!({ "organization": { "legal_entities": entities } });
    organizer.put(&client.path("organization"), &organization).await.unwrap().ok().unwrap();

    let people: Vec<(usize, &Country, &Case)> = (0..PEOPLE)
        .map(|number| {
            let country = &countries[number % countries.len()];
            assert!(!country.cases.is_empty(), "{} has no case that is paid", country.code);
            let case = &country.cases[number / countries.len() % country.cases.len()];
            (number, country, case)
        })
        .collect();
    let file: String =
        people.iter().map(|(number, country, case)| person(*number, country, case)).collect();
    let path = client.path("employees/import");
    let report = client.post_bytes(&path, "application/x-ndjson", file).await.unwrap();
    assert_eq!(report.status, 200, "{}", report.body);
    assert_eq!(report.body["rows"], PEOPLE, "{}", report.body);

    let mut languages: Vec<&String> =
        countries.iter().flat_map(|country| &country.languages).collect();
    languages.sort();
    languages.dedup();
    for language in languages {
        let asked: Vec<_> =
            people.iter().filter(|(_, country, _)| country.languages.contains(language)).collect();
        for chunk in asked.chunks(LINES) {
            let request = |(number, country, case): &&(usize, &Country, &Case)| {
                let slot = format!("payroll/{}", country.code);
                json!({
                    "slot": slot, "date": case.date, "employee": id(*number), "explain": true,
                })
            };
            let requests: Vec<Value> = chunk.iter().map(request).collect();
            let answers = answers(&client, &requests, language).await;
            assert_eq!(answers.len(), chunk.len());
            for ((_, _, case), answer) in chunk.iter().zip(&answers) {
                assert_paid(case, answer, language);
            }
        }
    }
}

fn decimal(amount: &Value) -> Decimal {
    amount.as_str().unwrap_or_else(|| panic!("{amount}")).parse().unwrap()
}

/// The answer has every line that the case names, and steps in the language that was asked for.
fn assert_paid(case: &Case, answer: &Value, language: &str) {
    let name = &case.name;
    let lines = answer["lines"].as_array().unwrap_or_else(|| panic!("{name}: {answer}"));
    for (code, amount) in &case.lines {
        // A line that has a subject is named with it.
        let (item, subject) =
            code.split_once('/').map_or((&**code, None), |(item, subject)| (item, Some(subject)));
        let is_meant = |line: &&Value| line["code"] == item && line["subject"].as_str() == subject;
        let found = lines.iter().filter(is_meant);
        let sum: Decimal = found.map(|line| decimal(&line["amount"])).sum();
        assert_eq!(sum, decimal(amount), "{name} {code}");
    }
    assert_eq!(answer["language"], language, "{name}");
    let steps = answer["steps"].as_array().unwrap_or_else(|| panic!("{name}: {answer}"));
    assert!(!steps.is_empty(), "{name} is not explained");
    let text = |step: &Value| step["text"].as_str().is_some_and(|text| !text.trim().is_empty());
    assert!(steps.iter().all(text), "{name} has a step that says nothing: {answer}");
}
