//! `Idempotency-Key`: the same request twice has one effect and one answer.
//!
//! The work of a request under a key is the runtime's: it goes on when the client hangs up, and the
//! same request meanwhile waits for its answer. The answer of a change is remembered in the same
//! commit as the change, so that no crash can come between the two; the runtime does that for an
//! actor who carries the key. Refusals are not remembered: nothing was changed, so the request may
//! be tried again.

use std::convert::Infallible;
use std::future::Future;

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::Response;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use stele_runtime::{
    Actor, Digest, IdempotencyError, Idempotent, ResultId, StoredAnswer, TenantId, Worked,
};

use super::application::Application;
use super::problem::{Kind, Problem};
use super::refusal;

/// The header that names a request.
pub(crate) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The header of an answer that was given before.
pub(crate) const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// The head of a changing request, for the signature of its handler.
#[derive(Debug)]
pub(crate) struct Head {
    method: Method,
    uri: Uri,
    key: Option<HeaderValue>,
}

/// A changing request, as it is told apart from others.
#[derive(Debug)]
pub(crate) struct Attempt<'a> {
    head: &'a Head,
    /// Whose key it is; none for the operator's.
    holder: Option<&'a TenantId>,
    body: &'a [u8],
}

impl From<&Parts> for Head {
    fn from(parts: &Parts) -> Head {
        Head {
            method: parts.method.clone(),
            uri: parts.uri.clone(),
            key: parts.headers.get(IDEMPOTENCY_KEY).cloned(),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Head {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Head, Infallible> {
        Ok(Head::from(&*parts))
    }
}

impl Head {
    /// The request with its body, for a tenant or, with none, the operator.
    pub(crate) fn attempt<'a>(
        &'a self,
        holder: Option<&'a TenantId>,
        body: &'a [u8],
    ) -> Attempt<'a> {
        Attempt { head: self, holder, body }
    }
}

/// An answer to a change.
#[derive(Debug)]
pub(crate) struct Answer {
    status: StatusCode,
    body: String,
    /// What is remembered in place of the body; none: the commit has remembered the body.
    remember: Option<String>,
    location: Option<HeaderValue>,
    language: Option<HeaderValue>,
    tag: Option<HeaderValue>,
}

impl Answer {
    /// An answer that the commit of the change has remembered, all of it or without a part that is
    /// shown once, such as a secret.
    pub(crate) fn committed(status: StatusCode, body: &impl Serialize) -> Result<Answer, Problem> {
        Ok(Answer::of(status, write(body)?, None))
    }

    /// An answer that is written out already, as the commit has remembered it.
    pub(crate) fn written(body: String) -> Answer {
        Answer::of(StatusCode::OK, body, None)
    }

    /// An answer without a commit that remembers it.
    pub(crate) fn uncommitted(
        status: StatusCode,
        body: &impl Serialize,
    ) -> Result<Answer, Problem> {
        let body = write(body)?;
        Ok(Answer::of(status, body.clone(), Some(body)))
    }

    fn of(status: StatusCode, body: String, remember: Option<String>) -> Answer {
        Answer { status, body, remember, location: None, language: None, tag: None }
    }

    /// The entity tag of what it shows.
    pub(crate) fn tagged(mut self, tag: HeaderValue) -> Answer {
        self.tag = Some(tag);
        self
    }

    /// The language of its texts.
    pub(crate) fn spoken(mut self, language: &str) -> Answer {
        self.language = HeaderValue::from_str(language).ok();
        self
    }

    /// Where what was made can be read.
    pub(crate) fn at(mut self, location: &str) -> Answer {
        self.location = HeaderValue::from_str(location).ok();
        self
    }
}

/// What came of a request.
#[derive(Debug)]
pub(crate) enum Done {
    /// Its answer, the first one or the same again.
    Answered(Response),
    /// The answer was a recorded result in this language.
    Recorded(ResultId, String),
}

/// Does the work once for each key, and gives the first answer again.
pub(crate) async fn once<F>(
    app: &Application,
    attempt: Attempt<'_>,
    actor: Actor,
    work: impl FnOnce(Actor) -> F + Send + 'static,
) -> Result<Response, Problem>
where
    F: Future<Output = Result<Answer, Problem>> + Send + 'static,
{
    match attempt_once(app, attempt, actor, work).await? {
        Done::Answered(response) => Ok(response),
        // Only calculations answer like this, and they have paths of their own.
        Done::Recorded(..) => Err(refuse(IdempotencyError::Conflict)),
    }
}

/// The same for work that may record a result.
pub(crate) async fn attempt_once<F>(
    app: &Application,
    attempt: Attempt<'_>,
    actor: Actor,
    work: impl FnOnce(Actor) -> F + Send + 'static,
) -> Result<Done, Problem>
where
    F: Future<Output = Result<Answer, Problem>> + Send + 'static,
{
    let Some(key) = &attempt.head.key else {
        return work(actor).await.map(|answer| Done::Answered(respond(answer)));
    };
    let key = text_of(key)?;
    let working = async |actor| {
        let mut answer: Answer = work(actor).await?;
        let status = answer.status.as_u16();
        let remember = answer.remember.take().map(|body| (status, body));
        Ok::<_, Problem>(Worked { answer, remember })
    };
    let request = fingerprint(&attempt);
    let done = app.runtime().once(&actor, attempt.holder, key, request, working).await;
    match done.map_err(refuse)? {
        Idempotent::First(answer) => Ok(Done::Answered(respond(answer?))),
        Idempotent::Repeated(stored) => Ok(match stored.answer {
            StoredAnswer::Result { id, language } => Done::Recorded(id, language),
            StoredAnswer::Body(body) => {
                let status = StatusCode::from_u16(stored.status).unwrap_or(StatusCode::OK);
                let mut response = json(status, body);
                response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
                Done::Answered(response)
            }
        }),
    }
}

fn text_of(key: &HeaderValue) -> Result<&str, Problem> {
    key.to_str().map_err(|_| {
        Problem::new(Kind::Malformed, "The idempotency key must be visible ASCII characters.")
    })
}

/// The key of a request whose body is not known as a whole, if it has one. It is one that the client
/// may choose.
pub(crate) fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(key) = headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
    let key = text_of(key)?;
    stele_runtime::check_key(key).map_err(refuse)?;
    Ok(Some(key.to_owned()))
}

/// A JSON response.
pub(crate) fn json(status: StatusCode, body: String) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn respond(answer: Answer) -> Response {
    let mut response = json(answer.status, answer.body);
    if let Some(location) = answer.location {
        response.headers_mut().insert(header::LOCATION, location);
    }
    if let Some(language) = answer.language {
        response.headers_mut().insert(header::CONTENT_LANGUAGE, language);
    }
    if let Some(tag) = answer.tag {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

fn write(body: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string(body).map_err(|error| Problem::internal(&error))
}

/// Each part with its length before it, so that no two requests look the same.
fn fingerprint(attempt: &Attempt<'_>) -> Digest {
    let uri = attempt.head.uri.path_and_query().map_or("", |path| path.as_str());
    let mut hasher = Sha256::new();
    for part in [attempt.head.method.as_str().as_bytes(), uri.as_bytes(), attempt.body] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    Digest::from_bytes(hasher.finalize().into())
}

/// Why a key can not be used.
pub(crate) fn refuse(error: IdempotencyError) -> Problem {
    match error {
        IdempotencyError::Invalid { .. } => Problem::new(Kind::Malformed, format!("{error}.")),
        IdempotencyError::Conflict => Problem::new(Kind::IdempotencyKeyReused, format!("{error}.")),
        IdempotencyError::InProgress => Problem::new(Kind::Conflict, format!("{error}."))
            .with_header(header::RETRY_AFTER, HeaderValue::from_static("1")),
        IdempotencyError::Saturated => Problem::saturated(1, format!("{error}.")),
        IdempotencyError::Stopped => Problem::internal(&error),
        IdempotencyError::Store(error) => refusal::of_store(&error),
    }
}
