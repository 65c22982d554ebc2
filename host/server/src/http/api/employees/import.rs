//! Many employees at once, as NDJSON or CSV: all of them or none.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::Value;
use stele_runtime::{
    DecimalMark, EmployeeFile, ImportError, ImportMode, ImportOptions, ImportReport, TokenScope,
};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::edge::application::Application;
use crate::http::edge::arriving::Arriving;
use crate::http::edge::body::{collect, expect_media_type};
use crate::http::edge::credential::{EmployeesWrite, TenantAccess, demand_also};
use crate::http::edge::cursor::{Parameters, refused};
use crate::http::edge::idempotency::{Answer, Head, once};
use crate::http::edge::media_type::{CSV, NDJSON};
use crate::http::edge::problem::{FieldError, Kind, Problem};
use crate::http::edge::refusal;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(import_employees))
}

/// What becomes of what is known of the employees of a file.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Mode {
    /// What the file says is added to it.
    #[default]
    Merge,
    /// What the file says takes the place of all of it.
    Replace,
}

/// What stands between the whole and the decimals of a number in CSV.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Decimal {
    /// `1234.56`.
    Point,
    /// `1234,56`, or grouped `1.234,56`.
    Comma,
}

/// How a file is imported.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ImportQuery {
    /// `merge`, where not given: a value of the file takes the place of the one that was stated for
    /// the same attribute and date, and every other value stays. `replace`: of each employee of the
    /// file, only what the file says is known from now on.
    #[serde(default)]
    #[param(inline)]
    mode: Mode,
    /// `true`: nothing is stored; the answer says what would be. It tells what is known of whom, so
    /// it takes the scope `employees:read`, too.
    #[serde(default)]
    dry_run: bool,
    /// Of CSV: the decimal mark of numbers, `point` where not given.
    #[param(inline)]
    decimal: Option<Decimal>,
}

/// Import employees: all of them or none.
///
/// The file says what is known of employees from which dates on, and is merged with what is known
/// already, by attribute and date: a file of raises changes salaries and leaves everything else. An
/// employee of whom it says nothing new has no new revision. What a ruleset in force requires is not
/// taken away: `errors` names line, fact, ruleset and version. An employment that moves to another
/// slot, or comes back from its end, brings what is required there; what it had in another unit is
/// stated anew, and a second one has amounts of its own. A new one begins with a `legal_entity` or a
/// `country` of its own, or, where the others have neither, with the `status` `active`; it ends with
/// `ended`, once, and not with `\end`; one that runs is not left out. What no calculation would read, because something closer is known (`gross`
/// where each employment has its own), is refused with the name that is read; what only some
/// employments read, of that and of what was stated for later, is in `shadowed`, and in `unread` what is
/// stated for days before an employment begins, after it has ended, or without a version in force. Nobody
/// new is called `export` or `import`, which name files. The report counts what is added, changed, ended
/// and dropped, and names the first hundred employees with it.
///
/// **NDJSON**: an object a line, `{"id": …, "attributes": {name: [{"from": date, "value": …}]}}`.
/// `"value": null`: from the date on there is no value. `{"from": date, "drop": true}`: what was
/// stated for the date is taken back, so that an earlier value goes on. `name: null`: all that was
/// stated of the attribute is taken back. What is an employment's stands in `"employments":
/// {"shanghai": {"attributes": {…}}}`.
///
/// **CSV**: the header `id,from,<attribute>…` and a row for each employee and date; cells stand
/// between commas, semicolons or tabs, as the header has them; an empty cell says nothing. A column
/// `gross@shanghai` is of the employment `shanghai`, `de/payroll/state` for that ruleset. Cells are
/// read as their attribute is declared by the rulesets in force: numbers, `true` and `false`, tables
/// as JSON; anything else is text. A column may say it itself: `<attribute>:text`, `:number`,
/// `:boolean` or `:json`; with `decimal=comma` one that nobody declares must, if its cells are
/// numbers. Quotes stand around a whole cell, on lines that may be several, and one that is meant is
/// written twice. The cell `\end`: from the date on there is no value; `\drop`: what was stated
/// for the date is taken back.
#[utoipa::path(post, path = "/v1/tenants/{tenant}/employees/import", tag = "employees",
    operation_id = "import_employees",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request."),
        ImportQuery,
    ),
    request_body(
        content((String = "application/x-ndjson"), (String = "text/csv")),
        description = "The employees."
    ),
    responses(
        (status = 200, description = "All were imported, or could be.", body = ImportReport),
        (status = 422, description = "None was imported; `errors` names lines and fields.", body = crate::http::edge::problem::Document, content_type = "application/problem+json"),
    ))]
async fn import_employees(
    State(app): State<Application>,
    access: TenantAccess<EmployeesWrite>,
    Parameters(query): Parameters<ImportQuery>,
    request: Request,
) -> Result<Response, Problem> {
    if query.dry_run {
        // Whether a guess is what is known already is told, and nothing is written for it.
        demand_also(&access, TokenScope::EmployeesRead)?;
    }
    let (parts, body) = request.into_parts();
    let accepted = [NDJSON, "application/ndjson", "application/jsonl", CSV];
    let media_type = expect_media_type(&parts.headers, &accepted)?;
    let is_csv = media_type == CSV;
    if !is_csv && query.decimal.is_some() {
        return Err(refused("decimal", "nothing: a number of JSON has a point", "a decimal mark"));
    }
    let place = app.rooms().imports.enter(access.holder())?;
    let limits = app.limits();
    let bytes =
        collect(Arriving::new(body, limits.body_rate), limits.import_bytes, limits.upload_timeout)
            .await?;
    let tenant = access.tenant.clone();
    let head = Head::from(&parts);
    let attempt = head.attempt(Some(&access.tenant), &bytes);
    let file = match is_csv {
        true => EmployeeFile::csv(bytes.clone(), query.mark()),
        false => EmployeeFile::ndjson(bytes.clone()),
    };
    let options = query.options();
    let runtime = app.runtime().clone();
    once(&app, attempt, access.actor, async move |actor| {
        // Whoever hangs up does not give back the room of what is still held.
        let _place = place;
        let imported = runtime.import_employees(&actor, &tenant, file, options).await;
        let report = imported.map_err(refusal::of_employee)?;
        if !report.is_imported() {
            return Err(refuse(report));
        }
        match report.is_stored() {
            true => Answer::committed(StatusCode::OK, &report),
            false => Answer::uncommitted(StatusCode::OK, &report),
        }
    })
    .await
}

impl ImportQuery {
    fn options(&self) -> ImportOptions {
        let mode = match self.mode {
            Mode::Merge => ImportMode::Merge,
            Mode::Replace => ImportMode::Replace,
        };
        ImportOptions { mode, dry_run: self.dry_run }
    }

    fn mark(&self) -> DecimalMark {
        match self.decimal {
            None | Some(Decimal::Point) => DecimalMark::Point,
            Some(Decimal::Comma) => DecimalMark::Comma,
        }
    }
}

fn refuse(report: ImportReport) -> Problem {
    let detail = match report.errors.first() {
        Some(first) => format!(
            "{} in {}, the first on line {}; nothing was imported.",
            counted(report.error_count, "error", "errors"),
            counted(report.rows, "employee", "employees"),
            first.line
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

fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
