//! Many calculations in one request: NDJSON in, NDJSON out, in the same order.
//!
//! Lines are taken as they arrive, in chunks of at most [`CHUNK`]; chunks run in parallel over the
//! cores and their answers leave in order. A caller that does not read stops the reading of its own
//! lines: in memory are at most two chunks a core and the longest line.

use std::num::NonZeroUsize;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use futures::stream::StreamExt;
use stele_runtime::{CalculationRequest, Calculator, TenantId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::application::Application;
use super::body::{expect_media_type, parse};
use super::calculations::{CalculationBody, write};
use super::credential::{Calculate, TenantAccess};
use super::fields::Fields;
use super::language::Languages;
use super::lines::{Line, lines};
use super::problem::{Kind, Problem};
use super::refusal;

/// Lines that one task works on before another may have the core: about a millisecond.
const CHUNK: usize = 32;

/// The media type of newline-delimited JSON.
pub(crate) const NDJSON: &str = "application/x-ndjson";

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(calculate_batch))
}

/// Calculate many.
///
/// Each line is a request of `POST …/calculations`; each line of the answer is its result or its
/// problem document with `line`, in the same order. Blank lines are left out. A wrong line costs
/// that line only. The answer begins before the request has ended: a client must read while it
/// writes, else both sides wait for each other.
#[utoipa::path(post, path = "/v1/tenants/{tenant}/calculations/batch", tag = "calculation",
    operation_id = "calculate_batch",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("Accept-Language" = Option<String>, Header, description = "Languages, most wanted first."),
    ),
    request_body(content = String, content_type = "application/x-ndjson",
        description = "One calculation request a line."),
    responses((status = 200, description = "One result or problem a line.", body = String,
        content_type = "application/x-ndjson")))]
async fn calculate_batch(
    State(app): State<Application>,
    access: TenantAccess<Calculate>,
    languages: Languages,
    request: Request,
) -> Result<Response, Problem> {
    expect_media_type(request.headers(), &[NDJSON, "application/ndjson", "application/jsonl"])?;
    let permit = app.admit_batch()?;
    let limits = app.limits();
    let work = Arc::new(Work { app: app.clone(), tenant: access.tenant, languages });
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let answers = lines(request.into_body(), limits.line_bytes, limits.stream_idle_timeout)
        .ready_chunks(CHUNK)
        .map(move |chunk| {
            let work = work.clone();
            // A task of its own, so that chunks run on all cores; it ends with its chunk.
            let task = tokio::spawn(async move { work.chunk(chunk).await });
            async move { task.await.unwrap_or_else(|_| ended()) }
        })
        .buffered(cores)
        .map(move |answer| {
            let _held_until_the_end = &permit;
            Ok::<_, std::convert::Infallible>(answer)
        });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(NDJSON)),
        (header::VARY, HeaderValue::from_static("accept-language")),
    ];
    Ok((headers, Body::from_stream(answers)).into_response())
}

/// What every line of one batch needs.
struct Work {
    app: Application,
    tenant: TenantId,
    languages: Languages,
}

impl Work {
    /// The evaluator is kept from line to line and given back with the end of the chunk.
    async fn chunk(&self, chunk: Vec<Result<Line, Problem>>) -> Bytes {
        let mut calculator = self.app.runtime().calculator(&self.tenant);
        let mut answers = Vec::new();
        for line in chunk {
            let (number, answer) = match line {
                Ok(line) => {
                    let number = Some(line.number);
                    let answer = AssertUnwindSafe(self.line(&mut calculator, line)).catch_unwind();
                    (number, answer.await.unwrap_or_else(|_| Err(panicked())))
                }
                Err(problem) => (None, Err(problem)),
            };
            match answer {
                Ok(answer) => answers.extend_from_slice(&answer),
                Err(problem) => write_problem(&mut answers, &problem, number),
            }
            answers.push(b'\n');
        }
        Bytes::from(answers)
    }

    async fn line(&self, calculator: &mut Calculator, line: Line) -> Result<Vec<u8>, Problem> {
        let Some(text) = line.text else {
            let longest = self.app.limits().line_bytes;
            return Err(Problem::new(
                Kind::TooLarge,
                format!("The line is longer than the {longest} bytes allowed here."),
            ));
        };
        let request = CalculationRequest::from(Fields::read::<CalculationBody>(parse(&text)?)?);
        let employee = request.employee.clone();
        let result = calculator.calculate(request).await.map_err(refusal::of_calculation)?;
        write(employee.as_ref(), &result, &self.languages).map(|(bytes, _)| bytes)
    }
}

fn panicked() -> Problem {
    Problem::internal(&"a line of a batch panicked")
}

fn write_problem(answers: &mut Vec<u8>, problem: &Problem, line: Option<u64>) {
    // Writing to memory does not fail; a half-written line would be ended by the newline after it.
    let _ = serde_json::to_writer(answers, &problem.document(None, None, line));
}

/// The answer of a chunk whose task was ended: the server stops.
fn ended() -> Bytes {
    let mut answer = Vec::new();
    let problem = Problem::saturated(5, "The server stops; the rest of the batch is not answered.");
    write_problem(&mut answer, &problem, None);
    answer.push(b'\n');
    Bytes::from(answer)
}
