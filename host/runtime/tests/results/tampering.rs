//! Somebody changes what is stored.

use serde_json::Value;
use stele_runtime::{Difference, ReplayError, ReplayFilter, ResultError, Runtime, StoreError};
use stele_store::{ResultHead, Tree};

use crate::{
    backend::Maps,
    results::{all_replayed, of_number, recorded, replayed},
    support::{acme, somebody},
};

/// Whether replaying says that something is wrong with the result.
async fn is_named(runtime: &Runtime, id: stele_runtime::ResultId) -> bool {
    match runtime.replay(&somebody(), &acme(), id).await {
        Ok(replay) => !replay.identical,
        Err(ReplayError::Result(ResultError::Store(error)) | ReplayError::Store(error)) => {
            matches!(error, StoreError::CorruptValue { tree: "results", .. })
        }
        Err(error) => panic!("{error:?}"),
    }
}

#[tokio::test]
async fn every_flipped_byte_of_every_stored_result_is_named() {
    let (runtime, maps) = Maps::runtime().await;
    let id = recorded(&runtime, vec![of_number(1), of_number(2)]).await[0].0;
    let other = recorded(&runtime, vec![of_number(3)]).await[0].0;
    let values = maps.all(Tree::Results);
    assert_eq!(values.len(), 2);
    for (key, value) in values {
        let own = if key.windows(16).any(|part| part == id.batch.as_bytes()) { id } else { other };
        for position in 0..value.len() {
            let mut damaged = value.clone();
            damaged[position] ^= 1 << (position % 8);
            maps.put(Tree::Results, &key, damaged);
            let verified = runtime.verify();
            assert!(
                matches!(&verified, Err(StoreError::CorruptValue { tree: "results", .. })),
                "byte {position}: {verified:?}"
            );
            assert!(is_named(&runtime, own).await, "byte {position}");
        }
        maps.put(Tree::Results, &key, value);
    }
    runtime.verify().unwrap();
    assert!(replayed(&runtime, id).await.identical);
}

/// The one batch of the maps as somebody who knows the store reads and writes it.
fn reseal(maps: &Maps, change: impl Fn(&mut Value, &mut Value)) {
    let (key, value) = maps.all(Tree::Results).remove(0);
    let text = String::from_utf8(zstd::decode_all(&value[6..]).unwrap()).unwrap();
    let (head, content) = text.split_once('\n').unwrap();
    let mut head: Value = serde_json::from_str(head).unwrap();
    let mut content: Value = serde_json::from_str(content).unwrap();
    change(&mut head["results"][0], &mut content);
    let content = serde_json::to_string(&content).unwrap();
    let salt = head["results"][0]["salt"].as_str().unwrap().to_owned();
    let digest = ResultHead::digest_of(&salt, content.as_bytes());
    head["results"][0]["digest"] = digest.to_string().into();
    head["results"][0]["length"] = content.len().into();
    let text = format!("{}\n{content}", serde_json::to_string(&head).unwrap());
    let compressed = zstd::encode_all(text.as_bytes(), 3).unwrap();
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(b"results");
    hasher.update(&[0, value[1]]);
    hasher.update(&(key.len() as u64).to_be_bytes());
    hasher.update(&key);
    hasher.update(&compressed);
    let mut sealed = value[..2].to_vec();
    sealed.extend_from_slice(&hasher.finalize().to_be_bytes());
    sealed.extend_from_slice(&compressed);
    maps.put(Tree::Results, &key, sealed);
}

#[tokio::test]
async fn a_changed_amount_under_valid_checksums_is_named_line_by_line_and_by_the_audit_log() {
    let (runtime, maps) = Maps::runtime().await;
    let id = recorded(&runtime, vec![of_number(1)]).await[0].0;
    reseal(&maps, |_, content| {
        assert_eq!(content["outcome"]["lines"][0]["amount"], "11");
        content["outcome"]["lines"][0]["amount"] = "1100".into();
    });
    let replay = replayed(&runtime, id).await;
    assert!(!replay.identical);
    let parts = |differences: &[Difference]| {
        let named = differences.iter().map(|one| serde_json::to_value(one).unwrap());
        named.map(|one| one["part"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(parts(&replay.differences), ["audit_log", "stored_outcome", "line"]);
    let Some(Difference::Line { recorded, replayed }) = replay.differences.last() else {
        panic!("{replay:?}")
    };
    assert_eq!(recorded.as_ref().unwrap().amount, "1100");
    assert_eq!(replayed.as_ref().unwrap().amount, "11");
    assert!(runtime.verify().is_err());
    let (summary, different) = all_replayed(&runtime, ReplayFilter::default()).await;
    assert_eq!((summary.different, different), (1, vec![replay]));
}

/// Facts, outcome and every digest changed so that the result comes out the same again: only the
/// audit log knows better.
#[tokio::test]
async fn a_forgery_that_agrees_with_itself_is_caught_by_the_audit_log() {
    let (runtime, maps) = Maps::runtime().await;
    let id = recorded(&runtime, vec![of_number(1)]).await[0].0;
    let forged = runtime.calculate(&acme(), of_number(5000)).await.unwrap();
    reseal(&maps, |_, content| {
        content["facts"]["number"] = "5000".into();
        content["outcome"] =
            serde_json::from_slice(&forged.calculation.outcome_json(&forged.ruleset)).unwrap();
        for digest in ["facts_digest", "outcome_digest"] {
            let receipt = serde_json::to_value(&forged.receipt).unwrap();
            content["receipt"][digest] = receipt[digest].clone();
        }
    });
    let replay = replayed(&runtime, id).await;
    assert!(matches!(replay.differences.as_slice(), [Difference::AuditLog { .. }]), "{replay:?}");
    assert!(runtime.verify().is_err());
}

#[tokio::test]
async fn a_result_in_the_place_of_another_is_named() {
    let (runtime, maps) = Maps::runtime().await;
    let id = recorded(&runtime, vec![of_number(1)]).await[0].0;
    reseal(&maps, |_, content| {
        let other = stele_runtime::ResultId { batch: uuid::Uuid::now_v7(), position: 0 };
        content["receipt"]["result"] = other.to_string().into();
    });
    let replay = replayed(&runtime, id).await;
    let named = replay.differences.iter().any(|one| matches!(one, Difference::Result { .. }));
    assert!(named, "{replay:?}");
}
