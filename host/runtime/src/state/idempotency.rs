//! The same request twice has one effect and one answer.
//!
//! A client names its request with a key. The first request with it gets a [`Reservation`]: others
//! with the same key are told to wait. Changes made by an actor who carries the reservation's key
//! write the answer in the same commit, so a crash can not come between; other answers are
//! remembered by [`Reservation::complete`].

use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;
use stele_digest::Digest;
use stele_store::{
    Committed, Effect, ResponseDraft, ResponseKey, ResponseRecord, StoreError, TenantId,
};
use uuid::Uuid;

use crate::state::{
    actor::{Actor, IdempotencyKey},
    runtime::{Runtime, no_effect, store_error},
};

/// Most characters of a key.
const LONGEST_KEY: usize = 255;

/// What is known of a key.
#[derive(Debug)]
pub enum Idempotent {
    /// Nothing: the request is to be carried out.
    First(Reservation),
    /// The request was carried out; this was the answer.
    Repeated(StoredResponse),
}

/// An answer that was given.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredResponse {
    /// HTTP status.
    pub status: u16,
    /// The body, exactly.
    pub body: String,
    /// When it was given.
    pub recorded_at: Timestamp,
}

/// An answer may hold personal data, so it is not shown.
impl std::fmt::Debug for StoredResponse {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = formatter.debug_struct("StoredResponse");
        shown.field("status", &self.status).field("recorded_at", &self.recorded_at);
        shown.finish_non_exhaustive()
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
    /// The store can not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The right to carry out the request. Dropping it without an answer lets the next one try.
pub struct Reservation {
    runtime: Arc<Runtime>,
    key: IdempotencyKey,
}

impl std::fmt::Debug for Reservation {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Reservation").field("key", &self.key).finish_non_exhaustive()
    }
}

impl Reservation {
    /// The key, for [`Actor::remembered_as`].
    pub fn key(&self) -> &IdempotencyKey {
        &self.key
    }

    /// Remembers the answer, in place of one that was written with the change.
    pub async fn complete(self, status: u16, body: String) -> Result<(), StoreError> {
        let store = self.runtime.store().clone();
        let IdempotencyKey { key, request } = self.key.clone();
        let remembering =
            tokio::task::spawn_blocking(move || store.remember(&key, request, status, body));
        match remembering.await {
            Ok(remembered) => remembered.map_err(store_error),
            Err(_) => Err(no_effect()),
        }
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.runtime.reserved().free(&self.key.key);
    }
}

impl Runtime {
    /// Looks a key up, and reserves it if it is new. A key is its subject's: the same one of
    /// somebody else is another. `request` is a digest of all that makes the request: method, path
    /// and body.
    pub fn idempotent(
        self: &Arc<Self>,
        holder: Option<&TenantId>,
        subject: Uuid,
        key: &str,
        request: Digest,
    ) -> Result<Idempotent, IdempotencyError> {
        if !(1..=LONGEST_KEY).contains(&key.len())
            || !key.bytes().all(|byte| byte.is_ascii_graphic())
        {
            return Err(IdempotencyError::Invalid { found: key.chars().take(40).collect() });
        }
        let key = ResponseKey { holder: holder.cloned(), subject, key: key.to_owned() };
        // Reserved before it is looked up: otherwise an answer could be written between the two.
        if !self.reserved().take(key.clone()) {
            return Err(IdempotencyError::InProgress);
        }
        let key = IdempotencyKey { key, request };
        let reservation = Reservation { runtime: Arc::clone(self), key };
        match self.store().response(&reservation.key.key)? {
            None => Ok(Idempotent::First(reservation)),
            Some(stored) if stored.request != request => Err(IdempotencyError::Conflict),
            Some(stored) => Ok(Idempotent::Repeated(stored.into())),
        }
    }
}

impl Reservation {
    /// The answer that another process, or an earlier try that nobody waited for, has given under
    /// the key meanwhile.
    pub async fn answered(&self) -> Result<Option<StoredResponse>, StoreError> {
        let (store, key) = (self.runtime.store().clone(), self.key.clone());
        let reading = tokio::task::spawn_blocking(move || store.response(&key.key));
        let stored = reading.await.map_err(|_| no_effect())??;
        Ok(stored.filter(|stored| stored.request == self.key.request).map(StoredResponse::from))
    }
}

impl From<ResponseRecord> for StoredResponse {
    fn from(stored: ResponseRecord) -> Self {
        let ResponseRecord { status, body, recorded_at, .. } = stored;
        Self { status, body, recorded_at }
    }
}

/// The answer to write with a change: the view of its effects as JSON, if the actor carries a key.
pub(crate) fn response_of<V: Serialize>(
    actor: &Actor,
    status: u16,
    view: impl FnOnce(&[Effect]) -> Option<V> + Send + 'static,
) -> Option<ResponseDraft> {
    let IdempotencyKey { key, request } = actor.idempotency.clone()?;
    let body = move |committed: &Committed| {
        view(&committed.effects)
            .and_then(|view| serde_json::to_string(&view).ok())
            .unwrap_or_default()
    };
    Some(ResponseDraft { key, request, status, body: Box::new(body) })
}
