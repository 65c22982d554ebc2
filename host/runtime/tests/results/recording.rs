//! What is recorded, and what is not.

use jiff::civil::date;
use serde_json::json;
use stele_runtime::{
    CalculationRequest, FactOrigin, LARGEST_RECORDING, Recording, Remembered, ResultError,
    ResultId, Runtime, StoreError,
};
use stele_store::{Digest, Tree};

use crate::{
    backend::Maps,
    results::{of_employee, of_number, one, recorded},
    support::{
        acme, activate, answer, employee, furnish, of, on_disk, put, ready, request, somebody,
        tenant,
    },
};

#[tokio::test]
async fn a_recorded_result_is_read_back_as_the_rule_saw_it() {
    let runtime = ready().await;
    let asked = CalculationRequest { explain: true, ..of_number(7) };
    let (id, result) = recorded(&runtime, vec![asked]).await.remove(0);
    assert_eq!(result.receipt.result, Some(id));
    let read = runtime.result(&acme(), id).await.unwrap();
    assert_eq!(read.content.receipt, result.receipt);
    assert_eq!(read.content.facts["number"], json!("7"));
    assert_eq!(read.content.origins["number"], FactOrigin::Given);
    let again = read.content.recall(&result.ruleset).unwrap();
    assert_eq!(again.outcome, result.calculation.outcome);
    assert_eq!(again.digests, result.calculation.digests);
    assert_eq!(read.content.facts_digest(), result.receipt.facts_digest);
    assert_eq!(read.content.outcome.digest(), result.receipt.outcome_digest);
}

#[tokio::test]
async fn where_each_fact_came_from_is_kept() {
    let runtime = ready().await;
    put(&runtime, "e1", &[(date(2020, 1, 1), 5), (date(2020, 6, 1), 6)]).await;
    put(&runtime, "e1", &[(date(2020, 1, 1), 5), (date(2020, 6, 1), 8)]).await;
    let asked = CalculationRequest { record: true, ..of("e1", date(2020, 6, 30), None) };
    let id = one(&runtime, asked).await;
    let read = runtime.result(&acme(), id).await.unwrap();
    assert_eq!(read.head.employee, Some(employee("e1")));
    assert_eq!(read.content.facts["number"], json!("8"));
    let since = date(2020, 6, 1);
    assert_eq!(read.content.origins["number"], FactOrigin::Employee { since, revision: 2 });
}

#[tokio::test]
async fn results_of_one_commit_have_one_audit_entry_and_unguessable_digests() {
    let runtime = ready().await;
    let before = runtime.audit(Some(&acme()), 0, 100).await.unwrap().len();
    let results = recorded(&runtime, vec![of_number(1), of_number(1), of_number(2)]).await;
    let entries = runtime.audit(Some(&acme()), 0, 100).await.unwrap();
    assert_eq!(entries.len(), before + 1);
    let entry = entries.last().unwrap();
    assert_eq!(entry.action, "result.recorded");
    assert_eq!(entry.subject, format!("{} 3", results[0].0.batch));
    let first = runtime.result(&acme(), results[0].0).await.unwrap();
    let second = runtime.result(&acme(), results[1].0).await.unwrap();
    assert_eq!(first.content.outcome, second.content.outcome);
    assert_ne!(first.head.digest, second.head.digest);
    assert_eq!(runtime.verify().await.unwrap().results, 3);
}

#[tokio::test]
async fn what_the_store_does_not_take_is_not_recorded_at_all() {
    let (runtime, maps) = Maps::runtime().await;
    let mut recording = Recording::new(&acme());
    let mut ids = Vec::new();
    for number in 0..3 {
        let mut result = runtime.calculate(&acme(), of_number(number)).await.unwrap();
        ids.push(recording.add(&mut result).unwrap());
    }
    maps.refuse();
    assert!(runtime.record(&somebody(), recording, None).await.is_err());
    assert!(maps.all(Tree::Results).is_empty());
    for id in ids {
        let read = runtime.result(&acme(), id).await;
        assert!(matches!(read, Err(ResultError::Unknown(_))), "{read:?}");
    }
}

#[tokio::test]
async fn only_what_was_calculated_to_be_recorded_is_and_not_too_much_at_once() {
    let runtime = ready().await;
    let mut recording = Recording::new(&acme());
    let mut result = runtime.calculate(&acme(), request()).await.unwrap();
    assert!(recording.add(&mut result).is_err());
    assert_eq!(result.receipt.result, None);
    let mut result = runtime.calculate(&acme(), of_number(1)).await.unwrap();
    for _ in 0..LARGEST_RECORDING {
        recording.add(&mut result).unwrap();
    }
    assert!(recording.add(&mut result).is_err());
}

#[tokio::test]
async fn a_tenant_sees_its_own_results_only() {
    let runtime = ready().await;
    let id = one(&runtime, of_number(1)).await;
    runtime.create_tenant(&somebody(), tenant("other"), "Other").await.unwrap();
    let read = runtime.result(&tenant("other"), id).await;
    assert!(matches!(read, Err(ResultError::Unknown(_))), "{read:?}");
    let next = ResultId { position: id.position + 1, ..id };
    let read = runtime.result(&acme(), next).await;
    assert!(matches!(read, Err(ResultError::Unknown(_))), "{read:?}");
}

#[tokio::test]
async fn an_employees_results_come_in_pages_in_the_order_of_recording() {
    let runtime = ready().await;
    put(&runtime, "e1", &[(date(2020, 1, 1), 5)]).await;
    let mut expected = Vec::new();
    for _ in 0..5 {
        let asked = || CalculationRequest { record: true, ..of("e1", date(2020, 6, 30), None) };
        let both = recorded(&runtime, vec![asked(), of_number(1), asked()]).await;
        expected.extend([both[0].0, both[2].0]);
    }
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = runtime.result_list(&acme(), &of_employee("e1"), after, 3).await.unwrap();
        found.extend(page.results.iter().map(|heading| heading.id));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(found, expected);
}

#[tokio::test]
async fn a_result_under_a_key_is_found_again_after_a_restart_and_recorded_once() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = on_disk(folder.path()).await;
    furnish(&runtime).await;
    activate(&runtime, "1.0.0", date(2020, 1, 1)).await;
    let key = |key: &str, request: &[u8]| {
        somebody().key_of_line(&acme(), key, Digest::of(request)).unwrap()
    };
    let record = async |runtime: &Runtime, keys: &[&str]| {
        let mut recording = Recording::new(&acme());
        for name in keys {
            let mut result = runtime.calculate(&acme(), of_number(1)).await.unwrap();
            recording.add_under(&mut result, &key(name, b"line"), "zh").unwrap();
        }
        runtime.record(&somebody(), recording, None).await
    };
    record(&runtime, &["a", "b"]).await.unwrap();
    drop(runtime);

    let runtime = on_disk(folder.path()).await;
    let again = record(&runtime, &["c", "b"]).await;
    assert!(matches!(again, Err(StoreError::Answered)), "{again:?}");
    let asked = [key("b", b"line"), key("b", b"another line"), key("c", b"line")];
    let remembered = runtime.remembered_results(&acme(), &asked).await.unwrap();
    let [Some(Remembered::Result { result, language }), Some(Remembered::Other), None] =
        remembered.as_slice()
    else {
        panic!("{remembered:?}")
    };
    assert_eq!((answer(result).as_str(), language.as_str()), ("11", "zh"));
    let all = runtime.result_list(&acme(), &Default::default(), None, 10).await.unwrap();
    assert_eq!(all.results.len(), 2);
    // Another person's key is another key, and a key of a line is none of a request.
    let other = stele_runtime::Actor::new(uuid::Uuid::from_u128(7), "Other");
    let theirs = other.key_of_line(&acme(), "b", Digest::of(b"line")).unwrap();
    let remembered = runtime.remembered_results(&acme(), &[theirs]).await.unwrap();
    assert!(remembered[0].is_none());
    assert!(somebody().key_of_line(&acme(), "b 1", Digest::of(b"line")).is_err());
}
