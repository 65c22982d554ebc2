//! How much of the file system there must be left for what. sled does not survive a full disk well,
//! so running into one is avoided: what would need the last bytes is refused before it is begun.
//!
//! Three things are kept apart. Changes stop first; then what is only an audit entry, so that who
//! reads is not refused because others change too much; what sled itself needs when it opens the
//! database is left by both.

use std::{fs, path::Path};

use crate::{backend::Purpose, error::StoreError};

/// Left by changes. sled writes half-megabyte segments, several at a time, and needs room to clean
/// up in. 64 MiB.
const LEFT_BY_CHANGES: u64 = 64 << 20;
/// Left by what is only an audit entry: some segments more than opening needs. What lies between
/// this and what changes leave is enough for ten thousand of them. 24 MiB.
const LEFT_BY_ENTRIES: u64 = 24 << 20;
/// What sled writes while it opens a database, beside the note where everything lies: the end of
/// the segment that it goes on with, and segments for what is written first. 16 MiB.
const OPENING: u64 = 16 << 20;
/// The note where everything lies is a small part of the database: between a 200th and a 600th was
/// found. A larger one fails to be written, which costs that start and nothing else.
const NOTE: u64 = 200;

/// Refuses what might not fit beside a database whose file is `file`.
pub(crate) fn check_write(
    folder: &Path,
    file: &Path,
    bytes: u64,
    purpose: Purpose,
) -> Result<(), StoreError> {
    let left = match purpose {
        Purpose::Change => LEFT_BY_CHANGES,
        Purpose::Entry => LEFT_BY_ENTRIES,
    };
    // Pages are rewritten as they fill, so a commit costs several times its own size.
    let needed = (left + note(file)).saturating_add(bytes.saturating_mul(4));
    let available = available(folder)?;
    if available < needed {
        return Err(StoreError::Full { available, needed });
    }
    Ok(())
}

/// Refuses to open a database whose file is `file` where sled might run into the end of the disk.
pub(crate) fn check_open(folder: &Path, file: &Path) -> Result<(), StoreError> {
    let (available, needed) = (available(folder)?, OPENING + note(file));
    if available < needed {
        return Err(StoreError::NoRoomToOpen { path: folder.to_owned(), available, needed });
    }
    Ok(())
}

fn note(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |file| file.len() / NOTE)
}

fn available(folder: &Path) -> Result<u64, StoreError> {
    let stat = rustix::fs::statvfs(folder)
        .map_err(|error| StoreError::io("asking for the free space", error))?;
    Ok(stat.f_bavail.saturating_mul(stat.f_frsize))
}
