//! Restoring a data folder.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use stele_store::{BackupSummary, SledStore, StoreError};

use crate::state::audit_key::{AuditKey, AuditKeyError};
use crate::state::runtime::{DATABASE, Runtime};

/// Why nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// There is something already.
    #[error("{} is not empty; restore into a folder that does not exist or is empty", .0.display())]
    NotEmpty(PathBuf),
    /// The folder cannot be made.
    #[error("the data folder {} can not be made: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The key that signs checkpoints cannot be written beside the database.
    #[error(transparent)]
    AuditKey(#[from] AuditKeyError),
    /// The backup cannot be used, or the store cannot be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Runtime {
    /// Makes a data folder of a backup, whose checkpoints are signed with this key. The folder must be
    /// empty or absent. Everything is read, written beside it, checked, and only then moved into
    /// place: there is never half a folder.
    pub fn restore(
        mut reader: impl io::Read,
        data: &Path,
        key: &AuditKey,
    ) -> Result<BackupSummary, RestoreError> {
        let failed = |source| RestoreError::Folder { path: data.to_owned(), source };
        let occupied = match fs::read_dir(data) {
            Ok(mut entries) => entries.next().is_some(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(failed(error)),
        };
        if occupied {
            return Err(RestoreError::NotEmpty(data.to_owned()));
        }
        let name = data.file_name().ok_or_else(|| {
            failed(io::Error::new(io::ErrorKind::InvalidInput, "it has no name of its own"))
        })?;
        let parent = match data.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent).map_err(failed)?;
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".restoring-{}", std::process::id()));
        let beside = parent.join(hidden);

        let restored = SledStore::restore(&mut reader, &beside.join(DATABASE))
            .map_err(RestoreError::from)
            .and_then(|summary| {
                key.keep(&beside)?;
                // The rename replaces an empty folder, and nothing else.
                fs::rename(&beside, data).map_err(failed)?;
                fs::File::open(parent).and_then(|folder| folder.sync_all()).map_err(failed)?;
                Ok(summary)
            });
        if restored.is_err() {
            // What is left of a failed attempt is of no use; the first error is what counts.
            let _ = fs::remove_dir_all(&beside);
        }
        restored
    }
}
