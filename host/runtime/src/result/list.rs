//! What was paid to whom: recorded results by slot, employee, dates and version.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use stele_digest::Digest;
use stele_store::{
    EmployeeId, EmploymentId, ListedResult, Provenance, ResultId, RulesetVersion, Slot, TenantId,
};

use super::read::ResultError;
use crate::state::runtime::Runtime;

/// Results looked at for one page. A page of a rare kind may hold fewer than asked for, or none,
/// and still have a next one.
const LOOKED_AT: usize = 20_000;
/// Results read at a time: a few batches.
const READ: usize = 1000;
/// What reading a content counts for among those that are looked at: its whole batch is
/// decompressed. Needed for results that were recorded before the list knew version and employment.
const CONTENT: usize = 100;

/// Which results are asked for. What is not given lets every result pass.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResultFilter {
    /// In this slot.
    pub slot: Option<Slot>,
    /// Of this employee.
    pub employee: Option<EmployeeId>,
    /// Of this employment.
    pub employment: Option<EmploymentId>,
    /// Calculated for this date or a later one.
    pub from: Option<Date>,
    /// Calculated for this date or an earlier one.
    pub to: Option<Date>,
    /// Calculated with this ruleset.
    pub ruleset: Option<RulesetFilter>,
}

/// A ruleset, or one of its versions: `cn/payroll` or `cn/payroll@2026.1.0`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesetFilter {
    ruleset: String,
    version: Option<String>,
}

impl RulesetFilter {
    /// What a text asks for. What is no name of a ruleset is none that a result was calculated with.
    pub fn of(text: &str) -> Self {
        match text.rsplit_once('@') {
            Some((ruleset, version)) => {
                Self { ruleset: ruleset.to_owned(), version: Some(version.to_owned()) }
            }
            None => Self { ruleset: text.to_owned(), version: None },
        }
    }

    fn takes(&self, found: &RulesetVersion) -> bool {
        self.ruleset == found.ruleset
            && self.version.as_ref().is_none_or(|version| *version == found.version)
    }
}

/// A recorded result in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ResultHeading {
    /// Which.
    pub id: ResultId,
    /// For whom, if for an employee.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub employee: Option<EmployeeId>,
    /// The employment, where the employee's are told apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub employment: Option<EmploymentId>,
    /// The slot that was asked.
    pub slot: Slot,
    /// Kind of the ruleset.
    #[schema(example = "payroll")]
    pub kind: String,
    /// The ruleset that it was calculated with.
    #[schema(example = "cn/payroll")]
    pub ruleset: String,
    /// The ruleset's version.
    #[schema(example = "2026.1.0")]
    pub version: String,
    /// The date that it was calculated for.
    pub date: Date,
    /// SHA-256 over salt and content.
    pub digest: Digest,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

/// A page of results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResultPage {
    /// In the order in which they were recorded. A page may have fewer than asked for and still a
    /// next one, where the filter lets few pass.
    pub results: Vec<ResultHeading>,
    /// The result after which the next page begins; none: this is the last.
    pub next: Option<ResultId>,
}

impl ResultFilter {
    /// Whether a result passes by what it was calculated with and in.
    fn takes_provenance(&self, Provenance { version, employment }: &Provenance) -> bool {
        self.ruleset.as_ref().is_none_or(|ruleset| ruleset.takes(version))
            && self.employment.as_ref().is_none_or(|wanted| Some(wanted) == employment.as_ref())
    }

    /// Whether a result passes, as far as the list knows it without its version.
    pub(super) fn takes(&self, listed: &ListedResult) -> bool {
        self.slot.as_ref().is_none_or(|slot| *slot == listed.slot)
            && self.employee.as_ref().is_none_or(|who| Some(who) == listed.employee.as_ref())
            && self.from.is_none_or(|from| from <= listed.date)
            && self.to.is_none_or(|to| listed.date <= to)
    }
}

impl Runtime {
    /// Recorded results that pass the filter, after `after`, at most `limit`; erased ones are not
    /// among them.
    pub async fn result_list(
        &self,
        tenant: &TenantId,
        filter: &ResultFilter,
        after: Option<ResultId>,
        limit: usize,
    ) -> Result<ResultPage, ResultError> {
        let mut page = ResultPage { results: Vec::new(), next: None };
        let (mut at, mut looked_at) = (after, 0);
        loop {
            let store = self.store();
            let read = match &filter.employee {
                Some(employee) => store.results_of(tenant, employee, at, READ).await?,
                None => store.result_list(tenant, at, READ).await?,
            };
            let is_last = read.len() < READ;
            for listed in read {
                // What comes next is only known to be there once it is seen.
                if page.results.len() == limit || looked_at >= LOOKED_AT {
                    page.next = at;
                    return Ok(page);
                }
                at = Some(listed.id);
                looked_at += 1;
                if !filter.takes(&listed) {
                    continue;
                }
                let (provenance, cost) = self.provenance_of(tenant, &listed).await?;
                looked_at += cost;
                let Some(provenance) = provenance else { continue };
                if filter.takes_provenance(&provenance) {
                    page.results.push(ResultHeading::of(listed, provenance));
                }
            }
            if is_last {
                return Ok(page);
            }
        }
    }

    /// What a result was calculated with and in, and what it cost to find it; none: the result was
    /// erased meanwhile.
    pub(super) async fn provenance_of(
        &self,
        tenant: &TenantId,
        listed: &ListedResult,
    ) -> Result<(Option<Provenance>, usize), ResultError> {
        if let Some(provenance) = &listed.provenance {
            return Ok((Some(provenance.clone()), 0));
        }
        // An employee's list does not know it, the list of all does.
        let found = self.store().result_list(tenant, listed.id.before(), 1).await?;
        let found = found.into_iter().find(|found| found.id == listed.id);
        if let Some(provenance) = found.and_then(|found| found.provenance) {
            return Ok((Some(provenance), 1));
        }
        match self.result(tenant, listed.id).await {
            Ok(found) => Ok((Some(found.content.receipt.provenance()), CONTENT)),
            Err(ResultError::Erased { .. } | ResultError::Unknown(_)) => Ok((None, CONTENT)),
            Err(error) => Err(error),
        }
    }
}

impl ResultHeading {
    fn of(listed: ListedResult, provenance: Provenance) -> Self {
        let ListedResult { id, employee, slot, kind, date, digest, recorded_at, .. } = listed;
        let Provenance { version, employment } = provenance;
        let RulesetVersion { ruleset, version, .. } = version;
        Self { id, employee, employment, slot, kind, ruleset, version, date, digest, recorded_at }
    }
}
