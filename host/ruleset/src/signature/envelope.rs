//! The envelope of signatures: DSSE 1.0 (<https://github.com/secure-systems-lab/dsse>), in JSON.
//!
//! What is signed is not the JSON but the pre-authentication encoding of the payload and its type,
//! so that nothing has to be canonical; the payload's own bytes are kept as they were signed.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use serde::{Deserialize, Serialize};
use stele_digest::Digest;

use super::key::{KeyId, PrivateKey, PublicKey};
use super::statement::{PAYLOAD_TYPE, Statement, StatementError, Subject, WrongSubject};
use crate::defect::{quote, shorten};

/// Most bytes of an envelope: more than the most signatures take.
pub const LARGEST_ENVELOPE: usize = 64 << 10;
/// Most signatures of a package. Each costs a verification.
pub const MOST_SIGNATURES: usize = 32;

/// Why bytes are no envelope of signatures of a package.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// Larger than allowed.
    #[error("expected at most {LARGEST_ENVELOPE} bytes, found {0}")]
    TooLarge(u64),
    /// Not the JSON of an envelope: a missing field, a field that occurs twice, another type.
    #[error("not a DSSE envelope: {0}")]
    Json(String),
    /// It carries something else.
    #[error("`payloadType`: expected {PAYLOAD_TYPE:?}, found {}", quote(.0))]
    PayloadType(String),
    /// A member is not base64.
    #[error("`{member}`: expected base64, found {}", quote(.found))]
    Base64 {
        /// Which one.
        member: String,
        /// What stands there.
        found: String,
    },
    /// The payload is no statement about a package.
    #[error("`payload`: {0}")]
    Statement(#[from] StatementError),
    /// Nobody has signed.
    #[error("`signatures`: expected 1 to {MOST_SIGNATURES}, found {0}")]
    Signatures(usize),
    /// A signature is not one of Ed25519.
    #[error("`signatures[{position}].sig`: expected 64 bytes in base64, found {found}")]
    Length {
        /// Position of the signature.
        position: usize,
        /// Bytes that it has.
        found: usize,
    },
    /// Two signatures name the same key.
    #[error("`signatures`: two name the key {}", quote(.0))]
    SameKey(String),
}

/// One signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The key that it says it is of. A hint: only verifying tells.
    pub key_id: Option<String>,
    bytes: [u8; 64],
}

impl Signature {
    /// Whether it may be of this key.
    pub(super) fn names(&self, key: KeyId) -> bool {
        self.key_id.as_ref().is_none_or(|named| *named == key.to_string())
    }

    /// The key that it names, for people; what is no name of a key of ours is cut.
    pub(super) fn shown(&self) -> String {
        match &self.key_id {
            None => "that it does not name".to_owned(),
            Some(named) if named.parse::<Digest>().is_ok() => named.clone(),
            Some(named) => quote(named),
        }
    }
}

/// Signatures over one package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    bytes: Vec<u8>,
    payload: Vec<u8>,
    statement: Statement,
    signatures: Vec<Signature>,
}

#[derive(Serialize, Deserialize)]
struct Written {
    payload: String,
    #[serde(rename = "payloadType")]
    payload_type: String,
    signatures: Vec<WrittenSignature>,
}

#[derive(Serialize, Deserialize)]
struct WrittenSignature {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    keyid: Option<String>,
    sig: String,
}

impl Envelope {
    /// Reads an envelope that anyone may have sent. Whether a signature is right is for
    /// [`TrustPolicy::check`](super::TrustPolicy::check) to say.
    pub fn parse(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        if bytes.len() > LARGEST_ENVELOPE {
            return Err(EnvelopeError::TooLarge(bytes.len() as u64));
        }
        let written: Written = serde_json::from_slice(bytes)
            .map_err(|error| EnvelopeError::Json(shorten(&error.to_string())))?;
        if written.payload_type != PAYLOAD_TYPE {
            return Err(EnvelopeError::PayloadType(written.payload_type));
        }
        let payload = decode("payload", &written.payload)?;
        let statement = Statement::parse(&payload)?;
        if !(1..=MOST_SIGNATURES).contains(&written.signatures.len()) {
            return Err(EnvelopeError::Signatures(written.signatures.len()));
        }
        let mut signatures: Vec<Signature> = Vec::with_capacity(written.signatures.len());
        for (position, signature) in written.signatures.into_iter().enumerate() {
            let sig = decode(&format!("signatures[{position}].sig"), &signature.sig)?;
            let found = sig.len();
            let bytes = sig.try_into().map_err(|_| EnvelopeError::Length { position, found })?;
            // An empty text stands for none in some writers.
            let key_id = signature.keyid.filter(|named| !named.is_empty());
            if let Some(named) = &key_id
                && signatures.iter().any(|other| other.key_id.as_ref() == Some(named))
            {
                return Err(EnvelopeError::SameKey(named.clone()));
            }
            signatures.push(Signature { key_id, bytes });
        }
        Ok(Self { bytes: bytes.to_vec(), payload, statement, signatures })
    }

    /// The first signature of a package.
    pub fn sign(subject: &Subject, key: &PrivateKey) -> Result<Self, EnvelopeError> {
        let payload = Statement::payload(subject);
        let statement = Statement::parse(&payload)?;
        Self { bytes: Vec::new(), payload, statement, signatures: Vec::new() }.with(key)
    }

    /// One more signature over the same. Signing again with the same key changes nothing, and the
    /// order in which people sign does not matter.
    pub fn with(mut self, key: &PrivateKey) -> Result<Self, EnvelopeError> {
        let id = key.public().id().to_string();
        self.signatures.retain(|signature| signature.key_id.as_ref() != Some(&id));
        if self.signatures.len() == MOST_SIGNATURES {
            return Err(EnvelopeError::Signatures(MOST_SIGNATURES + 1));
        }
        let bytes = key.sign(&encoding(PAYLOAD_TYPE, &self.payload));
        self.signatures.push(Signature { key_id: Some(id), bytes });
        self.signatures.sort_by(|a, b| (&a.key_id, a.bytes).cmp(&(&b.key_id, b.bytes)));
        self.bytes = self.written();
        Ok(self)
    }

    fn written(&self) -> Vec<u8> {
        let signatures = self.signatures.iter().map(|signature| WrittenSignature {
            keyid: signature.key_id.clone(),
            sig: STANDARD.encode(signature.bytes),
        });
        let written = Written {
            payload: STANDARD.encode(&self.payload),
            payload_type: PAYLOAD_TYPE.to_owned(),
            signatures: signatures.collect(),
        };
        // A struct of texts always becomes JSON.
        serde_json::to_vec(&written).unwrap_or_default()
    }

    /// The envelope as it was sent, or as it was made.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Every signature, not verified.
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// Whether the signatures are over this package and no other.
    pub fn is_about(&self, subject: &Subject) -> Result<(), WrongSubject> {
        self.statement.about(subject)
    }

    /// Whether one of the signatures is this key's.
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        self.signatures
            .iter()
            .any(|signature| signature.names(key.id()) && self.verifies(signature, key))
    }

    /// Whether this signature is this key's.
    pub(super) fn verifies(&self, signature: &Signature, key: &PublicKey) -> bool {
        key.verifies(&encoding(PAYLOAD_TYPE, &self.payload), &signature.bytes)
    }
}

/// The pre-authentication encoding: `DSSEv1`, then type and payload, each after its length.
fn encoding(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let mut message =
        format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len()).into_bytes();
    message.extend_from_slice(payload);
    message
}

/// DSSE allows both alphabets.
fn decode(member: &str, text: &str) -> Result<Vec<u8>, EnvelopeError> {
    STANDARD
        .decode(text)
        .or_else(|_| URL_SAFE.decode(text))
        .map_err(|_| EnvelopeError::Base64 { member: member.to_owned(), found: text.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::encoding;

    /// The example of the protocol's own text.
    #[test]
    fn the_encoding_is_that_of_the_protocol() {
        let message = encoding("http://example.com/HelloWorld", b"hello world");
        let expected = b"DSSEv1 29 http://example.com/HelloWorld 11 hello world";
        assert_eq!(message, expected);
    }
}
