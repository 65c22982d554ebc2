//! An employee changed in part.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::Value;
use stele_runtime::{EmployeeId, EmployeePatch, EmployeePatched, TokenScope};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::record::absent;
use crate::http::edge::application::Application;
use crate::http::edge::arriving::Arriving;
use crate::http::edge::body::{collect, expect_media_type, parse};
use crate::http::edge::credential::{EmployeesWrite, TenantAccess, demand_also};
use crate::http::edge::etag;
use crate::http::edge::idempotency::{Answer, Head, once};
use crate::http::edge::media_type::MERGE_PATCH;
use crate::http::edge::problem::Problem;
use crate::http::edge::refusal;
use crate::http::edge::segment::LastSegment;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(patch_employee))
}

/// What is to be changed; what is not named stays.
#[derive(ToSchema)]
#[schema(as = EmployeePatch)]
#[allow(dead_code, reason = "it describes what the runtime reads")]
struct PatchBody {
    /// By attribute: an object of values by date, of which one that is null takes back what was
    /// stated for its date; or a list of dated values, which takes the place of all; or null, which
    /// takes back all.
    #[schema(value_type = Option<BTreeMap<String, Object>>,
        example = json!({ "gross": { "2026-04-01": "32000" }, "bonus": { "2026-01-01": null } }))]
    attributes: Value,
    /// By employment: an object with such `attributes`, or null, which takes the employment back.
    #[schema(value_type = Option<BTreeMap<String, Object>>)]
    employments: Value,
}

/// Change an employee in part: a JSON merge patch (RFC 7396).
///
/// It is applied to the employee with the values of each attribute as an object by date, so that a
/// member names one dated value and leaves the others: `{"attributes": {"gross": {"2026-04-01":
/// "32000"}}}`, so too within `employments`. A member that is null takes back what was stated for its date, or all of an
/// attribute. A list of dated values, as an employee is read, takes the place of all values of the
/// attribute: so a value that is null, from whose date on there is none, is written in a list. What
/// a ruleset in force requires is not taken away: `errors` names fact, ruleset and version. An
/// employment that moves to another slot, or comes back from its end, brings what is required there.
/// What it had in another unit it states anew, and a second one has amounts of its own. A new one
/// begins with a `legal_entity` or a `country` of its own, or, where the others have neither, with the
/// `status` `active`; it ends with `ended`, not with null. What no calculation would read, because
/// something closer is known, is refused with the name that is read; what only some employments read,
/// of that and of what was stated for later, is in `shadowed`. The answer
/// shows all that is known, so it takes the scope `employees:read`, too.
#[utoipa::path(patch, path = "/v1/tenants/{tenant}/employees/{id}", tag = "employees",
    operation_id = "patch_employee",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("id" = String, Path, description = "The employee."),
        ("If-Match" = Option<String>, Header, description = "Change it only if this is the latest revision."),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request."),
    ),
    request_body(content = PatchBody, content_type = "application/merge-patch+json"),
    responses(
        (status = 200, description = "As it is known now.", body = EmployeePatched, headers(("etag" = String, description = "The revision."))),
    ))]
async fn patch_employee(
    State(app): State<Application>,
    access: TenantAccess<EmployeesWrite>,
    LastSegment(id): LastSegment,
    request: Request,
) -> Result<Response, Problem> {
    // The answer shows what was known before and is not changed.
    demand_also(&access, TokenScope::EmployeesRead)?;
    let (parts, body) = request.into_parts();
    expect_media_type(&parts.headers, &[MERGE_PATCH]).map_err(|problem| {
        problem.with_header(ACCEPT_PATCH, HeaderValue::from_static(MERGE_PATCH))
    })?;
    let precondition = etag::precondition(&parts.headers)?;
    let id = EmployeeId::new(&id).map_err(|_| absent(&id))?;
    let limits = app.limits();
    let arriving = Arriving::new(body, limits.body_rate);
    let bytes = collect(arriving, limits.json_body_bytes, limits.body_timeout).await?;
    let patch = EmployeePatch::read(parse(&bytes)?).map_err(|errors| {
        Problem::invalid_body(errors.into_iter().map(|error| refusal::field(error, "")))
    })?;
    let head = Head::from(&parts);
    let attempt = head.attempt(Some(&access.tenant), &bytes);
    let (runtime, tenant) = (app.runtime().clone(), access.tenant.clone());
    once(&app, attempt, access.actor, async move |actor| {
        let patched = runtime.patch_employee(&actor, &tenant, &id, patch, precondition).await;
        let patched = patched.map_err(refusal::of_employee)?;
        let answer = match patched.changes.is_empty() {
            true => Answer::uncommitted(StatusCode::OK, &patched),
            false => Answer::committed(StatusCode::OK, &patched),
        };
        Ok(answer?.tagged(etag::tag(patched.revision)))
    })
    .await
}

/// Says which patches are understood (RFC 5789, section 3.1).
const ACCEPT_PATCH: header::HeaderName = header::HeaderName::from_static("accept-patch");
