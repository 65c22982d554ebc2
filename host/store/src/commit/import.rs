//! Many employees as one change. It is drawn one by one and written in slices, so that it is never
//! in memory as a whole and nobody waits for it as a whole; readers see all of it or nothing.

use std::{fmt, sync::Arc, time::Duration};

use super::drafts::EmployeeDraft;
use crate::{error::StoreError, names::TenantId};

/// Employees to be written together, the only change of their commit.
#[derive(Clone)]
pub struct ImportDraft {
    /// Whose.
    pub tenant: TenantId,
    /// How many there are, about.
    pub count: u64,
    /// How long it takes to draw them, about: others commit meanwhile, and wait if it takes longer.
    pub drawing: Duration,
    /// Draws them, each once. An error ends it: nothing was written then.
    pub employees: Arc<dyn Fn() -> Employees + Send + Sync>,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct EmployeeToImport {
    /// What is to be known.
    pub draft: EmployeeDraft,
    /// The revision that it was made of and that must be the latest, a deletion too; 0: there must be
    /// none. Where nothing is given, it comes after whatever there is. Whatever another has changed
    /// meanwhile, the import is [`Unmet`](crate::CommitError::Unmet) and nothing of it is written.
    pub after: Option<u64>,
}

/// Employees drawn one by one.
pub type Employees = Box<dyn Iterator<Item = Result<EmployeeToImport, StoreError>> + Send>;

impl fmt::Debug for ImportDraft {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ImportDraft")
            .field("tenant", &self.tenant)
            .field("count", &self.count)
            .finish_non_exhaustive()
    }
}
