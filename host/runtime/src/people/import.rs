//! Many employees at once: all of them or none, with a report line by line.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use stele_digest::Digest;
use stele_ruleset::FieldError;
use stele_store::{
    Attributes, AuditDraft, Change, Commit, CommitError, Effect, EmployeeDraft as Stored,
    EmployeeId, Log, TenantId,
};

use super::{
    check,
    employee::{EmployeeError, salted_digest},
};
use crate::state::salt::salt;
use crate::state::{
    actor::Actor,
    idempotency::response_of,
    runtime::{Runtime, no_effect, store_error},
};

/// Errors that a report names at most; the number of all is given beside them.
const MOST_ERRORS: usize = 1000;

/// One employee of an import.
#[derive(Debug, Clone, Default)]
pub struct ImportRow {
    /// The line that it stands on, from 1; of several, the first.
    pub line: u64,
    /// Its identifier as written.
    pub employee: String,
    /// Its attributes.
    pub attributes: Attributes,
    /// What was found wrong while the line was read.
    pub errors: Vec<FieldError>,
}

/// One wrong field of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImportError {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong. Its pointer is into the line's object, or `/column` of a CSV file.
    #[serde(flatten)]
    pub field: FieldError,
}

/// What came of an import. If there are errors, nothing was imported.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImportReport {
    /// Employees in the file.
    pub rows: u64,
    /// Employees that are new.
    pub created: u64,
    /// Employees that have a new revision.
    pub updated: u64,
    /// The first errors, in the order of lines.
    pub errors: Vec<ImportError>,
    /// How many errors there are.
    pub error_count: u64,
    /// Attributes that no activated ruleset declares as a fact: kept, but used by none.
    pub unused: Vec<String>,
}

impl ImportReport {
    /// Whether it was imported.
    pub fn is_imported(&self) -> bool {
        self.error_count == 0
    }

    fn refuse(&mut self, line: u64, field: FieldError) {
        self.error_count += 1;
        if self.errors.len() < MOST_ERRORS {
            self.errors.push(ImportError { line, field });
        }
    }
}

impl Runtime {
    /// Writes a revision for every row, or nothing. An employee may not occur twice.
    pub async fn import_employees(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        rows: Vec<ImportRow>,
    ) -> Result<ImportReport, EmployeeError> {
        self.check_tenant(tenant)?;
        let declared = self.declared_facts(tenant).await;
        let owner = tenant.clone();
        // Checking 100,000 rows takes a while: not on a thread that serves requests.
        let checking = tokio::task::spawn_blocking(move || prepare(&owner, &declared, rows));
        let (mut report, prepared) = checking.await.map_err(|_| no_effect())??;
        if !report.is_imported() || prepared.changes.is_empty() {
            return Ok(report);
        }
        let known = report.clone();
        let counted = move |effects: &[Effect]| Some(count(known.clone(), effects));
        let commit = Commit {
            actor: actor.record(),
            expect: Vec::new(),
            changes: prepared.changes,
            audit: AuditDraft {
                log: Log::Tenant(tenant.clone()),
                action: "employees.imported".to_owned(),
                subject: format!("{} employees", report.rows),
                digest: prepared.digest,
            },
            response: response_of(actor, 200, counted.clone()),
        };
        let committed = self.commit(commit).await.map_err(|error| match error {
            CommitError::Store(error) => EmployeeError::Store(error),
            other => EmployeeError::Store(store_error(other)),
        })?;
        report = counted(&committed.effects).ok_or_else(no_effect)?;
        Ok(report)
    }
}

/// Counts what was new and what was there. A deleted employee that comes back counts as updated.
fn count(mut report: ImportReport, effects: &[Effect]) -> ImportReport {
    for effect in effects {
        match effect {
            Effect::Employee { revision, .. } if revision.revision == 1 => report.created += 1,
            _ => report.updated += 1,
        }
    }
    report
}

/// What is written if no row is wrong.
struct Prepared {
    changes: Vec<Change>,
    /// Over the identifiers and salted digests of all employees.
    digest: Digest,
}

fn prepare(
    tenant: &TenantId,
    declared: &[check::Declared],
    rows: Vec<ImportRow>,
) -> Result<(ImportReport, Prepared), EmployeeError> {
    let mut report = ImportReport { rows: rows.len() as u64, ..ImportReport::default() };
    let mut changes = Vec::with_capacity(rows.len());
    let mut hasher = Sha256::new();
    let mut lines: HashMap<EmployeeId, u64> = HashMap::new();
    let mut unused = std::collections::BTreeSet::new();
    for ImportRow { line, employee, attributes, errors } in rows {
        let readable = errors.is_empty();
        errors.into_iter().for_each(|error| report.refuse(line, error));
        let id = match EmployeeId::new(&employee) {
            Ok(id) => Some(id),
            Err(error) => {
                // A line that could not be read has no identifier to complain about.
                if readable {
                    let found = format!("{:?}", check::shorten(&error.found));
                    let error = FieldError::new("/id", error.expected, found);
                    report.refuse(line, error);
                }
                None
            }
        };
        if let Some(first) = id.as_ref().and_then(|id| lines.get(id)) {
            let found = format!("the employee of line {first}");
            let error = FieldError::new("/id", "each employee once", found);
            report.refuse(line, error);
        }
        match check::check(declared, attributes) {
            Err(errors) => errors.into_iter().for_each(|error| report.refuse(line, error)),
            Ok((attributes, none)) => {
                unused.extend(none);
                if let Some(employee) = id.clone().filter(|_| report.is_imported()) {
                    let salt = salt()?;
                    let digest = salted_digest(&salt, Some(&attributes));
                    hasher.update(Digest::of_texts(&[employee.as_str()]).as_bytes());
                    hasher.update(digest.as_bytes());
                    let (tenant, attributes) = (tenant.clone(), Some(attributes));
                    changes.push(Change::PutEmployee(Stored {
                        tenant,
                        employee,
                        salt,
                        attributes,
                    }));
                }
            }
        }
        if let Some(id) = id {
            lines.entry(id).or_insert(line);
        }
    }
    report.unused = unused.into_iter().collect();
    let digest = Digest::from_bytes(hasher.finalize().into());
    Ok((report, Prepared { changes, digest }))
}
