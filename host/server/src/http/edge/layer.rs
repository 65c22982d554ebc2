//! The one layer around every route: request id, admission, timing, panics, problem documents.
//!
//! It is one layer and not six because each layer costs an allocation and a poll on the path of a
//! calculation that itself takes microseconds.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use tracing::Instrument;
use uuid::Uuid;

use super::application::Application;
use super::credential::Presented;
use super::holding::Holding;
use super::idempotency::IDEMPOTENCY_KEY;
use super::problem::{Kind, MEDIA_TYPE, Problem};

/// The header that names a request, in both directions.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The route of a request that matched none.
const UNMATCHED: &str = "unmatched";

/// Longest request id that is taken over from the caller.
const LONGEST_REQUEST_ID: usize = 128;

/// What the layer needs.
#[derive(Clone)]
pub(crate) struct Edge {
    pub app: Application,
    /// Paths of requests that take no room: they are answered also when the server is full.
    pub always: &'static [&'static str],
}

/// Takes a request in and sends its response out.
pub(crate) async fn layer(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    let Edge { app, always } = edge;
    let started = Instant::now();
    let id = request_id(request.headers());
    let uri = request.uri().clone();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or(UNMATCHED, MatchedPath::as_str);

    let span =
        tracing::debug_span!("request", id = id.to_str().unwrap_or_default(), %method, route);
    let response = run(&app, always, request, next).instrument(span.clone()).await;
    let mut response = finish(response, uri.path(), &id);
    response.headers_mut().insert(REQUEST_ID, id);

    let status = response.status();
    let elapsed = started.elapsed();
    app.requests().record(route, &method, status, elapsed);
    span.in_scope(|| log(status, route, &method, response.headers(), elapsed.as_micros()));
    response
}

/// Runs the request if there is room for it, which it holds until its answer has been sent.
async fn run(app: &Application, always: &[&str], mut request: Request, next: Next) -> Response {
    // Of two nobody knows which was meant; a proxy before us may have believed the other one (RFC
    // 9112, section 3.2).
    let twice = |name: &&HeaderName| request.headers().get_all(*name).iter().nth(1).is_some();
    let once = [header::HOST, header::AUTHORIZATION, header::CONTENT_TYPE, IDEMPOTENCY_KEY];
    if let Some(name) = once.iter().find(twice) {
        let detail = format!("The request has more than one {name} header; one is expected.");
        return Problem::new(Kind::Malformed, detail).into_response();
    }
    if always.contains(&request.uri().path()) {
        return within_time(app, request, next).await;
    }
    let presented = Presented::find(request.headers(), app);
    let place = match app.rooms().requests.enter(presented.holder()) {
        Ok(place) => place,
        Err(problem) => return problem.into_response(),
    };
    request.extensions_mut().insert(presented);
    let response = within_time(app, request, next).await;
    response.map(|body| Body::new(Holding::new(body, place)))
}

/// Runs the request within the time that it may take.
async fn within_time(app: &Application, request: Request, next: Next) -> Response {
    let timeout = app.limits().request_timeout;
    match tokio::time::timeout(timeout, AssertUnwindSafe(next.run(request)).catch_unwind()).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => Problem::internal(&"a handler panicked").into_response(),
        Err(_) => Problem::new(
            Kind::Timeout,
            format!("It took longer than {} seconds and was given up.", timeout.as_secs()),
        )
        .with_header(header::RETRY_AFTER, HeaderValue::from_static("5"))
        .into_response(),
    }
}

/// Writes the problem document of a refused request.
fn finish(mut response: Response, path: &str, id: &HeaderValue) -> Response {
    let status = response.status();
    if status.is_success() {
        return response;
    }
    let id = id.to_str().unwrap_or_default();
    if let Some(problem) = response.extensions_mut().remove::<Arc<Problem>>() {
        return problem.finish(path, id);
    }
    let refused = status.is_client_error() || status.is_server_error();
    let written = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes)
        == Some(MEDIA_TYPE.as_bytes());
    if !refused || written {
        return response;
    }
    // Made by the router or a library, not by a handler: its status stays, and so does `Allow`.
    let mut finished =
        Problem::new(Kind::of_status(status), canonical_sentence(status)).finish(path, id);
    *finished.status_mut() = status;
    if let Some(allow) = response.headers_mut().remove(header::ALLOW) {
        finished.headers_mut().insert(header::ALLOW, allow);
    }
    finished
}

fn canonical_sentence(status: StatusCode) -> String {
    format!("{}.", status.canonical_reason().unwrap_or("The request was refused"))
}

/// The caller's request id where it is a plain short word, else a new one.
fn request_id(headers: &HeaderMap) -> HeaderValue {
    let given = headers.get(REQUEST_ID).filter(|given| {
        (1..=LONGEST_REQUEST_ID).contains(&given.len())
            && given.as_bytes().iter().all(|byte| {
                byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':')
            })
    });
    if let Some(given) = given {
        return given.clone();
    }
    let mut buffer = Uuid::encode_buffer();
    let text = Uuid::now_v7().as_hyphenated().encode_lower(&mut buffer);
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("none"))
}

fn log(status: StatusCode, route: &str, method: &Method, headers: &HeaderMap, micros: u128) {
    let id = headers.get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
    let status = status.as_u16();
    match status {
        503 => tracing::debug!(id, %method, route, status, micros, "refused, saturated"),
        500.. => tracing::warn!(id, %method, route, status, micros, "failed"),
        _ => tracing::debug!(id, %method, route, status, micros, "answered"),
    }
}
