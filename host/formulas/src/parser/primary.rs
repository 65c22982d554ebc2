//! What stands between operators: literals, names, calls, lists, contexts, `if`, `for`, `some`,
//! `every`, `function`.

use crate::error::{Error, Kind};
use crate::functions;
use crate::lexer::{Is, text_value};
use crate::parser::tokens::Tokens;
use crate::source::Span;
use crate::syntax::{Argument, Expression, Iterator, Quantifier, Syntax, Word};

impl Tokens<'_> {
    pub(super) fn primary(&mut self) -> Result<Expression, Error> {
        let token = self.next();
        match token.is {
            Is::Number => {
                self.advance();
                self.made(token.span, Syntax::Number, &[])
            }
            Is::Text => {
                self.advance();
                let value = text_value(self.of_span(token.span), token.span)?;
                self.made(token.span, Syntax::Text(value), &[])
            }
            Is::Word => self.word(),
            Is::Mark("(") => self.parenthesized(),
            Is::Mark("[" | "]") => self.bracketed(),
            Is::Mark("{") => self.context(),
            Is::Mark("@") => {
                self.advance();
                let text = self.next();
                if text.is != Is::Text {
                    return Err(self.unexpected("a date, a time or a duration in quotes"));
                }
                self.advance();
                let value = text_value(self.of_span(text.span), text.span)?;
                self.made(token.span.to(text.span), Syntax::At(value), &[])
            }
            Is::Mark(_) | Is::End => Err(self.unexpected("a value, a name or `(`")),
        }
    }

    fn word(&mut self) -> Result<Expression, Error> {
        let span = self.next().span;
        if let Some(count) = self.function_name() {
            let name = self.words(count);
            return self.call(name);
        }
        let constant = match self.of_span(span) {
            "true" => Some(Syntax::Boolean(true)),
            "false" => Some(Syntax::Boolean(false)),
            "null" => Some(Syntax::Null),
            "if" => return self.choice(),
            "for" => return self.iteration(),
            "some" => return self.quantified(Quantifier::Some),
            "every" => return self.quantified(Quantifier::Every),
            "function" if self.is_ahead(1, "(") => return self.function(),
            _ => None,
        };
        if let Some(constant) = constant {
            self.advance();
            return self.made(span, constant, &[]);
        }
        let name = self.name("a value, a name or `(`")?;
        if self.is("(") {
            return self.call(name);
        }
        self.made(name.span, Syntax::Name(name.text), &[])
    }

    fn call(&mut self, name: Word) -> Result<Expression, Error> {
        self.expect("(")?;
        let mut arguments = Vec::new();
        if !self.is(")") {
            loop {
                let name = self.parameter_name();
                arguments.push(Argument { name, value: self.expression()? });
                if self.take(",").is_none() {
                    break;
                }
            }
        }
        let span = name.span.to(self.expect(")")?);
        let depths: Vec<u16> = arguments.iter().map(|argument| argument.value.depth).collect();
        self.made(span, Syntax::Call(name, arguments), &depths)
    }

    /// The name of a parameter before its `:`.
    fn parameter_name(&mut self) -> Option<Word> {
        /// `grouping separator` has two.
        const MOST_WORDS: usize = 4;
        for count in 0..MOST_WORDS {
            if count > 0 && self.is_ahead(count, ":") {
                let name = self.words(count);
                self.advance();
                return Some(name);
            }
            if self.ahead(count).is != Is::Word {
                return None;
            }
        }
        None
    }

    fn choice(&mut self) -> Result<Expression, Error> {
        let start = self.expect("if")?;
        let condition = self.expression()?;
        self.expect("then")?;
        let then = self.expression()?;
        self.expect("else")?;
        let other = self.expression()?;
        let depths = [condition.depth, then.depth, other.depth];
        let span = start.to(other.span);
        let is = Syntax::If(Box::new(condition), Box::new(then), Box::new(other));
        self.made(span, is, &depths)
    }

    fn iteration(&mut self) -> Result<Expression, Error> {
        let start = self.expect("for")?;
        let (iterators, mut depths) = self.iterators()?;
        self.expect("return")?;
        let body = self.expression()?;
        depths.push(body.depth);
        let span = start.to(body.span);
        self.made(span, Syntax::For(iterators, Box::new(body)), &depths)
    }

    fn quantified(&mut self, quantifier: Quantifier) -> Result<Expression, Error> {
        let start = self.advance().span;
        let (iterators, mut depths) = self.iterators()?;
        self.expect("satisfies")?;
        let condition = self.expression()?;
        depths.push(condition.depth);
        let span = start.to(condition.span);
        self.made(span, Syntax::Quantified(quantifier, iterators, Box::new(condition)), &depths)
    }

    fn iterators(&mut self) -> Result<(Vec<Iterator>, Vec<u16>), Error> {
        let (mut iterators, mut depths) = (Vec::new(), Vec::new());
        loop {
            let name = self.name("a name")?;
            self.expect("in")?;
            let from = self.expression()?;
            depths.push(from.depth);
            let to = match self.take("..") {
                Some(_) => Some(self.expression()?),
                None => None,
            };
            depths.extend(to.as_ref().map(|to| to.depth));
            iterators.push(Iterator { name, from, to });
            // Each iterator is a loop within the one before.
            depths.iter_mut().for_each(|depth| *depth = depth.saturating_add(1));
            if self.take(",").is_none() {
                return Ok((iterators, depths));
            }
        }
    }

    fn function(&mut self) -> Result<Expression, Error> {
        let start = self.expect("function")?;
        self.expect("(")?;
        let mut parameters = Vec::new();
        if !self.is(")") {
            loop {
                parameters.push(self.name("the name of a parameter")?);
                if self.take(":").is_some() {
                    self.type_name()?;
                }
                if self.take(",").is_none() {
                    break;
                }
            }
        }
        self.expect(")")?;
        if self.is("external") {
            let span = self.next().span;
            return Err(Error::new(Kind::Outside, span, "", "an external function"));
        }
        let body = self.expression()?;
        let (span, depth) = (start.to(body.span), body.depth);
        self.made(span, Syntax::Function(parameters, Box::new(body)), &[depth])
    }

    fn context(&mut self) -> Result<Expression, Error> {
        let start = self.expect("{")?;
        let mut entries: Vec<(Word, Expression)> = Vec::new();
        if !self.is("}") {
            loop {
                let key = self.key()?;
                self.expect(":")?;
                entries.push((key, self.expression()?));
                if self.take(",").is_none() {
                    break;
                }
            }
        }
        let span = start.to(self.expect("}")?);
        let depths: Vec<u16> = entries.iter().map(|(_, value)| value.depth).collect();
        self.made(span, Syntax::Context(entries), &depths)
    }

    fn key(&mut self) -> Result<Word, Error> {
        let token = self.next();
        if token.is == Is::Text {
            self.advance();
            let text = text_value(self.of_span(token.span), token.span)?;
            return Ok(Word { text, span: token.span });
        }
        if token.is != Is::Word {
            return Err(self.unexpected("the name of an entry"));
        }
        self.advance();
        Ok(Word { text: self.of_span(token.span).to_owned(), span: token.span })
    }

    /// What follows a point.
    pub(super) fn property(&mut self) -> Result<Word, Error> {
        const MOST_WORDS: usize = 2;
        if let Some(count) = self.longest(MOST_WORDS, |name| functions::PROPERTIES.contains(&name))
        {
            return Ok(self.words(count));
        }
        let token = self.next();
        if token.is != Is::Word {
            return Err(self.unexpected("the name of an entry"));
        }
        Ok(self.words(1))
    }

    /// A list, or a range that begins with a bracket.
    fn bracketed(&mut self) -> Result<Expression, Error> {
        let open = self.advance();
        let with_low = open.is == Is::Mark("[");
        if with_low && let Some(end) = self.take("]") {
            return self.made(open.span.to(end), Syntax::List(Vec::new()), &[]);
        }
        let first = self.expression()?;
        if self.is("..") {
            return self.range(open.span, with_low, first);
        }
        if !with_low {
            return Err(self.unexpected("`..`"));
        }
        let mut elements = vec![first];
        while self.take(",").is_some() {
            elements.push(self.expression()?);
        }
        let span: Span = open.span.to(self.expect("]")?);
        let depths: Vec<u16> = elements.iter().map(|element| element.depth).collect();
        self.made(span, Syntax::List(elements), &depths)
    }
}
