//! What the operator asks: is it alive, is it ready, how does it fare.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use metrics::{counter, gauge};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::edge::application::Application;
use crate::http::edge::problem::{Document, Kind, Problem};

/// What an operator asks must be answered especially when the server is full.
pub(crate) const ALWAYS: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(alive)).routes(routes!(ready)).routes(routes!(metrics))
}

/// That a server is there.
#[derive(Debug, Serialize, ToSchema)]
struct Health {
    /// `alive` or `ready`.
    status: &'static str,
    /// The server's version.
    version: &'static str,
    /// What is amiss although requests should be sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
}

/// Whether the process answers at all. Restart it if it does not.
#[utoipa::path(get, path = "/healthz", tag = "operation", operation_id = "healthz", security(()),
    responses((status = 200, description = "It answers.", body = Health)))]
async fn alive() -> impl IntoResponse {
    axum::Json(Health { status: "alive", version: env!("CARGO_PKG_VERSION"), detail: None })
}

/// Whether requests should be sent here: the engine runs and the store takes changes.
#[utoipa::path(get, path = "/readyz", tag = "operation", operation_id = "readyz", security(()),
    responses(
        (status = 200, description = "Send requests.", body = Health),
        (status = 503, description = "Do not; the detail says why.", body = Document, content_type = "application/problem+json"),
    ))]
async fn ready(State(app): State<Application>) -> Result<impl IntoResponse, Problem> {
    match app.ready().await {
        Ok(detail) => {
            let version = env!("CARGO_PKG_VERSION");
            Ok(axum::Json(Health { status: "ready", version, detail }))
        }
        Err(error) => Err(Problem::new(Kind::Saturated, format!("Not ready: {error}."))),
    }
}

/// Counters, gauges and histograms in the text format of Prometheus.
#[utoipa::path(get, path = "/metrics", tag = "operation", operation_id = "metrics", security(()),
    responses((status = 200, description = "The metrics.", body = String, content_type = "text/plain")))]
async fn metrics(State(app): State<Application>) -> impl IntoResponse {
    snapshot(&app).await;
    app.prometheus().run_upkeep();
    (
        [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        app.prometheus().render(),
    )
}

/// Takes over the engine's and the store's own counters.
async fn snapshot(app: &Application) {
    let statistics = app.runtime().statistics();
    let engine = statistics.engine;
    counter!("stele_engine_evaluations_total").absolute(engine.evaluations);
    counter!("stele_engine_fuel_total").absolute(engine.fuel);
    for (cause, count) in engine.failures {
        counter!("stele_engine_failures_total", "cause" => cause).absolute(count);
    }
    for (cause, count) in engine.traps {
        counter!("stele_engine_traps_total", "cause" => cause.to_string()).absolute(count);
    }
    counter!("stele_engine_instances_created_total").absolute(engine.instances_created);
    counter!("stele_engine_instances_dropped_total").absolute(engine.instances_dropped);
    counter!("stele_engine_evictions_total").absolute(engine.evictions);
    counter!("stele_engine_leases_total", "evaluator" => "warm").absolute(engine.warm_leases);
    counter!("stele_engine_leases_total", "evaluator" => "cold").absolute(engine.cold_leases);
    counter!("stele_engine_cut_short_total").absolute(engine.cut_short);
    counter!("stele_engine_compilations_total").absolute(engine.compilations);
    gauge!("stele_engine_compilation_seconds").set(engine.compilation_time.as_secs_f64());
    counter!("stele_engine_cache_total", "found" => "yes").absolute(engine.cache_hits);
    counter!("stele_engine_cache_total", "found" => "no").absolute(engine.cache_misses);
    counter!("stele_engine_cache_damaged_total").absolute(engine.cache_damaged);
    gauge!("stele_engine_compiling").set(count(engine.compiling));
    gauge!("stele_engine_waiting_to_compile").set(count(engine.waiting_to_compile));
    gauge!("stele_engine_pool_size").set(count(engine.pool_size));
    gauge!("stele_engine_pool_leased").set(count(engine.leased));
    gauge!("stele_engine_pool_idle").set(count(engine.idle));
    gauge!("stele_engine_pool_waiting").set(count(engine.waiting));

    app.rooms().measure();

    let compute = statistics.compute;
    gauge!("stele_compute_threads").set(count(compute.threads));
    gauge!("stele_compute_holders").set(count(compute.holders));
    gauge!("stele_compute_jobs", "state" => "queued").set(count(compute.queued));
    gauge!("stele_compute_jobs", "state" => "begun").set(count(compute.begun));
    gauge!("stele_compute_jobs", "state" => "running").set(count(compute.running));
    counter!("stele_compute_slices_total").absolute(compute.slices);
    gauge!("stele_compute_busy_seconds").set(compute.busy.as_secs_f64());
    gauge!("stele_compute_longest_slice_seconds").set(compute.longest_slice.as_secs_f64());
    counter!("stele_compute_jobs_total", "end" => "finished").absolute(compute.finished);
    counter!("stele_compute_jobs_total", "end" => "dropped").absolute(compute.dropped);
    counter!("stele_compute_jobs_total", "end" => "panicked").absolute(compute.panicked);
    let refused = "stele_compute_refused_total";
    counter!(refused, "room" => "holder").absolute(compute.refused_for_holder);
    counter!(refused, "room" => "all").absolute(compute.refused_for_all);

    let store = statistics.store;
    counter!("stele_store_commits_total").absolute(store.commits);
    counter!("stele_store_refused_total").absolute(store.refused);
    counter!("stele_store_flushes_total").absolute(store.flushes);
    let is_read_only = app.runtime().read_only().await.is_some();
    gauge!("stele_store_read_only").set(if is_read_only { 1.0 } else { 0.0 });
}

/// A gauge is a float; counts of instances are far below where that loses anything.
fn count(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}
