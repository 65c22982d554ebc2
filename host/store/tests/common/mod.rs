//! Commits that the tests make.

// Each test file uses its own part of this.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use jiff::civil::date;
use stele_store::{
    Actor, Attributes, AuditDraft, Change, Commit, DatedValue, Digest, EmployeeDraft, EmployeeId,
    EmployeeToImport, Employees, EmploymentId, ImportDraft, Log, Provenance, ResultDraft,
    ResultHeadDraft, ResultsDraft, RulesetVersion, Scope, Slot, StoreError, TenantId, VersionDraft,
};
use uuid::Uuid;

pub fn acme() -> TenantId {
    TenantId::new("acme").unwrap()
}

pub fn employee(name: &str) -> EmployeeId {
    EmployeeId::new(name).unwrap()
}

pub fn commit(log: Log, changes: Vec<Change>) -> Commit {
    Commit {
        actor: Actor { subject: Uuid::from_u128(1), name: "test".to_owned() },
        expect: Vec::new(),
        changes,
        audit: AuditDraft {
            log,
            action: "tested".to_owned(),
            subject: "something".to_owned(),
            digest: Digest::of(b"content"),
            about: None,
        },
        response: None,
    }
}

pub fn attributes(gross: &str) -> Attributes {
    let value = DatedValue { from: date(2026, 1, 1), value: gross.into() };
    BTreeMap::from([("gross".to_owned(), vec![value])])
}

pub fn put(name: &str, gross: &str) -> Commit {
    let draft = EmployeeDraft {
        tenant: acme(),
        employee: employee(name),
        salt: "5a".repeat(16),
        attributes: Some(attributes(gross)),
    };
    commit(Log::Tenant(acme()), vec![Change::PutEmployee(draft)])
}

/// Content that zstd can not make small.
pub fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed | 1;
    let mut bytes = Vec::with_capacity(length);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_be_bytes());
    }
    bytes
}

pub fn publish(version: &str, content: &[u8]) -> Commit {
    let digest = Digest::of(content);
    let draft = VersionDraft {
        scope: Scope::Everyone,
        name: "cn/payroll".to_owned(),
        version: version.to_owned(),
        digest,
        component: digest,
        report: digest,
        kind: "payroll".to_owned(),
        jurisdiction: None,
        exact: true,
        from: date(2019, 1, 1),
        until: date(2026, 12, 31),
        signatures: None,
        objects: vec![Arc::from(content)],
    };
    commit(Log::Operator, vec![Change::Publish(Box::new(draft))])
}

/// A batch of results with these contents, each in its employee's only employment that is told apart.
pub fn recorded(batch: u128, contents: &[(Option<&EmployeeId>, Vec<u8>)]) -> Commit {
    let results = contents.iter().enumerate().map(|(number, (employee, content))| {
        let head = ResultHeadDraft {
            employee: employee.cloned(),
            slot: Slot::new("payroll").unwrap(),
            kind: "payroll".to_owned(),
            provenance: Provenance {
                version: RulesetVersion {
                    ruleset: "cn/payroll".to_owned(),
                    version: "1.0.0".to_owned(),
                    digest: Digest::of(b"package"),
                },
                employment: employee.map(|_| EmploymentId::new("main").unwrap()),
            },
            date: date(2026, 1, 31),
            salt: format!("{number:032x}"),
        };
        ResultDraft::new(head, content.clone())
    });
    let draft = ResultsDraft {
        tenant: acme(),
        batch: Uuid::from_u128(batch),
        results: results.collect(),
        answers: Vec::new(),
    };
    let digest = draft.digest();
    let mut commit = commit(Log::Tenant(acme()), vec![Change::RecordResults(draft)]);
    commit.audit.digest = digest;
    commit
}

pub fn tenant(name: &str) -> TenantId {
    TenantId::new(name).unwrap()
}

pub fn activate(tenant: &TenantId) -> Commit {
    let draft = stele_store::ActivationDraft {
        tenant: tenant.clone(),
        id: Uuid::from_u128(9),
        slot: Slot::new("payroll").unwrap(),
        ruleset: "cn/payroll".to_owned(),
        version: "1.0.0".to_owned(),
        digest: Digest::of(b"package"),
        valid_from: date(2026, 1, 1),
        proposal: None,
    };
    commit(Log::Tenant(tenant.clone()), vec![Change::Activate(Box::new(draft))])
}

/// An import of these employees, all with this gross. `drawing` hears of each before it is drawn.
pub fn import(
    names: Vec<String>,
    gross: &str,
    drawing: impl Fn(usize) -> Result<(), StoreError> + Send + Sync + 'static,
) -> Commit {
    let (count, gross) = (names.len() as u64, gross.to_owned());
    let drawing = Arc::new(drawing);
    let employees = move || -> Employees {
        let (drawing, gross) = (drawing.clone(), gross.clone());
        Box::new(names.clone().into_iter().enumerate().map(move |(position, name)| {
            drawing(position)?;
            let draft = EmployeeDraft {
                tenant: acme(),
                employee: employee(&name),
                salt: "5a".repeat(16),
                attributes: Some(attributes(&gross)),
            };
            Ok(EmployeeToImport { draft, after: None })
        }))
    };
    let draft = ImportDraft {
        tenant: acme(),
        count,
        drawing: Duration::ZERO,
        employees: Arc::new(employees),
    };
    commit(Log::Tenant(acme()), vec![Change::Import(draft)])
}
