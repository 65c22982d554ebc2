//! A store that an earlier version made is brought up to date when it is opened: logs get trees, and
//! batches of results are laid apart.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{ops::Bound, sync::Arc};

use common::{acme, commit, employee, noise, put, recorded};
use stele_store::{
    Backend, Change, EraseDraft, Log, Memory, MemoryStore, Pair, ResultId, SystemClock, Tree, Write,
};
use uuid::Uuid;

fn open(memory: &Memory) -> MemoryStore {
    MemoryStore::start(memory.clone(), Arc::new(SystemClock)).unwrap()
}

/// A value as every format writes it.
fn sealed(tree: Tree, key: &[u8], form: u8, content: &[u8]) -> Vec<u8> {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(tree.name().as_bytes());
    hasher.update(&[0, form]);
    hasher.update(&(key.len() as u64).to_be_bytes());
    hasher.update(key);
    hasher.update(content);
    let mut value = vec![1, form];
    value.extend_from_slice(&hasher.finalize().to_be_bytes());
    value.extend_from_slice(content);
    value
}

fn set_format(memory: &Memory, digit: u8) {
    let key = b"format".to_vec();
    let value = Some(sealed(Tree::Meta, &key, 0, &[digit]));
    memory.write(vec![Write { tree: Tree::Meta, key, value }]).unwrap();
}

fn all(memory: &Memory, tree: Tree) -> Vec<Pair> {
    memory.scan(tree, Bound::Unbounded, Bound::Unbounded).map(Result::unwrap).collect()
}

/// As it was written by format 1.
fn former(entries: u64) -> Memory {
    let memory = Memory::default();
    let store = open(&memory);
    for number in 0..entries {
        store.commit(put("e1", &number.to_string())).unwrap();
    }
    for tree in [Tree::AuditTiles, Tree::AuditHeads] {
        let keys: Vec<_> = memory.scan(tree, Bound::Unbounded, Bound::Unbounded).collect();
        for pair in keys {
            let key = pair.unwrap().0;
            memory.write(vec![Write { tree, key, value: None }]).unwrap();
        }
    }
    set_format(&memory, b'1');
    memory
}

#[test]
fn a_former_store_is_indexed_once_and_goes_on() {
    let log = Log::Tenant(acme());
    let memory = former(300);
    let store = open(&memory);
    assert_eq!(store.read_only(), None);
    store.verify().unwrap();
    assert_eq!(store.audit_length(&log).unwrap(), 300);
    store.commit(put("e1", "300")).unwrap();
    store.verify().unwrap();
    let again = open(&memory);
    assert_eq!(again.tree_root(&log, 301).unwrap(), store.tree_root(&log, 301).unwrap());
}

#[test]
fn a_former_store_that_is_damaged_is_believed_up_to_there() {
    let log = Log::Tenant(acme());
    let memory = former(300);
    let mut key = b"acme\0".to_vec();
    key.extend_from_slice(&200_u64.to_be_bytes());
    memory.write(vec![Write { tree: Tree::Audit, key, value: None }]).unwrap();
    let store = open(&memory);
    assert_eq!(store.log_damage(&log).unwrap().entry, 200);
    assert_eq!(store.audit(&log, 0, 1000).unwrap().len(), 200);
    assert!(store.commit(put("e1", "1")).is_err());
}

/// Three batches, the second without a result that was erased.
fn with_results(store: &MemoryStore) {
    let (e1, e2) = (employee("e1"), employee("e2"));
    for number in 0..3 {
        let contents =
            [(Some(&e1), noise(number, 9000)), (Some(&e2), b"two".to_vec()), (None, Vec::new())];
        store.commit(recorded(u128::from(number) + 1, &contents)).unwrap();
    }
    let draft = EraseDraft {
        tenant: acme(),
        employee: e2,
        results: vec![ResultId { batch: Uuid::from_u128(2), position: 1 }],
        attributes: false,
        complete: false,
    };
    store.commit(commit(Log::Tenant(acme()), vec![Change::Erase(draft)])).unwrap();
}

/// Puts batches together as format 2 wrote them: heads, a line's end and contents in one stream, and
/// an index that says nothing.
fn join_batches(memory: &Memory, store: &MemoryStore) {
    let mut results = store.results(&acme(), None, 1000).unwrap();
    let mut writes = Vec::new();
    for tree in [Tree::ResultBatches, Tree::ResultHeads, Tree::Results] {
        for (key, _) in all(memory, tree) {
            writes.push(Write { tree, key, value: None });
        }
    }
    for (key, _) in all(memory, Tree::ResultsOf) {
        let value = Some(sealed(Tree::ResultsOf, &key, 2, b""));
        writes.push(Write { tree: Tree::ResultsOf, key, value });
    }
    while let Some(first) = results.first().cloned() {
        let batch: Vec<_> = results.extract_if(.., |one| one.id.batch == first.id.batch).collect();
        let heads: Vec<_> = batch
            .iter()
            .map(|one| {
                let mut head = serde_json::to_value(&one.head).unwrap();
                head["length"] = one.content.as_ref().map_or(0, Vec::len).into();
                head
            })
            .collect();
        let head = serde_json::json!({
            "recorded_at": first.recorded_at,
            "actor": first.actor,
            "audit_sequence": first.audit_sequence,
            "results": heads,
        });
        let mut bytes = format!("{head}\n").into_bytes();
        batch.iter().flat_map(|one| &one.content).for_each(|content| bytes.extend(content));
        let compressed = zstd::encode_all(bytes.as_slice(), 3).unwrap();
        for (number, piece) in (0_u32..).zip(compressed.chunks(6 * 1024)) {
            let mut key = b"acme\0".to_vec();
            key.extend_from_slice(first.id.batch.as_bytes());
            key.extend_from_slice(&number.to_be_bytes());
            let value = Some(sealed(Tree::Results, &key, 2, piece));
            writes.push(Write { tree: Tree::Results, key, value });
        }
    }
    memory.write(writes).unwrap();
    set_format(memory, b'2');
}

#[test]
fn results_of_a_former_store_are_the_same_afterwards() {
    let memory = Memory::default();
    let store = open(&memory);
    with_results(&store);
    let log = Log::Tenant(acme());
    let seen = |store: &MemoryStore| {
        let listed =
            ["e1", "e2"].map(|e| store.results_of(&acme(), &employee(e), None, 9).unwrap());
        let results = store.results(&acme(), None, 1000).unwrap();
        (results, listed, store.audit_json(&log, 0, 100).unwrap())
    };
    let before = seen(&store);
    assert_eq!(before.0.len(), 9);
    join_batches(&memory, &store);
    drop(store);
    let store = open(&memory);
    assert_eq!(seen(&store), before);
    assert_eq!(store.verify().unwrap().results, 9);
    // It goes on.
    with_results_of(&store, 7);
    store.verify().unwrap();
    assert_eq!(open(&memory).results(&acme(), None, 1000).unwrap().len(), 10);
}

#[test]
fn an_upgrade_that_was_broken_off_is_taken_up_again() {
    let memory = Memory::default();
    let store = open(&memory);
    with_results(&store);
    let before = store.results(&acme(), None, 1000).unwrap();
    join_batches(&memory, &store);
    drop(store);
    drop(open(&memory));
    // As if it had been killed before it wrote the number.
    set_format(&memory, b'2');
    let store = open(&memory);
    assert_eq!(store.results(&acme(), None, 1000).unwrap(), before);
    store.verify().unwrap();
}

fn with_results_of(store: &MemoryStore, batch: u128) {
    store.commit(recorded(batch, &[(Some(&employee("e1")), b"later".to_vec())])).unwrap();
}
