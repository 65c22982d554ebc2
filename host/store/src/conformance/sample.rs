//! Commits to try a store with.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use jiff::{Timestamp, civil::Date};
use serde_json::Value;
use stele_digest::Digest;
use uuid::Uuid;

use super::{Broken, Make};
use crate::{
    clock::Clock,
    commit::{
        ActivationDraft, AuditDraft, Change, Commit, Committed, EmployeeDraft, Expectation,
        ResponseKey, TokenDraft, VersionDraft,
    },
    names::{EmployeeId, Slot, TenantId},
    records::{Actor, Attributes, DatedValue, Log, Proposal, Scope},
    store::Store,
};

/// A clock that is set by hand. Microseconds since the epoch.
pub(super) struct HandClock(AtomicI64);

impl HandClock {
    pub(super) fn new() -> Arc<Self> {
        // 2026-01-01T00:00:00Z
        Arc::new(Self(AtomicI64::new(1_767_225_600_000_000)))
    }

    pub(super) fn move_by(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).unwrap_or_default()
    }
}

/// A store on a clock that stands still.
pub(super) fn store(make: Make<'_>) -> Result<Arc<dyn Store>, Broken> {
    Ok(make(HandClock::new())?)
}

pub(super) fn tenant(name: &str) -> Result<TenantId, Broken> {
    Ok(TenantId::new(name)?)
}

pub(super) fn employee(name: &str) -> Result<EmployeeId, Broken> {
    Ok(EmployeeId::new(name)?)
}

/// A key of somebody.
pub(super) fn key(holder: Option<&TenantId>, key: &str) -> ResponseKey {
    ResponseKey { holder: holder.cloned(), subject: Uuid::from_u128(7), key: key.to_owned() }
}

pub(super) fn commit(log: Log, changes: Vec<Change>) -> Commit {
    Commit {
        actor: Actor { subject: Uuid::from_u128(7), name: "somebody".to_owned() },
        expect: Vec::new(),
        changes,
        audit: AuditDraft {
            log,
            action: "tried".to_owned(),
            subject: "something".to_owned(),
            digest: Digest::of(b"content"),
            about: None,
        },
        response: None,
    }
}

pub(super) fn expecting(mut commit: Commit, expectation: Expectation) -> Commit {
    commit.expect.push(expectation);
    commit
}

pub(super) fn create_tenant(id: &TenantId) -> Commit {
    let change = Change::CreateTenant { id: id.clone(), name: format!("{id} Ltd") };
    commit(Log::Operator, vec![change])
}

pub(super) fn create_token(id: u128, tenant: Option<&TenantId>) -> Commit {
    let draft = TokenDraft {
        id: Uuid::from_u128(id),
        tenant: tenant.cloned(),
        subject: Uuid::from_u128(id + 1000),
        name: "service".to_owned(),
        scopes: vec!["calculate".to_owned()],
        secret: Digest::of(&id.to_be_bytes()),
    };
    commit(Log::Operator, vec![Change::CreateToken(draft)])
}

pub(super) fn publish(scope: Scope, version: &str, objects: &[&[u8]]) -> Commit {
    let digest = objects.first().map_or(Digest::ZERO, |object| Digest::of(object));
    let log = Log::from(&scope);
    let draft = VersionDraft {
        scope,
        name: "cn/payroll".to_owned(),
        version: version.to_owned(),
        digest,
        component: digest,
        report: digest,
        kind: "payroll".to_owned(),
        jurisdiction: Some("CN".to_owned()),
        exact: true,
        from: Date::constant(2019, 1, 1),
        until: Date::constant(2026, 12, 31),
        signatures: None,
        objects: objects.iter().map(|object| Arc::from(*object)).collect(),
    };
    commit(log, vec![Change::Publish(Box::new(draft))])
}

pub(super) fn activate(tenant: &TenantId, slot: &str) -> Result<Commit, Broken> {
    let draft = ActivationDraft {
        tenant: tenant.clone(),
        id: Uuid::from_u128(9),
        slot: Slot::new(slot)?,
        ruleset: "cn/payroll".to_owned(),
        version: "1.0.0".to_owned(),
        digest: Digest::of(b"package"),
        valid_from: Date::constant(2026, 1, 1),
        proposal: None,
    };
    Ok(commit(Log::Tenant(tenant.clone()), vec![Change::Activate(Box::new(draft))]))
}

pub(super) fn proposal() -> Result<Proposal, Broken> {
    Ok(Proposal {
        slot: Slot::new("payroll")?,
        ruleset: "cn/payroll".to_owned(),
        version: "1.0.0".to_owned(),
        digest: Digest::of(b"package"),
        valid_from: Date::constant(2026, 1, 1),
        impact_report: None,
        impact_digest: None,
        reason: None,
        rolls_back: None,
        binding: Digest::of(b"binding"),
    })
}

pub(super) fn attributes(gross: &str) -> Attributes {
    let value =
        DatedValue { from: Date::constant(2026, 1, 1), value: Value::String(gross.to_owned()) };
    BTreeMap::from([("gross".to_owned(), vec![value])])
}

pub(super) fn put(tenant: &TenantId, employee: &EmployeeId, gross: Option<&str>) -> Commit {
    let draft = EmployeeDraft {
        tenant: tenant.clone(),
        employee: employee.clone(),
        salt: "00".repeat(16),
        attributes: gross.map(attributes),
    };
    commit(Log::Tenant(tenant.clone()), vec![Change::PutEmployee(draft)])
}

/// Puts an employee and returns when that was recorded.
pub(super) async fn put_now(
    store: &dyn Store,
    tenant: &TenantId,
    employee: &EmployeeId,
    gross: Option<&str>,
) -> Result<Arc<Committed>, Broken> {
    Ok(store.commit(put(tenant, employee, gross)).await?)
}
