//! Tar and zstd, both ways, within bounds: a bundle may come from anyone.

use std::{
    collections::BTreeMap,
    io::{self, Read as _},
};

use super::bundle;
use crate::ruleset::{LARGEST_CONTENT, MOST_FILES};

/// Most bytes of a bundle as it is sent: a package of the largest size and what else belongs to it.
pub const LARGEST_BUNDLE: usize = 24 << 20;

/// Most bytes that it may unpack to: the same.
const LARGEST_UNPACKED: usize = LARGEST_CONTENT + (24 << 20);

/// Level of compression. Fixed, because the bytes are promised to be the same on any machine.
const LEVEL: i32 = 9;

/// Largest window, as a power of two, that a bundle may ask the reader to hold: 8 MiB.
const WINDOW: u32 = 23;

/// A tar archive is padded in blocks of this size.
const BLOCK: usize = 512;

/// Most parts: the files of a package and the parts beside them.
const MOST_PARTS: usize = MOST_FILES + 16;

/// Why a file is no bundle of evidence at all.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The file is larger than allowed.
    #[error("the bundle has {found} bytes; at most {LARGEST_BUNDLE} are read")]
    TooLarge {
        /// Its bytes.
        found: usize,
    },
    /// What it unpacks to is larger than allowed.
    #[error("the bundle unpacks to more than {most} bytes")]
    UnpacksTooLarge {
        /// Bytes that are read.
        most: usize,
    },
    /// More parts than allowed.
    #[error("the bundle has more than {MOST_PARTS} parts")]
    TooManyParts,
    /// The bytes cannot be unpacked.
    #[error("the bundle is not a tar archive compressed with zstd: {0}")]
    NotAnArchive(String),
    /// A part that no bundle has: an unknown name, a traversal, a link.
    #[error("{part}: {problem}")]
    UnexpectedPart {
        /// Its path, shortened.
        part: String,
        /// What is wrong with it.
        problem: &'static str,
    },
}

/// Writes the parts in the order of their paths, without time, owner or rights.
pub(super) fn pack(parts: &BTreeMap<String, Vec<u8>>) -> io::Result<Vec<u8>> {
    let mut archive = tar::Builder::new(Vec::new());
    for (path, content) in parts {
        let mut header = tar::Header::new_ustar();
        header.set_path(path)?;
        header.set_size(content.len() as u64);
        header.set_entry_type(tar::EntryType::Regular);
        header.set_mode(0o644);
        header.set_mtime(0);
        header.set_uid(0);
        header.set_gid(0);
        header.set_cksum();
        archive.append(&header, content.as_slice())?;
    }
    zstd::bulk::compress(&archive.into_inner()?, LEVEL)
}

/// Reads a bundle that anyone may have made.
pub(super) fn unpack(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, BundleError> {
    if bytes.len() > LARGEST_BUNDLE {
        return Err(BundleError::TooLarge { found: bytes.len() });
    }
    let tar = decompress(bytes)?;
    let mut archive = tar::Archive::new(tar.as_slice());
    let mut parts = BTreeMap::new();
    // Raw: an extension for long names, a sparse file or a link appears as what it is, and is
    // refused below like everything that is not a plain file.
    for entry in archive.entries().map_err(broken)?.raw(true) {
        let mut entry = entry.map_err(broken)?;
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let unexpected = |problem| BundleError::UnexpectedPart { part: shortened(&path), problem };
        if entry.header().entry_type() != tar::EntryType::Regular {
            return Err(unexpected("a link, a folder or an extension instead of a plain file"));
        }
        let most = bundle::most_bytes(&path).ok_or_else(|| unexpected("no part of a bundle"))?;
        if entry.size() > most {
            return Err(unexpected("larger than this part may be"));
        }
        if parts.len() == MOST_PARTS {
            return Err(BundleError::TooManyParts);
        }
        let size = usize::try_from(entry.size()).unwrap_or(usize::MAX);
        let mut content = Vec::with_capacity(size.min(tar.len()));
        entry.read_to_end(&mut content).map_err(broken)?;
        if content.len() != size {
            return Err(unexpected("cut short"));
        }
        if parts.contains_key(&path) {
            return Err(unexpected("occurs twice"));
        }
        parts.insert(path, content);
    }
    if archive.into_inner().iter().any(|byte| *byte != 0) {
        return Err(BundleError::NotAnArchive("data after the end of the archive".to_owned()));
    }
    Ok(parts)
}

fn decompress(bytes: &[u8]) -> Result<Vec<u8>, BundleError> {
    let most = LARGEST_UNPACKED + (MOST_PARTS + 2) * 2 * BLOCK;
    let mut decoder = zstd::stream::read::Decoder::new(bytes).map_err(broken)?;
    decoder.window_log_max(WINDOW).map_err(broken)?;
    let mut tar = Vec::new();
    decoder.by_ref().take(most as u64 + 1).read_to_end(&mut tar).map_err(broken)?;
    if tar.len() > most {
        return Err(BundleError::UnpacksTooLarge { most });
    }
    Ok(tar)
}

fn broken(error: io::Error) -> BundleError {
    BundleError::NotAnArchive(shortened(&error.to_string()))
}

fn shortened(text: &str) -> String {
    let safe = text.chars().map(|one| if one.is_control() { '\u{fffd}' } else { one });
    safe.take(120).collect()
}
