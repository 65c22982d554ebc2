//! Audit logs.

use stele_digest::Digest;

use super::{Broken, Make, equal, holds, sample};
use crate::{
    commit::{About, Change, EraseDraft, Seed},
    error::StoreError,
    merkle,
    names::EmployeeId,
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

pub(super) async fn entries_are_found_by_who_knows_whom_they_are_about(
    make: Make<'_>,
) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let acme = sample::tenant("acme")?;
    let (first, second) = (sample::employee("e1")?, sample::employee("e2")?);
    let put = |employee: &EmployeeId, seed| {
        let mut commit = sample::put(&acme, employee, Some("1"));
        commit.audit.about = Some(About::employee(employee.clone(), Seed::new([seed; 32])));
        commit
    };
    let paid = |seed| {
        let mut commit = sample::commit(Log::Tenant(acme.clone()), Vec::new());
        let both = [second.clone(), first.clone()];
        commit.audit.about = Some(About::results_of(both, Seed::new([seed; 32])));
        commit
    };
    let erased = |complete| {
        let (tenant, employee) = (acme.clone(), first.clone());
        let results = Vec::new();
        let draft = EraseDraft { tenant, employee, results, attributes: true, complete };
        sample::commit(Log::Tenant(acme.clone()), vec![Change::Erase(draft)])
    };
    let digests = async |employee| store.employee_digests(&acme, employee).await;
    equal("digests of who is in no entry", digests(&first).await?, None)?;
    for commit in [put(&first, 1), put(&second, 2), put(&first, 3), paid(4), erased(false)] {
        store.commit(commit).await?;
    }
    let known = digests(&first).await?.ok_or_else(|| Broken("no digests".to_owned()))?;
    let other = digests(&second).await?.ok_or_else(|| Broken("no digests".to_owned()))?;
    holds("each is another's", known.record != other.record && known.results != other.results)?;
    holds("records and results are apart", known.record != known.results)?;
    let mut of_both = vec![known.results, other.results];
    of_both.sort_unstable();
    let expected = [vec![known.record], vec![other.record], vec![known.record], of_both, vec![]];
    let entries = store.audit(&Log::Tenant(acme.clone()), 0, 10).await?;
    let found: Vec<_> = entries.into_iter().map(|entry| entry.employees).collect();
    equal("whom entries are about", found, expected.to_vec())?;

    store.commit(erased(true)).await?;
    equal("digests of who is erased", digests(&first).await?, None)?;
    // Somebody who was still reading leaves no trace of them.
    store.commit(paid(5)).await?;
    let last = store.audit(&Log::Tenant(acme.clone()), 6, 1).await?;
    equal("whom the last is about", last.first().map(|entry| entry.employees.len()), Some(1))?;
    equal("digests of who is erased", digests(&first).await?, None)?;
    store.commit(put(&first, 6)).await?;
    let again = digests(&first).await?.ok_or_else(|| Broken("no digests".to_owned()))?;
    holds("who comes again is somebody else", again.record != known.record)?;
    store.verify().await?;
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
