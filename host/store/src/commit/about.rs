//! Whom an audit entry is about. The entry names nobody: the store gives it a digest for each, which
//! only who knows the identifier finds, for as long as the employee is not erased.

use std::{collections::BTreeSet, fmt};

use crate::{names::EmployeeId, records::Matter};

/// Employees whom an entry is about, and what of them.
#[derive(Clone)]
pub struct About {
    pub(crate) matter: Matter,
    pub(crate) employees: BTreeSet<EmployeeId>,
    pub(crate) seed: Seed,
}

/// Random bytes, drawn for one commit and kept nowhere. From them the salts of those are made who have
/// none yet: the same however often the commit is tried.
#[derive(Clone)]
pub struct Seed([u8; 32]);

impl Seed {
    /// What nobody can guess.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(crate) const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl About {
    /// What is known of an employee.
    pub fn employee(employee: EmployeeId, seed: Seed) -> Self {
        Self { matter: Matter::Record, employees: BTreeSet::from([employee]), seed }
    }

    /// Results of employees.
    pub fn results_of(employees: impl IntoIterator<Item = EmployeeId>, seed: Seed) -> Self {
        Self { matter: Matter::Results, employees: employees.into_iter().collect(), seed }
    }
}

/// Whom it is about is not for the operator's log.
impl fmt::Debug for About {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("About").field("matter", &self.matter).finish_non_exhaustive()
    }
}
