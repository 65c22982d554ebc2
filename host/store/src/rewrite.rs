//! Writing a database anew, so that what was erased is in none of its bytes.
//!
//! sled removes a value from its maps at once and from its files at some time: old values lie in
//! segments of its log until it needs their room. So a database from which something was erased is
//! copied, live values only, into a folder beside it, and the two folders change places in one step
//! of the file system. Whenever the process ends, the database is either the one before or the one
//! after, each whole; what lies beside it then is removed when the database is opened.
//!
//! What this does not reach: blocks of the disk that belong to no file any more, and backups.

use std::{
    fs::{self, File},
    io,
    ops::Bound,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use jiff::Timestamp;
use rustix::fs::{CWD, RenameFlags, renameat_with};

use crate::{
    backend::{Backend, Purpose, Write},
    envelope,
    error::StoreError,
    layout::{self, Tree},
    records::ErasureRecord,
    sled_store::Database,
};

/// Bytes that are written together: enough that a write costs little beside its bytes, and little
/// memory.
const PART: usize = 1 << 20;

/// The folder beside a database.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".rewriting");
    path.with_file_name(name)
}

/// Removes what a process left beside a database that ended while it wrote one anew. To be called
/// while the database is locked.
pub(crate) fn clean(path: &Path) -> Result<(), StoreError> {
    match fs::remove_dir_all(beside(path)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(StoreError::io("removing an unfinished copy of the database", error))
        }
        _ => Ok(()),
    }
}

/// Whether something was erased since the database was written anew.
pub(crate) fn is_due(database: &Database) -> Result<bool, StoreError> {
    let written = match database.get(Tree::Meta, layout::REWRITTEN_KEY)? {
        Some(value) => envelope::read(Tree::Meta, layout::REWRITTEN_KEY, &value)?,
        None => Timestamp::UNIX_EPOCH,
    };
    for pair in database.scan(Tree::Erasures, Bound::Unbounded, Bound::Unbounded) {
        let (key, value) = pair?;
        let erasure: ErasureRecord = envelope::read(Tree::Erasures, &key, &value)?;
        if erasure.recorded_at > written {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Writes the database anew. If that takes longer, or fails, it stays as it is.
pub(crate) fn rewrite(path: &Path, database: Database, within: Duration) -> Result<(), StoreError> {
    let copy = beside(path);
    let copied = copy_to(&database, &copy, within);
    // Nobody else may open it before the folders have changed places.
    let _locked = database.close();
    let swapped = copied.and_then(|()| swap(&copy, path));
    let removed = clean(path);
    swapped.and(removed)
}

fn copy_to(database: &Database, copy: &Path, within: Duration) -> Result<(), StoreError> {
    let begun = Instant::now();
    let new = Database::open(copy)?;
    let mut part = Vec::new();
    let mut bytes = 0;
    for tree in Tree::ALL {
        for pair in database.scan(tree, Bound::Unbounded, Bound::Unbounded) {
            let (key, value) = pair?;
            // What is damaged is not taken for whole in a new place.
            envelope::check(tree, &key, &value)?;
            bytes += key.len() + value.len();
            part.push(Write { tree, key, value: Some(value) });
            if bytes >= PART {
                if begun.elapsed() >= within {
                    return Err(StoreError::NotForgotten { within });
                }
                new.room(bytes as u64, Purpose::Change)?;
                new.write(std::mem::take(&mut part))?;
                bytes = 0;
            }
        }
    }
    let horizon = match database.get(Tree::Meta, layout::HORIZON_KEY)? {
        Some(value) => envelope::read(Tree::Meta, layout::HORIZON_KEY, &value)?,
        None => Timestamp::UNIX_EPOCH,
    };
    let key = layout::REWRITTEN_KEY.to_vec();
    let value = Some(envelope::record(Tree::Meta, &key, &horizon)?);
    part.push(Write { tree: Tree::Meta, key, value });
    new.write(part)?;
    new.flush()?;
    new.acknowledged(horizon);
    drop(new);
    if begun.elapsed() >= within {
        return Err(StoreError::NotForgotten { within });
    }
    // sled notes where everything lies while it opens a database: now, and not at the next start.
    drop(Database::open(copy)?);
    sync_all(copy)
}

/// Makes a folder and all that is in it durable.
fn sync_all(folder: &Path) -> Result<(), StoreError> {
    let sync = || -> io::Result<()> {
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder)? {
                let entry = entry?;
                if entry.file_type()?.is_dir() {
                    folders.push(entry.path());
                } else {
                    File::open(entry.path())?.sync_all()?;
                }
            }
            File::open(&folder)?.sync_all()?;
        }
        Ok(())
    };
    sync().map_err(|error| StoreError::io("making a copy of the database durable", error))
}

/// Each folder is in the other's place afterwards, or neither is.
fn swap(copy: &Path, path: &Path) -> Result<(), StoreError> {
    let failed =
        |error: io::Error| StoreError::io("putting the copy in the database's place", error);
    renameat_with(CWD, copy, CWD, path, RenameFlags::EXCHANGE)
        .map_err(|error| failed(error.into()))?;
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = File::open(parent.unwrap_or(Path::new(".")));
    parent.and_then(|parent| parent.sync_all()).map_err(failed)
}
