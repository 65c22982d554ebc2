//! Recorded results as an impact report compares them with: what people were paid.

use std::{fmt, sync::Arc};

use futures::future::{BoxFuture, FutureExt as _};
use jiff::Timestamp;
use stele_store::{ListedResult, Provenance, ResultId, ResultRecord, StoreError, TenantId};

use super::{
    content::{FactOrigin, ResultContent},
    list::ResultFilter,
    read::{ResultError, content_of},
};
use crate::{
    release::impact::{PaidFilter, PaidHeading, PaidResult, PaidResults},
    state::runtime::Runtime,
};

/// Results read at a time.
const READ: usize = 4096;

/// The recorded results of a tenant.
struct Recorded {
    runtime: Arc<Runtime>,
    tenant: TenantId,
}

impl fmt::Debug for Recorded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Recorded").field("tenant", &self.tenant).finish_non_exhaustive()
    }
}

impl Runtime {
    /// What people of a tenant were paid, for an impact report.
    pub fn paid_results(self: &Arc<Self>, tenant: &TenantId) -> Arc<dyn PaidResults> {
        Arc::new(Recorded { runtime: self.clone(), tenant: tenant.clone() })
    }
}

impl PaidResults for Recorded {
    fn list<'a>(
        &'a self,
        filter: &'a PaidFilter,
        known_at: Timestamp,
        most: usize,
    ) -> BoxFuture<'a, Result<Vec<PaidHeading>, StoreError>> {
        self.listed(filter, known_at, most).boxed()
    }

    fn read<'a>(
        &'a self,
        ids: &'a [ResultId],
    ) -> BoxFuture<'a, Result<Vec<Option<PaidResult>>, StoreError>> {
        self.contents(ids).boxed()
    }
}

impl Recorded {
    async fn listed(
        &self,
        filter: &PaidFilter,
        known_at: Timestamp,
        most: usize,
    ) -> Result<Vec<PaidHeading>, StoreError> {
        let PaidFilter { slot, from, to } = filter.clone();
        let filter = ResultFilter {
            slot: Some(slot),
            from: Some(from),
            to: Some(to),
            ..ResultFilter::default()
        };
        let mut found = Vec::new();
        let mut after = None;
        loop {
            let read = self.runtime.store().result_list(&self.tenant, after, READ).await?;
            let Some(last) = read.last() else { return Ok(found) };
            after = Some(last.id);
            for listed in read {
                if listed.recorded_at > known_at || !filter.takes(&listed) {
                    continue;
                }
                let provenance = self.runtime.provenance_of(&self.tenant, &listed).await;
                let (provenance, _) = provenance.map_err(of_store)?;
                let Some(Provenance { version, employment }) = provenance else { continue };
                let ListedResult { id, employee, date, .. } = listed;
                found.push(PaidHeading { id, employee, employment, date, version });
                if found.len() == most {
                    return Ok(found);
                }
            }
        }
    }

    async fn contents(&self, ids: &[ResultId]) -> Result<Vec<Option<PaidResult>>, StoreError> {
        let records = self.runtime.store().results_by_ids(&self.tenant, ids).await?;
        let content = |record: Option<ResultRecord>| match record.as_ref().map(content_of) {
            None | Some(Err(ResultError::Erased { .. } | ResultError::Unknown(_))) => Ok(None),
            Some(Ok(content)) => Ok(Some(of_content(content))),
            Some(Err(error)) => Err(of_store(error)),
        };
        records.into_iter().map(content).collect()
    }
}

fn of_content(content: ResultContent) -> PaidResult {
    let ResultContent { facts, origins, outcome, steps, receipt, .. } = content;
    let given = origins.into_iter().filter(|(_, origin)| *origin == FactOrigin::Given);
    let given = given.map(|(name, _)| name).collect();
    PaidResult { facts, given, outcome, steps, fuel: receipt.fuel }
}

/// What keeps a result from being read, as the store's.
fn of_store(error: ResultError) -> StoreError {
    match error {
        ResultError::Store(error) => error,
        error => StoreError::Defect { action: "reading results", detail: error.to_string() },
    }
}
