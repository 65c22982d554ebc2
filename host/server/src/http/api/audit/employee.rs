//! By what an employee is found in a log that was exported.

use axum::Json;
use axum::extract::State;
use stele_runtime::{EmployeeDigests, EmployeeId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::edge::application::Application;
use crate::http::edge::credential::{AuditRead, TenantAccess};
use crate::http::edge::problem::{Kind, Problem};
use crate::http::edge::refusal;
use crate::http::edge::segment::IdSegment;

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(digests_of_employee))
}

/// What stands for an employee in entries of the tenant's log.
///
/// Entries name nobody. In their `employees` stands a salted digest for each employee whom they are
/// about; with these two, whoever knows the identifier finds them in an export. Keep them like the
/// identifier. Entries of imports have none, and neither have those of earlier versions: the list finds
/// them with `employee`. When the employee is erased the salt is gone, and nobody finds them any more.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/audit/employees/{id}", tag = "audit",
    operation_id = "audit_digests_of_employee",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("id" = String, Path, description = "The employee."),
    ),
    responses((status = 200, description = "The digests.", body = EmployeeDigests)))]
async fn digests_of_employee(
    State(app): State<Application>,
    access: TenantAccess<AuditRead>,
    IdSegment(id): IdSegment,
) -> Result<Json<EmployeeDigests>, Problem> {
    let absent = || Problem::new(Kind::NotFound, "No entry has a digest of such an employee.");
    let employee = EmployeeId::new(&id).map_err(|_| absent())?;
    let digests = app.runtime().employee_digests(&access.tenant, &employee).await;
    digests.map_err(|error| refusal::of_store(&error))?.map(Json).ok_or_else(absent)
}
