//! What can go wrong between the store and the disk.

use std::path::PathBuf;

use crate::records::Log;

/// Why the store cannot do what it was asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// Another process has the database open.
    #[error("the database in {path} is in use by another process; stop it, or name another folder")]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// The database as a whole cannot be read.
    #[error(
        "the database in {path} is damaged ({detail}); it was left as it is. Move the folder away and restore the last backup: stele restore <backup file> --data <data folder>"
    )]
    Corrupt {
        /// The folder.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// One value cannot be read.
    #[error(
        "the value {key} in {tree} is damaged ({detail}). Restore the last backup into an empty folder: stele restore <backup file> --data <data folder>"
    )]
    CorruptValue {
        /// Which tree.
        tree: &'static str,
        /// The key, escaped.
        key: String,
        /// What was found.
        detail: String,
    },
    /// Written by a newer version of this program.
    #[error(
        "the database in {path} has format {found}, this program knows formats up to {supported}; start a newer version"
    )]
    NewerFormat {
        /// The folder.
        path: PathBuf,
        /// Format found.
        found: u64,
        /// Newest format known.
        supported: u64,
    },
    /// The disk is full, or so nearly that the next commit might not fit.
    #[error(
        "the disk has {available} bytes left and {needed} are kept free for safe commits; make room and try again"
    )]
    Full {
        /// Bytes left.
        available: u64,
        /// Bytes demanded.
        needed: u64,
    },
    /// Opening the database writes, and there might not be room for that. Nothing was touched.
    #[error(
        "the disk of {path} has {available} bytes left, and opening the database there may take {needed}; nothing was touched. Make room and start again"
    )]
    NoRoomToOpen {
        /// The folder.
        path: PathBuf,
        /// Bytes left.
        available: u64,
        /// Bytes demanded.
        needed: u64,
    },
    /// Nothing can be changed until somebody has seen to the cause.
    #[error("the store accepts no changes: {cause}")]
    ReadOnly {
        /// Why.
        cause: ReadOnlyCause,
    },
    /// An audit log is damaged at or before the place that was asked for.
    #[error(transparent)]
    DamagedLog(LogDamage),
    /// There are not so many entries in the log.
    #[error("the audit log {log} has {size} entries; {asked} were asked for")]
    BeyondLog {
        /// The log.
        log: Log,
        /// Entries asked for.
        asked: u64,
        /// Entries that there are.
        size: u64,
    },
    /// A commit was made under this idempotency key, and its answer is remembered. Nothing was
    /// changed now.
    #[error("it was done already under this idempotency key")]
    Answered,
    /// Somebody else wrote to the same maps at the same moment. Nothing was changed now.
    #[error("another process committed at the same moment; try again")]
    Contended,
    /// More commits wait than may. Nothing was changed now.
    #[error("{waiting} changes wait already; try again")]
    Busy {
        /// How many wait, which is how many may.
        waiting: usize,
    },
    /// One commit is larger than what everybody else may have to wait for. Nothing was changed.
    #[error("the change has {found} {unit}, the most is {most}; make several of it")]
    TooLarge {
        /// What is too much: `changes` or `bytes`.
        unit: &'static str,
        /// How much there is of it.
        found: usize,
        /// How much there may be.
        most: usize,
    },
    /// Something that this program should have made impossible. Nothing was changed.
    #[error("{action} failed by a defect of this program: {detail}")]
    Defect {
        /// What was done.
        action: &'static str,
        /// What was found.
        detail: String,
    },
    /// What was erased still lies in old parts of the files.
    #[error(
        "what was erased can be read no more, and old parts of the files still hold it: to write the database anew takes longer than {} s. It is tried again at the next stop; a backup restored into an empty folder does not hold it",
        within.as_secs()
    )]
    NotForgotten {
        /// How long it was to take at most.
        within: std::time::Duration,
    },
    /// The system failed at reading or writing.
    #[error("{action} failed: {detail}")]
    Io {
        /// What was done.
        action: &'static str,
        /// What the system said.
        detail: String,
    },
    /// A backup cannot be used. Nothing was restored.
    #[error("the backup is not usable ({detail}); nothing was restored")]
    Backup {
        /// What is wrong.
        detail: String,
    },
    /// Something in the place where a new database should go.
    #[error("{path} is not empty; restore into a folder that does not exist or is empty")]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
}

/// Why nothing can be changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadOnlyCause {
    /// After a failed write nobody knows what the disk holds until it is read again.
    #[error("a write failed ({0}); mend the disk and restart. What was acknowledged is safe")]
    WriteFailed(String),
    /// The writer ended by a defect. What it was writing may be durable without anybody having
    /// been told: only a restart reads it.
    #[error("the writer ended by a defect of this program; restart. What was acknowledged is safe")]
    WriterEnded,
    /// The disk has no room. Nothing was begun, so changes are taken again as soon as there is.
    #[error("the disk has {available} bytes left and {needed} are kept free; make room")]
    Full {
        /// Bytes left.
        available: u64,
        /// Bytes demanded.
        needed: u64,
    },
    /// A change would be written to a log that cannot be believed any more. Changes of others are
    /// taken.
    #[error(
        "{0}. Keep the folder as it is for whoever examines it, and restore the last backup into an empty one: stele restore <backup file> --data <data folder>"
    )]
    DamagedLog(LogDamage),
}

/// An audit log that was changed by something else than a commit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the audit log {log} can not be believed from entry {entry} on ({detail})")]
pub struct LogDamage {
    /// The log.
    pub log: Log,
    /// The first entry that can not be believed. Those before it can be proven.
    pub entry: u64,
    /// What was expected and found.
    pub detail: String,
}

impl StoreError {
    pub(crate) fn defect(action: &'static str, detail: impl std::fmt::Display) -> Self {
        Self::Defect { action, detail: detail.to_string() }
    }

    pub(crate) fn io(action: &'static str, error: impl std::fmt::Display) -> Self {
        Self::Io { action, detail: error.to_string() }
    }
}
