//! Types as they are written behind `instance of`.

use crate::error::Error;
use crate::parser::tokens::Tokens;
use crate::source::Span;
use crate::syntax::{Named, Word};

/// Types of more than one word.
const LONG_NAMES: [&str; 3] =
    ["date and time", "days and time duration", "years and months duration"];

impl Tokens<'_> {
    /// A type, and where it ends.
    pub(super) fn type_name(&mut self) -> Result<(Named, Span), Error> {
        self.deeper(Self::named)
    }

    fn named(&mut self) -> Result<(Named, Span), Error> {
        const MOST_WORDS: usize = 4;
        if let Some(count) = self.longest(MOST_WORDS, |name| LONG_NAMES.contains(&name)) {
            let word = self.words(count);
            let span = word.span;
            return Ok((Named::Simple(word), span));
        }
        let word = if self.is("function") { self.words(1) } else { self.name("a type")? };
        match word.text.as_str() {
            "list" | "range" if self.is("<") => {
                self.advance();
                let (inner, _) = self.type_name()?;
                let end = self.expect(">")?;
                let inner = Box::new(inner);
                let list = word.text == "list";
                Ok((if list { Named::List(inner) } else { Named::Range(inner) }, end))
            }
            "context" if self.is("<") => {
                self.advance();
                let mut entries: Vec<(Word, Named)> = Vec::new();
                loop {
                    let name = self.name("the name of an entry")?;
                    self.expect(":")?;
                    entries.push((name, self.type_name()?.0));
                    if self.take(",").is_none() {
                        break;
                    }
                }
                Ok((Named::Context(entries), self.expect(">")?))
            }
            "function" => {
                self.expect("<")?;
                if !self.is(">") {
                    loop {
                        self.type_name()?;
                        if self.take(",").is_none() {
                            break;
                        }
                    }
                }
                self.expect(">")?;
                self.expect("->")?;
                let (_, end) = self.type_name()?;
                Ok((Named::Function, end))
            }
            _ => {
                let span = word.span;
                Ok((Named::Simple(word), span))
            }
        }
    }
}
