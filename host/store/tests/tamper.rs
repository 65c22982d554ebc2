//! Whatever is done to a stored log, the store names the log and the first entry that can not be
//! believed, takes no more changes, and goes on proving what stands before it.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{ops::Bound, sync::Arc};

use common::{acme, commit, put};
use stele_store::{
    Backend, CommitError, Digest, Log, LogDamage, Memory, MemoryStore, Pair, ReadOnlyCause,
    StoreError, SystemClock, Tree, Write,
    merkle::{check_consistency, check_inclusion, leaf_hash},
};

/// Trees that a log lies in.
const TREES: [Tree; 3] = [Tree::Audit, Tree::AuditTiles, Tree::AuditHeads];
/// Entries of a tile.
const TILE: u64 = 128;

fn log() -> Log {
    Log::Tenant(acme())
}

fn open(memory: &Memory) -> MemoryStore {
    MemoryStore::start(memory.clone(), Arc::new(SystemClock)).unwrap()
}

/// Maps with so many entries in acme's log and three in the operator's.
fn written(entries: u64) -> Memory {
    let memory = Memory::default();
    let store = open(&memory);
    for _ in 0..3 {
        store.commit(commit(Log::Operator, Vec::new())).unwrap();
    }
    for number in 0..entries {
        store.commit(put("e1", &number.to_string())).unwrap();
    }
    memory
}

fn pairs(memory: &Memory, tree: Tree) -> Vec<Pair> {
    memory.scan(tree, Bound::Unbounded, Bound::Unbounded).map(Result::unwrap).collect()
}

/// The same maps, apart from the original.
fn copy(memory: &Memory) -> Memory {
    let copied = Memory::default();
    for tree in Tree::ALL {
        for (key, value) in pairs(memory, tree) {
            copied.write(vec![Write { tree, key, value: Some(value) }]).unwrap();
        }
    }
    copied
}

fn replace(memory: &Memory, tree: Tree, old: &Pair, new: Option<Pair>) {
    let mut writes = vec![Write { tree, key: old.0.clone(), value: None }];
    writes.extend(new.map(|(key, value)| Write { tree, key, value: Some(value) }));
    memory.write(writes).unwrap();
}

/// A value as somebody would write it who knows how: with a checksum that is right.
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

/// Key of acme's entry, and the entry's JSON.
fn entry(memory: &Memory, sequence: u64) -> (Pair, String) {
    let mut key = b"acme\0".to_vec();
    key.extend_from_slice(&sequence.to_be_bytes());
    let value = memory.get(Tree::Audit, &key).unwrap().unwrap();
    let json = String::from_utf8(value[6..].to_vec()).unwrap();
    ((key, value), json)
}

fn rewrite(memory: &Memory, sequence: u64, json: &str) {
    let (old, _) = entry(memory, sequence);
    let value = sealed(Tree::Audit, &old.0, 0, json.as_bytes());
    let key = old.0.clone();
    replace(memory, Tree::Audit, &old, Some((key, value)));
}

/// What is found when the store is opened: at the start, and when all of it is verified.
fn found(memory: &Memory) -> Option<StoreError> {
    let store = open(memory);
    let at_start = store.read_only().map(|cause| StoreError::ReadOnly { cause });
    let verified = store.verify().err();
    assert!(at_start.is_none() || verified.is_some(), "a start finds nothing that is not there");
    at_start.or(verified)
}

/// The damage that is found in acme's log.
fn damage(memory: &Memory) -> LogDamage {
    let store = open(memory);
    let damage = store.log_damage(&log()).expect("nothing was found");
    let cause = ReadOnlyCause::DamagedLog(damage.clone());
    assert_eq!(store.read_only(), Some(cause.clone()));
    match store.verify() {
        Err(StoreError::DamagedLog(verified)) => {
            assert_eq!((verified.log, verified.entry), (damage.log.clone(), damage.entry));
        }
        other => panic!("{other:?}"),
    }
    match store.commit(put("e1", "1")) {
        Err(CommitError::Store(StoreError::ReadOnly { cause: refused })) => {
            assert_eq!(refused, cause);
            let said = refused.to_string();
            assert!(said.contains("tenants/acme") && said.contains("stele restore"), "{said}");
            assert!(said.contains(&format!("entry {}", damage.entry)), "{said}");
        }
        other => panic!("a change was made to a damaged store: {other:?}"),
    }
    damage
}

/// Entries and proofs before the damage are what they were.
fn assert_served(memory: &Memory, whole: &Memory, damage: &LogDamage) {
    let (store, whole) = (open(memory), open(whole));
    let length = store.audit_length(&log()).unwrap();
    assert_eq!(length, damage.entry);
    assert_eq!(
        store.audit(&log(), 0, usize::MAX).unwrap_or_default(),
        whole.audit(&log(), 0, usize::try_from(length).unwrap()).unwrap()
    );
    let root = store.tree_root(&log(), length).unwrap();
    assert_eq!(root, whole.tree_root(&log(), length).unwrap());
    for entry in [0, length / 2, length.saturating_sub(1)].into_iter().filter(|at| *at < length) {
        let leaf = leaf_hash(&store.audit_json(&log(), entry, 1).unwrap()[0]);
        let proof = store.inclusion(&log(), entry, length).unwrap();
        check_inclusion(&leaf, entry, length, &proof, &root).unwrap();
        let proof = store.consistency(&log(), entry, length).unwrap();
        let old = store.tree_root(&log(), entry).unwrap();
        check_consistency(entry, length, &old, &root, &proof).unwrap();
    }
    for refused in [
        store.audit(&log(), damage.entry, 1).map(drop),
        store.tree_root(&log(), length + 1).map(drop),
        store.inclusion(&log(), damage.entry, length + 1).map(drop),
    ] {
        assert!(matches!(refused, Err(StoreError::DamagedLog(_))), "{refused:?}");
    }
    assert_eq!(store.audit(&Log::Operator, 0, 10).unwrap().len(), 3, "another log is served");
}

#[test]
fn any_flipped_byte_of_a_stored_log_is_found_and_named() {
    let whole = written(TILE + 3);
    let mut tried = 0;
    for tree in TREES {
        for pair in pairs(&whole, tree) {
            // Every byte of the last entries, of the tile, of the heads; of the others some.
            let sequence = pair.0.last_chunk::<8>().map_or(0, |last| u64::from_be_bytes(*last));
            let step = match tree {
                Tree::Audit if (3..TILE - 2).contains(&sequence) => 97,
                Tree::AuditTiles => 13,
                _ => 1,
            };
            for position in (0..pair.0.len() + pair.1.len()).step_by(step) {
                let (mut key, mut value) = pair.clone();
                match position.checked_sub(key.len()) {
                    None => key[position] ^= 1,
                    Some(position) => value[position] ^= 1 << (position % 8),
                }
                let is_key = position < key.len();
                let tampered = copy(&whole);
                replace(&tampered, tree, &pair, Some((key, value)));
                let error = found(&tampered)
                    .unwrap_or_else(|| panic!("{tree:?} {:?} byte {position}", pair.0));
                if let (Tree::Audit, false, true) = (tree, is_key, pair.0.starts_with(b"acme")) {
                    let damage = damage(&tampered);
                    assert_eq!(damage.entry, sequence, "{error}");
                }
                tried += 1;
            }
        }
    }
    assert!(tried > 2000, "{tried}");
}

#[test]
fn every_byte_of_a_small_log_is_tried_and_names_its_entry() {
    let whole = written(4);
    for sequence in 0..4 {
        let (pair, _) = entry(&whole, sequence);
        for position in 0..pair.1.len() {
            for mask in [0x01, 0x20, 0xFF] {
                let (key, mut value) = pair.clone();
                value[position] ^= mask;
                let tampered = copy(&whole);
                replace(&tampered, Tree::Audit, &pair, Some((key, value)));
                let damage = damage(&tampered);
                assert_eq!(damage.entry, sequence, "byte {position}: {damage}");
                assert_served(&tampered, &whole, &damage);
            }
        }
    }
}

#[test]
fn any_byte_that_is_changed_under_a_right_checksum_is_found() {
    let whole = written(4);
    for sequence in 0..4 {
        let (pair, json) = entry(&whole, sequence);
        for position in 0..json.len() {
            let mut changed = json.clone().into_bytes();
            changed[position] ^= 1;
            let tampered = copy(&whole);
            let value = sealed(Tree::Audit, &pair.0, 0, &changed);
            replace(&tampered, Tree::Audit, &pair, Some((pair.0.clone(), value)));
            let damage = damage(&tampered);
            // The one that was changed, or the one before it, if it is `previous` that was changed.
            assert!(
                damage.entry == sequence || damage.entry + 1 == sequence,
                "entry {sequence}, byte {position}: {damage}"
            );
            assert_served(&tampered, &whole, &damage);
        }
        for position in 0..pair.0.len() {
            let mut key = pair.0.clone();
            key[position] ^= 1;
            let tampered = copy(&whole);
            let value = sealed(Tree::Audit, &key, 0, json.as_bytes());
            replace(&tampered, Tree::Audit, &pair, Some((key, value)));
            assert!(found(&tampered).is_some());
            // It may be missed here and found too much elsewhere.
            let damage = open(&tampered).log_damage(&log()).expect("nothing is missed");
            assert!(damage.entry <= sequence, "entry {sequence} moved away: {damage}");
        }
    }
}

#[test]
fn a_changed_tile_or_head_under_a_right_checksum_is_found() {
    let whole = written(TILE + 3);
    for tree in [Tree::AuditTiles, Tree::AuditHeads] {
        for pair in pairs(&whole, tree).into_iter().filter(|pair| pair.0.starts_with(b"acme")) {
            let content = pair.1[6..].to_vec();
            let form = pair.1[1];
            for position in
                (0..content.len()).step_by(if tree == Tree::AuditTiles { 31 } else { 1 })
            {
                let mut changed = content.clone();
                changed[position] ^= 1;
                let tampered = copy(&whole);
                let value = sealed(tree, &pair.0, form, &changed);
                replace(&tampered, tree, &pair, Some((pair.0.clone(), value)));
                assert!(
                    found(&tampered).is_some(),
                    "{tree:?} byte {position} of {}",
                    String::from_utf8_lossy(&content)
                );
            }
        }
    }
}

#[test]
fn a_removed_entry_is_missed_wherever_it_was() {
    let whole = written(TILE + 3);
    for sequence in [0, 1, TILE - 1, TILE, TILE + 1, TILE + 2] {
        let tampered = copy(&whole);
        replace(&tampered, Tree::Audit, &entry(&whole, sequence).0, None);
        let damage = damage(&tampered);
        assert_eq!(damage.entry, sequence, "{damage}");
        assert_served(&tampered, &whole, &damage);
    }
}

#[test]
fn a_log_that_was_cut_off_or_emptied_is_missed() {
    let whole = written(TILE + 3);
    for kept in [0, 1, TILE - 1, TILE, TILE + 2] {
        let tampered = copy(&whole);
        for sequence in kept..TILE + 3 {
            replace(&tampered, Tree::Audit, &entry(&whole, sequence).0, None);
        }
        let damage = damage(&tampered);
        assert_eq!(damage.entry, kept, "{damage}");
        assert_served(&tampered, &whole, &damage);
    }
    // With its length forgotten as well, the tile still knows of entries.
    let tampered = copy(&whole);
    for tree in [Tree::Audit, Tree::AuditHeads] {
        for pair in pairs(&whole, tree).into_iter().filter(|pair| pair.0.starts_with(b"acme")) {
            replace(&tampered, tree, &pair, None);
        }
    }
    assert_eq!(damage(&tampered).entry, 0);
}

#[test]
fn entries_that_changed_places_are_found() {
    let whole = written(6);
    for (first, second) in [(0, 1), (1, 4), (4, 5)] {
        let tampered = copy(&whole);
        let ((_, one), (_, other)) = (entry(&whole, first), entry(&whole, second));
        rewrite(&tampered, first, &other);
        rewrite(&tampered, second, &one);
        assert_eq!(damage(&tampered).entry, first);
        // As somebody would do it who mends the numbers as well.
        let number = |json: &str, from: u64, to: u64| {
            json.replace(&format!("\"sequence\":{from},"), &format!("\"sequence\":{to},"))
        };
        rewrite(&tampered, first, &number(&other, second, first));
        rewrite(&tampered, second, &number(&one, first, second));
        assert!(damage(&tampered).entry <= first);
    }
}

/// Rewrites entries from one on with all their hashes, as somebody would do it who can do anything
/// to the folder.
fn rewrite_chain(memory: &Memory, from: u64, until: u64) -> Digest {
    let mut previous = None;
    for sequence in from..until {
        let (_, json) = entry(memory, sequence);
        let mut json = if sequence == from { json.replace("something", "somethinG") } else { json };
        if let Some(previous) = previous {
            let at = json.find("\"previous\":\"").unwrap() + 12;
            json.replace_range(at..at + 64, &Digest::to_string(&previous));
        }
        rewrite(memory, sequence, &json);
        previous = Some(leaf_hash(json.as_bytes()));
    }
    previous.unwrap()
}

#[test]
fn a_chain_that_was_written_anew_is_found_by_its_tile_or_its_head() {
    let whole = written(TILE + 3);
    for from in [5, TILE + 1] {
        let tampered = copy(&whole);
        rewrite_chain(&tampered, from, TILE + 3);
        let expected = if from < TILE { from } else { TILE + 2 };
        assert_eq!(damage(&tampered).entry, expected);
    }
}

#[test]
fn what_can_not_be_found_within_the_folder_is_found_by_a_checkpoint_kept_elsewhere() {
    let whole = written(5);
    let root = open(&whole).tree_root(&log(), 5).unwrap();
    for from in 0..5 {
        let tampered = copy(&whole);
        let last = rewrite_chain(&tampered, from, 5);
        let head = pairs(&whole, Tree::AuditHeads).into_iter().find(|pair| pair.0 == b"acme\0");
        let head = head.unwrap();
        let mut json = String::from_utf8(head.1[6..].to_vec()).unwrap();
        let at = json.find("\"last\":\"").unwrap() + 8;
        json.replace_range(at..at + 64, &last.to_string());
        let value = sealed(Tree::AuditHeads, &head.0, 0, json.as_bytes());
        replace(&tampered, Tree::AuditHeads, &head, Some((head.0.clone(), value)));
        let store = open(&tampered);
        store.verify().unwrap();
        assert_ne!(store.tree_root(&log(), 5).unwrap(), root, "entry {from} was changed");
    }
}

#[test]
fn a_log_that_is_damaged_while_the_store_is_open_is_found_when_it_is_read() {
    let memory = written(TILE + 3);
    let store = open(&memory);
    let (pair, json) = entry(&memory, 2);
    let value = pair.1.iter().rev().copied().collect();
    replace(&memory, Tree::Audit, &pair, Some((pair.0.clone(), value)));
    let read = store.audit(&log(), 0, 10).unwrap();
    assert_eq!(read.len(), 2, "what stands before it is served");
    assert!(matches!(store.audit(&log(), 2, 10), Err(StoreError::DamagedLog(_))), "{json}");
    assert_eq!(store.log_damage(&log()).unwrap().entry, 2);
    assert!(store.commit(put("e1", "1")).is_err());
}

#[test]
fn a_long_log_is_opened_by_its_end_and_examined_in_steps() {
    let memory = Memory::default();
    let store = open(&memory);
    let entries = 50_200;
    for _ in 0..entries {
        store.commit(commit(log(), Vec::new())).unwrap();
    }
    drop(store);
    // The middle: opened, changed, and found out by and by.
    let (pair, _) = entry(&memory, 20_000);
    let tampered = copy(&memory);
    replace(&tampered, Tree::Audit, &pair, None);
    let store = open(&tampered);
    assert_eq!(store.read_only(), None, "it is not examined yet");
    store.commit(commit(log(), Vec::new())).unwrap();
    let mut steps = 0;
    while !store.examine_logs(1000).unwrap() {
        steps += 1;
        assert_eq!(store.read_only().is_some(), steps > 20, "step {steps}");
    }
    assert_eq!(store.log_damage(&log()).unwrap().entry, 20_000);
    assert!(store.commit(commit(log(), Vec::new())).is_err());

    // The end: found before anything is served.
    let (pair, _) = entry(&memory, entries - 2);
    let tampered = copy(&memory);
    replace(&tampered, Tree::Audit, &pair, None);
    assert_eq!(open(&tampered).log_damage(&log()).unwrap().entry, entries - 2);

    // A whole one stays as it is.
    let store = open(&memory);
    while !store.examine_logs(10_000).unwrap() {}
    assert_eq!(store.read_only(), None);
    store.commit(commit(log(), Vec::new())).unwrap();
    store.verify().unwrap();
}
