//! A formula as tokens, each with its place.

use crate::error::{Error, Kind};
use crate::limits::LONGEST_FORMULA;
use crate::source::Span;

/// A token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Token {
    pub(crate) is: Is,
    pub(crate) span: Span,
}

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Is {
    Number,
    /// A text in double quotes; its value is read when it is needed.
    Text,
    /// A name or a word of the language.
    Word,
    /// A mark of one or two characters.
    Mark(&'static str),
    End,
}

/// Marks, longer ones first.
const MARKS: [&str; 24] = [
    "**", "..", "!=", "<=", ">=", "->", "+", "-", "*", "/", "=", "<", ">", "(", ")", "[", "]", "{",
    "}", ",", ":", ".", "@", ";",
];

/// The tokens of a formula; the last is its end.
pub(crate) fn tokens(text: &str) -> Result<Vec<Token>, Error> {
    if text.len() > LONGEST_FORMULA {
        let whole = Span { start: 0, end: 0 };
        let expected = format!("at most {LONGEST_FORMULA} bytes");
        return Err(Error::new(Kind::TooLarge, whole, expected, "the formula"));
    }
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::new();
    loop {
        let token = lexer.next()?;
        let ended = token.is == Is::End;
        tokens.push(token);
        if ended {
            return Ok(tokens);
        }
    }
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn span(&self, start: usize) -> Span {
        // A formula is shorter than 2^32 bytes.
        Span { start: start as u32, end: self.at as u32 }
    }

    fn next(&mut self) -> Result<Token, Error> {
        self.skip_space()?;
        let start = self.at;
        let Some(first) = self.rest().chars().next() else {
            return Ok(Token { is: Is::End, span: self.span(start) });
        };
        let followed_by_digit = self.rest().as_bytes().get(1).is_some_and(u8::is_ascii_digit);
        let is = if first.is_ascii_digit() || (first == '.' && followed_by_digit) {
            self.number();
            Is::Number
        } else if first == '"' {
            self.text()?;
            Is::Text
        } else if first.is_alphabetic() || first == '_' {
            self.at += self
                .rest()
                .find(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
                .unwrap_or(self.rest().len());
            let word = self.span(start);
            if !word.of(self.text).is_ascii() {
                let expected = "a name of the letters a to z, digits and `_`";
                let found = format!("`{}`", word.of(self.text));
                return Err(Error::new(Kind::Syntax, word, expected, found));
            }
            Is::Word
        } else if let Some(mark) = MARKS.iter().find(|mark| self.rest().starts_with(**mark)) {
            self.at += mark.len();
            Is::Mark(mark)
        } else {
            self.at += first.len_utf8();
            let found = format!("the character U+{:04X}", u32::from(first));
            return Err(Error::new(Kind::Syntax, self.span(start), "a formula", found));
        };
        Ok(Token { is, span: self.span(start) })
    }

    fn skip_space(&mut self) -> Result<(), Error> {
        loop {
            let rest = self.rest();
            let space = rest.len() - rest.trim_start_matches(is_space).len();
            self.at += space;
            let start = self.at;
            if self.rest().starts_with("//") {
                self.at += self.rest().find('\n').unwrap_or(self.rest().len());
            } else if self.rest().starts_with("/*") {
                let Some(end) = self.rest().find("*/") else {
                    self.at = self.text.len();
                    let expected = "`*/` at its end";
                    return Err(Error::new(Kind::Syntax, self.span(start), expected, "a comment"));
                };
                self.at += end + 2;
            } else if space == 0 {
                return Ok(());
            }
        }
    }

    fn number(&mut self) {
        self.digits();
        let bytes = self.rest().as_bytes();
        if bytes.first() == Some(&b'.') && bytes.get(1).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
            self.digits();
        }
        let bytes = self.rest().as_bytes();
        if matches!(bytes.first(), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(1), Some(b'+' | b'-')));
            if bytes.get(1 + sign).is_some_and(u8::is_ascii_digit) {
                self.at += 1 + sign;
                self.digits();
            }
        }
    }

    fn digits(&mut self) {
        let rest = self.rest();
        self.at += rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    }

    fn text(&mut self) -> Result<(), Error> {
        let start = self.at;
        self.at += 1;
        let mut escaped = false;
        for (place, letter) in self.text.get(self.at..).unwrap_or_default().char_indices() {
            match letter {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => {
                    self.at += place + 1;
                    return Ok(());
                }
                _ => {}
            }
        }
        self.at = self.text.len();
        Err(Error::new(Kind::Syntax, self.span(start), "`\"` at its end", "a text"))
    }
}

/// White space as the standard counts it.
fn is_space(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{180e}' | '\u{200b}' | '\u{feff}')
}

/// The value of a text with its quotes.
pub(crate) fn text_value(quoted: &str, span: Span) -> Result<String, Error> {
    let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default();
    let mut value = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(place) = rest.find('\\') {
        let (before, escape) = rest.split_at(place);
        value.push_str(before);
        let (letter, length) = escaped(escape).ok_or_else(|| {
            let found: String = escape.chars().take(10).collect();
            Error::new(
                Kind::Literal,
                span,
                "a Unicode character behind `\\u`",
                format!("`{found}`"),
            )
        })?;
        match letter {
            Some(letter) => value.push(letter),
            None => value.push_str(&escape[..length]),
        }
        rest = escape.get(length..).unwrap_or_default();
    }
    value.push_str(rest);
    Ok(value)
}

/// The character of an escape and its length; none where it is none of the language's, which stays
/// as it is.
fn escaped(escape: &str) -> Option<(Option<char>, usize)> {
    let code = |from: usize, length: usize| {
        escape.get(from..from + length).and_then(|digits| u32::from_str_radix(digits, 16).ok())
    };
    Some(match escape.as_bytes().get(1) {
        Some(b'n') => (Some('\n'), 2),
        Some(b't') => (Some('\t'), 2),
        Some(b'r') => (Some('\r'), 2),
        Some(b'"') => (Some('"'), 2),
        Some(b'\'') => (Some('\''), 2),
        Some(b'\\') => (Some('\\'), 2),
        Some(b'U') => (Some(char::from_u32(code(2, 6)?)?), 8),
        Some(b'u') => {
            let high = code(2, 4)?;
            if !(0xd800..0xdc00).contains(&high) {
                return Some((Some(char::from_u32(high)?), 6));
            }
            let low = escape.get(6..8).filter(|next| *next == "\\u").and_then(|_| code(8, 4))?;
            let both = char::decode_utf16([high as u16, low as u16]).next()?.ok()?;
            (Some(both), 12)
        }
        _ => (None, 1),
    })
}
