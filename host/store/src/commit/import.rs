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

/// Employees drawn one by one.
pub type Employees = Box<dyn Iterator<Item = Result<EmployeeDraft, StoreError>> + Send>;

impl fmt::Debug for ImportDraft {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ImportDraft")
            .field("tenant", &self.tenant)
            .field("count", &self.count)
            .finish_non_exhaustive()
    }
}
