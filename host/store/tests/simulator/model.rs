//! What must be there, kept as naively as can be: a list of what was made. Everything that a reader
//! can ask is answered by going through it from the start.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use stele_store::{EmployeeRevision, Ledger, Log, RESPONSES_KEPT, ResultId};

use crate::work::{EMPLOYEES, KEYS, Order, TENANTS, Work, answer_key, employee, tenant};
use crate::world::World;

#[derive(Debug)]
pub struct Made {
    pub order: Order,
    pub at: Timestamp,
}

#[derive(Debug, Default)]
pub struct Model {
    /// In the order of recorded time.
    pub made: Vec<Made>,
    /// Nobody was told whether they were made: only a restart shows it.
    pub uncertain: Vec<Order>,
    pub refused: Vec<Order>,
}

#[derive(Debug, PartialEq)]
struct Revision {
    at: Timestamp,
    order: u32,
    is_present: bool,
    erased_at: Option<Timestamp>,
}

impl Model {
    pub fn last(&self) -> Timestamp {
        self.made.last().map_or(Timestamp::UNIX_EPOCH, |made| made.at)
    }

    fn of(&self, holder: &str) -> impl DoubleEndedIterator<Item = &Made> {
        self.made.iter().filter(move |made| made.order.tenant == holder)
    }

    fn revisions(&self, holder: &str, name: &str) -> Vec<Revision> {
        let mut revisions: Vec<Revision> = Vec::new();
        for Made { order, at } in self.of(holder) {
            match &order.work {
                Work::Put { employee, deletes, .. } if *employee == name => {
                    revisions.push(Revision {
                        at: *at,
                        order: order.number,
                        is_present: !deletes,
                        erased_at: None,
                    })
                }
                Work::Import { employees } if employees.contains(&name) => {
                    revisions.push(Revision {
                        at: *at,
                        order: order.number,
                        is_present: true,
                        erased_at: None,
                    })
                }
                Work::Erase { employee, .. } if *employee == name => {
                    for revision in &mut revisions {
                        revision.is_present = false;
                        revision.erased_at.get_or_insert(*at);
                    }
                }
                _ => {}
            }
        }
        revisions
    }

    /// The revision that a careful committer expects to be the latest.
    pub fn latest(&self, holder: &str, name: &str) -> Option<u64> {
        let revisions = self.revisions(holder, name);
        revisions.last().filter(|last| last.is_present).map(|_| revisions.len() as u64)
    }

    /// Results of an employee that are not erased.
    pub fn results(&self, holder: &str, name: &str) -> Vec<ResultId> {
        let mut results = BTreeSet::new();
        for Made { order, .. } in self.of(holder) {
            match &order.work {
                Work::Record { employees, .. } => {
                    for (position, _) in (0..).zip(employees).filter(|(_, one)| **one == name) {
                        results.insert(ResultId { batch: order.id(), position });
                    }
                }
                Work::Erase { employee, results: erased } if *employee == name => {
                    results.retain(|result| !erased.contains(result));
                }
                _ => {}
            }
        }
        results.into_iter().collect()
    }

    fn answer(&self, key: u32) -> Option<&Made> {
        self.made.iter().rfind(|made| made.order.key == Some(key))
    }

    /// Whether it may be made now, at that time or just after what was made last.
    pub fn admits(&self, order: &Order, now: Timestamp) -> bool {
        let now = now.max(self.last() + SignedDuration::from_micros(1));
        if let Some(answer) = order.key.and_then(|key| self.answer(key))
            && now.duration_since(answer.at) <= RESPONSES_KEPT
        {
            return false;
        }
        match &order.work {
            Work::Found => {
                !self.of(order.tenant).any(|made| matches!(made.order.work, Work::Found))
            }
            Work::Put { employee, expected: Some(expected), .. } => {
                self.latest(order.tenant, employee) == *expected
            }
            _ => true,
        }
    }

    /// Notes what was made.
    pub fn make(&mut self, order: Order, at: Timestamp) {
        assert!(self.last() < at, "recorded time does not increase: {order:?} at {at}");
        self.made.push(Made { order, at });
    }

    /// After a restart: whether each uncertain order was made is seen by its audit entry, or by the
    /// answer that it remembers. All else of it is compared like everything.
    pub fn settle(&mut self, store: &Ledger<World>) {
        for order in std::mem::take(&mut self.uncertain) {
            let at = match order.log() {
                Some(log) => {
                    let entries = store.audit(&log, 0, usize::MAX).unwrap();
                    let entry = entries.iter().find(|entry| entry.subject == order.label());
                    entry.map(|entry| entry.recorded_at)
                }
                None => remembered_at(store, &order),
            };
            match at {
                Some(at) => self.made.push(Made { order, at }),
                None => self.refused.push(order),
            }
        }
        self.made.sort_by_key(|made| made.at);
    }

    /// Compares with everything that a reader sees. `disturbed` is who is being erased meanwhile:
    /// what is taken away is gone before it is durable that it is.
    pub fn compare(&self, store: &Ledger<World>, now: Timestamp, disturbed: Option<&Order>) {
        assert!(self.made.is_sorted_by(|a, b| a.at < b.at), "one time for two commits");
        assert_eq!(store.horizon(), self.last(), "the horizon");
        self.compare_log(store, &Log::Operator);
        let founded = self.made.iter().filter(|made| matches!(made.order.work, Work::Found));
        let founded: BTreeSet<_> =
            founded.map(|made| (made.order.tenant.to_owned(), made.at)).collect();
        let tenants = store.tenants(None, 100).unwrap().into_iter();
        let tenants: BTreeSet<_> =
            tenants.map(|tenant| (tenant.id.to_string(), tenant.recorded_at)).collect();
        assert_eq!(tenants, founded, "tenants");
        for holder in TENANTS {
            self.compare_log(store, &Log::Tenant(tenant(holder)));
            self.compare_activations(store, holder);
            for name in EMPLOYEES {
                let is_disturbed = disturbed.is_some_and(|order| {
                    order.tenant == holder
                        && matches!(&order.work, Work::Erase { employee, .. } if *employee == name)
                });
                if !is_disturbed {
                    self.compare_employee(store, holder, name);
                    self.compare_results(store, holder, name);
                }
            }
        }
        for key in 0..KEYS {
            self.compare_answer(store, key, now);
        }
        for order in &self.refused {
            if order.log().is_none() {
                assert_eq!(remembered_at(store, order), None, "{order:?} was refused");
            }
        }
    }

    fn compare_log(&self, store: &Ledger<World>, log: &Log) {
        let entries = store.audit(log, 0, usize::MAX).unwrap();
        let found: Vec<_> =
            entries.into_iter().map(|entry| (entry.subject, entry.recorded_at)).collect();
        let made = self.made.iter().filter(|made| made.order.log().as_ref() == Some(log));
        let expected: Vec<_> = made.map(|made| (made.order.label(), made.at)).collect();
        assert_eq!(found, expected, "the log {log}");
        assert_eq!(store.audit_length(log).unwrap(), expected.len() as u64, "the log {log}");
    }

    fn compare_activations(&self, store: &Ledger<World>, holder: &str) {
        let found = store.activations_of(&tenant(holder), 0, usize::MAX).unwrap().into_iter();
        let found: Vec<_> = found.map(|one| (one.sequence, one.id, one.recorded_at)).collect();
        let made = self.of(holder).filter(|made| matches!(made.order.work, Work::Activate));
        let expected: Vec<_> =
            (0..).zip(made).map(|(sequence, made)| (sequence, made.order.id(), made.at)).collect();
        assert_eq!(found, expected, "activations of {holder}");
    }

    fn compare_employee(&self, store: &Ledger<World>, holder: &str, name: &str) {
        let revisions = self.revisions(holder, name);
        let read = |at| store.employee(&tenant(holder), &employee(name), at).unwrap();
        for (number, revision) in (1..).zip(&revisions) {
            let found = read(revision.at).unwrap();
            let EmployeeRevision { revision: found_number, recorded_at, erased_at, .. } = found;
            let found_revision = Revision {
                at: recorded_at,
                order: revision.order,
                is_present: found.attributes.is_some(),
                erased_at,
            };
            assert_eq!((found_number, &found_revision), (number, revision), "{name} of {holder}");
            let made = self.made.iter().find(|made| made.order.number == revision.order).unwrap();
            let attributes = revision.is_present.then(|| made.order.attributes());
            assert!(found.attributes == attributes, "attributes of {name} of {holder}");
        }
        let latest = read(Timestamp::MAX).map(|latest| latest.recorded_at);
        assert_eq!(latest, revisions.last().map(|last| last.at), "{name} of {holder}");
        let erased_at = self.of(holder).rfind(
            |made| matches!(&made.order.work, Work::Erase { employee, .. } if *employee == name),
        );
        let erasure = store.erasure(&tenant(holder), &employee(name)).unwrap();
        assert_eq!(
            erasure.map(|erasure| erasure.recorded_at),
            erased_at.map(|made| made.at),
            "the erasure of {name} of {holder}"
        );
    }

    fn compare_results(&self, store: &Ledger<World>, holder: &str, name: &str) {
        let (tenant, employee) = (tenant(holder), employee(name));
        let listed = store.results_of(&tenant, &employee, None, usize::MAX).unwrap();
        let listed: Vec<_> = listed.into_iter().map(|listed| listed.id).collect();
        let kept = self.results(holder, name);
        assert_eq!(listed, kept, "results of {name} of {holder}");
        for Made { order, at } in self.of(holder) {
            let Work::Record { employees, length } = &order.work else { continue };
            for (position, _) in (0..).zip(employees).filter(|(_, one)| **one == name) {
                let id = ResultId { batch: order.id(), position };
                let result = store.result(&tenant, id).unwrap().unwrap();
                assert_eq!(result.recorded_at, *at);
                let content = kept.contains(&id).then(|| order.content(position as usize, *length));
                assert!(result.content == content, "the content of {id}");
            }
        }
    }

    fn compare_answer(&self, store: &Ledger<World>, key: u32, now: Timestamp) {
        let found = store.response(&answer_key(&key.to_string())).unwrap();
        let found = found.map(|found| (found.body, found.recorded_at));
        let expected = self.answer(key).map(|made| (made.order.label(), made.at));
        let is_kept = expected
            .as_ref()
            .is_some_and(|(_, at)| now.max(self.last()).duration_since(*at) <= RESPONSES_KEPT);
        // One that is forgotten may still be there, until it is swept.
        if is_kept || found.is_some() {
            assert_eq!(found, expected, "the answer under key {key}");
        }
    }
}

pub fn remembered_at(store: &Ledger<World>, order: &Order) -> Option<Timestamp> {
    let found = store.response(&order.answer_key()?).unwrap()?;
    assert_eq!(found.body, order.label());
    Some(found.recorded_at)
}
