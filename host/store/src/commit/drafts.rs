//! What is to be written, before it has its place: the store adds recorded time, sequence, revision.

use std::{fmt, sync::Arc};

use jiff::civil::Date;
use stele_digest::Digest;
use uuid::Uuid;

use super::{about::About, expectation::ResponseKey, outcome::Committed};
use crate::{
    names::{EmployeeId, Slot, TenantId},
    records::{
        Attributes, ImpactState, Log, Proposal, ProposalState, Provenance, ResultHead, ResultId,
        Scope, Verdict, digest_of_batch,
    },
};

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

/// A revision of a tenant's organization to be written.
#[derive(Debug, Clone)]
pub struct OrganizationDraft {
    /// Whose.
    pub tenant: TenantId,
    /// The organization.
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
    /// Answers to remember with them, each under a key of its own. As with [`ResponseDraft`], a
    /// commit under a key that is answered already is refused.
    pub answers: Vec<AnswerDraft>,
}

/// An answer that is known before the commit is made.
#[derive(Clone)]
pub struct AnswerDraft {
    /// The key.
    pub key: ResponseKey,
    /// Digest of the request.
    pub request: Digest,
    /// HTTP status.
    pub status: u16,
    /// The body.
    pub body: String,
}

/// An answer may hold personal data, so it is not shown.
impl fmt::Debug for AnswerDraft {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("AnswerDraft").field("status", &self.status).finish_non_exhaustive()
    }
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
    /// What it was calculated with and in.
    pub provenance: Provenance,
    /// The date that it was calculated for.
    pub date: Date,
    /// Makes the digest unguessable. Hexadecimal.
    pub salt: String,
}

impl ResultDraft {
    /// Digests the content with the salt.
    pub fn new(head: ResultHeadDraft, content: Vec<u8>) -> Self {
        let ResultHeadDraft { employee, slot, kind, provenance, date, salt } = head;
        let digest = ResultHead::digest_of(&salt, &content);
        let (provenance, erased_at) = (Some(provenance), None);
        let head = ResultHead { employee, slot, kind, date, digest, salt, erased_at, provenance };
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
    /// Whom it is about, where that is employees.
    pub about: Option<About>,
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
