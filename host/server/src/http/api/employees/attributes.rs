//! What can be said of people: every attribute that somebody declares.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use stele_runtime::DeclaredAttribute;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::edge::answer;
use crate::http::edge::application::Application;
use crate::http::edge::credential::{EmployeesRead, TenantAccess};
use crate::http::edge::problem::Problem;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(list_attributes))
}

/// Every attribute that somebody declares.
#[derive(Debug, Serialize, ToSchema)]
struct AttributeList {
    /// The host's, then the tenant's custom fields, then the facts of each version in force.
    attributes: Vec<DeclaredAttribute>,
}

/// List what can be said of people.
///
/// The host declares who a person is and the terms of an employment; the tenant's organization its
/// custom fields; each version that is in force on some day its facts. An attribute after a ruleset's
/// name, such as `de/payroll/state`, is that fact for that ruleset alone.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/attributes", tag = "employees",
    operation_id = "list_attributes",
    params(("tenant" = String, Path, description = "The tenant.")),
    responses((status = 200, description = "All of them.", body = AttributeList)))]
async fn list_attributes(
    State(app): State<Application>,
    access: TenantAccess<EmployeesRead>,
) -> Result<Response, Problem> {
    let attributes = app.runtime().declared_attributes(&access.tenant).await;
    answer::document(&app, &AttributeList { attributes })
}
