//! Entries of a log by what they say.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use stele_store::{AuditEntry, EmployeeId, Log, LogDamage, Slot, StoreError, TenantId};
use uuid::Uuid;

use super::concerning::Concerning;
use crate::state::runtime::{Runtime, log_of};

/// Entries looked at for one page. A page of a rare kind may hold fewer than asked for, or none,
/// and still have a next one.
const LOOKED_AT: usize = 20_000;
/// Entries read at a time.
const READ: usize = 1000;

/// Which entries are asked for. What is not given lets every entry pass.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Recorded at or after.
    pub from: Option<Timestamp>,
    /// Recorded before.
    pub to: Option<Timestamp>,
    /// The subject's identifier of who did it, or the whole of its name.
    pub actor: Option<String>,
    /// A part of what it was done to.
    pub subject: Option<String>,
    /// The beginning of what was done: `employee.`
    pub action: Option<String>,
    /// Concerning this employee: their revisions, imported ones too, their results, and what was
    /// done with these. Of a tenant's log.
    pub employee: Option<EmployeeId>,
    /// Concerning this slot: its results, proposals and activations. Of a tenant's log.
    pub slot: Option<Slot>,
    /// Concerning results that were calculated for this date. Of a tenant's log.
    pub date: Option<Date>,
}

/// A page of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// The oldest first.
    pub entries: Vec<AuditEntry>,
    /// The sequence that the next page begins with; none: this is the last.
    pub next: Option<u64>,
    /// The first entry that can not be believed, if the log is damaged. It and those after it are
    /// on no page.
    pub damaged_from: Option<u64>,
}

impl AuditFilter {
    fn matches(&self, entry: &AuditEntry) -> bool {
        let is_actor = |actor: &String| match actor.parse::<Uuid>() {
            Ok(subject) => entry.actor.subject == subject,
            Err(_) => entry.actor.name == *actor,
        };
        self.from.is_none_or(|from| entry.recorded_at >= from)
            && self.to.is_none_or(|to| entry.recorded_at < to)
            && self.actor.as_ref().is_none_or(is_actor)
            && self.subject.as_ref().is_none_or(|part| entry.subject.contains(part))
            && self.action.as_ref().is_none_or(|action| entry.action.starts_with(action))
    }
}

impl Runtime {
    /// Entries of a tenant's log, or with none of the operator's, that pass the filter, from a
    /// sequence on, at most `limit`.
    pub async fn audit_page(
        &self,
        tenant: Option<&TenantId>,
        filter: &AuditFilter,
        from: u64,
        limit: usize,
    ) -> Result<AuditPage, StoreError> {
        let log = log_of(tenant);
        let length = self.store().audit_length(&log).await?;
        let damage = self.store().log_damage(&log);
        if let Some(damage) = damage.as_ref().filter(|damage| from > 0 && from >= damage.entry) {
            return Err(StoreError::DamagedLog(damage.clone()));
        }
        let first = match filter.from {
            Some(time) => from.max(self.first_at(&log, length, time).await?),
            None => from,
        };
        let end = match filter.to {
            Some(time) => self.first_at(&log, length, time).await?,
            None => length,
        };
        let mut page = AuditPage {
            entries: Vec::new(),
            next: None,
            damaged_from: damage.map(|LogDamage { entry, .. }| entry),
        };
        let AuditFilter { employee, slot, date, .. } = filter;
        let (employee, slot) = (employee.as_ref(), slot.as_ref());
        let concerning = match tenant {
            Some(tenant) if employee.is_some() || slot.is_some() || date.is_some() => {
                let store = self.store().as_ref();
                Some(Concerning::new(store, tenant, employee, slot, *date).await?)
            }
            _ => None,
        };
        let mut at = first;
        let mut left = LOOKED_AT;
        while at < end && left > 0 && page.entries.len() < limit {
            let wanted = usize::try_from(end - at).unwrap_or(READ).min(READ).min(left);
            let read = self.store().audit(&log, at, wanted).await?;
            if read.is_empty() {
                return Ok(page);
            }
            for entry in read {
                if page.entries.len() == limit || left == 0 {
                    break;
                }
                at = entry.sequence + 1;
                left -= 1;
                if !filter.matches(&entry) {
                    continue;
                }
                let (takes, cost) = match &concerning {
                    Some(concerning) => concerning.takes(&entry).await?,
                    None => (true, 0),
                };
                left = left.saturating_sub(cost);
                if takes {
                    page.entries.push(entry);
                }
            }
        }
        page.next = (at < end).then_some(at);
        Ok(page)
    }

    /// The entry of a tenant's log that was recorded at a time, if there is one.
    pub(crate) async fn audit_entry_at(
        &self,
        tenant: &TenantId,
        time: Timestamp,
    ) -> Result<Option<AuditEntry>, StoreError> {
        let log = log_of(Some(tenant));
        let length = self.store().audit_length(&log).await?;
        let first = self.first_at(&log, length, time).await?;
        let found = self.store().audit(&log, first, 1).await?.into_iter().next();
        Ok(found.filter(|entry| entry.recorded_at == time))
    }

    /// The first entry recorded at or after a time. Entries are in the order of their times.
    async fn first_at(&self, log: &Log, length: u64, time: Timestamp) -> Result<u64, StoreError> {
        let (mut low, mut high) = (0, length);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.store().audit(log, middle, 1).await?.first() {
                Some(entry) if entry.recorded_at < time => low = middle + 1,
                _ => high = middle,
            }
        }
        Ok(low)
    }
}
