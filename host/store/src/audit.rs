//! The chain of an audit log.
//!
//! An entry's hash is SHA-256 of a zero byte and the entry's JSON as stored: the hash of a leaf in
//! RFC 6962, section 2.1, so that the same entries can be the leaves of a Merkle tree. Each entry
//! holds the hash of the one before.

use sha2::{Digest as _, Sha256};

use crate::{envelope, error::StoreError, names::Digest, records::AuditEntry};

/// Hash of an entry as stored.
pub(crate) fn leaf_hash(json: &[u8]) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update([0]);
    hasher.update(json);
    Digest::from_bytes(hasher.finalize().into())
}

impl AuditEntry {
    /// The hash that the next entry holds as `previous`.
    pub fn hash(&self) -> Result<Digest, StoreError> {
        Ok(leaf_hash(&envelope::json(self)?))
    }
}
