//! Audit logs.

use super::{Broken, Make, equal, holds, sample};
use crate::{
    names::Digest,
    records::{Log, Scope},
};

pub(super) fn every_change_has_its_entry_in_its_own_log(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let (acme, beta) = (sample::tenant("acme")?, sample::tenant("beta")?);
    store.commit(sample::create_tenant(&acme))?;
    store.commit(sample::create_tenant(&beta))?;
    let activated = store.commit(sample::activate(&acme, "payroll")?)?;
    let put = sample::put_now(store.as_ref(), &beta, &sample::employee("e1")?, Some("1"))?;
    let of_acme = Log::Tenant(acme);
    equal("the operator's entries", store.audit_length(&Log::Operator)?, 2)?;
    equal("acme's entries", store.audit_length(&of_acme)?, 1)?;
    let entries = store.audit(&of_acme, 0, 10)?;
    equal("acme's entries", entries.len(), 1)?;
    for entry in entries {
        equal("sequence", entry.sequence, activated.audit_sequence)?;
        equal("recorded time", entry.recorded_at, activated.recorded_at)?;
        equal("actor", entry.actor.name.as_str(), "somebody")?;
    }
    equal("beta's entry", put.audit_sequence, 0)?;
    equal("from a sequence on", store.audit(&Log::Operator, 1, 10)?.len(), 1)?;
    equal("at most", store.audit(&Log::Operator, 0, 1)?.len(), 1)
}

pub(super) fn each_entry_holds_the_hash_of_the_one_before(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    for _ in 0..10 {
        store.commit(sample::commit(Log::Operator, Vec::new()))?;
    }
    let mut previous = Digest::ZERO;
    for (entry, sequence) in store.audit(&Log::Operator, 0, 100)?.into_iter().zip(0..) {
        equal("sequence", entry.sequence, sequence)?;
        equal("previous", entry.previous, previous)?;
        previous = entry.hash()?;
    }
    Ok(())
}

pub(super) fn a_store_that_is_whole_verifies(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let acme = sample::tenant("acme")?;
    store.commit(sample::create_tenant(&acme))?;
    store.commit(sample::create_token(1, Some(&acme)))?;
    store.commit(sample::publish(Scope::Everyone, "1.0.0", &[b"package"]))?;
    store.commit(sample::activate(&acme, "payroll")?)?;
    sample::put_now(store.as_ref(), &acme, &sample::employee("e1")?, Some("1"))?;
    store.remember(None, "key", Digest::ZERO, 200, String::new())?;
    let verification = store.verify()?;
    equal("entries", verification.audit_entries, 5)?;
    holds("everything was read", verification.values >= 13)
}
