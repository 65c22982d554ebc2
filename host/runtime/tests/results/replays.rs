//! Recorded results run again.

use jiff::civil::date;
use proptest::prelude::*;
use serde_json::{Map, json};
use stele_engine::Engine;
use stele_ruleset::Ruleset;
use stele_runtime::{
    CalculationRequest, ReplayError, ReplayFilter, ReplaySummary, ResultError, ResultId,
};

use crate::{
    results::{all_replayed, of_number, one, recorded, replayed},
    rulesets,
    support::{acme, activate, of, put, ready, slot, somebody},
};

#[tokio::test]
async fn whatever_is_activated_or_known_by_now_the_result_comes_out_the_same() {
    let runtime = ready().await;
    put(&runtime, "e1", &[(date(2020, 1, 1), 5)]).await;
    let asked = CalculationRequest { record: true, ..of("e1", date(2020, 6, 30), None) };
    let id = one(&runtime, asked).await;
    activate(&runtime, "2.0.0", date(2020, 1, 1)).await;
    put(&runtime, "e1", &[(date(2020, 1, 1), 99)]).await;
    let replay = replayed(&runtime, id).await;
    assert!(replay.identical, "{replay:?}");
    assert_eq!(replay.result, Some(id));
    let (then, now) = (replay.recorded.unwrap(), replay.replayed.unwrap());
    assert_eq!(then.outcome_digest, now.outcome_digest);
    assert!(then.fuel > 0 && now.fuel > 0);
}

#[tokio::test]
async fn a_replay_stands_in_the_audit_log_and_many_are_one_entry() {
    let runtime = ready().await;
    let id = recorded(&runtime, (0..20).map(of_number).collect()).await[3].0;
    let length = async || runtime.audit(Some(&acme()), 0, 100).await.unwrap();
    let before = length().await.len();
    replayed(&runtime, id).await;
    let (summary, _) = all_replayed(&runtime, ReplayFilter::default()).await;
    assert_eq!(summary.replayed, 20);
    let entries = length().await;
    assert_eq!(entries.len(), before + 2);
    let subjects: Vec<_> =
        entries[before..].iter().map(|entry| (&*entry.action, entry.subject.clone())).collect();
    let many = "20 results, 0 different".to_owned();
    assert_eq!(subjects, [("result.replayed", id.to_string()), ("result.replayed", many)]);
}

#[tokio::test]
async fn all_results_of_several_versions_and_dates_come_out_the_same() {
    let runtime = ready().await;
    for batch in 0..6 {
        if batch == 3 {
            activate(&runtime, "2.0.0", date(2020, 7, 1)).await;
        }
        let request = |number| CalculationRequest {
            date: date(2020, 1 + i8::try_from(number % 12).unwrap(), 28),
            ..of_number(number)
        };
        recorded(&runtime, (0..200).map(request).collect()).await;
    }
    let (summary, different) = all_replayed(&runtime, ReplayFilter::default()).await;
    assert!(different.is_empty(), "{different:?}");
    let expected = ReplaySummary { replayed: 1200, identical: 1200, different: 0, erased: 0 };
    assert_eq!(summary, expected);

    let first_quarter = ReplayFilter { to: Some(date(2020, 3, 31)), ..ReplayFilter::default() };
    assert_eq!(all_replayed(&runtime, first_quarter).await.0.replayed, 6 * 51);
    let elsewhere = ReplayFilter { slot: Some(slot("other")), ..ReplayFilter::default() };
    assert_eq!(all_replayed(&runtime, elsewhere).await.0, ReplaySummary::default());
}

#[tokio::test]
async fn a_replay_that_nobody_reads_any_more_stops() {
    let runtime = ready().await;
    recorded(&runtime, (0..20).map(of_number).collect()).await;
    let (sender, receiver) = tokio::sync::mpsc::channel(1);
    drop(receiver);
    let stopped = runtime.replay_all(&somebody(), &acme(), ReplayFilter::default(), sender).await;
    assert!(matches!(stopped, Err(ReplayError::Stopped)), "{stopped:?}");
}

#[tokio::test]
async fn what_was_never_recorded_can_not_be_replayed() {
    let runtime = ready().await;
    let id = ResultId { batch: uuid::Uuid::now_v7(), position: 0 };
    let replay = runtime.replay(&somebody(), &acme(), id).await;
    assert!(matches!(replay, Err(ReplayError::Result(ResultError::Unknown(_)))), "{replay:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_facts_what_is_recorded_is_replayed_to_the_same(
        numbers in proptest::collection::vec((-1_000_000_i64..1_000_000, any::<bool>(), any::<bool>()), 1..40),
    ) {
        let executor = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        executor.block_on(async {
            let runtime = ready().await;
            let request = |(number, explain, as_text): (i64, bool, bool)| {
                let number = if as_text { json!(format!("{number}.0")) } else { json!(number) };
                let facts = Map::from_iter([("number".to_owned(), number)]);
                CalculationRequest { facts, explain, ..of_number(0) }
            };
            let count = numbers.len() as u64;
            let results = recorded(&runtime, numbers.into_iter().map(request).collect()).await;
            for (id, _) in results.iter().take(3) {
                let replay = replayed(&runtime, *id).await;
                assert!(replay.identical, "{replay:?}");
            }
            let (summary, different) = all_replayed(&runtime, ReplayFilter::default()).await;
            assert_eq!((summary.identical, different), (count, Vec::new()));
        });
    }
}

/// A payslip of the repository, with decimals, choices and dates in its facts.
#[test]
fn facts_are_kept_so_that_the_rule_sees_the_same_bits_again() {
    let engine = Engine::new(stele_engine::Settings::default()).unwrap();
    let package = rulesets::shipped("cn/payroll");
    let executor = tokio::runtime::Runtime::new().unwrap();
    let ruleset = executor.block_on(Ruleset::open(&engine, &package)).unwrap();
    let holder: std::sync::Arc<str> = "test".into();
    proptest!(ProptestConfig { cases: 200, ..ProptestConfig::default() }, |(
        gross in 0_u64..100_000_000, zeros in 0_usize..4, deductions in 0_u64..1_000_000,
    )| {
        let money = |cents: u64| format!("{}.{:02}{}", cents / 100, cents % 100, "0".repeat(zeros));
        let facts = rulesets::object(&json!({
            "income_kind": "wages", "tax_residence": "resident",
            "gross": money(gross), "months_employed": 1,
            "employee_contributions": money(deductions),
            "additional_deductions": "1000.00",
        }).to_string());
        let date = date(2026, 1, 31);
        let first = executor
            .block_on(ruleset.calculate(&engine, &holder, date, &facts, true))
            .unwrap();
        let kept = serde_json::from_slice(first.facts_json()).unwrap();
        let given = ruleset.given_facts(kept, date);
        let second = executor
            .block_on(ruleset.calculate(&engine, &holder, date, &given, true))
            .unwrap();
        prop_assert_eq!(&second.facts, &first.facts);
        prop_assert_eq!(&second.outcome, &first.outcome);
        let outcome = first.recorded_outcome(&ruleset);
        prop_assert_eq!(serde_json::to_vec(&outcome).unwrap(), first.outcome_json());
        let steps = first.recorded_steps(&ruleset);
        let kept = serde_json::from_slice(first.facts_json()).unwrap();
        let recalled = ruleset.recall(date, &kept, &outcome, &steps, first.fuel).unwrap();
        prop_assert_eq!(recalled.recorded_outcome(&ruleset), outcome);
        prop_assert_eq!(recalled.recorded_steps(&ruleset), steps);
        prop_assert_eq!(recalled.digests, first.digests);
    });
}
