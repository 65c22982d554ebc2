//! Checks an export against a checkpoint that was kept elsewhere, with nothing but the two.
//!
//! Each entry holds the hash of the one before, so a change in the middle shows at the next entry.
//! The last entry, and a log that was written anew from some entry on, show at the root: it is made
//! again from the lines and must be the signed one. An older checkpoint must be met on the way.

use std::io::{self, BufRead, Read as _};

use serde::{Deserialize, Serialize};
use stele_digest::Digest;
use stele_store::{AuditEntry, merkle};

use super::{
    Checkpoint,
    export::{EXPORT_FORMAT, ExportHeader},
};

/// No entry is longer: bounds what is read of a file that is something else. 1 MiB.
const LONGEST_LINE: u64 = 1 << 20;

/// What was proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportReport {
    /// The log: `operator` or `tenants/` and the tenant.
    pub log: String,
    /// Entries in the export.
    pub entries: u64,
    /// Of these, from the first on, those that the checkpoint covers.
    pub covered: u64,
    /// The root over them.
    pub root: Digest,
    /// When the checkpoint was made.
    pub at: Option<jiff::Timestamp>,
    /// Entries that the older checkpoint covers: they are the same today.
    pub older: Option<u64>,
}

/// What was done to an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tampering {
    /// The first line is not that of an export.
    Header,
    /// It is of another log than the checkpoint.
    OtherLog,
    /// An entry is not what it was.
    Changed,
    /// An entry is gone.
    Removed,
    /// Entries are not in their order, or one is there twice.
    Reordered,
    /// The end is gone.
    Truncated,
    /// There is more than there should be.
    Extended,
}

/// Why an export is not believed.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// It was tampered with.
    #[error("{}: expected {expected}, found {found}", place(*.first, *.last))]
    Tampered {
        /// How.
        tampering: Tampering,
        /// The first entry that can not be believed; none where it is not about an entry.
        first: Option<u64>,
        /// The last entry that may be the one that was changed.
        last: Option<u64>,
        /// What should have been there.
        expected: String,
        /// What was there.
        found: String,
    },
    /// The two checkpoints can not be of one log.
    #[error("the older checkpoint does not fit the newer one: expected {expected}, found {found}")]
    Checkpoints {
        /// What the newer one says.
        expected: String,
        /// What the older one says.
        found: String,
    },
    /// It can not be read.
    #[error("the export can not be read: {0}")]
    Read(#[from] io::Error),
}

fn place(first: Option<u64>, last: Option<u64>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first < last => {
            format!("the log can not be believed from entry {first} on (entries {first} to {last})")
        }
        (Some(first), _) => format!("the log can not be believed from entry {first} on"),
        _ => "the export".to_owned(),
    }
}

fn tampered(
    tampering: Tampering,
    entry: u64,
    expected: impl Into<String>,
    found: impl Into<String>,
) -> VerifyError {
    let (expected, found) = (expected.into(), found.into());
    VerifyError::Tampered { tampering, first: Some(entry), last: Some(entry), expected, found }
}

fn wrong_file(
    tampering: Tampering,
    expected: impl Into<String>,
    found: impl Into<String>,
) -> VerifyError {
    let (expected, found) = (expected.into(), found.into());
    VerifyError::Tampered { tampering, first: None, last: None, expected, found }
}

/// Checks an export against a checkpoint, and against an older one, whose signatures were checked.
/// Entries beyond the checkpoint are checked as a chain only; the report says how many are covered.
pub fn verify_export(
    mut export: impl BufRead,
    checkpoint: &Checkpoint,
    older: Option<&Checkpoint>,
) -> Result<ExportReport, VerifyError> {
    check_order(checkpoint, older)?;
    let header = read_header(&mut export)?;
    if header.origin != checkpoint.origin {
        return Err(wrong_file(
            Tampering::OtherLog,
            format!("an export of {}", checkpoint.origin),
            format!("one of {}", header.origin),
        ));
    }
    let mut reading =
        Reading { frontier: merkle::Frontier::default(), last: Digest::ZERO, proven: 0 };
    reading.meet(checkpoint, older)?;
    while let Some(line) = read_line(&mut export, reading.next())? {
        if reading.next() == header.entries {
            return Err(tampered(
                Tampering::Extended,
                header.entries,
                format!("the end after {} entries, as the first line says", header.entries),
                "another line",
            ));
        }
        match reading.take(&line) {
            Err(VerifyError::Tampered {
                tampering: Tampering::Removed,
                first: Some(entry),
                last,
                expected,
                found,
            }) => {
                // An entry that is missed here and comes later was moved.
                let moved = occurs(&mut export, entry)?;
                let tampering = if moved { Tampering::Reordered } else { Tampering::Removed };
                let first = Some(entry);
                return Err(VerifyError::Tampered { tampering, first, last, expected, found });
            }
            taken => taken?,
        }
        reading.meet(checkpoint, older)?;
    }
    let entries = reading.next();
    let (demanded, by) = if header.entries > checkpoint.size {
        (header.entries, "the first line says")
    } else {
        (checkpoint.size, "the checkpoint covers")
    };
    if entries < demanded {
        return Err(tampered(
            Tampering::Truncated,
            entries,
            format!("entry {entries} of the {demanded} that {by}"),
            "the end of the export",
        ));
    }
    Ok(ExportReport {
        log: checkpoint.log().to_owned(),
        entries,
        covered: checkpoint.size,
        root: checkpoint.root,
        at: checkpoint.at,
        older: older.map(|older| older.size),
    })
}

fn check_order(checkpoint: &Checkpoint, older: Option<&Checkpoint>) -> Result<(), VerifyError> {
    let Some(older) = older else { return Ok(()) };
    let differ =
        |expected: String, found: String| Err(VerifyError::Checkpoints { expected, found });
    if older.origin != checkpoint.origin {
        return differ(format!("one of {}", checkpoint.origin), format!("one of {}", older.origin));
    }
    if older.size > checkpoint.size {
        return differ(
            format!("at most {} entries", checkpoint.size),
            format!("{}: it is the newer one, or the log shrank", older.size),
        );
    }
    if older.size == checkpoint.size && older.root != checkpoint.root {
        return differ(
            format!("the root {} of {} entries", checkpoint.root, checkpoint.size),
            format!("{}: the log forked", older.root),
        );
    }
    Ok(())
}

/// What was read of an export.
struct Reading {
    frontier: merkle::Frontier,
    /// Hash of the last entry.
    last: Digest,
    /// Entries whose root was met: nothing before them was changed.
    proven: u64,
}

impl Reading {
    fn next(&self) -> u64 {
        self.frontier.size()
    }

    fn take(&mut self, line: &[u8]) -> Result<(), VerifyError> {
        let sequence = self.next();
        let entry: AuditEntry = serde_json::from_slice(line).map_err(|error| {
            tampered(Tampering::Changed, sequence, format!("entry {sequence}"), error.to_string())
        })?;
        if entry.sequence != sequence {
            let tampering =
                if entry.sequence > sequence { Tampering::Removed } else { Tampering::Reordered };
            return Err(tampered(
                tampering,
                sequence,
                format!("entry {sequence}"),
                format!("entry {}", entry.sequence),
            ));
        }
        if entry.previous != self.last {
            let Some(before) = sequence.checked_sub(1).filter(|before| *before >= self.proven)
            else {
                return Err(tampered(
                    Tampering::Changed,
                    sequence,
                    format!("an entry that follows the hash {}", self.last),
                    format!("one that follows {}", entry.previous),
                ));
            };
            return Err(VerifyError::Tampered {
                tampering: Tampering::Changed,
                first: Some(before),
                last: Some(sequence),
                expected: format!(
                    "entry {before} with the hash {}, which entry {sequence} follows",
                    entry.previous
                ),
                found: format!("entry {before} with the hash {}", self.last),
            });
        }
        self.last = merkle::leaf_hash(line);
        self.frontier.push(self.last);
        Ok(())
    }

    /// Compares the roots where a checkpoint was made.
    fn meet(
        &mut self,
        checkpoint: &Checkpoint,
        older: Option<&Checkpoint>,
    ) -> Result<(), VerifyError> {
        for met in older.into_iter().chain([checkpoint]) {
            if met.size != self.next() {
                continue;
            }
            let root = self.frontier.root();
            if root != met.root {
                // The chain is whole up to here: the last entry was changed, or one before it and
                // all that follow it.
                return Err(VerifyError::Tampered {
                    tampering: Tampering::Changed,
                    first: Some(self.proven.min(met.size.saturating_sub(1))),
                    last: Some(met.size.saturating_sub(1)),
                    expected: format!("the root {} over {} entries", met.root, met.size),
                    found: format!(
                        "{root}: the last of them was changed, or an earlier one and all after it"
                    ),
                });
            }
            self.proven = met.size;
        }
        Ok(())
    }
}

fn read_header(export: &mut impl BufRead) -> Result<ExportHeader, VerifyError> {
    let wrong = |found: String| {
        wrong_file(Tampering::Header, format!("the first line of a {EXPORT_FORMAT}"), found)
    };
    let mut line = Vec::new();
    export.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
    let header: ExportHeader =
        serde_json::from_slice(&line).map_err(|error| wrong(error.to_string()))?;
    // Written by us, so byte for byte as we write it.
    let written = serde_json::to_string(&header).map_err(|error| wrong(error.to_string()))? + "\n";
    if header.format != EXPORT_FORMAT {
        return Err(wrong(format!("{:?}", header.format.chars().take(40).collect::<String>())));
    }
    if line != written.as_bytes() {
        return Err(wrong("the same in another form".to_owned()));
    }
    Ok(header)
}

/// A line without its end; none at the end of the file.
fn read_line(export: &mut impl BufRead, sequence: u64) -> Result<Option<Vec<u8>>, VerifyError> {
    let mut line = Vec::new();
    export.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
    match line.pop() {
        None => Ok(None),
        Some(b'\n') => Ok(Some(line)),
        Some(_) if line.len() as u64 + 1 >= LONGEST_LINE => {
            Err(tampered(Tampering::Changed, sequence, "a line of at most 1 MiB", "a longer one"))
        }
        Some(_) => Err(tampered(
            Tampering::Truncated,
            sequence,
            format!("entry {sequence} and the end of its line"),
            "the end of the export",
        )),
    }
}

/// Whether the rest of an export has the entry.
fn occurs(export: &mut impl BufRead, entry: u64) -> Result<bool, VerifyError> {
    #[derive(Deserialize)]
    struct Numbered {
        sequence: u64,
    }
    while let Ok(Some(line)) = read_line(export, entry) {
        if serde_json::from_slice::<Numbered>(&line).is_ok_and(|found| found.sequence == entry) {
            return Ok(true);
        }
    }
    Ok(false)
}
