//! Tar compressed with zstd, both ways, within bounds: the form of packages and of bundles of
//! evidence. The same files give the same bytes on any machine, and what anyone may have sent is
//! unpacked no further than it may be.

use std::collections::BTreeMap;
use std::io::{self, Read};

/// Largest window, as a power of two, that an archive may ask the reader to hold: 8 MiB, what the
/// levels that are used here use at most.
const WINDOW: u32 = 23;

/// A tar archive is padded in blocks of this size.
const BLOCK: usize = 512;

/// What is read at most.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Bytes as sent.
    pub archive: usize,
    /// Bytes of all files together.
    pub content: usize,
    /// Files.
    pub files: usize,
}

/// Why an archive is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArchiveError {
    /// More bytes as sent.
    TooLarge {
        /// How many bytes.
        found: usize,
    },
    /// More bytes when unpacked.
    UnpacksTooLarge,
    /// More files.
    TooManyFiles,
    /// It can not be unpacked; why.
    Broken(String),
    /// A file that no archive of this kind has; the path as it was written.
    Unexpected {
        /// The path.
        path: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The same path again.
    Twice {
        /// The path.
        path: String,
    },
}

/// Writes files as they come, without time, owner or rights. The level of compression is part of
/// what makes the bytes the same everywhere.
pub fn pack<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    level: i32,
) -> io::Result<Vec<u8>> {
    let mut archive = tar::Builder::new(Vec::new());
    for (path, content) in files {
        let mut header = tar::Header::new_ustar();
        header.set_path(path)?;
        header.set_size(content.len() as u64);
        header.set_entry_type(tar::EntryType::Regular);
        header.set_mode(0o644);
        header.set_mtime(0);
        header.set_uid(0);
        header.set_gid(0);
        header.set_cksum();
        archive.append(&header, content)?;
    }
    zstd::bulk::compress(&archive.into_inner()?, level)
}

/// Reads an archive that anyone may have made; `admit` says of each path and size, before the file
/// is read, whether there may be such a file.
pub fn unpack<E: From<ArchiveError>>(
    bytes: &[u8],
    bounds: Bounds,
    admit: impl Fn(&str, u64) -> Result<(), E>,
) -> Result<BTreeMap<String, Vec<u8>>, E> {
    if bytes.len() > bounds.archive {
        return Err(ArchiveError::TooLarge { found: bytes.len() }.into());
    }
    let tar = decompress(bytes, bounds)?;
    let mut archive = tar::Archive::new(tar.as_slice());
    let mut files = BTreeMap::new();
    // Raw: an extension for long names, a sparse file or a link appears as what it is, and is
    // refused below like everything that is not a plain file.
    for entry in archive.entries().map_err(broken)?.raw(true) {
        let mut entry = entry.map_err(broken)?;
        let path = String::from_utf8(entry.path_bytes().into_owned()).map_err(|error| {
            let path = String::from_utf8_lossy(error.as_bytes()).into_owned();
            ArchiveError::Unexpected { path, problem: "its path is not UTF-8" }
        })?;
        if entry.header().entry_type() != tar::EntryType::Regular {
            let problem = "a link, a folder or an extension instead of a plain file";
            return Err(ArchiveError::Unexpected { path, problem }.into());
        }
        admit(&path, entry.size())?;
        if files.len() == bounds.files {
            return Err(ArchiveError::TooManyFiles.into());
        }
        let size = usize::try_from(entry.size()).unwrap_or(usize::MAX);
        let mut content = Vec::with_capacity(size.min(tar.len()));
        entry.read_to_end(&mut content).map_err(broken)?;
        if content.len() != size {
            return Err(ArchiveError::Broken(format!("{path} is cut short")).into());
        }
        if files.contains_key(&path) {
            return Err(ArchiveError::Twice { path }.into());
        }
        files.insert(path, content);
    }
    // What follows the end mark is covered by no digest, so nothing may.
    if archive.into_inner().iter().any(|byte| *byte != 0) {
        return Err(ArchiveError::Broken("data after the end of the archive".to_owned()).into());
    }
    Ok(files)
}

fn decompress(bytes: &[u8], bounds: Bounds) -> Result<Vec<u8>, ArchiveError> {
    // Headers and padding come on top of the content.
    let most = bounds.content + (bounds.files + 2) * 2 * BLOCK;
    let mut decoder = zstd::stream::read::Decoder::new(bytes).map_err(broken)?;
    decoder.window_log_max(WINDOW).map_err(broken)?;
    let mut tar = Vec::new();
    decoder.by_ref().take(most as u64 + 1).read_to_end(&mut tar).map_err(broken)?;
    if tar.len() > most {
        return Err(ArchiveError::UnpacksTooLarge);
    }
    Ok(tar)
}

fn broken(error: io::Error) -> ArchiveError {
    ArchiveError::Broken(error.to_string())
}
