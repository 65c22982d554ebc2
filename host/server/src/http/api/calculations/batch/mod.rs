//! Many calculations in one request: NDJSON in, NDJSON out, in the same order.
//!
//! | file | idea |
//! |---|---|
//! | `ahead` | lines that are read before their answers are |
//! | `line` | what a line asks for, and under which key |
//! | `work` | chunks of lines, calculated in the tenant's turns |
//! | `recording` | results that are recorded together, and their answers |
//! | `waiting` | how many bytes of a batch may wait for its reader |
//!
//! Lines are taken as they arrive, in chunks of at most [`CHUNK`]; chunks run in the tenant's turns, in
//! parallel over the cores, and their answers leave in order. What nobody waits for any more is not
//! calculated.
//!
//! A caller that does not read stops its own batch: `batch_waiting_bytes` wait, lines, results and
//! answers together, and `batch_ahead_bytes` of lines that nobody works on yet. A chunk that was calculated ahead ends where they are
//! used up; what is left of it is calculated when its answer is next, which may always go on by one
//! line. So of a tenant as much waits as it may stream batches, times these bytes.
//!
//! Lines that are to be recorded are answered once they are durable. What is ready is recorded
//! together, up to [`LARGEST_RECORDING`] results with one commit.

mod ahead;
mod line;
mod recording;
mod waiting;
mod work;

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use futures::future;
use futures::stream::{self, BoxStream, Stream, StreamExt};
use stele_runtime::LARGEST_RECORDING;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::api::calculations::batch::ahead::ahead;
use crate::http::api::calculations::batch::line::Sender;
use crate::http::api::calculations::batch::recording::Piece;
use crate::http::api::calculations::batch::waiting::Waiting;
use crate::http::api::calculations::batch::work::{Answered, Asked, Part, Work};
use crate::http::edge::application::Application;
use crate::http::edge::arriving::Arriving;
use crate::http::edge::body::expect_media_type;
use crate::http::edge::credential::{Calculate, TenantAccess};
use crate::http::edge::encoding::Encoding;
use crate::http::edge::idempotency::idempotency_key;
use crate::http::edge::language::Languages;
use crate::http::edge::lines::{Line, lines};
use crate::http::edge::media_type::NDJSON;
use crate::http::edge::problem::Problem;

/// Lines of one job: about a millisecond of usual ones. Between two lines other tenants have their
/// turn.
const CHUNK: usize = 32;

/// Bytes of lines after which a chunk is full.
const CHUNK_BYTES: usize = 256 << 10;

/// Commits of one batch on their way at the same time: they may share a flush.
const RECORDINGS: usize = 2;

/// The routes of this folder.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(calculate_batch))
}

/// Calculate many.
///
/// Each line is a request of `POST …/calculations`; each line of the answer is its result or its
/// problem document with `line`, in the same order, and with its `employee` and `idempotency_key`
/// where it has them. Blank lines are left out. A wrong line costs that line only. The answer begins
/// before the request has ended; a client may write all of its lines first, as long as they are not
/// more than the server's `--batch-ahead` bytes beyond those whose answers it has read.
///
/// A line with `record` may have an `idempotency_key`: for 48 hours the same line under the same key
/// is answered from what was recorded, and another line under it is a problem. The header
/// `Idempotency-Key` stands for a key of each line that has none: the same request again, also after
/// one that broke off, records each of its lines once.
#[utoipa::path(post, path = "/v1/tenants/{tenant}/calculations/batch", tag = "calculation",
    operation_id = "calculate_batch",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("Accept-Language" = Option<String>, Header, description = "Languages, most wanted first."),
        ("Accept-Encoding" = Option<String>, Header, description = "`zstd` or `gzip` compresses the answer."),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the lines that record, each with its number."),
    ),
    request_body(content = String, content_type = "application/x-ndjson",
        description = "One calculation request a line."),
    responses((status = 200, description = "One result or problem a line.", body = String,
        content_type = "application/x-ndjson")))]
async fn calculate_batch(
    State(app): State<Application>,
    access: TenantAccess<Calculate>,
    languages: Languages,
    encoding: Encoding,
    request: Request,
) -> Result<Response, Problem> {
    expect_media_type(request.headers(), &[NDJSON, "application/ndjson", "application/jsonl"])?;
    let key = idempotency_key(request.headers())?;
    let place = app.rooms().batches.enter(access.holder())?;
    let limits = app.limits();
    let arriving = Arriving::new(request.into_body(), limits.body_rate);
    let lines = ahead(lines(arriving, limits.line_bytes), limits.batch_ahead_bytes).fuse().boxed();
    let waiting = Waiting::new(limits.batch_waiting_bytes);
    let work = Arc::new(Work {
        app: app.clone(),
        sender: Sender { tenant: access.tenant, actor: access.actor, key },
        languages,
        waiting,
    });
    let answers = stream::unfold((answers(lines, work), None), async |(mut answers, leaving)| {
        // What left last has been taken when more is asked for.
        drop(leaving);
        let Piece { bytes, held, .. } = answers.next().await?;
        Some((Bytes::from(bytes), (answers, held)))
    });
    let answers = answers.map(move |answer| {
        let _held_until_the_end = &place;
        Ok::<_, std::convert::Infallible>(answer)
    });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(NDJSON)),
        (header::VARY, HeaderValue::from_static("accept-language")),
    ];
    Ok(encoding.encode((headers, Body::from_stream(answers)).into_response()))
}

/// The answers to these lines, in their order.
fn answers(
    lines: BoxStream<'static, Result<Line, Problem>>,
    work: Arc<Work>,
) -> BoxStream<'static, Piece> {
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let (ahead, next) = (work.clone(), work.clone());
    let (recorder, next_recorder) = (work.clone(), work.clone());
    chunks(lines, work.waiting.clone())
        .map(move |chunk| ahead.clone().run(chunk, false))
        .buffered(2 * cores)
        .flat_map(move |part| to_the_end(next.clone(), part))
        .ready_chunks(LARGEST_RECORDING / CHUNK)
        .map(move |answered| recorder.clone().record(answered.into_iter().flatten().collect()))
        .buffered(RECORDINGS)
        .flat_map(move |piece| recorded_to_the_end(next_recorder.clone(), piece))
        .filter(|piece| future::ready(!piece.bytes.is_empty()))
        .boxed()
}

/// Lines as they are ready, as many together as are one job. None is taken while enough waits.
fn chunks(
    lines: BoxStream<'static, Result<Line, Problem>>,
    waiting: Arc<Waiting>,
) -> impl Stream<Item = VecDeque<Asked>> + Send {
    stream::unfold((lines, waiting), async |(mut lines, waiting)| {
        waiting.room().await;
        let mut line = lines.next().await?;
        let (mut chunk, mut bytes) = (VecDeque::new(), 0);
        loop {
            let text = line.as_ref().ok().and_then(|line| line.text.as_ref());
            let length = text.map_or(0, Bytes::len);
            bytes += length;
            chunk.push_back(Asked { line, _held: waiting.hold(length) });
            if chunk.len() >= CHUNK || bytes >= CHUNK_BYTES || waiting.is_full() {
                break;
            }
            match lines.next().now_or_never() {
                Some(Some(next)) => line = next,
                Some(None) | None => break,
            }
        }
        Some((chunk, (lines, waiting)))
    })
}

/// A part of a chunk, and what is left of it: calculated when nothing is left before it.
fn to_the_end(work: Arc<Work>, part: Part) -> impl Stream<Item = Vec<Answered>> + Send {
    /// What comes next.
    enum Next {
        Part(Part),
        Rest(VecDeque<Asked>),
    }
    stream::unfold((work, Next::Part(part)), async |(work, next)| {
        let Part { answered, rest } = match next {
            Next::Part(part) => part,
            Next::Rest(rest) if rest.is_empty() => return None,
            Next::Rest(rest) => work.clone().run(rest, true).await,
        };
        Some((answered, (work, Next::Rest(rest))))
    })
}

/// A piece of the answer, and what was left to be recorded after it.
fn recorded_to_the_end(work: Arc<Work>, piece: Piece) -> impl Stream<Item = Piece> + Send {
    /// What comes next.
    enum Next {
        Piece(Piece),
        Rest(VecDeque<Answered>),
    }
    stream::unfold((work, Next::Piece(piece)), async |(work, next)| {
        let mut piece = match next {
            Next::Piece(piece) => piece,
            Next::Rest(rest) if rest.is_empty() => return None,
            Next::Rest(rest) => work.clone().record(rest).await,
        };
        let rest = std::mem::take(&mut piece.rest);
        Some((piece, (work, Next::Rest(rest))))
    })
}
