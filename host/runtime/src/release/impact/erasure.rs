//! Taking an employee out of reports that are finished. What was added up stays; who was named, and
//! what was shown of them, goes. The digest that an approval is bound to stays what it was, and the
//! audit log says that the content was changed and why it has another digest now.

use std::sync::Arc;

use stele_store::{CommitError, EmployeeId, Expectation, ImpactState, StoreError, TenantId};
use uuid::Uuid;

use super::asked::asked;
use super::making::Report;
use crate::state::{actor::Actor, runtime::Runtime, salt::salt};

/// Reports that are looked at at a time.
const PAGE: usize = 100;

impl Runtime {
    /// Takes an employee out of every report of the tenant, those that are being made too. Gives
    /// the number of finished reports that named them.
    pub async fn erase_from_impact_reports(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        employee: &EmployeeId,
    ) -> Result<u64, StoreError> {
        // First those that are being made: whichever is finished after this knows of it.
        self.running().erase(tenant, employee);
        let mut erased = 0;
        let mut before = None;
        loop {
            let page = self.store().impact_reports(tenant, before, PAGE).await?;
            let Some(last) = page.last() else { return Ok(erased) };
            before = Some(last.id);
            for record in page {
                let erasing = self.erase_from_impact_report(actor, tenant, record.id, employee);
                erased += u64::from(erasing.await?);
            }
        }
    }

    /// Takes an employee out of one report. False: it is not finished, or did not name them.
    pub(super) async fn erase_from_impact_report(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        id: Uuid,
        employee: &EmployeeId,
    ) -> Result<bool, StoreError> {
        loop {
            let Some(record) = self.store().impact_report(tenant, id).await? else {
                return Ok(false);
            };
            let ImpactState::Finished { digest } = record.state else { return Ok(false) };
            let Some(mut content) = self.impact_content(tenant, id).await? else {
                return Ok(false);
            };
            if !content.erase(employee.as_str()) {
                return Ok(false);
            }
            // The old salt would still let one guess what was taken out.
            content.salt = salt()?;
            let content = content.canonical().map_err(|error| StoreError::Defect {
                action: "writing an impact report",
                detail: error.to_string(),
            })?;
            let actor = Actor { idempotency: None, ..actor.clone() };
            let report = Report { tenant: tenant.clone(), id, asked: asked(&record)?, actor };
            let state = ImpactState::Finished { digest };
            let mut commit = report.commit("impact.erased", state, Some(Arc::from(content)))?;
            commit.expect = vec![Expectation::ImpactRevision {
                tenant: tenant.clone(),
                id,
                revision: Some(record.revision),
            }];
            match self.commit(commit).await {
                Ok(_) => return Ok(true),
                // Somebody else was faster: look again.
                Err(CommitError::Unmet(_)) => {}
                Err(CommitError::Store(error)) => return Err(error),
            }
        }
    }
}
