//! Several nodes over the same maps: what one has committed, all know.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "common/shared.rs"]
mod shared;

use std::sync::Arc;

use futures::future::join_all;
use jiff::Timestamp;
use parking_lot::Mutex;
use shared::Shared;
use stele_store::{
    Commit, CommitError, Committed, Door, Effect, Expectation, Ledger, Log, Observer,
    ResponseDraft, ResponseKey, Store, StoreError, SystemClock,
};
use uuid::Uuid;

/// What a node was told.
#[derive(Default)]
struct Told(Mutex<Vec<(Timestamp, u64)>>);

impl Observer for Told {
    fn committed(&self, commits: &[Arc<Committed>]) {
        let told = commits.iter().map(|commit| (commit.recorded_at, commit.audit_sequence));
        self.0.lock().extend(told);
    }
}

/// A node, and what it was told.
struct Node {
    door: Door<Shared>,
    told: Arc<Told>,
}

fn nodes(maps: &Shared, count: usize) -> Vec<Node> {
    let node = |_| {
        let ledger = Ledger::start(maps.clone(), Arc::new(SystemClock)).unwrap();
        let (door, told) = (Door::new(ledger).unwrap(), Arc::new(Told::default()));
        door.observe(told.clone());
        Node { door, told }
    };
    (0..count).map(node).collect()
}

fn log() -> Log {
    Log::Tenant(common::acme())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_node_hears_of_every_commit_once_and_in_order() {
    let nodes = nodes(&Shared::new(1), 3);
    let committing = (0..90_usize).map(|number| {
        let node = &nodes[number % 3];
        async move {
            let committed = node.door.commit(common::put(&format!("e{number}"), "1")).await?;
            // What a node acknowledges it knows itself.
            let told = node.told.0.lock().iter().any(|told| told.0 == committed.recorded_at);
            assert!(told, "acknowledged and not told");
            Ok::<_, CommitError>(committed.audit_sequence)
        }
    });
    let mut sequences: Vec<u64> =
        join_all(committing).await.into_iter().map(Result::unwrap).collect();
    sequences.sort_unstable();
    assert_eq!(sequences, (0..90).collect::<Vec<_>>());
    for node in &nodes {
        let entries = node.door.audit(&log(), 0, 100).await.unwrap();
        let expected: Vec<_> =
            entries.iter().map(|entry| (entry.recorded_at, entry.sequence)).collect();
        assert_eq!(*node.told.0.lock(), expected);
        assert_eq!(node.door.verify().await.unwrap().audit_entries, 90);
        assert_eq!(node.door.horizon(), entries[89].recorded_at);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_node_has_committed_another_reads_at_once() {
    let nodes = nodes(&Shared::new(2), 2);
    for number in 0..40_usize {
        let (writing, reading) = (&nodes[number % 2].door, &nodes[(number + 1) % 2].door);
        let gross = number.to_string();
        writing.commit(common::put("e1", &gross)).await.unwrap();
        let (acme, employee) = (common::acme(), common::employee("e1"));
        let known = reading.employee(&acme, &employee, Timestamp::MAX).await.unwrap().unwrap();
        assert_eq!(known.revision, number as u64 + 1);
        assert_eq!(known.attributes, Some(common::attributes(&gross)));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_one_revision_and_of_one_key_one_node_makes_the_commit() {
    let nodes = nodes(&Shared::new(3), 3);
    for revision in 0..20_u64 {
        let expected = Expectation::EmployeeRevision {
            tenant: common::acme(),
            employee: common::employee("e1"),
            revision: (revision > 0).then_some(revision),
        };
        let committing = nodes.iter().map(|node| {
            let put = common::put("e1", "1");
            node.door.commit(Commit { expect: vec![expected.clone()], ..put })
        });
        let ended = join_all(committing).await;
        let refused =
            ended.iter().filter(|ended| matches!(ended, Err(CommitError::Unmet(_)))).count();
        assert_eq!((ended.len(), refused), (3, 2), "{ended:?}");
    }
    for number in 0..20_u64 {
        let key = ResponseKey {
            holder: Some(common::acme()),
            subject: Uuid::from_u128(1),
            key: format!("k-{number}"),
        };
        let response = ResponseDraft {
            key: key.clone(),
            request: stele_store::Digest::ZERO,
            status: 200,
            body: Arc::new(|committed: &Committed| match committed.effects.as_slice() {
                [Effect::Employee { revision, .. }] => {
                    format!("{} at {}", revision.revision, revision.recorded_at)
                }
                other => format!("{other:?}"),
            }),
        };
        let committing = nodes.iter().map(|node| {
            let put = common::put("e2", "1");
            node.door.commit(Commit { response: Some(response.clone()), ..put })
        });
        let ended = join_all(committing).await;
        let answered = |ended: &&Result<_, CommitError>| {
            matches!(ended, Err(CommitError::Store(StoreError::Answered)))
        };
        assert_eq!(ended.iter().filter(answered).count(), 2, "{ended:?}");
        let made = ended.iter().find_map(|ended| ended.as_ref().ok()).unwrap();
        for node in &nodes {
            let kept = node.door.response(&key).await.unwrap().unwrap();
            // Of the attempt that came through, not of one before.
            assert_eq!(kept.body, format!("{} at {}", number + 1, made.recorded_at));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_that_nobody_waits_for_any_more_is_carried_out() {
    let maps = Shared::new(4);
    let nodes = nodes(&maps, 2);
    for number in 0..20 {
        let committing = nodes[number % 2].door.commit(common::put(&format!("e{number}"), "1"));
        // Polled once, then dropped.
        assert!(futures::FutureExt::now_or_never(committing).is_none());
    }
    let door = &nodes[0].door;
    while door.audit_length(&log()).await.unwrap() < 20 {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    assert_eq!(door.employees(&common::acme(), None, 100, Timestamp::MAX).await.unwrap().len(), 20);
}
