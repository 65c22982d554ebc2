//! A change of state: what must hold before it, what it writes, and the entry that the audit log
//! gets for it. A commit cannot be made without its audit entry.

use std::{fmt, sync::Arc};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use stele_digest::Digest;
use uuid::Uuid;

use crate::{
    error::StoreError,
    import::ImportDraft,
    names::{EmployeeId, Slot, TenantId},
    records::{
        ActivationRecord, Actor, Attributes, EmployeeRevision, ErasureRecord, ImpactReportRecord,
        ImpactState, Log, PolicyRecord, Proposal, ProposalRecord, ProposalState, ResultHead,
        ResultId, Scope, TenantRecord, TokenRecord, Verdict, VersionRecord, digest_of_batch,
    },
};

/// Written together or not at all.
#[derive(Debug, Clone)]
pub struct Commit {
    /// Who does it.
    pub actor: Actor,
    /// What must hold, checked against everything that was committed before.
    pub expect: Vec<Expectation>,
    /// What is written, in order.
    pub changes: Vec<Change>,
    /// What the audit log says about it.
    pub audit: AuditDraft,
    /// The answer to remember, if the caller may ask again.
    pub response: Option<ResponseDraft>,
}

impl Commit {
    /// Whether it writes many employees, in slices.
    pub(crate) fn is_import(&self) -> bool {
        matches!(self.changes.as_slice(), [Change::Import(_)])
    }
}

/// What must hold for a commit to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// No tenant of that name.
    TenantAbsent(TenantId),
    /// There is such a tenant.
    TenantPresent(TenantId),
    /// There is such a token, and it is not revoked.
    TokenActive(Uuid),
    /// That version of that ruleset does not exist in that scope.
    VersionAbsent {
        /// Scope.
        scope: Scope,
        /// Ruleset.
        name: String,
        /// Version.
        version: String,
    },
    /// No version of that ruleset exists in that scope.
    NameAbsent {
        /// Scope.
        scope: Scope,
        /// Ruleset.
        name: String,
    },
    /// The employee's latest revision; none if there is no such employee or it was deleted.
    EmployeeRevision {
        /// Tenant.
        tenant: TenantId,
        /// Employee.
        employee: EmployeeId,
        /// The revision that must be the latest.
        revision: Option<u64>,
    },
    /// The latest revision of the policy; none if there is none.
    PolicyRevision {
        /// Whose; none: the operator's.
        tenant: Option<TenantId>,
        /// The revision that must be the latest.
        revision: Option<u64>,
    },
    /// The latest revision of the proposal; none if there is no such proposal.
    ProposalRevision {
        /// Tenant.
        tenant: TenantId,
        /// The proposal.
        id: Uuid,
        /// The revision that must be the latest.
        revision: Option<u64>,
    },
    /// The latest revision of the impact report; none if there is no such report.
    ImpactRevision {
        /// Tenant.
        tenant: TenantId,
        /// The report.
        id: Uuid,
        /// The revision that must be the latest.
        revision: Option<u64>,
    },
    /// Nothing is remembered under that key.
    ResponseAbsent(ResponseKey),
}

/// One change. The store adds recorded time, sequence and revision.
#[derive(Debug, Clone)]
pub enum Change {
    /// A new tenant.
    CreateTenant {
        /// Identifier.
        id: TenantId,
        /// Name for people.
        name: String,
    },
    /// A new credential.
    CreateToken(TokenDraft),
    /// Ends a credential.
    RevokeToken {
        /// Which.
        id: Uuid,
    },
    /// A new version of a ruleset.
    Publish(Box<VersionDraft>),
    /// A new activation.
    Activate(Box<ActivationDraft>),
    /// A new revision of an employee.
    PutEmployee(EmployeeDraft),
    /// A new revision of each of many employees. The commit has no other change.
    Import(ImportDraft),
    /// A new revision of a policy.
    PutPolicy(PolicyDraft),
    /// A new proposal, or a new revision of one.
    PutProposal(Box<ProposalDraft>),
    /// A new impact report, or a new revision of one.
    PutImpactReport(Box<ImpactReportDraft>),
    /// Results to be kept. The audit entry's digest must be that of the batch.
    RecordResults(ResultsDraft),
    /// Erases contents of an employee.
    Erase(EraseDraft),
}

/// A credential to be made.
#[derive(Clone)]
pub struct TokenDraft {
    /// Identifier.
    pub id: Uuid,
    /// Tenant; none for the operator's.
    pub tenant: Option<TenantId>,
    /// Person or service.
    pub subject: Uuid,
    /// Name.
    pub name: String,
    /// Scopes by name.
    pub scopes: Vec<String>,
    /// SHA-256 of the secret.
    pub secret: Digest,
}

impl fmt::Debug for TokenDraft {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TokenDraft")
            .field("id", &self.id)
            .field("tenant", &self.tenant)
            .finish_non_exhaustive()
    }
}

/// A version to be published. Objects that the store already has are not written again.
#[derive(Clone)]
pub struct VersionDraft {
    /// Scope.
    pub scope: Scope,
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// Digest of the package: SHA-256 of the list of its files, which is one of `objects`.
    pub digest: Digest,
    /// Digest of the component.
    pub component: Digest,
    /// Digest of the publication report, which is one of `objects`.
    pub report: Digest,
    /// Kind.
    pub kind: String,
    /// Jurisdiction.
    pub jurisdiction: Option<String>,
    /// Free of floating-point numbers.
    pub exact: bool,
    /// Horizon: first day.
    pub from: Date,
    /// Horizon: last day.
    pub until: Date,
    /// Digest of the signatures, which is one of `objects`, if there are any.
    pub signatures: Option<Digest>,
    /// The content: files, list of files, report. Each is stored under its SHA-256.
    pub objects: Vec<Arc<[u8]>>,
}

impl fmt::Debug for VersionDraft {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("VersionDraft")
            .field("scope", &self.scope)
            .field("name", &self.name)
            .field("version", &self.version)
            .field("digest", &self.digest)
            .finish_non_exhaustive()
    }
}

/// An activation to be made.
#[derive(Debug, Clone)]
pub struct ActivationDraft {
    /// Tenant.
    pub tenant: TenantId,
    /// Identifier.
    pub id: Uuid,
    /// Slot.
    pub slot: Slot,
    /// Ruleset.
    pub ruleset: String,
    /// Version.
    pub version: String,
    /// Digest of the package.
    pub digest: Digest,
    /// First date.
    pub valid_from: Date,
    /// The approved proposal.
    pub proposal: Option<Uuid>,
}

/// A revision of an employee to be written.
#[derive(Debug, Clone)]
pub struct EmployeeDraft {
    /// Tenant.
    pub tenant: TenantId,
    /// Employee.
    pub employee: EmployeeId,
    /// Salt of the digest in the audit log, hexadecimal.
    pub salt: String,
    /// All attributes; none deletes the employee.
    pub attributes: Option<Attributes>,
}

/// A revision of a policy to be written.
#[derive(Debug, Clone)]
pub struct PolicyDraft {
    /// Whose; none: the operator's.
    pub tenant: Option<TenantId>,
    /// The policy.
    pub content: serde_json::Value,
}

/// A revision of a proposal to be written. The store adds the proposer, from the first revision,
/// and the decisions before this one.
#[derive(Debug, Clone)]
pub struct ProposalDraft {
    /// Tenant.
    pub tenant: TenantId,
    /// Identifier.
    pub id: Uuid,
    /// What is proposed.
    pub proposal: Proposal,
    /// Where it stands then.
    pub state: ProposalState,
    /// What the actor says with it; none for the first revision.
    pub verdict: Option<Verdict>,
    /// Why, in the actor's words.
    pub reason: Option<String>,
}

/// A revision of an impact report to be written.
#[derive(Debug, Clone)]
pub struct ImpactReportDraft {
    /// Tenant.
    pub tenant: TenantId,
    /// Identifier.
    pub id: Uuid,
    /// What was asked for.
    pub request: serde_json::Value,
    /// How far it has come.
    pub state: ImpactState,
    /// The content, which replaces what was there; none leaves it.
    pub content: Option<Arc<[u8]>>,
}

/// Results to be kept together.
#[derive(Debug, Clone)]
pub struct ResultsDraft {
    /// Tenant.
    pub tenant: TenantId,
    /// Identifier of the batch.
    pub batch: Uuid,
    /// The results; a result's position is its place here.
    pub results: Vec<ResultDraft>,
}

impl ResultsDraft {
    /// What the audit entry must hold as digest.
    pub fn digest(&self) -> Digest {
        digest_of_batch(self.results.iter().map(ResultDraft::head))
    }
}

/// A result to be kept. Its digest is that of its content, because it can not be made otherwise.
#[derive(Clone)]
pub struct ResultDraft {
    head: ResultHead,
    content: Vec<u8>,
}

/// What is known of a result that is to be kept.
#[derive(Debug, Clone)]
pub struct ResultHeadDraft {
    /// For whom, if for an employee.
    pub employee: Option<EmployeeId>,
    /// The slot that was asked.
    pub slot: Slot,
    /// Kind of the ruleset.
    pub kind: String,
    /// The date that it was calculated for.
    pub date: Date,
    /// Makes the digest unguessable. Hexadecimal.
    pub salt: String,
}

impl ResultDraft {
    /// Digests the content with the salt.
    pub fn new(head: ResultHeadDraft, content: Vec<u8>) -> Self {
        let ResultHeadDraft { employee, slot, kind, date, salt } = head;
        let digest = ResultHead::digest_of(&salt, &content);
        let head = ResultHead { employee, slot, kind, date, digest, salt, erased_at: None };
        Self { head, content }
    }

    /// What is known of it.
    pub fn head(&self) -> &ResultHead {
        &self.head
    }

    /// The content.
    pub fn content(&self) -> &[u8] {
        &self.content
    }
}

impl fmt::Debug for ResultDraft {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ResultDraft")
            .field("digest", &self.head.digest)
            .finish_non_exhaustive()
    }
}

/// What is to be erased of an employee.
#[derive(Debug, Clone)]
pub struct EraseDraft {
    /// Tenant.
    pub tenant: TenantId,
    /// Who.
    pub employee: EmployeeId,
    /// Results whose content and salt go.
    pub results: Vec<ResultId>,
    /// Whether the attributes of every revision go.
    pub attributes: bool,
    /// Whether nothing is left to erase after this.
    pub complete: bool,
}

/// What the audit log says.
#[derive(Debug, Clone)]
pub struct AuditDraft {
    /// Which log.
    pub log: Log,
    /// What was done.
    pub action: String,
    /// To what.
    pub subject: String,
    /// Digest of the content; salted where it is personal.
    pub digest: Digest,
}

/// Under what an answer is remembered: the same key of another credential's subject is another key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ResponseKey {
    /// The tenant that is asked; none for the operator.
    pub holder: Option<TenantId>,
    /// The person or service behind the credential.
    pub subject: Uuid,
    /// The key that they chose.
    pub key: String,
}

/// The answer to remember: made from the commit's own outcome, written in the same commit. Such a
/// commit is made once: while an answer is remembered under the key, it is refused with
/// [`StoreError::Answered`].
#[derive(Clone)]
pub struct ResponseDraft {
    /// The key.
    pub key: ResponseKey,
    /// Digest of the request.
    pub request: Digest,
    /// HTTP status.
    pub status: u16,
    /// Makes the body of what an attempt came to; of more than one, if another commit came between.
    pub body: Arc<dyn Fn(&Committed) -> String + Send + Sync>,
}

impl fmt::Debug for ResponseDraft {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ResponseDraft")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// What a commit wrote.
#[derive(Debug, Serialize, Deserialize)]
pub struct Committed {
    /// Its recorded time: greater than that of every commit before.
    pub recorded_at: Timestamp,
    /// The log that its audit entry went to.
    pub log: Log,
    /// Position of the audit entry in that log.
    pub audit_sequence: u64,
    /// One for each change, in order.
    pub effects: Vec<Effect>,
}

/// What a change became.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Effect {
    /// A tenant was made.
    Tenant(TenantRecord),
    /// A credential was made or revoked.
    Token(TokenRecord),
    /// A version was published.
    Version(VersionRecord),
    /// An activation was made.
    Activation(ActivationRecord),
    /// An employee got a revision.
    Employee {
        /// Whose.
        tenant: TenantId,
        /// The revision.
        revision: EmployeeRevision,
    },
    /// Many employees got a revision.
    Imported {
        /// Whose.
        tenant: TenantId,
        /// How many are new.
        created: u64,
        /// How many were there before; deleted ones that come back, too.
        updated: u64,
    },
    /// A policy got a revision.
    Policy(PolicyRecord),
    /// A proposal got a revision.
    Proposal(Box<ProposalRecord>),
    /// An impact report got a revision.
    ImpactReport(Box<ImpactReportRecord>),
    /// Results were recorded.
    Results {
        /// Whose.
        tenant: TenantId,
        /// The batch.
        batch: Uuid,
        /// How many.
        count: u32,
    },
    /// Contents of an employee were erased.
    Erased(ErasureRecord),
}

/// Why a commit was not made. Nothing of it was written.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CommitError {
    /// An expectation did not hold.
    #[error("the state is not as expected: {0:?}")]
    Unmet(Unmet),
    /// The store could not write.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The expectation that did not hold, and what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    /// What was expected.
    pub expectation: Expectation,
    /// Where a revision was expected: the latest one, none if there is none (of an employee: or it
    /// was deleted).
    pub found: Option<u64>,
}

/// Told of every durable commit, in the order of recorded time, before anyone is told that it
/// was made. What it holds in memory is therefore never behind an acknowledgement.
pub trait Observer: Send + Sync {
    /// These commits are durable. Must not call back into `commit`.
    fn committed(&self, commits: &[Arc<Committed>]);
}
