//! How long texts may be: those that a package brings, and an answer that is made of them.
//!
//! A text of a package is in every answer that names what it describes, so its length counts as
//! often as the rule repeats it.

/// Longest label, sentence, source, citation or note, in bytes: the same as in a rule's `describe`,
/// and ten times the longest that we know.
pub const LONGEST_TEXT: usize = 4096;

/// Longest texts of one language together, in bytes: thirty times those of the largest payroll that
/// we know.
pub const LONGEST_TEXTS: usize = 1 << 20;

/// Most languages of a version: more than there are official ones in the European Union.
pub const MOST_LANGUAGES: usize = 64;

/// Longest answer, in bytes of its texts. A payslip has some thousands, and the same with every step
/// explained less than a hundred times as many.
pub const LARGEST_ANSWER: usize = 8 << 20;

/// What stands around each line, finding, step, argument or parameter of an answer, about.
const FRAME: usize = 128;

/// A calculation is too long to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "with its texts the answer is longer than the {LARGEST_ANSWER} bytes that one may have; ask for \
     it without an explanation, or for less at a time"
)]
pub struct AnswerTooLong;

/// What is left of the longest answer.
#[derive(Debug)]
pub(crate) struct Room {
    left: usize,
}

impl Room {
    pub(crate) fn new() -> Self {
        Self { left: LARGEST_ANSWER }
    }

    /// Takes the room of one part with these texts.
    pub(crate) fn take<'a>(
        &mut self,
        texts: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), AnswerTooLong> {
        let bytes = texts.into_iter().map(str::len).sum();
        self.take_bytes(bytes)
    }

    pub(crate) fn take_bytes(&mut self, bytes: usize) -> Result<(), AnswerTooLong> {
        self.left = bytes
            .checked_add(FRAME)
            .and_then(|bytes| self.left.checked_sub(bytes))
            .ok_or(AnswerTooLong)?;
        Ok(())
    }
}

/// What is said of a text that is too long; none: it is not.
pub(crate) fn too_long(text: &str) -> Option<(String, String)> {
    let found = text.len();
    (found > LONGEST_TEXT)
        .then(|| (format!("a text of at most {LONGEST_TEXT} bytes"), format!("{found} bytes")))
}
