//! The rulesets of the repository.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::date;
use rust_decimal::Decimal;
use serde_json::json;
use stele_ruleset::{Case, CheckFailure, Package, Ruleset, SilentLoss, check};
use stele_words::Words;

use crate::support::{engine, names, numbers, shipped};

#[tokio::test]
async fn every_shipped_ruleset_holds_in_every_check() {
    let engine = engine();
    let mut refused = String::new();
    for name in names() {
        match check(&engine, &shipped(&name)).await {
            Ok(published) => {
                assert!(published.report.passed);
                assert!(
                    published.report.cases.iter().all(|case| case.fuel.is_some() || case.passed)
                );
                println!("{}", published.report);
            }
            Err(CheckFailure::Refused(error)) => refused.push_str(&error.report.to_string()),
            Err(error) => refused.push_str(&error.to_string()),
        }
    }
    assert!(refused.is_empty(), "{refused}");
}

#[test]
fn every_shipped_ruleset_packs_to_the_same_bytes_twice() {
    for name in names() {
        let package = shipped(&name);
        let bytes = package.write().unwrap();
        let again = Package::read(&bytes).unwrap();
        assert_eq!(again.digest(), package.digest());
        assert_eq!(again.write().unwrap(), bytes);
    }
}

/// Whether one of the sentences has the amount in it. A deduction may be said without its sign, and
/// nothing in words.
fn is_said(amount: &str, sentences: &[&str], words: &Words) -> bool {
    let amount: Decimal = amount.parse().unwrap();
    let is_in_words = amount.is_zero() && !sentences.is_empty();
    is_in_words || sentences.iter().any(|text| numbers(text, words).contains(&amount.abs()))
}

#[tokio::test]
async fn every_line_of_every_shipped_case_is_explained_by_a_sentence_with_its_amount() {
    let engine = engine();
    let mut unexplained: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for name in names() {
        let package = shipped(&name);
        let ruleset = Arc::new(Ruleset::open(&engine, &package).await.unwrap());
        let mut session = ruleset.session(&engine, &Arc::from("test"));
        for (file, text) in package.cases() {
            let case = Case::parse(file, text, ruleset.description()).unwrap();
            let Ok(calculation) = session.calculate(case.date, &case.facts, true).await else {
                continue;
            };
            // Each ruleset's languages are among them.
            for tag in Words::all().map(Words::tag) {
                let wording = ruleset.wording(&[tag]);
                let view = calculation.render(&ruleset, wording).unwrap();
                for (position, line) in view.lines.iter().enumerate() {
                    let steps = view.steps.iter().filter(|step| step.line == Some(position));
                    let sentences: Vec<&str> = steps.map(|step| step.text.as_str()).collect();
                    if !is_said(&line.amount, &sentences, wording.words()) {
                        let items = unexplained.entry(name.clone()).or_default();
                        let amount = &line.amount;
                        let said = format!("{amount} in {file} ({tag}): {sentences:?}");
                        items.insert(line.code.to_owned(), said);
                    }
                }
            }
        }
    }
    assert!(unexplained.is_empty(), "{unexplained:#?}");
}

#[tokio::test]
async fn as_many_events_as_a_period_may_have_can_be_explained() {
    let engine = engine();
    let ruleset = Arc::new(Ruleset::open(&engine, &shipped("acme/points")).await.unwrap());
    let mut session = ruleset.session(&engine, &Arc::from("test"));
    let on_all_days = |number: usize| {
        let (on, reference) = (format!("2026-03-{:02}", number % 31 + 1), number.to_string());
        json!({"event": "redemption", "on": on, "reference": reference, "quantity": "12.3456"})
    };
    let on_one_day = |_| json!({"event": "redemption", "on": "2026-03-02"});
    let events = [
        (0..1000).map(on_all_days).collect::<Vec<_>>(),
        (0..1000).map(on_one_day).collect::<Vec<_>>(),
    ];
    for events in events {
        let facts = json!({
            "period_start": "2026-03-01",
            "period_end": "2026-03-31",
            "opening_lots": [{"granted_on": "2026-01-31", "points": "1000000"}],
            "events": events,
        });
        for explain in [false, true] {
            let facts = facts.as_object().unwrap();
            let calculated = session.calculate(date(2026, 3, 31), facts, explain).await;
            assert!(calculated.is_ok(), "explain {explain}: {calculated:?}");
        }
    }
}

/// Facts that are themselves what is taxed, and without which nothing is: the ruleset, the fact.
const AMOUNTS: [(&str, &str); 2] =
    [("be/payroll", "taxed_benefits"), ("de/payroll", "flat_taxed_benefits")];

#[tokio::test]
async fn no_payroll_loses_a_tax_or_a_contribution_in_silence_when_a_fact_is_missing() {
    let engine = engine();
    let mut lost = Vec::new();
    let payrolls = names().into_iter().filter(|name| name.ends_with("/payroll"));
    for name in payrolls {
        let package = shipped(&name);
        let ruleset = Arc::new(Ruleset::open(&engine, &package).await.unwrap());
        let cases = package.cases().map(|(file, text)| {
            Case::parse(file, text, ruleset.description()).unwrap_or_else(|defects| {
                panic!("{name} {file}: {defects:?}");
            })
        });
        let cases: Vec<Case> = cases.collect();
        let losses = ruleset.silent_losses(&engine, &cases).await.unwrap();
        lost.extend(losses.into_iter().map(|loss| (name.clone(), loss)));
    }
    let is_amount = |(name, loss): &(String, SilentLoss)| {
        AMOUNTS.iter().any(|(of, fact)| of == name && *fact == loss.fact)
    };
    let (amounts, lost): (Vec<_>, Vec<_>) = lost.into_iter().partition(is_amount);
    assert!(lost.is_empty(), "{lost:#?}");
    for (name, fact) in AMOUNTS {
        let is_met = amounts.iter().any(|(of, loss)| of == name && loss.fact == fact);
        assert!(is_met, "{name} no longer needs {fact} to be left out");
    }
}

#[tokio::test]
async fn what_a_version_says_that_it_needs_its_rule_refuses_to_do_without() {
    let engine = engine();
    let mut done_without = Vec::new();
    for name in names() {
        let package = shipped(&name);
        let ruleset = Arc::new(Ruleset::open(&engine, &package).await.unwrap());
        let mut session = ruleset.session(&engine, &Arc::from("needed facts"));
        let all = &ruleset.manifest().stored.needed;
        let mut met = vec![0; all.len()];
        for (file, text) in package.cases() {
            let case = Case::parse(file, text, ruleset.description()).unwrap();
            if session.calculate(case.date, &case.facts, false).await.is_err() {
                continue;
            }
            for (needed, met) in all.iter().zip(&mut met) {
                if !needed.is_due(|fact| case.facts.get(fact)) {
                    continue;
                }
                *met += 1;
                let mut facts = case.facts.clone();
                facts.retain(|fact, _| !needed.any.contains(fact));
                if session.calculate(case.date, &facts, false).await.is_ok() {
                    done_without.push(format!("{name} {file}: {}", needed.any.join(", ")));
                }
            }
        }
        assert!(met.iter().all(|cases| *cases > 0), "{name}: no case for each of {all:?}");
    }
    assert!(done_without.is_empty(), "{done_without:#?}");
}
