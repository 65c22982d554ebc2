//! What was known of an employee and when.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;
use stele_runtime::{EmployeeId, HistoryRevision};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::record::absent;
use crate::http::edge::answer;
use crate::http::edge::application::Application;
use crate::http::edge::credential::{EmployeesRead, TenantAccess};
use crate::http::edge::cursor::{PageQuery, Parameters, refused, seal};
use crate::http::edge::problem::Problem;
use crate::http::edge::refusal;
use crate::http::edge::segment::IdSegment;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(read_employee_history))
}

/// A page of a history.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EmployeeHistory)]
struct HistoryView {
    /// The employee.
    employee: EmployeeId,
    /// Its revisions, the latest first.
    revisions: Vec<HistoryRevision>,
    /// The cursor of the next page; none: this is the last.
    next: Option<String>,
}

/// The history of an employee, by both clocks.
///
/// Each revision says when it was recorded, by whom and by which entry of the audit log, and which
/// values it changed for which dates. Deleted employees have one, too; of erased revisions only
/// who wrote them and when.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/employees/{id}/history", tag = "employees",
    operation_id = "read_employee_history",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("id" = String, Path, description = "The employee."),
        PageQuery,
    ),
    responses((status = 200, description = "A page of it, the latest first.", body = HistoryView)))]
async fn read_employee_history(
    State(app): State<Application>,
    access: TenantAccess<EmployeesRead>,
    IdSegment(id): IdSegment,
    Parameters(query): Parameters<PageQuery>,
) -> Result<Response, Problem> {
    let page = query.page(&app)?;
    let until = match &page.after {
        None => None,
        Some(after) => {
            let until = after.parse::<Timestamp>();
            Some(until.map_err(|_| refused("cursor", "the `next` of a page", after))?)
        }
    };
    let employee = EmployeeId::new(&id).map_err(|_| absent(&id))?;
    let history = app
        .runtime()
        .employee_history(&access.tenant, &employee, until, page.limit)
        .await
        .map_err(|error| refusal::of_store(&error))?
        .ok_or_else(|| absent(&id))?;
    let next = history.next.map(|until| seal(&until.to_string()));
    answer::document(&app, &HistoryView { employee, revisions: history.revisions, next })
}
