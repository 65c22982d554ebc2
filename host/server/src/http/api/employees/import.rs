//! Many employees at once, as NDJSON or CSV: all of them or none.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::Value;
use stele_runtime::{EmployeeFile, ImportError, ImportReport};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::edge::application::Application;
use crate::http::edge::arriving::Arriving;
use crate::http::edge::body::{collect, expect_media_type};
use crate::http::edge::credential::{EmployeesWrite, TenantAccess};
use crate::http::edge::idempotency::{Answer, Head, once};
use crate::http::edge::media_type::NDJSON;
use crate::http::edge::problem::{FieldError, Kind, Problem};
use crate::http::edge::refusal;

/// The media type of CSV (RFC 4180).
const CSV: &str = "text/csv";

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(import_employees))
}

/// Import employees: all of them or none.
///
/// NDJSON: one `{"id": …, "attributes": {name: [{"from": date, "value": …}]}}` a line. CSV: the
/// header `id,from,<attribute>…` and a row for each employee and date; an empty cell says nothing.
/// Each employee gets a new revision with what the file says, in place of what was known before.
#[utoipa::path(post, path = "/v1/tenants/{tenant}/employees/import", tag = "employees",
    operation_id = "import_employees",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request."),
    ),
    request_body(
        content((String = "application/x-ndjson"), (String = "text/csv")),
        description = "The employees."
    ),
    responses(
        (status = 200, description = "All were imported.", body = ImportReport),
        (status = 422, description = "None was imported; `errors` names lines and fields.", body = crate::http::edge::problem::Document, content_type = "application/problem+json"),
    ))]
async fn import_employees(
    State(app): State<Application>,
    access: TenantAccess<EmployeesWrite>,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let accepted = [NDJSON, "application/ndjson", "application/jsonl", CSV];
    let media_type = expect_media_type(&parts.headers, &accepted)?;
    let place = app.rooms().imports.enter(access.holder())?;
    let limits = app.limits();
    let bytes =
        collect(Arriving::new(body, limits.body_rate), limits.import_bytes, limits.upload_timeout)
            .await?;
    let tenant = access.tenant.clone();
    let head = Head::from(&parts);
    let attempt = head.attempt(Some(&access.tenant), &bytes);
    let file = match media_type == CSV {
        true => EmployeeFile::csv(bytes.clone()),
        false => EmployeeFile::ndjson(bytes.clone()),
    };
    let runtime = app.runtime().clone();
    once(&app, attempt, access.actor, async move |actor| {
        // Whoever hangs up does not give back the room of what is still held.
        let _place = place;
        let imported = runtime.import_employees(&actor, &tenant, file).await;
        let report = imported.map_err(refusal::of_employee)?;
        if !report.is_imported() {
            return Err(refused(report));
        }
        match report.rows {
            0 => Answer::uncommitted(StatusCode::OK, &report),
            _ => Answer::committed(StatusCode::OK, &report),
        }
    })
    .await
}

fn refused(report: ImportReport) -> Problem {
    let detail = match report.errors.first() {
        Some(first) => format!(
            "{} errors in {} employees, the first on line {}; nothing was imported.",
            report.error_count, report.rows, first.line
        ),
        None => "Nothing was imported.".to_owned(),
    };
    let errors = report.errors.into_iter().map(|ImportError { line, field }| FieldError {
        line: Some(line),
        ..refusal::field(field, "")
    });
    Problem::new(Kind::ImportRefused, detail)
        .with_errors(errors)
        .with_member("error_count", Value::from(report.error_count))
        .with_member("rows", Value::from(report.rows))
}
