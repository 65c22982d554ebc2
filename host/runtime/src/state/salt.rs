//! Randomness that keeps personal data from being guessed from its digest.

use rand::{TryRngCore as _, rngs::OsRng};
use sha2::{Digest as _, Sha256};
use stele_store::{Seed, StoreError};

/// 128 random bits, so that a salary can not be guessed from its digest. Hexadecimal.
pub(crate) fn salt() -> Result<String, StoreError> {
    Ok(hex::encode(random::<16>()?))
}

/// What the salts of those are made from whom an audit entry is the first one about.
pub(crate) fn seed() -> Result<Seed, StoreError> {
    Ok(Seed::new(random()?))
}

/// A salt for each of many names, the same whenever it is asked for. Nobody can work out one from
/// another, and none once this is forgotten.
#[derive(Clone)]
pub(crate) struct Salts([u8; 32]);

impl Salts {
    pub(crate) fn draw() -> Result<Self, StoreError> {
        Ok(Self(random()?))
    }

    /// 128 bits, hexadecimal.
    pub(crate) fn of(&self, name: &str) -> String {
        let digest = Sha256::new().chain_update(self.0).chain_update(name).finalize();
        let (salt, _) = digest.split_at(16);
        hex::encode(salt)
    }
}

fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    OsRng.try_fill_bytes(&mut bytes).map_err(|error| StoreError::Io {
        action: "asking the system for random bytes",
        detail: error.to_string(),
    })?;
    Ok(bytes)
}
