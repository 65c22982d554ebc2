//! Randomness that keeps personal data from being guessed from its digest.

use rand::{TryRngCore as _, rngs::OsRng};
use stele_store::StoreError;

/// 128 random bits, so that a salary can not be guessed from its digest. Hexadecimal.
pub(crate) fn salt() -> Result<String, StoreError> {
    let mut bytes = [0; 16];
    OsRng.try_fill_bytes(&mut bytes).map_err(|error| StoreError::Io {
        action: "asking the system for random bytes",
        detail: error.to_string(),
    })?;
    Ok(hex::encode(bytes))
}
