//! A small file beside the database that says up to when commits were acknowledged.
//!
//! It is written after each flush of the database and not flushed itself: it survives the end of
//! the process, which is what it is for, and after a loss of power it is at worst older than the
//! database, and then demands less. It can never be ahead of it.

use std::{fs::File, os::unix::fs::FileExt as _, path::Path};

use jiff::Timestamp;

use crate::error::StoreError;

const FILE: &str = "stele-store";
/// For people who wonder what the file is.
const TEXT: &str =
    "A Stele database. Do not delete this file. Everything up to here was written:\n";
/// The open file.
pub(crate) struct Mark {
    file: File,
}

impl Mark {
    /// Opens the file, or makes an empty one.
    pub(crate) fn open(folder: &Path) -> Result<Self, StoreError> {
        let file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(folder.join(FILE))
            .map_err(|error| StoreError::io("opening the mark of the database", error))?;
        Ok(Self { file })
    }

    /// What is marked; none in a new file. A mark that is damaged is as good as none: what it
    /// guards has checksums of its own.
    pub(crate) fn read(&self) -> Option<Timestamp> {
        let text = self.text()?;
        let (time, checksum) = text.strip_prefix(TEXT)?.trim_end().split_once(' ')?;
        if checksum != checksum_of(time) {
            tracing::warn!("the mark of the database is damaged and is not used");
            return None;
        }
        Timestamp::from_microsecond(time.parse().ok()?).ok()
    }

    /// Whether anything was ever marked.
    pub(crate) fn is_new(&self) -> bool {
        self.text().is_some_and(|text| text.is_empty())
    }

    /// Marks. A failure is not one of the commit, which is durable already.
    pub(crate) fn write(&self, acknowledged: Timestamp) {
        // Always of the same length, so that each is written over the one before in one step.
        let time = format!("{:+020}", acknowledged.as_microsecond());
        let mark = format!("{TEXT}{time} {}\n", checksum_of(&time));
        if let Err(error) = self.file.write_all_at(mark.as_bytes(), 0) {
            tracing::warn!(%error, "the mark of the database can not be written");
        }
    }

    fn text(&self) -> Option<String> {
        let mut bytes = vec![0; 1024];
        let length = self.file.read_at(&mut bytes, 0).ok()?;
        bytes.truncate(length);
        String::from_utf8(bytes).ok()
    }
}

fn checksum_of(time: &str) -> String {
    format!("{:08x}", crc32fast::hash(time.as_bytes()))
}
