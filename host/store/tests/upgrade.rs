//! A store that was made before logs had trees gets them when it is opened.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{ops::Bound, sync::Arc};

use common::{acme, put};
use stele_store::{Backend, Log, Memory, MemoryStore, Store, SystemClock, Tree, Write};

fn open(memory: &Memory) -> MemoryStore {
    MemoryStore::start(memory.clone(), Arc::new(SystemClock)).unwrap()
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
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(b"meta\0\0");
    hasher.update(&6_u64.to_be_bytes());
    hasher.update(b"format1");
    let mut value = vec![1, 0];
    value.extend_from_slice(&hasher.finalize().to_be_bytes());
    value.push(b'1');
    let key = b"format".to_vec();
    memory.write(vec![Write { tree: Tree::Meta, key, value: Some(value) }]).unwrap();
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
