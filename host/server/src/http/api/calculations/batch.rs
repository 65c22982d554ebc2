//! Many calculations in one request: NDJSON in, NDJSON out, in the same order.
//!
//! Lines are taken as they arrive, in chunks of at most [`CHUNK`]; chunks run in the tenant's turns, in
//! parallel over the cores, and their answers leave in order. What nobody waits for any more is not
//! calculated. A caller that does not read stops the reading of its own
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
use stele_fields::Fields;
use stele_runtime::{
    Actor, CalculateError, CalculationRequest, CalculationResult, Calculator, LARGEST_RECORDING,
    Recording, TenantId, Turn,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::api::calculations::single::write;
use crate::http::edge::application::Application;
use crate::http::edge::arriving::Arriving;
use crate::http::edge::body::{expect_media_type, parse};
use crate::http::edge::credential::{Calculate, TenantAccess};
use crate::http::edge::language::Languages;
use crate::http::edge::lines::{Line, lines};
use crate::http::edge::media_type::NDJSON;
use crate::http::edge::problem::{Kind, Problem};
use crate::http::edge::refusal;

/// Lines of one job: about a millisecond of usual ones. Between two lines other tenants have their
/// turn.
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
    let place = app.rooms().batches.enter(access.holder())?;
    let limits = app.limits();
    let work =
        Arc::new(Work { app: app.clone(), tenant: access.tenant, actor: access.actor, languages });
    let recorder = work.clone();
    let arriving = Arriving::new(request.into_body(), limits.body_rate);
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let answers = lines(arriving, limits.line_bytes)
        .ready_chunks(CHUNK)
        .map(move |chunk| {
            let work = work.clone();
            async move { work.run(chunk).await }
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
            let _held_until_the_end = &place;
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
    /// A result that is answered once it is recorded.
    ToRecord {
        result: Box<CalculationResult>,
        /// The number of its line.
        number: Option<u64>,
        /// Its answer, once it has its place in the recording.
        answer: Vec<u8>,
    },
}

impl Work {
    /// Calculates a chunk in the tenant's turns.
    async fn run(self: Arc<Self>, chunk: Vec<Result<Line, Problem>>) -> Vec<Answered> {
        let lines = chunk.iter().map(|line| line.as_ref().ok().map(|line| line.number));
        let numbers: Vec<Option<u64>> = lines.collect();
        let work = self.clone();
        let job = move |turn| async move { work.chunk(chunk, turn).await };
        match self.app.runtime().run_patiently(self.tenant.shared(), job).await {
            Ok(answered) => answered,
            Err(failure) => {
                let problem = refusal::of_calculation(CalculateError::Calculation(failure.into()));
                let answers = numbers.into_iter().map(|number| problem_line(&problem, number));
                answers.map(Answered::Written).collect()
            }
        }
    }

    /// The evaluator is kept from line to line and given back with the end of the chunk.
    async fn chunk(&self, chunk: Vec<Result<Line, Problem>>, turn: Turn) -> Vec<Answered> {
        let mut calculator = self.app.runtime().calculator(&self.tenant);
        let requests: Vec<(Option<u64>, Result<CalculationRequest, Problem>)> = chunk
            .into_iter()
            .map(|line| match line {
                Ok(line) => (Some(line.number), self.request(line)),
                Err(problem) => (None, Err(problem)),
            })
            .collect();
        let asked = requests.iter().filter_map(|(_, request)| request.as_ref().ok());
        let unread = calculator.look_up(asked).await.err();
        let unread = unread.map(|error| refusal::of_store(&error));
        let mut answers = Vec::with_capacity(requests.len());
        for (number, request) in requests {
            turn.pass().await;
            let result = match (request, &unread) {
                (Ok(_), Some(problem)) => Err(problem.clone()),
                (Ok(request), None) => {
                    let result = AssertUnwindSafe(calculate(&mut calculator, request));
                    result.catch_unwind().await.unwrap_or_else(|_| Err(panicked()))
                }
                (Err(problem), _) => Err(problem),
            };
            answers.push(match result {
                Ok((result, true)) => {
                    Answered::ToRecord { result: Box::new(result), number, answer: Vec::new() }
                }
                Ok((result, false)) => Answered::Written(
                    self.answer(&result).unwrap_or_else(|problem| problem_line(&problem, number)),
                ),
                Err(problem) => Answered::Written(problem_line(&problem, number)),
            });
        }
        answers
    }

    /// What a line asks for.
    fn request(&self, line: Line) -> Result<CalculationRequest, Problem> {
        let Some(text) = line.text else {
            let longest = self.app.limits().line_bytes;
            return Err(Problem::new(
                Kind::TooLarge,
                format!("The line is longer than the {longest} bytes allowed here."),
            ));
        };
        Ok(Fields::read::<CalculationRequest>(parse(&text)?)?)
    }

    fn answer(&self, result: &CalculationResult) -> Result<Vec<u8>, Problem> {
        let (mut bytes, _) = write(&self.app, result, &self.languages)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Records what is to be recorded, in one commit, and writes all answers. If it can not be
    /// recorded, nothing of it is, and each of these lines says so.
    async fn record(&self, chunks: Vec<Vec<Answered>>) -> Bytes {
        let mut answered: Vec<Answered> = chunks.into_iter().flatten().collect();
        let recording = match self.draft(&mut answered) {
            (recording, false) => recording,
            // Some of its results get no answer, so they are not recorded: the others are, anew.
            (_, true) => self.draft(&mut answered).0,
        };
        let refused = if recording.is_empty() {
            None
        } else {
            let recorded = self.app.runtime().record(&self.actor, recording, None).await;
            recorded.err().map(|error| refusal::of_store(&error))
        };
        let mut answers = Vec::new();
        for answered in answered {
            match (answered, &refused) {
                (Answered::ToRecord { number, .. }, Some(problem)) => {
                    answers.extend(problem_line(problem, number));
                }
                (Answered::ToRecord { answer: bytes, .. } | Answered::Written(bytes), _) => {
                    answers.extend(bytes);
                }
            }
        }
        Bytes::from(answers)
    }

    /// What is to be recorded, each with its answer. A line that can not be recorded or answered is
    /// answered with its problem instead; true where it was taken into the recording before.
    fn draft(&self, answered: &mut [Answered]) -> (Recording, bool) {
        let mut recording = Recording::new(&self.tenant);
        let mut is_spoilt = false;
        for line in answered {
            let Answered::ToRecord { result, number, answer } = line else { continue };
            let written = match recording.add(result) {
                Ok(_) => self.answer(result).inspect_err(|_| is_spoilt = true),
                Err(error) => Err(refusal::of_store(&error)),
            };
            match written {
                Ok(bytes) => *answer = bytes,
                Err(problem) => *line = Answered::Written(problem_line(&problem, *number)),
            }
        }
        (recording, is_spoilt)
    }
}

/// A line's result, and whether it is to be recorded.
async fn calculate(
    calculator: &mut Calculator,
    request: CalculationRequest,
) -> Result<(CalculationResult, bool), Problem> {
    let record = request.record;
    let result = calculator.calculate(request).await.map_err(refusal::of_calculation)?;
    Ok((result, record))
}

fn panicked() -> Problem {
    Problem::internal(&"a line of a batch panicked")
}

fn problem_line(problem: &Problem, line: Option<u64>) -> Vec<u8> {
    let mut bytes = problem.written(None, None, line);
    bytes.push(b'\n');
    bytes
}

/// The answer of a chunk whose task was ended: the server stops.
fn ended() -> Vec<u8> {
    let problem = Problem::saturated(5, "The server stops; the rest of the batch is not answered.");
    problem_line(&problem, None)
}
