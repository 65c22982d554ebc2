//! SHA-256 digests: how components, packages, facts, results and entries of a log are named. The
//! whole house has this one, so that what one room computed another room can compare.
//!
//! What may not enter here: what is digested. Which bytes stand for a thing, and in which order, is
//! for the room to say that owns the thing.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A SHA-256 digest. Its text form, in documents too, is 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest([u8; 32]);

/// A text that should be a digest is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected a SHA-256 digest of 64 hexadecimal digits, found {length} characters that are not one"
)]
pub struct InvalidDigest {
    length: usize,
}

impl Digest {
    /// All zeros: what stands before the first entry of a log.
    pub const ZERO: Self = Self([0; 32]);

    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of texts, each with its length before it, so that no two lists of texts look the
    /// same.
    pub fn of_texts(texts: &[&str]) -> Self {
        let mut hasher = Sha256::new();
        for text in texts {
            hasher.update((text.len() as u64).to_be_bytes());
            hasher.update(text.as_bytes());
        }
        Self(hasher.finalize().into())
    }

    /// The digest of digests, in their order.
    pub fn of_digests<'a>(digests: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut hasher = Sha256::new();
        for digest in digests {
            hasher.update(digest.as_bytes());
        }
        Self(hasher.finalize().into())
    }

    /// A digest that was computed elsewhere.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// A digest is spread evenly already: its first eight bytes serve a hash table as well as all.
impl Hash for Digest {
    fn hash<H: Hasher>(&self, state: &mut H) {
        if let Some(first) = self.0.first_chunk() {
            state.write_u64(u64::from_le_bytes(*first));
        }
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Digest {
    type Err = InvalidDigest;

    fn from_str(text: &str) -> Result<Self, InvalidDigest> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes)
            .map_err(|_| InvalidDigest { length: text.chars().count() })?;
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for Digest {
    type Error = InvalidDigest;

    fn try_from(text: String) -> Result<Self, InvalidDigest> {
        text.parse()
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        hex::encode(digest.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIPS 180-4's "abc", in every form in which it leaves the house.
    #[test]
    fn a_digest_is_the_same_text_everywhere() {
        let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let digest = Digest::of(b"abc");
        assert_eq!(digest.to_string(), text);
        assert_eq!(format!("{digest:?}"), text);
        assert_eq!(text.parse(), Ok(digest));
        let document = serde_json::to_string(&digest).unwrap();
        assert_eq!(document, format!("\"{text}\""));
        assert_eq!(serde_json::from_str::<Digest>(&document).unwrap(), digest);
    }

    #[test]
    fn what_is_no_digest_is_refused() {
        for text in ["", "ba78", "sha256:ba7816bf", &"g".repeat(64), &"0".repeat(65)] {
            assert!(text.parse::<Digest>().is_err(), "{text}");
            assert!(serde_json::from_value::<Digest>(text.into()).is_err(), "{text}");
        }
    }

    #[test]
    fn a_list_of_texts_is_not_their_concatenation() {
        assert_ne!(Digest::of_texts(&["ab", "c"]), Digest::of_texts(&["a", "bc"]));
        assert_ne!(Digest::of_texts(&["abc"]), Digest::of(b"abc"));
    }
}
