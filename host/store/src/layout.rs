//! Where everything lies: the trees and the form of their keys. The only place that knows.
//!
//! Keys sort as people would sort the records: names as text, each ended by a zero byte (no name
//! contains one), numbers and times big-endian.
//!
//! | tree | key | value |
//! |---|---|---|
//! | `meta` | `format`, `horizon`, `rewritten`, `import` | format number, recorded time of the latest commit, and of the latest when all was written anew; the import that is open |
//! | | `word of `, recorded time | on shared maps: what that commit did, for the others |
//! | `tenants` | tenant | `TenantRecord` |
//! | `tokens` | 16 bytes of the identifier | `TokenRecord` |
//! | `versions` | tenant or nothing, 0, name, 0, version | `VersionRecord` |
//! | `objects` | 32 bytes of the SHA-256, chunk as u32 | a piece of the compressed content |
//! | `activations` | tenant, 0, sequence as u64 | `ActivationRecord` |
//! | `employees` | tenant, 0, employee, 0, recorded time, revision as u64 | `EmployeeRevision` |
//! | `audit` | tenant or nothing, 0, sequence as u64 | `AuditEntry` |
//! | `responses` | tenant or nothing, 0, 16 bytes of the subject, idempotency key | `ResponseRecord` |
//! | `response-times` | recorded time, key in `responses` | nothing |
//! | `policies` | tenant or nothing, 0, revision as u64 | `PolicyRecord` |
//! | `proposals` | tenant, 0, 16 bytes of the identifier, revision as u64 | `ProposalRecord` |
//! | `impact-reports` | tenant, 0, 16 bytes of the identifier, revision as u64 | `ImpactReportRecord` |
//! | `impact-contents` | tenant, 0, 16 bytes of the identifier, chunk as u32 | a piece of the compressed content |
//! | `results` | tenant, 0, 16 bytes of the batch, chunk as u32 | a piece of the compressed contents |
//! | `results-of` | tenant, 0, employee, 0, 16 bytes of the batch, position as u32 | `IndexedHead` |
//! | `erasures` | tenant, 0, employee | `ErasureRecord` |
//! | `organizations` | tenant, 0, revision as u64 | `OrganizationRecord` |
//! | `audit-tiles` | tenant or nothing, 0, level as u8, index as u64 | 128 hashes of a log's tree |
//! | `audit-heads` | tenant or nothing, 0 | how many entries the log has, hash of the last |
//! | `result-batches` | tenant, 0, 16 bytes of the batch | when and by whom a batch was recorded, what was erased |
//! | `audit-salts` | tenant, 0, employee | `AuditSalt` |
//! | `result-heads` | tenant, 0, 16 bytes of the batch, chunk as u32 | a piece of the compressed heads |
//!
//! The recorded time stands in an employee's key so that "as known at" is one descent.
//!
//! Objects, impact reports and batches of results lie in pieces of [`CHUNK`] bytes: sled keeps up to 17 values in a page and moves pages
//! over 128 KiB into files of their own, which it does not flush with its log. Pages of pieces
//! stay below that.

use jiff::Timestamp;
use stele_digest::Digest;
use uuid::Uuid;

use crate::{
    commit::ResponseKey,
    names::{EmployeeId, TenantId},
    records::{Log, ResultId, Scope},
};

/// The form of keys and values that this program writes.
pub(crate) const FORMAT: u64 = 3;

/// The first form whose audit logs have tiles and heads.
pub(crate) const FORMAT_WITH_TILES: u64 = 2;

/// Longest piece of an object, in bytes.
pub(crate) const CHUNK: usize = 6 * 1024;

/// Key of the format number in `meta`.
pub(crate) const FORMAT_KEY: &[u8] = b"format";

/// Key of the latest recorded time in `meta`.
pub(crate) const HORIZON_KEY: &[u8] = b"horizon";

/// What keys in `meta` begin with that hold word of a commit for others on the same maps.
const WORD: &[u8] = b"word of ";

/// Key in `meta` of the word of the commit of that recorded time.
pub(crate) fn word_of(recorded_at: Timestamp) -> Vec<u8> {
    let mut key = WORD.to_vec();
    key.extend_from_slice(&time(recorded_at));
    key
}

/// Key in `meta` of the recorded time up to which the database was written anew: what was erased by
/// then is in none of its bytes.
pub(crate) const REWRITTEN_KEY: &[u8] = b"rewritten";

/// Key in `meta` of the import that is being written, if one is.
pub(crate) const IMPORT_KEY: &[u8] = b"import";

/// A named, ordered map from keys to values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tree {
    /// Format and horizon.
    Meta,
    /// Tenants.
    Tenants,
    /// Credentials.
    Tokens,
    /// Versions of rulesets.
    Versions,
    /// Content by digest.
    Objects,
    /// Activations.
    Activations,
    /// Revisions of employees.
    Employees,
    /// Audit logs.
    Audit,
    /// Remembered answers.
    Responses,
    /// Remembered answers by age.
    ResponseTimes,
    /// Revisions of policies.
    Policies,
    /// Revisions of proposals.
    Proposals,
    /// Revisions of impact reports.
    ImpactReports,
    /// Contents of impact reports.
    ImpactContents,
    /// Contents of results.
    Results,
    /// Results by employee.
    ResultsOf,
    /// Erasures.
    Erasures,
    /// Full tiles of the audit logs' trees.
    AuditTiles,
    /// How long each audit log is.
    AuditHeads,
    /// Batches of results as a whole.
    ResultBatches,
    /// What is known of each result of a batch.
    ResultHeads,
    /// Revisions of tenants' organizations.
    Organizations,
    /// Salts of employees, under which audit entries say whom they are about.
    AuditSalts,
}

impl Tree {
    /// All trees, in the order of their positions.
    pub const ALL: [Self; 23] = [
        Self::Meta,
        Self::Tenants,
        Self::Tokens,
        Self::Versions,
        Self::Objects,
        Self::Activations,
        Self::Employees,
        Self::Audit,
        Self::Responses,
        Self::ResponseTimes,
        Self::Policies,
        Self::Proposals,
        Self::ImpactReports,
        Self::ImpactContents,
        Self::Results,
        Self::ResultsOf,
        Self::Erasures,
        Self::AuditTiles,
        Self::AuditHeads,
        Self::ResultBatches,
        Self::ResultHeads,
        Self::Organizations,
        Self::AuditSalts,
    ];

    /// The tree's name on disk and in errors.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Tenants => "tenants",
            Self::Tokens => "tokens",
            Self::Versions => "versions",
            Self::Objects => "objects",
            Self::Activations => "activations",
            Self::Employees => "employees",
            Self::Audit => "audit",
            Self::Responses => "responses",
            Self::ResponseTimes => "response-times",
            Self::Policies => "policies",
            Self::Proposals => "proposals",
            Self::ImpactReports => "impact-reports",
            Self::ImpactContents => "impact-contents",
            Self::Results => "results",
            Self::ResultsOf => "results-of",
            Self::Erasures => "erasures",
            Self::AuditTiles => "audit-tiles",
            Self::AuditHeads => "audit-heads",
            Self::ResultBatches => "result-batches",
            Self::ResultHeads => "result-heads",
            Self::Organizations => "organizations",
            Self::AuditSalts => "audit-salts",
        }
    }

    /// Position in [`Self::ALL`].
    pub(crate) const fn position(self) -> usize {
        self as usize
    }
}

/// A text and the zero byte that ends it.
fn part(key: &mut Vec<u8>, text: &str) {
    key.extend_from_slice(text.as_bytes());
    key.push(0);
}

/// Microseconds since the epoch; times before it sort first, as zero.
fn time(at: Timestamp) -> [u8; 8] {
    u64::try_from(at.as_microsecond()).unwrap_or(0).to_be_bytes()
}

fn holder_text(holder: Option<&TenantId>) -> &str {
    holder.map_or("", TenantId::as_str)
}

pub(crate) fn tenant(id: &TenantId) -> Vec<u8> {
    id.as_str().as_bytes().to_vec()
}

pub(crate) fn token(id: Uuid) -> Vec<u8> {
    id.as_bytes().to_vec()
}

/// All versions of one ruleset in one scope.
pub(crate) fn versions_of(scope: &Scope, name: &str) -> Vec<u8> {
    let mut key = Vec::new();
    match scope {
        Scope::Everyone => part(&mut key, ""),
        Scope::Tenant(tenant) => part(&mut key, tenant.as_str()),
    }
    part(&mut key, name);
    key
}

pub(crate) fn version(scope: &Scope, name: &str, version: &str) -> Vec<u8> {
    let mut key = versions_of(scope, name);
    key.extend_from_slice(version.as_bytes());
    key
}

pub(crate) fn chunk(digest: &Digest, chunk: u32) -> Vec<u8> {
    let mut key = digest.as_bytes().to_vec();
    key.extend_from_slice(&chunk.to_be_bytes());
    key
}

/// Everything of a tenant in a tree whose keys begin with it.
pub(crate) fn of_tenant(tenant: &TenantId) -> Vec<u8> {
    let mut key = Vec::new();
    part(&mut key, tenant.as_str());
    key
}

/// All activations of a tenant.
pub(crate) fn activations_of(tenant: &TenantId) -> Vec<u8> {
    of_tenant(tenant)
}

pub(crate) fn activation(tenant: &TenantId, sequence: u64) -> Vec<u8> {
    let mut key = activations_of(tenant);
    key.extend_from_slice(&sequence.to_be_bytes());
    key
}

/// All employees of a tenant.
pub(crate) fn employees_of(tenant: &TenantId) -> Vec<u8> {
    of_tenant(tenant)
}

/// All revisions of an employee.
pub(crate) fn revisions_of(tenant: &TenantId, employee: &EmployeeId) -> Vec<u8> {
    let mut key = employees_of(tenant);
    part(&mut key, employee.as_str());
    key
}

pub(crate) fn revision(
    tenant: &TenantId,
    employee: &EmployeeId,
    recorded_at: Timestamp,
    revision: u64,
) -> Vec<u8> {
    let mut key = revisions_of(tenant, employee);
    key.extend_from_slice(&time(recorded_at));
    key.extend_from_slice(&revision.to_be_bytes());
    key
}

/// Bytes after the employee's prefix in a key of `employees`.
pub(crate) const REVISION_SUFFIX: usize = 16;

/// Recorded time and revision out of a key of `employees`.
pub(crate) fn revision_suffix(key: &[u8]) -> Option<(&[u8], Timestamp, u64)> {
    let split = key.len().checked_sub(REVISION_SUFFIX)?;
    let (prefix, suffix) = key.split_at(split);
    let (at, revision) = suffix.split_at(8);
    let at = i64::try_from(u64::from_be_bytes(at.try_into().ok()?)).ok()?;
    let at = Timestamp::from_microsecond(at).ok()?;
    Some((prefix, at, u64::from_be_bytes(revision.try_into().ok()?)))
}

/// All entries of a log.
pub(crate) fn entries_of(log: &Log) -> Vec<u8> {
    let mut key = Vec::new();
    match log {
        Log::Operator => part(&mut key, ""),
        Log::Tenant(tenant) => part(&mut key, tenant.as_str()),
    }
    key
}

pub(crate) fn entry(log: &Log, sequence: u64) -> Vec<u8> {
    let mut key = entries_of(log);
    key.extend_from_slice(&sequence.to_be_bytes());
    key
}

/// All revisions of a policy.
pub(crate) fn policies_of(holder: Option<&TenantId>) -> Vec<u8> {
    let mut key = Vec::new();
    part(&mut key, holder_text(holder));
    key
}

pub(crate) fn policy(holder: Option<&TenantId>, revision: u64) -> Vec<u8> {
    let mut key = policies_of(holder);
    key.extend_from_slice(&revision.to_be_bytes());
    key
}

/// A revision of a tenant's organization.
pub(crate) fn organization(tenant: &TenantId, revision: u64) -> Vec<u8> {
    let mut key = of_tenant(tenant);
    key.extend_from_slice(&revision.to_be_bytes());
    key
}

/// What a tenant has under an identifier: all revisions of a proposal or an impact report, all
/// pieces of a content or a batch.
pub(crate) fn identified(tenant: &TenantId, id: Uuid) -> Vec<u8> {
    let mut key = of_tenant(tenant);
    key.extend_from_slice(id.as_bytes());
    key
}

/// A revision of a proposal or an impact report.
pub(crate) fn identified_revision(tenant: &TenantId, id: Uuid, revision: u64) -> Vec<u8> {
    let mut key = identified(tenant, id);
    key.extend_from_slice(&revision.to_be_bytes());
    key
}

/// The identifier in a key that ends with an identifier and a suffix of `suffix` bytes.
pub(crate) fn identifier(key: &[u8], suffix: usize) -> Option<Uuid> {
    let end = key.len().checked_sub(suffix)?;
    let begin = end.checked_sub(16)?;
    Uuid::from_slice(key.get(begin..end)?).ok()
}

/// Tenant and batch out of a key of `result-batches`, or of a piece of `results` or `result-heads`.
pub(crate) fn batch_of(key: &[u8]) -> Option<(TenantId, Uuid)> {
    let end = key.iter().position(|byte| *byte == 0)?;
    let tenant = TenantId::new(std::str::from_utf8(key.get(..end)?).ok()?).ok()?;
    let id = key.get(end + 1..end + 17)?;
    Some((tenant, Uuid::from_slice(id).ok()?))
}

/// The part of a key that ends with an identifier: that of everything under the identifier.
pub(crate) fn identified_part(key: &[u8]) -> Option<&[u8]> {
    let end = key.iter().position(|byte| *byte == 0)?;
    key.get(..end + 17)
}

/// All results of an employee.
pub(crate) fn results_of(tenant: &TenantId, employee: &EmployeeId) -> Vec<u8> {
    revisions_of(tenant, employee)
}

pub(crate) fn result_of(tenant: &TenantId, employee: &EmployeeId, id: ResultId) -> Vec<u8> {
    let mut key = results_of(tenant, employee);
    key.extend_from_slice(id.batch.as_bytes());
    key.extend_from_slice(&id.position.to_be_bytes());
    key
}

/// The result at the end of a key of `results-of`.
pub(crate) fn result_at_end(key: &[u8]) -> Option<ResultId> {
    let position = key.get(key.len().checked_sub(4)?..)?;
    let position = u32::from_be_bytes(position.try_into().ok()?);
    Some(ResultId { batch: identifier(key, 4)?, position })
}

pub(crate) fn erasure(tenant: &TenantId, employee: &EmployeeId) -> Vec<u8> {
    let mut key = of_tenant(tenant);
    key.extend_from_slice(employee.as_str().as_bytes());
    key
}

pub(crate) fn audit_salt(tenant: &TenantId, employee: &EmployeeId) -> Vec<u8> {
    erasure(tenant, employee)
}

/// The log that a key of `audit`, `audit-tiles` or `audit-heads` belongs to, and the part of the key
/// that all of its keys begin with.
pub(crate) fn log_of(key: &[u8]) -> Option<(Log, &[u8])> {
    let end = key.iter().position(|byte| *byte == 0)?;
    let name = std::str::from_utf8(key.get(..end)?).ok()?;
    let log = match name {
        "" => Log::Operator,
        name => Log::Tenant(TenantId::new(name).ok()?),
    };
    Some((log, key.get(..=end)?))
}

pub(crate) fn tile(log: &Log, level: u8, index: u64) -> Vec<u8> {
    let mut key = entries_of(log);
    key.push(level);
    key.extend_from_slice(&index.to_be_bytes());
    key
}

/// Level and index out of a key of `audit-tiles`, after the log's part.
pub(crate) fn tile_of(rest: &[u8]) -> Option<(u8, u64)> {
    let (&level, index) = rest.split_first()?;
    Some((level, u64::from_be_bytes(index.try_into().ok()?)))
}

/// The number at the end of a key of `activations`, `audit`, `policies` or a revision.
pub(crate) fn sequence(key: &[u8]) -> Option<u64> {
    let split = key.len().checked_sub(8)?;
    Some(u64::from_be_bytes(key.get(split..)?.try_into().ok()?))
}

pub(crate) fn response(key: &ResponseKey) -> Vec<u8> {
    let mut bytes = Vec::new();
    part(&mut bytes, holder_text(key.holder.as_ref()));
    bytes.extend_from_slice(key.subject.as_bytes());
    bytes.extend_from_slice(key.key.as_bytes());
    bytes
}

pub(crate) fn response_time(recorded_at: Timestamp, response: &[u8]) -> Vec<u8> {
    let mut key = time(recorded_at).to_vec();
    key.extend_from_slice(response);
    key
}

/// The key in `responses` out of a key of `response-times`.
pub(crate) fn response_of(key: &[u8]) -> Option<&[u8]> {
    key.get(8..)
}

/// The least key that is greater than every key with this prefix; none if there is none.
pub(crate) fn after(prefix: &[u8]) -> Option<Vec<u8>> {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if last < u8::MAX {
            end.push(last + 1);
            return Some(end);
        }
    }
    None
}
