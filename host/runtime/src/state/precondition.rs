//! What must hold of a revision for it to be replaced.

use std::fmt;

/// Counts the revisions of an employee, from 1.
pub type Revision = u64;

/// What must hold of an employee for it to be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Precondition {
    /// Nothing: the last write wins.
    #[default]
    None,
    /// It exists.
    Present,
    /// It does not exist.
    Absent,
    /// This is its latest revision.
    Revision(Revision),
}

impl fmt::Display for Precondition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => formatter.write_str("nothing"),
            Self::Present => formatter.write_str("one that exists"),
            Self::Absent => formatter.write_str("one that does not exist"),
            Self::Revision(revision) => write!(formatter, "revision {revision}"),
        }
    }
}

impl From<Option<Revision>> for Precondition {
    fn from(revision: Option<Revision>) -> Self {
        revision.map_or(Self::None, Self::Revision)
    }
}

impl Precondition {
    /// Whether what is found, if anything, is what was demanded.
    pub(crate) fn allows(self, found: Option<Revision>) -> bool {
        match self {
            Self::None => true,
            Self::Present => found.is_some(),
            Self::Absent => found.is_none(),
            Self::Revision(revision) => found == Some(revision),
        }
    }
}
