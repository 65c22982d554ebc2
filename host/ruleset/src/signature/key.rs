//! Ed25519 keys, as the files that other programs read: `openssl pkey` shows both.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{
    DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, KeypairBytes,
};
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use rand::TryRngCore;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use stele_digest::Digest;

use crate::defect::quote;

/// Most bytes of a key's text; an Ed25519 key has 150.
const LARGEST_KEY: usize = 4 << 10;

/// Why a text is no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not a public key.
    #[error(
        "expected an Ed25519 public key as PEM (-----BEGIN PUBLIC KEY-----) or the base64 of its \
         SubjectPublicKeyInfo, found {found}"
    )]
    Public {
        /// What stands there, without its content where it may be a secret.
        found: String,
    },
    /// Not a private key. What was found is not repeated: it may be a secret.
    #[error(
        "expected an Ed25519 private key as PKCS#8 PEM (-----BEGIN PRIVATE KEY-----), as \
         `stele ruleset key` writes it"
    )]
    Private,
    /// A key of small order, for which anybody can make signatures.
    #[error("the public key is weak: signatures of it prove nothing")]
    Weak,
    /// The system gives no random numbers.
    #[error("the system gave no random numbers for a key: {0}")]
    Random(String),
}

/// What names a key: the SHA-256 of its SubjectPublicKeyInfo in DER.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId(Digest);

impl fmt::Display for KeyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl Serialize for KeyId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A key that signatures are checked with.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    key: VerifyingKey,
    id: KeyId,
    der: Vec<u8>,
}

impl PublicKey {
    fn new(key: VerifyingKey) -> Result<Self, KeyError> {
        if key.is_weak() {
            return Err(KeyError::Weak);
        }
        let der = key
            .to_public_key_der()
            .map_err(|_| KeyError::Public { found: "a key that can't be written".to_owned() })?
            .into_vec();
        Ok(Self { key, id: KeyId(Digest::of(&der)), der })
    }

    /// What names it.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// As PEM, ending in a line break.
    pub fn to_pem(&self) -> String {
        let mut pem = String::from("-----BEGIN PUBLIC KEY-----\n");
        // 44 bytes of an Ed25519 key are 60 characters: one line.
        pem.push_str(&STANDARD.encode(&self.der));
        pem.push_str("\n-----END PUBLIC KEY-----\n");
        pem
    }

    /// Whether this is the key's signature of the message. Strict: a signature has one form, and
    /// verifies everywhere or nowhere.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(signature);
        self.key.verify_strict(message, &signature).is_ok()
    }
}

impl FromStr for PublicKey {
    type Err = KeyError;

    /// PEM, or the base64 of the DER.
    fn from_str(text: &str) -> Result<Self, KeyError> {
        let wrong = |found: String| KeyError::Public { found };
        let text = text.trim();
        if text.len() > LARGEST_KEY {
            return Err(wrong(format!("{} bytes", text.len())));
        }
        if text.contains("PRIVATE KEY") {
            return Err(wrong("a private key, which nobody else may have".to_owned()));
        }
        let key = if text.starts_with("-----") {
            let found = |_| wrong("PEM of something else".to_owned());
            VerifyingKey::from_public_key_pem(text).map_err(found)?
        } else {
            let der = STANDARD.decode(text).map_err(|_| wrong(quote(text)))?;
            VerifyingKey::from_public_key_der(&der).map_err(|_| wrong(quote(text)))?
        };
        Self::new(key)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "PublicKey({})", self.id)
    }
}

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_pem())
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A key that signs. Its secret is wiped from memory when it is dropped, and shown nowhere.
pub struct PrivateKey {
    key: SigningKey,
    public: PublicKey,
}

impl PrivateKey {
    /// A new key, of the system's random numbers.
    pub fn generate() -> Result<Self, KeyError> {
        let mut secret = [0; 32];
        rand::rngs::OsRng
            .try_fill_bytes(&mut secret)
            .map_err(|error| KeyError::Random(error.to_string()))?;
        Self::new(SigningKey::from_bytes(&secret))
    }

    fn new(key: SigningKey) -> Result<Self, KeyError> {
        let public = PublicKey::new(key.verifying_key())?;
        Ok(Self { key, public })
    }

    /// Reads PKCS#8 PEM.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        if text.len() > LARGEST_KEY {
            return Err(KeyError::Private);
        }
        Self::new(SigningKey::from_pkcs8_pem(text.trim()).map_err(|_| KeyError::Private)?)
    }

    /// As PKCS#8 PEM. The first version of the format, without the public key, because older
    /// OpenSSL reads no other.
    pub fn to_pem(&self) -> Result<String, KeyError> {
        let bytes = KeypairBytes { secret_key: self.key.to_bytes(), public_key: None };
        let pem = bytes.to_pkcs8_pem(LineEnding::LF).map_err(|_| KeyError::Private)?;
        Ok(pem.as_str().to_owned())
    }

    /// The key that its signatures are checked with.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Signs. The same message gives the same signature.
    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "PrivateKey({})", self.public.id)
    }
}
