//! One calculation: facts or an employee in, a payslip out.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use stele_ruleset::{FindingView, LineView, StepView, Wording};
use stele_runtime::{
    CalculationRequest, CalculationResult, EmployeeId, EmploymentId, Receipt, Recording, Slot,
    TenantId,
};
use tracing::Instrument;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::edge::answer;
use crate::http::edge::application::Application;
use crate::http::edge::body::JsonBodyWithBytes;
use crate::http::edge::credential::{Calculate, TenantAccess};
use crate::http::edge::idempotency::{Answer, Done, Head, REPLAYED, attempt_once};
use crate::http::edge::language::{Languages, language_header};
use crate::http::edge::problem::Problem;
use crate::http::edge::refusal;

/// Room for a payslip, so that writing it out does not grow the buffer again and again.
pub(super) const USUAL_BYTES: usize = 8 << 10;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(calculate))
}

/// What came out.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Calculation)]
pub(crate) struct CalculationView<'a> {
    /// The slot.
    slot: &'a str,
    /// The date for which it was calculated.
    date: Date,
    /// The time as known at which it was calculated.
    known_at: Timestamp,
    /// The employee, where one was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    employee: Option<&'a str>,
    /// The employment, where the employee's are told apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    employment: Option<&'a str>,
    /// The language of labels and of the ruleset's sentences.
    language: &'a str,
    /// The language of the host's own sentences, and of numbers and dates in sentences.
    words: &'static str,
    /// Items and exact amounts, in the order in which they are shown.
    lines: Vec<LineView<'a>>,
    /// Breaches, warnings and notes.
    findings: Vec<FindingView<'a>>,
    /// How each line came about, where it was asked for.
    steps: Vec<StepView<'a>>,
    /// What is needed to reproduce the result.
    receipt: &'a Receipt,
}

/// Calculate.
///
/// Labels are in the language of `Accept-Language` that the ruleset speaks, else in its first; the
/// host's own sentences, and numbers and dates in all, in the one of twelve that the host speaks. With
/// `record` the result is durable before it is answered, and `Idempotency-Key` makes sure that it
/// is recorded once; for 48 hours the same request is then answered from what was recorded.
///
/// Whoever left, has not begun or is on leave by the employment's `status` is calculated with a warning
/// (`employment_ended`, `employment_not_begun`, `employment_on_leave`) as long as the employment runs on
/// some day of the date's month, so that the last payslip can be of the month's end. An employment that
/// runs on no day of the month is refused; what is paid outside of it, such as holiday pay after
/// leaving or last month's wages, is asked for with `outside_employment`.
#[utoipa::path(post, path = "/v1/tenants/{tenant}/calculations", tag = "calculation",
    operation_id = "calculate",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("Accept-Language" = Option<String>, Header, description = "Languages, most wanted first."),
        ("Idempotency-Key" = Option<String>, Header, description = "Names a request that records; without `record` nothing is remembered."),
    ),
    request_body = CalculationRequest,
    responses(
        (status = 200, description = "The result.", body = CalculationView,
            headers(("content-language" = String, description = "The language used."))),
        (status = 422, description = "Wrong facts, nothing in force, a date outside the horizon, or the rule's own refusal.",
            body = crate::http::edge::problem::Document, content_type = "application/problem+json"),
    ))]
async fn calculate(
    State(app): State<Application>,
    access: TenantAccess<Calculate>,
    languages: Languages,
    head: Head,
    JsonBodyWithBytes(request, bytes): JsonBodyWithBytes<CalculationRequest>,
) -> Result<Response, Problem> {
    let (tenant, owner) = (&access.tenant, access.tenant.clone());
    if !request.record {
        let result = run(&app, tenant, request).await?;
        let (body, wording) = write(&app, &result, &languages)?;
        return Ok(respond(Bytes::from(body), wording.labels().tag()));
    }
    let attempt = head.attempt(Some(tenant), &bytes);
    let working = app.clone();
    let done = attempt_once(&app, attempt, access.actor, async move |actor| {
        let app = working;
        let mut result = run(&app, &owner, request).await?;
        let mut recording = Recording::new(&owner);
        recording.add(&mut result).map_err(|error| refusal::of_store(&error))?;
        let (body, wording) = write(&app, &result, &languages)?;
        let body = String::from_utf8(body).map_err(|error| Problem::internal(&error))?;
        let recorded = app.runtime().record(&actor, recording, Some(&wording.to_string())).await;
        recorded.map_err(|error| refusal::of_store(&error))?;
        Ok(Answer::written(body).spoken(wording.labels().tag()))
    });
    match done.await? {
        Done::Answered(mut response) => {
            let headers = response.headers_mut();
            headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
            Ok(response)
        }
        Done::Recorded(id, language) => {
            let recalled = app.runtime().recalled(tenant, id).await;
            let result = recalled.map_err(refusal::of_recalled_result)?;
            let wording = result.ruleset.wording_again(&language);
            let body = Bytes::from(write_in(&app, &result, wording)?);
            let mut response = respond(body, wording.labels().tag());
            response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
            Ok(response)
        }
    }
}

/// Calculates once.
async fn run(
    app: &Application,
    tenant: &TenantId,
    request: CalculationRequest,
) -> Result<CalculationResult, Problem> {
    let span = span(tenant, &request.slot);
    let calculating = app.runtime().calculate(tenant, request).instrument(span.clone());
    let result = calculating.await.map_err(refusal::of_calculation)?;
    span.record("digest", tracing::field::display(&result.receipt.digest));
    Ok(result)
}

pub(super) fn respond(body: Bytes, language: &str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CONTENT_LANGUAGE, language_header(language)),
        (header::VARY, HeaderValue::from_static("accept-language")),
    ];
    (headers, body).into_response()
}

/// What the log says of a calculation: never a fact or an amount.
fn span(tenant: &TenantId, slot: &Slot) -> tracing::Span {
    tracing::debug_span!("calculation", %tenant, %slot, digest = tracing::field::Empty)
}

/// Writes a result in the caller's languages; gives these back.
pub(crate) fn write<'a>(
    app: &Application,
    result: &'a CalculationResult,
    languages: &Languages,
) -> Result<(Vec<u8>, Wording<'a>), Problem> {
    let wording = result.ruleset.wording(&languages.wanted());
    Ok((write_in(app, result, wording)?, wording))
}

/// Writes a result in languages of its ruleset and of the host.
pub(crate) fn write_in(
    app: &Application,
    result: &CalculationResult,
    wording: Wording<'_>,
) -> Result<Vec<u8>, Problem> {
    let document = shown(result, wording)?;
    answer::json(&document, USUAL_BYTES, "answer_bytes", app.limits().answer_bytes)
}

/// A result in languages of its ruleset and of the host.
pub(crate) fn shown<'a>(
    result: &'a CalculationResult,
    wording: Wording<'a>,
) -> Result<CalculationView<'a>, Problem> {
    let view = result.calculation.render(&result.ruleset, wording).map_err(refusal::of_length)?;
    Ok(CalculationView {
        slot: result.receipt.slot.as_str(),
        date: result.receipt.date,
        known_at: result.receipt.known_at,
        employee: result.employee.as_ref().map(EmployeeId::as_str),
        employment: result.receipt.employment.as_ref().map(EmploymentId::as_str),
        language: view.language,
        words: view.words,
        lines: view.lines,
        findings: view.findings,
        steps: view.steps,
        receipt: &result.receipt,
    })
}
