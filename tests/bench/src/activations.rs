//! What a long history of activations costs: a look-up in memory, and a start.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use stele_runtime::{Runtime, Settings};
use stele_store::{
    ActivationDraft, Actor, AuditDraft, Change, Commit, Digest, Log, Scope, SledStore, Slot,
    TenantId, VersionDraft,
};
use uuid::Uuid;

use crate::disk;
use crate::durations::milliseconds;
use crate::measurement::Measurement;
use crate::timing::in_turn;

/// Activations of one slot.
const ACTIVATIONS: usize = 100_000;
/// Versions of the ruleset.
const VERSIONS: usize = 1_000;
/// Activations written by one commit.
const TOGETHER: usize = 1_000;

/// Measures with 1,000 versions of a ruleset and 100,000 activations.
pub(crate) async fn measure() -> anyhow::Result<Vec<Measurement>> {
    let folder = tempfile::tempdir()?;
    let tenant = TenantId::new("acme")?;
    let slot = Slot::new("payroll")?;
    let (database, owner, filled) = (folder.path().join("db"), tenant.clone(), slot.clone());
    let filling = move || fill(&SledStore::open(&database)?, &owner, &filled);
    tokio::task::spawn_blocking(filling).await??;
    // Once, so that the next one finds the log where an orderly stop leaves it.
    drop(Runtime::open(folder.path(), Settings::default()).await?);
    let read = disk::read(folder.path())?;
    let begun = Instant::now();
    let runtime = Runtime::open(folder.path(), Settings::default()).await?;
    let started = begun.elapsed();
    let middle = runtime
        .activations(&tenant, Some(ACTIVATIONS as u64 / 2), 1, None)
        .await?
        .activations
        .first()
        .map(|activation| activation.recorded_at);
    let mut day = 0_i64;
    let mut next = move || {
        day = (day + 37) % 3650;
        date(2020, 1, 1) + day.days()
    };
    let (mut next_known, mut next_plain) = (next, next);
    let mut now = || {
        black_box(runtime.in_force(&tenant, &slot, next(), None));
        Ok(())
    };
    let mut then = || {
        black_box(runtime.in_force(&tenant, &slot, next_known(), middle));
        Ok(())
    };
    // The same question to an ordered map of as many days and numbers.
    let map: BTreeMap<(Date, usize), usize> =
        (0..ACTIVATIONS).map(|number| ((valid_from(number), number), number)).collect();
    let mut plain = || {
        black_box(map.range(..=(next_plain(), usize::MAX)).next_back());
        Ok(())
    };
    let [now, then, plain] = in_turn([&mut now, &mut then, &mut plain])?;
    Ok(vec![
        Measurement::new("activations.in_force_now", now, "ns")
            .against("an ordered map", plain)
            .at_most_plus(5, 500),
        Measurement::new("activations.in_force_then", then, "ns")
            .against("an ordered map", plain)
            .at_most_plus(20, 500),
        Measurement::new("activations.start", milliseconds(started), "ms")
            .against("reading the folder", milliseconds(read))
            .at_most(60),
    ])
}

/// The day of an activation. A prime step leads all over the ten years.
fn valid_from(number: usize) -> Date {
    let day = i64::try_from(number * 7919 % 3650).unwrap_or_default();
    date(2020, 1, 1) + day.days()
}

fn fill(store: &SledStore, tenant: &TenantId, slot: &Slot) -> anyhow::Result<()> {
    let log = Log::Tenant(tenant.clone());
    let name = "Acme".to_owned();
    let created = Change::CreateTenant { id: tenant.clone(), name };
    store.commit(commit(Log::Operator, vec![created]))?;
    let digest = |number: usize| Digest::of(&number.to_be_bytes());
    for number in 0..VERSIONS {
        let content: Arc<[u8]> = Arc::from(number.to_be_bytes().as_slice());
        let draft = VersionDraft {
            scope: Scope::Everyone,
            name: "cn/payroll".to_owned(),
            version: format!("1.{number}.0"),
            digest: digest(number),
            component: digest(number),
            report: digest(number),
            kind: "payroll".to_owned(),
            jurisdiction: None,
            exact: true,
            from: date(2020, 1, 1),
            until: date(2029, 12, 31),
            signatures: None,
            objects: vec![content],
        };
        store.commit(commit(Log::Operator, vec![Change::Publish(Box::new(draft))]))?;
    }
    for first in (0..ACTIVATIONS).step_by(TOGETHER) {
        let changes = (first..first + TOGETHER).map(|number| {
            Change::Activate(Box::new(ActivationDraft {
                tenant: tenant.clone(),
                id: Uuid::now_v7(),
                slot: slot.clone(),
                ruleset: "cn/payroll".to_owned(),
                version: format!("1.{}.0", number % VERSIONS),
                digest: digest(number % VERSIONS),
                valid_from: valid_from(number),
                proposal: None,
            }))
        });
        store.commit(commit(log.clone(), changes.collect()))?;
    }
    Ok(())
}

fn commit(log: Log, changes: Vec<Change>) -> Commit {
    Commit {
        actor: Actor { subject: Uuid::from_u128(7), name: "bench".to_owned() },
        expect: Vec::new(),
        changes,
        audit: AuditDraft {
            log,
            action: "bench".to_owned(),
            subject: String::new(),
            digest: Digest::ZERO,
            about: None,
        },
        response: None,
    }
}
