//! A store in a folder: opened, settled at the end, made of a backup.

use std::{fs, io, path::Path, sync::Arc, time::Duration};

use crate::{
    backend::Backend as _,
    bounds::Bounds,
    clock::{Clock, SystemClock},
    error::StoreError,
    ledger::{self, Ledger},
    rewrite,
    sled_store::Database,
    store::BackupSummary,
};

/// A store in a folder.
pub type SledStore = Ledger<Database>;

impl SledStore {
    /// Opens the store in the folder, or makes an empty one.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_within(path, Bounds::default())
    }

    /// The same, within other bounds.
    pub fn open_within(path: &Path, bounds: Bounds) -> Result<Self, StoreError> {
        Self::open_as(path, Arc::new(SystemClock), bounds)
    }

    /// Opens the store and takes the time from `clock`.
    pub fn open_with_clock(path: &Path, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        Self::open_as(path, clock, Bounds::default())
    }

    fn open_as(path: &Path, clock: Arc<dyn Clock>, bounds: Bounds) -> Result<Self, StoreError> {
        let database = Database::open(path)?;
        rewrite::clean(path)?;
        database.check_format()?;
        database.check_end()?;
        let store = Self::start_within(database, clock, bounds)?;
        store.backend().acknowledged(store.horizon());
        Ok(store)
    }

    /// Makes the next start quick, of a store that nobody has open, and forgets what was erased.
    ///
    /// sled notes where everything lies only while it opens a database, after it has read all that
    /// was written since it did so last. Doing that at the end of a long run spares it the next
    /// start; after a kill the start does it.
    ///
    /// Where something was erased, the database is written anew, so that it is in no byte of the
    /// folder. That may take no longer than `within`: if it would, it is left for the next time.
    pub fn settle(path: &Path, within: Duration) -> Result<(), StoreError> {
        let database = Database::open(path)?;
        rewrite::clean(path)?;
        if rewrite::is_due(&database)? {
            rewrite::rewrite(path, database, within)?;
        }
        Ok(())
    }

    /// Reads a backup into a new store in the folder, which must be empty or absent, and checks
    /// every value. After an error the folder holds nothing to rely on.
    pub fn restore(reader: &mut dyn io::Read, path: &Path) -> Result<BackupSummary, StoreError> {
        let occupied = match fs::read_dir(path) {
            Ok(mut entries) => entries.next().is_some(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(StoreError::io("reading the folder to restore into", error)),
        };
        if occupied {
            return Err(StoreError::NotEmpty { path: path.to_owned() });
        }
        let database = Database::open(path)?;
        let summary = ledger::read_backup(reader, &database)?;
        database.check_format()?;
        let store = Self::start(database, Arc::new(SystemClock))?;
        store.verify().map_err(|error| StoreError::Backup { detail: error.to_string() })?;
        Ok(summary)
    }
}
