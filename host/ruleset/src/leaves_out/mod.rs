//! `[[leaves_out]]` in `ruleset.toml`: what a version does not cover, in a sentence, and which facts
//! touch it. Whoever reads the version sees all of it; a result says what its own facts touch.
//!
//! | file | idea |
//! |---|---|
//! | `parse` | TOML to what is left out |
//! | `touch` | which of it the facts of a calculation touch |

mod parse;
mod touch;

use serde::{Deserialize, Serialize};

pub(crate) use parse::parse;
pub(crate) use touch::Touches;

/// Something that a version does not cover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// What results and texts name it by.
    pub name: String,
    /// What is not covered: a sentence, in English, which `texts/` translates.
    pub what: String,
    /// The facts that touch it, any of which is enough. Empty: no fact tells, so that the version
    /// says it and results do not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Condition>,
}

/// A fact that touches what is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = LeftOutCondition)]
pub struct Condition {
    /// Name of the fact; for a column of a table `table.column`. It touches where it is given, and
    /// is neither false nor zero.
    #[schema(example = "benefits.kind")]
    pub fact: String,
    /// Only these choices touch. Empty: whatever is given does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Option<Vec<String>>)]
    pub choices: Vec<String>,
}
