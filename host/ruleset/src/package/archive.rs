//! The archive that a package is.

use std::collections::BTreeMap;
use std::io;

use super::{LARGEST_ARCHIVE, LARGEST_CONTENT, MOST_FILES, PackageError, admit};
use crate::archive::{self, ArchiveError, Bounds};
use crate::defect::{quote, shorten};

/// Level of compression: high, because a package is written once and stored for years.
const LEVEL: i32 = 19;

/// What is read at most.
const BOUNDS: Bounds =
    Bounds { archive: LARGEST_ARCHIVE, content: LARGEST_CONTENT, files: MOST_FILES };

/// Writes the files as they come.
pub(super) fn pack<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> io::Result<Vec<u8>> {
    archive::pack(files, LEVEL)
}

/// Reads an archive that anyone may have sent.
pub(super) fn unpack(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, PackageError> {
    archive::unpack(bytes, BOUNDS, admit)
}

impl From<ArchiveError> for PackageError {
    fn from(error: ArchiveError) -> Self {
        match error {
            ArchiveError::TooLarge { found } => {
                Self::ArchiveTooLarge { found, most: LARGEST_ARCHIVE }
            }
            ArchiveError::UnpacksTooLarge => Self::ContentTooLarge { most: LARGEST_CONTENT },
            ArchiveError::TooManyFiles => Self::TooManyFiles { most: MOST_FILES },
            ArchiveError::Broken(why) => Self::NotAnArchive(shorten(&why)),
            ArchiveError::Unexpected { path, problem } => {
                Self::UnexpectedFile { file: quote(&path), problem }
            }
            ArchiveError::Twice { path } => Self::DuplicateFile { file: path },
        }
    }
}
