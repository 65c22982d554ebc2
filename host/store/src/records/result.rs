//! Recorded results: what somebody was told they earn, and what is needed to show why.
//!
//! They lie apart from the audit log, which holds their salted digest only: content and salt can be
//! erased, and the log stays whole.

use std::{fmt, str::FromStr};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use stele_digest::Digest;
use uuid::Uuid;

use super::Actor;
use crate::names::{EmployeeId, EmploymentId, InvalidName, Slot, TenantId};

/// A result: the batch that it was recorded with, and its position in it. As text:
/// `019a…-….17`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ResultId {
    /// The batch.
    pub batch: Uuid,
    /// From 0.
    pub position: u32,
}

impl utoipa::PartialSchema for ResultId {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::Type::String)
            .description(Some("The batch that a result was recorded with, and its position in it."))
            .examples(["0199f2a4-7e4c-7d2e-9a55-2f7d6a2f3a10.17"])
            .into()
    }
}

impl utoipa::ToSchema for ResultId {}

impl ResultId {
    /// The identifier after which a list begins with this one; none: the list begins with it.
    pub fn before(self) -> Option<Self> {
        match self.position.checked_sub(1) {
            Some(position) => Some(Self { position, ..self }),
            None => {
                let batch = self.batch.as_u128().checked_sub(1).map(Uuid::from_u128)?;
                Some(Self { batch, position: u32::MAX })
            }
        }
    }
}

impl fmt::Display for ResultId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.batch.as_hyphenated(), self.position)
    }
}

impl FromStr for ResultId {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        let parsed = text.split_once('.').and_then(|(batch, position)| {
            Some(Self { batch: Uuid::try_parse(batch).ok()?, position: position.parse().ok()? })
        });
        // One text for each: no capitals, no leading zeros.
        parsed.filter(|id| id.to_string() == text).ok_or_else(|| InvalidName {
            what: "result",
            expected: "a UUID, a dot and a number",
            found: text.to_owned(),
        })
    }
}

impl TryFrom<String> for ResultId {
    type Error = InvalidName;
    fn try_from(text: String) -> Result<Self, InvalidName> {
        text.parse()
    }
}

impl From<ResultId> for String {
    fn from(id: ResultId) -> Self {
        id.to_string()
    }
}

/// What is known of a result without its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultHead {
    /// For whom, if for an employee. None after an erasure.
    pub employee: Option<EmployeeId>,
    /// The slot that was asked.
    pub slot: Slot,
    /// Kind of the ruleset, which decides how long the result is kept.
    pub kind: String,
    /// The date that it was calculated for.
    pub date: Date,
    /// SHA-256 over salt and content.
    pub digest: Digest,
    /// Makes the digest unguessable. Hexadecimal; empty after an erasure.
    pub salt: String,
    /// When the content was erased, if it was.
    pub erased_at: Option<Timestamp>,
    /// What it was calculated with and in; none: it was recorded before that was kept here, and
    /// stands in its content alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// What a result was calculated with and in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The version.
    pub version: RulesetVersion,
    /// The employment; none: the employee's are not told apart, it is nobody's, or it was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employment: Option<EmploymentId>,
}

/// A version of a ruleset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesetVersion {
    /// Name of the ruleset.
    pub ruleset: String,
    /// Its version.
    pub version: String,
    /// Digest of its package.
    pub digest: Digest,
}

impl ResultHead {
    /// The digest of a content with this salt.
    pub fn digest_of(salt: &str, content: &[u8]) -> Digest {
        let mut hasher = Sha256::new();
        hasher.update(salt.as_bytes());
        hasher.update([0]);
        hasher.update(content);
        Digest::from_bytes(hasher.finalize().into())
    }
}

/// What is listed of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedResult {
    /// Which.
    pub id: ResultId,
    /// For whom, if for an employee.
    pub employee: Option<EmployeeId>,
    /// The slot that was asked.
    pub slot: Slot,
    /// Kind of the ruleset.
    pub kind: String,
    /// What it was calculated with and in; none where that is not listed.
    pub provenance: Option<Provenance>,
    /// The date that it was calculated for.
    pub date: Date,
    /// SHA-256 over salt and content.
    pub digest: Digest,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

/// What stands in the index of an employee's results, so that whoever lists them reads no batch.
///
/// As bytes of `postcard` and not as JSON: there is one for each result, and it can be made again
/// from the heads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct IndexedHead {
    pub(crate) slot: Slot,
    pub(crate) kind: String,
    pub(crate) date: Date,
    digest: [u8; 32],
}

impl IndexedHead {
    pub(crate) fn of(head: &ResultHead) -> Self {
        let ResultHead { slot, kind, date, digest, .. } = head;
        let digest = *digest.as_bytes();
        Self { slot: slot.clone(), kind: kind.clone(), date: *date, digest }
    }

    pub(crate) fn digest(&self) -> Digest {
        Digest::from_bytes(self.digest)
    }
}

/// What the audit log holds of a batch: SHA-256 over the digests of its results, in order.
pub fn digest_of_batch<'a>(heads: impl Iterator<Item = &'a ResultHead>) -> Digest {
    Digest::of_digests(heads.map(|head| &head.digest))
}

/// A recorded result.
#[derive(Clone, PartialEq, Eq)]
pub struct ResultRecord {
    /// Which.
    pub id: ResultId,
    /// What is known of it.
    pub head: ResultHead,
    /// What the runtime wrote; none after an erasure.
    pub content: Option<Vec<u8>>,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who recorded it.
    pub actor: Actor,
    /// Position of the batch's entry in the tenant's audit log.
    pub audit_sequence: u64,
}

/// Personal data never reaches a log by way of `{:?}`.
impl fmt::Debug for ResultRecord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ResultRecord")
            .field("id", &self.id)
            .field("recorded_at", &self.recorded_at)
            .finish_non_exhaustive()
    }
}

/// That an employee's data shall be erased, as far and as soon as retention allows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureRecord {
    /// Whose employee.
    pub tenant: TenantId,
    /// Who.
    pub employee: EmployeeId,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// By whom.
    pub asked_by: Actor,
    /// Results that were erased so far; they can no longer be replayed.
    pub erased: Vec<ResultId>,
    /// Whether the attributes are erased.
    pub attributes_erased: bool,
    /// Whether nothing is left to erase.
    pub complete: bool,
    /// When it was last carried on.
    pub recorded_at: Timestamp,
}
