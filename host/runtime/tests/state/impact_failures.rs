//! A report never says that nothing differs where nothing was calculated, and a compulsory one that
//! is incomplete approves nothing.

use jiff::civil::date;
use serde_json::{Map, json};
use stele_runtime::{
    Computed, Differences, ImpactPopulation, ImpactReasons, ImpactRequest, ProposalDraft,
    ProposalError,
};

use crate::impacts::{
    NAME, SLOT, above, asking, company, content, finished, publish, wage_in, wage_package,
};
use crate::proposals::{person, proposal, write_policy};
use crate::support::{acme, employee, empty, facts};

/// Ends the evaluation of every number above this one with a fault.
fn refusing(above: i64) -> String {
    format!(
        "(if (i64.gt_s (call $number (local.get $facts)) (i64.const {above}))
           (then (return (call $fault (i32.const 1296) (i32.const 6)))))"
    )
}

fn counted(reasons: &ImpactReasons) -> Vec<(u64, u64, Vec<&str>)> {
    let counted = reasons.reasons.iter().map(|reason| {
        let first = reason.first.iter().map(|failure| failure.employee.as_str());
        (reason.calculations, reason.employees, first.collect())
    });
    counted.collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_every_calculation_fails_nobody_knows_what_differs() {
    let runtime = empty().await;
    company(&runtime, 1).await;
    // Nobody has the fact that both versions need.
    let nothing = |name: &str| (employee(name), Map::new());
    let population = ImpactPopulation::Facts(vec![nothing("a"), nothing("b"), nothing("c")]);
    let content = content(&runtime, ImpactRequest { population, ..asking("1.0.0") }).await;
    assert_eq!(content.differences, Differences::Unknown);
    assert_eq!((content.employees, content.affected, content.failing_in_both), (3, 0, 6));
    assert_eq!(content.computed, Some(Computed { calculations: 0, of: 6 }));
    let failing = content.failing.unwrap();
    for reasons in [&failing.candidate, &failing.in_force] {
        assert_eq!(counted(reasons), [(6, 3, vec!["a", "b", "c"])]);
        assert!(reasons.reasons[0].reason.starts_with("/number: expected"), "{reasons:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn failures_are_counted_by_reason_on_the_side_that_fails() {
    let runtime = empty().await;
    company(&runtime, 9).await;
    publish(&runtime, wage_package("2.0.0", &refusing(2), "(i64.const 0)")).await;
    let content = content(&runtime, asking("2.0.0")).await;
    let failing = content.failing.unwrap();
    assert_eq!(failing.in_force, ImpactReasons::default());
    // The first five of seven, by identifier.
    let first = vec!["e03", "e04", "e05", "e06", "e07"];
    assert_eq!(counted(&failing.candidate), [(14, 7, first)]);
    assert_eq!(content.computed, Some(Computed { calculations: 4, of: 18 }));
    assert_eq!(content.differences, Differences::Some);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_affected_by_money_and_who_by_findings_alone_are_counted_apart() {
    let runtime = empty().await;
    company(&runtime, 9).await;
    let find = "(memory.fill (i32.const 1152) (i32.const 0) (i32.const 72))
       (i32.store (i32.const 1036) (i32.const 1152))
       (i32.store (i32.const 1040) (i64.gt_s (call $number (local.get $facts)) (i64.const 5)))";
    let changed = wage_in("answer", "2.0.0", "", &above(7), find);
    publish(&runtime, changed).await;
    let content = content(&runtime, asking("2.0.0")).await;
    assert_eq!(content.affected, 4);
    assert_eq!((content.affected_by_money, content.affected_by_findings), (Some(2), Some(2)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn amounts_that_accumulate_are_not_added_up_over_dates() {
    let runtime = empty().await;
    company(&runtime, 5).await;
    for (category, version, as_of, difference) in [
        ("earning", "2.0.0", None, "0.06"),
        ("cumulative", "3.0.0", Some(date(2020, 2, 28)), "0.03"),
        ("balance", "4.0.0", Some(date(2020, 2, 28)), "0.03"),
    ] {
        let changed = wage_in(category, version, "", &above(2), "");
        publish(&runtime, changed).await;
        // The version in force has the item in a category that is added up; the candidate's counts.
        let content = content(&runtime, asking(version)).await;
        let [item] = content.items.as_slice() else { panic!("{:?}", content.items) };
        assert_eq!(
            (item.as_of, item.totals.difference.as_str()),
            (as_of, difference),
            "{category}"
        );
        assert_eq!(item.totals.changed, 6);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_incomplete_report_approves_nothing_where_a_report_is_compulsory() {
    let runtime = empty().await;
    company(&runtime, 4).await;
    publish(&runtime, wage_package("2.0.0", &refusing(3), "(i64.const 0)")).await;
    let dates = vec![date(2020, 2, 28), date(2020, 3, 28)];
    let report = finished(&runtime, ImpactRequest { dates, ..asking("2.0.0") }).await;
    assert_eq!(report.computed, Some(Computed { calculations: 6, of: 8 }));
    let draft = || ProposalDraft {
        slot: SLOT.to_owned(),
        ruleset: NAME.to_owned(),
        impact_report: Some(report.id),
        valid_from: date(2020, 2, 1),
        ..proposal("2.0.0")
    };
    let mut policy = json!({ "slots": "*", "approvals": 1, "impact_report": "required" });
    write_policy(&runtime, policy.clone()).await;
    let refused = runtime.propose(&person(1), &acme(), draft()).await;
    assert!(matches!(refused, Err(ProposalError::ImpactReportUnfit { .. })), "{refused:?}");
    let sentence = refused.unwrap_err().to_string();
    let expected = "one whose candidate can make 100 % of its calculations, found an incomplete \
                    one: 6 of 8";
    assert!(sentence.contains(expected), "{sentence}");
    // A policy may ask for less.
    policy["impact_computed_percent"] = json!(75);
    write_policy(&runtime, policy).await;
    runtime.propose(&person(1), &acme(), draft()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_candidate_that_mends_a_failure_is_complete() {
    let runtime = empty().await;
    company(&runtime, 3).await;
    publish(&runtime, wage_package("2.0.0", &refusing(2), "(i64.const 0)")).await;
    let refuses = stele_runtime::ActivationDraft {
        slot: SLOT.to_owned(),
        ruleset: NAME.to_owned(),
        ..crate::support::draft("2.0.0", date(2020, 1, 1))
    };
    let somebody = crate::support::somebody();
    runtime.activate(&somebody, &acme(), refuses).await.unwrap();
    let population = ImpactPopulation::Facts(vec![(employee("x"), facts(json!(3)))]);
    let content = content(&runtime, ImpactRequest { population, ..asking("1.0.0") }).await;
    assert_eq!(content.computed, Some(Computed { calculations: 2, of: 2 }));
    assert_eq!(counted(&content.failing.unwrap().in_force), [(2, 1, vec!["x"])]);
    assert_eq!(content.differences, Differences::Some);
}
