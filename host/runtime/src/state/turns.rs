//! Where rules run that take longer than a moment: on threads of their own, in their tenant's turns.

use std::sync::Arc;
use std::time::Duration;

use stele_compute::{ComputeError, Turn};
use stele_engine::Failure;
use stele_store::Scope;

use crate::state::runtime::Runtime;

/// How long a part of something long waits for room before all of it is given up. Jobs are many
/// when a tenant asks for many things at once, and each ends within its fuel.
const PATIENCE: Duration = Duration::from_secs(60);

/// In whose turns work for everyone is done. No tenant has an empty name.
const OPERATOR: &str = "";

impl Runtime {
    /// Runs a job for a caller who waits for its answer: where there is no room, he is told at once.
    pub(crate) async fn run<T, F>(
        &self,
        holder: &Arc<str>,
        job: impl FnOnce(Turn) -> F + Send + 'static,
    ) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        self.compute().run(holder, job).await.map_err(failure)
    }

    /// Runs a part of something long, which waits for room.
    pub async fn run_patiently<T, F>(
        &self,
        holder: &Arc<str>,
        job: impl FnOnce(Turn) -> F + Send + 'static,
    ) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        self.compute().run_patiently(holder, PATIENCE, job).await.map_err(failure)
    }

    /// In whose turns a publication is checked.
    pub(crate) fn publisher(scope: &Scope) -> Arc<str> {
        match scope {
            Scope::Everyone => Arc::from(OPERATOR),
            Scope::Tenant(tenant) => tenant.shared().clone(),
        }
    }
}

/// What a job that came to no answer means to whoever asked for a calculation.
fn failure(error: ComputeError) -> Failure {
    match error {
        ComputeError::Saturated { retry_after, .. } => Failure::Saturated { retry_after },
        ComputeError::Panicked | ComputeError::Stopped => Failure::Internal(error.to_string()),
    }
}
