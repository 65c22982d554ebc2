//! Recording: results that are kept together, in one commit with one audit entry.

use std::fmt;

use jiff::Timestamp;
use stele_store::{
    About, AnswerDraft, AuditDraft, Change, Commit, Effect, Log, ResultDraft, ResultHeadDraft,
    ResultId, ResultsDraft, StoreError, TenantId,
};
use uuid::Uuid;

use super::content;
use crate::{
    result::calculation::CalculationResult,
    state::{
        actor::{Actor, IdempotencyKey},
        idempotency::StoredAnswer,
        runtime::{Runtime, no_effect, store_error},
        salt::{salt, seed},
    },
};

/// Most results of one commit. They lie together on disk, and reading one reads all of them.
pub const LARGEST_RECORDING: usize = 256;

/// HTTP status of an answer that is a result.
const ANSWERED: u16 = 200;

/// Results on their way into the store. Each has its identifier as soon as it is added; nothing
/// is recorded before [`Runtime::record`] has returned.
pub struct Recording {
    draft: ResultsDraft,
    /// What is remembered, each with how many results there were with its own.
    answers: Vec<(usize, AnswerDraft)>,
}

/// Personal data never reaches a log by way of `{:?}`.
impl fmt::Debug for Recording {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Recording")
            .field("batch", &self.draft.batch)
            .field("results", &self.draft.results.len())
            .finish_non_exhaustive()
    }
}

impl Recording {
    /// An empty one.
    pub fn new(tenant: &TenantId) -> Self {
        let draft = ResultsDraft {
            tenant: tenant.clone(),
            batch: Uuid::now_v7(),
            results: Vec::new(),
            answers: Vec::new(),
        };
        Self { draft, answers: Vec::new() }
    }

    /// Adds a result that was calculated with [`record`](crate::CalculationRequest::record), and
    /// names it in its receipt.
    pub fn add(&mut self, result: &mut CalculationResult) -> Result<ResultId, StoreError> {
        let refused = |detail: &str| StoreError::Defect {
            action: "recording results",
            detail: detail.to_owned(),
        };
        if result.attributes.is_none() {
            return Err(refused("a result was not calculated to be recorded"));
        }
        if self.draft.results.len() >= LARGEST_RECORDING {
            return Err(refused("there are too many for one commit"));
        }
        let position = u32::try_from(self.draft.results.len())
            .map_err(|_| refused("there are too many for one commit"))?;
        let id = ResultId { batch: self.draft.batch, position };
        result.receipt.result = Some(id);
        let content = content::encode(result)?;
        let head = ResultHeadDraft {
            employee: result.employee.clone(),
            slot: result.receipt.slot.clone(),
            kind: result.ruleset.manifest().kind.clone(),
            provenance: result.receipt.provenance(),
            date: result.receipt.date,
            salt: salt()?,
        };
        self.draft.results.push(ResultDraft::new(head, content));
        Ok(id)
    }

    /// Adds a result that is the answer under a key: the same commit remembers that the answer was
    /// this result in this language. No two under one key.
    pub fn add_under(
        &mut self,
        result: &mut CalculationResult,
        key: &IdempotencyKey,
        language: &str,
    ) -> Result<ResultId, StoreError> {
        let id = self.add(result)?;
        let answer = StoredAnswer::Result { id, language: language.to_owned() };
        let IdempotencyKey { key, request } = key.clone();
        let body = answer.write();
        let answer = AnswerDraft { key, request, status: ANSWERED, body };
        self.answers.push((self.draft.results.len(), answer));
        Ok(id)
    }

    /// Takes the last one out again, with what would be remembered of it.
    pub fn take_back(&mut self) {
        let last = self.draft.results.len();
        self.answers.pop_if(|(of, _)| *of == last);
        self.draft.results.pop();
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.draft.results.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.draft.results.is_empty()
    }
}

impl Runtime {
    /// Records results: all of them or, with an error, none. They are durable when this returns.
    /// [`StoreError::Answered`]: one of the keys has its answer already. If the actor carries an idempotency key and a language is named, the same commit remembers
    /// that the answer was the first result in that language.
    pub async fn record(
        &self,
        actor: &Actor,
        recording: Recording,
        language: Option<&str>,
    ) -> Result<Timestamp, StoreError> {
        let Recording { mut draft, answers } = recording;
        draft.answers = answers.into_iter().map(|(_, answer)| answer).collect();
        let count = draft.results.len();
        let employees = draft.results.iter().filter_map(|result| result.head().employee.clone());
        let about = About::results_of(employees, seed()?);
        let response = actor.idempotency.clone().zip(language).map(|(key, language)| {
            let id = ResultId { batch: draft.batch, position: 0 };
            let answer = StoredAnswer::Result { id, language: language.to_owned() };
            let answer = answer.write();
            key.response(ANSWERED, move |_| answer.clone())
        });
        let commit = Commit {
            actor: actor.record(),
            expect: Vec::new(),
            audit: AuditDraft {
                log: Log::Tenant(draft.tenant.clone()),
                action: "result.recorded".to_owned(),
                subject: format!("{} {count}", draft.batch.as_hyphenated()),
                digest: draft.digest(),
                about: Some(about),
            },
            changes: vec![Change::RecordResults(draft)],
            response,
        };
        let committed = self.commit(commit).await.map_err(store_error)?;
        match committed.effects.first() {
            Some(Effect::Results { .. }) => Ok(committed.recorded_at),
            _ => Err(no_effect()),
        }
    }
}
