//! A file is read twice: once to find all that is wrong with it, and, if nothing is, once more while
//! it is written. Only what is needed from the first to the second reading is kept between them.
//!
//! Both readings see what was known at one moment. The store is told which revisions that were, and
//! writes nothing where another has come since.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
    time::{Duration, Instant},
    vec,
};

use serde_json::Value;
use sha2::{Digest as _, Sha256};
use stele_digest::Digest;
use stele_ruleset::FieldError;
use stele_store::{Attributes, EmployeeDraft, EmployeeId, EmployeeToImport, StoreError};

use super::{
    chunk::{Chunks, Drawn, Known},
    options::{ImportMode, ImportOptions},
    place::{place, place_of},
    report::ImportReport,
};
use crate::people::{
    change::{check_change, check_part},
    declared::Declarations,
    difference::differences,
    employee::salted_digest,
    file::{EmployeeFile, Opened},
    identifier,
    name::shorten,
    reading::{is_same, reading},
    statement::{Statements, contradictions, merged},
};
use crate::state::salt::Salts;

/// Most employees of a file. A million: each is remembered by its name until the end of the first
/// reading, in some seventy bytes.
const MOST: u64 = 1_000_000;

/// What a file is read against.
#[derive(Clone)]
pub(super) struct Ground {
    pub(super) declared: Arc<Declarations>,
    pub(super) known: Known,
    pub(super) options: ImportOptions,
    pub(super) salts: Salts,
}

/// A file that was read once.
pub(super) struct Examined {
    /// What is wrong with it, and what it changes.
    pub(super) report: ImportReport,
    /// Over the identifiers and salted digests of all employees that it changes.
    pub(super) digest: Digest,
    /// How long its rows took to be read, with what was known.
    pub(super) drawing: Duration,
    file: Opened,
    ground: Ground,
}

/// Reads a file once, until somebody no longer wants to know.
pub(super) fn examine(
    file: &EmployeeFile,
    ground: Ground,
    is_wanted: impl Fn() -> bool,
) -> Result<Examined, StoreError> {
    let begun = Instant::now();
    let file = file.open(MOST, &|attribute| reading(&ground.declared, attribute));
    let mut drawing = begun.elapsed();
    let mut report = ImportReport::new(ground.options.dry_run);
    let mut hasher = Sha256::new();
    let mut lines: HashMap<EmployeeId, u64> = HashMap::new();
    let mut chunks = Chunks::new(file.rows(), ground.known.clone());
    'file: while is_wanted() {
        let begun = Instant::now();
        let Some(chunk) = chunks.next() else { break };
        let chunk = chunk?;
        drawing += begun.elapsed();
        for drawn in chunk {
            report.rows += 1;
            let line = drawn.row.line;
            if report.rows > MOST {
                let expected = format!("at most {MOST} employees");
                report.refuse(line, FieldError::new("", expected, "one more"));
                break 'file;
            }
            let Some((id, digest)) = ground.examine_row(drawn, &lines, &mut report) else {
                continue;
            };
            if let Some(digest) = digest {
                hasher.update(Digest::of_texts(&[id.as_str()]).as_bytes());
                hasher.update(digest.as_bytes());
            }
            lines.entry(id).or_insert(line);
        }
    }
    let digest = Digest::from_bytes(hasher.finalize().into());
    Ok(Examined { report, digest, drawing, file, ground })
}

impl Ground {
    /// Notes what is wrong with a row. Gives its employee and, if nothing is wrong so far and
    /// something changes, the digest of what will be known.
    fn examine_row(
        &self,
        drawn: Drawn,
        lines: &HashMap<EmployeeId, u64>,
        report: &mut ImportReport,
    ) -> Option<(EmployeeId, Option<Digest>)> {
        let Drawn { mut row, id, known } = drawn;
        let is_readable = row.errors.is_empty();
        let unreadable = std::mem::take(&mut row.errors);
        unreadable.into_iter().for_each(|(line, error)| report.refuse(line, error));
        let id = match id {
            Ok(id) => Some(id),
            Err(error) => {
                // A line that could not be read has no identifier to complain about.
                if is_readable {
                    let found = format!("{:?}", shorten(&error.found));
                    report.refuse(row.line, FieldError::new("/id", error.expected, found));
                }
                None
            }
        };
        if let Some(first) = id.as_ref().and_then(|id| lines.get(id)) {
            let found = format!("the employee of line {first}");
            report.refuse(row.line, FieldError::new("/id", "each employee once", found));
        }
        for (attribute, statement, error) in contradictions(&row.statements) {
            let (line, pointer) = place_of(&row, attribute, statement, "");
            report.refuse(line, FieldError { pointer, ..error });
        }
        let has_revisions = known.is_some();
        if let Some(id) = id.as_ref().filter(|_| !has_revisions)
            && let Some(error) = identifier::refused(id, "/id")
        {
            report.refuse(row.line, error);
        }
        let known = known.and_then(|known| known.attributes);
        let is_known = known.is_some();
        let before = known.unwrap_or_default();
        let after = self.after(before.clone(), &row.statements);
        let checked = match is_readable {
            true => check_change(&self.declared, &before, after, &BTreeSet::new()),
            false => check_part(&self.declared, &before, after),
        };
        let after = match checked {
            Ok(checked) => {
                let unused = checked.unused.into_iter();
                report.unused(unused.filter(|name| row.statements.contains_key(name)));
                if let Some(id) = &id {
                    report.shadowed(id, checked.shadowed);
                    report.unread(id, checked.unread);
                }
                checked.attributes
            }
            Err(wrong) => {
                for wrong in wrong {
                    let (line, error) = place(&row, wrong);
                    report.refuse(line, error);
                }
                return id.map(|id| (id, None));
            }
        };
        let id = id?;
        if is_known && before == after {
            report.unchanged += 1;
            return Some((id, None));
        }
        report.note((&id, row.line), has_revisions, differences(&before, &after));
        let digest =
            report.is_imported().then(|| salted_digest(&self.salts.of(id.as_str()), Some(&after)));
        Some((id, digest))
    }

    /// What is known after it was said.
    fn after(&self, mut known: Attributes, statements: &Statements) -> Attributes {
        if self.options.mode == ImportMode::Replace {
            // What is stated again may stay as it is written, if it says the same.
            known.retain(|attribute, values| {
                let stated = statements.get(attribute);
                values.retain(|value| stated.is_some_and(|about| about.states(value.from)));
                !values.is_empty()
            });
        }
        let is_same = |attribute: &str, one: &Value, other: &Value| {
            is_same(&self.declared, attribute, one, other)
        };
        merged(known, statements, is_same)
    }

    /// What is to be written of a row; none: nothing changes.
    fn draft(&self, drawn: Drawn) -> Result<Option<EmployeeToImport>, StoreError> {
        let Drawn { row, id, known } = drawn;
        let employee = id.map_err(|error| StoreError::Defect {
            action: "reading a file of employees again",
            detail: error.to_string(),
        })?;
        let revision = known.as_ref().map_or(0, |known| known.revision);
        let known = known.and_then(|known| known.attributes);
        let attributes = self.after(known.clone().unwrap_or_default(), &row.statements);
        if known.as_ref() == Some(&attributes) {
            return Ok(None);
        }
        let salt = self.salts.of(employee.as_str());
        let tenant = self.known.tenant().clone();
        let draft = EmployeeDraft { tenant, employee, salt, attributes: Some(attributes) };
        Ok(Some(EmployeeToImport { draft, after: Some(revision) }))
    }
}

impl Examined {
    /// Reads it again, without checking it again: all employees that it changes.
    pub(super) fn drafts(&self) -> Drafts {
        let chunks = Chunks::new(self.file.rows(), self.ground.known.clone());
        Drafts { chunks, ready: Vec::new().into_iter(), ground: self.ground.clone() }
    }
}

/// Employees that a file changes.
pub(super) struct Drafts {
    chunks: Chunks,
    ready: vec::IntoIter<Drawn>,
    ground: Ground,
}

impl Iterator for Drafts {
    type Item = Result<EmployeeToImport, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            for drawn in self.ready.by_ref() {
                if let Some(draft) = self.ground.draft(drawn).transpose() {
                    return Some(draft);
                }
            }
            match self.chunks.next()? {
                Ok(chunk) => self.ready = chunk.into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
