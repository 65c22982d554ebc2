//! Many calculations in one request: NDJSON in, NDJSON out, in the same order.
//!
//! Lines are taken as they arrive, in chunks of at most [`CHUNK`]; chunks run in parallel over the
//! cores and their answers leave in order. A caller that does not read stops the reading of its own
//! lines: in memory are at most two chunks a core and the longest line, and what is being recorded.
//!
//! Lines that are to be recorded are answered once they are durable. What is ready is recorded
//! together, up to [`LARGEST_RECORDING`] results with one commit.

use std::num::NonZeroUsize;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use futures::stream::StreamExt;
use stele_runtime::{
    Actor, CalculationRequest, CalculationResult, Calculator, LARGEST_RECORDING, Recording,
    TenantId,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::api::calculations::single::{CalculationBody, write};
use crate::http::edge::application::Application;
use crate::http::edge::body::{expect_media_type, parse};
use crate::http::edge::credential::{Calculate, TenantAccess};
use crate::http::edge::fields::Fields;
use crate::http::edge::language::Languages;
use crate::http::edge::lines::{Line, lines};
use crate::http::edge::media_type::NDJSON;
use crate::http::edge::problem::{Kind, Problem};
use crate::http::edge::refusal;

/// Lines that one task works on before another may have the core: about a millisecond.
const CHUNK: usize = 32;

/// Commits of one batch on their way at the same time: they may share a flush.
const RECORDINGS: usize = 2;

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
    let work =
        Arc::new(Work { app: app.clone(), tenant: access.tenant, actor: access.actor, languages });
    let recorder = work.clone();
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let answers = lines(request.into_body(), limits.line_bytes, limits.stream_idle_timeout)
        .ready_chunks(CHUNK)
        .map(move |chunk| {
            let work = work.clone();
            // A task of its own, so that chunks run on all cores; it ends with its chunk.
            let task = tokio::spawn(async move { work.chunk(chunk).await });
            async move { task.await.unwrap_or_else(|_| vec![Answered::Written(ended())]) }
        })
        .buffered(2 * cores)
        .ready_chunks(LARGEST_RECORDING / CHUNK)
        .map(move |chunks| {
            let work = recorder.clone();
            let task = tokio::spawn(async move { work.record(chunks).await });
            async move { task.await.unwrap_or_else(|_| Bytes::from(ended())) }
        })
        .buffered(RECORDINGS)
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
    actor: Actor,
    languages: Languages,
}

/// What a line comes to.
enum Answered {
    /// Its answer, with the end of the line.
    Written(Vec<u8>),
    /// A result that is answered once it is recorded, and the number of its line.
    ToRecord(Box<CalculationResult>, Option<u64>),
}

impl Work {
    /// The evaluator is kept from line to line and given back with the end of the chunk.
    async fn chunk(&self, chunk: Vec<Result<Line, Problem>>) -> Vec<Answered> {
        let mut calculator = self.app.runtime().calculator(&self.tenant);
        let mut answers = Vec::with_capacity(chunk.len());
        for line in chunk {
            let (number, result) = match line {
                Ok(line) => {
                    let number = Some(line.number);
                    let result = AssertUnwindSafe(self.line(&mut calculator, line)).catch_unwind();
                    (number, result.await.unwrap_or_else(|_| Err(panicked())))
                }
                Err(problem) => (None, Err(problem)),
            };
            answers.push(match result {
                Ok((result, true)) => Answered::ToRecord(Box::new(result), number),
                Ok((result, false)) => Answered::Written(self.answer(&result, number)),
                Err(problem) => Answered::Written(problem_line(&problem, number)),
            });
        }
        answers
    }

    /// A line's result, and whether it is to be recorded.
    async fn line(
        &self,
        calculator: &mut Calculator,
        line: Line,
    ) -> Result<(CalculationResult, bool), Problem> {
        let Some(text) = line.text else {
            let longest = self.app.limits().line_bytes;
            return Err(Problem::new(
                Kind::TooLarge,
                format!("The line is longer than the {longest} bytes allowed here."),
            ));
        };
        let request = CalculationRequest::from(Fields::read::<CalculationBody>(parse(&text)?)?);
        let record = request.record;
        let result = calculator.calculate(request).await.map_err(refusal::of_calculation)?;
        Ok((result, record))
    }

    fn answer(&self, result: &CalculationResult, number: Option<u64>) -> Vec<u8> {
        self.write(result).unwrap_or_else(|problem| problem_line(&problem, number))
    }

    fn write(&self, result: &CalculationResult) -> Result<Vec<u8>, Problem> {
        let (mut bytes, _) = write(result, &self.languages)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Records what is to be recorded, in one commit, and writes all answers. If it can not be
    /// recorded, nothing of it is, and each of these lines says so.
    async fn record(&self, chunks: Vec<Vec<Answered>>) -> Bytes {
        let mut recording = Recording::new(&self.tenant);
        let mut lines = Vec::new();
        for answered in chunks.into_iter().flatten() {
            lines.push(match answered {
                Answered::Written(bytes) => (bytes, None),
                Answered::ToRecord(mut result, number) => match recording.add(&mut result) {
                    Ok(_) => match self.write(&result) {
                        Ok(bytes) => (bytes, Some(number)),
                        Err(problem) => {
                            // What can not be answered is not kept.
                            recording.take_back();
                            (problem_line(&problem, number), None)
                        }
                    },
                    Err(error) => (problem_line(&refusal::of_store(&error), number), None),
                },
            });
        }
        let refused = if recording.is_empty() {
            None
        } else {
            let recorded = self.app.runtime().record(&self.actor, recording, None).await;
            recorded.err().map(|error| refusal::of_store(&error))
        };
        let mut answers = Vec::with_capacity(lines.iter().map(|(bytes, _)| bytes.len()).sum());
        for (bytes, recorded) in lines {
            match (&refused, recorded) {
                (Some(problem), Some(number)) => answers.extend(problem_line(problem, number)),
                _ => answers.extend(bytes),
            }
        }
        Bytes::from(answers)
    }
}

fn panicked() -> Problem {
    Problem::internal(&"a line of a batch panicked")
}

fn problem_line(problem: &Problem, line: Option<u64>) -> Vec<u8> {
    // Writing to memory does not fail; a half-written line would be ended by the newline after it.
    let mut bytes = serde_json::to_vec(&problem.document(None, None, line)).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The answer of a chunk whose task was ended: the server stops.
fn ended() -> Vec<u8> {
    let problem = Problem::saturated(5, "The server stops; the rest of the batch is not answered.");
    problem_line(&problem, None)
}
