//! Walking through the tokens of a formula.

use crate::error::{Error, Kind};
use crate::functions;
use crate::lexer::{Is, Token, tokens};
use crate::limits::DEEPEST;
use crate::source::Span;
use crate::syntax::{Expression, Syntax, Word};

/// Words of the language that are no names.
const RESERVED: [&str; 20] = [
    "and",
    "between",
    "else",
    "every",
    "external",
    "false",
    "for",
    "function",
    "if",
    "in",
    "instance",
    "null",
    "of",
    "or",
    "return",
    "satisfies",
    "some",
    "then",
    "true",
    "not",
];

/// Whether a word belongs to the language, so that nothing can be called so.
pub(crate) fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
}

pub(super) struct Tokens<'t> {
    pub(super) text: &'t str,
    tokens: Vec<Token>,
    at: usize,
    depth: u16,
    /// Within the upper end of a range, where `[` may close it.
    pub(super) range_end: bool,
}

impl<'t> Tokens<'t> {
    pub(super) fn of(text: &'t str) -> Result<Self, Error> {
        Ok(Self { text, tokens: tokens(text)?, at: 0, depth: 0, range_end: false })
    }

    /// The token so many further; behind the end it is the end.
    pub(super) fn ahead(&self, further: usize) -> Token {
        let end = Span { start: self.text.len() as u32, end: self.text.len() as u32 };
        self.tokens.get(self.at + further).cloned().unwrap_or(Token { is: Is::End, span: end })
    }

    pub(super) fn next(&self) -> Token {
        self.ahead(0)
    }

    pub(super) fn advance(&mut self) -> Token {
        let token = self.next();
        self.at += 1;
        token
    }

    pub(super) fn of_span(&self, span: Span) -> &'t str {
        span.of(self.text)
    }

    /// Whether the token so many further is this mark or word.
    pub(super) fn is_ahead(&self, further: usize, what: &str) -> bool {
        self.tokens.get(self.at + further).is_some_and(|token| match token.is {
            Is::Mark(mark) => mark == what,
            Is::Word => self.of_span(token.span) == what,
            Is::Number | Is::Text | Is::End => false,
        })
    }

    pub(super) fn is(&self, what: &str) -> bool {
        self.is_ahead(0, what)
    }

    pub(super) fn take(&mut self, what: &str) -> Option<Span> {
        self.is(what).then(|| self.advance().span)
    }

    pub(super) fn expect(&mut self, what: &str) -> Result<Span, Error> {
        match self.take(what) {
            Some(span) => Ok(span),
            None => Err(self.unexpected(&format!("`{what}`"))),
        }
    }

    pub(super) fn end(&self) -> Result<(), Error> {
        match self.next().is {
            Is::End => Ok(()),
            _ => Err(self.unexpected("an operator or the end of the formula")),
        }
    }

    /// An error at the next token.
    pub(super) fn unexpected(&self, expected: &str) -> Error {
        let token = self.next();
        let found = match token.is {
            Is::End => "the end of the formula".to_owned(),
            _ => format!("`{}`", shortened(self.of_span(token.span))),
        };
        Error::new(Kind::Syntax, token.span, expected, found)
    }

    /// A name: one word that is none of the language.
    pub(super) fn name(&mut self, what: &str) -> Result<Word, Error> {
        let token = self.next();
        let text = self.of_span(token.span);
        if token.is != Is::Word || RESERVED.contains(&text) {
            return Err(self.unexpected(what));
        }
        self.advance();
        Ok(Word { text: text.to_owned(), span: token.span })
    }

    /// So many tokens as one word, with one space between them.
    pub(super) fn words(&mut self, count: usize) -> Word {
        let first = self.next().span;
        let mut text = String::new();
        let mut last = first;
        for place in 0..count {
            last = self.advance().span;
            if place > 0 {
                text.push(' ');
            }
            text.push_str(self.of_span(last));
        }
        Word { text, span: first.to(last) }
    }

    /// How many tokens the longest built-in name takes that stands here before `(`.
    pub(super) fn function_name(&self) -> Option<usize> {
        self.longest(functions::LONGEST_NAME, functions::is_name)
            .filter(|count| self.is_ahead(*count, "("))
    }

    /// How many tokens the longest of these names takes that stands here.
    pub(super) fn longest(&self, most: usize, known: impl Fn(&str) -> bool) -> Option<usize> {
        let mut text = String::new();
        let mut longest = None;
        for count in 0..most {
            let token = self.tokens.get(self.at + count).filter(|token| token.is == Is::Word)?;
            if count > 0 {
                text.push(' ');
            }
            text.push_str(self.of_span(token.span));
            if known(&text) {
                longest = Some(count + 1);
            }
            let further = self.tokens.get(self.at + count + 1);
            if further.is_none_or(|token| token.is != Is::Word) {
                break;
            }
        }
        longest
    }

    /// Goes one level deeper while something is read.
    pub(super) fn deeper<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        if self.depth >= DEEPEST {
            return Err(too_deep(self.next().span));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// An expression of these parts, unless that is too deep.
    #[allow(clippy::unused_self, reason = "reads as a step of the parser")]
    pub(super) fn made(&self, span: Span, is: Syntax, parts: &[u16]) -> Result<Expression, Error> {
        let depth = parts.iter().max().map_or(0, |deepest| deepest + 1);
        if depth > DEEPEST {
            return Err(too_deep(span));
        }
        Ok(Expression { is, span, depth })
    }
}

fn too_deep(span: Span) -> Error {
    let expected = format!("at most {DEEPEST} levels; give a part of it a name of its own");
    Error::new(Kind::TooLarge, span, expected, "the nesting")
}

/// The beginning of what was found.
pub(crate) fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    let mut short: String = text.chars().take(MOST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
