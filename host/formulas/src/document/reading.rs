//! Fields of a TOML table, read one by one: what is missing, of the wrong type or unknown is
//! reported with its place, all at once.

use crate::error::{Error, Kind, nearest};
use crate::limits::MOST_ERRORS;
use crate::source::Span;
use rust_decimal::Decimal;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A text of the document and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// The text, without quotes and escapes.
    pub text: String,
    /// Where it stands, with its quotes.
    pub span: Span,
}

impl Piece {
    /// The place in the document of a piece of the text.
    #[must_use]
    pub fn place(&self, document: &str, within: Span) -> Span {
        let raw = self.span.of(document);
        let quotes = if raw.starts_with("\"\"\"") || raw.starts_with("'''") { 3 } else { 1 };
        let inner = raw.get(quotes..raw.len().saturating_sub(quotes)).unwrap_or_default();
        let skipped = inner.len()
            - inner.strip_prefix("\r\n").or(inner.strip_prefix('\n')).unwrap_or(inner).len();
        let skipped = if quotes == 3 { skipped } else { 0 };
        let inner = inner.get(skipped..).unwrap_or_default();
        let start = self.span.start + (quotes + skipped) as u32;
        let literal = raw.starts_with('\'');
        let at = |byte: u32| start + if literal { byte } else { escaped_offset(inner, byte) };
        Span { start: at(within.start), end: at(within.end) }
    }
}

/// How far the byte of a text lies in what was written for it with escapes.
fn escaped_offset(raw: &str, byte: u32) -> u32 {
    let mut decoded = 0;
    let mut rest = raw.char_indices().peekable();
    while let Some((place, letter)) = rest.next() {
        if decoded >= byte as usize {
            return place as u32;
        }
        if letter != '\\' {
            decoded += letter.len_utf8();
            continue;
        }
        let digits = match rest.next().map(|(_, letter)| letter) {
            Some('u') => 4,
            Some('U') => 8,
            Some('x') => 2,
            Some('\n' | '\r' | ' ' | '\t') => {
                // A line is continued: what follows up to the next letter is no text.
                while rest.peek().is_some_and(|(_, letter)| letter.is_whitespace()) {
                    rest.next();
                }
                continue;
            }
            _ => {
                decoded += 1;
                continue;
            }
        };
        let code: String = rest.by_ref().take(digits).map(|(_, letter)| letter).collect();
        let letter = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
        decoded += letter.map_or(1, char::len_utf8);
    }
    raw.len() as u32
}

/// A table whose fields are read.
pub(super) struct Fields<'r, 't> {
    table: &'r DeTable<'t>,
    pub(super) span: Span,
    known: Vec<&'static str>,
}

/// The errors so far.
pub(super) type Errors = Vec<Error>;

pub(super) fn report(errors: &mut Errors, error: Error) {
    if errors.len() < MOST_ERRORS {
        errors.push(error);
    }
}

pub(super) fn span(range: Range<usize>) -> Span {
    // A document is shorter than 2^32 bytes.
    Span { start: range.start as u32, end: range.end as u32 }
}

impl<'r, 't> Fields<'r, 't> {
    pub(super) fn of(table: &'r DeTable<'t>, span: Span) -> Self {
        Self { table, span, known: Vec::new() }
    }

    /// The value of a field.
    pub(super) fn value(&mut self, key: &'static str) -> Option<&'r Spanned<DeValue<'t>>> {
        self.known.push(key);
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    /// A text that may be left out.
    pub(super) fn text(&mut self, key: &'static str, errors: &mut Errors) -> Option<Piece> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::String(text) => {
                Some(Piece { text: text.clone().into_owned(), span: span(value.span()) })
            }
            other => wrong(errors, key, "a text", other, span(value.span())),
        }
    }

    /// A text that must be there.
    pub(super) fn required(&mut self, key: &'static str, errors: &mut Errors) -> Option<Piece> {
        if self.table.iter().all(|(name, _)| name.get_ref() != key) {
            self.known.push(key);
            let found = format!("a table without `{key}`");
            report(errors, Error::new(Kind::Declaration, self.head(), format!("`{key}`"), found));
            return None;
        }
        self.text(key, errors)
    }

    /// Where the table begins.
    fn head(&self) -> Span {
        Span { start: self.span.start, end: self.span.start + 1 }
    }

    pub(super) fn boolean(&mut self, key: &'static str, errors: &mut Errors) -> bool {
        let Some(value) = self.value(key) else { return false };
        match value.get_ref() {
            DeValue::Boolean(value) => *value,
            other => {
                wrong(errors, key, "true or false", other, span(value.span())).unwrap_or(false)
            }
        }
    }

    /// A number, as a number or as a text.
    pub(super) fn number(&mut self, key: &'static str, errors: &mut Errors) -> Option<Decimal> {
        let value = self.value(key)?;
        let text = match value.get_ref() {
            DeValue::Integer(number) => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            DeValue::String(text) => text,
            other => return wrong(errors, key, "a number", other, span(value.span())),
        };
        match stele_formula_program::parse::number(&text.replace('_', "")) {
            Some(number) => Some(number),
            None => {
                let found = format!("`{text}` as `{key}`");
                let error =
                    Error::new(Kind::Declaration, span(value.span()), "an exact number", found);
                report(errors, error);
                None
            }
        }
    }

    /// A whole number that is not negative.
    pub(super) fn count(&mut self, key: &'static str, errors: &mut Errors) -> Option<u32> {
        let number = self.number(key, errors)?;
        match u32::try_from(number).ok().filter(|_| number.fract().is_zero()) {
            Some(count) => Some(count),
            None => {
                let found = format!("{number} as `{key}`");
                report(errors, Error::new(Kind::Declaration, self.head(), "a whole number", found));
                None
            }
        }
    }

    /// The tables of a list.
    pub(super) fn tables(&mut self, key: &'static str, errors: &mut Errors) -> Vec<Fields<'r, 't>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let DeValue::Array(tables) = value.get_ref() else {
            wrong::<()>(errors, key, "a list of tables", value.get_ref(), span(value.span()));
            return Vec::new();
        };
        let mut all = Vec::new();
        for table in tables.iter() {
            match table.get_ref() {
                DeValue::Table(fields) => all.push(Fields::of(fields, span(table.span()))),
                other => {
                    wrong::<()>(errors, key, "a table", other, span(table.span()));
                }
            }
        }
        all
    }

    /// The texts of a table, in its order.
    pub(super) fn texts(&mut self, key: &'static str, errors: &mut Errors) -> Vec<(Piece, String)> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let DeValue::Table(table) = value.get_ref() else {
            wrong::<()>(errors, key, "a table of texts", value.get_ref(), span(value.span()));
            return Vec::new();
        };
        let mut all = Vec::new();
        for (name, text) in table {
            match text.get_ref() {
                DeValue::String(label) => {
                    let piece = Piece { text: name.get_ref().to_string(), span: span(name.span()) };
                    all.push((piece, label.clone().into_owned()));
                }
                other => {
                    wrong::<()>(errors, key, "a text", other, span(text.span()));
                }
            }
        }
        all.sort_by_key(|(piece, _)| piece.span.start);
        all
    }

    /// Reports fields that were not asked for.
    pub(super) fn end(self, errors: &mut Errors) {
        for (name, _) in self.table {
            if !self.known.contains(&name.get_ref().as_ref()) {
                let near = nearest(name.get_ref(), self.known.iter().copied());
                let expected = format!("one of {}", self.known.join(", "));
                let found = format!("a field `{}`", name.get_ref());
                let error = Error::new(Kind::Declaration, span(name.span()), expected, found);
                report(errors, error.near(near));
            }
        }
    }
}

fn wrong<T>(
    errors: &mut Errors,
    key: &str,
    expected: &str,
    found: &DeValue<'_>,
    span: Span,
) -> Option<T> {
    let found = format!("a {} as `{key}`", found.type_str());
    report(errors, Error::new(Kind::Declaration, span, expected, found));
    None
}
