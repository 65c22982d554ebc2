//! How a tenant is organized: its legal entities, its own fields, and whom its slots are for.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Map, Value};
use stele_fields::FromFields;
use stele_runtime::{Organization, OrganizationView, TokenScope};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::edge::application::Application;
use crate::http::edge::body::JsonBody;
use crate::http::edge::credential::{OrganizationRead, PolicyWrite, TenantAccess, demand_also};
use crate::http::edge::cursor::{Parameters, instant};
use crate::http::edge::etag;
use crate::http::edge::problem::Problem;
use crate::http::edge::refusal;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(read_organization, put_organization))
}

/// An organization, which replaces the one before.
#[derive(Debug, FromFields, ToSchema)]
#[schema(as = OrganizationRequest)]
pub(crate) struct OrganizationBody {
    /// The organization.
    #[schema(value_type = Organization)]
    organization: Map<String, Value>,
}

/// As known when.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct KnownQuery {
    /// As known at this time; now where not given.
    #[param(value_type = Option<String>, format = DateTime)]
    known_at: Option<String>,
}

/// Read how a tenant is organized.
///
/// Where nothing was ever written, the revision is 0 and every slot is for everybody. It takes the
/// scope `employees:read`, or `policy:write`, with which it is written.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/organization", tag = "employees",
    operation_id = "read_organization",
    params(("tenant" = String, Path, description = "The tenant."), KnownQuery),
    responses((status = 200, description = "As known.", body = OrganizationView,
        headers(("etag" = String, description = "The revision.")))))]
async fn read_organization(
    State(app): State<Application>,
    access: TenantAccess<OrganizationRead>,
    Parameters(query): Parameters<KnownQuery>,
) -> Result<Response, Problem> {
    let known_at = query.known_at.as_deref().map(|text| instant("known_at", text)).transpose()?;
    Ok(respond(&app.runtime().organization(&access.tenant, known_at)))
}

/// Write how a tenant is organized.
///
/// It says whom each slot is for, and so by which rules people are paid: it takes the scope
/// `policy:write`. People that are known already stay as they are; the next write of each is checked
/// against it, and so is every calculation from now on. `affected` says how many are in other slots
/// than before on some day, and names the first of them if the token has `employees:read`, too;
/// `lacking` says which facts that a version in force requires are not known of how many who come into
/// its slot: they are to be stated, or given with each calculation. An entity by which somebody is or
/// was employed stays, and a field that somebody has keeps a type that takes all that it has.
#[utoipa::path(put, path = "/v1/tenants/{tenant}/organization", tag = "employees",
    operation_id = "put_organization",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("If-Match" = Option<String>, Header, description = "Write only if this is the latest revision."),
    ),
    request_body = OrganizationBody,
    responses((status = 200, description = "It holds from now on.", body = OrganizationView,
        headers(("etag" = String, description = "The revision.")))))]
async fn put_organization(
    State(app): State<Application>,
    access: TenantAccess<PolicyWrite>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<OrganizationBody>,
) -> Result<Response, Problem> {
    let precondition = etag::precondition(&headers)?;
    let content = Value::Object(body.organization);
    // Who may not read employees learns nobody's name by what it would do to them.
    let may_read = demand_also(&access, TokenScope::EmployeesRead).is_ok();
    let mut view = app
        .runtime()
        .put_organization(&access.actor, &access.tenant, precondition, content)
        .await
        .map_err(|error| refusal::of_organization(error, may_read))?;
    if !may_read {
        let affected = view.affected.as_mut().into_iter();
        let lacking = view.lacking.iter_mut().flatten().map(|lacking| &mut lacking.people);
        affected.chain(lacking).for_each(|people| people.first.clear());
    }
    Ok(respond(&view))
}

fn respond(view: &OrganizationView) -> Response {
    ([(header::ETAG, etag::tag(view.revision))], Json(view)).into_response()
}
