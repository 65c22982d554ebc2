//! A whole log, streamed while it is read.

use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures::TryStreamExt as _;
use stele_runtime::{Actor, TenantId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::edge::application::Application;
use crate::http::edge::credential::{AuditRead, OperatorAccess, TenantAccess};
use crate::http::edge::problem::Problem;
use crate::http::edge::refusal;

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(export_of_tenant)).routes(routes!(export_of_operator))
}

/// A tenant's log as a file: a line that says what it is, then each entry exactly as it was hashed.
/// That it was exported is the last entry in it. `stele audit verify` checks it against a
/// checkpoint.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/audit/export", tag = "audit", operation_id = "audit_export_of_tenant",
    params(("tenant" = String, Path, description = "The tenant.")),
    responses((status = 200, description = "The lines. An export that breaks off is found to be truncated.", body = String, content_type = "application/x-ndjson")))]
async fn export_of_tenant(
    State(app): State<Application>,
    access: TenantAccess<AuditRead>,
) -> Result<Response, Problem> {
    export(app, access.actor, Some(access.tenant)).await
}

/// The operator's log as a file.
#[utoipa::path(get, path = "/v1/audit/export", tag = "audit", operation_id = "audit_export_of_operator",
    responses((status = 200, description = "The lines. An export that breaks off is found to be truncated.", body = String, content_type = "application/x-ndjson")))]
async fn export_of_operator(
    State(app): State<Application>,
    access: OperatorAccess,
) -> Result<Response, Problem> {
    export(app, access.actor, None).await
}

async fn export(
    app: Application,
    actor: Actor,
    tenant: Option<TenantId>,
) -> Result<Response, Problem> {
    let runtime = app.runtime().clone();
    let export = runtime
        .begin_audit_export(&actor, tenant.as_ref())
        .await
        .map_err(|error| refusal::of_store(&error))?;
    let lines = runtime.audit_export(export).map_err(|error| {
        tracing::error!(%error, "an export of an audit log broke off");
        std::io::Error::other(error)
    });
    let body = Body::from_stream(lines);
    let headers = [
        (header::CONTENT_TYPE, "application/x-ndjson"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.ndjson\""),
    ];
    Ok((headers, body).into_response())
}
