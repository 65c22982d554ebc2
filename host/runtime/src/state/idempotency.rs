//! The same request twice has one effect and one answer.
//!
//! A client names its request with a key, which belongs to the person or service that the client
//! acts for. The first request with it is carried out in a task of its own, which holds the key
//! until the outcome is there, whether anybody waits for it or not. The same request meanwhile
//! waits for that outcome. Changes made by an actor who carries the key write the answer in the
//! same commit, and expect that there is none yet: neither a crash nor another node can come
//! between.

use std::{future::Future, sync::Arc, time::Duration};

use jiff::Timestamp;
use serde::Serialize;
use stele_digest::Digest;
use stele_store::{Committed, Effect, ResponseDraft, ResponseKey, ResultId, StoreError, TenantId};
use tokio::time::{Instant, timeout, timeout_at};
use tracing::Instrument as _;

use crate::state::{
    actor::{Actor, IdempotencyKey},
    reserved::{Place, Taken},
    runtime::{Runtime, store_error},
};

/// Most characters of a key.
const LONGEST_KEY: usize = 255;

/// What an answer begins with that is made anew from a result. No JSON begins like this.
const RESULT: &str = "result ";

/// What came of a request under a key.
#[derive(Debug)]
pub enum Idempotent<T> {
    /// It was carried out now.
    First(T),
    /// It was carried out before; this was the answer.
    Repeated(StoredResponse),
}

/// What the work of a request came to.
#[derive(Debug)]
pub struct Worked<T> {
    /// The answer.
    pub answer: T,
    /// What is to be remembered of it: status and body; none: the commit has done that.
    pub remember: Option<(u16, String)>,
}

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredResponse {
    /// HTTP status.
    pub status: u16,
    /// What it said.
    pub answer: StoredAnswer,
    /// When it was given.
    pub recorded_at: Timestamp,
}

/// What an answer said.
#[derive(Clone, PartialEq, Eq)]
pub enum StoredAnswer {
    /// The body, exactly.
    Body(String),
    /// A recorded result in a language. It is kept once, as a result: so the answer is erased with
    /// it.
    Result {
        /// Which.
        id: ResultId,
        /// BCP 47 tag.
        language: String,
    },
}

/// An answer may hold personal data, so it is not shown.
impl std::fmt::Debug for StoredAnswer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Body(_) => formatter.debug_tuple("Body").finish_non_exhaustive(),
            Self::Result { id, .. } => formatter.debug_tuple("Result").field(id).finish(),
        }
    }
}

impl StoredAnswer {
    /// As it lies in the place of a body.
    pub(crate) fn write(self) -> String {
        match self {
            Self::Body(body) => body,
            Self::Result { id, language } => format!("{RESULT}{id} {language}"),
        }
    }

    pub(crate) fn read(body: String) -> Self {
        let result = body.strip_prefix(RESULT).and_then(|rest| {
            let (id, language) = rest.split_once(' ')?;
            Some(Self::Result { id: id.parse().ok()?, language: language.to_owned() })
        });
        result.unwrap_or(Self::Body(body))
    }
}

/// Why a key can not be used.
#[derive(Debug, thiserror::Error)]
pub enum IdempotencyError {
    /// It is not a key.
    #[error("an idempotency key has 1 to {LONGEST_KEY} visible ASCII characters, found {found:?}")]
    Invalid {
        /// The beginning of what was sent.
        found: String,
    },
    /// It was used for something else.
    #[error("the idempotency key was used for another request; use a new one")]
    Conflict,
    /// The first request with it is still being worked on.
    #[error("the first request with this idempotency key is still being worked on; try again")]
    InProgress,
    /// As many requests under keys are being worked on as may be.
    #[error("too many requests with idempotency keys are being worked on; try again")]
    Saturated,
    /// The work ended without an outcome: only a mistake of ours can cause it.
    #[error("the work on the request ended without an outcome; try again with the same key")]
    Stopped,
    /// The store can not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether a client may choose this key.
pub fn check_key(key: &str) -> Result<(), IdempotencyError> {
    let is_key =
        (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    match is_key {
        true => Ok(()),
        false => Err(IdempotencyError::Invalid { found: key.chars().take(40).collect() }),
    }
}

impl IdempotencyKey {
    /// What is remembered under it.
    pub(crate) fn response(
        self,
        status: u16,
        body: impl Fn(&Committed) -> String + Send + Sync + 'static,
    ) -> ResponseDraft {
        let Self { key, request } = self;
        ResponseDraft { key, request, status, body: Arc::new(body) }
    }
}

impl Runtime {
    /// Has the work done once for each key, and gives the first answer again. `request` is a digest
    /// of all that makes the request: method, path and body.
    ///
    /// The work is carried out to its end also if the caller stops waiting. Work that fails
    /// remembers nothing: the same request may be tried again.
    pub async fn once<T, E, F>(
        self: &Arc<Self>,
        actor: &Actor,
        holder: Option<&TenantId>,
        key: &str,
        request: Digest,
        work: impl FnOnce(Actor) -> F + Send + 'static,
    ) -> Result<Idempotent<Result<T, E>>, IdempotencyError>
    where
        T: Send + 'static,
        E: Send + 'static,
        F: Future<Output = Result<Worked<T>, E>> + Send + 'static,
    {
        check_key(key)?;
        let (holder, subject, key) = (holder.cloned(), actor.subject, key.to_owned());
        let key = IdempotencyKey { key: ResponseKey { holder, subject, key }, request };
        let place = self.place(&key).await?;
        // Reserved before it is looked up: otherwise an answer could be written between the two.
        if let Some(stored) = self.remembered(&key).await? {
            return Ok(Idempotent::Repeated(stored));
        }
        let working = Work { runtime: Arc::clone(self), key: key.clone(), _place: place };
        let doing = work(actor.remembered_as(key.clone()));
        let working = tokio::spawn(working.carry_out(doing).in_current_span());
        match working.await {
            Ok(Ok(answer)) => Ok(Idempotent::First(Ok(answer))),
            // What was refused may have been refused because another node has done it.
            Ok(Err(error)) => Ok(match self.remembered(&key).await? {
                Some(stored) => Idempotent::Repeated(stored),
                None => Idempotent::First(Err(error)),
            }),
            Err(_) => Err(IdempotencyError::Stopped),
        }
    }

    /// Waits until no request under a key is being worked on, or for so long. Gives how many are left.
    /// For the end of the server, when nobody asks any more.
    pub async fn finish_requests(&self, within: Duration) -> usize {
        // What is left is counted either way.
        let _ = timeout(within, self.reserved().idle()).await;
        self.reserved().count()
    }

    /// The key, once nobody else holds it.
    async fn place(&self, key: &IdempotencyKey) -> Result<Place, IdempotencyError> {
        let IdempotencyKey { key, request } = key.clone();
        let until = Instant::now() + self.reserved().patience();
        loop {
            match self.reserved().take(&key, request) {
                Taken::Here(place) => return Ok(place),
                Taken::Full => return Err(IdempotencyError::Saturated),
                Taken::ByOther(other, _) if other != request => {
                    return Err(IdempotencyError::Conflict);
                }
                Taken::ByOther(_, mut ended) => {
                    let ending = async { while ended.changed().await.is_ok() {} };
                    let ended = timeout_at(until, ending).await;
                    ended.map_err(|_| IdempotencyError::InProgress)?;
                }
            }
        }
    }

    async fn remembered(
        &self,
        key: &IdempotencyKey,
    ) -> Result<Option<StoredResponse>, IdempotencyError> {
        let stored = self.store().response(&key.key).await?;
        stored
            .map(|stored| match stored.request == key.request {
                false => Err(IdempotencyError::Conflict),
                true => Ok(StoredResponse {
                    status: stored.status,
                    answer: StoredAnswer::read(stored.body),
                    recorded_at: stored.recorded_at,
                }),
            })
            .transpose()
    }
}

/// The work of a request, which holds its key.
struct Work {
    runtime: Arc<Runtime>,
    key: IdempotencyKey,
    _place: Place,
}

impl Work {
    async fn carry_out<T, E>(
        self,
        doing: impl Future<Output = Result<Worked<T>, E>>,
    ) -> Result<T, E> {
        let Worked { answer, remember } = doing.await?;
        if let Some((status, body)) = remember {
            // It is done; that its answer could not be remembered must not hide it.
            if let Err(error) = self.remember(status, body).await {
                tracing::error!(%error, "an answer could not be remembered");
            }
        }
        Ok(answer)
    }

    async fn remember(&self, status: u16, body: String) -> Result<(), StoreError> {
        let IdempotencyKey { key, request } = &self.key;
        let remembering = self.runtime.store().remember(key, *request, status, body);
        remembering.await.map_err(store_error)
    }
}

/// The answer to write with a change: the view of its effects as JSON, if the actor carries a key.
pub(crate) fn response_of<V: Serialize>(
    actor: &Actor,
    status: u16,
    view: impl Fn(&[Effect]) -> Option<V> + Send + Sync + 'static,
) -> Option<ResponseDraft> {
    let key = actor.idempotency.clone()?;
    Some(key.response(status, move |committed| {
        view(&committed.effects)
            .and_then(|view| serde_json::to_string(&view).ok())
            .unwrap_or_default()
    }))
}
