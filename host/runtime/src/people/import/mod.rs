//! Many employees at once: all of them or none, with a report line by line.
//!
//! | file | idea |
//! |---|---|
//! | `options` | whether what is known is added to or replaced; whether it is only tried |
//! | `passes`, `chunk` | a file read twice, together with what is known, and never held as a whole |
//! | `report`, `place` | what it changes, what is wrong with it and where |

mod chunk;
mod options;
mod passes;
mod place;
mod report;

pub use options::{ImportMode, ImportOptions};
pub use report::{
    ChangedValues, ImportError, ImportReport, ImportedEmployee, ImportedShadow, ImportedUnread,
};

use std::sync::Arc;

use stele_compute::in_background;
use stele_store::{
    AuditDraft, Change, Commit, CommitError, Effect, Employees, ImportDraft, Log, StoreError,
    TenantId,
};
use tokio::sync::oneshot;

use self::{
    chunk::Known,
    passes::{Examined, Ground, examine},
};
use super::{employee::EmployeeError, file::EmployeeFile};
use crate::state::{
    actor::Actor,
    idempotency::response_of,
    imports::{Passed, Turn},
    runtime::{Runtime, no_effect},
    salt::Salts,
};

/// How often a file is read anew because another node has changed one of its employees meanwhile.
/// Whoever fails so often has better been told.
const TRIES: u32 = 3;

/// Held while a file is read and written: its turn, and the gate of its tenant unless nothing is
/// to be stored.
type Held = (Turn, Option<Passed>);

impl Runtime {
    /// Writes a revision for every employee of whom the file says something new, or nothing at all.
    /// An employee may not occur twice. One file at a time is read and written, whoever's it is; the
    /// others wait, and so does meanwhile whoever changes employees of the same tenant.
    pub async fn import_employees(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        file: EmployeeFile,
        options: ImportOptions,
    ) -> Result<ImportReport, EmployeeError> {
        self.check_tenant(tenant)?;
        let mut tries = 0;
        loop {
            let turn = self.imports().turn().await;
            let passed = match options.dry_run {
                true => None,
                false => Some(self.imports().gate_of_import(tenant).pass().await),
            };
            let examining = self.examine_file(tenant, file.clone(), options, (turn, passed));
            let (examined, held) = examining.await?;
            if !examined.report.is_stored() {
                return Ok(examined.report);
            }
            tries += 1;
            match self.write_file(actor, tenant, examined, held).await {
                Ok(report) => return Ok(report),
                // Another node was faster.
                Err(CommitError::Unmet(_)) if tries < TRIES => {}
                Err(CommitError::Unmet(_)) => return Err(StoreError::Contended.into()),
                Err(CommitError::Store(error)) => return Err(error.into()),
            }
        }
    }

    /// Reads a file once.
    async fn examine_file(
        &self,
        tenant: &TenantId,
        file: EmployeeFile,
        options: ImportOptions,
        held: Held,
    ) -> Result<(Examined, Held), EmployeeError> {
        let (known_at, _) = self.state().now();
        let ground = Ground {
            declared: Arc::new(self.declared_facts(tenant).await),
            known: Known::at(self.store().clone(), tenant.clone(), known_at),
            options,
            salts: Salts::draw()?,
        };
        let (wanting, is_wanted) = oneshot::channel::<()>();
        // Reading 64 MiB takes a while: below the threads that serve requests. Only whoever has the turn
        // begins it.
        let examining = in_background("stele-import", move || {
            // Whoever stops waiting does not let the next one in before this has ended.
            (examine(&file, ground, || !wanting.is_closed()), held)
        });
        let (examined, held) = examining.await.map_err(|_| no_effect())?;
        drop(is_wanted);
        Ok((examined?, held))
    }

    /// Writes a file in which nothing is wrong.
    async fn write_file(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        examined: Examined,
        held: Held,
    ) -> Result<ImportReport, CommitError> {
        let (known, digest) = (examined.report.clone(), examined.digest);
        let (count, drawing) = (known.created + known.updated, examined.drawing);
        let done = move |effects: &[Effect]| known.clone().done(effects);
        let employees = move || -> Employees { Box::new(examined.drafts()) };
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
                subject: match count {
                    1 => "1 employee".to_owned(),
                    several => format!("{several} employees"),
                },
                digest,
                about: None,
            },
            response: response_of(actor, 200, done.clone()),
        };
        let committed = self.commit_passed(commit, held).await?;
        Ok(done(&committed.effects).ok_or_else(no_effect)?)
    }
}
