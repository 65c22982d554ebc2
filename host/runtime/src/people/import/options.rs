//! What an import is to do with a file.

use std::fmt;

/// What becomes of what is known of the employees of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ImportMode {
    /// What the file says is added to it: a value takes the place of the one that was stated for the
    /// same attribute and date, and every other value stays.
    #[default]
    Merge,
    /// What the file says takes the place of all of it.
    Replace,
}

/// How a file is imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportOptions {
    /// What becomes of what is known.
    pub mode: ImportMode,
    /// Nothing is stored; the report says what would be.
    pub dry_run: bool,
}

impl fmt::Display for ImportMode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Merge => "merge",
            Self::Replace => "replace",
        })
    }
}
