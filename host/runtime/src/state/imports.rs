//! Files of employees are read and written one at a time, and while one is written, nobody else
//! changes employees of its tenant. The store would have them wait; here they wait without a thread.

use std::{collections::HashMap, sync::Arc};

use stele_store::{Change, Commit, TenantId};
use tokio::sync::{Mutex, OwnedMutexGuard, OwnedRwLockReadGuard, OwnedRwLockWriteGuard, RwLock};

/// Tenants whose gate is remembered although nobody passes it.
const REMEMBERED: usize = 1024;

/// Whose turn it is.
#[derive(Debug, Default)]
pub(crate) struct Imports {
    turn: Arc<Mutex<()>>,
    gates: parking_lot::Mutex<HashMap<TenantId, Arc<RwLock<()>>>>,
}

/// The turn of one file.
pub(crate) type Turn = OwnedMutexGuard<()>;

/// Where changes of a tenant's employees come past.
pub(crate) struct Gate {
    of_tenant: Arc<RwLock<()>>,
    is_import: bool,
}

/// Held while employees are changed.
#[derive(Debug)]
pub(crate) enum Passed {
    /// One of them, beside others.
    One { _gate: OwnedRwLockReadGuard<()> },
    /// Many, alone.
    Import { _gate: OwnedRwLockWriteGuard<()> },
}

impl Imports {
    /// Waits for a turn, in the order of asking.
    pub(crate) async fn turn(&self) -> Turn {
        Arc::clone(&self.turn).lock_owned().await
    }

    /// What is to be passed before a commit; none: it changes no employees.
    pub(crate) fn gate(&self, commit: &Commit) -> Option<Gate> {
        let (tenant, is_import) = commit.changes.iter().find_map(|change| match change {
            Change::PutEmployee(draft) => Some((&draft.tenant, false)),
            Change::Erase(draft) => Some((&draft.tenant, false)),
            Change::Import(draft) => Some((&draft.tenant, true)),
            _ => None,
        })?;
        Some(Gate { of_tenant: self.of_tenant(tenant), is_import })
    }

    /// What an import passes that reads what is known before it is committed.
    pub(crate) fn gate_of_import(&self, tenant: &TenantId) -> Gate {
        Gate { of_tenant: self.of_tenant(tenant), is_import: true }
    }

    fn of_tenant(&self, tenant: &TenantId) -> Arc<RwLock<()>> {
        let mut gates = self.gates.lock();
        if gates.len() >= REMEMBERED {
            gates.retain(|_, gate| Arc::strong_count(gate) > 1);
        }
        Arc::clone(gates.entry(tenant.clone()).or_default())
    }
}

impl Gate {
    /// Waits until nothing that is to be changed is being imported.
    pub(crate) async fn pass(self) -> Passed {
        match self.is_import {
            true => Passed::Import { _gate: self.of_tenant.write_owned().await },
            false => Passed::One { _gate: self.of_tenant.read_owned().await },
        }
    }
}
