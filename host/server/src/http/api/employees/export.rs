//! All employees as a file, streamed while it is read.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use futures::TryStreamExt as _;
use stele_runtime::{ExportError, ExportForm};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::record::{KnownQuery, time};
use crate::http::edge::application::Application;
use crate::http::edge::credential::{EmployeesRead, TenantAccess};
use crate::http::edge::cursor::Parameters;
use crate::http::edge::media_type::{CSV, NDJSON};
use crate::http::edge::problem::{Kind, Problem};
use crate::http::edge::refusal;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(export_employees))
}

/// Export all employees, in the form of an import.
///
/// As known at one moment, by identifier; deleted employees are not among them. `Accept: text/csv`
/// gives CSV, anything else NDJSON. Imported again it gives the same employees. Stands in the audit
/// log: personal data leaves the house.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/employees/export", tag = "employees",
    operation_id = "export_employees",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("Accept" = Option<String>, Header, description = "`application/x-ndjson`, or `text/csv`."),
        KnownQuery,
    ),
    responses(
        (status = 200, description = "The file. One that breaks off ends without the end of the response.",
            content((String = "application/x-ndjson"), (String = "text/csv"))),
    ))]
async fn export_employees(
    State(app): State<Application>,
    access: TenantAccess<EmployeesRead>,
    Parameters(query): Parameters<KnownQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let known_at = time(query.known_at.as_deref())?;
    let place = app.rooms().exports.enter(access.holder())?;
    let (form, media_type, disposition) = match wants_csv(&headers) {
        true => (ExportForm::Csv, CSV, "attachment; filename=\"employees.csv\""),
        false => (ExportForm::Ndjson, NDJSON, "attachment; filename=\"employees.ndjson\""),
    };
    let runtime = app.runtime().clone();
    let export = runtime
        .begin_employee_export(&access.actor, &access.tenant, form, known_at)
        .await
        .map_err(refuse)?;
    let lines = runtime.employee_export(export).map_err(|error| {
        tracing::error!(%error, "an export of employees broke off");
        std::io::Error::other(error)
    });
    let held_until_the_end = lines.inspect_ok(move |_| {
        let _ = &place;
    });
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "no-store"),
        (header::VARY, "accept"),
    ];
    Ok((headers, Body::from_stream(held_until_the_end)).into_response())
}

/// Whether CSV is named before any other form.
fn wants_csv(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let ranges = accepted.flat_map(|value| value.split(','));
    let mut named = ranges.map(|range| range.split(';').next().unwrap_or_default().trim());
    named.next().is_some_and(|first| first.eq_ignore_ascii_case(CSV))
}

fn refuse(error: ExportError) -> Problem {
    let sentence = format!("{error}.");
    match error {
        ExportError::TooManyAttributes { .. } => Problem::new(Kind::AnswerTooLarge, sentence),
        ExportError::UnknownTenant(_) => Problem::new(Kind::NotFound, sentence),
        ExportError::Store(error) => refusal::of_store(&error),
    }
}
