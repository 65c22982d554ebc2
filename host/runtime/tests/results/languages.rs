//! Every case of every ruleset of the repository, explained in every language that the host speaks.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;
use stele_ruleset::{Case, Expected, UNCONFIRMED_PARAMETER};
use stele_runtime::{
    ActivationDraft, CalculationRequest, ResultId, Runtime, Scope, explanation::Explanation,
};
use stele_words::{Phrase, Words};

use crate::{
    results::{of_number, recorded},
    rulesets,
    support::{acme, draft, furnished, slot, somebody},
};

/// In force from the first day for which its law is known.
async fn put_in_force(runtime: &Runtime, name: &str) {
    let package = rulesets::shipped(name);
    let first = package.manifest().validity.from;
    let package = package.write().unwrap();
    let published = runtime.publish(&somebody(), Scope::Everyone, package).await.unwrap();
    let activation = ActivationDraft {
        slot: name.replace('/', "-"),
        ruleset: name.to_owned(),
        version: published.version,
        ..draft("", first)
    };
    runtime.activate(&somebody(), &acme(), activation).await.unwrap();
}

/// Each case that has an outcome, calculated once and recorded with its steps.
async fn results(runtime: &Runtime, name: &str) -> Vec<(String, ResultId)> {
    let package = rulesets::shipped(name);
    let ruleset = rulesets::open(runtime.engine(), name);
    let (mut files, mut requests) = (Vec::new(), Vec::new());
    for (file, text) in package.cases() {
        let case = Case::parse(file, text, ruleset.description()).unwrap();
        // Of what is refused there is nothing to explain.
        if !matches!(case.expected, Expected::Outcome { .. }) {
            continue;
        }
        files.push(format!("{name} {file}"));
        requests.push(CalculationRequest {
            slot: slot(&name.replace('/', "-")),
            date: case.date,
            facts: case.facts,
            explain: true,
            ..of_number(0)
        });
    }
    let mut ids = Vec::new();
    for together in requests.chunks(100) {
        ids.extend(recorded(runtime, together.to_vec()).await.into_iter().map(|(id, _)| id));
    }
    files.into_iter().zip(ids).collect()
}

/// Everything in it that the host itself says.
fn said_by_the_host(explanation: &Explanation) -> Vec<&str> {
    let mut said = vec![explanation.title.as_str()];
    said.extend(explanation.introduction.iter().map(String::as_str));
    let findings = explanation.findings.iter();
    let unconfirmed = findings.filter(|finding| finding.code == UNCONFIRMED_PARAMETER);
    said.extend(unconfirmed.map(|finding| finding.message.as_str()));
    said.extend(explanation.facts.iter().map(|fact| fact.origin_text.as_str()));
    said.extend(explanation.parameters.iter().map(|parameter| parameter.in_force.as_str()));
    said.extend(explanation.authority.sentences.iter().map(String::as_str));
    said.extend(explanation.checking.iter().map(String::as_str));
    said
}

/// Every text in a document.
fn texts<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
        Value::Object(members) => members.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}

/// What is wrong with an explanation beside the English one.
fn defects(explanation: &Explanation, english: &Explanation, words: &Words) -> Vec<String> {
    let mut defects = Vec::new();
    if explanation.words != words.tag() {
        defects.push(format!("its words are of {}", explanation.words));
    }
    let document = serde_json::to_value(explanation).unwrap();
    let mut all = Vec::new();
    texts(&document, &mut all);
    // `$amount` is the name of a value; the sign of a currency stands beside none.
    let is_named = |text: &str| {
        text.split('$')
            .skip(1)
            .any(|rest| rest.starts_with(|letter: char| letter.is_ascii_lowercase()))
    };
    let is_open = |text: &&&str| {
        text.contains(['{', '}']) || is_named(text) || text.contains("TO BE WRITTEN")
    };
    defects.extend(all.iter().filter(is_open).map(|text| format!("a placeholder: {text}")));
    if words.tag() != "en" {
        let (own, english) = (said_by_the_host(explanation), said_by_the_host(english));
        assert_eq!(own.len(), english.len());
        let same = own.iter().zip(&english).filter(|(own, english)| own == english);
        defects.extend(same.map(|(own, _)| format!("English: {own}")));
    }
    let no_steps = words.phrase(Phrase::NoSteps);
    for line in &explanation.lines {
        let amount = line.amount.parse::<rust_decimal::Decimal>().unwrap();
        if rulesets::numbers(&line.shown, words) != BTreeSet::from([amount.abs()]) {
            defects.push(format!("{} is shown as {}", line.amount, line.shown));
        }
        let is_said = |text: &str| rulesets::numbers(text, words).contains(&amount.abs());
        let mut steps = line.steps.iter().map(|step| step.text.as_str());
        if !amount.is_zero() && !steps.any(|text| text == no_steps || is_said(text)) {
            defects.push(format!("{} of {} stands in no step", line.shown, line.code));
        }
    }
    defects
}

#[tokio::test]
async fn every_shipped_case_is_explained_in_every_language_of_the_host() {
    let runtime: Arc<Runtime> = furnished().await;
    let (mut explained, mut wrong) = (0, Vec::new());
    for name in rulesets::names() {
        put_in_force(&runtime, &name).await;
        for (case, id) in results(&runtime, &name).await {
            let explain = async |tag: &str| {
                runtime.explanation(&somebody(), &acme(), id, &[tag]).await.unwrap()
            };
            let english = explain("en").await;
            for words in Words::all() {
                let explanation = explain(words.tag()).await;
                let defects = defects(&explanation, &english, words);
                wrong.extend(defects.iter().map(|defect| format!("{case} {words:?}: {defect}")));
                explained += 1;
            }
        }
    }
    assert!(explained > 12 * 500, "{explained}");
    // One of each ruleset and kind: what is wrong with a sentence is wrong in every case.
    let kind = |defect: &String| {
        let ruleset = defect.split(' ').next().unwrap_or_default().to_owned();
        (
            ruleset,
            defect.split("): ").nth(1).unwrap_or_default().chars().take(14).collect::<String>(),
        )
    };
    let examples: std::collections::BTreeMap<_, _> =
        wrong.iter().map(|defect| (kind(defect), defect)).collect();
    assert!(wrong.is_empty(), "{} defects, such as {:#?}", wrong.len(), examples.values());
}
