//! One wrong field, and how values are named in sentences.

use serde_json::Value;

/// Characters of a value, or of a name, that a sentence quotes.
const LONGEST_QUOTE: usize = 60;

/// One wrong field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// JSON pointer (RFC 6901) into the object that was read.
    pub pointer: String,
    /// What may stand there, where that can be said.
    pub expected: Option<String>,
    /// What stood there.
    pub found: Option<String>,
    /// Both as a sentence.
    pub message: String,
}

impl FieldError {
    /// A wrong field with what was expected and found, in words that follow these.
    pub fn new(pointer: impl Into<String>, expected: &str, found: &str) -> FieldError {
        FieldError {
            pointer: pointer.into(),
            expected: Some(expected.to_owned()),
            found: Some(found.to_owned()),
            message: format!("expected {expected}, found {found}"),
        }
    }

    /// A wrong field described by a sentence only.
    pub fn saying(pointer: impl Into<String>, message: impl Into<String>) -> FieldError {
        FieldError { pointer: pointer.into(), expected: None, found: None, message: message.into() }
    }
}

/// The wrong fields of one object: as many as help, and how many more there are. A body of a
/// megabyte can be wrong in a hundred thousand places; an answer is never many times its question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WrongFields {
    named: Vec<FieldError>,
    others: usize,
}

impl WrongFields {
    /// Wrong fields that are named. Whoever mends them asks again.
    pub const MOST: usize = 50;

    /// Notes one; it is made only where it is named.
    pub fn note(&mut self, error: impl FnOnce() -> FieldError) {
        match self.named.len() < Self::MOST {
            true => self.named.push(error()),
            false => self.others += 1,
        }
    }

    /// Notes those of a part.
    pub(crate) fn note_all(&mut self, part: WrongFields) {
        self.others += part.others;
        part.named.into_iter().for_each(|error| self.note(|| error));
    }

    /// Those that are named, in the order in which they were found.
    pub fn named(&self) -> &[FieldError] {
        &self.named
    }

    /// How many there are besides.
    pub fn others(&self) -> usize {
        self.others
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.named.is_empty()
    }
}

/// A reference token of a JSON pointer (RFC 6901).
pub fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// A value in words that follow "found", never longer than a line, and shown as it is written.
pub fn name_of(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(boolean) => boolean.to_string(),
        Value::Number(number) => format!("the number {}", cut(&number.to_string())),
        Value::String(text) => format!("\"{}\"", cut(text)),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// The beginning of a text, on one line.
fn cut(text: &str) -> String {
    let shown = stele_ruleset::shown_as_written(text);
    if shown.chars().count() <= LONGEST_QUOTE {
        return shown.into_owned();
    }
    shown.chars().take(LONGEST_QUOTE).chain(['…']).collect()
}
