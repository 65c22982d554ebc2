//! What is written is what is read.

use jiff::Timestamp;
use stele_digest::Digest;
use uuid::Uuid;

use super::{Broken, Make, equal, holds, sample};
use crate::{
    commit::{Change, Effect},
    records::{Log, Scope},
};

pub(super) fn an_empty_store_holds_nothing(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let acme = sample::tenant("acme")?;
    equal("tenants", store.tenants()?.len(), 0)?;
    equal("tokens", store.tokens()?.len(), 0)?;
    equal("versions", store.versions()?.len(), 0)?;
    equal("activations", store.activations()?.len(), 0)?;
    equal("object", store.object(&Digest::ZERO)?, None)?;
    equal("employee", store.employee(&acme, &sample::employee("e1")?, Timestamp::MAX)?, None)?;
    equal("log", store.audit_length(&Log::Operator)?, 0)?;
    equal("answer", store.response(&sample::key(None, "key"))?, None)?;
    equal("horizon", store.horizon(), Timestamp::UNIX_EPOCH)
}

pub(super) fn what_was_committed_is_read_back(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let acme = sample::tenant("acme")?;
    let created = store.commit(sample::create_tenant(&acme))?;
    let token = store.commit(sample::create_token(1, Some(&acme)))?;
    let published = store.commit(sample::publish(Scope::Everyone, "1.0.0", &[b"package"]))?;
    let activated = store.commit(sample::activate(&acme, "cn/payroll")?)?;

    let [Effect::Tenant(record)] = created.effects.as_slice() else {
        return Err(Broken("a tenant's effect is a tenant".to_owned()));
    };
    equal("tenants", store.tenants()?, vec![record.clone()])?;
    equal("its recorded time", record.recorded_at, created.recorded_at)?;
    let [Effect::Token(record)] = token.effects.as_slice() else {
        return Err(Broken("a token's effect is a token".to_owned()));
    };
    equal("tokens", store.tokens()?, vec![record.clone()])?;
    equal("the token", store.token(record.id)?, Some(record.clone()))?;
    let [Effect::Version(record)] = published.effects.as_slice() else {
        return Err(Broken("a publication's effect is a version".to_owned()));
    };
    equal("versions", store.versions()?, vec![record.clone()])?;
    let [Effect::Activation(record)] = activated.effects.as_slice() else {
        return Err(Broken("an activation's effect is an activation".to_owned()));
    };
    equal("activations", store.activations()?, vec![record.clone()])?;
    equal("horizon", store.horizon(), activated.recorded_at)
}

pub(super) fn content_is_stored_once_under_its_digest(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    // Longer than any page or chunk, and not compressible to nothing.
    let mut long = Vec::new();
    for number in 0..50_000_u64 {
        long.extend_from_slice(&number.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes());
    }
    let commit = sample::publish(Scope::Everyone, "1.0.0", &[b"list", &long, b"", &long]);
    store.commit(commit)?;
    store.commit(sample::publish(Scope::Everyone, "1.1.0", &[b"other list", &long]))?;
    equal("long content", store.object(&Digest::of(&long))?.map(|read| read == long), Some(true))?;
    equal("short content", store.object(&Digest::of(b"list"))?, Some(b"list".to_vec()))?;
    equal("no content", store.object(&Digest::of(b""))?, Some(Vec::new()))?;
    equal("unknown content", store.object(&Digest::of(b"unknown"))?, None)?;
    equal("objects", store.verify()?.objects, 4)
}

pub(super) fn a_revoked_token_stays_on_the_list(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    store.commit(sample::create_token(1, None))?;
    let id = Uuid::from_u128(1);
    let revoke = || sample::commit(Log::Operator, vec![Change::RevokeToken { id }]);
    let revoked = store.commit(revoke())?;
    let token = store.token(id)?.ok_or_else(|| Broken("the token is gone".to_owned()))?;
    equal("revoked at", token.revoked_at, Some(revoked.recorded_at))?;
    store.commit(revoke())?;
    equal("revoked again", store.token(id)?, Some(token))?;
    let unknown = vec![Change::RevokeToken { id: Uuid::from_u128(2) }];
    let refused = store.commit(sample::commit(Log::Operator, unknown));
    holds("an unknown token can not be revoked", refused.is_err())
}

pub(super) fn activations_are_numbered_by_tenant(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let (acme, beta) = (sample::tenant("acme")?, sample::tenant("acme-2")?);
    for _ in 0..3 {
        store.commit(sample::activate(&acme, "payroll")?)?;
        store.commit(sample::activate(&beta, "payroll")?)?;
    }
    for tenant in [&acme, &beta] {
        let page = store.activations_of(tenant, 1, 10)?;
        let sequences: Vec<u64> = page.iter().map(|record| record.sequence).collect();
        equal("sequences from 1", sequences, vec![1, 2])?;
        holds("only its own", page.iter().all(|record| record.tenant == *tenant))?;
        equal("a page of one", store.activations_of(tenant, 0, 1)?.len(), 1)?;
    }
    Ok(())
}
