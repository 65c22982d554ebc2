//! What lasts: the records, as they are read back. Every record carries the recorded time of the
//! commit that wrote it; a record is visible only once that commit is durable.
//!
//! `proposal` holds what comes before an activation, `result` what people were paid.

mod employee_digest;
mod proposal;
mod result;

use std::{collections::BTreeMap, fmt};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

pub(crate) use self::{
    employee_digest::{AuditSalt, Matter},
    result::IndexedHead,
};
pub use self::{
    employee_digest::{EmployeeDigest, EmployeeDigests},
    proposal::{
        Decision, ImpactReportRecord, ImpactState, OrganizationRecord, PolicyRecord, Proposal,
        ProposalRecord, ProposalState, Verdict,
    },
    result::{
        ErasureRecord, ListedResult, Provenance, ResultHead, ResultId, ResultRecord,
        RulesetVersion, digest_of_batch,
    },
};
use stele_digest::Digest;

use crate::names::{EmployeeId, Slot, TenantId};

/// Who did something. People are told apart by `subject`; the name is for readers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Actor {
    /// The person or service behind the credential; stays when the name changes.
    pub subject: Uuid,
    /// The name at the time.
    pub name: String,
}

/// For whom a ruleset is published.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Every tenant sees it.
    Everyone,
    /// Only this tenant sees it.
    Tenant(TenantId),
}

/// One of the audit logs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Log {
    /// What concerns no single tenant.
    Operator,
    /// What concerns this tenant; the only log that it sees.
    Tenant(TenantId),
}

/// `operator`, or `tenants/` and the tenant.
impl fmt::Display for Log {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operator => formatter.write_str("operator"),
            Self::Tenant(tenant) => write!(formatter, "tenants/{tenant}"),
        }
    }
}

impl From<&Scope> for Log {
    fn from(scope: &Scope) -> Self {
        match scope {
            Scope::Everyone => Self::Operator,
            Scope::Tenant(tenant) => Self::Tenant(tenant.clone()),
        }
    }
}

/// A tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenantRecord {
    /// Its identifier.
    pub id: TenantId,
    /// Its name, for people.
    pub name: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

/// A credential. The secret itself is never stored, only its digest.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRecord {
    /// The token's identifier, for listing and revoking.
    pub id: Uuid,
    /// The tenant that it is good for; none for the operator's.
    pub tenant: Option<TenantId>,
    /// The person or service that uses it; several tokens may share one.
    pub subject: Uuid,
    /// The name that stands in audit entries.
    pub name: String,
    /// What it may do, as names; their meaning is the runtime's.
    pub scopes: Vec<String>,
    /// SHA-256 of the secret.
    pub secret: Digest,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// When it was revoked, if it was.
    pub revoked_at: Option<Timestamp>,
}

impl fmt::Debug for TokenRecord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TokenRecord")
            .field("id", &self.id)
            .field("tenant", &self.tenant)
            .field("scopes", &self.scopes)
            .field("revoked_at", &self.revoked_at)
            .finish_non_exhaustive()
    }
}

/// A published version of a ruleset, without its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionRecord {
    /// Who sees it.
    pub scope: Scope,
    /// The ruleset's name: `cn/payroll`.
    pub name: String,
    /// Its semantic version.
    pub version: String,
    /// The package's digest; also the digest of the object that lists its files.
    pub digest: Digest,
    /// The component's digest.
    pub component: Digest,
    /// The object that holds the publication report as JSON.
    pub report: Digest,
    /// `payroll`, `labor-law` …
    pub kind: String,
    /// ISO 3166 code or `EU`, where there is one.
    pub jurisdiction: Option<String>,
    /// Whether the component was checked to be free of floating-point numbers.
    pub exact: bool,
    /// First day that the ruleset knows the law of.
    pub from: Date,
    /// Last day that it knows the law of.
    pub until: Date,
    /// The object that holds the signatures that came with it, if any did.
    #[serde(default)]
    pub signatures: Option<Digest>,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who published it.
    pub actor: Actor,
}

/// The statement: for this tenant, in this slot, from this date, this digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivationRecord {
    /// Whose slot.
    pub tenant: TenantId,
    /// Position among the tenant's activations, from 0, without gaps.
    pub sequence: u64,
    /// Its identifier.
    pub id: Uuid,
    /// The slot.
    pub slot: Slot,
    /// Name of the ruleset.
    pub ruleset: String,
    /// Version of the ruleset.
    pub version: String,
    /// Digest of the package; what is run is decided by this alone.
    pub digest: Digest,
    /// First date for which it holds.
    pub valid_from: Date,
    /// The proposal that was approved; none where the slot's policy asks for no approval.
    #[serde(default)]
    pub proposal: Option<Uuid>,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who activated it: the last one whose approval was needed.
    pub actor: Actor,
}

/// A value of an attribute and the date from which it holds.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DatedValue {
    /// First date for which the value holds.
    #[schema(example = "2026-01-01")]
    pub from: Date,
    /// The value; numbers keep their text.
    #[schema(example = "30000")]
    pub value: Value,
}

/// Personal data never reaches a log by way of `{:?}`.
impl fmt::Debug for DatedValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("DatedValue").field("from", &self.from).finish_non_exhaustive()
    }
}

/// Attributes by name; each name's values are sorted by `from`, no date twice.
pub type Attributes = BTreeMap<String, Vec<DatedValue>>;

/// What was known of an employee from `recorded_at` until the next revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmployeeRevision {
    /// Who.
    pub employee: EmployeeId,
    /// 1 for the first; goes on after a deletion.
    pub revision: u64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Makes the digest in the audit log unguessable; erased together with the data. Hexadecimal.
    pub salt: String,
    /// None: the employee was deleted by this revision, or the revision was erased.
    pub attributes: Option<Attributes>,
    /// When the attributes were erased, if they were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased_at: Option<Timestamp>,
}

/// One entry of an audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct AuditEntry {
    /// Position in its log, from 0, without gaps.
    pub sequence: u64,
    /// When it was recorded; strictly increasing.
    pub recorded_at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// What was done: `ruleset.published`.
    #[schema(example = "ruleset.activated")]
    pub action: String,
    /// To what: `cn/payroll 2026.1.0`.
    pub subject: String,
    /// Digest of the content; salted where the content is personal.
    pub digest: Digest,
    /// Whom it is about, in the order of the digests, where that is employees. Not in entries of
    /// imports and of erasures that were completed, nor in those of earlier versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub employees: Vec<EmployeeDigest>,
    /// Hash of the entry before; zeros for the first.
    pub previous: Digest,
}

/// An answer that is given again when the same request comes again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponseRecord {
    /// Digest of the request that it answered.
    pub request: Digest,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// HTTP status.
    pub status: u16,
    /// The body, exactly.
    pub body: String,
}

impl fmt::Debug for ResponseRecord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ResponseRecord")
            .field("request", &self.request)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}
