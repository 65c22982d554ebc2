//! Recorded results run again: one, or all of a tenant.

use std::convert::Infallible;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, StreamExt};
use jiff::civil::Date;
use serde_json::json;
use stele_runtime::{Replay, ReplayFilter, Slot};
use tokio_stream::wrappers::ReceiverStream;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::api::results::recorded::result_id;
use crate::http::api::results::schemas::ReplaySchema;
use crate::http::edge::application::Application;
use crate::http::edge::body::JsonBody;
use crate::http::edge::credential::{ResultsReplay, TenantAccess};
use crate::http::edge::fields::{Fields, FromFields};
use crate::http::edge::media_type::NDJSON;
use crate::http::edge::problem::{FieldError, Problem};
use crate::http::edge::refusal;
use crate::http::edge::segment::IdSegment;

/// Differences that wait for a slow reader before the replay waits with them.
const AHEAD: usize = 256;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(replay)).routes(routes!(replay_all))
}

/// Run a result again.
///
/// From what is stored: the package by its digest, the facts, the parameters that this package has
/// in force on the date. What is activated or known by now makes no difference. Says whether the
/// result is identical, or everything in which it differs. Stands in the audit log.
#[utoipa::path(post, path = "/v1/tenants/{tenant}/results/{id}/replay", tag = "results",
    operation_id = "replay_result",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("id" = String, Path, description = "The result."),
    ),
    responses(
        (status = 200, description = "Whether it is identical, and where not.", body = ReplaySchema),
        (status = 410, description = "It was erased and can not be run again.",
            body = crate::http::edge::problem::Document, content_type = "application/problem+json"),
    ))]
async fn replay(
    State(app): State<Application>,
    access: TenantAccess<ResultsReplay>,
    IdSegment(id): IdSegment,
) -> Result<Json<Replay>, Problem> {
    let id = result_id(&id)?;
    let replay = app.runtime().replay(&access.actor, &access.tenant, id).await;
    replay.map(Json).map_err(refusal::of_replay)
}

/// Which results to run again.
#[derive(Debug, ToSchema)]
#[schema(as = ReplayRequest)]
struct ReplayBody {
    /// Calculated for this date or a later one.
    #[schema(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// Calculated for this date or an earlier one.
    #[schema(value_type = Option<String>, format = Date)]
    to: Option<Date>,
    /// In this slot.
    #[schema(value_type = Option<String>)]
    slot: Option<Slot>,
}

impl FromFields for ReplayBody {
    fn from_fields(fields: &mut Fields) -> Option<ReplayBody> {
        let (from, to) = (fields.optional("from"), fields.optional("to"));
        let slot = fields.optional("slot");
        let body = ReplayBody { from: from?, to: to?, slot: slot? };
        if let (Some(from), Some(to)) = (body.from, body.to)
            && to < from
        {
            let expected = format!("a date from {from} on");
            fields.refuse_all([FieldError::new("/to", &expected, &to.to_string())]);
            return None;
        }
        Some(body)
    }
}

/// Run all results again.
///
/// Each line of the answer is a result that is not identical, as `…/replay` says it; the last line
/// is `{"summary": {"replayed": …, "identical": …, "different": …, "erased": …}}`, or a problem
/// document if the work ended before. An answer without either was cut off. One entry in the audit
/// log; none if the reader goes away before the end.
#[utoipa::path(post, path = "/v1/tenants/{tenant}/replays", tag = "results",
    operation_id = "replay_results",
    params(("tenant" = String, Path, description = "The tenant.")),
    request_body = ReplayBody,
    responses((status = 200, description = "What is not identical, then the summary.",
        body = String, content_type = "application/x-ndjson")))]
async fn replay_all(
    State(app): State<Application>,
    access: TenantAccess<ResultsReplay>,
    JsonBody(body): JsonBody<ReplayBody>,
) -> Result<Response, Problem> {
    let permit = app.admit_batch()?;
    let filter = ReplayFilter { from: body.from, to: body.to, slot: body.slot };
    let (sender, receiver) = tokio::sync::mpsc::channel(AHEAD);
    let runtime = app.runtime().clone();
    let working = tokio::spawn(async move {
        runtime.replay_all(&access.actor, &access.tenant, filter, sender).await
    });
    let differences = ReceiverStream::new(receiver).map(|replay: Replay| line(&replay));
    let end = stream::once(async move {
        let _held_until_the_end = permit;
        match working.await {
            Ok(Ok(summary)) => line(&json!({ "summary": summary })),
            Ok(Err(error)) => problem_line(&refusal::of_replay(error)),
            Err(error) => problem_line(&Problem::internal(&error)),
        }
    });
    let lines = differences.chain(end).map(Ok::<_, Infallible>);
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static(NDJSON))];
    Ok((headers, Body::from_stream(lines)).into_response())
}

fn line(value: &impl serde::Serialize) -> Bytes {
    let mut line = serde_json::to_vec(value).unwrap_or_default();
    line.push(b'\n');
    Bytes::from(line)
}

fn problem_line(problem: &Problem) -> Bytes {
    line(&problem.document(None, None, None))
}
