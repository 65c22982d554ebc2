//! What is wrong with a text of formulas, where, and what would be right.

use crate::source::{Lines, Position, Span};
use serde::Serialize;
use std::fmt::Write as _;

/// Most characters of a line that are shown with an error.
const WIDEST: usize = 160;

/// An error of a formula or of the document that holds it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Error {
    /// What sort of thing is wrong.
    pub kind: Kind,
    /// The piece of the text that it is about.
    pub span: Span,
    /// What was expected there.
    pub expected: Option<String>,
    /// What was found.
    pub found: Option<String>,
    /// What is near and exists.
    pub near: Option<String>,
}

/// The sorts of errors.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Debug)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The text is no formula here.
    Syntax,
    /// A text, date, number or duration that is none.
    Literal,
    /// A name that nothing has.
    UnknownName,
    /// A function that does not exist.
    UnknownFunction,
    /// A column or entry that does not exist.
    UnknownEntry,
    /// A value of another type than is needed.
    Type,
    /// Two numbers that do not go together: money and hours.
    Unit,
    /// A value that may be missing is used before that is dealt with.
    MayBeMissing,
    /// A function is called with other arguments than it takes.
    Arguments,
    /// Formulas that need each other.
    Cycle,
    /// A name is given twice, or to two things.
    Duplicate,
    /// Something is declared and used by nothing.
    Unused,
    /// A part of FEEL that is left out.
    Outside,
    /// A bound of the texts is reached.
    TooLarge,
    /// A declaration of the document is wrong.
    Declaration,
}

impl Error {
    /// An error with what was expected and found.
    #[must_use]
    pub fn new(
        kind: Kind,
        span: Span,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Self {
        let some = |text: String| (!text.is_empty()).then_some(text);
        Self { kind, span, expected: some(expected.into()), found: some(found.into()), near: None }
    }

    /// The same, with what is near.
    #[must_use]
    pub fn near(mut self, near: Option<&str>) -> Self {
        self.near = near.map(str::to_owned);
        self
    }

    /// One sentence: what was expected and what was found.
    #[must_use]
    pub fn message(&self) -> String {
        let found = self.found.as_deref().unwrap_or("this");
        let mut message = match self.kind {
            Kind::UnknownName => format!("nothing is called `{found}`"),
            Kind::UnknownFunction => format!("there is no function `{found}`"),
            Kind::UnknownEntry => format!("there is no `{found}` in it"),
            Kind::MayBeMissing => format!("{found} may be missing"),
            Kind::Cycle => format!("these need each other: {found}"),
            Kind::Duplicate => format!("{found} is there twice"),
            Kind::Unused => format!("{found} is used by nothing"),
            Kind::Outside => format!("{found} is no part of the language"),
            Kind::TooLarge => format!("{found} is too large"),
            Kind::Syntax
            | Kind::Literal
            | Kind::Type
            | Kind::Unit
            | Kind::Arguments
            | Kind::Declaration => format!("found {found}"),
        };
        if let Some(expected) = &self.expected {
            let _ = write!(message, "; expected {expected}");
        }
        if let Some(near) = &self.near {
            let _ = write!(message, "; did you mean `{near}`?");
        }
        message
    }

    /// The error as a document for editors.
    #[must_use]
    pub fn report(&self, file: &str, lines: &Lines<'_>) -> Report {
        Report {
            file: file.to_owned(),
            kind: self.kind,
            start: lines.position(self.span.start),
            end: lines.position(self.span.end),
            message: self.message(),
            expected: self.expected.clone(),
            found: self.found.clone(),
            near: self.near.clone(),
        }
    }

    /// The error for a terminal: file, line, column, the line itself with the piece underlined.
    #[must_use]
    pub fn render(&self, file: &str, lines: &Lines<'_>) -> String {
        let start = lines.position(self.span.start);
        let end = lines.position(self.span.end);
        let line = lines.line(start.line);
        let columns = line.chars().count() + 1;
        let first = (start.column as usize).min(columns);
        let last = if end.line == start.line { end.column as usize } else { columns };
        // Of a long line what stands around the piece.
        let cut = if columns > WIDEST { first.saturating_sub(WIDEST / 2) } else { 0 };
        let (first, last) = (first - cut, (last - cut).min(WIDEST + 1));
        let number = start.line.to_string();
        let margin = " ".repeat(number.len());
        let before = " ".repeat(first - 1);
        let under = "^".repeat(last.saturating_sub(first).max(1));
        // What writes from right to left, or moves the cursor, would put the marks elsewhere.
        let shown: String = line
            .chars()
            .skip(cut)
            .take(WIDEST)
            .map(|letter| if moves_others(letter) { ' ' } else { letter })
            .collect();
        format!(
            "{file}:{number}:{}: {}\n{margin} |\n{number} | {shown}\n{margin} | {before}{under}\n",
            start.column,
            self.message(),
        )
    }
}

/// Whether a letter takes no place of its own, or changes where others are shown.
fn moves_others(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
        )
}

/// An error for editors and other programs.
#[derive(Clone, PartialEq, Eq, Serialize, Debug)]
pub struct Report {
    /// The file.
    pub file: String,
    /// The sort of error.
    pub kind: Kind,
    /// Where the piece begins.
    pub start: Position,
    /// Where it ends, exclusive.
    pub end: Position,
    /// One sentence.
    pub message: String,
    /// What was expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// What is near and exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub near: Option<String>,
}

/// The name that is nearest to one that does not exist, where one is near enough to be meant.
#[must_use]
pub fn nearest<'n>(name: &str, among: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    /// Longer names are not compared: nobody misspells one, and comparing takes the product.
    const LONGEST: usize = 64;
    if name.len() > LONGEST {
        return None;
    }
    let distance = |other: &str| strsim::damerau_levenshtein(name, other);
    let near = among
        .filter(|other| other.len() <= LONGEST)
        .map(|other| (distance(other), other))
        .min_by_key(|(distance, other)| (*distance, *other));
    near.filter(|(distance, _)| *distance <= (name.len() / 3).clamp(1, 3)).map(|(_, other)| other)
}
