//! What came of an import, line by line.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use stele_ruleset::FieldError;
use stele_store::{Effect, EmployeeId};

use crate::people::{
    difference::{ChangeKind, Difference, ValueChange},
    shadow::ShadowedValue,
    unread::UnreadValue,
};

/// Errors that a report names at most; the number of all is given beside them. Also names that
/// nobody uses.
const MOST_NAMED: usize = 1000;
/// Employees that a report names: enough to see whether it is what was meant.
const MOST_EMPLOYEES: usize = 100;
/// Changes of each of them that it names. All of it fits into an answer that is remembered.
const MOST_CHANGES: usize = 20;

/// One wrong field of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImportError {
    /// The line, from 1, as an editor shows it.
    pub line: u64,
    /// What is wrong. Its pointer is into the line's object, or `/column` of a CSV file.
    #[serde(flatten)]
    pub field: FieldError,
}

/// How many dated values a change concerns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ChangedValues {
    /// Stated for a date for which nothing was.
    pub added: u64,
    /// In place of another value that was stated for the same date.
    pub changed: u64,
    /// From a date on there is no value any more.
    pub ended: u64,
    /// Taken back: what was stated for a date is stated no longer.
    pub dropped: u64,
}

impl ChangedValues {
    fn count(&mut self, kind: ChangeKind) {
        let counted = match kind {
            ChangeKind::Added => &mut self.added,
            ChangeKind::Changed => &mut self.changed,
            ChangeKind::Ended => &mut self.ended,
            ChangeKind::Dropped => &mut self.dropped,
        };
        *counted += 1;
    }
}

/// What an import does to one employee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImportedEmployee {
    /// Who.
    pub id: EmployeeId,
    /// The first line of it.
    pub line: u64,
    /// Whether nothing was known of it before.
    pub new: bool,
    /// What becomes of its values: the first twenty.
    pub changes: Vec<ValueChange>,
    /// How many changes there are besides.
    pub further_changes: u64,
}

/// A value that an import states of an employee, and that not every employment reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImportedShadow {
    /// Whose it is.
    pub id: EmployeeId,
    /// The value, and what is read in its place.
    #[serde(flatten)]
    pub value: ShadowedValue,
}

/// A value that an import states of an employee, and that no calculation reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImportedUnread {
    /// Whose it is.
    pub id: EmployeeId,
    /// The value, and why nothing reads it.
    #[serde(flatten)]
    pub value: UnreadValue,
}

/// What came of an import, or would. If there are errors, nothing was imported.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImportReport {
    /// Whether nothing was to be stored: all else is what would be.
    pub dry_run: bool,
    /// Employees in the file.
    pub rows: u64,
    /// Employees that are new.
    pub created: u64,
    /// Employees that have a new revision.
    pub updated: u64,
    /// Employees of whom all that the file says was known. They have no new revision.
    pub unchanged: u64,
    /// How many dated values were added, changed, ended and dropped.
    pub values: ChangedValues,
    /// What becomes of whom: the first hundred employees that are not unchanged.
    pub employees: Vec<ImportedEmployee>,
    /// The first errors, in the order of lines.
    pub errors: Vec<ImportError>,
    /// How many errors there are.
    pub error_count: u64,
    /// Attributes that no version in force reads of those whose they are: kept, but used by none. The
    /// first thousand that occur.
    pub unused: BTreeSet<String>,
    /// Values that the file states and that not every employment reads, because something closer is
    /// said of it: the first hundred. What none reads is an error.
    #[serde(default)]
    pub shadowed: Vec<ImportedShadow>,
    /// How many such values there are.
    #[serde(default)]
    pub shadowed_count: u64,
    /// Values that the file states and that no calculation reads, because the employment does not run on
    /// their days or no version is in force on them: the first hundred.
    #[serde(default)]
    pub unread: Vec<ImportedUnread>,
    /// How many such values there are.
    #[serde(default)]
    pub unread_count: u64,
}

impl ImportReport {
    pub(super) fn new(dry_run: bool) -> Self {
        Self { dry_run, ..Self::default() }
    }

    /// Whether it was imported, or could be.
    pub fn is_imported(&self) -> bool {
        self.error_count == 0
    }

    /// Whether something was stored: not if there were errors, if it was only tried, or if nothing
    /// that the file says is new.
    pub fn is_stored(&self) -> bool {
        self.is_imported() && !self.dry_run && self.created + self.updated > 0
    }

    pub(super) fn refuse(&mut self, line: u64, field: FieldError) {
        self.error_count += 1;
        if self.errors.len() < MOST_NAMED {
            self.errors.push(ImportError { line, field });
        }
    }

    pub(super) fn unused(&mut self, names: impl Iterator<Item = String>) {
        for name in names {
            if self.unused.len() < MOST_NAMED {
                self.unused.insert(name);
            }
        }
    }

    pub(super) fn shadowed(&mut self, id: &EmployeeId, values: Vec<ShadowedValue>) {
        for value in values {
            self.shadowed_count += 1;
            if self.shadowed.len() < MOST_EMPLOYEES {
                self.shadowed.push(ImportedShadow { id: id.clone(), value });
            }
        }
    }

    pub(super) fn unread(&mut self, id: &EmployeeId, values: Vec<UnreadValue>) {
        for value in values {
            self.unread_count += 1;
            if self.unread.len() < MOST_EMPLOYEES {
                self.unread.push(ImportedUnread { id: id.clone(), value });
            }
        }
    }

    /// Notes what becomes of an employee. One that was deleted and comes back counts as updated.
    pub(super) fn note<'a>(
        &mut self,
        (id, line): (&EmployeeId, u64),
        has_revisions: bool,
        differences: impl Iterator<Item = Difference<'a>>,
    ) {
        *(if has_revisions { &mut self.updated } else { &mut self.created }) += 1;
        let is_named = self.employees.len() < MOST_EMPLOYEES;
        let mut named = ImportedEmployee {
            id: id.clone(),
            line,
            new: !has_revisions,
            changes: Vec::new(),
            further_changes: 0,
        };
        for difference in differences {
            self.values.count(difference.kind());
            match is_named && named.changes.len() < MOST_CHANGES {
                true => named.changes.push(difference.change()),
                false => named.further_changes += 1,
            }
        }
        if is_named {
            self.employees.push(named);
        }
    }

    /// The same when it is done.
    pub(super) fn done(mut self, effects: &[Effect]) -> Option<Self> {
        let [Effect::Imported { created, updated, .. }] = effects else { return None };
        (self.created, self.updated) = (*created, *updated);
        Some(self)
    }
}
