//! Turns a commit into the keys and values that it writes, without writing them.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use jiff::{SignedDuration, Timestamp};
use stele_digest::Digest;

use super::{
    Ledger, Refused, Work, Writer,
    pieces::Cut,
    prepare::{Prepared, Step},
};
use crate::{
    backend::{self, Backend, Guard, Write},
    commit::{
        AnswerDraft, Change, CommitError, Committed, Effect, EmployeeDraft, Expectation,
        ResponseKey, Unmet,
    },
    envelope,
    error::StoreError,
    layout::{self, Tree},
    merkle::{self, Edge, Head},
    names::{EmployeeId, TenantId},
    records::{
        ActivationRecord, Actor, AuditEntry, EmployeeRevision, Log, ResponseRecord, TenantRecord,
        TokenRecord, VersionRecord,
    },
};

/// What is to be written, and what the writer knows once it is.
pub(super) struct Applied {
    pub(super) writes: Vec<Write>,
    pub(super) committed: Option<Arc<Committed>>,
    pub(super) staged: Staged,
}

/// The writer's knowledge after this work.
pub(super) struct Staged {
    pub(super) recorded_at: Timestamp,
    /// Position that the commit's audit entry will have in its log.
    pub(super) audit_sequence: u64,
    pub(super) activations: HashMap<TenantId, u64>,
    pub(super) heads: HashMap<Log, Arc<Edge>>,
    /// What must still be there when it is written.
    pub(super) guards: Vec<Guard>,
    revisions: HashMap<(TenantId, EmployeeId), u64>,
    objects: HashSet<Digest>,
}

/// Collects writes of records.
#[derive(Default)]
pub(super) struct Writes(Vec<Write>);

impl Writes {
    pub(super) fn push(&mut self, write: Write) {
        self.0.push(write);
    }

    pub(super) fn extend(&mut self, writes: Vec<Write>) {
        self.0.extend(writes);
    }

    pub(super) fn record<T: serde::Serialize>(
        &mut self,
        tree: Tree,
        key: Vec<u8>,
        record: &T,
    ) -> Result<(), StoreError> {
        let value = envelope::record(tree, &key, record)?;
        self.0.push(Write { tree, key, value: Some(value) });
        Ok(())
    }
}

impl<B: Backend> Ledger<B> {
    pub(super) fn apply(&self, writer: &Writer, work: Work) -> Result<Applied, Refused> {
        let recorded_at = match work.import() {
            Some(import) => import.recorded_at,
            None => self.next_time(writer.last)?,
        };
        let mut staged = Staged {
            recorded_at,
            audit_sequence: 0,
            activations: HashMap::new(),
            heads: HashMap::new(),
            guards: Vec::new(),
            revisions: HashMap::new(),
            objects: HashSet::new(),
        };
        let mut writes = Writes::default();
        let committed = match work {
            Work::Commit(prepared) => {
                if self.is_overtaken(&prepared.steps)? {
                    return Err(Refused::Overtaken(Box::new(Work::Commit(prepared))));
                }
                Some(self.apply_commit(writer, *prepared, &mut staged, &mut writes)?)
            }
            Work::Remember { key, request, status, body } => {
                let record = ResponseRecord { request, recorded_at, status, body };
                self.respond(&key, &record, &mut writes)?;
                None
            }
        };
        writes.record(Tree::Meta, layout::HORIZON_KEY.to_vec(), &recorded_at)?;
        Ok(Applied { writes: writes.0, committed: committed.map(Arc::new), staged })
    }

    /// Now, or a microsecond after the last commit if the clock has not moved on since. Whole
    /// microseconds, which every client and every database can hold.
    pub(super) fn next_time(&self, last: Timestamp) -> Result<Timestamp, StoreError> {
        let out_of_range = |error: jiff::Error| StoreError::io("reading the clock", error);
        let now = Timestamp::from_microsecond(self.clock.now().as_microsecond());
        let now = now.map_err(out_of_range)?;
        let next = last.checked_add(SignedDuration::from_micros(1)).map_err(out_of_range)?;
        Ok(now.max(next))
    }

    fn apply_commit(
        &self,
        writer: &Writer,
        prepared: Prepared,
        staged: &mut Staged,
        writes: &mut Writes,
    ) -> Result<Committed, CommitError> {
        let purpose = prepared.purpose();
        let Prepared { actor, expect, steps, audit, response } = prepared;
        let answers = steps.iter().flat_map(|step| match step {
            Step::Results { answers, .. } => answers.as_slice(),
            _ => &[],
        });
        let keys = answers.map(|answer| &answer.key).chain(response.iter().map(|draft| &draft.key));
        for key in keys {
            if self.is_answered(key, staged.recorded_at)? {
                return Err(StoreError::Answered.into());
            }
        }
        for expectation in &expect {
            self.check(expectation, staged.recorded_at)?;
        }
        let mut edge = match writer.heads.get(&audit.log) {
            Some(edge) => edge.as_ref().clone(),
            None => self.writers_edge(&audit.log)?,
        };
        staged.guards.push(self.head_guard(&audit.log)?);
        let sequence = edge.size;
        staged.audit_sequence = sequence;
        let employees = match &audit.about {
            Some(about) => {
                self.digests_of(&audit.log, about, purpose, staged.recorded_at, writes)?
            }
            None => Vec::new(),
        };
        let mut effects = Vec::with_capacity(steps.len());
        for step in steps {
            effects.push(self.apply_step(writer, &actor, step, staged, writes)?);
        }
        let recorded_at = staged.recorded_at;
        let entry = AuditEntry {
            sequence,
            recorded_at,
            actor,
            action: audit.action,
            subject: audit.subject,
            digest: audit.digest,
            employees,
            previous: edge.last,
        };
        let json = envelope::json(&entry)?;
        let key = layout::entry(&audit.log, sequence);
        let value = envelope::encoded(Tree::Audit, &key, &json)?;
        writes.0.push(Write { tree: Tree::Audit, key, value: Some(value) });
        for tile in edge.push(merkle::leaf_hash(&json)) {
            writes.0.push(merkle::tile_write(&audit.log, &tile));
        }
        let head = Head { size: edge.size, last: edge.last, recorded_at };
        writes.0.push(merkle::head_write(&audit.log, &head)?);
        staged.heads.insert(audit.log.clone(), Arc::new(edge));

        let committed =
            Committed { recorded_at, log: audit.log, audit_sequence: sequence, effects };
        if let Some(draft) = response {
            let body = (draft.body)(&committed);
            let record =
                ResponseRecord { request: draft.request, recorded_at, status: draft.status, body };
            self.respond(&draft.key, &record, writes)?;
        }
        self.leave_word(&committed, writes)?;
        Ok(committed)
    }

    /// The head of a log as it is, which nobody may have moved when the next entry is written.
    pub(super) fn head_guard(&self, log: &Log) -> Result<Guard, StoreError> {
        let (tree, key) = (Tree::AuditHeads, layout::entries_of(log));
        let value = self.backend.get(tree, &key)?;
        Ok(Guard { tree, key, value })
    }

    fn apply_step(
        &self,
        writer: &Writer,
        actor: &Actor,
        step: Step,
        staged: &mut Staged,
        writes: &mut Writes,
    ) -> Result<Effect, CommitError> {
        match step {
            Step::Small(change) => self.apply_change(writer, actor, change, staged, writes),
            Step::Publish { draft, objects } => {
                for (digest, object) in objects {
                    self.put_object(digest, object, staged, writes)?;
                }
                let recorded_at = staged.recorded_at;
                let record = VersionRecord {
                    scope: draft.scope,
                    name: draft.name,
                    version: draft.version,
                    digest: draft.digest,
                    component: draft.component,
                    report: draft.report,
                    kind: draft.kind,
                    jurisdiction: draft.jurisdiction,
                    exact: draft.exact,
                    from: draft.from,
                    until: draft.until,
                    signatures: draft.signatures,
                    recorded_at,
                    actor: actor.clone(),
                };
                let key = layout::version(&record.scope, &record.name, &record.version);
                writes.record(Tree::Versions, key, &record)?;
                Ok(Effect::Version(record))
            }
            Step::ImpactReport { draft, content } => {
                self.put_impact_report(actor, *draft, content, staged, writes)
            }
            Step::Results { tenant, batch, count, writes: ready, answers } => {
                for AnswerDraft { key, request, status, body } in answers {
                    let recorded_at = staged.recorded_at;
                    let record = ResponseRecord { request, recorded_at, status, body };
                    self.respond(&key, &record, writes)?;
                }
                self.record_results(actor, (tenant, batch, count), ready, staged, writes)
            }
            Step::Erase { draft, batches } => self.erase(actor, draft, batches, staged, writes),
            Step::Import(written) => Ok(written.finish(writes)),
        }
    }

    fn apply_change(
        &self,
        writer: &Writer,
        actor: &Actor,
        change: Change,
        staged: &mut Staged,
        writes: &mut Writes,
    ) -> Result<Effect, CommitError> {
        let recorded_at = staged.recorded_at;
        match change {
            Change::CreateTenant { id, name } => {
                let record = TenantRecord { id, name, recorded_at };
                writes.record(Tree::Tenants, layout::tenant(&record.id), &record)?;
                Ok(Effect::Tenant(record))
            }
            Change::CreateToken(draft) => {
                let record = TokenRecord {
                    id: draft.id,
                    tenant: draft.tenant,
                    subject: draft.subject,
                    name: draft.name,
                    scopes: draft.scopes,
                    secret: draft.secret,
                    recorded_at,
                    revoked_at: None,
                };
                writes.record(Tree::Tokens, layout::token(record.id), &record)?;
                Ok(Effect::Token(record))
            }
            Change::RevokeToken { id } => {
                let mut record = self.stored_token(id)?.ok_or(CommitError::Unmet(Unmet {
                    expectation: Expectation::TokenActive(id),
                    found: None,
                }))?;
                record.revoked_at.get_or_insert(recorded_at);
                writes.record(Tree::Tokens, layout::token(id), &record)?;
                Ok(Effect::Token(record))
            }
            Change::Activate(draft) => {
                let staged_or_known = staged
                    .activations
                    .get(&draft.tenant)
                    .or_else(|| writer.activations.get(&draft.tenant));
                let sequence = match staged_or_known {
                    Some(next) => *next,
                    None => self.next_activation(&draft.tenant)?,
                };
                staged.activations.insert(draft.tenant.clone(), sequence + 1);
                let record = ActivationRecord {
                    tenant: draft.tenant,
                    sequence,
                    id: draft.id,
                    slot: draft.slot,
                    ruleset: draft.ruleset,
                    version: draft.version,
                    digest: draft.digest,
                    valid_from: draft.valid_from,
                    proposal: draft.proposal,
                    recorded_at,
                    actor: actor.clone(),
                };
                let key = layout::activation(&record.tenant, sequence);
                writes.record(Tree::Activations, key, &record)?;
                Ok(Effect::Activation(record))
            }
            Change::PutEmployee(draft) => self.put_employee(draft, staged, writes),
            Change::PutPolicy(draft) => self.put_policy(actor, draft, staged, writes),
            Change::PutOrganization(draft) => self.put_organization(actor, draft, staged, writes),
            Change::PutProposal(draft) => self.put_proposal(actor, *draft, staged, writes),
            // Made ready as steps of their own.
            Change::Import(_)
            | Change::Publish(_)
            | Change::PutImpactReport(_)
            | Change::RecordResults(_)
            | Change::Erase(_) => {
                Err(StoreError::defect("committing", "it was not prepared").into())
            }
        }
    }

    fn put_employee(
        &self,
        draft: EmployeeDraft,
        staged: &mut Staged,
        writes: &mut Writes,
    ) -> Result<Effect, CommitError> {
        let EmployeeDraft { tenant, employee, salt, attributes } = draft;
        let owner = (tenant.clone(), employee.clone());
        let latest = match staged.revisions.get(&owner) {
            Some(revision) => *revision,
            None => self.latest_revision(&tenant, &employee)?.unwrap_or(0),
        };
        let revision = EmployeeRevision {
            employee,
            revision: latest + 1,
            recorded_at: staged.recorded_at,
            salt,
            attributes,
            erased_at: None,
        };
        staged.revisions.insert(owner, revision.revision);
        let key =
            layout::revision(&tenant, &revision.employee, revision.recorded_at, revision.revision);
        writes.record(Tree::Employees, key, &revision)?;
        Ok(Effect::Employee { tenant, revision })
    }

    fn put_object(
        &self,
        digest: Digest,
        object: Cut,
        staged: &mut Staged,
        writes: &mut Writes,
    ) -> Result<(), StoreError> {
        // Somebody else may have written it since it was prepared.
        if staged.objects.insert(digest) && !self.has_object(&digest)? {
            writes.extend(object.into_new());
        }
        Ok(())
    }

    fn respond(
        &self,
        key: &ResponseKey,
        record: &ResponseRecord,
        writes: &mut Writes,
    ) -> Result<(), StoreError> {
        let key = layout::response(key);
        let time = layout::response_time(record.recorded_at, &key);
        let empty = envelope::bytes(Tree::ResponseTimes, &time, b"");
        writes.record(Tree::Responses, key, record)?;
        writes.0.push(Write { tree: Tree::ResponseTimes, key: time, value: Some(empty) });
        Ok(())
    }

    fn next_activation(&self, tenant: &TenantId) -> Result<u64, StoreError> {
        match backend::last(&self.backend, Tree::Activations, &layout::activations_of(tenant))? {
            None => Ok(0),
            Some((key, _)) => layout::sequence(&key)
                .map(|sequence| sequence + 1)
                .ok_or_else(|| envelope::damaged(Tree::Activations, &key, "its key is too short")),
        }
    }
}
