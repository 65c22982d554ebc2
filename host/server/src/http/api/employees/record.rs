//! Employees: attributes with the dates from which they hold. Every write is a new revision.

use axum::Json;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::put;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use stele_fields::FromFields;
use stele_runtime::{
    Attributes, DatedValue, Employee, EmployeeDraft, EmployeeId, EmploymentTerms, Employments,
    ShadowedValue, UnreadValue,
};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::edge::answer;
use crate::http::edge::application::Application;
use crate::http::edge::body::JsonBody;
use crate::http::edge::credential::{EmployeesRead, EmployeesWrite, TenantAccess};
use crate::http::edge::cursor::{PageQuery, Parameters, instant, refused, seal};
use crate::http::edge::etag;
use crate::http::edge::problem::{FieldError, Kind, Problem};
use crate::http::edge::refusal;
use crate::http::edge::segment::LastSegment;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new()
        .routes(routes!(list_employees))
        .routes(routes!(read_employee, put_employee, delete_employee))
        .route(EXPORT, put(put_named_as_file))
        .route(IMPORT, put(put_named_as_file))
}

/// Paths of files of all employees, where nobody can be written.
const EXPORT: &str = "/v1/tenants/{tenant}/employees/export";
const IMPORT: &str = "/v1/tenants/{tenant}/employees/import";

/// All that is to be known of an employee; replaces what was known before.
#[derive(Debug, FromFields, ToSchema)]
#[schema(as = EmployeeRequest)]
pub(crate) struct EmployeeBody {
    /// Attributes by name, each with its values and the dates from which they hold.
    #[schema(value_type = std::collections::BTreeMap<String, Vec<DatedValue>>,
        example = json!({ "gross": [{ "from": "2026-01-01", "value": "30000" }] }))]
    attributes: Attributes,
    /// The employments by name, each with what is true of it alone; none where they need not be
    /// told apart. What is said of an employment goes before what is said of the person.
    #[fields(default)]
    #[schema(value_type = Option<std::collections::BTreeMap<String, EmploymentTerms>>)]
    employments: Employments,
}

/// An employee as known at some time.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Employee)]
struct EmployeeView {
    /// Its identifier.
    id: EmployeeId,
    /// The revision; also the entity tag.
    revision: u64,
    /// When it was recorded.
    recorded_at: Timestamp,
    /// Attributes by name.
    #[schema(value_type = std::collections::BTreeMap<String, Vec<DatedValue>>)]
    attributes: Attributes,
    /// The employments by name; absent where they are not told apart.
    #[serde(skip_serializing_if = "Employments::is_empty")]
    #[schema(value_type = Option<std::collections::BTreeMap<String, EmploymentTerms>>)]
    employments: Employments,
    /// After a write: attributes that no version in force reads of those whose they are. They are
    /// kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    unused: Option<Vec<String>>,
    /// After a write: what it states anew and not every employment reads, because something closer is
    /// said of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    shadowed: Option<Vec<ShadowedValue>>,
    /// After a write: what it states anew and no calculation reads, because the employment does not run
    /// on its days or no version is in force on them.
    #[serde(skip_serializing_if = "Option::is_none")]
    unread: Option<Vec<UnreadValue>>,
}

impl From<Employee> for EmployeeView {
    fn from(employee: Employee) -> EmployeeView {
        let Employee { id, revision, recorded_at, attributes, employments } = employee;
        EmployeeView {
            id,
            revision,
            recorded_at,
            attributes,
            employments,
            unused: None,
            shadowed: None,
            unread: None,
        }
    }
}

/// A page of employees.
#[derive(Debug, Serialize, ToSchema)]
struct EmployeeList {
    /// By identifier.
    employees: Vec<EmployeeView>,
    /// The cursor of the next page; none: this is the last.
    next: Option<String>,
}

/// As known when.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct KnownQuery {
    /// As known at this time; now where not given.
    #[param(value_type = Option<String>, format = DateTime)]
    pub(super) known_at: Option<String>,
}

/// Which employees.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct EmployeeQuery {
    /// Most elements of the page; 100 where not given, at most 1000.
    limit: Option<usize>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// As known at this time; now where not given.
    #[param(value_type = Option<String>, format = DateTime)]
    known_at: Option<String>,
}

/// List employees.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/employees", tag = "employees",
    operation_id = "list_employees",
    params(("tenant" = String, Path, description = "The tenant."), EmployeeQuery),
    responses((status = 200, description = "A page of them, by identifier.", body = EmployeeList)))]
async fn list_employees(
    State(app): State<Application>,
    access: TenantAccess<EmployeesRead>,
    Parameters(query): Parameters<EmployeeQuery>,
) -> Result<Response, Problem> {
    let page = PageQuery { limit: query.limit, cursor: query.cursor }.page(&app)?;
    let after = match &page.after {
        None => None,
        Some(after) => Some(
            EmployeeId::new(after).map_err(|_| refused("cursor", "the `next` of a page", after))?,
        ),
    };
    let known_at = time(query.known_at.as_deref())?;
    let page = app
        .runtime()
        .employees(&access.tenant, after.as_ref(), page.limit, known_at)
        .await
        .map_err(|error| refusal::of_store(&error))?;
    let list = EmployeeList {
        employees: page.employees.into_iter().map(EmployeeView::from).collect(),
        next: page.next.map(|id| seal(id.as_str())),
    };
    answer::document(&app, &list)
}

/// Read an employee.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/employees/{id}", tag = "employees",
    operation_id = "read_employee",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("id" = String, Path, description = "The employee."),
        ("If-None-Match" = Option<String>, Header, description = "The ETag that is there already."),
        KnownQuery,
    ),
    responses(
        (status = 200, description = "As known.", body = EmployeeView, headers(("etag" = String, description = "The revision."))),
        (status = 304, description = "Still the revision of If-None-Match."),
    ))]
async fn read_employee(
    State(app): State<Application>,
    access: TenantAccess<EmployeesRead>,
    LastSegment(id): LastSegment,
    Parameters(query): Parameters<KnownQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let known_at = time(query.known_at.as_deref())?;
    let id = EmployeeId::new(&id).map_err(|_| absent(&id))?;
    let employee = app
        .runtime()
        .employee(&access.tenant, &id, known_at)
        .await
        .map_err(|error| refusal::of_store(&error))?
        .ok_or_else(|| absent(id.as_str()))?;
    let tag = [(header::ETAG, etag::tag(employee.revision))];
    if etag::is_unchanged(&headers, employee.revision) {
        return Ok((StatusCode::NOT_MODIFIED, tag).into_response());
    }
    Ok((tag, answer::document(&app, &EmployeeView::from(employee))?).into_response())
}

/// Write an employee: a new revision with everything that is to be known.
///
/// What a ruleset in force requires is not taken away: `errors` names fact, ruleset and version. An
/// employment that moves to another slot, or comes back from its end, has what is required there, what
/// it had in another unit is stated anew, and no amount is read for two at once. A new one has a
/// `legal_entity` or a `country` of its own, or, where the others have neither, the `status` `active`;
/// it begins with `active`, and ends with `ended`, once, and not with null. One that runs is not left
/// out. What no calculation would read, because something closer is known, is refused with the name that
/// is read.
/// Nobody new is called `export` or `import`, which name files of all employees.
#[utoipa::path(put, path = "/v1/tenants/{tenant}/employees/{id}", tag = "employees",
    operation_id = "put_employee",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("id" = String, Path, description = "The employee."),
        ("If-Match" = Option<String>, Header, description = "Write only if this is the latest revision, or with * if there is one."),
        ("If-None-Match" = Option<String>, Header, description = "With *: write only if there is none."),
    ),
    request_body = EmployeeBody,
    responses(
        (status = 200, description = "A new revision of a known employee.", body = EmployeeView, headers(("etag" = String, description = "The revision."))),
        (status = 201, description = "A new employee.", body = EmployeeView, headers(("etag" = String, description = "The revision."))),
    ))]
async fn put_employee(
    State(app): State<Application>,
    access: TenantAccess<EmployeesWrite>,
    LastSegment(id): LastSegment,
    headers: HeaderMap,
    JsonBody(body): JsonBody<EmployeeBody>,
) -> Result<Response, Problem> {
    write(app, access, &id, &headers, body).await
}

/// An employee is written where a file of all employees is read or imported: nobody new has that
/// name.
async fn put_named_as_file(
    State(app): State<Application>,
    access: TenantAccess<EmployeesWrite>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    JsonBody(body): JsonBody<EmployeeBody>,
) -> Result<Response, Problem> {
    let name = uri.path().rsplit('/').next().unwrap_or_default();
    write(app, access, name, &headers, body).await
}

async fn write(
    app: Application,
    access: TenantAccess<EmployeesWrite>,
    id: &str,
    headers: &HeaderMap,
    body: EmployeeBody,
) -> Result<Response, Problem> {
    let precondition = etag::precondition(headers)?;
    let id = EmployeeId::new(id).map_err(|error| {
        let error = FieldError::new("", error.expected, &format!("\"{id}\""));
        let detail = format!("The identifier in the path: {}.", error.message);
        Problem::new(Kind::InvalidBody, detail).with_errors(vec![error])
    })?;
    let EmployeeBody { attributes, employments } = body;
    let draft = EmployeeDraft { attributes, employments };
    let written = app
        .runtime()
        .put_employee(&access.actor, &access.tenant, &id, draft, precondition)
        .await
        .map_err(refusal::of_employee)?;
    let status = if written.created { StatusCode::CREATED } else { StatusCode::OK };
    let tag: [(_, HeaderValue); 1] = [(header::ETAG, etag::tag(written.employee.revision))];
    let view = EmployeeView {
        unused: Some(written.unused),
        shadowed: Some(written.shadowed),
        unread: Some(written.unread),
        ..written.employee.into()
    };
    Ok((status, tag, Json(view)).into_response())
}

/// Delete an employee. Calculations as known before still find it.
#[utoipa::path(delete, path = "/v1/tenants/{tenant}/employees/{id}", tag = "employees",
    operation_id = "delete_employee",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("id" = String, Path, description = "The employee."),
        ("If-Match" = Option<String>, Header, description = "Delete only if this is the latest revision."),
    ),
    responses((status = 204, description = "It is not known any more.")))]
async fn delete_employee(
    State(app): State<Application>,
    access: TenantAccess<EmployeesWrite>,
    LastSegment(id): LastSegment,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    let precondition = etag::precondition(&headers)?;
    let id = EmployeeId::new(&id).map_err(|_| absent(&id))?;
    app.runtime()
        .delete_employee(&access.actor, &access.tenant, &id, precondition)
        .await
        .map_err(refusal::of_employee)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Nobody of that name is known.
pub(super) fn absent(id: &str) -> Problem {
    let id: String = id.chars().take(128).collect();
    Problem::new(Kind::NotFound, format!("There is no employee {id} as known at that time."))
}

/// The time of a query.
pub(super) fn time(text: Option<&str>) -> Result<Option<Timestamp>, Problem> {
    text.map(|text| instant("known_at", text)).transpose()
}
