//! A checkpoint: the server's statement that at a time a log had so many entries and this root.
//!
//! Its text is a checkpoint of the C2SP (`tlog-checkpoint`) in a signed note (`signed-note`), so
//! that tools made for transparency logs can read and witness it:
//!
//! ```text
//! stele.audit/1f0c8a4be2d09c77/tenants/acme    the origin: this server's log, also the key's name
//! 42                                           number of entries
//! rYWr…=                                       root, base64
//! time 2026-04-05T10:00:00.123456Z             an extension line
//!
//! — stele.audit/1f0c8a4be2d09c77/tenants/acme  9x8B…=
//! ```
//!
//! The signature line has the key's name and, in base64, the first four bytes of SHA-256 over name,
//! line feed, algorithm (1: Ed25519) and public key, then the signature of the text up to and
//! without the empty line.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use stele_digest::Digest;
use stele_store::Log;

use crate::state::audit_key::{AuditKey, VerifierKey};

/// Ed25519 in signed notes.
const ALGORITHM: u8 = 1;
/// What a signature line begins with.
const SIGNATURE: &str = "\u{2014} ";
/// What the extension line with the time begins with.
const TIME: &str = "time ";
/// No checkpoint of ours is longer; witnesses add a line each.
const LONGEST: usize = 64 * 1024;

/// What a checkpoint says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The server and the log.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// Root over them.
    pub root: Digest,
    /// When it was made; none in a checkpoint of other software.
    pub at: Option<Timestamp>,
}

/// A checkpoint as it is handed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedCheckpoint {
    /// The log: `operator` or `tenants/` and the tenant.
    pub log: String,
    /// Number of entries.
    pub size: u64,
    /// Root over them, hexadecimal.
    pub root: Digest,
    /// When it was made.
    pub at: Timestamp,
    /// The signed note: what to keep elsewhere.
    pub note: String,
    /// The key to check it with, as tools for signed notes take it: name, hash and key.
    pub key: String,
}

/// Why a checkpoint is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// It is no signed note, or no checkpoint.
    #[error("it is no signed checkpoint: expected {expected}, found {found}")]
    Malformed {
        /// What should have been there.
        expected: &'static str,
        /// What was there.
        found: String,
    },
    /// Nobody signed it with that key.
    #[error("it is not signed with the key {fingerprint}")]
    NotSigned {
        /// The key's fingerprint.
        fingerprint: String,
    },
    /// The signature is of another text: it was changed.
    #[error("its signature by the key {fingerprint} is of another text: it was changed")]
    WrongSignature {
        /// The key's fingerprint.
        fingerprint: String,
    },
}

/// The name of a log in checkpoints. Two servers have different keys, and so different names.
pub(super) fn origin(key: &VerifierKey, log: &Log) -> String {
    format!("stele.audit/{}/{log}", key.fingerprint())
}

/// The first bytes of a signature, which tell keys apart.
fn key_hash(name: &str, key: &VerifierKey) -> [u8; 4] {
    let mut hasher = Sha256::new();
    hasher.update(name.as_bytes());
    hasher.update([b'\n', ALGORITHM]);
    hasher.update(key.as_bytes());
    let [a, b, c, d, ..] = <[u8; 32]>::from(hasher.finalize());
    [a, b, c, d]
}

/// The key as signed notes write it: name, hash, and algorithm and key in base64, joined by `+`.
fn verifier_key(name: &str, key: &VerifierKey) -> String {
    let mut bytes = vec![ALGORITHM];
    bytes.extend_from_slice(key.as_bytes());
    format!("{name}+{}+{}", hex::encode(key_hash(name, key)), STANDARD.encode(bytes))
}

impl SignedCheckpoint {
    pub(super) fn new(key: &AuditKey, log: &Log, size: u64, root: Digest, at: Timestamp) -> Self {
        let verifier = key.verifier();
        let origin = origin(&verifier, log);
        let text = format!("{origin}\n{size}\n{}\n{TIME}{at}\n", STANDARD.encode(root.as_bytes()));
        let mut signature = key_hash(&origin, &verifier).to_vec();
        signature.extend_from_slice(&key.sign(text.as_bytes()));
        Self {
            log: log.to_string(),
            size,
            root,
            at,
            note: format!("{text}\n{SIGNATURE}{origin} {}\n", STANDARD.encode(signature)),
            key: verifier_key(&origin, &verifier),
        }
    }
}

impl Checkpoint {
    /// Reads a checkpoint and believes it if the key signed it. `text` is the note, or the JSON
    /// that it was handed out in.
    pub fn open(text: &str, key: &VerifierKey) -> Result<Self, CheckpointError> {
        if text.len() > LONGEST {
            return Err(malformed("at most 64 KiB", "more"));
        }
        if text.trim_start().starts_with('{') {
            let signed: SignedCheckpoint = serde_json::from_str(text).map_err(|error| {
                malformed("a note, or a checkpoint as the server answers it", &error.to_string())
            })?;
            let opened = Self::open_note(&signed.note, key)?;
            // Beside the note stands what it says; people may read only that.
            let stated = (Some(signed.at), signed.size, signed.root, signed.key);
            let name = verifier_key(&opened.origin, key);
            let is_log = opened.origin.ends_with(&format!("/{}", signed.log));
            if !is_log || stated != (opened.at, opened.size, opened.root, name) {
                return Err(malformed("the same in the note as beside it", "another statement"));
            }
            return Ok(opened);
        }
        Self::open_note(text, key)
    }

    fn open_note(note: &str, key: &VerifierKey) -> Result<Self, CheckpointError> {
        let (text, signatures) = note
            .rfind("\n\n")
            .and_then(|end| Some((note.get(..=end)?, note.get(end + 2..)?)))
            .ok_or_else(|| malformed("a text, an empty line and signatures", "no empty line"))?;
        let checkpoint = Self::parse(text)?;
        let fingerprint = key.fingerprint();
        let mut error = CheckpointError::NotSigned { fingerprint: fingerprint.clone() };
        let mut is_signed = false;
        if !signatures.ends_with('\n') {
            return Err(malformed("a line feed at the end", "none"));
        }
        for line in signatures.lines() {
            let (name, signature) = line
                .strip_prefix(SIGNATURE)
                .and_then(|line| line.split_once(' '))
                .ok_or_else(|| malformed("a signature line: — name signature", line))?;
            let bytes = STANDARD
                .decode(signature)
                .map_err(|_| malformed("a signature in base64", signature))?;
            let Some((hash, signature)) = bytes.split_first_chunk::<4>() else {
                return Err(malformed("a key's hash and a signature", signature));
            };
            if name != checkpoint.origin || *hash != key_hash(name, key) {
                // By a witness, or by another key.
                continue;
            }
            match signature.try_into() {
                Ok(signature) if key.is_signed(text.as_bytes(), signature) => is_signed = true,
                _ => {
                    let fingerprint = fingerprint.clone();
                    error = CheckpointError::WrongSignature { fingerprint };
                }
            }
        }
        if is_signed { Ok(checkpoint) } else { Err(error) }
    }

    fn parse(text: &str) -> Result<Self, CheckpointError> {
        let mut lines = text.lines();
        let mut line = |expected| lines.next().ok_or_else(|| malformed(expected, "the end"));
        let origin = line("the log's origin")?.to_owned();
        if origin.is_empty() {
            return Err(malformed("the log's origin", "an empty line"));
        }
        let number = line("the number of entries")?;
        let size = number
            .parse()
            .ok()
            .filter(|size: &u64| size.to_string() == number)
            .ok_or_else(|| malformed("the number of entries", number))?;
        let root = line("the root")?;
        let root = STANDARD
            .decode(root)
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .map(Digest::from_bytes)
            .ok_or_else(|| malformed("the root: 32 bytes in base64", root))?;
        let time = lines.find_map(|line| line.strip_prefix(TIME));
        let at =
            time.map(|time| time.parse().map_err(|_| malformed("a time", time))).transpose()?;
        Ok(Self { origin, size, root, at })
    }

    /// The log that it is of: what stands after the server's name.
    pub fn log(&self) -> &str {
        self.origin.splitn(3, '/').nth(2).unwrap_or(&self.origin)
    }
}

fn malformed(expected: &'static str, found: &str) -> CheckpointError {
    CheckpointError::Malformed { expected, found: found.chars().take(80).collect() }
}
