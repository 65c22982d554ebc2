//! Wrong fields: as many as help, each as long as helps, and how many more there are.
//!
//! A body of a megabyte can be wrong in a hundred thousand places, and quote itself in each. An
//! answer is never many times its question.

use serde::Serialize;
use stele_fields::WrongFields;
use utoipa::ToSchema;

/// Wrong fields that one answer names. Whoever mends them asks again.
pub(crate) const MOST: usize = WrongFields::MOST;

/// Characters of each text.
const LONGEST: usize = 300;

/// One wrong field. Texts longer than a few lines are cut and end with `…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FieldError {
    /// JSON pointer (RFC 6901) into the body that was sent.
    #[schema(example = "/facts/gross")]
    pub pointer: String,
    /// What may stand there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "a decimal from 0 to 100000000 with at most 2 decimals")]
    pub expected: Option<String>,
    /// What stood there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "\"many\"")]
    pub found: Option<String>,
    /// What a number there counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "CNY/month")]
    pub unit: Option<String>,
    /// The line of a file or stream, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// What the rule says that the fact is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Salary of the month before any deduction.")]
    pub meaning: Option<String>,
    /// What was expected and found in a sentence.
    pub message: String,
}

impl FieldError {
    /// A wrong field with what was expected and found.
    pub(crate) fn new(pointer: impl Into<String>, expected: &str, found: &str) -> FieldError {
        FieldError {
            pointer: pointer.into(),
            expected: Some(expected.to_owned()),
            found: Some(found.to_owned()),
            unit: None,
            line: None,
            meaning: None,
            message: format!("expected {expected}, found {found}"),
        }
    }

    /// A wrong field described by a sentence only.
    pub(crate) fn saying(pointer: impl Into<String>, message: impl Into<String>) -> FieldError {
        FieldError {
            pointer: pointer.into(),
            expected: None,
            found: None,
            unit: None,
            line: None,
            meaning: None,
            message: message.into(),
        }
    }

    fn cut(mut self) -> FieldError {
        cut(&mut self.pointer, LONGEST);
        cut(&mut self.message, 2 * LONGEST);
        let texts = [&mut self.expected, &mut self.found, &mut self.unit, &mut self.meaning];
        for text in texts.into_iter().flatten() {
            cut(text, LONGEST);
        }
        self
    }
}

/// Cuts a text after so many characters and says that it did.
pub(crate) fn cut(text: &mut String, longest: usize) {
    if text.len() <= longest {
        return;
    }
    if let Some((end, _)) = text.char_indices().nth(longest) {
        text.truncate(end);
        text.push('…');
        text.shrink_to_fit();
    }
}

/// The wrong fields of one request.
#[derive(Debug, Clone, Default)]
pub(crate) struct FieldErrors {
    named: Vec<FieldError>,
    others: usize,
}

impl FieldErrors {
    /// Notes one; it is made only where it is named.
    pub(crate) fn note(&mut self, error: impl FnOnce() -> FieldError) {
        match self.named.len() < MOST {
            true => self.named.push(error().cut()),
            false => self.others += 1,
        }
    }

    /// Those of a request that was read field by field.
    pub(crate) fn of_request(wrong: &WrongFields) -> FieldErrors {
        let mut noted = FieldErrors { named: Vec::new(), others: wrong.others() };
        for error in wrong.named() {
            let stele_fields::FieldError { pointer, expected, found, message } = error.clone();
            noted.note(|| FieldError { expected, found, ..FieldError::saying(pointer, message) });
        }
        noted
    }

    /// Moves every pointer into `place`.
    pub(crate) fn move_into(&mut self, place: &str) {
        for error in &mut self.named {
            error.pointer.insert_str(0, place);
        }
    }

    /// Those that are named.
    pub(crate) fn named(&self) -> &[FieldError] {
        &self.named
    }

    /// How many there are besides.
    pub(crate) fn others(&self) -> usize {
        self.others
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.named.is_empty()
    }

    /// Names fewer, so that the document becomes shorter.
    pub(crate) fn halve(&mut self) {
        let kept = self.named.len() / 2;
        self.others += self.named.len() - kept;
        self.named.truncate(kept);
    }
}

impl<E: IntoIterator<Item = FieldError>> From<E> for FieldErrors {
    fn from(errors: E) -> FieldErrors {
        let mut noted = FieldErrors::default();
        errors.into_iter().for_each(|error| noted.note(|| error));
        noted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_text_ends_between_characters_and_says_that_it_is_cut() {
        let mut text = "税".repeat(1000);
        cut(&mut text, 10);
        assert_eq!(text, format!("{}…", "税".repeat(10)));
        let mut short = "税".repeat(10);
        cut(&mut short, 10);
        assert_eq!(short, "税".repeat(10));
    }

    #[test]
    fn what_is_not_named_is_counted() {
        let errors = (0..120).map(|at| FieldError::saying(format!("/{at}"), "wrong"));
        let errors = FieldErrors::from(errors);
        assert_eq!((errors.named().len(), errors.others()), (MOST, 120 - MOST));
    }
}
