//! The impact reports that are being made: how far they are, and how they are stopped.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use stele_store::{EmployeeId, TenantId};
use tokio::sync::watch;
use uuid::Uuid;

/// Most reports that are made at the same time. One keeps all cores busy, so more at once only
/// make each other late.
const MOST: usize = 4;
/// Most of one tenant, so that no tenant keeps the others out.
const MOST_OF_A_TENANT: usize = 2;

/// How far a report is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImpactProgress {
    /// Calculations done, one for each employee and date.
    pub done: u64,
    /// Calculations to do; none while employees are being counted.
    pub total: Option<u64>,
}

/// Whose report, and which.
pub(crate) type Key = (TenantId, Uuid);

/// All that are being made.
#[derive(Debug, Default)]
pub(crate) struct Running(Mutex<HashMap<Key, Arc<Run>>>);

/// One that is being made.
#[derive(Debug, Default)]
pub(crate) struct Run {
    progress: watch::Sender<ImpactProgress>,
    stopped: watch::Sender<bool>,
    /// Employees that were erased meanwhile and may not be in the report.
    erased: Mutex<BTreeSet<EmployeeId>>,
}

impl Running {
    /// Enters a run, if there is room for one more.
    pub(crate) fn enter(&self, key: &Key) -> Option<Arc<Run>> {
        let mut running = self.0.lock();
        let own = running.keys().filter(|(owner, _)| *owner == key.0).count();
        if running.len() >= MOST || own >= MOST_OF_A_TENANT {
            return None;
        }
        let run = Arc::new(Run::default());
        running.insert(key.clone(), run.clone());
        Some(run)
    }

    /// Ends a run unless employees were erased that the report was not told of yet: these.
    pub(crate) fn leave(&self, key: &Key, run: &Run) -> BTreeSet<EmployeeId> {
        let mut running = self.0.lock();
        let erased = run.erased();
        if erased.is_empty() {
            running.remove(key);
        }
        erased
    }

    /// Ends a run, however it stands.
    pub(crate) fn end(&self, key: &Key) {
        self.0.lock().remove(key);
    }

    /// How far a report is that is being made.
    pub(crate) fn progress(&self, tenant: &TenantId, id: Uuid) -> Option<ImpactProgress> {
        let running = self.0.lock();
        running.get(&(tenant.clone(), id)).map(|run| *run.progress.borrow())
    }

    /// Follows a report that is being made. The sender is gone when it is not any more.
    pub(crate) fn follow(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Option<watch::Receiver<ImpactProgress>> {
        self.0.lock().get(&(tenant.clone(), id)).map(|run| run.progress.subscribe())
    }

    /// Says that an employee may not be in any report of the tenant that is being made.
    pub(crate) fn erase(&self, tenant: &TenantId, employee: &EmployeeId) {
        for ((owner, _), run) in self.0.lock().iter() {
            if owner == tenant {
                run.erased.lock().insert(employee.clone());
            }
        }
    }

    /// Stops all and gives what tells when each has ended.
    pub(crate) fn stop(&self) -> Vec<watch::Receiver<ImpactProgress>> {
        let running = self.0.lock();
        let stopping = running.values().map(|run| {
            run.stopped.send_replace(true);
            run.progress.subscribe()
        });
        stopping.collect()
    }
}

impl Run {
    /// Sets how much there is to do.
    pub(crate) fn begin(&self, total: u64) {
        self.progress.send_modify(|progress| progress.total = Some(total));
    }

    /// Counts what was done.
    pub(crate) fn advance(&self, calculations: u64) {
        self.progress.send_modify(|progress| progress.done += calculations);
    }

    /// Comes back when it is to end before it is finished.
    pub(crate) async fn stopped(&self) {
        // The sender is this run's own, so it is not gone.
        let _ = self.stopped.subscribe().wait_for(|stopped| *stopped).await;
    }

    /// Takes the employees that were erased since the last time.
    pub(crate) fn erased(&self) -> BTreeSet<EmployeeId> {
        std::mem::take(&mut *self.erased.lock())
    }
}
