//! What stands against a log, and an entry read without believing it.

use stele_digest::Digest;

use super::proof::leaf_hash;
use crate::{
    envelope,
    error::{LogDamage, StoreError},
    layout::Tree,
    records::{AuditEntry, Log},
};

/// What stands against a log.
#[derive(Debug)]
pub(crate) enum Finding {
    /// From this entry on it cannot be believed.
    Damage {
        /// The entry.
        entry: u64,
        /// What was expected and found.
        detail: String,
    },
    /// It cannot be read at the moment.
    Store(StoreError),
}

impl From<StoreError> for Finding {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Finding {
    /// An entry is not where it must be.
    pub(crate) fn missing(entry: u64) -> Self {
        Self::Damage { entry, detail: format!("entry {entry} is missing") }
    }

    /// An entry does not follow the one before.
    pub(crate) fn broken(doubted: u64, entry: u64, expected: &Digest, found: &Digest) -> Self {
        let detail = match entry.checked_sub(1) {
            Some(before) => format!(
                "entry {entry} follows one with the hash {found}, and entry {before} has {expected}"
            ),
            None => format!("entry 0 follows one with the hash {found}"),
        };
        Self::Damage { entry: doubted, detail }
    }

    /// As the damage of a log.
    pub(crate) fn of(self, log: &Log) -> Result<LogDamage, StoreError> {
        match self {
            Self::Damage { entry, detail } => Ok(LogDamage { log: log.clone(), entry, detail }),
            Self::Store(error) => Err(error),
        }
    }
}

/// An entry as stored.
pub(crate) struct StoredEntry {
    pub(crate) json: Vec<u8>,
    pub(crate) entry: AuditEntry,
    pub(crate) leaf: Digest,
}

/// Reads an entry that must have this sequence.
pub(crate) fn read_entry(key: &[u8], value: &[u8], sequence: u64) -> Result<StoredEntry, Finding> {
    let unreadable = |error: StoreError| match error {
        StoreError::CorruptValue { detail, .. } => Finding::Damage { entry: sequence, detail },
        other => Finding::Store(other),
    };
    let json = envelope::read_json(Tree::Audit, key, value).map_err(unreadable)?;
    let entry: AuditEntry = envelope::read(Tree::Audit, key, value).map_err(unreadable)?;
    if entry.sequence != sequence {
        let detail = format!("entry {} stands in the place of entry {sequence}", entry.sequence);
        return Err(Finding::Damage { entry: sequence, detail });
    }
    let leaf = leaf_hash(&json);
    Ok(StoredEntry { json, entry, leaf })
}
