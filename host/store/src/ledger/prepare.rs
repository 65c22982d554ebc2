//! What of a commit is done by whoever makes it, before it waits for its turn: contents are hashed,
//! encoded, compressed and cut. What is left for the writer depends on the commit's place among all
//! others, its recorded time, revisions and hashes of chains, and is small.
//!
//! A commit that contradicts itself is refused here, while others are written.

use std::collections::{BTreeMap, HashSet};

use stele_digest::Digest;
use uuid::Uuid;

use super::{
    Ledger, Work,
    batch::{BatchRecord, Encoded, Placed, index_write},
    import::Written,
    pieces::{self, Cut},
};
use crate::{
    backend::{Backend, Purpose, Write},
    commit::{
        AnswerDraft, AuditDraft, Change, Commit, EraseDraft, Expectation, ImpactReportDraft,
        ResponseDraft, ResponseKey, ResultsDraft, VersionDraft,
    },
    envelope,
    error::StoreError,
    layout::{self, Tree},
    names::TenantId,
    records::{Actor, ResultId},
};

/// A commit that is ready for the writer.
#[derive(Clone)]
pub(crate) struct Prepared {
    pub(super) actor: Actor,
    pub(super) expect: Vec<Expectation>,
    pub(super) steps: Vec<Step>,
    pub(super) audit: AuditDraft,
    pub(super) response: Option<ResponseDraft>,
}

/// A change, and what of it is made already.
#[derive(Clone)]
pub(super) enum Step {
    /// A small one, of which nothing is.
    Small(Change),
    /// The draft has no objects any more: these are those that the store does not have.
    Publish { draft: Box<VersionDraft>, objects: Vec<(Digest, Cut)> },
    /// The draft has no content any more.
    ImpactReport { draft: Box<ImpactReportDraft>, content: Option<Cut> },
    /// Everything but the batch's record.
    Results {
        tenant: TenantId,
        batch: Uuid,
        count: u32,
        writes: Vec<Write>,
        answers: Vec<AnswerDraft>,
    },
    /// The batches as they will be.
    Erase { draft: EraseDraft, batches: Vec<ErasedBatch> },
    /// All employees are written already, beyond the horizon.
    Import(Written),
}

/// A batch out of which results are to be erased.
#[derive(Clone)]
pub(super) struct ErasedBatch {
    pub(super) id: Uuid,
    /// As it was when the rest of this was made. Of no use when it has changed since.
    pub(super) record: BatchRecord,
    pub(super) encoded: Encoded,
    pub(super) erased: Vec<ResultId>,
}

impl Work {
    /// What it is written for.
    pub(super) fn purpose(&self) -> Purpose {
        match self {
            Self::Commit(prepared) => prepared.purpose(),
            Self::Remember { .. } => Purpose::Change,
        }
    }
}

impl Prepared {
    /// What it is written for.
    pub(super) fn purpose(&self) -> Purpose {
        let is_entry = self.steps.is_empty() && self.response.is_none();
        if is_entry { Purpose::Entry } else { Purpose::Change }
    }
}

impl<B: Backend> Ledger<B> {
    /// A commit as work for the writer.
    pub(crate) fn prepare_work(&self, commit: Commit) -> Result<Work, StoreError> {
        let prepared = self.prepare(commit).inspect_err(|_| self.count_refused())?;
        Ok(Work::Commit(Box::new(prepared)))
    }

    /// Does what can be done of a commit without knowing its place.
    pub(super) fn prepare(&self, commit: Commit) -> Result<Prepared, StoreError> {
        let Commit { actor, expect, changes, audit, response } = commit;
        let (found, most) = (changes.len(), self.bounds.changes);
        if found > most {
            return Err(StoreError::TooLarge { unit: "changes", found, most });
        }
        let steps = changes.into_iter().map(|change| self.prepare_change(change, &audit));
        let steps = steps.collect::<Result<_, StoreError>>()?;
        Ok(Prepared { actor, expect, steps, audit, response })
    }

    /// Makes again what another commit has overtaken.
    pub(crate) fn prepare_again(&self, mut work: Work) -> Result<Work, StoreError> {
        if let Work::Commit(prepared) = &mut work {
            for step in &mut prepared.steps {
                if let Step::Erase { draft, batches } = step {
                    *batches = self.without_erased(draft)?;
                }
            }
        }
        Ok(work)
    }

    fn prepare_change(&self, change: Change, audit: &AuditDraft) -> Result<Step, StoreError> {
        Ok(match change {
            Change::Publish(mut draft) => {
                let mut objects = Vec::new();
                for object in std::mem::take(&mut draft.objects) {
                    let digest = Digest::of(&object);
                    if self.has_object(&digest)? {
                        continue;
                    }
                    let compressed = envelope::compress(&object)?;
                    objects.push((
                        digest,
                        pieces::cut(Tree::Objects, digest.as_bytes(), &compressed)?,
                    ));
                }
                Step::Publish { draft, objects }
            }
            Change::PutImpactReport(mut draft) => {
                let prefix = layout::identified(&draft.tenant, draft.id);
                let content = match draft.content.take() {
                    Some(content) => {
                        let compressed = envelope::compress(&content)?;
                        Some(pieces::cut(Tree::ImpactContents, &prefix, &compressed)?)
                    }
                    None => None,
                };
                Step::ImpactReport { draft, content }
            }
            Change::RecordResults(draft) => prepare_results(draft, audit)?,
            Change::Erase(draft) => {
                let batches = self.without_erased(&draft)?;
                Step::Erase { draft, batches }
            }
            Change::Import(_) => {
                let detail = "an import is the only change of its commit";
                return Err(StoreError::defect("importing", detail));
            }
            change @ (Change::CreateTenant { .. }
            | Change::CreateToken(_)
            | Change::RevokeToken { .. }
            | Change::Activate(_)
            | Change::PutEmployee(_)
            | Change::PutPolicy(_)
            | Change::PutOrganization(_)
            | Change::PutProposal(_)) => Step::Small(change),
        })
    }

    /// Objects are never removed: what is there stays.
    pub(super) fn has_object(&self, digest: &Digest) -> Result<bool, StoreError> {
        Ok(self.backend.get(Tree::Objects, &layout::chunk(digest, 0))?.is_some())
    }

    /// The batches without the results that are to be erased. Those of somebody else, and those
    /// that are erased already, stay as they are.
    fn without_erased(&self, draft: &EraseDraft) -> Result<Vec<ErasedBatch>, StoreError> {
        let EraseDraft { tenant, employee, results, .. } = draft;
        let mut by_batch: BTreeMap<Uuid, Vec<ResultId>> = BTreeMap::new();
        for result in results {
            by_batch.entry(result.batch).or_default().push(*result);
        }
        let mut batches = Vec::new();
        for (id, results) in by_batch {
            let Some(mut batch) = self.batch(tenant, id)? else { continue };
            let mut erased = Vec::new();
            for result in results {
                let Ok(position) = usize::try_from(result.position) else { continue };
                let placed = batch.heads.get_mut(position);
                let (Some(placed), Some(content)) = (placed, batch.contents.get_mut(position))
                else {
                    continue;
                };
                if placed.head.employee.as_ref() == Some(employee) {
                    placed.head.employee = None;
                    placed.head.salt = String::new();
                    if let Some(provenance) = &mut placed.head.provenance {
                        provenance.employment = None;
                    }
                    placed.length = 0;
                    content.clear();
                    erased.push(result);
                }
            }
            if !erased.is_empty() {
                let contents = batch.contents.iter().map(Vec::as_slice);
                let encoded = Encoded::of(tenant, id, &batch.heads, contents)?;
                batches.push(ErasedBatch { id, record: batch.record, encoded, erased });
            }
        }
        Ok(batches)
    }
}

fn prepare_results(draft: ResultsDraft, audit: &AuditDraft) -> Result<Step, StoreError> {
    let refused = |detail: &str| StoreError::defect("recording results", detail);
    if draft.digest() != audit.digest {
        return Err(refused("the audit entry has another digest"));
    }
    let ResultsDraft { tenant, batch, results, answers } = draft;
    let keys: HashSet<&ResponseKey> = answers.iter().map(|answer| &answer.key).collect();
    if keys.len() < answers.len() {
        return Err(refused("two of them are remembered under one key"));
    }
    let count = u32::try_from(results.len()).map_err(|_| refused("there are too many"))?;
    let mut heads = Vec::with_capacity(results.len());
    let mut writes = Vec::with_capacity(results.len() + 16);
    for (position, result) in (0..count).zip(&results) {
        let head = result.head();
        if let Some(employee) = &head.employee {
            let key = layout::result_of(&tenant, employee, ResultId { batch, position });
            writes.push(index_write(key, head)?);
        }
        heads.push(Placed { head: head.clone(), length: result.content().len() });
    }
    let contents = results.iter().map(|result| result.content());
    let encoded = Encoded::of(&tenant, batch, &heads, contents)?;
    writes.extend(encoded.heads.into_new());
    writes.extend(encoded.contents.into_new());
    Ok(Step::Results { tenant, batch, count, writes, answers })
}
