//! The audit log: every change, in order, each entry bound to the one before by its hash.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use stele_runtime::{AuditEntry, TenantId};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::application::Application;
use super::credential::{AuditRead, OperatorAccess, TenantAccess};
use super::cursor::{PageQuery, Parameters, seal};
use super::problem::Problem;
use super::refusal;
use super::schemas::AuditEntrySchema;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(audit_of_tenant)).routes(routes!(audit_of_operator))
}

/// A page of a log.
#[derive(Debug, Serialize, ToSchema)]
struct AuditList {
    /// The oldest first.
    #[schema(value_type = Vec<AuditEntrySchema>)]
    entries: Vec<AuditEntry>,
    /// The cursor of the next page; none: this is the last.
    next: Option<String>,
}

/// The audit log of a tenant.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/audit", tag = "tenants", operation_id = "audit_of_tenant",
    params(("tenant" = String, Path, description = "The tenant."), PageQuery),
    responses((status = 200, description = "A page of it.", body = AuditList)))]
async fn audit_of_tenant(
    State(app): State<Application>,
    access: TenantAccess<AuditRead>,
    Parameters(query): Parameters<PageQuery>,
) -> Result<Json<AuditList>, Problem> {
    list(&app, Some(&access.tenant), &query)
}

/// The audit log of what concerns no single tenant.
#[utoipa::path(get, path = "/v1/audit", tag = "tenants", operation_id = "audit_of_operator",
    params(PageQuery),
    responses((status = 200, description = "A page of it.", body = AuditList)))]
async fn audit_of_operator(
    State(app): State<Application>,
    _: OperatorAccess,
    Parameters(query): Parameters<PageQuery>,
) -> Result<Json<AuditList>, Problem> {
    list(&app, None, &query)
}

fn list(
    app: &Application,
    tenant: Option<&TenantId>,
    query: &PageQuery,
) -> Result<Json<AuditList>, Problem> {
    let page = query.page(app)?;
    let from = page.after_number()?.map_or(0, |after| after.saturating_add(1));
    // One more than asked for, to know whether there is a next page.
    let mut entries = app
        .runtime()
        .audit(tenant, from, page.limit.saturating_add(1))
        .map_err(|error| refusal::of_store(&error))?;
    let more = entries.len() > page.limit;
    entries.truncate(page.limit);
    let next = entries.last().filter(|_| more).map(|last| seal(&last.sequence.to_string()));
    Ok(Json(AuditList { entries, next }))
}
