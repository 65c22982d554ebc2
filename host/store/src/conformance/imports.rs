//! Many employees as one change.

use std::time::Duration;

use jiff::Timestamp;

use super::{Broken, Make, equal, holds, sample};
use crate::{
    commit::{Change, Commit, CommitError, Effect, EmployeeDraft},
    error::StoreError,
    import::ImportDraft,
    names::TenantId,
    records::Log,
};

/// Employees of an import: more than are written in one go.
const MANY: u64 = 1000;

/// An import that ends with an error before one of them, if there are so many.
fn import(tenant: &TenantId, count: u64, ends_at: u64) -> Commit {
    let holder = tenant.clone();
    let employees = (0..count).map(move |number| {
        if number == ends_at {
            return Err(StoreError::defect("drawing", "it was asked to end here"));
        }
        let employee = sample::employee(&format!("e{number}"))
            .map_err(|broken| StoreError::defect("naming an employee", broken))?;
        let (tenant, salt) = (holder.clone(), "00".repeat(16));
        let attributes = Some(sample::attributes(&number.to_string()));
        Ok(EmployeeDraft { tenant, employee, salt, attributes })
    });
    let (drawing, employees) = (Duration::ZERO, Box::new(employees));
    let draft = ImportDraft { tenant: tenant.clone(), count, drawing, employees };
    sample::commit(Log::Tenant(tenant.clone()), vec![Change::Import(draft)])
}

pub(super) fn an_import_is_there_as_a_whole_or_not_at_all(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let acme = sample::tenant("acme")?;
    let known = sample::put_now(store.as_ref(), &acme, &sample::employee("e7")?, Some("0"))?;
    match store.commit(import(&acme, MANY, MANY - 1)) {
        Err(CommitError::Store(StoreError::Defect { .. })) => {}
        other => return Err(Broken(format!("expected its own error, found {other:?}"))),
    }
    let all = || store.employees(&acme, None, usize::MAX, Timestamp::MAX);
    equal("employees after one that failed", all()?.len(), 1)?;
    equal("horizon", store.horizon(), known.recorded_at)?;

    let committed = store.commit(import(&acme, MANY, MANY))?;
    match committed.effects.as_slice() {
        [Effect::Imported { tenant, created, updated }] => {
            equal("what was said", (tenant, *created, *updated), (&acme, MANY - 1, 1))?;
        }
        other => return Err(Broken(format!("expected one effect, found {other:?}"))),
    }
    let found = all()?;
    equal("employees", found.len() as u64, MANY)?;
    let at = committed.recorded_at;
    holds("all have its time", found.iter().all(|revision| revision.recorded_at == at))?;
    let revision = |name: &str| -> Result<_, Broken> {
        let found = store.employee(&acme, &sample::employee(name)?, at)?;
        Ok(found.map(|found| found.revision))
    };
    equal("one that is new", revision("e8")?, Some(1))?;
    equal("one that was there", revision("e7")?, Some(2))?;
    equal("employees before", store.employees(&acme, None, 9, known.recorded_at)?.len(), 1)?;
    equal("entries", store.audit_length(&Log::Tenant(acme.clone()))?, 2)?;
    store.verify().map(drop)?;
    Ok(())
}
