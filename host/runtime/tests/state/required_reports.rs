//! A report that the policy requires is over everybody, as they are known, and over days to come.

use jiff::civil::date;
use serde_json::json;
use stele_runtime::{ImpactPopulation, ImpactReport, ImpactRequest, ProposalDraft, ProposalError};

use crate::{
    impacts,
    proposals::{approve, person, proposal, write_policy},
    support::{acme, employee, empty, facts, put},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_required_report_is_over_everybody_and_over_days_to_come() {
    let runtime = empty().await;
    impacts::company(&runtime, 4).await;
    let draft = |report: &ImpactReport| ProposalDraft {
        slot: impacts::SLOT.to_owned(),
        ruleset: impacts::NAME.to_owned(),
        impact_report: Some(report.id),
        valid_from: date(2020, 2, 1),
        ..proposal("1.0.0")
    };
    let asking = |population| ImpactRequest {
        population,
        dates: vec![date(2020, 2, 28), date(2020, 3, 28)],
        ..impacts::asking("1.0.0")
    };
    let some = ImpactPopulation::Employees(vec![employee("e01"), employee("e02"), employee("e03")]);
    let made_up = ImpactPopulation::Facts(vec![(employee("x"), facts(json!(1)))]);
    let everybody = impacts::finished(&runtime, asking(ImpactPopulation::All)).await;
    let some = impacts::finished(&runtime, asking(some)).await;
    let made_up = impacts::finished(&runtime, asking(made_up)).await;
    let early = ImpactRequest {
        dates: vec![date(2020, 1, 28), date(2020, 2, 28)],
        ..asking(ImpactPopulation::All)
    };
    let early = impacts::finished(&runtime, early).await;

    let required = json!({ "slots": "*", "approvals": 1, "impact_report": "required" });
    write_policy(&runtime, required.clone()).await;
    let refused = async |report: &ImpactReport| {
        let refused = runtime.propose(&person(1), &acme(), draft(report)).await;
        assert!(matches!(refused, Err(ProposalError::ImpactReportUnfit { .. })), "{refused:?}");
        refused.unwrap_err().to_string()
    };
    let sentence = refused(&some).await;
    let expected = "one that calculates 100 % of the tenant's people, as they are known, \
                    found one that calculates 3 of 4";
    assert!(sentence.contains(expected), "{sentence}");
    assert!(refused(&made_up).await.contains("found one that calculates 0 of 4"));
    assert!(refused(&early).await.contains("dates from 2020-02-01 on only, found 2020-01-28"));
    let proposed = runtime.propose(&person(1), &acme(), draft(&everybody)).await.unwrap();

    let mut half = required;
    half["impact_share_percent"] = json!(75);
    write_policy(&runtime, half).await;
    let enough = runtime.propose(&person(1), &acme(), draft(&some)).await.unwrap();
    // The policy of the moment decides, also about the report.
    write_policy(&runtime, json!({ "slots": "*", "approvals": 1, "impact_report": "required" }))
        .await;
    let late = approve(&runtime, 2, &enough).await;
    assert!(matches!(late, Err(ProposalError::ImpactReportUnfit { .. })), "{late:?}");
    approve(&runtime, 2, &proposed).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_required_report_is_over_people_as_they_are_known() {
    let runtime = empty().await;
    impacts::company(&runtime, 4).await;
    let asking = |common: serde_json::Map<_, _>| ImpactRequest {
        facts: common,
        dates: vec![date(2020, 2, 28), date(2020, 3, 28)],
        ..impacts::asking("1.0.0")
    };
    let theirs = impacts::finished(&runtime, asking(serde_json::Map::new())).await;
    let others = impacts::finished(&runtime, asking(facts(json!(1)))).await;
    // What was taken for everyone can be seen, and is under the digest that an approval is bound to.
    assert_eq!(others.facts["number"], "1");
    let content = runtime.impact_content(&acme(), others.id).await.unwrap().unwrap();
    assert_eq!(content.facts["number"], "1");
    // One of five, of whom nothing is known on these days.
    put(&runtime, "later", &[(date(2020, 4, 1), 5)]).await;
    let one_less = impacts::finished(&runtime, asking(serde_json::Map::new())).await;

    let required = json!({ "slots": "*", "approvals": 1, "impact_report": "required" });
    write_policy(&runtime, required).await;
    let draft = |report: &ImpactReport| ProposalDraft {
        slot: impacts::SLOT.to_owned(),
        ruleset: impacts::NAME.to_owned(),
        impact_report: Some(report.id),
        valid_from: date(2020, 2, 1),
        ..proposal("1.0.0")
    };
    for (report, found) in [(&others, "calculates 0 of 4"), (&one_less, "calculates 4 of 5")] {
        let refused = runtime.propose(&person(1), &acme(), draft(report)).await;
        assert!(matches!(refused, Err(ProposalError::ImpactReportUnfit { .. })), "{refused:?}");
        let sentence = refused.unwrap_err().to_string();
        assert!(sentence.contains(found), "{sentence}");
    }
    runtime.propose(&person(1), &acme(), draft(&theirs)).await.unwrap();
}
