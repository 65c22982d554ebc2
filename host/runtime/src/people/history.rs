//! What was known of an employee and when: each revision with who wrote it, and what it changed for
//! which dates. Recorded time is the order of the list, valid time stands at each change.

use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use stele_store::{
    Actor as Recorded, Attributes, EmployeeId, EmployeeRevision, StoreError, TenantId,
};

use super::difference::{ChangeKind, differences};
use crate::state::{precondition::Revision, runtime::Runtime};

/// The shortest time between two commits.
const SHORTEST: SignedDuration = SignedDuration::from_micros(1);

/// What a revision left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RevisionState {
    /// It says what was known from then on.
    Known,
    /// The employee was deleted by it.
    Deleted,
    /// What it said was erased.
    Erased,
}

/// A dated value that a revision changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct HistoryChange {
    /// The attribute.
    pub attribute: String,
    /// The employment whose it is; not given: the person's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employment: Option<String>,
    /// The date that the value is stated for.
    pub from: Date,
    /// What became of it.
    pub change: ChangeKind,
    /// What was stated for the date before; not given: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub before: Option<Value>,
    /// What is stated for the date since; not given: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub after: Option<Value>,
}

/// A revision of an employee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct HistoryRevision {
    /// Its number.
    pub revision: Revision,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who wrote it; not given where the audit log can not be believed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded_by: Option<Recorded>,
    /// What was done, as the audit log says it: `employee.written`, `employees.imported`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// The entry of the audit log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit_sequence: Option<u64>,
    /// What it left.
    pub state: RevisionState,
    /// What it changed of what was known before, by attribute and date. What was erased is not
    /// known: it shows as if it had not been.
    pub changes: Vec<HistoryChange>,
}

/// Some revisions of an employee, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmployeeHistory {
    /// The revisions.
    pub revisions: Vec<HistoryRevision>,
    /// The time before which the next page's revisions were recorded; none: this is the last.
    pub next: Option<Timestamp>,
}

impl Runtime {
    /// Revisions of an employee that were recorded at or before a time, the latest first, at most
    /// `limit`; none: by then nothing had ever been known of such an employee.
    pub async fn employee_history(
        &self,
        tenant: &TenantId,
        id: &EmployeeId,
        until: Option<Timestamp>,
        limit: usize,
    ) -> Result<Option<EmployeeHistory>, StoreError> {
        let (as_of, _) = self.state().now();
        let until = until.map_or(as_of, |until| until.min(as_of));
        let Some(mut latest) = self.store().employee(tenant, id, until).await? else {
            return Ok(None);
        };
        let mut revisions = Vec::new();
        let next = loop {
            let before = latest.recorded_at.checked_sub(SHORTEST).unwrap_or(Timestamp::MIN);
            let earlier = self.store().employee(tenant, id, before).await?;
            revisions.push(self.revision_of(tenant, &latest, earlier.as_ref()).await?);
            match earlier {
                None => break None,
                Some(_) if revisions.len() >= limit => break Some(before),
                Some(earlier) => latest = earlier,
            }
        };
        Ok(Some(EmployeeHistory { revisions, next }))
    }

    async fn revision_of(
        &self,
        tenant: &TenantId,
        latest: &EmployeeRevision,
        earlier: Option<&EmployeeRevision>,
    ) -> Result<HistoryRevision, StoreError> {
        let entry = match self.audit_entry_at(tenant, latest.recorded_at).await {
            Ok(entry) => entry,
            // What is known of the employee does not depend on the log.
            Err(StoreError::DamagedLog(_)) => None,
            Err(error) => return Err(error),
        };
        let state = match (&latest.attributes, latest.erased_at) {
            (_, Some(_)) => RevisionState::Erased,
            (None, None) => RevisionState::Deleted,
            (Some(_), None) => RevisionState::Known,
        };
        let nothing = Attributes::new();
        let known = |revision: Option<&EmployeeRevision>| {
            revision.and_then(|revision| revision.attributes.clone()).unwrap_or_default()
        };
        let (before, after) = (known(earlier), known(Some(latest)));
        // That something was erased is no change of what was known.
        let before = if state == RevisionState::Erased { &nothing } else { &before };
        let changes = differences(before, &after).map(|difference| {
            let (attribute, employment) = difference.of();
            HistoryChange {
                attribute,
                employment,
                from: difference.from,
                change: difference.kind(),
                before: difference.before.map(|value| value.value.clone()),
                after: difference.after.map(|value| value.value.clone()),
            }
        });
        Ok(HistoryRevision {
            revision: latest.revision,
            recorded_at: latest.recorded_at,
            audit_sequence: entry.as_ref().map(|entry| entry.sequence),
            action: entry.as_ref().map(|entry| entry.action.clone()),
            recorded_by: entry.map(|entry| entry.actor),
            state,
            changes: changes.collect(),
        })
    }
}
