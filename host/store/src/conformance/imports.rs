//! Many employees as one change.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;

use super::{Broken, Make, equal, holds, sample};
use crate::{
    commit::{
        Change, Commit, CommitError, Effect, EmployeeDraft, EmployeeToImport, Employees,
        ImportDraft, Unmet,
    },
    error::StoreError,
    names::TenantId,
    records::Log,
};

/// Employees of an import: more than are written in one go.
const MANY: u64 = 1000;

/// An import that ends with an error before one of them, if there are so many.
fn import(tenant: &TenantId, count: u64, ends_at: u64) -> Commit {
    import_after(tenant, count, ends_at, |_| None)
}

/// The same of employees that must be at these revisions.
fn import_after(
    tenant: &TenantId,
    count: u64,
    ends_at: u64,
    after: impl Fn(u64) -> Option<u64> + Send + Sync + Clone + 'static,
) -> Commit {
    let holder = tenant.clone();
    let draw = move |number: u64| {
        if number == ends_at {
            return Err(StoreError::defect("drawing", "it was asked to end here"));
        }
        let employee = sample::employee(&format!("e{number}"))
            .map_err(|broken| StoreError::defect("naming an employee", broken))?;
        let (tenant, salt) = (holder.clone(), "00".repeat(16));
        let attributes = Some(sample::attributes(&number.to_string()));
        let draft = EmployeeDraft { tenant, employee, salt, attributes };
        Ok(EmployeeToImport { draft, after: after(number) })
    };
    let employees = Arc::new(move || Box::new((0..count).map(draw.clone())) as Employees);
    let drawing = Duration::ZERO;
    let draft = ImportDraft { tenant: tenant.clone(), count, drawing, employees };
    sample::commit(Log::Tenant(tenant.clone()), vec![Change::Import(draft)])
}

pub(super) async fn an_import_is_there_as_a_whole_or_not_at_all(
    make: Make<'_>,
) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let acme = sample::tenant("acme")?;
    let known = sample::put_now(store.as_ref(), &acme, &sample::employee("e7")?, Some("0")).await?;
    match store.commit(import(&acme, MANY, MANY - 1)).await {
        Err(CommitError::Store(StoreError::Defect { .. })) => {}
        other => return Err(Broken(format!("expected its own error, found {other:?}"))),
    }
    let all = async || store.employees(&acme, None, usize::MAX, Timestamp::MAX).await;
    equal("employees after one that failed", all().await?.len(), 1)?;
    equal("horizon", store.horizon(), known.recorded_at)?;

    let committed = store.commit(import(&acme, MANY, MANY)).await?;
    match committed.effects.as_slice() {
        [Effect::Imported { tenant, created, updated }] => {
            equal("what was said", (tenant, *created, *updated), (&acme, MANY - 1, 1))?;
        }
        other => return Err(Broken(format!("expected one effect, found {other:?}"))),
    }
    let found = all().await?;
    equal("employees", found.len() as u64, MANY)?;
    let at = committed.recorded_at;
    holds("all have its time", found.iter().all(|revision| revision.recorded_at == at))?;
    let revision = async |name: &str| -> Result<_, Broken> {
        let found = store.employee(&acme, &sample::employee(name)?, at).await?;
        Ok(found.map(|found| found.revision))
    };
    equal("one that is new", revision("e8").await?, Some(1))?;
    equal("one that was there", revision("e7").await?, Some(2))?;
    equal("employees before", store.employees(&acme, None, 9, known.recorded_at).await?.len(), 1)?;
    equal("entries", store.audit_length(&Log::Tenant(acme.clone())).await?, 2)?;
    store.verify().await.map(drop)?;
    Ok(())
}

pub(super) async fn an_import_is_made_of_the_revisions_that_it_was_made_of_or_not_at_all(
    make: Make<'_>,
) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let acme = sample::tenant("acme")?;
    let (put, gone) = (sample::employee("e7")?, sample::employee("e9")?);
    sample::put_now(store.as_ref(), &acme, &put, Some("0")).await?;
    sample::put_now(store.as_ref(), &acme, &gone, Some("0")).await?;
    sample::put_now(store.as_ref(), &acme, &gone, None).await?;
    let latest = |number: u64| match number {
        7 => 1,
        9 => 2,
        _ => 0,
    };
    let before = store.horizon();
    for (wrong, found) in [(7, Some(1)), (8, None), (9, Some(2))] {
        let moved = move |number| Some(latest(number) + u64::from(number == wrong));
        match store.commit(import_after(&acme, 20, 20, moved)).await {
            Err(CommitError::Unmet(Unmet { found: was, .. })) => equal("found", was, found)?,
            other => return Err(Broken(format!("expected that it is unmet, found {other:?}"))),
        }
    }
    equal("horizon", store.horizon(), before)?;
    store.commit(import_after(&acme, 20, 20, move |number| Some(latest(number)))).await?;
    let found = store.employees(&acme, None, usize::MAX, Timestamp::MAX).await?;
    equal("employees", found.len(), 20)?;
    Ok(())
}
