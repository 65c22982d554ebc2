//! What can go wrong between the store and the disk.

use std::path::PathBuf;

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
    /// An earlier write failed, so that nothing more can be promised until a restart.
    #[error(
        "the store accepts no changes since a write failed ({cause}); mend the disk and restart. What was acknowledged is safe"
    )]
    ReadOnly {
        /// The failure.
        cause: String,
    },
    /// Reading or writing failed.
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

impl StoreError {
    pub(crate) fn io(action: &'static str, error: impl std::fmt::Display) -> Self {
        Self::Io { action, detail: error.to_string() }
    }
}
