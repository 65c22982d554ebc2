//! Audit logs.

use stele_digest::Digest;

use super::{Broken, Make, equal, holds, sample};
use crate::{
    error::StoreError,
    merkle,
    records::{Log, Scope},
};

pub(super) async fn every_change_has_its_entry_in_its_own_log(
    make: Make<'_>,
) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let (acme, beta) = (sample::tenant("acme")?, sample::tenant("beta")?);
    store.commit(sample::create_tenant(&acme)).await?;
    store.commit(sample::create_tenant(&beta)).await?;
    let activated = store.commit(sample::activate(&acme, "payroll")?).await?;
    let put = sample::put_now(store.as_ref(), &beta, &sample::employee("e1")?, Some("1")).await?;
    let of_acme = Log::Tenant(acme);
    equal("the operator's entries", store.audit_length(&Log::Operator).await?, 2)?;
    equal("acme's entries", store.audit_length(&of_acme).await?, 1)?;
    let entries = store.audit(&of_acme, 0, 10).await?;
    equal("acme's entries", entries.len(), 1)?;
    for entry in entries {
        equal("sequence", entry.sequence, activated.audit_sequence)?;
        equal("recorded time", entry.recorded_at, activated.recorded_at)?;
        equal("actor", entry.actor.name.as_str(), "somebody")?;
    }
    equal("beta's entry", put.audit_sequence, 0)?;
    equal("from a sequence on", store.audit(&Log::Operator, 1, 10).await?.len(), 1)?;
    equal("at most", store.audit(&Log::Operator, 0, 1).await?.len(), 1)
}

pub(super) async fn each_entry_holds_the_hash_of_the_one_before(
    make: Make<'_>,
) -> Result<(), Broken> {
    let store = sample::store(make)?;
    for _ in 0..10 {
        store.commit(sample::commit(Log::Operator, Vec::new())).await?;
    }
    let mut previous = Digest::ZERO;
    for (entry, sequence) in store.audit(&Log::Operator, 0, 100).await?.into_iter().zip(0..) {
        equal("sequence", entry.sequence, sequence)?;
        equal("previous", entry.previous, previous)?;
        previous = entry.hash()?;
    }
    Ok(())
}

pub(super) async fn a_store_that_is_whole_verifies(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let acme = sample::tenant("acme")?;
    store.commit(sample::create_tenant(&acme)).await?;
    store.commit(sample::create_token(1, Some(&acme))).await?;
    store.commit(sample::publish(Scope::Everyone, "1.0.0", &[b"package"])).await?;
    store.commit(sample::activate(&acme, "payroll")?).await?;
    sample::put_now(store.as_ref(), &acme, &sample::employee("e1")?, Some("1")).await?;
    store.remember(&sample::key(None, "key"), Digest::ZERO, 200, String::new()).await?;
    let verification = store.verify().await?;
    equal("entries", verification.audit_entries, 5)?;
    holds("everything was read", verification.values >= 13)
}

/// The hashes of a log's entries, as whoever reads it computes them.
struct Leaves(Vec<Digest>);

impl merkle::Nodes for Leaves {
    type Error = Broken;

    fn node(&self, level: u32, index: u64) -> Result<Digest, Broken> {
        let mut frontier = merkle::Frontier::default();
        let width = 1_usize << level;
        let start = usize::try_from(index).unwrap_or(usize::MAX).saturating_mul(width);
        let leaves = self.0.iter().skip(start).take(width);
        leaves.for_each(|leaf| frontier.push(*leaf));
        Ok(frontier.root())
    }
}

pub(super) async fn roots_and_proofs_are_those_of_the_entries(
    make: Make<'_>,
) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let acme = Log::Tenant(sample::tenant("acme")?);
    // Past the places at which stores may keep inner nodes.
    for number in 0..300_u64 {
        let log = if number % 3 == 2 { Log::Operator } else { acme.clone() };
        store.commit(sample::commit(log, Vec::new())).await?;
    }
    for (log, length) in [(Log::Operator, 100), (acme.clone(), 200)] {
        equal("entries", store.audit_length(&log).await?, length)?;
        let jsons = store.audit_json(&log, 0, 1000).await?;
        let leaves = Leaves(jsons.iter().map(|json| merkle::leaf_hash(json)).collect());
        let read = store.audit(&log, 0, 1000).await?;
        let hashes = read.iter().map(|entry| entry.hash()).collect::<Result<Vec<_>, _>>()?;
        equal("hashes of what was read", &hashes, &leaves.0)?;
        for size in 0..=length {
            let root = store.tree_root(&log, size).await?;
            equal("root", root, merkle::root(&leaves, size)?)?;
            if size % 11 != 0 && size != length {
                continue;
            }
            for entry in (0..size).step_by(7) {
                let proof = store.inclusion(&log, entry, size).await?;
                equal("inclusion", &proof, &merkle::inclusion(&leaves, entry, size)?)?;
                let hash = hashes.get(entry as usize).copied().unwrap_or(Digest::ZERO);
                let checked = merkle::check_inclusion(&hash, entry, size, &proof, &root);
                equal("what it proves", checked, Ok(()))?;
                let proof = store.consistency(&log, entry, size).await?;
                equal("consistency", &proof, &merkle::consistency(&leaves, entry, size)?)?;
                let old = store.tree_root(&log, entry).await?;
                let checked = merkle::check_consistency(entry, size, &old, &root, &proof);
                equal("what it proves", checked, Ok(()))?;
            }
        }
        for refused in [
            store.tree_root(&log, length + 1).await.map(drop),
            store.inclusion(&log, length, length).await.map(drop),
            store.inclusion(&log, 0, length + 1).await.map(drop),
            store.consistency(&log, 3, 2).await.map(drop),
            store.consistency(&log, 3, length + 1).await.map(drop),
        ] {
            let beyond = matches!(refused, Err(StoreError::BeyondLog { .. }));
            holds("what is not in the log has no proof", beyond)?;
        }
    }
    equal(
        "a log without entries",
        store.tree_root(&Log::Tenant(sample::tenant("no")?), 0).await?,
        merkle::empty_root(),
    )?;
    equal("damage", store.log_damage(&acme), None)?;
    equal("read-only", store.read_only().await, None)?;
    holds("everything was examined", store.examine_logs(0).await?)?;
    let verification = store.verify().await?;
    equal("entries that were proven", verification.audit_entries, 300)
}
