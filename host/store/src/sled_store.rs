//! The maps in sled.
//!
//! sled 0.34 keeps a log and recovers by reading it; a transaction that is not wholly in the log
//! is not recovered at all. So a kill loses nothing that was flushed. Two weaknesses are met here:
//! it may panic on a damaged file instead of returning an error (opening catches that), and after
//! a failed write its memory and its disk differ (the ledger then refuses all further writes).
//! A third: it takes a damaged end of its log for one that was never written. A mark beside it says
//! up to when commits were acknowledged; a database that ends before that is refused.
//! A fourth: its threads may outlive it for a moment and keep its file locked. Closing waits for them.
//! A fifth: it takes a note of where everything lies for the newest one before it is written out, so a
//! start that runs into the end of the disk would be the last one. Such a note is removed; and running
//! into a full disk is avoided rather than survived ([`crate::room`]).

use std::{
    fs::{self, File, TryLockError},
    io,
    ops::Bound,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use sled::{Transactional, transaction::ConflictableTransactionError};
use tracing::warn;

use crate::{
    backend::{Backend, Guard, Purpose, Scan, Write},
    envelope,
    error::StoreError,
    layout::{self, Tree},
    mark::Mark,
    room,
};

/// What sled may keep in memory. 256 MiB: the working set of a million employees' newest
/// revisions does not fit anyway, and the rest of a gigabyte belongs to the rules.
const CACHE: u64 = 256 * 1024 * 1024;
/// Ends a transaction that asks for a tree that there is not.
const ABORT: ConflictableTransactionError<()> = ConflictableTransactionError::Abort(());
/// Keeps other processes out. sled has a lock of its own, but no error of its own for it.
const LOCK_FILE: &str = "stele.lock";
/// Where sled keeps its log, and what it locks.
const SLED_FILE: &str = "db";
/// How the names of sled's notes of where everything lies begin (`snapshot.rs` in its source).
const NOTE: &str = "snap.";
/// How the names of those end that it is writing.
const UNFINISHED: &str = ".generating";
/// How long closing waits for sled's threads, which end as soon as they have written: far longer
/// than a slow disk takes.
const CLOSING: Duration = Duration::from_secs(30);

/// The maps.
pub struct Database {
    path: PathBuf,
    trees: Vec<sled::Tree>,
    database: sled::Db,
    mark: Mark,
    /// Declared after what it waits for.
    _closing: Closing,
    /// Held while the database is open. Declared last, so that it is released last.
    _lock: File,
}

/// Keeps others out until it is dropped.
struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // A lock ends with its file in any case.
        let _ = self.0.unlock();
    }
}

/// Waits, when it is dropped, until sled has let go of its file.
struct Closing {
    file: PathBuf,
}

impl Database {
    /// Closes it; nobody else may open it while what comes back is held.
    pub(crate) fn close(self) -> impl Drop {
        let Self { trees, database, _closing: closing, _lock: lock, .. } = self;
        drop((trees, database));
        drop(closing);
        Lock(lock)
    }

    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(path)
            .map_err(|error| StoreError::io("making the database folder", error))?;
        let lock = lock(path)?;
        remove_unfinished(path)?;
        room::check_open(path, &path.join(SLED_FILE))?;
        let corrupt = |detail: String| StoreError::Corrupt { path: path.to_owned(), detail };
        let opened = catch_unwind(AssertUnwindSafe(|| {
            let database = sled::Config::new()
                .path(path)
                .mode(sled::Mode::HighThroughput)
                .cache_capacity(CACHE)
                // The ledger flushes before it acknowledges; nothing else needs to.
                .flush_every_ms(None)
                .open()?;
            let trees = Tree::ALL.iter().map(|tree| database.open_tree(tree.name()));
            let trees = trees.collect::<Result<Vec<_>, _>>()?;
            Ok::<_, sled::Error>((database, trees))
        }));
        match opened {
            Ok(Ok((database, trees))) => {
                let mark = Mark::open(path)?;
                let closing = Closing { file: path.join(SLED_FILE) };
                Ok(Self {
                    path: path.to_owned(),
                    trees,
                    database,
                    mark,
                    _closing: closing,
                    _lock: lock,
                })
            }
            Ok(Err(sled::Error::Io(error))) if error.to_string().contains("acquire lock") => {
                Err(StoreError::Locked { path: path.to_owned() })
            }
            Ok(Err(sled::Error::Io(error)))
                if matches!(
                    error.kind(),
                    io::ErrorKind::PermissionDenied
                        | io::ErrorKind::StorageFull
                        | io::ErrorKind::ReadOnlyFilesystem
                ) =>
            {
                Err(StoreError::io("opening the database", error))
            }
            Ok(Err(error)) => Err(corrupt(error.to_string())),
            Err(panic) => Err(corrupt(panic_message(panic.as_ref()))),
        }
    }

    /// A database that has data but no format, or a newer one, is not ours to touch.
    pub(crate) fn check_format(&self) -> Result<(), StoreError> {
        match self.get(Tree::Meta, layout::FORMAT_KEY)? {
            Some(value) => {
                let found: u64 = envelope::read(Tree::Meta, layout::FORMAT_KEY, &value)?;
                if found > layout::FORMAT {
                    let (path, supported) = (self.path.clone(), layout::FORMAT);
                    return Err(StoreError::NewerFormat { path, found, supported });
                }
                Ok(())
            }
            None => match self.trees.iter().find(|tree| !tree.is_empty()) {
                Some(tree) => {
                    let name = String::from_utf8_lossy(&tree.name()).into_owned();
                    let detail = format!("there are {name} but no format number");
                    Err(StoreError::Corrupt { path: self.path.clone(), detail })
                }
                None => Ok(()),
            },
        }
    }

    /// A database that ends before what was acknowledged has lost its end, or everything.
    pub(crate) fn check_end(&self) -> Result<(), StoreError> {
        let corrupt = |detail| StoreError::Corrupt { path: self.path.clone(), detail };
        if !self.mark.is_new() && self.get(Tree::Meta, layout::FORMAT_KEY)?.is_none() {
            return Err(corrupt("there was data here and none of it can be read".to_owned()));
        }
        let Some(acknowledged) = self.mark.read() else { return Ok(()) };
        let found = match self.get(Tree::Meta, layout::HORIZON_KEY)? {
            Some(value) => envelope::read(Tree::Meta, layout::HORIZON_KEY, &value)?,
            None => Timestamp::UNIX_EPOCH,
        };
        if found < acknowledged {
            let detail = format!(
                "everything up to {acknowledged} was written, and only what was written up to {found} can be read"
            );
            return Err(corrupt(detail));
        }
        Ok(())
    }

    fn tree(&self, tree: Tree) -> Result<&sled::Tree, StoreError> {
        self.trees
            .get(tree.position())
            .ok_or_else(|| StoreError::defect("opening a tree", tree.name()))
    }

    fn failure(&self, action: &'static str, error: sled::Error) -> StoreError {
        match error {
            sled::Error::Corruption { .. } | sled::Error::ReportableBug(_) => {
                StoreError::Corrupt { path: self.path.clone(), detail: error.to_string() }
            }
            _ => StoreError::io(action, error),
        }
    }
}

impl Backend for Database {
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let value = self.tree(tree)?.get(key).map_err(|error| self.failure("reading", error))?;
        Ok(value.map(|value| value.to_vec()))
    }

    fn scan(&self, tree: Tree, from: Bound<Vec<u8>>, to: Bound<Vec<u8>>) -> Scan<'_> {
        match self.tree(tree) {
            Ok(tree) => Box::new(tree.range::<Vec<u8>, _>((from, to)).map(|pair| {
                let (key, value) = pair.map_err(|error| self.failure("reading", error))?;
                Ok((key.to_vec(), value.to_vec()))
            })),
            Err(error) => Box::new(std::iter::once(Err(error))),
        }
    }

    fn write(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        self.write_if(Vec::new(), writes).map(|_| ())
    }

    fn write_if(&self, guards: Vec<Guard>, writes: Vec<Write>) -> Result<bool, StoreError> {
        let writes: Vec<(usize, sled::IVec, Option<sled::IVec>)> = writes
            .into_iter()
            .map(|write| (write.tree.position(), write.key.into(), write.value.map(Into::into)))
            .collect();
        let written = self.trees.as_slice().transaction(|trees| {
            for Guard { tree, key, value } in &guards {
                let tree = trees.get(tree.position()).ok_or(ABORT)?;
                if tree.get(key)?.as_deref() != value.as_deref() {
                    return Ok(false);
                }
            }
            for (position, key, value) in &writes {
                let tree = trees.get(*position).ok_or(ABORT)?;
                match value {
                    Some(value) => tree.insert(key, value)?,
                    None => tree.remove(key)?,
                };
            }
            Ok(true)
        });
        written.map_err(|error| match error {
            sled::transaction::TransactionError::Storage(error) => self.failure("writing", error),
            sled::transaction::TransactionError::Abort(()) => {
                StoreError::defect("writing", "a tree is missing")
            }
        })
    }

    fn flush(&self) -> Result<(), StoreError> {
        self.database.flush().map(|_| ()).map_err(|error| self.failure("flushing", error))
    }

    fn acknowledged(&self, horizon: Timestamp) {
        self.mark.write(horizon);
    }

    fn room(&self, bytes: u64, purpose: Purpose) -> Result<(), StoreError> {
        room::check_write(&self.path, &self.path.join(SLED_FILE), bytes, purpose)
    }
}

impl Drop for Closing {
    fn drop(&mut self) {
        let Ok(file) = File::open(&self.file) else { return };
        let start = Instant::now();
        while let Err(TryLockError::WouldBlock) = file.try_lock() {
            if start.elapsed() > CLOSING {
                warn!(file = %self.file.display(), "the closed database is still being used");
                return;
            }
            thread::sleep(Duration::from_millis(1));
        }
    }
}

fn lock(path: &Path) -> Result<File, StoreError> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path.join(LOCK_FILE))
        .map_err(|error| StoreError::io("opening the lock file", error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::Locked { path: path.to_owned() }),
        Err(TryLockError::Error(error)) => Err(StoreError::io("locking the database", error)),
    }
}

/// Removes what a start left that ended while sled noted where everything lies. sled writes such a note
/// under this name, makes it durable, renames it, and only then removes the one before and writes
/// anything else: so whatever still has this name says nothing that can not be read without it. But
/// sled reads the note whose name sorts last, finished or not. To be called while the database is
/// locked.
fn remove_unfinished(path: &Path) -> Result<(), StoreError> {
    let failed = |error| StoreError::io("removing what an earlier start left unfinished", error);
    for entry in fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(NOTE) && name.ends_with(UNFINISHED) {
            warn!(file = %entry.path().display(), "an earlier start was cut off; what it left is removed");
            fs::remove_file(entry.path()).map_err(failed)?;
        }
    }
    Ok(())
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_else(|| "it cannot be read".to_owned())
}
