//! The erasure of one employee: what may go goes now, what must be kept goes when its days have
//! passed, and everything is said.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use stele_digest::Digest;
use stele_store::{
    About, Actor as Recorded, AuditDraft, Change, Commit, CommitError, Effect, EmployeeId,
    EraseDraft, ErasureRecord, Expectation, ListedResult, Log, ResultId, Store, StoreError,
    TenantId,
};
use uuid::Uuid;

use crate::release::policy::{Retention, RetentionError, day};
use crate::state::{
    actor::Actor,
    idempotency::response_of,
    runtime::{Runtime, no_effect},
    salt::seed,
};

/// Batches that one commit rewrites: everybody else's commits wait for it.
const BATCHES: usize = 16;

/// Results that are asked for at a time.
const PAGE: usize = 1024;

/// How far the erasure of an employee has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Erasure {
    /// Who.
    pub employee: EmployeeId,
    /// When it was first asked for.
    pub asked_at: Timestamp,
    /// By whom.
    pub asked_by: Recorded,
    /// When it was last carried on.
    pub recorded_at: Timestamp,
    /// What became of the attributes.
    pub attributes: AttributesState,
    /// Results that are erased: they can no longer be read or replayed. Their digests are left.
    pub erased: Vec<ResultId>,
    /// Results that must be kept for now. They are erased by themselves when their days have
    /// passed.
    pub retained: Vec<RetainedResult>,
    /// Whether nothing is left to erase.
    pub complete: bool,
}

/// What became of an employee's attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum AttributesState {
    /// There are none.
    None,
    /// They are erased, in every revision.
    Erased,
    /// They must be kept for now.
    Retained {
        /// The first day on which they may be erased.
        until: Date,
    },
}

/// A result that must be kept for now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RetainedResult {
    /// Which.
    pub result: ResultId,
    /// Kind of its ruleset, which decides how long.
    pub kind: String,
    /// The first day on which it may be erased.
    pub until: Date,
}

/// Why nothing was erased.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// Nothing is known of such an employee, and nothing was ever erased.
    #[error("nothing is known of an employee {0}")]
    UnknownEmployee(EmployeeId),
    /// No such tenant.
    #[error("there is no tenant {0}")]
    UnknownTenant(TenantId),
    /// The tenant's policy cannot be read; nothing is erased by it.
    #[error(transparent)]
    Retention(#[from] RetentionError),
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The work was stopped.
    #[error("the erasure was stopped")]
    Stopped,
}

/// What is known of an employee, sorted by whether it may go.
#[derive(Clone)]
pub(super) struct Plan {
    /// The latest revision, where it is not a deletion.
    revision: Option<u64>,
    attributes: AttributesState,
    /// Whether the attributes may go now.
    attributes_go: bool,
    /// Results that may go now, by batch.
    go: BTreeMap<Uuid, Vec<ResultId>>,
    retained: Vec<RetainedResult>,
}

impl Plan {
    pub(super) async fn make(
        store: &dyn Store,
        tenant: &TenantId,
        employee: &EmployeeId,
        retention: &Retention,
        today: Date,
    ) -> Result<Self, StoreError> {
        let latest = store.employee(tenant, employee, Timestamp::MAX).await?;
        let (attributes, attributes_go) = match &latest {
            None => (AttributesState::None, false),
            Some(latest) if latest.erased_at.is_some() => (AttributesState::Erased, false),
            Some(latest) => {
                let until = retention.attributes_until(latest.recorded_at);
                (AttributesState::Retained { until }, until <= today)
            }
        };
        let revision = latest.filter(|latest| latest.attributes.is_some());
        let mut plan = Self {
            revision: revision.map(|latest| latest.revision),
            attributes,
            attributes_go,
            go: BTreeMap::new(),
            retained: Vec::new(),
        };
        let mut after = None;
        loop {
            let listed = store.results_of(tenant, employee, after, PAGE).await?;
            let Some(last) = listed.last() else { break };
            after = Some(last.id);
            for ListedResult { id, kind, date, recorded_at, .. } in listed {
                let until = retention.result_until(&kind, date, recorded_at);
                if until <= today {
                    plan.go.entry(id.batch).or_default().push(id);
                } else {
                    plan.retained.push(RetainedResult { result: id, kind, until });
                }
            }
        }
        Ok(plan)
    }

    fn is_empty(&self) -> bool {
        self.go.is_empty() && self.retained.is_empty() && self.attributes == AttributesState::None
    }

    /// Whether something may go now.
    pub(super) fn has_work(&self) -> bool {
        self.attributes_go || !self.go.is_empty()
    }

    /// What the next commit erases, and whether it is the last of the plan.
    fn next_commit(&self) -> (Vec<ResultId>, bool) {
        let results = self.go.values().take(BATCHES).flatten().copied().collect();
        (results, self.go.len() <= BATCHES)
    }

    /// Whether nothing is left once all that may go is gone.
    fn completes(&self) -> bool {
        let retained = matches!(self.attributes, AttributesState::Retained { .. });
        self.retained.is_empty() && (self.attributes_go || !retained)
    }

    fn view(self, record: ErasureRecord) -> Erasure {
        Erasure {
            employee: record.employee,
            asked_at: record.asked_at,
            asked_by: record.asked_by,
            recorded_at: record.recorded_at,
            attributes: self.attributes,
            erased: record.erased,
            retained: self.retained,
            complete: record.complete,
        }
    }
}

impl Runtime {
    /// Erases what is known of an employee as far as the tenant's policy allows today; what it
    /// does not allow yet is erased by [`sweep_erasures`](Runtime::sweep_erasures) when it does.
    /// What is recorded of the employee later is not part of it: ask again.
    pub async fn erase_employee(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        employee: &EmployeeId,
    ) -> Result<Erasure, EraseError> {
        if !self.has_tenant(tenant) {
            return Err(EraseError::UnknownTenant(tenant.clone()));
        }
        let plan = self.plan(tenant, employee).await?;
        if plan.is_empty() && self.store().erasure(tenant, employee).await?.is_none() {
            return Err(EraseError::UnknownEmployee(employee.clone()));
        }
        self.carry_out(actor, tenant, employee, plan).await
    }

    /// How far an erasure has come; none: none was asked for.
    pub async fn erasure(
        &self,
        tenant: &TenantId,
        employee: &EmployeeId,
    ) -> Result<Option<Erasure>, EraseError> {
        let Some(record) = self.store().erasure(tenant, employee).await? else { return Ok(None) };
        Ok(Some(self.plan(tenant, employee).await?.view(record)))
    }

    /// The retention of a tenant's policy.
    pub async fn retention(&self, tenant: &TenantId) -> Result<Retention, EraseError> {
        let policy = self.store().policy(Some(tenant)).await?;
        Ok(policy
            .map_or(Ok(Retention::default()), |policy| Retention::of_policy(&policy.content))?)
    }

    pub(super) async fn plan(
        &self,
        tenant: &TenantId,
        employee: &EmployeeId,
    ) -> Result<Plan, EraseError> {
        let retention = self.retention(tenant).await?;
        let today = day(Timestamp::now());
        Ok(Plan::make(self.store().as_ref(), tenant, employee, &retention, today).await?)
    }

    /// Commits until nothing is left that may go, at least once. Each commit says what it erased.
    pub(super) async fn carry_out(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        employee: &EmployeeId,
        mut plan: Plan,
    ) -> Result<Erasure, EraseError> {
        if plan.attributes_go {
            // Commits of their own, which must not take the idempotency key of this one.
            let nameless = Actor { idempotency: None, ..actor.clone() };
            self.erase_from_impact_reports(&nameless, tenant, employee).await?;
        }
        loop {
            let (results, last) = plan.next_commit();
            let attributes = plan.attributes_go;
            let draft = EraseDraft {
                tenant: tenant.clone(),
                employee: employee.clone(),
                complete: last && plan.completes(),
                attributes,
                results,
            };
            let entry = entry(&draft)?;
            // A revision written meanwhile has days of its own.
            let expect = attributes.then(|| Expectation::EmployeeRevision {
                tenant: tenant.clone(),
                employee: employee.clone(),
                revision: plan.revision,
            });
            // Only the last commit's answer is the whole of it.
            let by =
                Actor { idempotency: actor.idempotency.clone().filter(|_| last), ..actor.clone() };
            if attributes {
                plan.attributes = AttributesState::Erased;
            }
            let after = plan.clone();
            let view = move |effects: &[Effect]| match effects {
                [Effect::Erased(record)] => Some(after.clone().view(record.clone())),
                _ => None,
            };
            let commit = Commit {
                actor: by.record(),
                expect: expect.into_iter().collect(),
                audit: entry,
                changes: vec![Change::Erase(draft)],
                response: response_of(&by, 200, view.clone()),
            };
            match self.commit(commit).await {
                Ok(committed) if last => {
                    return view(&committed.effects).ok_or_else(|| no_effect().into());
                }
                Ok(_) => {}
                Err(CommitError::Unmet(_)) => {}
                Err(CommitError::Store(error)) => return Err(error.into()),
            }
            plan = self.plan(tenant, employee).await?;
        }
    }
}

/// What was erased, and not of whom: that would be the one trace that outlives it. An entry that is not
/// the last is found by who knows the identifier until the last one is written.
fn entry(draft: &EraseDraft) -> Result<AuditDraft, StoreError> {
    let results: Vec<String> = draft.results.iter().map(ToString::to_string).collect();
    let attributes = if draft.attributes { "attributes" } else { "no attributes" };
    let mut texts = vec![attributes];
    texts.extend(results.iter().map(String::as_str));
    let about = match draft.complete {
        true => None,
        false => Some(About::employee(draft.employee.clone(), seed()?)),
    };
    Ok(AuditDraft {
        log: Log::Tenant(draft.tenant.clone()),
        action: "employee.erased".to_owned(),
        subject: format!("{attributes} and {} results", results.len()),
        digest: Digest::of_texts(&texts),
        about,
    })
}
