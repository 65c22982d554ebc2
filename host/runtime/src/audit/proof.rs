//! Checkpoints and proofs of a log.

use serde::{Deserialize, Serialize};
use stele_digest::Digest;
use stele_store::{StoreError, TenantId};

use super::SignedCheckpoint;
use crate::state::audit_key::VerifierKey;
use crate::state::runtime::{Runtime, log_of};

/// That an entry is in a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct InclusionProof {
    /// The log.
    pub log: String,
    /// The entry's sequence.
    pub entry: u64,
    /// Number of entries of the tree that it is proven in.
    pub size: u64,
    /// The entry's hash: SHA-256 of a zero byte and its JSON as exported.
    pub leaf: Digest,
    /// The tree's root.
    pub root: Digest,
    /// The hashes that lead from leaf to root, the lowest first (RFC 9162, section 2.1.3).
    pub proof: Vec<Digest>,
}

/// That a log only grew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ConsistencyProof {
    /// The log.
    pub log: String,
    /// Number of entries of the older tree.
    pub from: u64,
    /// Number of entries of the newer tree.
    pub to: u64,
    /// Root of the older tree.
    pub from_root: Digest,
    /// Root of the newer tree.
    pub to_root: Digest,
    /// The hashes that lead to both (RFC 9162, section 2.1.4).
    pub proof: Vec<Digest>,
}

impl Runtime {
    /// Signs the state of a log over its first `size` entries, or over all of them: a tenant's log,
    /// or with none the operator's. Of a damaged log: over those before the damage.
    pub async fn audit_checkpoint(
        &self,
        tenant: Option<&TenantId>,
        size: Option<u64>,
    ) -> Result<SignedCheckpoint, StoreError> {
        let log = log_of(tenant);
        let size = self.size_or_all(tenant, size).await?;
        let root = self.store().tree_root(&log, size).await?;
        let at = jiff::Timestamp::now();
        Ok(SignedCheckpoint::new(self.audit_key(), &log, size, root, at))
    }

    /// Proves that an entry is among the first `size` of a log, or among all.
    pub async fn audit_inclusion(
        &self,
        tenant: Option<&TenantId>,
        entry: u64,
        size: Option<u64>,
    ) -> Result<InclusionProof, StoreError> {
        let log = log_of(tenant);
        let size = self.size_or_all(tenant, size).await?;
        let proof = self.store().inclusion(&log, entry, size).await?;
        let root = self.store().tree_root(&log, size).await?;
        let found = self.store().audit(&log, entry, 1).await?;
        let found =
            found.first().ok_or(StoreError::BeyondLog { log: log.clone(), asked: entry, size })?;
        Ok(InclusionProof { log: log.to_string(), entry, size, leaf: found.hash()?, root, proof })
    }

    /// Proves that the first `from` entries of a log are the beginning of the first `to`, or of
    /// all.
    pub async fn audit_consistency(
        &self,
        tenant: Option<&TenantId>,
        from: u64,
        to: Option<u64>,
    ) -> Result<ConsistencyProof, StoreError> {
        let log = log_of(tenant);
        let to = self.size_or_all(tenant, to).await?;
        let proof = self.store().consistency(&log, from, to).await?;
        let from_root = self.store().tree_root(&log, from).await?;
        let to_root = self.store().tree_root(&log, to).await?;
        Ok(ConsistencyProof { log: log.to_string(), from, to, from_root, to_root, proof })
    }

    /// The public key of this server's checkpoints.
    pub fn audit_verifier(&self) -> VerifierKey {
        self.audit_key().verifier()
    }

    async fn size_or_all(
        &self,
        tenant: Option<&TenantId>,
        size: Option<u64>,
    ) -> Result<u64, StoreError> {
        match size {
            Some(size) => Ok(size),
            None => self.store().audit_length(&log_of(tenant)).await,
        }
    }
}
