//! What a tenant demands before something happens; the operator's own for what is published for
//! everyone.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};
use stele_fields::FromFields;
use stele_runtime::{Actor, Policy, PolicyView, TenantId};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::edge::application::Application;
use crate::http::edge::body::JsonBody;
use crate::http::edge::credential::{OperatorAccess, PolicyRead, PolicyWrite, TenantAccess};
use crate::http::edge::etag;
use crate::http::edge::problem::Problem;
use crate::http::edge::refusal;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new()
        .routes(routes!(read_policy, put_policy))
        .routes(routes!(read_operator_policy, put_operator_policy))
}

/// A policy, which replaces the one before.
#[derive(Debug, FromFields, ToSchema)]
#[schema(as = PolicyRequest)]
pub(crate) struct PolicyBody {
    /// The policy.
    #[schema(value_type = Policy)]
    policy: Map<String, Value>,
}

/// Read a tenant's policy.
///
/// Where none was ever written, the revision is 0 and one other person agrees to every activation.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/policy", tag = "activations",
    operation_id = "read_policy",
    params(("tenant" = String, Path, description = "The tenant.")),
    responses((status = 200, description = "What is demanded.", body = PolicyView,
        headers(("etag" = String, description = "The revision.")))))]
async fn read_policy(
    State(app): State<Application>,
    access: TenantAccess<PolicyRead>,
) -> Result<Response, Problem> {
    read(&app, Some(&access.tenant)).await
}

/// Write a tenant's policy.
#[utoipa::path(put, path = "/v1/tenants/{tenant}/policy", tag = "activations",
    operation_id = "put_policy",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("If-Match" = Option<String>, Header, description = "Write only if this is the latest revision."),
    ),
    request_body = PolicyBody,
    responses((status = 200, description = "It holds from now on.", body = PolicyView,
        headers(("etag" = String, description = "The revision.")))))]
async fn put_policy(
    State(app): State<Application>,
    access: TenantAccess<PolicyWrite>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<PolicyBody>,
) -> Result<Response, Problem> {
    write(&app, &access.actor, Some(&access.tenant), &headers, body).await
}

/// Read the policy for what is published for everyone.
#[utoipa::path(get, path = "/v1/policy", tag = "activations", operation_id = "read_operator_policy",
    responses((status = 200, description = "What is demanded.", body = PolicyView,
        headers(("etag" = String, description = "The revision.")))))]
async fn read_operator_policy(
    State(app): State<Application>,
    _: OperatorAccess,
) -> Result<Response, Problem> {
    read(&app, None).await
}

/// Write the policy for what is published for everyone.
#[utoipa::path(put, path = "/v1/policy", tag = "activations", operation_id = "put_operator_policy",
    params(("If-Match" = Option<String>, Header, description = "Write only if this is the latest revision.")),
    request_body = PolicyBody,
    responses((status = 200, description = "It holds from now on.", body = PolicyView,
        headers(("etag" = String, description = "The revision.")))))]
async fn put_operator_policy(
    State(app): State<Application>,
    access: OperatorAccess,
    headers: HeaderMap,
    JsonBody(body): JsonBody<PolicyBody>,
) -> Result<Response, Problem> {
    write(&app, &access.actor, None, &headers, body).await
}

async fn read(app: &Application, holder: Option<&TenantId>) -> Result<Response, Problem> {
    let view = app.runtime().policy(holder).await.map_err(|error| refusal::of_store(&error))?;
    Ok(respond(&view))
}

async fn write(
    app: &Application,
    actor: &Actor,
    holder: Option<&TenantId>,
    headers: &HeaderMap,
    body: PolicyBody,
) -> Result<Response, Problem> {
    let precondition = etag::precondition(headers)?;
    let view = app
        .runtime()
        .put_policy(actor, holder, precondition, Value::Object(body.policy))
        .await
        .map_err(refusal::of_policy)?;
    Ok(respond(&view))
}

fn respond(view: &PolicyView) -> Response {
    ([(header::ETAG, etag::tag(view.revision))], Json(view)).into_response()
}
