//! Calculations: from JSON facts on a date to lines, digests and sentences.

use std::sync::Arc;

use jiff::civil::date;
use serde_json::{Map, Value as Json, json};
use stele_engine::Engine;
use stele_engine::contract::{Choice, Description, Origin, ScalarKind, Shape, TableShape};
use stele_ruleset::{
    AnswerTooLong, Calculation, CalculationError, FieldError, Finding, LONGEST_TEXT, Ruleset,
};

use crate::support::{
    ENGLISH, MANIFEST, PARAMETERS, column, decimal, description, engine, field, files, from_text,
    honest, hostile, object, open, package, ready, with,
};

fn holder() -> Arc<str> {
    "tenant".into()
}

fn bonus(engine: &Engine) -> Arc<Ruleset> {
    ready(engine, &package(honest()))
}

/// The rule that adds a bonus, with facts of every kind around the number that it adds to.
fn with_every_kind() -> Description {
    let mut description = description();
    let cities = ["beijing", "shanghai"]
        .map(|name| Choice { name: name.to_owned(), meaning: "A city.".to_owned() });
    let mut amount = field("amount", Shape::Scalar(decimal(Some("0"), Some("1000"), Some(2))));
    amount.unit = Some("CNY/month".to_owned());
    let mut note = field("note", Shape::Scalar(ScalarKind::Text(4)));
    note.required = false;
    let mut on = field("on", Shape::Scalar(ScalarKind::Date));
    on.origin = Origin::CalculationDate;
    let mut hours = column("hours", decimal(None, None, None), false);
    hours.required = false;
    let entries = TableShape {
        columns: vec![column("start", ScalarKind::DateTime, false), hours],
        maximum_rows: 3,
    };
    let mut entries = field("entries", Shape::Table(entries));
    entries.required = false;
    description.facts.extend([
        amount,
        note,
        on,
        field("city", Shape::Scalar(ScalarKind::Choice(cities.to_vec()))),
        field("married", Shape::Scalar(ScalarKind::Boolean)),
        field("born", Shape::Scalar(ScalarKind::Date)),
        entries,
    ]);
    let mut key = column("city", ScalarKind::Choice(cities.to_vec()), true);
    key.selected_by = Some(4);
    let bases = TableShape {
        columns: vec![key, column("floor", decimal(None, None, None), false)],
        maximum_rows: 10,
    };
    description.parameters.push(field("bases", Shape::Table(bases)));
    description
}

fn every_kind(engine: &Engine) -> Arc<Ruleset> {
    let labels = [
        "amount",
        "note",
        "on",
        "city",
        "married",
        "born",
        "entries",
        "entries.start",
        "entries.hours",
    ];
    let labels: String =
        labels.iter().map(|name| format!("{name:?} = \"Label of {name}\"\n")).collect();
    let bases = r#"
        [[bases]]
        from = 2020-01-01
        source = "Notice of Beijing"
        unconfirmed = true
        row = { city = "beijing", floor = "100" }
        [[bases]]
        from = 2020-01-01
        source = "Notice of Shanghai"
        row = { city = "shanghai", floor = "200" }
    "#;
    let mut all = files(hostile("honest", &with_every_kind()));
    all = with(all, "parameters.toml", &format!("{PARAMETERS}\n{bases}"));
    all = with(all, "ruleset.toml", &MANIFEST.replace("\"en\", \"zh\"", "\"en\""));
    all.remove("texts/zh.toml");
    let texts = format!(
        "title = \"Every kind\"\n[facts]\nnumber = \"Number\"\n{labels}[items]\nanswer = \"Answer\"\n\
         other_answer = \"Other\"\n[choices.city]\nbeijing = \"Beijing\"\n"
    );
    all = with(all, "texts/en.toml", &texts);
    ready(engine, &package(all))
}

fn sound() -> Map<String, Json> {
    object(
        r#"{"number": 1, "amount": 0.10, "city": "beijing", "married": true, "born": "1990-02-28",
            "entries": [{"start": "2020-03-02T09:00:00+08:00", "hours": "7.50"}]}"#,
    )
}

async fn calculate(
    engine: &Engine,
    ruleset: &Ruleset,
    facts: &Map<String, Json>,
) -> Result<Calculation, CalculationError> {
    ruleset.calculate(engine, &holder(), date(2020, 6, 30), facts, false).await
}

async fn errors(engine: &Engine, ruleset: &Ruleset, facts: &Map<String, Json>) -> Vec<FieldError> {
    match calculate(engine, ruleset, facts).await {
        Err(CalculationError::InvalidFacts(errors)) => errors,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_parameters_in_force_on_the_date_are_used() {
    let engine = engine();
    let ruleset = bonus(&engine);
    let facts = object(r#"{"number": 1}"#);
    for (on, amount) in [(date(2020, 12, 31), "11"), (date(2021, 1, 1), "21")] {
        let calculation = ruleset.calculate(&engine, &holder(), on, &facts, false).await.unwrap();
        assert_eq!(calculation.outcome.lines[0].amount.to_string(), amount);
    }
}

#[tokio::test]
async fn a_date_outside_of_the_horizon_is_an_error_that_says_so() {
    let engine = engine();
    let facts = object(r#"{"number": 1}"#);
    for on in [date(2019, 12, 31), date(2022, 1, 1)] {
        let error =
            bonus(&engine).calculate(&engine, &holder(), on, &facts, false).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "test/bonus 1.0.0 holds from 2020-01-01 to 2021-12-31; the date {on} is outside"
            )
        );
    }
}

#[tokio::test]
async fn every_wrong_fact_is_reported_at_once_with_its_pointer() {
    let engine = engine();
    let facts = object(
        r#"{"number": 1.5, "amount": "1000.001", "note": "five!", "on": "2020-06-30", "city": "paris",
            "born": "1990-02-30", "a/b~c": 1,
            "entries": [{"start": "2020-03-02T09:00:00", "hours": {}, "end": 1}, 7]}"#,
    );
    let errors = errors(&engine, &every_kind(&engine), &facts).await;
    let found: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "/number: expected a whole number, found 1.5",
            "/amount: expected a decimal from 0 to 1000, at most 2 decimals in CNY/month, found \"1000.001\"",
            "/note: expected a text of at most 4 characters, found \"five!\"",
            "/on: expected nothing: it is the date of the calculation, found \"2020-06-30\"",
            "/city: expected one of beijing, shanghai, found \"paris\"",
            "/married: expected true or false, found nothing",
            "/born: expected a date such as 2026-03-02, found \"1990-02-30\"",
            "/entries/0/start: expected a date and time with offset such as 2026-03-02T09:00:00+08:00, found \"2020-03-02T09:00:00\"",
            "/entries/0/hours: expected a decimal, at most 28 digits, found an object",
            "/entries/0/end: expected a column that the rule declares, found the unknown name \"end\"",
            "/entries/1: expected an object with the columns of the table, found 7",
            "/a~1b~0c: expected a fact that the rule declares, found the unknown name \"a/b~c\"",
        ]
    );
    assert_eq!(errors[1].unit.as_deref(), Some("CNY/month"));
}

#[tokio::test]
async fn numbers_are_read_from_their_text() {
    let engine = engine();
    let ruleset = every_kind(&engine);
    let digest = async |amount: &str| {
        let mut facts = sound();
        facts.insert("amount".to_owned(), serde_json::from_str(amount).unwrap());
        calculate(&engine, &ruleset, &facts).await.unwrap().digests.facts
    };
    let tenth = digest("0.1").await;
    for same in ["\"0.1\"", "0.10", "1e-1", "\"0.100\"", "0.1000000000000000000000000000000000000"]
    {
        assert_eq!(digest(same).await, tenth, "{same}");
    }
    assert_ne!(digest("0.11").await, tenth);
    for wrong in [
        "0.100000000000000005551115123125782702118158340454101562",
        "1e400",
        "1e999999",
        "-0.01",
        "\"NaN\"",
        "\"\"",
        "[]",
        "{}",
        "true",
    ] {
        let mut facts = sound();
        facts.insert("amount".to_owned(), serde_json::from_str(wrong).unwrap());
        assert_eq!(errors(&engine, &ruleset, &facts).await[0].pointer, "/amount", "{wrong}");
    }
}

#[tokio::test]
async fn the_facts_digest_is_sha256_over_their_canonical_json() {
    let engine = engine();
    let mut facts = sound();
    facts.insert("note".to_owned(), json!("é\"\u{1}\n"));
    let calculation = calculate(&engine, &every_kind(&engine), &facts).await.unwrap();
    let canonical = serde_json_canonicalizer::to_vec(&json!({
        "number": "1", "amount": "0.1", "note": "é\"\u{1}\n", "on": "2020-06-30", "city": "beijing",
        "married": true, "born": "1990-02-28",
        "entries": [{"start": "2020-03-02T09:00:00+08:00", "hours": "7.5"}],
    }))
    .unwrap();
    assert_eq!(calculation.digests.facts, stele_engine::Digest::of(&canonical));
    let outcome = serde_json_canonicalizer::to_vec(
        &json!({"lines": [{"item": "answer", "amount": "11"}], "findings": []}),
    )
    .unwrap();
    assert_eq!(calculation.digests.outcome, stele_engine::Digest::of(&outcome));
}

#[tokio::test]
async fn hostile_facts_are_refused_quickly_and_answered_briefly() {
    let engine = engine();
    let ruleset = every_kind(&engine);
    let started = std::time::Instant::now();
    let megabyte = "9".repeat(1 << 20);
    let row = json!({"start": "x"});
    let many: Map<String, Json> =
        (0..100_000).map(|index| (format!("unknown_{index}"), json!(1))).collect();
    for (name, value) in [
        ("amount", Json::String(megabyte.clone())),
        ("amount", serde_json::from_str(&megabyte).unwrap()),
        ("number", Json::String(megabyte.clone())),
        ("note", Json::String(megabyte.clone())),
        ("city", Json::String(megabyte.clone())),
        (&*megabyte, Json::Null),
        ("entries", Json::Array(vec![row; 1_000_000])),
        ("unknown", Json::Object(many.clone())),
    ] {
        let mut facts = sound();
        facts.insert(name.to_owned(), value);
        let errors = errors(&engine, &ruleset, &facts).await;
        let size: usize = errors.iter().map(|error| error.to_string().len()).sum();
        assert!(!errors.is_empty() && size < 2_000, "{size} bytes of errors");
    }
    let errors = errors(&engine, &ruleset, &many).await;
    assert!(errors.len() <= 100);
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_session_answers_like_single_calculations() {
    let engine = engine();
    let ruleset = bonus(&engine);
    let mut session = ruleset.session(&engine, &holder());
    for number in [5, 1, 5] {
        for on in [date(2020, 6, 30), date(2021, 6, 30)] {
            let facts = object(&format!("{{\"number\": {number}}}"));
            let single = ruleset.calculate(&engine, &holder(), on, &facts, false).await.unwrap();
            let batch = session.calculate(on, &facts, true).await.unwrap();
            assert_eq!(single.digests, batch.digests);
        }
    }
}

#[tokio::test]
async fn a_failure_costs_one_employee_and_not_the_session() {
    let engine = engine();
    let body = "(func $evaluate (param i32) (param $facts i32) (param i32) (param i32) (result i32)
        (if (i64.eq (call $number (local.get $facts)) (i64.const 3)) (then (unreachable)))
        (call $line (i32.const 0) (i64.const 1)))";
    let ruleset = ready(&engine, &package(files(from_text(body, &description()))));
    let mut session = ruleset.session(&engine, &holder());
    let mut failed = Vec::new();
    for number in [1, 2, 3, 4, 3, 5, 6] {
        let facts = object(&format!("{{\"number\": {number}}}"));
        if session.calculate(date(2020, 6, 30), &facts, false).await.is_err() {
            failed.push(number);
        }
    }
    assert_eq!(failed, [3, 3], "each time, and nobody after it");
}

/// It answers with the number of whoever came before, if it can.
#[tokio::test]
async fn nobody_is_paid_by_the_facts_of_somebody_else() {
    let engine = engine();
    let ruleset = ready(&engine, &package(files(hostile("remembers", &description()))));
    let mut session = ruleset.session(&engine, &holder());
    for number in [500, 700, 900] {
        let facts = object(&format!("{{\"number\": {number}}}"));
        let day = date(2020, 6, 30);
        for calculation in [
            session.calculate(day, &facts, false).await.unwrap(),
            ruleset.calculate(&engine, &holder(), day, &facts, false).await.unwrap(),
        ] {
            assert_eq!(
                &*calculation.render(&ruleset, ruleset.wording(&["en"])).unwrap().lines[0].amount,
                "0"
            );
        }
    }
}

#[tokio::test]
async fn a_fault_names_the_fact_or_says_what_is_wrong() {
    let engine = engine();
    let ruleset = open(&engine, "cn/payroll");
    let facts = object(r#"{"gross": "30000", "months_employed": 1}"#);
    let error =
        ruleset.calculate(&engine, &holder(), date(2026, 1, 31), &facts, false).await.unwrap_err();
    assert!(
        matches!(&error, CalculationError::Fault(fault) if !fault.message.is_empty()),
        "{error:?}"
    );
}

#[tokio::test]
async fn unconfirmed_values_say_so_in_every_result_that_used_them() {
    let engine = engine();
    let ruleset = bonus(&engine);
    let facts = object(r#"{"number": 1}"#);
    let confirmed =
        ruleset.calculate(&engine, &holder(), date(2020, 6, 30), &facts, false).await.unwrap();
    assert!(confirmed.render(&ruleset, ruleset.wording(&["en"])).unwrap().findings.is_empty());
    let unconfirmed =
        ruleset.calculate(&engine, &holder(), date(2021, 6, 30), &facts, false).await.unwrap();
    let view = unconfirmed.render(&ruleset, ruleset.wording(&["zh"])).unwrap();
    assert_eq!(view.findings.len(), 1);
    assert_eq!(view.findings[0].code, "unconfirmed_parameter");
    assert_eq!(view.findings[0].citation, Some("Agreement of 2020, item 1"));
    assert!(view.findings[0].message.contains("奖金自2021年1月1日起"), "{:?}", view.findings[0]);
}

#[tokio::test]
async fn all_unconfirmed_values_of_a_result_stand_in_one_finding() {
    let engine = engine();
    let ruleset = every_kind(&engine);
    let (facts, on) = (sound(), date(2021, 6, 30));
    let calculation = ruleset.calculate(&engine, &holder(), on, &facts, false).await.unwrap();
    let view = calculation.render(&ruleset, ruleset.wording(&["en"])).unwrap();
    let [finding] = view.findings.as_slice() else { panic!("{:?}", view.findings) };
    assert_eq!((finding.code, finding.subject), ("unconfirmed_parameter", None));
    let listed: Vec<_> = (finding.parameters.iter())
        .map(|value| (value.name, &*value.from, value.source, value.unconfirmed))
        .collect();
    assert_eq!(
        listed,
        [
            ("bonus", "2021-01-01", "Agreement of 2020, item 1", true),
            ("bases", "2020-01-01", "Notice of Beijing", true),
        ]
    );
    assert_eq!(finding.citation, None, "each has its own source");
    assert_eq!(
        finding.message,
        "2 values that this result rests on could not be confirmed in their publications: A \
         number from January 1, 2021 (source: Agreement of 2020, item 1); A field (Beijing) from \
         January 1, 2020 (source: Notice of Beijing)"
    );
}

#[tokio::test]
async fn of_a_table_with_a_key_only_the_rows_that_the_facts_select_count() {
    let engine = engine();
    let ruleset = every_kind(&engine);
    for (city, findings) in [("beijing", 1), ("shanghai", 0)] {
        let mut facts = sound();
        facts.insert("city".to_owned(), json!(city));
        let calculation = calculate(&engine, &ruleset, &facts).await.unwrap();
        let view = calculation.render(&ruleset, ruleset.wording(&["en"])).unwrap();
        assert_eq!(view.findings.len(), findings, "{city}");
        if let Some(finding) = view.findings.first() {
            assert_eq!(finding.parameters[0].value, json!({ "city": "beijing", "floor": "100" }));
            assert!(finding.message.contains("A field (Beijing)"), "{}", finding.message);
        }
    }
}

#[tokio::test]
async fn the_published_example_of_cumulative_withholding_is_right_to_the_cent() {
    let engine = engine();
    let ruleset = open(&engine, "cn/payroll");
    let mut withheld = rust_decimal::Decimal::ZERO;
    for (month, tax) in [(1, "555.00"), (2, "625.00"), (3, "1850.00")] {
        let earlier = i32::from(month) - 1;
        let facts = object(&format!(
            r#"{{"income_kind": "wages", "tax_residence": "resident", "gross": 30000,
                "months_employed": {month}, "employee_contributions": 4500,
                "additional_deductions": 2000, "earlier_gross": {}, "earlier_contributions": {},
                "earlier_additional_deductions": {}, "earlier_tax_withheld": "{withheld}"}}"#,
            30000 * earlier,
            4500 * earlier,
            2000 * earlier
        ));
        let on = date(2026, month, 28);
        let calculation = ruleset.calculate(&engine, &holder(), on, &facts, true).await.unwrap();
        let view = calculation.render(&ruleset, ruleset.wording(&["zh-CN"])).unwrap();
        assert_eq!(view.language, "zh");
        let line = view.lines.iter().find(|line| line.code == "income_tax").unwrap();
        assert_eq!((line.amount.as_str(), line.unit), (tax, Some("CNY")));
        assert!(!line.label.is_ascii(), "labelled in Chinese: {}", line.label);
        assert!(!view.steps.is_empty());
        for step in &view.steps {
            assert!(!step.text.contains('{'), "{}", step.text);
        }
        assert!(
            view.steps.iter().any(|step| {
                step.parameters.iter().any(|parameter| !parameter.source.is_empty())
            })
        );
        withheld += tax.parse::<rust_decimal::Decimal>().unwrap();
    }
}

#[tokio::test]
async fn the_schema_describes_what_is_accepted() {
    let engine = engine();
    let ruleset = every_kind(&engine);
    let schema = ruleset.facts_schema("en");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["additionalProperties"], false);
    assert_eq!(schema["required"], json!(["number", "amount", "city", "married", "born"]));
    let properties = &schema["properties"];
    assert!(properties.get("on").is_none(), "the host fills it in");
    assert_eq!(properties["amount"]["x-unit"], "CNY/month");
    assert_eq!(properties["amount"]["title"], "Label of amount");
    assert_eq!(properties["amount"]["maximum"].to_string(), "1000");
    assert_eq!(properties["note"]["type"], json!(["string", "null"]));
    assert_eq!(properties["city"]["oneOf"][0]["title"], "Beijing");
    assert_eq!(properties["entries"]["items"]["required"], json!(["start"]));
}

#[tokio::test]
async fn one_fact_can_be_checked_before_it_is_kept() {
    let engine = engine();
    let ruleset = every_kind(&engine);
    assert_eq!(ruleset.check_fact("amount", &json!("12.50")), Some(vec![]));
    assert_eq!(ruleset.check_fact("weight", &json!(1)), None);
    let errors = ruleset.check_fact("amount", &json!("much")).unwrap();
    assert_eq!(errors[0].pointer, "/amount");
    assert_eq!(ruleset.check_fact("on", &json!("2020-01-01")).unwrap().len(), 1);
}

#[tokio::test]
async fn an_answer_that_its_texts_make_too_long_is_refused_and_not_made() {
    let engine = engine();
    let label = "x".repeat(LONGEST_TEXT);
    let english = ENGLISH.replace("\"Answer\"", &format!("\"{label}\""));
    let files = with(honest(), "texts/en.toml", &english);
    let ruleset = ready(&engine, &package(files));
    let facts = object(r#"{"number": 1}"#);
    let mut calculation =
        ruleset.calculate(&engine, &holder(), date(2020, 6, 30), &facts, true).await.unwrap();
    let line = calculation.outcome.lines[0].clone();
    calculation.outcome.lines = vec![line.clone(); 1000];
    assert_eq!(calculation.render(&ruleset, ruleset.wording(&["en"])).unwrap().lines.len(), 1000);
    // As many as a rule may yield.
    calculation.outcome.lines = vec![line; 4096];
    assert_eq!(calculation.render(&ruleset, ruleset.wording(&["en"])), Err(AnswerTooLong));
    assert!(
        calculation.render(&ruleset, ruleset.wording(&["zh"])).is_ok(),
        "in Chinese its label is short"
    );
    // A sentence may name its subject again and again.
    calculation.outcome.lines.clear();
    calculation.outcome.findings =
        vec![Finding { kind: 0, subject: Some(label), on: None, limit: None, actual: None }; 4096];
    assert_eq!(calculation.render(&ruleset, ruleset.wording(&["zh"])), Err(AnswerTooLong));
}
