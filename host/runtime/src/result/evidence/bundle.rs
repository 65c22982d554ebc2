//! The parts of a bundle, by name and type.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use stele_digest::Digest;
use stele_ruleset::{LARGEST_CONTENT, LARGEST_TEXT};
use stele_store::{Actor, EmployeeId, ResultId, Slot, TenantId};

pub(super) const BUNDLE: &str = "bundle.json";
pub(super) const PACKAGE: &str = "package/";
pub(super) const RESULT: &str = "result.json";
pub(super) const HEAD: &str = "head.json";
pub(super) const BATCH: &str = "batch.json";
pub(super) const ENTRY: &str = "audit/entry.json";
pub(super) const INCLUSION: &str = "audit/inclusion.json";
pub(super) const CHECKPOINT: &str = "audit/checkpoint.json";
pub(super) const ACTIVATION: &str = "activation.json";
pub(super) const PROPOSAL: &str = "proposal.json";

/// Parts that every bundle has, beside the package.
pub(super) const COMPULSORY: [&str; 6] = [BUNDLE, RESULT, HEAD, BATCH, ENTRY, ACTIVATION];

/// Most bytes of what is kept of a result: the engine bounds facts and outcome to a MiB each, and
/// names in JSON take several times as much.
const LARGEST_RESULT: u64 = 16 << 20;

/// The form of `bundle.json` that this version writes and reads.
pub(super) const FORMAT: u32 = 1;

/// Most bytes of a part; none: no bundle has a part of that name.
pub(super) fn most_bytes(path: &str) -> Option<u64> {
    match path {
        RESULT => Some(LARGEST_RESULT),
        BUNDLE | HEAD | BATCH | ENTRY | INCLUSION | CHECKPOINT | ACTIVATION | PROPOSAL => {
            Some(LARGEST_TEXT as u64)
        }
        // Which files a package may have, and how large each may be, is for the package to say.
        _ if path.starts_with(PACKAGE) => Some(LARGEST_CONTENT as u64),
        _ => None,
    }
}

/// `bundle.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Contents {
    pub(super) format: u32,
    pub(super) tenant: TenantId,
    pub(super) result: ResultId,
    /// SHA-256 of every other part, by its path.
    pub(super) parts: BTreeMap<String, String>,
}

/// `head.json`: what is known of the result beside its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceHead {
    /// Which result.
    pub id: ResultId,
    /// For whom, if for an employee.
    pub employee: Option<EmployeeId>,
    /// The slot that was asked.
    pub slot: Slot,
    /// Kind of the ruleset.
    pub kind: String,
    /// The date that it was calculated for.
    pub date: Date,
    /// SHA-256 over salt, a zero byte and `result.json`.
    pub digest: Digest,
    /// The salt, hexadecimal.
    pub salt: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who recorded it.
    pub actor: Actor,
    /// Position of its batch's entry in the tenant's audit log.
    pub audit_sequence: u64,
}

/// The proof that the audit entry is in the log, as the audit log gives it: two JSON documents
/// that are carried as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditProof {
    /// The inclusion proof.
    pub inclusion: Vec<u8>,
    /// The signed checkpoint that it leads to.
    pub checkpoint: Vec<u8>,
}
