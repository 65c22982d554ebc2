//! What the simulated committers want. Everything that is written carries the number of its order,
//! so that whatever is found can be told whose it is.

use std::{collections::BTreeMap, time::Duration};

use jiff::{Timestamp, civil::date};
use stele_store::{
    ActivationDraft, Actor, Attributes, AuditDraft, Change, Commit, CommitError, DatedValue,
    Digest, EmployeeDraft, EmployeeId, EmployeeToImport, EraseDraft, Expectation, ImportDraft,
    Ledger, Log, Provenance, ResponseDraft, ResponseKey, ResultDraft, ResultHeadDraft, ResultId,
    ResultsDraft, RulesetVersion, Slot, TenantId,
};
use uuid::Uuid;

use crate::common;
use crate::world::World;

pub const TENANTS: [&str; 2] = ["acme", "beta"];
pub const EMPLOYEES: [&str; 3] = ["e1", "e2", "e3"];
/// Idempotency keys that are used again and again.
pub const KEYS: u32 = 3;

#[derive(Debug, Clone)]
pub enum Work {
    Found,
    /// `expected`: the revision that must be the latest, if any is demanded.
    Put {
        employee: &'static str,
        deletes: bool,
        expected: Option<Option<u64>>,
    },
    /// In a slice each.
    Import {
        employees: Vec<&'static str>,
    },
    Activate,
    /// One result for each.
    Record {
        employees: Vec<&'static str>,
        length: usize,
    },
    Erase {
        employee: &'static str,
        results: Vec<ResultId>,
    },
    Remember,
}

#[derive(Debug, Clone)]
pub struct Order {
    pub number: u32,
    pub tenant: &'static str,
    pub work: Work,
    /// The idempotency key that it is made under.
    pub key: Option<u32>,
}

pub fn tenant(name: &str) -> TenantId {
    TenantId::new(name).unwrap()
}

pub fn employee(name: &str) -> EmployeeId {
    EmployeeId::new(name).unwrap()
}

pub fn answer_key(key: &str) -> ResponseKey {
    ResponseKey { holder: None, subject: Uuid::from_u128(1), key: key.to_owned() }
}

fn slot() -> Slot {
    Slot::new("payroll").unwrap()
}

impl Order {
    pub fn id(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.number))
    }

    /// What its audit entry and its remembered answer say.
    pub fn label(&self) -> String {
        format!("order {}", self.number)
    }

    pub fn answer_key(&self) -> Option<ResponseKey> {
        match (&self.work, self.key) {
            (Work::Remember, _) => Some(answer_key(&self.label())),
            (_, key) => key.map(|key| answer_key(&key.to_string())),
        }
    }

    pub fn log(&self) -> Option<Log> {
        match self.work {
            Work::Remember => None,
            Work::Found => Some(Log::Operator),
            _ => Some(Log::Tenant(tenant(self.tenant))),
        }
    }

    /// Whether it must wait while employees of the tenant are imported.
    pub fn touches(&self, holder: &str) -> bool {
        self.tenant == holder && matches!(self.work, Work::Put { .. } | Work::Erase { .. })
    }

    pub fn attributes(&self) -> Attributes {
        let value = DatedValue { from: date(2026, 1, 1), value: self.number.into() };
        BTreeMap::from([("gross".to_owned(), vec![value])])
    }

    pub fn content(&self, position: usize, length: usize) -> Vec<u8> {
        common::noise(u64::from(self.number) * 100 + position as u64, length)
    }

    /// Makes it; the recorded time, which of a remembered answer nobody is told.
    pub fn submit(&self, store: &Ledger<World>) -> Result<Option<Timestamp>, CommitError> {
        match self.commit() {
            Some(commit) => store.commit(commit).map(|committed| Some(committed.recorded_at)),
            None => {
                let key = answer_key(&self.label());
                store.remember(&key, Digest::of(b"request"), 200, self.label()).map(|()| None)
            }
        }
    }

    fn commit(&self) -> Option<Commit> {
        let holder = tenant(self.tenant);
        let mut expect = Vec::new();
        let mut digest = Digest::of(b"content");
        let change = match &self.work {
            Work::Remember => return None,
            Work::Found => {
                expect.push(Expectation::TenantAbsent(holder.clone()));
                Change::CreateTenant { id: holder, name: self.label() }
            }
            Work::Put { employee: name, deletes, expected } => {
                let employee = employee(name);
                if let Some(revision) = *expected {
                    let (tenant, employee) = (holder.clone(), employee.clone());
                    expect.push(Expectation::EmployeeRevision { tenant, employee, revision });
                }
                let attributes = (!deletes).then(|| self.attributes());
                let salt = "5a".repeat(16);
                Change::PutEmployee(EmployeeDraft { tenant: holder, employee, salt, attributes })
            }
            Work::Import { employees } => {
                let (attributes, salt) = (self.attributes(), "5a".repeat(16));
                let drafts: Vec<_> = employees
                    .iter()
                    .map(|name| EmployeeDraft {
                        tenant: holder.clone(),
                        employee: employee(name),
                        salt: salt.clone(),
                        attributes: Some(attributes.clone()),
                    })
                    .map(|draft| EmployeeToImport { draft, after: None })
                    .collect();
                Change::Import(ImportDraft {
                    tenant: holder,
                    count: drafts.len() as u64,
                    drawing: Duration::ZERO,
                    employees: std::sync::Arc::new(move || {
                        Box::new(drafts.clone().into_iter().map(Ok))
                    }),
                })
            }
            Work::Activate => Change::Activate(Box::new(ActivationDraft {
                tenant: holder,
                id: self.id(),
                slot: slot(),
                ruleset: "cn/payroll".to_owned(),
                version: "1.0.0".to_owned(),
                digest: Digest::of(b"package"),
                valid_from: date(2026, 1, 1),
                proposal: None,
            })),
            Work::Record { employees, length } => {
                let results = employees.iter().enumerate().map(|(position, name)| {
                    let head = ResultHeadDraft {
                        employee: Some(employee(name)),
                        slot: slot(),
                        kind: "payroll".to_owned(),
                        provenance: Provenance {
                            version: RulesetVersion {
                                ruleset: "cn/payroll".to_owned(),
                                version: "1.0.0".to_owned(),
                                digest: Digest::of(b"package"),
                            },
                            employment: None,
                        },
                        date: date(2026, 1, 31),
                        salt: format!("{:032x}", self.number),
                    };
                    ResultDraft::new(head, self.content(position, *length))
                });
                let results = results.collect();
                let draft =
                    ResultsDraft { tenant: holder, batch: self.id(), results, answers: Vec::new() };
                digest = draft.digest();
                Change::RecordResults(draft)
            }
            Work::Erase { employee: name, results } => Change::Erase(EraseDraft {
                tenant: holder,
                employee: employee(name),
                results: results.clone(),
                attributes: true,
                complete: true,
            }),
        };
        let label = self.label();
        Some(Commit {
            actor: Actor { subject: Uuid::from_u128(1), name: "somebody".to_owned() },
            expect,
            changes: vec![change],
            audit: AuditDraft {
                log: self.log()?,
                action: "simulated".to_owned(),
                subject: self.label(),
                digest,
                about: None,
            },
            response: self.answer_key().map(|key| ResponseDraft {
                key,
                request: Digest::of(b"request"),
                status: 200,
                body: std::sync::Arc::new(move |_| label.clone()),
            }),
        })
    }
}
