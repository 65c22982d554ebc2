//! A change of state: what must hold before it, what it writes, and the entry that the audit log
//! gets for it. A commit cannot be made without its audit entry.

mod about;
mod drafts;
mod expectation;
mod import;
mod outcome;

pub use about::{About, Seed};
pub use drafts::{
    ActivationDraft, AnswerDraft, AuditDraft, EmployeeDraft, EraseDraft, ImpactReportDraft,
    OrganizationDraft, PolicyDraft, ProposalDraft, ResponseDraft, ResultDraft, ResultHeadDraft,
    ResultsDraft, TokenDraft, VersionDraft,
};
pub use expectation::{Expectation, ResponseKey};
pub use import::{EmployeeToImport, Employees, ImportDraft};
pub use outcome::{CommitError, Committed, Effect, Observer, Unmet};

use uuid::Uuid;

use crate::{names::TenantId, records::Actor};

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
    /// A new revision of a tenant's organization.
    PutOrganization(OrganizationDraft),
    /// A new proposal, or a new revision of one.
    PutProposal(Box<ProposalDraft>),
    /// A new impact report, or a new revision of one.
    PutImpactReport(Box<ImpactReportDraft>),
    /// Results to be kept. The audit entry's digest must be that of the batch.
    RecordResults(ResultsDraft),
    /// Erases contents of an employee.
    Erase(EraseDraft),
}
