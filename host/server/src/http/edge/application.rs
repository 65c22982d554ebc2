//! What every handler works with: the runtime, the limits and the counters.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use metrics_exporter_prometheus::PrometheusHandle;
use stele_runtime::{Log, ReadOnlyCause, Runtime};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit, TryAcquireError};

use super::problem::Problem;
use super::recorder::recorder;
use super::request_metrics::RequestMetrics;
use crate::limits::Limits;

/// The state behind the router. Cheap to clone.
#[derive(Clone)]
pub struct Application(Arc<Inner>);

struct Inner {
    runtime: Arc<Runtime>,
    limits: Limits,
    requests: RequestMetrics,
    request_permits: Semaphore,
    batch_permits: Arc<Semaphore>,
    prometheus: PrometheusHandle,
    refuses_changes: AtomicBool,
}

impl Application {
    /// Puts a runtime behind HTTP.
    pub fn new(runtime: Arc<Runtime>, limits: Limits) -> Application {
        Application(Arc::new(Inner {
            runtime,
            requests: RequestMetrics::default(),
            request_permits: Semaphore::new(limits.concurrent_requests),
            batch_permits: Arc::new(Semaphore::new(limits.concurrent_batches)),
            limits,
            prometheus: recorder(),
            refuses_changes: AtomicBool::new(false),
        }))
    }

    /// The runtime.
    pub(crate) fn runtime(&self) -> &Arc<Runtime> {
        &self.0.runtime
    }

    /// The limits of the HTTP side.
    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// The counters of requests.
    pub(crate) fn requests(&self) -> &RequestMetrics {
        &self.0.requests
    }

    /// The metrics to render.
    pub(crate) fn prometheus(&self) -> &PrometheusHandle {
        &self.0.prometheus
    }

    /// Notes that the store takes no changes.
    pub(crate) fn note_refused_change(&self) {
        self.0.refuses_changes.store(true, Ordering::Relaxed);
    }

    /// Whether requests should be sent here.
    ///
    /// # Errors
    /// The store takes no changes, or can not be read.
    pub(crate) fn ready(&self) -> Result<(), String> {
        match self.runtime().read_only() {
            None => {}
            // Whoever asks has shown no token: no tenant is named.
            Some(ReadOnlyCause::DamagedLog(damage)) => {
                let whose = match damage.log {
                    Log::Operator => "the operator's audit log",
                    Log::Tenant(_) => "a tenant's audit log",
                };
                let entry = damage.entry;
                return Err(format!(
                    "no changes are taken: {whose} can not be believed from entry {entry} on; \
                     reading and calculating go on; the log says more"
                ));
            }
            Some(ReadOnlyCause::WriteFailed(_)) => self.note_refused_change(),
        }
        if self.0.refuses_changes.load(Ordering::Relaxed) {
            return Err("the store takes no changes; the log says why".to_owned());
        }
        self.runtime().audit(None, 0, 1).map(|_| ()).map_err(|error| error.to_string())
    }

    /// Room for one more request. Paths outside the API need none.
    ///
    /// # Errors
    /// The server is full.
    pub(crate) fn admit(&self, path: &str) -> Result<Option<SemaphorePermit<'_>>, TryAcquireError> {
        match path.starts_with("/v1/") {
            true => self.0.request_permits.try_acquire().map(Some),
            false => Ok(None),
        }
    }

    /// Room for one more batch, held for as long as it streams.
    ///
    /// # Errors
    /// 503: too many batches stream already.
    pub(crate) fn admit_batch(&self) -> Result<OwnedSemaphorePermit, Problem> {
        self.0
            .batch_permits
            .clone()
            .try_acquire_owned()
            .map_err(|_| Problem::saturated(5, "Too many batches at the same time; try again."))
    }
}
