//! The chain of an audit log: each entry holds the hash of the one before. The same hashes are the
//! leaves of the log's [Merkle tree](crate::merkle).

use stele_digest::Digest;

use crate::{envelope, error::StoreError, merkle::leaf_hash, records::AuditEntry};

impl AuditEntry {
    /// The hash that the next entry holds as `previous`.
    pub fn hash(&self) -> Result<Digest, StoreError> {
        Ok(leaf_hash(&envelope::json(self)?))
    }
}
