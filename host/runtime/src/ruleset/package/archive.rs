//! Tar and zstd, both ways, within bounds.

use std::collections::BTreeMap;
use std::io::{self, Read};

use super::{LARGEST_ARCHIVE, LARGEST_CONTENT, MOST_FILES, PackageError, admit};
use crate::ruleset::defect::{quote, shorten};

/// Level of compression. Fixed, because the bytes of a package are promised to be the same on any
/// machine; high, because a package is written once and stored for years.
const LEVEL: i32 = 19;

/// Largest window, as a power of two, that a package may ask the reader to hold: 8 MiB, what the
/// level above uses at most.
const WINDOW: u32 = 23;

/// A tar archive is padded in blocks of this size.
const BLOCK: usize = 512;

/// Writes the files as they come, without time, owner or rights.
pub(super) fn pack<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
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
    zstd::bulk::compress(&archive.into_inner()?, LEVEL)
}

/// Reads an archive that anyone may have sent.
pub(super) fn unpack(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, PackageError> {
    if bytes.len() > LARGEST_ARCHIVE {
        return Err(PackageError::ArchiveTooLarge { found: bytes.len(), most: LARGEST_ARCHIVE });
    }
    let tar = decompress(bytes)?;
    let mut archive = tar::Archive::new(tar.as_slice());
    let mut files = BTreeMap::new();
    // Raw: an extension for long names, a sparse file or a link appears as what it is, and is
    // refused below like everything that is not a plain file.
    for entry in archive.entries().map_err(not_an_archive)?.raw(true) {
        let mut entry = entry.map_err(not_an_archive)?;
        let path = entry.path_bytes().into_owned();
        let Ok(path) = String::from_utf8(path) else {
            return Err(PackageError::UnexpectedFile {
                file: "a path".to_owned(),
                problem: "not UTF-8",
            });
        };
        if entry.header().entry_type() != tar::EntryType::Regular {
            return Err(PackageError::UnexpectedFile {
                file: quote(&path),
                problem: "a link, a folder or an extension instead of a plain file",
            });
        }
        admit(&path, entry.size())?;
        if files.len() == MOST_FILES {
            return Err(PackageError::TooManyFiles { most: MOST_FILES });
        }
        let size = entry.size() as usize;
        let mut content = Vec::with_capacity(size.min(tar.len()));
        entry.read_to_end(&mut content).map_err(not_an_archive)?;
        if content.len() != size {
            return Err(PackageError::NotAnArchive(format!("{path} is cut short")));
        }
        if files.insert(path.clone(), content).is_some() {
            return Err(PackageError::DuplicateFile { file: path });
        }
    }
    // What follows the end mark is covered by no digest, so nothing may.
    let rest = archive.into_inner();
    if rest.iter().any(|byte| *byte != 0) {
        return Err(PackageError::NotAnArchive("data after the end of the archive".to_owned()));
    }
    Ok(files)
}

fn decompress(bytes: &[u8]) -> Result<Vec<u8>, PackageError> {
    // Headers and padding of the archive come on top of the content.
    let most = LARGEST_CONTENT + (MOST_FILES + 2) * 2 * BLOCK;
    let mut decoder = zstd::stream::read::Decoder::new(bytes).map_err(not_an_archive)?;
    decoder.window_log_max(WINDOW).map_err(not_an_archive)?;
    let mut tar = Vec::new();
    decoder.by_ref().take(most as u64 + 1).read_to_end(&mut tar).map_err(not_an_archive)?;
    if tar.len() > most {
        return Err(PackageError::ContentTooLarge { most: LARGEST_CONTENT });
    }
    Ok(tar)
}

fn not_an_archive(error: io::Error) -> PackageError {
    PackageError::NotAnArchive(shorten(&error.to_string()))
}
