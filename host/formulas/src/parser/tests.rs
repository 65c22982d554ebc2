//! Ranges, and the tests that may follow `in`.

use crate::error::Error;
use crate::lexer::Is;
use crate::parser::tokens::Tokens;
use crate::source::Span;
use crate::syntax::{Bounds, Comparison, Expression, Syntax, Test};

impl Tokens<'_> {
    /// What follows `in`, and where it ends.
    pub(super) fn tests(&mut self) -> Result<(Vec<Test>, Span), Error> {
        if !self.is("(") {
            let test = match self.comparison_mark() {
                Some(comparison) => Test::Compare(comparison, self.sum()?),
                None => Test::Value(self.deeper(Self::sum)?),
            };
            let end = span_of(&test);
            return Ok((vec![test], end));
        }
        let open = self.advance().span;
        let first = self.test()?;
        if let Test::Value(low) = first {
            if self.is("..") {
                let range = self.range(open, false, low)?;
                let end = range.span;
                return Ok((vec![Test::Value(range)], end));
            }
            return self.more_tests(Test::Value(low));
        }
        self.more_tests(first)
    }

    fn more_tests(&mut self, first: Test) -> Result<(Vec<Test>, Span), Error> {
        let mut tests = vec![first];
        while self.take(",").is_some() {
            tests.push(self.test()?);
        }
        let end = self.expect(")")?;
        Ok((tests, end))
    }

    /// A test in parentheses.
    fn test(&mut self) -> Result<Test, Error> {
        if let Some(comparison) = self.comparison_mark() {
            return Ok(Test::Compare(comparison, self.sum()?));
        }
        self.expression().map(Test::Value)
    }

    /// An expression in parentheses, a range that begins with one, or one that is open at one end.
    pub(super) fn parenthesized(&mut self) -> Result<Expression, Error> {
        let open = self.advance().span;
        if let Some(comparison) = self.comparison_mark() {
            let end = self.expression()?;
            let depth = end.depth;
            let span = open.to(self.expect(")")?);
            let (end, closed) = (Some(Box::new(end)), Bounds { low: false, high: false });
            let range = match comparison {
                Comparison::Less => Syntax::Range(None, end, closed),
                Comparison::LessOrEqual => {
                    Syntax::Range(None, end, Bounds { high: true, ..closed })
                }
                Comparison::More => Syntax::Range(end, None, closed),
                Comparison::MoreOrEqual => Syntax::Range(end, None, Bounds { low: true, ..closed }),
                Comparison::Equal | Comparison::Unequal => {
                    return Err(Error::new(
                        crate::error::Kind::Outside,
                        span,
                        "a value, or `in` before it",
                        "a test of equality as a value",
                    ));
                }
            };
            return self.made(span, range, &[depth]);
        }
        let mut inner = self.expression()?;
        if self.is("..") {
            return self.range(open, false, inner);
        }
        inner.span = open.to(self.expect(")")?);
        Ok(inner)
    }

    /// A range from its `..` on.
    pub(super) fn range(
        &mut self,
        open: Span,
        with_low: bool,
        low: Expression,
    ) -> Result<Expression, Error> {
        self.expect("..")?;
        let outer = std::mem::replace(&mut self.range_end, true);
        let high = self.deeper(Self::sum);
        self.range_end = outer;
        let high = high?;
        let close = self.advance();
        let with_high = match close.is {
            Is::Mark("]") => true,
            Is::Mark(")" | "[") => false,
            _ => {
                return Err(Error::new(
                    crate::error::Kind::Syntax,
                    close.span,
                    "`]` or `)` at the end of the range",
                    format!("`{}`", self.of_span(close.span)),
                ));
            }
        };
        let depths = [low.depth, high.depth];
        let bounds = Bounds { low: with_low, high: with_high };
        let is = Syntax::Range(Some(Box::new(low)), Some(Box::new(high)), bounds);
        self.made(open.to(close.span), is, &depths)
    }

    /// Whether the `[` here ends a range: nothing follows it that a filter could begin with.
    pub(super) fn closes_range(&self) -> bool {
        let next = self.ahead(1);
        self.range_end
            && match next.is {
                Is::End => true,
                Is::Mark(mark) => !matches!(mark, "(" | "[" | "{" | "-" | "@"),
                Is::Word => {
                    matches!(
                        self.of_span(next.span),
                        "and" | "or" | "then" | "else" | "return" | "satisfies"
                    )
                }
                Is::Number | Is::Text => false,
            }
    }
}

fn span_of(test: &Test) -> Span {
    match test {
        Test::Compare(_, operand) | Test::Value(operand) => operand.span,
    }
}
