//! Facts that are kept of people: those that hold for one month only, and those that a version needs
//! although it does not require them of everybody.

use std::sync::Arc;

use jiff::civil::date;
use serde_json::{Map, Value, json};
use stele_runtime::{
    ActivationDraft, CalculationRequest, ImportOptions, Recording, Runtime, Scope,
};

use crate::employments::{organize, ready};
use crate::rulesets::{self, MANIFEST, with};
use crate::silent_changes::refused;
use crate::support::{acme, employee, facts, of, slot, somebody};
use crate::typed::{csv, files, import_with, merge};

const NAME: &str = "test/stored";
const SLOT: &str = "pay/stored";

/// For Germany, a version of which one fact holds for a month only, and that needs a rate or a city of
/// whoever is not married.
async fn stored() -> Arc<Runtime> {
    let runtime = ready().await;
    let manifest = MANIFEST.replace("test/bonus", NAME);
    let manifest = format!(
        "jurisdiction = \"DE\"\n{manifest}\n[stored]\nof_one_month = [\"rate\"]\n\
         [[stored.needed]]\nany = [\"rate\", \"city\"]\nunless = [{{ fact = \"married\" }}]\n"
    );
    let package = rulesets::package(with(files(), "ruleset.toml", &manifest));
    let package = package.write().unwrap();
    runtime.publish(&somebody(), Scope::Everyone, package).await.unwrap();
    let draft = ActivationDraft {
        slot: SLOT.to_owned(),
        ruleset: NAME.to_owned(),
        version: "1.0.0".to_owned(),
        valid_from: date(2020, 1, 1),
    };
    runtime.activate(&somebody(), &acme(), draft).await.unwrap();
    organize(
        &runtime,
        json!({ "legal_entities": {
            "acme-de": { "name": "Acme GmbH", "country": "DE" },
            "acme-us": { "name": "Acme Inc.", "country": "US" },
        } }),
    )
    .await;
    runtime
}

/// Somebody with a rate since January.
async fn with_rate() -> Arc<Runtime> {
    let runtime = stored().await;
    merge(
        &runtime,
        csv("id,from,legal_entity@main,status@main,number@main,rate@main\n\
             e1,2020-01-01,acme-de,active,1,0.5\n"),
    )
    .await;
    runtime
}

fn on(month: i8, given: Map<String, Value>) -> CalculationRequest {
    CalculationRequest { slot: slot(SLOT), facts: given, ..of("e1", date(2020, month, 28), None) }
}

/// The findings of a calculation.
async fn findings(runtime: &Runtime, asked: CalculationRequest) -> Vec<Value> {
    let result = runtime.calculate(&acme(), asked).await.unwrap();
    let wording = result.ruleset.wording(&["en"]);
    let view = result.calculation.render(&result.ruleset, wording).unwrap();
    let view = serde_json::to_value(&view).unwrap();
    view["findings"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_fact_of_one_month_that_was_stored_for_an_earlier_one_is_a_warning() {
    let runtime = with_rate().await;
    assert_eq!(findings(&runtime, on(1, Map::new())).await, Vec::<Value>::new());
    let found = findings(&runtime, on(3, Map::new())).await;
    assert_eq!(found.len(), 1, "{found:?}");
    let [finding] = found.as_slice() else { unreachable!() };
    assert_eq!((&finding["code"], &finding["severity"]), (&json!("stale_fact"), &json!("warning")));
    assert_eq!((&finding["subject"], &finding["on"]), (&json!("rate"), &json!("2020-01-01")));
    let said = finding["message"].as_str().unwrap();
    assert!(said.contains("“Rate”") && said.contains("one month only"), "{said}");
    // Given with the calculation, or stored for its month, it is none.
    let given = Map::from_iter([("rate".to_owned(), json!("0.6"))]);
    assert_eq!(findings(&runtime, on(3, given)).await, Vec::<Value>::new());
    merge(&runtime, csv("id,from,rate@main\ne1,2020-03-15,0.6\n")).await;
    assert_eq!(findings(&runtime, on(3, Map::new())).await, Vec::<Value>::new());
    assert_eq!(findings(&runtime, on(4, Map::new())).await.len(), 1);
    // Other facts hold until something else is said.
    assert_eq!(findings(&runtime, on(4, facts(json!(2)))).await.len(), 1);
}

#[tokio::test]
async fn a_recorded_result_says_at_every_reading_what_was_stale() {
    let runtime = with_rate().await;
    let asked = CalculationRequest { record: true, ..on(3, Map::new()) };
    let mut result = runtime.calculate(&acme(), asked).await.unwrap();
    let mut recording = Recording::new(&acme());
    recording.add(&mut result).unwrap();
    let id = result.receipt.result.unwrap();
    runtime.record(&somebody(), recording, None).await.unwrap();
    merge(&runtime, csv("id,from,rate@main\ne1,2020-03-01,0.6\n")).await;
    let kept = runtime.result(&acme(), id).await.unwrap();
    let recalled = kept.content.recall(&result.ruleset).unwrap();
    let stale = serde_json::to_value(&recalled.stale).unwrap();
    assert_eq!(stale, json!([{ "fact": "rate", "from": "2020-01-01" }]));
}

#[tokio::test]
async fn what_a_version_needs_of_somebody_does_not_vanish() {
    let runtime = with_rate().await;
    let found = refused(&runtime, csv("id,from,rate@main\ne1,2020-07-01,\\end\n")).await;
    assert_eq!((found.len(), found[0].1.as_str()), (1, "/rate@main"), "{found:?}");
    assert!(found[0].2.contains("test/stored 1.0.0"), "{found:?}");
    // One of the two is enough, and whoever is married needs neither.
    merge(&runtime, csv("id,from,rate@main,city@main\ne1,2020-07-01,\\end,Berlin\n")).await;
    merge(&runtime, csv("id,from,city@main,married@main\ne1,2020-08-01,\\end,true\n")).await;
    // Who comes brings one.
    merge(
        &runtime,
        csv("id,from,legal_entity@main,status@main,number@main\ne2,2020-01-01,acme-us,active,1\n"),
    )
    .await;
    let moved = "id,from,legal_entity@main\ne2,2020-07-01,acme-de\n";
    let report = import_with(&runtime, csv(moved), ImportOptions::default()).await;
    assert_eq!(report.error_count, 1, "{report:?}");
    let said = &report.errors[0].field.message;
    assert!(said.contains("one of the facts rate, city from 2020-07-01 on"), "{said}");
    let with = "id,from,legal_entity@main,city@main\ne2,2020-07-01,acme-de,Berlin\n";
    merge(&runtime, csv(with)).await;
    assert!(runtime.employee(&acme(), &employee("e2"), None).await.unwrap().is_some());
}
