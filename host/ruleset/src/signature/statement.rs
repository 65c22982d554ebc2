//! What is signed: an in-toto statement of version 1 with one subject, the package.

use serde::{Deserialize, Serialize};
use stele_digest::Digest;

use crate::defect::{quote, shorten};
use crate::package::Package;

/// The media type of what is signed.
pub const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";
/// The type of the statement.
pub const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";
/// What the statement says of its subject: that the signer releases it as this version.
pub const PREDICATE_TYPE: &str = "urn:stele:ruleset-release:v1";

/// The version that a signature is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Name of the ruleset.
    pub ruleset: String,
    /// Version.
    pub version: String,
    /// The package's digest.
    pub digest: Digest,
}

impl Subject {
    /// What a signature of this package must be about.
    pub fn of(package: &Package) -> Self {
        let manifest = package.manifest();
        Self {
            ruleset: manifest.name.to_string(),
            version: manifest.version.to_string(),
            digest: package.digest(),
        }
    }

    /// The subject's name in a statement: `cn/payroll@2026.1.0`.
    pub fn name(&self) -> String {
        format!("{}@{}", self.ruleset, self.version)
    }
}

/// A signature that is about something else.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the signatures are over {} with the digest {found_digest}; this package is {} with the \
     digest {}", quote(.found_name), .expected.name(), .expected.digest
)]
pub struct WrongSubject {
    /// The package.
    pub expected: Box<Subject>,
    /// The name in the statement.
    pub found_name: String,
    /// The digest in the statement.
    pub found_digest: Digest,
}

/// Why a payload is not a statement about a package.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    /// Not the JSON of a statement.
    #[error("not an in-toto statement: {0}")]
    Json(String),
    /// Another type of statement.
    #[error("`_type`: expected {STATEMENT_TYPE:?}, found {}", quote(.0))]
    Type(String),
    /// It says something else of its subject.
    #[error("`predicateType`: expected {PREDICATE_TYPE:?}, found {}", quote(.0))]
    Predicate(String),
    /// Not about one thing.
    #[error("`subject`: expected one, found {0}")]
    Subjects(usize),
    /// The digest is none.
    #[error("`subject[0].digest.sha256`: expected 64 hexadecimal digits, found {}", quote(.0))]
    Digest(String),
}

/// The statement inside of an envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    name: String,
    digest: Digest,
}

#[derive(Serialize, Deserialize)]
struct Written {
    #[serde(rename = "_type")]
    kind: String,
    subject: Vec<WrittenSubject>,
    #[serde(rename = "predicateType")]
    predicate_type: String,
}

#[derive(Serialize, Deserialize)]
struct WrittenSubject {
    name: String,
    digest: WrittenDigest,
}

#[derive(Serialize, Deserialize)]
struct WrittenDigest {
    sha256: String,
}

impl Statement {
    /// Reads a payload. What the statement says beyond, it may say: in-toto asks readers to ignore
    /// fields that they do not know.
    pub(super) fn parse(payload: &[u8]) -> Result<Self, StatementError> {
        let written: Written = serde_json::from_slice(payload)
            .map_err(|error| StatementError::Json(shorten(&error.to_string())))?;
        if written.kind != STATEMENT_TYPE {
            return Err(StatementError::Type(written.kind));
        }
        if written.predicate_type != PREDICATE_TYPE {
            return Err(StatementError::Predicate(written.predicate_type));
        }
        let subjects = written.subject.len();
        let [subject] = <[WrittenSubject; 1]>::try_from(written.subject)
            .map_err(|_| StatementError::Subjects(subjects))?;
        let digest = subject.digest.sha256;
        let digest = digest.parse().map_err(|_| StatementError::Digest(digest))?;
        Ok(Self { name: subject.name, digest })
    }

    /// The payload about a package: the same bytes for the same package.
    pub(super) fn payload(subject: &Subject) -> Vec<u8> {
        let written = Written {
            kind: STATEMENT_TYPE.to_owned(),
            subject: vec![WrittenSubject {
                name: subject.name(),
                digest: WrittenDigest { sha256: subject.digest.to_string() },
            }],
            predicate_type: PREDICATE_TYPE.to_owned(),
        };
        // A struct of texts always becomes JSON.
        serde_json::to_vec(&written).unwrap_or_default()
    }

    pub(super) fn about(&self, subject: &Subject) -> Result<(), WrongSubject> {
        if self.digest == subject.digest && self.name == subject.name() {
            return Ok(());
        }
        Err(WrongSubject {
            expected: Box::new(subject.clone()),
            found_name: self.name.clone(),
            found_digest: self.digest,
        })
    }
}
