//! Starting.

use std::{sync::Arc, time::Instant};

use jiff::civil::date;
use stele_runtime::{Runtime, Scope};
use stele_store::{
    Actor, AuditDraft, Change, Commit, Digest, Door, Log, SledStore, Store, VersionDraft,
};
use uuid::Uuid;

use crate::support::{acme, on_disk, settings, somebody};

fn version(number: u32) -> Commit {
    // No content: a start that looked for it would fail.
    let digest = Digest::of(&number.to_be_bytes());
    let draft = VersionDraft {
        scope: Scope::Everyone,
        name: format!("test/ruleset-{}", number % 50),
        version: format!("1.{number}.0"),
        digest,
        component: digest,
        report: digest,
        kind: "points".to_owned(),
        jurisdiction: None,
        exact: true,
        from: date(2020, 1, 1),
        until: date(2021, 12, 31),
        signatures: None,
        objects: Vec::new(),
    };
    Commit {
        actor: Actor { subject: Uuid::nil(), name: "test".to_owned() },
        expect: Vec::new(),
        changes: vec![Change::Publish(Box::new(draft))],
        audit: AuditDraft {
            log: Log::Operator,
            action: "ruleset.published".to_owned(),
            subject: String::new(),
            digest,
            about: None,
        },
        response: None,
    }
}

#[tokio::test]
async fn a_thousand_versions_do_not_slow_the_start_down() {
    let folder = tempfile::tempdir().unwrap();
    {
        let store = SledStore::open(&folder.path().join("db")).unwrap();
        let store: Arc<dyn Store> = Arc::new(Door::new(store).unwrap());
        for number in 0..1000 {
            store.commit(version(number)).await.unwrap();
        }
        let runtime = Runtime::with_store(store, settings()).await.unwrap();
        runtime.create_tenant(&somebody(), acme(), "Acme").await.unwrap();
    }
    let start = Instant::now();
    let runtime = on_disk(folder.path()).await;
    let took = start.elapsed();
    println!("started with 1,000 versions in {took:?}");
    assert_eq!(runtime.rulesets(&acme()).len(), 50);
    assert_eq!(runtime.versions(&acme(), "test/ruleset-7").unwrap().len(), 20);
    // The bound is 1 s on an idle machine; this one also builds and tests other things.
    assert!(took.as_secs() < 5, "{took:?}");
}
