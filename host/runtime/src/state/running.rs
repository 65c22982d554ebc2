//! The impact reports that are being made: how far they are, and how they are stopped.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use stele_store::{EmployeeId, TenantId};
use tokio::sync::watch;
use uuid::Uuid;

use crate::state::settings::ImpactReports;

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
#[derive(Debug)]
pub(crate) struct Running {
    limits: ImpactReports,
    runs: Mutex<HashMap<Key, Arc<Run>>>,
}

/// One that is being made.
#[derive(Debug)]
pub(crate) struct Run {
    progress: watch::Sender<ImpactProgress>,
    stopped: watch::Sender<bool>,
    erased: Mutex<Erased>,
}

/// Employees that were erased meanwhile and may not be in the report.
#[derive(Debug)]
struct Erased {
    employees: BTreeSet<EmployeeId>,
    /// Most of them; none: it is made, and for the moment in which it is kept they are as many as
    /// there are requests.
    most: Option<usize>,
    /// There were more.
    too_many: bool,
}

/// So many employees were erased that the report is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("more than {0} employees were erased while the report was made; ask again")]
pub(crate) struct TooManyErased(usize);

/// Why a run is not entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoRoom {
    /// The tenant makes as many as it may.
    OfTheTenant {
        /// How many.
        most: usize,
    },
    /// All tenants together make as many as they may.
    OfAll {
        /// How many.
        most: usize,
    },
}

impl Running {
    /// None yet.
    pub(crate) fn new(limits: ImpactReports) -> Self {
        Self { limits, runs: Mutex::default() }
    }

    /// Enters a run, if there is room for one more.
    pub(crate) fn enter(&self, key: &Key) -> Result<Arc<Run>, NoRoom> {
        let ImpactReports { most, most_of_a_tenant, erased } = self.limits;
        let mut running = self.runs.lock();
        let own = running.keys().filter(|(owner, _)| *owner == key.0).count();
        if own >= most_of_a_tenant {
            return Err(NoRoom::OfTheTenant { most: most_of_a_tenant });
        }
        if running.len() >= most {
            return Err(NoRoom::OfAll { most });
        }
        let run = Arc::new(Run::new(erased));
        running.insert(key.clone(), run.clone());
        Ok(run)
    }

    /// Ends a run unless employees were erased that the report was not told of yet: these.
    pub(crate) fn leave(&self, key: &Key, run: &Run) -> BTreeSet<EmployeeId> {
        let mut running = self.runs.lock();
        let erased = run.erased();
        if erased.is_empty() {
            running.remove(key);
        }
        erased
    }

    /// Ends a run, however it stands.
    pub(crate) fn end(&self, key: &Key) {
        self.runs.lock().remove(key);
    }

    /// How far a report is that is being made.
    pub(crate) fn progress(&self, tenant: &TenantId, id: Uuid) -> Option<ImpactProgress> {
        let running = self.runs.lock();
        running.get(&(tenant.clone(), id)).map(|run| *run.progress.borrow())
    }

    /// Follows a report that is being made. The sender is gone when it is not any more.
    pub(crate) fn follow(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Option<watch::Receiver<ImpactProgress>> {
        self.runs.lock().get(&(tenant.clone(), id)).map(|run| run.progress.subscribe())
    }

    /// Says that an employee may not be in any report of the tenant that is being made.
    pub(crate) fn erase(&self, tenant: &TenantId, employee: &EmployeeId) {
        for ((owner, _), run) in self.runs.lock().iter() {
            if owner == tenant {
                run.erase(employee);
            }
        }
    }

    /// Stops all and gives what tells when each has ended.
    pub(crate) fn stop(&self) -> Vec<watch::Receiver<ImpactProgress>> {
        let running = self.runs.lock();
        let stopping = running.values().map(|run| {
            run.stopped.send_replace(true);
            run.progress.subscribe()
        });
        stopping.collect()
    }
}

impl Run {
    fn new(most: usize) -> Self {
        let erased = Erased { employees: BTreeSet::new(), most: Some(most), too_many: false };
        let (progress, stopped) = (watch::Sender::default(), watch::Sender::default());
        Self { progress, stopped, erased: Mutex::new(erased) }
    }

    /// Notes that an employee may not be in the report. With one too many it ends.
    fn erase(&self, employee: &EmployeeId) {
        let mut erased = self.erased.lock();
        let Erased { employees, most, too_many } = &mut *erased;
        if *too_many || employees.contains(employee) {
            return;
        }
        if most.is_some_and(|most| employees.len() >= most) {
            *too_many = true;
            employees.clear();
            self.stopped.send_replace(true);
        } else {
            employees.insert(employee.clone());
        }
    }

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

    /// Takes the employees that were erased while it was made; it is kept next.
    pub(crate) fn made(&self) -> Result<BTreeSet<EmployeeId>, TooManyErased> {
        let mut erased = self.erased.lock();
        let most = erased.most.take().unwrap_or_default();
        match erased.too_many {
            true => Err(TooManyErased(most)),
            false => Ok(std::mem::take(&mut erased.employees)),
        }
    }

    /// Takes the employees that were erased since the last time.
    fn erased(&self) -> BTreeSet<EmployeeId> {
        std::mem::take(&mut self.erased.lock().employees)
    }
}
