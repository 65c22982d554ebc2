//! Digests by which audit entries are found by who knows an employee's identifier, and by nobody else.
//!
//! Each employee has a salt of their own. Whoever knows identifiers and has the log can not find out
//! without it whom an entry is about; with the end of the employee's erasure it is gone for everybody.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use stele_digest::Digest;

use crate::names::{EmployeeId, InvalidName, TenantId};

/// Bytes of a digest. An entry holds one for each of the 256 employees of a batch and must stay below
/// 6 KiB (see `layout`); of a million employees two share one in one of 40 million tenants.
const LENGTH: usize = 8;

/// What of an employee an entry is about. Each has digests of its own, so that the log does not tell
/// which results are of the person whose record was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Matter {
    Record,
    Results,
}

/// Stands in an entry for an employee: the beginning of the SHA-256 of what the entry is about, the
/// employee's salt and their identifier. As text: 16 lower-case hexadecimal digits.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[schema(value_type = String, example = "5f1c0a9be3d27644")]
#[serde(try_from = "String", into = "String")]
pub struct EmployeeDigest([u8; LENGTH]);

/// What stands for one employee in the entries of their tenant's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct EmployeeDigests {
    /// In entries about what is known of the employee: `employee.written` and the like.
    pub record: EmployeeDigest,
    /// In entries about results of the employee: `result.recorded` and the like.
    pub results: EmployeeDigest,
}

/// An employee's salt.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct AuditSalt {
    salt: Digest,
    pub(crate) recorded_at: Timestamp,
}

impl AuditSalt {
    /// Made from the seed of the commit that needs it first. Nobody can work back from it to the seed,
    /// nor to the salt of another who had none at that commit.
    pub(crate) fn made(
        seed: &[u8; 32],
        tenant: &TenantId,
        employee: &EmployeeId,
        recorded_at: Timestamp,
    ) -> Self {
        let texts = [tenant.as_str(), employee.as_str()];
        let salt = hash("stele audit salt", seed, &texts);
        Self { salt: Digest::from_bytes(salt), recorded_at }
    }

    pub(crate) fn digest(&self, matter: Matter, employee: &EmployeeId) -> EmployeeDigest {
        let purpose = match matter {
            Matter::Record => "stele audit record",
            Matter::Results => "stele audit results",
        };
        let hash = hash(purpose, self.salt.as_bytes(), &[employee.as_str()]);
        let [a, b, c, d, e, f, g, h, ..] = hash;
        EmployeeDigest([a, b, c, d, e, f, g, h])
    }

    pub(crate) fn digests(&self, employee: &EmployeeId) -> EmployeeDigests {
        let of = |matter| self.digest(matter, employee);
        EmployeeDigests { record: of(Matter::Record), results: of(Matter::Results) }
    }
}

/// SHA-256 over a purpose, a secret, and texts, none of which contains a zero byte.
fn hash(purpose: &str, secret: &[u8; 32], texts: &[&str]) -> [u8; 32] {
    let mut hasher = Sha256::new_with_prefix(purpose);
    hasher.update([0]);
    hasher.update(secret);
    for text in texts {
        hasher.update(text);
        hasher.update([0]);
    }
    hasher.finalize().into()
}

impl fmt::Display for EmployeeDigest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex::encode(self.0))
    }
}

impl FromStr for EmployeeDigest {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        let mut bytes = [0; LENGTH];
        let read = hex::decode_to_slice(text, &mut bytes).map(|()| Self(bytes));
        // One text for each: no capitals.
        read.ok().filter(|digest| digest.to_string() == text).ok_or_else(|| InvalidName {
            what: "digest of an employee",
            expected: "16 lower-case hexadecimal digits",
            found: text.to_owned(),
        })
    }
}

impl TryFrom<String> for EmployeeDigest {
    type Error = InvalidName;
    fn try_from(text: String) -> Result<Self, InvalidName> {
        text.parse()
    }
}

impl From<EmployeeDigest> for String {
    fn from(digest: EmployeeDigest) -> Self {
        digest.to_string()
    }
}
