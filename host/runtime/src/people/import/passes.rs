//! A file is read twice: once to find all that is wrong with it, and, if nothing is, once more while
//! it is written. Only what is needed from the first to the second reading is kept between them.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};
use stele_digest::Digest;
use stele_ruleset::FieldError;
use stele_store::{EmployeeDraft, EmployeeId, StoreError, TenantId};

use super::report::ImportReport;
use crate::people::{
    check,
    declared::Declarations,
    employee::salted_digest,
    file::{EmployeeFile, Opened, Row},
    name::shorten,
};
use crate::state::salt::Salts;

/// Most employees of a file. A million: each is remembered by its name until the end of the first
/// reading, in some seventy bytes.
const MOST: u64 = 1_000_000;

/// A file that was read once.
pub(super) struct Examined {
    /// What is wrong with it.
    pub(super) report: ImportReport,
    /// Over the identifiers and salted digests of all employees.
    pub(super) digest: Digest,
    file: Opened,
    salts: Salts,
}

/// Reads a file once, until somebody no longer wants to know.
pub(super) fn examine(
    file: &EmployeeFile,
    declared: &Declarations,
    salts: Salts,
    is_wanted: impl Fn() -> bool,
) -> Examined {
    let file = file.open(MOST);
    let mut report = ImportReport::default();
    let mut hasher = Sha256::new();
    let mut lines: HashMap<EmployeeId, u64> = HashMap::new();
    for row in file.rows().take_while(|_| is_wanted()) {
        report.rows += 1;
        if report.rows > MOST {
            let found = "one more".to_owned();
            report
                .refuse(row.line, FieldError::new("", format!("at most {MOST} employees"), found));
            break;
        }
        let line = row.line;
        if let Some((id, digest)) = examine_row(row, declared, &salts, &lines, &mut report) {
            if let Some(digest) = digest {
                hasher.update(Digest::of_texts(&[id.as_str()]).as_bytes());
                hasher.update(digest.as_bytes());
            }
            lines.entry(id).or_insert(line);
        }
    }
    let digest = Digest::from_bytes(hasher.finalize().into());
    Examined { report, digest, file, salts }
}

/// Notes what is wrong with a row. Gives its employee, and if nothing is wrong so far the digest of
/// what is said.
fn examine_row(
    row: Row,
    declared: &Declarations,
    salts: &Salts,
    lines: &HashMap<EmployeeId, u64>,
    report: &mut ImportReport,
) -> Option<(EmployeeId, Option<Digest>)> {
    let Row { line, employee, attributes, errors } = row;
    let readable = errors.is_empty();
    errors.into_iter().for_each(|error| report.refuse(line, error));
    let id = match EmployeeId::new(&employee) {
        Ok(id) => Some(id),
        Err(error) => {
            // A line that could not be read has no identifier to complain about.
            if readable {
                let found = format!("{:?}", shorten(&error.found));
                report.refuse(line, FieldError::new("/id", error.expected, found));
            }
            None
        }
    };
    if let Some(first) = id.as_ref().and_then(|id| lines.get(id)) {
        let found = format!("the employee of line {first}");
        report.refuse(line, FieldError::new("/id", "each employee once", found));
    }
    let attributes = match check::check(declared, attributes) {
        Ok((attributes, unused)) => {
            report.unused(unused);
            Some(attributes)
        }
        Err(errors) => {
            errors.into_iter().for_each(|error| report.refuse(line, error));
            None
        }
    };
    let id = id?;
    let attributes = attributes.filter(|_| report.is_imported());
    let digest = attributes.map(|said| salted_digest(&salts.of(id.as_str()), Some(&said)));
    Some((id, digest))
}

impl Examined {
    /// Reads it again, without checking it again.
    pub(super) fn drafts(
        &self,
        tenant: TenantId,
    ) -> impl Iterator<Item = Result<EmployeeDraft, StoreError>> + Send + use<> {
        let salts = self.salts.clone();
        self.file.rows().map(move |row| {
            let Row { employee, mut attributes, .. } = row;
            let employee = EmployeeId::new(&employee).map_err(|error| StoreError::Defect {
                action: "reading a file of employees again",
                detail: error.to_string(),
            })?;
            check::sort(&mut attributes);
            let salt = salts.of(employee.as_str());
            Ok(EmployeeDraft {
                tenant: tenant.clone(),
                employee,
                salt,
                attributes: Some(attributes),
            })
        })
    }
}
