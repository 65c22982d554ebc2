//! Digests in stored and sent documents: 64 hexadecimal digits.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serializer};
use stele_engine::Digest;

/// Writes a digest as text; for `#[serde(with = "…")]`.
pub fn serialize<S: Serializer>(digest: &Digest, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(digest)
}

/// Reads a digest from its text.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Digest, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
}

/// The same for a digest that may be absent.
pub mod optional {
    use super::{Deserialize, Deserializer, Digest, Error, Serializer};

    /// Writes the text, or null.
    pub fn serialize<S: Serializer>(
        digest: &Option<Digest>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match digest {
            Some(digest) => serializer.serialize_some(&digest.to_string()),
            None => serializer.serialize_none(),
        }
    }

    /// Reads the text, or null.
    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Digest>, D::Error> {
        match Option::<String>::deserialize(deserializer)? {
            Some(text) => text.parse().map(Some).map_err(D::Error::custom),
            None => Ok(None),
        }
    }
}
