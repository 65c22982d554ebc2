//! The erasure of an employee.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use stele_runtime::{EmployeeId, Erasure};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::edge::application::Application;
use crate::http::edge::credential::{EmployeesErase, EmployeesRead, TenantAccess};
use crate::http::edge::idempotency::{Answer, Head, once};
use crate::http::edge::problem::{Kind, Problem};
use crate::http::edge::refusal;
use crate::http::edge::segment::IdSegment;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(erase_employee, read_erasure))
}

/// Erase what is known of an employee.
///
/// Attributes and recorded results whose retention, by the tenant's policy, has ended go now, for
/// ever; the others go by themselves when it has, and the answer says when. The audit log keeps
/// salted digests whose salts are erased. Erased results can no longer be read, explained or run
/// again, and impact reports no longer name the employee; nor can an answer be had again that was
/// given for an `Idempotency-Key`. Not erased: backups; the employee's identifier in entries of the audit
/// log that were written by versions that had no digests of employees.
/// Old parts of the database's files are rid of it when the server is stopped. What is recorded of
/// the employee later is not part of it.
#[utoipa::path(post, path = "/v1/tenants/{tenant}/employees/{id}/erasure", tag = "employees",
    operation_id = "erase_employee",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("id" = String, Path, description = "The employee."),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request."),
    ),
    responses((status = 200, description = "What is erased, and what is kept until when.", body = Erasure)))]
async fn erase_employee(
    State(app): State<Application>,
    access: TenantAccess<EmployeesErase>,
    IdSegment(id): IdSegment,
    head: Head,
) -> Result<Response, Problem> {
    let tenant = access.tenant.clone();
    let employee = EmployeeId::new(&id).map_err(|_| absent())?;
    let attempt = head.attempt(Some(&access.tenant), &[]);
    let runtime = app.runtime().clone();
    once(&app, attempt, access.actor, async move |actor| {
        let erasure = runtime.erase_employee(&actor, &tenant, &employee).await;
        Answer::committed(StatusCode::OK, &erasure.map_err(refusal::of_erasure)?)
    })
    .await
}

/// How far an erasure has come.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/employees/{id}/erasure", tag = "employees",
    operation_id = "read_erasure",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("id" = String, Path, description = "The employee."),
    ),
    responses((status = 200, description = "What is erased, and what is kept until when.", body = Erasure)))]
async fn read_erasure(
    State(app): State<Application>,
    access: TenantAccess<EmployeesRead>,
    IdSegment(id): IdSegment,
) -> Result<Json<Erasure>, Problem> {
    let employee = EmployeeId::new(&id).map_err(|_| absent())?;
    let erasure = app.runtime().erasure(&access.tenant, &employee).await;
    erasure.map_err(refusal::of_erasure)?.map(Json).ok_or_else(absent)
}

fn absent() -> Problem {
    Problem::new(Kind::NotFound, "No erasure of such an employee was asked for.")
}
