//! What came of an import, line by line.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use stele_ruleset::FieldError;
use stele_store::Effect;

/// Errors that a report names at most; the number of all is given beside them. Also names that
/// nobody uses.
const MOST_NAMED: usize = 1000;

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
    /// Attributes that no activated ruleset declares as a fact: kept, but used by none. The first
    /// thousand that occur.
    pub unused: BTreeSet<String>,
}

impl ImportReport {
    /// Whether it was imported.
    pub fn is_imported(&self) -> bool {
        self.error_count == 0
    }

    pub(super) fn refuse(&mut self, line: u64, field: FieldError) {
        self.error_count += 1;
        if self.errors.len() < MOST_NAMED {
            self.errors.push(ImportError { line, field });
        }
    }

    pub(super) fn unused(&mut self, names: Vec<String>) {
        for name in names {
            if self.unused.len() < MOST_NAMED {
                self.unused.insert(name);
            }
        }
    }

    /// The same when it is done. A deleted employee that comes back counts as updated.
    pub(super) fn done(mut self, effects: &[Effect]) -> Option<Self> {
        let [Effect::Imported { created, updated, .. }] = effects else { return None };
        (self.created, self.updated) = (*created, *updated);
        Some(self)
    }
}
