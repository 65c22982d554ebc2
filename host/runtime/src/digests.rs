//! The engine and the store know nothing of each other, so each has its digest; they are the same
//! 32 bytes.

use sha2::{Digest as _, Sha256};

use crate::Digest;

pub(crate) fn to_store(digest: Digest) -> stele_store::Digest {
    stele_store::Digest::from_bytes(*digest.as_bytes())
}

pub(crate) fn from_store(digest: &stele_store::Digest) -> Digest {
    Digest::from_bytes(*digest.as_bytes())
}

/// Digest of texts, each with its length before it, so that no two lists of texts look the same.
pub(crate) fn of_texts(texts: &[&str]) -> stele_store::Digest {
    let mut hasher = Sha256::new();
    for text in texts {
        hasher.update((text.len() as u64).to_be_bytes());
        hasher.update(text.as_bytes());
    }
    stele_store::Digest::from_bytes(hasher.finalize().into())
}

/// What the audit log holds of results that were recorded together: SHA-256 over their digests.
pub(crate) fn of_digests(digests: &[stele_store::Digest]) -> stele_store::Digest {
    let mut hasher = Sha256::new();
    for digest in digests {
        hasher.update(digest.as_bytes());
    }
    stele_store::Digest::from_bytes(hasher.finalize().into())
}
