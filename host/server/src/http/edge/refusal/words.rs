//! Errors as sentences and as wrong fields.

use crate::http::edge::problem::FieldError;

/// A wrong field of the runtime's, inside `place` of the body.
pub(crate) fn field(error: stele_ruleset::FieldError, place: &str) -> FieldError {
    FieldError {
        pointer: format!("{place}{}", error.pointer),
        expected: Some(error.expected),
        found: Some(error.found),
        unit: error.unit,
        line: None,
        meaning: error.meaning,
        message: error.message,
    }
}

/// An error as a sentence.
pub(super) fn sentence(error: &impl std::fmt::Display) -> String {
    let mut sentence = error.to_string();
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}
