//! Many employees at once: all of them or none, with a report line by line.

mod passes;
mod report;

pub use report::{ImportError, ImportReport};

use std::{sync::Arc, time::Instant};

use stele_store::{
    AuditDraft, Change, Commit, CommitError, Effect, Employees, ImportDraft, Log, TenantId,
};
use tokio::sync::oneshot;

use self::passes::{Examined, examine};
use super::{employee::EmployeeError, file::EmployeeFile};
use crate::state::{
    actor::Actor,
    idempotency::response_of,
    runtime::{Runtime, no_effect, store_error},
    salt::Salts,
};

impl Runtime {
    /// Writes a revision for every employee of the file, or nothing. An employee may not occur
    /// twice. One file at a time is read and written, whoever's it is; the others wait.
    pub async fn import_employees(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        file: EmployeeFile,
    ) -> Result<ImportReport, EmployeeError> {
        self.check_tenant(tenant)?;
        let turn = self.imports().turn().await;
        let declared = self.declared_facts(tenant).await;
        let salts = Salts::draw()?;
        let (wanting, is_wanted) = oneshot::channel::<()>();
        // Reading 64 MiB takes a while: not on a thread that serves requests.
        let examining = tokio::task::spawn_blocking(move || {
            let begun = Instant::now();
            let examined = examine(&file, &declared, salts, || !wanting.is_closed());
            // Whoever stops waiting does not let the next one in before this has ended.
            (examined, begun.elapsed(), turn)
        });
        let (examined, drawing, turn) = examining.await.map_err(|_| no_effect())?;
        drop(is_wanted);
        let Examined { report, digest, .. } = &examined;
        if !report.is_imported() || report.rows == 0 {
            return Ok(examined.report);
        }
        let (known, digest, count) = (report.clone(), *digest, report.rows);
        let done = move |effects: &[Effect]| known.clone().done(effects);
        let owner = tenant.clone();
        let employees = move || -> Employees { Box::new(examined.drafts(owner.clone())) };
        let commit = Commit {
            actor: actor.record(),
            expect: Vec::new(),
            changes: vec![Change::Import(ImportDraft {
                tenant: tenant.clone(),
                count,
                drawing,
                employees: Arc::new(employees),
            })],
            audit: AuditDraft {
                log: Log::Tenant(tenant.clone()),
                action: "employees.imported".to_owned(),
                subject: format!("{count} employees"),
                digest,
            },
            response: response_of(actor, 200, done.clone()),
        };
        let committed = self.commit_holding(commit, turn).await.map_err(|error| match error {
            CommitError::Store(error) => EmployeeError::Store(error),
            other => EmployeeError::Store(store_error(other)),
        })?;
        Ok(done(&committed.effects).ok_or_else(no_effect)?)
    }
}
