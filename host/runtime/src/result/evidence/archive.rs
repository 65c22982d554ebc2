//! The archive that a bundle is: it may come from anyone.

use std::{collections::BTreeMap, io};

use stele_ruleset::{
    LARGEST_CONTENT, MOST_FILES,
    archive::{self, ArchiveError, Bounds},
};

use super::bundle;

/// Most bytes of a bundle as it is sent: a package of the largest size and what else belongs to it.
pub const LARGEST_BUNDLE: usize = 24 << 20;

/// Most bytes that it may unpack to: the same.
const LARGEST_UNPACKED: usize = LARGEST_CONTENT + (24 << 20);

/// Most parts: the files of a package and the parts beside them.
const MOST_PARTS: usize = MOST_FILES + 16;

/// Level of compression.
const LEVEL: i32 = 9;

/// What is read at most.
const BOUNDS: Bounds =
    Bounds { archive: LARGEST_BUNDLE, content: LARGEST_UNPACKED, files: MOST_PARTS };

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

/// Writes the parts in the order of their paths.
pub(super) fn pack(parts: &BTreeMap<String, Vec<u8>>) -> io::Result<Vec<u8>> {
    archive::pack(parts.iter().map(|(path, part)| (path.as_str(), part.as_slice())), LEVEL)
}

/// Reads a bundle that anyone may have made.
pub(super) fn unpack(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, BundleError> {
    archive::unpack(bytes, BOUNDS, |path, size| {
        let problem = match bundle::most_bytes(path) {
            None => "no part of a bundle",
            Some(most) if size > most => "larger than this part may be",
            Some(_) => return Ok(()),
        };
        Err(BundleError::UnexpectedPart { part: shortened(path), problem })
    })
}

impl From<ArchiveError> for BundleError {
    fn from(error: ArchiveError) -> Self {
        match error {
            ArchiveError::TooLarge { found } => Self::TooLarge { found },
            ArchiveError::UnpacksTooLarge => Self::UnpacksTooLarge { most: LARGEST_UNPACKED },
            ArchiveError::TooManyFiles => Self::TooManyParts,
            ArchiveError::Broken(why) => Self::NotAnArchive(shortened(&why)),
            ArchiveError::Unexpected { path, problem } => {
                Self::UnexpectedPart { part: shortened(&path), problem }
            }
            ArchiveError::Twice { path } => {
                Self::UnexpectedPart { part: shortened(&path), problem: "occurs twice" }
            }
        }
    }
}

fn shortened(text: &str) -> String {
    let safe = text.chars().map(|one| if one.is_control() { '\u{fffd}' } else { one });
    safe.take(120).collect()
}
