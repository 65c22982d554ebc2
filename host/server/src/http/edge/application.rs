//! What every handler works with: the runtime, the limits and the counters.

use std::fs::File;
use std::sync::Arc;

use super::recorder::recorder;
use super::request_metrics::RequestMetrics;
use super::rooms::Rooms;
use crate::limits::Limits;
use metrics_exporter_prometheus::PrometheusHandle;
use stele_runtime::{Log, ReadOnlyCause, Runtime};

/// The state behind the router. Cheap to clone.
#[derive(Clone)]
pub struct Application(Arc<Inner>);

struct Inner {
    runtime: Arc<Runtime>,
    limits: Limits,
    requests: RequestMetrics,
    rooms: Rooms,
    prometheus: PrometheusHandle,
}

impl Application {
    /// Puts a runtime behind HTTP.
    pub fn new(runtime: Arc<Runtime>, limits: Limits) -> Application {
        Application(Arc::new(Inner {
            runtime,
            requests: RequestMetrics::default(),
            rooms: Rooms::new(&limits),
            limits,
            prometheus: recorder(),
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

    /// The room for each kind of work.
    pub(crate) fn rooms(&self) -> &Rooms {
        &self.0.rooms
    }

    /// The counters of requests.
    pub(crate) fn requests(&self) -> &RequestMetrics {
        &self.0.requests
    }

    /// The metrics to render.
    pub(crate) fn prometheus(&self) -> &PrometheusHandle {
        &self.0.prometheus
    }

    /// Whether requests should be sent here, and what is amiss all the same. A tenant's damaged log
    /// costs that tenant its changes and nobody else anything: requests go on.
    ///
    /// # Errors
    /// The store takes no changes of the operator's or of anybody, or can not be read.
    pub(crate) async fn ready(&self) -> Result<Option<String>, String> {
        let mut amiss = None;
        match self.runtime().read_only().await {
            None => {}
            // Whoever asks has shown no token: no tenant is named.
            Some(ReadOnlyCause::DamagedLog(damage)) => {
                let whose = match damage.log {
                    Log::Operator => "the operator's audit log",
                    Log::Tenant(_) => "a tenant's audit log",
                };
                let entry = damage.entry;
                let said = format!(
                    "{whose} can not be believed from entry {entry} on and takes no changes; all \
                     others, reading and calculating go on; the log says more"
                );
                if damage.log == Log::Operator {
                    return Err(said);
                }
                amiss = Some(said);
            }
            Some(ReadOnlyCause::Full { .. }) => {
                return Err("no changes are taken: the disk is full".to_owned());
            }
            Some(ReadOnlyCause::WriteFailed(_) | ReadOnlyCause::WriterEnded) => {
                return Err("the store takes no changes; the log says why".to_owned());
            }
        }
        // Whatever needs a file next would fail: what compiles, imports and connects.
        if let Err(error) = File::open("/dev/null") {
            return Err(format!("no file can be opened: {error}"));
        }
        let read = self.runtime().audit(None, 0, 1).await;
        read.map(|_| amiss).map_err(|error| error.to_string())
    }
}
