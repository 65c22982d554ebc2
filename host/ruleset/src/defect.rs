//! What is wrong in a package, said so that its author can mend it without asking: which file,
//! which key, what was expected and what stands there instead.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One thing that is wrong in one file of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Defect {
    /// Path inside the package, such as `parameters.toml`.
    pub file: String,
    /// Where in the file: `brackets[2].rows[0].rate`. Empty: the file as a whole.
    pub key: String,
    /// What would have been right.
    pub expected: String,
    /// What stands there, shortened; `nothing` where something is missing.
    pub found: String,
}

impl Defect {
    /// A defect of `key` in `file`.
    pub fn new(
        file: impl Into<String>,
        key: impl Into<String>,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Self {
        Self { file: file.into(), key: key.into(), expected: expected.into(), found: found.into() }
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: ", self.file)?;
        if !self.key.is_empty() {
            write!(formatter, "{}: ", self.key)?;
        }
        write!(formatter, "expected {}, found {}", self.expected, self.found)
    }
}

/// Shows a text from outside inside an error: quoted, control characters escaped, cut after 60
/// characters, so that a megabyte of hostile input does not become a megabyte of error.
pub(crate) fn quote(text: &str) -> String {
    const MOST_CHARACTERS: usize = 60;
    let mut shown = String::with_capacity(text.len().min(MOST_CHARACTERS) + 8);
    shown.push('"');
    let mut characters = text.chars();
    for character in characters.by_ref().take(MOST_CHARACTERS) {
        if character == '"' || character == '\\' || character.is_control() {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    if characters.next().is_some() {
        shown.push('…');
    }
    shown.push('"');
    shown
}

/// Cuts a message that may quote input after 300 characters.
pub(crate) fn shorten(message: &str) -> String {
    const MOST_CHARACTERS: usize = 300;
    match message.char_indices().nth(MOST_CHARACTERS) {
        Some((at, _)) => format!("{}…", &message[..at]),
        None => message.to_owned(),
    }
}
