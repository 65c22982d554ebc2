//! Somebody changes what is stored.

use serde_json::Value;
use stele_runtime::{Difference, ReplayError, ReplayFilter, ResultError, Runtime, StoreError};
use stele_store::{Pair, ResultHead, Tree};

use crate::{
    backend::Maps,
    results::{all_replayed, of_number, recorded, replayed},
    support::{acme, somebody},
};

/// Where a batch lies.
const TREES: [Tree; 3] = [Tree::ResultBatches, Tree::ResultHeads, Tree::Results];

fn is_of_a_batch(error: &StoreError) -> bool {
    let StoreError::CorruptValue { tree, .. } = error else { return false };
    TREES.iter().any(|own| own.name() == *tree)
}

/// Whether replaying says that something is wrong with the result.
async fn is_named(runtime: &Runtime, id: stele_runtime::ResultId) -> bool {
    match runtime.replay(&somebody(), &acme(), id).await {
        Ok(replay) => !replay.identical,
        Err(ReplayError::Result(ResultError::Store(error)) | ReplayError::Store(error)) => {
            is_of_a_batch(&error)
        }
        Err(error) => panic!("{error:?}"),
    }
}

#[tokio::test]
async fn every_flipped_byte_of_every_stored_result_is_named() {
    let (runtime, maps) = Maps::runtime().await;
    let id = recorded(&runtime, vec![of_number(1), of_number(2)]).await[0].0;
    let other = recorded(&runtime, vec![of_number(3)]).await[0].0;
    for (tree, (key, value)) in TREES.into_iter().flat_map(|tree| {
        let values = maps.all(tree);
        assert_eq!(values.len(), 2);
        values.into_iter().map(move |pair| (tree, pair))
    }) {
        let own = if key.windows(16).any(|part| part == id.batch.as_bytes()) { id } else { other };
        for position in 0..value.len() {
            let mut damaged = value.clone();
            damaged[position] ^= 1 << (position % 8);
            maps.put(tree, &key, damaged);
            let verified = runtime.verify().await;
            assert!(
                verified.as_ref().is_err_and(is_of_a_batch),
                "{tree:?} byte {position}: {verified:?}"
            );
            assert!(is_named(&runtime, own).await, "byte {position}");
        }
        maps.put(tree, &key, value);
    }
    runtime.verify().await.unwrap();
    assert!(replayed(&runtime, id).await.identical);
}

/// Replaces a piece as somebody does who knows the store: under a checksum that is right.
fn put_sealed(maps: &Maps, tree: Tree, (key, former): &Pair, json: &str) {
    let compressed = zstd::encode_all(json.as_bytes(), 3).unwrap();
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(tree.name().as_bytes());
    hasher.update(&[0, former[1]]);
    hasher.update(&(key.len() as u64).to_be_bytes());
    hasher.update(key);
    hasher.update(&compressed);
    let mut sealed = former[..2].to_vec();
    sealed.extend_from_slice(&hasher.finalize().to_be_bytes());
    sealed.extend_from_slice(&compressed);
    maps.put(tree, key, sealed);
}

fn json(value: &[u8]) -> Value {
    serde_json::from_slice(&zstd::decode_all(&value[6..]).unwrap()).unwrap()
}

/// The one batch of the maps, changed with all that is over it but the audit log.
pub(crate) fn reseal(maps: &Maps, change: impl Fn(&mut Value, &mut Value)) {
    let (heads_pair, content_pair) =
        (maps.all(Tree::ResultHeads).remove(0), maps.all(Tree::Results).remove(0));
    let (mut heads, mut content) = (json(&heads_pair.1), json(&content_pair.1));
    change(&mut heads[0], &mut content);
    let content = serde_json::to_string(&content).unwrap();
    let salt = heads[0]["salt"].as_str().unwrap().to_owned();
    heads[0]["digest"] = ResultHead::digest_of(&salt, content.as_bytes()).to_string().into();
    heads[0]["length"] = content.len().into();
    put_sealed(maps, Tree::Results, &content_pair, &content);
    put_sealed(maps, Tree::ResultHeads, &heads_pair, &heads.to_string());
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
    assert!(runtime.verify().await.is_err());
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
        content["outcome"] = serde_json::from_slice(forged.calculation.outcome_json()).unwrap();
        for digest in ["facts_digest", "outcome_digest"] {
            let receipt = serde_json::to_value(&forged.receipt).unwrap();
            content["receipt"][digest] = receipt[digest].clone();
        }
    });
    let replay = replayed(&runtime, id).await;
    assert!(matches!(replay.differences.as_slice(), [Difference::AuditLog { .. }]), "{replay:?}");
    assert!(runtime.verify().await.is_err());
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
