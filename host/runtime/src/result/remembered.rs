//! Results that were the answers to lines under keys: the same line again is answered from what was
//! recorded, and nothing is calculated or recorded a second time.

use std::collections::HashMap;

use stele_digest::Digest;
use stele_store::{ResponseKey, ResultId, StoreError, TenantId};

use super::{
    calculation::CalculationResult,
    read::{RecallResultError, ResultError, content_of},
};
use crate::state::{
    actor::{Actor, IdempotencyKey},
    idempotency::{IdempotencyError, StoredAnswer, check_key},
    runtime::Runtime,
};

/// What is remembered under a key.
#[derive(Debug)]
pub enum Remembered {
    /// The result that the same line was answered with.
    Result {
        /// As it was recorded.
        result: Box<CalculationResult>,
        /// The language of the answer, as a BCP 47 tag.
        language: String,
    },
    /// The answer to another request.
    Other,
    /// The result can not be shown any more.
    Lost(RecallResultError),
}

impl Actor {
    /// What a line is remembered under: a key that the client chose, and a digest of what the line
    /// asks for.
    pub fn key_of_line(
        &self,
        tenant: &TenantId,
        key: &str,
        request: Digest,
    ) -> Result<IdempotencyKey, IdempotencyError> {
        check_key(key)?;
        Ok(self.line_key(tenant, key.to_owned(), request))
    }

    /// The same for a line without a key in a request with one. No key that a client can choose has
    /// a space.
    pub fn key_of_numbered_line(
        &self,
        tenant: &TenantId,
        key: &str,
        number: u64,
        request: Digest,
    ) -> Result<IdempotencyKey, IdempotencyError> {
        check_key(key)?;
        Ok(self.line_key(tenant, format!("{key} {number}"), request))
    }

    fn line_key(&self, tenant: &TenantId, key: String, request: Digest) -> IdempotencyKey {
        let (holder, subject) = (Some(tenant.clone()), self.subject);
        IdempotencyKey { key: ResponseKey { holder, subject, key }, request }
    }
}

impl Runtime {
    /// What is remembered under each of these keys, in their order; none: nothing.
    pub async fn remembered_results(
        &self,
        tenant: &TenantId,
        keys: &[IdempotencyKey],
    ) -> Result<Vec<Option<Remembered>>, StoreError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let wanted: Vec<ResponseKey> = keys.iter().map(|key| key.key.clone()).collect();
        let stored = self.store().responses(&wanted).await?;
        let answers: Vec<Option<Found>> = (keys.iter().zip(stored))
            .map(|(key, stored)| {
                let stored = stored?;
                match StoredAnswer::read(stored.body) {
                    StoredAnswer::Result { id, language } if stored.request == key.request => {
                        Some(Found::Result(id, language))
                    }
                    _ => Some(Found::Other),
                }
            })
            .collect();
        let mut results = self.recalled_all(tenant, &answers).await?;
        let remembered = answers.into_iter().map(|found| match found? {
            Found::Other => Some(Remembered::Other),
            // The same key may be asked for twice.
            Found::Result(id, language) => Some(match results.get(&id) {
                Some(Ok(result)) => {
                    Remembered::Result { result: Box::new(result.clone()), language }
                }
                _ => match results.remove(&id) {
                    Some(Err(error)) => Remembered::Lost(error),
                    _ => Remembered::Lost(ResultError::Unknown(id).into()),
                },
            }),
        });
        Ok(remembered.collect())
    }

    /// These results as they were calculated. Each batch is read once.
    async fn recalled_all(
        &self,
        tenant: &TenantId,
        answers: &[Option<Found>],
    ) -> Result<HashMap<ResultId, Result<CalculationResult, RecallResultError>>, StoreError> {
        let ids = answers.iter().filter_map(|found| match found {
            Some(Found::Result(id, _)) => Some(*id),
            Some(Found::Other) | None => None,
        });
        let ids: Vec<ResultId> = ids.collect();
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let records = self.store().results_by_ids(tenant, &ids).await?;
        let mut results = HashMap::with_capacity(ids.len());
        for (id, record) in ids.into_iter().zip(records) {
            let recalled = match record {
                Some(record) => match content_of(&record) {
                    Ok(content) => self.recalled_of(tenant, record.head, content).await,
                    Err(error) => Err(error.into()),
                },
                None => Err(ResultError::Unknown(id).into()),
            };
            results.insert(id, recalled);
        }
        Ok(results)
    }
}

/// What stands under a key.
enum Found {
    Result(ResultId, String),
    Other,
}
