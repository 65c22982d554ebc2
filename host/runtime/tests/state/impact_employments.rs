//! Reports over people with several employments: people are counted as people, and nobody's
//! employment is passed over.

use std::sync::Arc;

use jiff::civil::{Date, date};
use serde_json::{Value, json};
use stele_runtime::{
    CalculationRequest, Computed, Covered, EmploymentId, ImpactPopulation, ImpactReport,
    ImpactRequest, PaidFilter, ProposalDraft, ProposalError, Recording, Runtime, Scope,
};

use crate::employments::{draft, entities, organize, package, put, ready};
use crate::impacts::{content, finished};
use crate::proposals::{person, write_policy};
use crate::support::{acme, employee, of, slot, somebody};

const DAY: Date = date(2020, 6, 30);

/// An employment of the entity in Germany.
fn german(status: &Value) -> Value {
    json!({
        "legal_entity": [["2020-01-01", "acme-de"]],
        "number": [["2020-01-01", 1]],
        "status": status,
    })
}

fn running() -> Value {
    german(&json!([["2020-01-01", "active"]]))
}

/// Of three people one has two employments for the slot, one has one, and one has one for another.
async fn company() -> Arc<Runtime> {
    let runtime = ready().await;
    organize(&runtime, json!({ "legal_entities": entities() })).await;
    let two = json!({ "a": running(), "b": running() });
    put(&runtime, "e1", draft(&json!({}), &two)).await.unwrap();
    put(&runtime, "e2", draft(&json!({}), &json!({ "only": running() }))).await.unwrap();
    let other = json!({ "country": [["2020-01-01", "US"]], "number": [["2020-01-01", 1]] });
    put(&runtime, "e3", draft(&other, &json!({}))).await.unwrap();
    let candidate = package("DE", "2.0.0", 21);
    runtime.publish(&somebody(), Scope::Everyone, candidate).await.unwrap();
    runtime
}

fn asking(population: ImpactPopulation) -> ImpactRequest {
    let dates = match &population {
        ImpactPopulation::Results(..) => Vec::new(),
        _ => vec![DAY],
    };
    ImpactRequest {
        slot: slot("pay/de"),
        ruleset: "test/bonus-de".to_owned(),
        version: "2.0.0".to_owned(),
        population,
        dates,
        facts: serde_json::Map::new(),
    }
}

async fn propose(runtime: &Runtime, report: &ImpactReport) -> Result<(), ProposalError> {
    let draft = ProposalDraft {
        slot: "pay/de".to_owned(),
        ruleset: "test/bonus-de".to_owned(),
        version: "2.0.0".to_owned(),
        valid_from: date(2020, 6, 1),
        impact_report: Some(report.id),
        reason: None,
    };
    runtime.propose(&person(1), &acme(), draft).await.map(drop)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_employments_of_one_are_not_two_of_the_people_whom_a_required_report_is_over() {
    let runtime = company().await;
    let required = json!({ "slots": "*", "approvals": 1, "impact_report": "required" });
    write_policy(&runtime, required).await;
    let one = ImpactPopulation::Employees(vec![employee("e1")]);
    let one = finished(&runtime, asking(one)).await;
    assert_eq!(one.covered, Some(Covered { people: 1, of: 2 }));
    let refused = propose(&runtime, &one).await.unwrap_err().to_string();
    assert!(refused.contains("found one that calculates 1 of 2"), "{refused}");
    // Whoever is in another country's slot only is not among them.
    let both = ImpactPopulation::Employees(vec![employee("e1"), employee("e2")]);
    for population in [both, ImpactPopulation::All] {
        let report = finished(&runtime, asking(population)).await;
        assert_eq!(report.covered, Some(Covered { people: 2, of: 2 }));
        let content = runtime.impact_content(&acme(), report.id).await.unwrap().unwrap();
        assert_eq!((content.employees, content.people), (3, Some(2)));
        propose(&runtime, &report).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_was_paid_before_an_only_employment_was_told_apart_is_corrected_in_it() {
    let runtime = ready().await;
    organize(&runtime, json!({ "legal_entities": entities() })).await;
    let since = json!([["2020-01-01", "acme-de"]]);
    let plain = json!({ "legal_entity": since, "number": [["2020-01-01", 1]] });
    put(&runtime, "e1", draft(&plain, &json!({}))).await.unwrap();
    let pay = async |given: i64| {
        let request = CalculationRequest {
            slot: slot("pay/de"),
            record: true,
            facts: crate::support::facts(json!(given)),
            ..of("e1", DAY, None)
        };
        let mut result = runtime.calculate(&acme(), request).await.unwrap();
        let mut recording = Recording::new(&acme());
        recording.add(&mut result).unwrap();
        runtime.record(&somebody(), recording, None).await.unwrap();
        result.receipt.employment
    };
    assert_eq!(pay(1).await, None);
    put(&runtime, "e1", draft(&json!({}), &json!({ "main": running() }))).await.unwrap();
    assert_eq!(pay(2).await, Some(EmploymentId::new("main").unwrap()));
    runtime.publish(&somebody(), Scope::Everyone, package("DE", "2.0.0", 21)).await.unwrap();
    let filter = PaidFilter { slot: slot("pay/de"), from: DAY, to: DAY };
    let over = || ImpactPopulation::Results(filter.clone(), runtime.paid_results(&acme()));
    let content = content(&runtime, asking(over())).await;
    assert_eq!((content.employees, content.superseded), (1, Some(1)));
    // Of two employments nobody knows which it was.
    let two = json!({ "main": running(), "second": running() });
    put(&runtime, "e1", draft(&json!({}), &two)).await.unwrap();
    let content = crate::impacts::content(&runtime, asking(over())).await;
    assert_eq!((content.employees, content.superseded), (2, Some(0)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_paid_in_one_of_two_employments_is_not_covered() {
    let runtime = company().await;
    let pay = async |who: &str, employment: &str| {
        let request = CalculationRequest {
            slot: slot("pay/de"),
            employment: Some(EmploymentId::new(employment).unwrap()),
            record: true,
            ..of(who, DAY, None)
        };
        let mut result = runtime.calculate(&acme(), request).await.unwrap();
        let mut recording = Recording::new(&acme());
        recording.add(&mut result).unwrap();
        runtime.record(&somebody(), recording, None).await.unwrap();
    };
    let over = || {
        let filter = PaidFilter { slot: slot("pay/de"), from: DAY, to: DAY };
        asking(ImpactPopulation::Results(filter, runtime.paid_results(&acme())))
    };
    pay("e1", "a").await;
    pay("e2", "only").await;
    let report = finished(&runtime, over()).await;
    assert_eq!(report.covered, Some(Covered { people: 1, of: 2 }));
    pay("e1", "b").await;
    let report = finished(&runtime, over()).await;
    assert_eq!(report.covered, Some(Covered { people: 2, of: 2 }));
    let content = content(&runtime, over()).await;
    assert_eq!((content.employees, content.people), (3, Some(2)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_employment_that_ran_in_the_month_is_calculated() {
    let runtime = company().await;
    let left = german(&json!([["2020-01-01", "active"], ["2020-06-15", "ended"]]));
    let begins = json!({
        "legal_entity": [["2020-06-15", "acme-de"]],
        "number": [["2020-06-15", 1]],
        "status": [["2020-06-15", "active"]],
    });
    let both = json!({ "left": left, "next": begins });
    let person = json!({ "test/bonus-us/number": [["2020-01-01", 1]] });
    put(&runtime, "e4", draft(&person, &both)).await.unwrap();
    let population = || ImpactPopulation::Employees(vec![employee("e4")]);
    for (day, employments) in [
        (date(2020, 5, 31), 1),
        // Of what begins later in the month it is known how it begins.
        (date(2020, 6, 10), 2),
        (date(2020, 6, 15), 2),
        (DAY, 2),
        (date(2020, 7, 31), 1),
    ] {
        let asked = ImpactRequest { dates: vec![day], ..asking(population()) };
        let content = content(&runtime, asked).await;
        assert_eq!((content.employees, content.people), (employments, Some(1)), "{day}");
        let computed = Computed { calculations: employments, of: employments };
        assert_eq!(content.computed, Some(computed), "{day}");
        assert_eq!((content.affected, content.absent), (employments, Some(0)), "{day}");
    }
}
