//! What must hold for a commit to be made.

use uuid::Uuid;

use crate::{
    names::{EmployeeId, TenantId},
    records::Scope,
};

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
    /// The latest revision of the organization; none if there is none.
    OrganizationRevision {
        /// Whose.
        tenant: TenantId,
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
