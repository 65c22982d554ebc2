//! The versions of the contract that this host serves.

use std::fmt;

/// A version of the contract that this host serves. It serves every one that it has ever published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Version {
    /// Steps are sentences.
    V1_0,
    /// Steps may have formulas.
    V1_1,
}

impl Version {
    /// Those that are served, the newest first.
    pub const SERVED: [Self; 2] = [Self::V1_1, Self::V1_0];

    /// As in the name of the interface that a component exports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::V1_0 => "1.0.0",
            Self::V1_1 => "1.1.0",
        }
    }

    /// The one of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::SERVED.into_iter().find(|version| version.name() == name)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
