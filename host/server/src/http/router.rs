//! All routes, with what surrounds them.

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::console;

use super::application::Application;
use super::edge::edge;
use super::problem::{Kind, Problem};
use super::{
    activations, audit, backup, calculation_batch, calculations, documents, employee_import,
    employees, erasure, evidence, explanation, impact_events, impact_reports, operations, policy,
    proposals, replays, results, ruleset_versions, rulesets, tenants, tokens,
};

/// The whole API.
///
/// # Errors
/// The description of the API can not be written: a defect.
pub fn router(app: Application) -> Result<Router, serde_json::Error> {
    let (routes, mut openapi) = OpenApiRouter::with_openapi(documents::Description::openapi())
        .merge(calculations::routes())
        .merge(calculation_batch::routes())
        .merge(rulesets::routes())
        .merge(activations::routes())
        .merge(proposals::routes())
        .merge(policy::routes())
        .merge(impact_reports::routes())
        .merge(impact_events::routes())
        .merge(employees::routes())
        .merge(employee_import::routes())
        .merge(erasure::routes())
        .merge(results::routes())
        .merge(replays::routes())
        .merge(explanation::routes())
        .merge(evidence::routes())
        .merge(tenants::routes())
        .merge(tokens::routes())
        .merge(audit::routes())
        .merge(backup::routes())
        .merge(operations::routes())
        .split_for_parts();
    openapi.merge(ruleset_versions::Description::openapi());
    Ok(routes
        .merge(ruleset_versions::routes())
        .merge(documents::routes(&openapi)?)
        .merge(console::routes())
        .fallback(no_route)
        .method_not_allowed_fallback(no_method)
        // Bodies are limited where they are read, each by its own limit.
        .layer(axum::extract::DefaultBodyLimit::disable())
        .layer(from_fn_with_state(app.clone(), edge))
        .with_state(app))
}

async fn no_route() -> Problem {
    Problem::new(Kind::NotFound, "There is nothing under this path; /docs shows what there is.")
}

/// The router has set `Allow`; the edge keeps it.
async fn no_method() -> Response {
    StatusCode::METHOD_NOT_ALLOWED.into_response()
}
