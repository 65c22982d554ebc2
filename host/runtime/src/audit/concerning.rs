//! Which entries concern an employee, a slot or a day. The log does not say so: it holds batches and
//! salted digests, so that it tells nobody whom it is about. Who knows the identifier finds the
//! entries by the employee's digests, in an export too, and here also by what the store knows of the
//! employee: entries of imports, which are of too many to name each, those of earlier versions, and that
//! of the erasure. An erasure takes both away, and changes no entry.
//!
//! No two commits have the same recorded time, so the entry of a revision or a result is the one of
//! its time.

use std::collections::{BTreeSet, HashSet};

use jiff::{SignedDuration, Timestamp, civil::Date};
use stele_store::{
    AuditEntry, EmployeeDigests, EmployeeId, ListedResult, ResultId, Slot, Store, StoreError,
    TenantId,
};
use uuid::Uuid;

use crate::state::runtime::Runtime;

/// Results read at a time.
const READ: usize = 1000;

/// What looking at the results of an entry counts for among the entries that are looked at.
pub(super) const RESULTS: usize = 20;

/// What entries are to concern.
pub(super) struct Concerning<'a> {
    store: &'a dyn Store,
    tenant: &'a TenantId,
    employee: Option<OfEmployee<'a>>,
    slot: Option<&'a Slot>,
    date: Option<Date>,
}

/// What is known of an employee.
struct OfEmployee<'a> {
    id: &'a EmployeeId,
    digests: Option<EmployeeDigests>,
    /// When something of them was recorded.
    times: BTreeSet<Timestamp>,
    results: HashSet<ResultId>,
}

impl<'a> Concerning<'a> {
    pub(super) async fn new(
        store: &'a dyn Store,
        tenant: &'a TenantId,
        employee: Option<&'a EmployeeId>,
        slot: Option<&'a Slot>,
        date: Option<Date>,
    ) -> Result<Self, StoreError> {
        let employee = match employee {
            Some(employee) => Some(OfEmployee::read(store, tenant, employee).await?),
            None => None,
        };
        Ok(Self { store, tenant, employee, slot, date })
    }

    /// Whether an entry does, and what it cost to find out.
    pub(super) async fn takes(&self, entry: &AuditEntry) -> Result<(bool, usize), StoreError> {
        if self.employee.as_ref().is_some_and(|employee| !employee.is_in(entry)) {
            return Ok((false, 0));
        }
        if self.slot.is_none() && self.date.is_none() {
            return Ok((true, 0));
        }
        let results = match Subject::of(entry) {
            Subject::Results { after, count } => {
                self.store.result_list(self.tenant, after, count).await?
            }
            Subject::Other => {
                let names = |slot: &Slot| {
                    let mut words = entry.subject.split([' ', ':']);
                    words.any(|word| word == slot.as_str())
                };
                let takes = self.date.is_none() && self.slot.is_some_and(names);
                return Ok((takes, 0));
            }
        };
        // What is listed after the last result of the entry is another's.
        let of_entry = results.iter().filter(|listed| is_of(listed, entry));
        let fits = |listed: &&ListedResult| {
            self.slot.is_none_or(|slot| *slot == listed.slot)
                && self.date.is_none_or(|date| date == listed.date)
                && self.employee.as_ref().is_none_or(|of| Some(of.id) == listed.employee.as_ref())
        };
        Ok((of_entry.into_iter().any(|listed| fits(&listed)), RESULTS))
    }
}

impl<'a> OfEmployee<'a> {
    async fn read(
        store: &dyn Store,
        tenant: &TenantId,
        id: &'a EmployeeId,
    ) -> Result<Self, StoreError> {
        let digests = store.employee_digests(tenant, id).await?;
        let mut of = Self { id, digests, times: BTreeSet::new(), results: HashSet::new() };
        of.times.extend(store.erasure(tenant, id).await?.map(|erasure| erasure.recorded_at));
        let mut known_at = Timestamp::MAX;
        while let Some(revision) = store.employee(tenant, id, known_at).await? {
            if revision.erased_at.is_none() {
                of.times.insert(revision.recorded_at);
            }
            // Times have whole microseconds.
            match revision.recorded_at.checked_sub(SignedDuration::from_micros(1)) {
                Ok(before) => known_at = before,
                Err(_) => break,
            }
        }
        let mut after = None;
        loop {
            let read = store.results_of(tenant, id, after, READ).await?;
            let Some(last) = read.last() else { return Ok(of) };
            after = Some(last.id);
            of.times.extend(read.iter().map(|listed| listed.recorded_at));
            of.results.extend(read.iter().map(|listed| listed.id));
        }
    }

    fn is_in(&self, entry: &AuditEntry) -> bool {
        let is_result = |id: ResultId| self.results.contains(&id);
        let stands_in = |digests: EmployeeDigests| {
            entry.employees.contains(&digests.record) || entry.employees.contains(&digests.results)
        };
        self.digests.is_some_and(stands_in)
            || entry.subject == self.id.as_str()
            || self.times.contains(&entry.recorded_at)
            || entry.subject.parse().is_ok_and(is_result)
    }
}

impl Runtime {
    /// What stands for an employee in entries of the tenant's log, so that who knows the identifier
    /// finds them in an export; none: no entry has such a digest, or the employee is erased.
    pub async fn employee_digests(
        &self,
        tenant: &TenantId,
        employee: &EmployeeId,
    ) -> Result<Option<EmployeeDigests>, StoreError> {
        self.store().employee_digests(tenant, employee).await
    }
}

/// What an entry says that it is about.
enum Subject {
    /// Results: after which one they begin, and how many there are.
    Results { after: Option<ResultId>, count: usize },
    /// Something else.
    Other,
}

impl Subject {
    fn of(entry: &AuditEntry) -> Self {
        if let Ok(id) = entry.subject.parse::<ResultId>() {
            return Self::Results { after: id.before(), count: 1 };
        }
        let batch = entry.subject.split_once(' ').and_then(|(batch, count)| {
            Some((Uuid::try_parse(batch).ok()?, count.parse::<usize>().ok()?))
        });
        match batch {
            Some((batch, count)) if entry.action == "result.recorded" => {
                Self::Results { after: ResultId { batch, position: 0 }.before(), count }
            }
            _ => Self::Other,
        }
    }
}

/// Whether a result is one that an entry is about.
fn is_of(listed: &ListedResult, entry: &AuditEntry) -> bool {
    let about = entry.subject.split(' ').next().unwrap_or_default();
    about == listed.id.to_string() || about == listed.id.batch.as_hyphenated().to_string()
}
