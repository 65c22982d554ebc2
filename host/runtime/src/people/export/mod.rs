//! All employees of a tenant in the form of an import, as known at one moment, written while they are
//! read. What is exported imports again to the same state.
//!
//! | file | form |
//! |---|---|
//! | `csv` | a header, and a row for each employee and date; the employees are read twice |
//! | this one | an object a line |

mod csv;

use std::sync::Arc;

use futures::{Stream, stream};
use jiff::Timestamp;
use serde::Serialize;
use stele_digest::Digest;
use stele_store::{AuditDraft, Commit, EmployeeId, EmployeeRevision, Log, StoreError, TenantId};

use self::csv::{Columns, Survey};
use super::employee::{EmployeeDraft, EmployeeError};
use crate::state::{
    actor::Actor,
    runtime::{Runtime, store_error},
};

/// Employees read at a time: no more than 32 MiB are held if each is as large as one may be.
const READ: usize = 32;

/// How an export is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ExportForm {
    /// An object a line.
    #[default]
    Ndjson,
    /// A header, and a row for each employee and date.
    Csv,
}

/// Why nothing was exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// More attributes than a file of CSV has columns.
    #[error("the employees have more than {most} attributes, too many for columns; take NDJSON")]
    TooManyAttributes {
        /// How many there may be.
        most: usize,
    },
    /// No such tenant.
    #[error("there is no tenant {0}")]
    UnknownTenant(TenantId),
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An export that is in the audit log and may be written.
#[derive(Debug)]
pub struct EmployeeExport {
    tenant: TenantId,
    /// As known when.
    pub known_at: Timestamp,
    written_as: Written,
}

/// The form, and what is known of it before the first employee is written.
#[derive(Debug)]
enum Written {
    Ndjson,
    Csv(Columns),
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a EmployeeId,
    #[serde(flatten)]
    known: EmployeeDraft,
}

impl Runtime {
    /// Begins an export of all employees as known at a time, or now. That it was made is an entry of
    /// the audit log: personal data leaves the house.
    pub async fn begin_employee_export(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        form: ExportForm,
        known_at: Option<Timestamp>,
    ) -> Result<EmployeeExport, ExportError> {
        self.check_tenant(tenant).map_err(|error| match error {
            EmployeeError::Store(error) => ExportError::Store(error),
            _ => ExportError::UnknownTenant(tenant.clone()),
        })?;
        let (as_of, _) = self.state().now();
        let known_at = known_at.map_or(as_of, |known_at| known_at.min(as_of));
        let (name, written_as) = match form {
            ExportForm::Ndjson => ("ndjson", Written::Ndjson),
            ExportForm::Csv => ("csv", Written::Csv(self.columns(tenant, known_at).await?)),
        };
        let commit = Commit {
            actor: actor.record(),
            expect: Vec::new(),
            changes: Vec::new(),
            audit: AuditDraft {
                log: Log::Tenant(tenant.clone()),
                action: "employees.exported".to_owned(),
                subject: format!("all employees as known at {known_at}"),
                digest: Digest::of_texts(&[name, &known_at.to_string()]),
                about: None,
            },
            response: None,
        };
        self.commit(commit).await.map_err(store_error)?;
        Ok(EmployeeExport { tenant: tenant.clone(), known_at, written_as })
    }

    /// The export, some employees at a time.
    pub fn employee_export(
        self: Arc<Self>,
        export: EmployeeExport,
    ) -> impl Stream<Item = Result<Vec<u8>, StoreError>> + Send {
        let begin = (self, export, Place::Beginning);
        stream::try_unfold(begin, async |(runtime, export, place)| {
            let after = match place {
                Place::Beginning => None,
                Place::After(employee) => Some(employee),
                Place::End => return Ok(None),
            };
            let page = runtime.page_of_export(&export, after.as_ref()).await?;
            let mut written = match (&export.written_as, &after) {
                (Written::Csv(columns), None) => columns.header()?,
                _ => Vec::new(),
            };
            for revision in &page {
                export.written_as.write(revision, &mut written)?;
            }
            let place = match page.last() {
                Some(last) if page.len() == READ => Place::After(last.employee.clone()),
                _ => Place::End,
            };
            Ok(Some((written, (runtime, export, place))))
        })
    }

    async fn page_of_export(
        &self,
        export: &EmployeeExport,
        after: Option<&EmployeeId>,
    ) -> Result<Vec<EmployeeRevision>, StoreError> {
        self.store().employees(&export.tenant, after, READ, export.known_at).await
    }

    /// The columns that all employees need.
    async fn columns(
        &self,
        tenant: &TenantId,
        known_at: Timestamp,
    ) -> Result<Columns, ExportError> {
        let mut survey = Survey::new(self.declared_facts(tenant).await);
        let mut after = None;
        loop {
            let page = self.store().employees(tenant, after.as_ref(), READ, known_at).await?;
            let attributes = page.iter().filter_map(|revision| revision.attributes.as_ref());
            attributes.for_each(|attributes| survey.add(attributes));
            if survey.is_too_wide() {
                return Err(ExportError::TooManyAttributes { most: Survey::MOST });
            }
            match page.into_iter().last() {
                Some(last) => after = Some(last.employee),
                None => return Ok(survey.columns()),
            }
        }
    }
}

/// Where an export is.
enum Place {
    Beginning,
    After(EmployeeId),
    End,
}

impl Written {
    fn write(&self, revision: &EmployeeRevision, written: &mut Vec<u8>) -> Result<(), StoreError> {
        let EmployeeRevision { employee: id, attributes: Some(attributes), .. } = revision else {
            return Ok(());
        };
        match self {
            Self::Ndjson => {
                let line =
                    serde_json::to_vec(&Line { id, known: EmployeeDraft::of(attributes.clone()) });
                written.extend(line.map_err(|error| failed(&error))?);
                written.push(b'\n');
                Ok(())
            }
            Self::Csv(columns) => columns.write(id, attributes, written),
        }
    }
}

fn failed(error: &dyn std::fmt::Display) -> StoreError {
    StoreError::Io { action: "writing the export", detail: error.to_string() }
}
