//! A log in pages, filtered.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use stele_fields::FromField;
use stele_ruleset::date_from_text;
use stele_runtime::{AuditEntry, AuditFilter, EmployeeId, Slot, TenantId};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::edge::application::Application;
use crate::http::edge::credential::{AuditRead, OperatorAccess, TenantAccess};
use crate::http::edge::cursor::{PageQuery, Parameters, instant, read, refused, seal};
use crate::http::edge::encoding::Encoding;
use crate::http::edge::problem::Problem;
use crate::http::edge::refusal;

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(audit_of_tenant)).routes(routes!(audit_of_operator))
}

/// Which entries.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct AuditQuery {
    /// Recorded at or after this time, such as 2026-04-05T00:00:00Z.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<String>,
    /// Recorded before this time.
    #[param(value_type = Option<String>, format = DateTime)]
    to: Option<String>,
    /// Who did it: the identifier of the person or service, or the whole name.
    actor: Option<String>,
    /// A part of what it was done to, such as a ruleset.
    subject: Option<String>,
    /// The beginning of what was done, such as `employee.`
    action: Option<String>,
    /// Concerning this employee: revisions, imported ones too, results, and what was done with these.
    /// Who knows the identifier finds them for as long as the employee is not erased.
    employee: Option<String>,
    /// Concerning this slot: results, proposals, activations.
    slot: Option<String>,
    /// Concerning results that were calculated for this date, such as 2026-01-31.
    #[param(value_type = Option<String>, format = Date)]
    date: Option<String>,
    /// Most entries of the page; 100 where not given, at most 1000.
    limit: Option<usize>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// A page of a log.
#[derive(Debug, Serialize, ToSchema)]
struct AuditList {
    /// The oldest first. A page may have fewer than asked for and still a next one, where a filter
    /// lets few entries pass.
    entries: Vec<AuditEntry>,
    /// The cursor of the next page; none: this is the last.
    next: Option<String>,
    /// Where the log is damaged: the first entry that can not be believed. Pages end before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    damaged_from: Option<u64>,
}

/// The audit log of a tenant.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/audit", tag = "audit", operation_id = "audit_of_tenant",
    params(("tenant" = String, Path, description = "The tenant."), AuditQuery),
    responses((status = 200, description = "A page of it.", body = AuditList)))]
async fn audit_of_tenant(
    State(app): State<Application>,
    access: TenantAccess<AuditRead>,
    encoding: Encoding,
    Parameters(query): Parameters<AuditQuery>,
) -> Result<Response, Problem> {
    Ok(encoding.encode(list(app, Some(access.tenant), query).await?.into_response()))
}

/// The audit log of what concerns no single tenant.
#[utoipa::path(get, path = "/v1/audit", tag = "audit", operation_id = "audit_of_operator",
    params(AuditQuery),
    responses((status = 200, description = "A page of it.", body = AuditList)))]
async fn audit_of_operator(
    State(app): State<Application>,
    _: OperatorAccess,
    encoding: Encoding,
    Parameters(query): Parameters<AuditQuery>,
) -> Result<Response, Problem> {
    Ok(encoding.encode(list(app, None, query).await?.into_response()))
}

async fn list(
    app: Application,
    tenant: Option<TenantId>,
    query: AuditQuery,
) -> Result<Json<AuditList>, Problem> {
    let AuditQuery { from, to, actor, subject, action, employee, slot, date, limit, cursor } =
        query;
    for (name, given) in [("employee", &employee), ("slot", &slot), ("date", &date)] {
        if let (None, Some(given)) = (&tenant, given) {
            return Err(refused(name, "nothing: the log is no tenant's", &format!("{given:?}")));
        }
    }
    let page = PageQuery { limit, cursor }.page(&app)?;
    // The cursor is the place after which the page begins; the runtime's, where it begins.
    let first = page.after_number()?.map_or(0, |after| after.saturating_add(1));
    let filter = AuditFilter {
        from: time("from", from.as_deref())?,
        to: time("to", to.as_deref())?,
        actor,
        subject,
        action,
        employee: read("employee", employee, "the identifier of an employee", |text| {
            EmployeeId::new(text).ok()
        })?,
        slot: read("slot", slot, "a slot", |text| Slot::new(text).ok())?,
        date: read("date", date, &Date::expected(), date_from_text)?,
    };
    let reading = app.runtime().audit_page(tenant.as_ref(), &filter, first, page.limit);
    let page = reading.await.map_err(|error| refusal::of_store(&error))?;
    let next = page.next.map(|next| seal(&next.saturating_sub(1).to_string()));
    Ok(Json(AuditList { entries: page.entries, next, damaged_from: page.damaged_from }))
}

fn time(name: &str, text: Option<&str>) -> Result<Option<Timestamp>, Problem> {
    text.map(|text| instant(name, text)).transpose()
}
