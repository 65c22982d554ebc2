//! The fact for which an amount comes out: the gross for a net.

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use stele_ruleset::normal_text;
use stele_runtime::{Solution, SolveRequest, Solved, Trial};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::single::{CalculationView, USUAL_BYTES, respond, shown};
use crate::http::edge::answer;
use crate::http::edge::application::Application;
use crate::http::edge::body::JsonBody;
use crate::http::edge::credential::{Calculate, TenantAccess};
use crate::http::edge::language::Languages;
use crate::http::edge::problem::Problem;
use crate::http::edge::refusal;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(solve))
}

/// Whether there is a value, and which.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    /// `value` gives exactly the amount.
    Found,
    /// From one value of `neighbours` to the next one the amount steps over the wanted one.
    Step,
    /// The rule refuses the first of `neighbours`, which has no amount, and the amount of the next one
    /// is on the other side of the wanted one already.
    Refused,
    /// From the first to the last value that was tried, which are the `neighbours`, the amount stays
    /// below the wanted one, or above it.
    OutOfReach,
}

/// What the rule gave for a value.
#[derive(Debug, Serialize, ToSchema)]
struct SolveTrial {
    /// The fact's value.
    #[schema(example = "26318.55")]
    value: String,
    /// The item's amount there; none where the rule refuses the value.
    #[schema(example = "20000")]
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<String>,
}

impl From<Trial> for SolveTrial {
    fn from(trial: Trial) -> Self {
        Self { value: normal_text(trial.value), amount: Some(normal_text(trial.amount)) }
    }
}

/// What came of it.
#[derive(Debug, Serialize, ToSchema)]
struct SolutionView<'a> {
    /// The fact that was varied.
    vary: &'a str,
    /// The item.
    item: &'a str,
    /// Whether a value gives the amount.
    outcome: Outcome,
    /// The value, where one was found. Where several give the amount, one of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    /// Between which values the search ended, where none was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    neighbours: Option<[SolveTrial; 2]>,
    /// How often the rule was asked; at most 61.
    evaluations: u32,
    /// The calculation with the value that was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    calculation: Option<CalculationView<'a>>,
}

/// Solve.
///
/// Looks for the value of one fact for which an item has a wanted amount: the gross for a net. The rule
/// is asked again and again, at most 61 times. Where no value gives the amount, it is said between
/// which neighbouring values the amount steps over it, or that it is out of reach; a rule whose amount
/// rises and falls may still give it elsewhere, which `from` and `to` can ask for. Nothing is recorded:
/// whoever pays it calculates with the value.
#[utoipa::path(post, path = "/v1/tenants/{tenant}/calculations/solve", tag = "calculation",
    operation_id = "solve",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("Accept-Language" = Option<String>, Header, description = "Languages, most wanted first."),
    ),
    request_body = SolveRequest,
    responses(
        (status = 200, description = "The value, or between which values the search ended.", body = SolutionView,
            headers(("content-language" = String, description = "The language used."))),
        (status = 422, description = "An unknown fact or item, or no calculation for a value that has to be tried.",
            body = crate::http::edge::problem::Document, content_type = "application/problem+json"),
    ))]
async fn solve(
    State(app): State<Application>,
    access: TenantAccess<Calculate>,
    languages: Languages,
    JsonBody(request): JsonBody<SolveRequest>,
) -> Result<Response, Problem> {
    let (vary, item) = (request.vary.clone(), request.item.clone());
    let solved = app.runtime().solve(&access.tenant, request).await;
    let Solved { solution, result, evaluations } = solved.map_err(refusal::of_solving)?;
    let wording = result.as_ref().map(|result| result.ruleset.wording(&languages.wanted()));
    let calculation = match (&result, wording) {
        (Some(result), Some(wording)) => Some(shown(result, wording)?),
        _ => None,
    };
    let (outcome, value, neighbours) = match solution {
        Solution::Found(trial) => (Outcome::Found, Some(normal_text(trial.value)), None),
        Solution::Step { before, after } => {
            (Outcome::Step, None, Some([before.into(), after.into()]))
        }
        Solution::Refused { before, after } => {
            let before = SolveTrial { value: normal_text(before), amount: None };
            (Outcome::Refused, None, Some([before, after.into()]))
        }
        Solution::OutOfReach { first, last } => {
            (Outcome::OutOfReach, None, Some([first.into(), last.into()]))
        }
    };
    let view = SolutionView {
        vary: &vary,
        item: &item,
        outcome,
        value,
        neighbours,
        evaluations,
        calculation,
    };
    let body = answer::json(&view, USUAL_BYTES, "answer_bytes", app.limits().answer_bytes)?;
    let language =
        wording.map_or(stele_ruleset::FALLBACK_LANGUAGE, |wording| wording.labels().tag());
    Ok(respond(Bytes::from(body), language))
}
