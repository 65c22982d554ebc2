//! Who does something, and under which idempotency key.

use stele_digest::Digest;
use stele_store::ResponseKey;
use uuid::Uuid;

/// Who makes a change. Stands in the audit entry.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The person or service behind the credential.
    pub subject: Uuid,
    /// Its name.
    pub name: String,
    /// The key under which the answer is remembered, in the same commit as the change.
    pub idempotency: Option<IdempotencyKey>,
}

/// Under what an answer is remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The key as the client sent it, and whose it is.
    pub key: ResponseKey,
    /// Digest of the request: method, path and body.
    pub request: Digest,
}

impl Actor {
    /// Somebody with a credential.
    pub fn new(subject: Uuid, name: impl Into<String>) -> Self {
        Self { subject, name: name.into(), idempotency: None }
    }

    /// The operator at the command line, who has the data folder and needs no credential.
    pub fn console() -> Self {
        Self::new(Uuid::nil(), "console")
    }

    /// The same, whose next change is remembered under the key. One change only: a second one is
    /// refused, because the key has its answer.
    #[must_use]
    pub fn remembered_as(&self, idempotency: IdempotencyKey) -> Self {
        Self { idempotency: Some(idempotency), ..self.clone() }
    }

    pub(crate) fn record(&self) -> stele_store::Actor {
        stele_store::Actor { subject: self.subject, name: self.name.clone() }
    }
}
