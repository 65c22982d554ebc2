//! All routes, with what surrounds them.

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use super::api::{
    activations, audit, backup, calculations, documents, employees, impact, operations,
    organization, policy, proposals, results, rulesets, tenants, tokens,
};
use super::console;
use super::edge::application::Application;
use super::edge::layer::{Edge, layer};
use super::edge::problem::Problem;
use super::edge::problem_kind::Kind;

/// The whole API.
///
/// # Errors
/// The description of the API can not be written: a defect.
pub fn router(app: Application) -> Result<Router, serde_json::Error> {
    let (routes, mut openapi) = OpenApiRouter::with_openapi(documents::Description::openapi())
        .merge(calculations::routes())
        .merge(rulesets::routes())
        .merge(activations::routes())
        .merge(proposals::routes())
        .merge(organization::routes())
        .merge(policy::routes())
        .merge(impact::routes())
        .merge(employees::routes())
        .merge(results::routes())
        .merge(tenants::routes())
        .merge(tokens::routes())
        .merge(audit::routes())
        .merge(backup::routes())
        .merge(operations::routes())
        .split_for_parts();
    openapi.merge(rulesets::versions::Description::openapi());
    Ok(routes
        .merge(rulesets::versions::routes())
        .merge(documents::routes(&openapi)?)
        .merge(console::routes())
        .fallback(no_route)
        .method_not_allowed_fallback(no_method)
        // Bodies are limited where they are read, each by its own limit.
        .layer(axum::extract::DefaultBodyLimit::disable())
        .layer(from_fn_with_state(Edge { app: app.clone(), always: &operations::ALWAYS }, layer))
        .with_state(app))
}

async fn no_route() -> Problem {
    Problem::new(Kind::NotFound, "There is nothing under this path; /docs shows what there is.")
}

/// The router has set `Allow`; the edge keeps it.
async fn no_method() -> Response {
    StatusCode::METHOD_NOT_ALLOWED.into_response()
}
