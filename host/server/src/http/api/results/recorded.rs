//! One recorded result.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use stele_ruleset::{FindingView, LineView, StepView};
use stele_runtime::{EmployeeId, EmploymentId, Reading, Receipt, ResultId};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::edge::answer;
use crate::http::edge::application::Application;
use crate::http::edge::credential::{ResultsRead, TenantAccess};
use crate::http::edge::language::{Languages, language_header};
use crate::http::edge::problem::{Kind, Problem};
use crate::http::edge::refusal;
use crate::http::edge::segment::IdSegment;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(read_result))
}

/// A recorded result.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RecordedResult)]
struct ResultView<'a> {
    /// Its identifier.
    #[schema(value_type = String, example = "0199f2a4-7e4c-7d2e-9a55-2f7d6a2f3a10.17")]
    id: ResultId,
    /// The employee, where it is one's.
    #[serde(skip_serializing_if = "Option::is_none")]
    employee: Option<&'a str>,
    /// The employment, where the employee's are told apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    employment: Option<&'a str>,
    /// When it was recorded.
    recorded_at: Timestamp,
    /// Who had it calculated.
    recorded_by: &'a str,
    /// SHA-256 over its salt and its content; what the audit log vouches for.
    digest: String,
    /// Position of the audit log's entry for the results that were recorded together.
    audit_sequence: u64,
    /// The language of labels and of the ruleset's sentences.
    language: &'a str,
    /// The language of the host's own sentences, and of numbers and dates in sentences.
    words: &'static str,
    /// Items and exact amounts, in the order in which they are shown.
    lines: Vec<LineView<'a>>,
    /// Breaches, warnings and notes.
    findings: Vec<FindingView<'a>>,
    /// How each line came about, where it was asked for when it was recorded.
    steps: Vec<StepView<'a>>,
    /// The facts exactly as the rule saw them.
    #[schema(value_type = Object)]
    facts: &'a serde_json::Map<String, Value>,
    /// Where each fact came from: `given`, `employee` with `since` and `revision`, or
    /// `calculation_date`.
    #[schema(value_type = Object)]
    origins: Value,
    /// What is needed to reproduce it.
    receipt: &'a Receipt,
}

/// The identifier of a result in a path.
pub(crate) fn result_id(text: &str) -> Result<ResultId, Problem> {
    text.parse().map_err(|_| {
        let text: String = text.chars().take(80).collect();
        Problem::new(Kind::NotFound, format!("There is no result {text}."))
    })
}

/// Read a recorded result.
///
/// Labels are in the language of `Accept-Language` that the ruleset speaks, else in its first; the
/// host's own sentences, and numbers and dates in all, in the one of twelve that the host speaks. The rule
/// is not run again; `…/replay` does that. Where the policy's `readings` are `logged`, the audit log
/// says who read it.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/results/{id}", tag = "results",
    operation_id = "read_result",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("id" = String, Path, description = "The result."),
        ("Accept-Language" = Option<String>, Header, description = "Languages, most wanted first."),
    ),
    responses(
        (status = 200, description = "As it was recorded.", body = ResultView),
        (status = 410, description = "It was erased; its digest is left.",
            body = crate::http::edge::problem::Document, content_type = "application/problem+json"),
    ))]
async fn read_result(
    State(app): State<Application>,
    access: TenantAccess<ResultsRead>,
    languages: Languages,
    IdSegment(id): IdSegment,
) -> Result<Response, Problem> {
    let id = result_id(&id)?;
    let recorded = app.runtime().result(&access.tenant, id).await.map_err(refusal::of_result)?;
    app.runtime()
        .note_reading(&access.actor, &access.tenant, id, &recorded.head, Reading::Shown)
        .await
        .map_err(|error| refusal::of_store(&error))?;
    let content = &recorded.content;
    let ruleset = app
        .runtime()
        .ruleset_of(&access.tenant, content)
        .await
        .map_err(|error| refusal::of_load(&error))?;
    let calculation = content.recall(&ruleset).map_err(|_| refusal::of_recall())?;
    let view = calculation
        .render(&ruleset, ruleset.wording(&languages.wanted()))
        .map_err(refusal::of_length)?;
    let language = view.language;
    let document = ResultView {
        id: recorded.id,
        employee: recorded.head.employee.as_ref().map(EmployeeId::as_str),
        employment: content.receipt.employment.as_ref().map(EmploymentId::as_str),
        recorded_at: recorded.recorded_at,
        recorded_by: &recorded.actor.name,
        digest: recorded.head.digest.to_string(),
        audit_sequence: recorded.audit_sequence,
        language,
        words: view.words,
        lines: view.lines,
        findings: view.findings,
        steps: view.steps,
        facts: &content.facts,
        origins: serde_json::to_value(&content.origins).map_err(|e| Problem::internal(&e))?,
        receipt: &content.receipt,
    };
    let headers = [
        (header::CONTENT_LANGUAGE, language_header(language)),
        (header::VARY, HeaderValue::from_static("accept-language")),
    ];
    Ok((headers, answer::document(&app, &document)?).into_response())
}
