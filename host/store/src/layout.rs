//! Where everything lies: the trees and the form of their keys. The only place that knows.
//!
//! Keys sort as people would sort the records: names as text, each ended by a zero byte (no name
//! contains one), numbers and times big-endian.
//!
//! | tree | key | value |
//! |---|---|---|
//! | `meta` | `format`, `horizon` | format number, recorded time of the latest commit |
//! | `tenants` | tenant | `TenantRecord` |
//! | `tokens` | 16 bytes of the identifier | `TokenRecord` |
//! | `versions` | tenant or nothing, 0, name, 0, version | `VersionRecord` |
//! | `objects` | 32 bytes of the SHA-256, chunk as u32 | a piece of the compressed content |
//! | `activations` | tenant, 0, sequence as u64 | `ActivationRecord` |
//! | `employees` | tenant, 0, employee, 0, recorded time, revision as u64 | `EmployeeRevision` |
//! | `audit` | tenant or nothing, 0, sequence as u64 | `AuditEntry` |
//! | `responses` | tenant or nothing, 0, idempotency key | `ResponseRecord` |
//! | `response-times` | recorded time, key in `responses` | nothing |
//! | `audit-tiles` | tenant or nothing, 0, level as u8, index as u64 | 128 hashes of a log's tree |
//! | `audit-heads` | tenant or nothing, 0 | how many entries the log has, hash of the last |
//!
//! The recorded time stands in an employee's key so that "as known at" is one descent.
//!
//! Objects lie in pieces of [`CHUNK`] bytes: sled keeps up to 17 values in a page and moves pages
//! over 128 KiB into files of their own, which it does not flush with its log. Pages of pieces
//! stay below that.

use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    names::{Digest, EmployeeId, TenantId},
    records::{Log, Scope},
};

/// The form of keys and values that this program writes.
pub(crate) const FORMAT: u64 = 2;

/// The form before audit logs had tiles and heads. They are added when such a store is opened.
pub(crate) const FORMAT_WITHOUT_TILES: u64 = 1;

/// Longest piece of an object, in bytes.
pub(crate) const CHUNK: usize = 6 * 1024;

/// Key of the format number in `meta`.
pub(crate) const FORMAT_KEY: &[u8] = b"format";

/// Key of the latest recorded time in `meta`.
pub(crate) const HORIZON_KEY: &[u8] = b"horizon";

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
    /// Full tiles of the audit logs' trees.
    AuditTiles,
    /// How long each audit log is.
    AuditHeads,
}

impl Tree {
    /// All trees, in the order of their positions.
    pub const ALL: [Self; 12] = [
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
        Self::AuditTiles,
        Self::AuditHeads,
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
            Self::AuditTiles => "audit-tiles",
            Self::AuditHeads => "audit-heads",
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

/// All activations of a tenant.
pub(crate) fn activations_of(tenant: &TenantId) -> Vec<u8> {
    let mut key = Vec::new();
    part(&mut key, tenant.as_str());
    key
}

pub(crate) fn activation(tenant: &TenantId, sequence: u64) -> Vec<u8> {
    let mut key = activations_of(tenant);
    key.extend_from_slice(&sequence.to_be_bytes());
    key
}

/// All employees of a tenant.
pub(crate) fn employees_of(tenant: &TenantId) -> Vec<u8> {
    let mut key = Vec::new();
    part(&mut key, tenant.as_str());
    key
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

/// The number at the end of a key of `activations` or `audit`.
pub(crate) fn sequence(key: &[u8]) -> Option<u64> {
    let split = key.len().checked_sub(8)?;
    Some(u64::from_be_bytes(key.get(split..)?.try_into().ok()?))
}

pub(crate) fn response(holder: Option<&TenantId>, key: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    part(&mut bytes, holder_text(holder));
    bytes.extend_from_slice(key.as_bytes());
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
