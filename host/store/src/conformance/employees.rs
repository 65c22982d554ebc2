//! Employees in both clocks.

use jiff::{SignedDuration, Timestamp};

use super::{Broken, Make, equal, sample};
use crate::{names::EmployeeId, records::EmployeeRevision, store::Store};

/// Revision and gross salary.
fn known(revision: Option<EmployeeRevision>) -> Option<(u64, Option<String>)> {
    let revision = revision?;
    let gross = revision
        .attributes
        .and_then(|attributes| Some(attributes.get("gross")?.first()?.value.as_str()?.to_owned()));
    Some((revision.revision, gross))
}

fn some(revision: u64, gross: &str) -> Option<(u64, Option<String>)> {
    Some((revision, Some(gross.to_owned())))
}

pub(super) async fn an_employee_is_read_as_known_at_any_time(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let acme = sample::tenant("acme")?;
    let e1 = sample::employee("e1")?;
    // A neighbour whose name begins alike must not be taken for the same.
    let e10 = sample::employee("e10")?;
    let read = async |at| -> Result<_, Broken> { Ok(known(store.employee(&acme, &e1, at).await?)) };
    sample::put_now(store.as_ref(), &acme, &e10, Some("7")).await?;
    let first = sample::put_now(store.as_ref(), &acme, &e1, Some("1")).await?.recorded_at;
    let second = sample::put_now(store.as_ref(), &acme, &e1, Some("2")).await?.recorded_at;
    let deleted = sample::put_now(store.as_ref(), &acme, &e1, None).await?.recorded_at;
    let back = sample::put_now(store.as_ref(), &acme, &e1, Some("4")).await?.recorded_at;
    sample::put_now(store.as_ref(), &acme, &e10, Some("8")).await?;

    let before = first.checked_sub(SignedDuration::from_micros(1)).unwrap_or(first);
    equal("before the first", read(before).await?, None)?;
    equal("at the first", read(first).await?, some(1, "1"))?;
    equal("at the second", read(second).await?, some(2, "2"))?;
    equal("when deleted", read(deleted).await?, Some((3, None)))?;
    equal("when back", read(back).await?, some(4, "4"))?;
    equal("in a time to come", read(Timestamp::MAX).await?, some(4, "4"))
}

pub(super) async fn pages_of_employees_leave_nobody_out(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let acme = sample::tenant("acme")?;
    let mut names: Vec<String> = (0..25).map(|number| format!("e{number}")).collect();
    names.extend(["E.1", "e1:a", "e1-a", "e1_a", "e1@a"].map(str::to_owned));
    for name in &names {
        sample::put_now(store.as_ref(), &acme, &sample::employee(name)?, Some("1")).await?;
    }
    let middle = store.horizon();
    for name in names.iter().step_by(2) {
        sample::put_now(store.as_ref(), &acme, &sample::employee(name)?, Some("2")).await?;
    }
    sample::put_now(store.as_ref(), &acme, &sample::employee("e7")?, None).await?;
    sample::put_now(store.as_ref(), &acme, &sample::employee("new")?, Some("1")).await?;

    let mut then = names.clone();
    then.sort();
    let mut now: Vec<String> =
        then.iter().filter(|name| *name != "e7").cloned().chain(["new".to_owned()]).collect();
    now.sort();
    for limit in [1, 2, 3, 7, 100] {
        equal("as known now", all(store.as_ref(), limit, Timestamp::MAX).await?, now.clone())?;
        equal("as known then", all(store.as_ref(), limit, middle).await?, then.clone())?;
    }
    let page = store.employees(&acme, None, 100, middle).await?;
    let first = page.into_iter().all(|revision| revision.revision == 1);
    equal("revisions as known then", first, true)
}

async fn all(store: &dyn Store, limit: usize, at: Timestamp) -> Result<Vec<String>, Broken> {
    let acme = sample::tenant("acme")?;
    let mut names = Vec::new();
    let mut after: Option<EmployeeId> = None;
    loop {
        let page = store.employees(&acme, after.as_ref(), limit, at).await?;
        names.extend(page.iter().map(|revision| revision.employee.to_string()));
        match page.into_iter().last() {
            Some(last) => after = Some(last.employee),
            None => return Ok(names),
        }
    }
}

pub(super) async fn employees_are_read_by_their_ids(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let acme = sample::tenant("acme")?;
    let ids = ["e3", "e1", "nobody", "gone", "e3"];
    let ids = ids.into_iter().map(sample::employee).collect::<Result<Vec<_>, _>>()?;
    sample::put_now(store.as_ref(), &acme, &ids[1], Some("1")).await?;
    sample::put_now(store.as_ref(), &acme, &ids[3], Some("2")).await?;
    let then = sample::put_now(store.as_ref(), &acme, &ids[0], Some("3")).await?.recorded_at;
    sample::put_now(store.as_ref(), &acme, &ids[3], None).await?;
    sample::put_now(store.as_ref(), &acme, &ids[1], Some("4")).await?;
    for at in [then, Timestamp::MAX] {
        let mut one_by_one = Vec::new();
        for id in &ids {
            one_by_one.push(store.employee(&acme, id, at).await?);
        }
        equal("by id", store.employees_by_ids(&acme, &ids, at).await?, one_by_one)?;
    }
    equal("of nobody", store.employees_by_ids(&acme, &[], then).await?, Vec::new())
}

pub(super) async fn tenants_do_not_see_each_other(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    // One name is the beginning of the other.
    let (acme, other) = (sample::tenant("acme")?, sample::tenant("acme-b")?);
    let e1 = sample::employee("e1")?;
    sample::put_now(store.as_ref(), &acme, &e1, Some("1")).await?;
    equal("employee", store.employee(&other, &e1, Timestamp::MAX).await?, None)?;
    equal("employees", store.employees(&other, None, 10, Timestamp::MAX).await?.len(), 0)?;
    sample::put_now(store.as_ref(), &other, &e1, Some("2")).await?;
    equal("its own", known(store.employee(&acme, &e1, Timestamp::MAX).await?), some(1, "1"))?;
    equal("its own", known(store.employee(&other, &e1, Timestamp::MAX).await?), some(1, "2"))?;
    equal("employees", store.employees(&acme, None, 10, Timestamp::MAX).await?.len(), 1)
}
