//! The erasure of employees.

use std::sync::Arc;

use jiff::{Timestamp, ToSpan as _, civil::date, tz::TimeZone};
use serde_json::{Value, json};
use stele_runtime::{
    AttributesState, CalculateError, CalculationRequest, EraseError, Erasure, ReplayError,
    ReplayFilter, ResultError, ResultId, Runtime, evidence::EvidenceError,
    explanation::ExplainError,
};
use stele_store::{
    AuditDraft, Change, Commit, Digest, Door, Log, Memory, MemoryStore, PolicyDraft, Store,
};

use crate::{
    results::{all_replayed, of_employee, of_number, one, recorded},
    support::{acme, activate, calculated, employee, furnish, of, put, settings, somebody},
};

/// A runtime, and its store to write policies into.
async fn ready() -> (Arc<Runtime>, Arc<Door<Memory>>) {
    let store = Arc::new(Door::new(MemoryStore::new().unwrap()).unwrap());
    let runtime = Runtime::with_store(store.clone(), settings()).await.unwrap();
    furnish(&runtime).await;
    activate(&runtime, "1.0.0", date(2020, 1, 1)).await;
    put(&runtime, "e1", &[(date(2020, 1, 1), 5)]).await;
    (runtime, store)
}

async fn retain(store: &Door<Memory>, retention: Value) {
    let commit = Commit {
        actor: stele_store::Actor { subject: uuid::Uuid::nil(), name: "test".to_owned() },
        expect: Vec::new(),
        changes: vec![Change::PutPolicy(PolicyDraft {
            tenant: Some(acme()),
            content: json!({ "retention": retention }),
        })],
        audit: AuditDraft {
            log: Log::Tenant(acme()),
            action: "policy.changed".to_owned(),
            subject: "acme".to_owned(),
            digest: Digest::ZERO,
            about: None,
        },
        response: None,
    };
    store.commit(commit).await.unwrap();
}

async fn result_of(runtime: &Runtime, name: &str) -> ResultId {
    let asked = CalculationRequest { record: true, ..of(name, date(2020, 6, 30), None) };
    one(runtime, asked).await
}

async fn erase(runtime: &Runtime, name: &str) -> Result<Erasure, EraseError> {
    runtime.erase_employee(&somebody(), &acme(), &employee(name)).await
}

#[tokio::test]
async fn without_retention_everything_goes_at_once_and_the_log_stays_whole() {
    let (runtime, _) = ready().await;
    put(&runtime, "e2", &[(date(2020, 1, 1), 7)]).await;
    let (first, second) = (result_of(&runtime, "e1").await, result_of(&runtime, "e1").await);
    let asked = |name| CalculationRequest { record: true, ..of(name, date(2020, 6, 30), None) };
    let mixed = recorded(&runtime, vec![asked("e2"), asked("e1"), of_number(1)]).await;
    let erasure = erase(&runtime, "e1").await.unwrap();
    assert!(erasure.complete);
    assert_eq!(erasure.attributes, AttributesState::Erased);
    assert_eq!(erasure.erased, [first, second, mixed[1].0]);
    assert!(erasure.retained.is_empty());

    let read = runtime.result(&acme(), first).await;
    assert!(matches!(read, Err(ResultError::Erased { .. })), "{read:?}");
    let replay = runtime.replay(&somebody(), &acme(), first).await;
    let erased = matches!(replay, Err(ReplayError::Result(ResultError::Erased { .. })));
    assert!(erased, "{replay:?}");
    let explained = runtime.explanation(&somebody(), &acme(), first, &[]).await;
    let erased = matches!(explained, Err(ExplainError::Result(ResultError::Erased { .. })));
    assert!(erased, "{explained:?}");
    let evidence = runtime.evidence(&somebody(), &acme(), first, None).await;
    let erased = matches!(evidence, Err(EvidenceError::Result(ResultError::Erased { .. })));
    assert!(erased, "{evidence:?}");
    let unknown = calculated(&runtime, of("e1", date(2020, 6, 30), None)).await;
    assert!(matches!(unknown, Err(CalculateError::UnknownEmployee { .. })), "{unknown:?}");

    // Whoever was recorded in the same commit is not touched.
    for id in [mixed[0].0, mixed[2].0] {
        assert!(runtime.replay(&somebody(), &acme(), id).await.unwrap().identical);
    }
    let (summary, _) = all_replayed(&runtime, ReplayFilter::default()).await;
    assert_eq!((summary.identical, summary.erased), (2, 3));
    runtime.verify().await.unwrap();
    let entries = runtime.audit(Some(&acme()), 0, 100).await.unwrap();
    let erased: Vec<_> = entries.iter().filter(|entry| entry.action == "employee.erased").collect();
    assert_eq!(erased.len(), 1);
    let page = runtime.result_list(&acme(), &of_employee("e1"), None, 10).await.unwrap();
    assert!(page.results.is_empty());
}

#[tokio::test]
async fn what_must_be_kept_is_kept_and_goes_with_the_sweep_when_it_may() {
    let (runtime, store) = ready().await;
    retain(&store, json!({ "facts_days": 10, "results_days": { "points": 30 } })).await;
    let id = result_of(&runtime, "e1").await;
    let erasure = erase(&runtime, "e1").await.unwrap();
    assert!(!erasure.complete && erasure.erased.is_empty());
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let until = today.checked_add(10.days()).unwrap();
    assert_eq!(erasure.attributes, AttributesState::Retained { until });
    let [retained] = erasure.retained.as_slice() else { panic!("{erasure:?}") };
    let until = today.checked_add(30.days()).unwrap();
    assert_eq!((retained.result, &*retained.kind, retained.until), (id, "points", until));
    assert!(runtime.result(&acme(), id).await.is_ok());

    let swept = runtime.sweep_erasures().await.unwrap();
    assert_eq!((swept.pending, swept.carried_on), (1, 0));
    // The days pass: as good as a shorter retention.
    retain(&store, json!({ "facts_days": 0, "results_days": { "points": 30 } })).await;
    assert_eq!(runtime.sweep_erasures().await.unwrap().carried_on, 1);
    let now = runtime.erasure(&acme(), &employee("e1")).await.unwrap().unwrap();
    assert_eq!(now.attributes, AttributesState::Erased);
    assert!(!now.complete && runtime.result(&acme(), id).await.is_ok());
    retain(&store, json!({})).await;
    assert_eq!(runtime.sweep_erasures().await.unwrap().carried_on, 1);
    let now = runtime.erasure(&acme(), &employee("e1")).await.unwrap().unwrap();
    assert!(now.complete);
    assert_eq!(now.erased, [id]);
    assert_eq!(now.asked_at, erasure.asked_at);
    assert_eq!(runtime.sweep_erasures().await.unwrap().pending, 0);
    assert!(matches!(runtime.result(&acme(), id).await, Err(ResultError::Erased { .. })));
    runtime.verify().await.unwrap();
}

#[tokio::test]
async fn a_policy_that_can_not_be_read_erases_nothing() {
    let (runtime, store) = ready().await;
    let id = result_of(&runtime, "e1").await;
    retain(&store, json!({ "facts_days": "soon" })).await;
    let refused = erase(&runtime, "e1").await;
    assert!(matches!(refused, Err(EraseError::Retention(_))), "{refused:?}");
    assert!(runtime.result(&acme(), id).await.is_ok());
    assert!(calculated(&runtime, of("e1", date(2020, 6, 30), None)).await.is_ok());
}

#[tokio::test]
async fn a_deleted_employee_is_erased_too_and_nobody_is_not() {
    let (runtime, store) = ready().await;
    let before =
        runtime.employee(&acme(), &employee("e1"), None).await.unwrap().unwrap().recorded_at;
    runtime.delete_employee(&somebody(), &acme(), &employee("e1"), None).await.unwrap();
    assert!(calculated(&runtime, of("e1", date(2020, 6, 30), Some(before))).await.is_ok());
    assert!(erase(&runtime, "e1").await.unwrap().complete);
    assert!(calculated(&runtime, of("e1", date(2020, 6, 30), Some(before))).await.is_err());
    // Asking again says the same, and an employee of that name may come.
    assert!(erase(&runtime, "e1").await.unwrap().complete);
    put(&runtime, "e1", &[(date(2020, 1, 1), 6)]).await;
    assert_eq!(calculated(&runtime, of("e1", date(2020, 6, 30), None)).await.unwrap(), "16");
    let nobody = erase(&runtime, "nobody").await;
    assert!(matches!(nobody, Err(EraseError::UnknownEmployee(_))), "{nobody:?}");
    assert!(runtime.erasure(&acme(), &employee("nobody")).await.unwrap().is_none());
    store.verify().await.unwrap();
}

#[tokio::test]
async fn many_results_go_in_several_commits_and_all_of_them_go() {
    let (runtime, _) = ready().await;
    let mut expected = Vec::new();
    for _ in 0..40 {
        expected.push(result_of(&runtime, "e1").await);
    }
    let erasure = erase(&runtime, "e1").await.unwrap();
    assert_eq!(erasure.erased, expected);
    assert!(erasure.complete);
    assert_eq!(runtime.verify().await.unwrap().results, 40);
}
