//! A report's place among those that are being made, held for as long as it is.

use std::collections::BTreeSet;
use std::sync::Arc;

use stele_store::{EmployeeId, TenantId};
use uuid::Uuid;

use crate::state::running::{Key, NoRoom, Run};
use crate::state::runtime::Runtime;

/// A run's entry among those that are being made; dropping it ends the entry.
pub(super) struct Entered {
    runtime: Arc<Runtime>,
    key: Key,
    pub(super) run: Arc<Run>,
}

impl Entered {
    /// Enters a run, if there is room for one more.
    pub(super) fn new(runtime: &Arc<Runtime>, tenant: &TenantId, id: Uuid) -> Result<Self, NoRoom> {
        let key = (tenant.clone(), id);
        let run = runtime.running().enter(&key)?;
        Ok(Self { runtime: runtime.clone(), key, run })
    }

    /// Ends the entry unless employees were erased that the report was not told of yet: these.
    pub(super) fn leave(&self) -> BTreeSet<EmployeeId> {
        self.runtime.running().leave(&self.key, &self.run)
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        self.runtime.running().end(&self.key);
    }
}
