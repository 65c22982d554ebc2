//! Tenants, for the operator; and what a token is good for, for whoever holds it.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use stele_fields::FromFields;
use stele_runtime::{TenantId, TenantView};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::edge::application::Application;
use crate::http::edge::body::JsonBodyWithBytes;
use crate::http::edge::credential::{Known, OperatorAccess};
use crate::http::edge::idempotency::{Answer, Head, once};
use crate::http::edge::problem::Problem;
use crate::http::edge::refusal;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(create_tenant, list_tenants)).routes(routes!(credential))
}

/// A tenant to be made.
#[derive(Debug, FromFields, ToSchema)]
#[schema(as = TenantRequest)]
pub(crate) struct TenantBody {
    /// Its identifier in paths: lower-case letters, digits and hyphens.
    id: TenantId,
    /// Its name for people; the identifier where not given.
    #[schema(example = "Acme Trading")]
    name: Option<String>,
}

/// All tenants.
#[derive(Debug, Serialize, ToSchema)]
struct TenantList {
    /// By identifier.
    tenants: Vec<TenantView>,
}

/// What a token is good for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Credential)]
struct CredentialView {
    /// The tenant; none for the operator's.
    tenant: Option<String>,
    /// The person or service behind it.
    subject: String,
    /// Its name.
    name: String,
    /// What it may do.
    scopes: Vec<&'static str>,
}

/// Create a tenant.
#[utoipa::path(post, path = "/v1/tenants", tag = "tenants", operation_id = "create_tenant",
    params(("Idempotency-Key" = Option<String>, Header, description = "Names the request.")),
    request_body = TenantBody,
    responses((status = 201, description = "It was created.", body = TenantView)))]
async fn create_tenant(
    State(app): State<Application>,
    access: OperatorAccess,
    head: Head,
    JsonBodyWithBytes(body, bytes): JsonBodyWithBytes<TenantBody>,
) -> Result<Response, Problem> {
    let attempt = head.attempt(None, &bytes);
    let runtime = app.runtime().clone();
    once(&app, attempt, access.actor, async move |actor| {
        let name = body.name.as_deref().unwrap_or(body.id.as_str());
        let created = runtime.create_tenant(&actor, body.id.clone(), name).await;
        let tenant = created.map_err(refusal::of_change)?;
        Answer::committed(StatusCode::CREATED, &tenant)
    })
    .await
}

/// List the tenants.
#[utoipa::path(get, path = "/v1/tenants", tag = "tenants", operation_id = "list_tenants",
    responses((status = 200, description = "All of them.", body = TenantList)))]
async fn list_tenants(State(app): State<Application>, _: OperatorAccess) -> impl IntoResponse {
    Json(TenantList { tenants: app.runtime().tenants() })
}

/// What the token of this request is good for.
#[utoipa::path(get, path = "/v1/credential", tag = "tenants", operation_id = "read_credential",
    responses((status = 200, description = "Tenant, name and scopes.", body = CredentialView)))]
async fn credential(Known(credential): Known) -> impl IntoResponse {
    Json(CredentialView {
        tenant: credential.tenant.as_ref().map(TenantId::to_string),
        subject: credential.subject.to_string(),
        name: credential.name.clone(),
        scopes: credential.scopes.iter().map(|scope| scope.name()).collect(),
    })
}
