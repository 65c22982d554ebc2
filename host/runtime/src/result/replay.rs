//! A recorded result run again: the stored package, the stored facts, the parameters that this
//! package has in force on the date. Activations and employees are not asked; whatever they say by
//! now, the result must come out the same.

use stele_digest::Digest;
use stele_engine::Failure;
use stele_ruleset::{Calculation, CalculationError, Session};
use stele_store::{About, AuditDraft, Commit, Log, ResultHead, ResultId, StoreError, TenantId};

use super::{
    compare::{Difference, Replay, compare},
    content::ResultContent,
    read::{RecordedBatch, ResultError, batch, content_of},
};
use crate::state::{
    actor::Actor,
    runtime::{Runtime, store_error},
    salt::seed,
};

/// Why a result cannot be run again now.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// It cannot be read.
    #[error(transparent)]
    Result(#[from] ResultError),
    /// The engine has no room; the same replay succeeds later.
    #[error("{0}")]
    Saturated(Failure),
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The work was stopped.
    #[error("the replay was stopped")]
    Stopped,
}

impl From<Failure> for ReplayError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Saturated { .. } => Self::Saturated(failure),
            _ => Self::Stopped,
        }
    }
}

/// Runs what is kept again, on the session's evaluator. The calculation is given back where there
/// is one.
pub(crate) async fn run_again(
    session: &mut Session,
    content: &ResultContent,
    explain: bool,
) -> Result<(Replay, Option<Calculation>), Failure> {
    let ruleset = session.ruleset().clone();
    let date = content.receipt.date;
    let facts = ruleset.given_facts(content.facts.clone(), date);
    match session.calculate(date, &facts, explain).await {
        Err(CalculationError::Failure(failure @ Failure::Saturated { .. })) => Err(failure),
        Ok(calculation) => {
            let replay = compare(content, &ruleset, Ok(&calculation));
            Ok((replay, Some(calculation)))
        }
        Err(error) => Ok((compare(content, &ruleset, Err(&error)), None)),
    }
}

/// What differs where the audit log does not vouch for the batch.
pub(super) fn audit_difference(batch: &RecordedBatch) -> Option<Difference> {
    if batch.is_vouched_for() {
        return None;
    }
    let first = batch.results.first()?;
    Some(Difference::AuditLog {
        sequence: first.audit_sequence,
        recorded: batch.entry.as_ref().map(|entry| entry.digest.to_string()),
        found: batch.digest().to_string(),
    })
}

/// What differs where a receipt stands under another result's identifier.
pub(super) fn name_difference(id: ResultId, content: &ResultContent) -> Option<Difference> {
    let recorded = content.receipt.result;
    (recorded != Some(id)).then_some(Difference::Result { recorded, found: id })
}

impl Runtime {
    /// Runs a recorded result again and says where it differs. Stands in the audit log.
    pub async fn replay(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        id: ResultId,
    ) -> Result<Replay, ReplayError> {
        let (replay, head) = self.replayed(tenant, id).await?;
        let verdict = if replay.identical { "identical" } else { "different" };
        let entry = AuditDraft {
            log: Log::Tenant(tenant.clone()),
            action: "result.replayed".to_owned(),
            subject: id.to_string(),
            // The salted digest stands for the result: what it was and how it came out.
            digest: Digest::of_texts(&[&id.to_string(), &head.digest.to_string(), verdict]),
            about: Some(About::results_of(head.employee, seed()?)),
        };
        self.note(actor, entry).await?;
        Ok(replay)
    }

    async fn replayed(
        &self,
        tenant: &TenantId,
        id: ResultId,
    ) -> Result<(Replay, ResultHead), ReplayError> {
        let batch = batch(self.store().as_ref(), tenant, id.batch).await?;
        let record = batch.results.iter().find(|record| record.id == id);
        let record = record.ok_or(ResultError::Unknown(id))?;
        let content = content_of(record)?;
        let ruleset = self.ruleset_of(tenant, &content).await.map_err(ResultError::from)?;
        let mut session = ruleset.session(self.engine(), tenant.shared());
        let job = move |_| async move {
            let ran = run_again(&mut session, &content, content.has_steps()).await;
            ran.map(|(replay, _)| (replay, content))
        };
        let ran = self.run(tenant.shared(), job).await.flatten();
        let (replay, content) = ran.map_err(ReplayError::from)?;
        let replay = replay.with(name_difference(id, &content)).with(audit_difference(&batch));
        Ok((replay, record.head.clone()))
    }

    /// Writes an entry into the audit log that belongs to no change.
    pub(crate) async fn note(&self, actor: &Actor, entry: AuditDraft) -> Result<(), StoreError> {
        let commit = Commit {
            actor: actor.record(),
            expect: Vec::new(),
            changes: Vec::new(),
            audit: entry,
            response: None,
        };
        self.commit(commit).await.map(drop).map_err(store_error)
    }
}
