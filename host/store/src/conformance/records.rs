//! What is written is what is read.

use jiff::Timestamp;
use stele_digest::Digest;
use uuid::Uuid;

use super::{Broken, Make, equal, holds, sample};
use crate::{
    commit::{Change, Effect},
    records::{Log, Scope},
};

pub(super) async fn an_empty_store_holds_nothing(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let acme = sample::tenant("acme")?;
    equal("tenants", store.tenants(None, 100).await?.len(), 0)?;
    equal("tokens", store.tokens(None, 100).await?.len(), 0)?;
    equal("versions", store.versions(None, 100).await?.len(), 0)?;
    equal("activations", store.activations_of(&acme, 0, 100).await?.len(), 0)?;
    equal("object", store.object(&Digest::ZERO).await?, None)?;
    equal(
        "employee",
        store.employee(&acme, &sample::employee("e1")?, Timestamp::MAX).await?,
        None,
    )?;
    equal("log", store.audit_length(&Log::Operator).await?, 0)?;
    equal("answer", store.response(&sample::key(None, "key")).await?, None)?;
    equal("horizon", store.horizon(), Timestamp::UNIX_EPOCH)
}

pub(super) async fn what_was_committed_is_read_back(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let acme = sample::tenant("acme")?;
    let created = store.commit(sample::create_tenant(&acme)).await?;
    let token = store.commit(sample::create_token(1, Some(&acme))).await?;
    let published = store.commit(sample::publish(Scope::Everyone, "1.0.0", &[b"package"])).await?;
    let activated = store.commit(sample::activate(&acme, "cn/payroll")?).await?;

    let [Effect::Tenant(record)] = created.effects.as_slice() else {
        return Err(Broken("a tenant's effect is a tenant".to_owned()));
    };
    equal("tenants", store.tenants(None, 100).await?, vec![record.clone()])?;
    equal("its recorded time", record.recorded_at, created.recorded_at)?;
    let [Effect::Token(record)] = token.effects.as_slice() else {
        return Err(Broken("a token's effect is a token".to_owned()));
    };
    equal("tokens", store.tokens(None, 100).await?, vec![record.clone()])?;
    equal("the token", store.token(record.id).await?, Some(record.clone()))?;
    let [Effect::Version(record)] = published.effects.as_slice() else {
        return Err(Broken("a publication's effect is a version".to_owned()));
    };
    equal("versions", store.versions(None, 100).await?, vec![record.clone()])?;
    let [Effect::Activation(record)] = activated.effects.as_slice() else {
        return Err(Broken("an activation's effect is an activation".to_owned()));
    };
    equal("activations", store.activations_of(&acme, 0, 100).await?, vec![record.clone()])?;
    equal("horizon", store.horizon(), activated.recorded_at)
}

pub(super) async fn pages_of_records_leave_none_out(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    for number in 0..5_u128 {
        store.commit(sample::create_tenant(&sample::tenant(&format!("t-{number}"))?)).await?;
        store.commit(sample::create_token(number + 1, None)).await?;
        let version = format!("1.{number}.0");
        store.commit(sample::publish(Scope::Everyone, &version, &[b"package"])).await?;
    }
    let tenants = store.tenants(None, 100).await?;
    let tokens = store.tokens(None, 100).await?;
    let versions = store.versions(None, 100).await?;
    equal("tenants, tokens, versions", (tenants.len(), tokens.len(), versions.len()), (5, 5, 5))?;
    for limit in 1..=6 {
        let (mut some, mut after) = (Vec::new(), None);
        loop {
            let page = store.tenants(after.as_ref(), limit).await?;
            holds("at most as many as asked for", page.len() <= limit)?;
            let Some(last) = page.last() else { break };
            after = Some(last.id.clone());
            some.extend(page);
        }
        equal("tenants by page", &some, &tenants)?;
        let (mut some, mut after) = (Vec::new(), None);
        loop {
            let page = store.tokens(after, limit).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            some.extend(page);
        }
        equal("tokens by page", &some, &tokens)?;
        let (mut some, mut after) = (Vec::new(), None);
        loop {
            let page = store.versions(after.as_ref(), limit).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.clone());
            some.extend(page);
        }
        equal("versions by page", &some, &versions)?;
    }
    Ok(())
}

pub(super) async fn content_is_stored_once_under_its_digest(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    // Longer than any page or chunk, and not compressible to nothing.
    let mut long = Vec::new();
    for number in 0..50_000_u64 {
        long.extend_from_slice(&number.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes());
    }
    let commit = sample::publish(Scope::Everyone, "1.0.0", &[b"list", &long, b"", &long]);
    store.commit(commit).await?;
    store.commit(sample::publish(Scope::Everyone, "1.1.0", &[b"other list", &long])).await?;
    equal(
        "long content",
        store.object(&Digest::of(&long)).await?.map(|read| read == long),
        Some(true),
    )?;
    equal("short content", store.object(&Digest::of(b"list")).await?, Some(b"list".to_vec()))?;
    equal("no content", store.object(&Digest::of(b"")).await?, Some(Vec::new()))?;
    equal("unknown content", store.object(&Digest::of(b"unknown")).await?, None)?;
    equal("objects", store.verify().await?.objects, 4)
}

pub(super) async fn a_revoked_token_stays_on_the_list(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    store.commit(sample::create_token(1, None)).await?;
    let id = Uuid::from_u128(1);
    let revoke = || sample::commit(Log::Operator, vec![Change::RevokeToken { id }]);
    let revoked = store.commit(revoke()).await?;
    let token = store.token(id).await?.ok_or_else(|| Broken("the token is gone".to_owned()))?;
    equal("revoked at", token.revoked_at, Some(revoked.recorded_at))?;
    store.commit(revoke()).await?;
    equal("revoked again", store.token(id).await?, Some(token))?;
    let unknown = vec![Change::RevokeToken { id: Uuid::from_u128(2) }];
    let refused = store.commit(sample::commit(Log::Operator, unknown)).await;
    holds("an unknown token can not be revoked", refused.is_err())
}

pub(super) async fn activations_are_numbered_by_tenant(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let (acme, beta) = (sample::tenant("acme")?, sample::tenant("acme-2")?);
    for _ in 0..3 {
        store.commit(sample::activate(&acme, "payroll")?).await?;
        store.commit(sample::activate(&beta, "payroll")?).await?;
    }
    for tenant in [&acme, &beta] {
        let page = store.activations_of(tenant, 1, 10).await?;
        let sequences: Vec<u64> = page.iter().map(|record| record.sequence).collect();
        equal("sequences from 1", sequences, vec![1, 2])?;
        holds("only its own", page.iter().all(|record| record.tenant == *tenant))?;
        equal("a page of one", store.activations_of(tenant, 0, 1).await?.len(), 1)?;
    }
    Ok(())
}
