//! How the runtime's documents about the audit log look, for the API's description only; see
//! `schemas`.

#![allow(dead_code, reason = "only the schemas of these structs are used")]

use utoipa::ToSchema;

use crate::http::api::schemas::ActorSchema;

/// One change.
#[derive(ToSchema)]
#[schema(as = AuditEntry)]
pub(crate) struct AuditEntrySchema {
    /// Position in the log, from 0.
    pub sequence: u64,
    /// When it was recorded.
    #[schema(format = DateTime)]
    pub recorded_at: String,
    /// Who did it.
    pub actor: ActorSchema,
    /// What was done.
    #[schema(example = "ruleset.activated")]
    pub action: String,
    /// To what.
    pub subject: String,
    /// Digest of the content.
    pub digest: String,
    /// Hash of the entry before.
    pub previous: String,
}

/// The server's signed statement of how a log stood.
#[derive(ToSchema)]
#[schema(as = Checkpoint)]
pub(crate) struct CheckpointSchema {
    /// The log: `operator`, or `tenants/` and the tenant.
    #[schema(example = "tenants/acme")]
    pub log: String,
    /// Number of entries.
    pub size: u64,
    /// Root of the Merkle tree over them (RFC 6962), hexadecimal.
    pub root: String,
    /// When the checkpoint was made.
    #[schema(format = DateTime)]
    pub at: String,
    /// The checkpoint as a signed note of the C2SP: what to keep elsewhere.
    pub note: String,
    /// The key to check it with, as tools for signed notes take it.
    pub key: String,
}

/// Proof that an entry is in a log.
#[derive(ToSchema)]
#[schema(as = InclusionProof)]
pub(crate) struct InclusionProofSchema {
    /// The log.
    pub log: String,
    /// The entry's sequence.
    pub entry: u64,
    /// Number of entries of the tree.
    pub size: u64,
    /// The entry's hash, hexadecimal: SHA-256 of a zero byte and the entry as exported.
    pub leaf: String,
    /// The tree's root.
    pub root: String,
    /// The hashes that lead from leaf to root, the lowest first (RFC 9162, section 2.1.3).
    pub proof: Vec<String>,
}

/// Proof that a log only grew.
#[derive(ToSchema)]
#[schema(as = ConsistencyProof)]
pub(crate) struct ConsistencyProofSchema {
    /// The log.
    pub log: String,
    /// Number of entries of the older tree.
    pub from: u64,
    /// Number of entries of the newer tree.
    pub to: u64,
    /// Root of the older tree.
    pub from_root: String,
    /// Root of the newer tree.
    pub to_root: String,
    /// The hashes that lead to both (RFC 9162, section 2.1.4).
    pub proof: Vec<String>,
}
