//! How the employment stands that a calculation is for: known to whoever has it calculated, and said to
//! its reader where the employment does not simply run.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An employment that does not simply run on the date of a calculation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "status")]
pub enum Standing {
    /// It runs, and whoever has it is on leave.
    OnLeave {
        /// First day of the leave.
        since: Date,
    },
    /// It has not begun.
    NotBegun {
        /// Its first day.
        begins: Date,
    },
    /// It has ended.
    Ended {
        /// The first day on which it does not run any more.
        since: Date,
    },
    /// It belongs elsewhere, and is paid for the time before where it belonged then.
    Moved {
        /// The first day on which it belonged elsewhere.
        since: Date,
    },
}

impl Standing {
    /// Whether nobody works in it.
    pub const fn is_outside(self) -> bool {
        matches!(self, Self::NotBegun { .. } | Self::Ended { .. })
    }

    /// The day since when it is so, or until when.
    pub const fn day(self) -> Date {
        match self {
            Self::OnLeave { since } | Self::Ended { since } | Self::Moved { since } => since,
            Self::NotBegun { begins } => begins,
        }
    }
}

/// As an error says it after the name of the employment.
impl std::fmt::Display for Standing {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OnLeave { since } => write!(formatter, "is on leave since {since}"),
            Self::NotBegun { begins } => write!(formatter, "begins on {begins}"),
            Self::Ended { since } => write!(formatter, "is ended since {since}"),
            Self::Moved { since } => write!(formatter, "belongs elsewhere since {since}"),
        }
    }
}
