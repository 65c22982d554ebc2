//! Operators, from the weakest: or, and, comparisons, + and -, * and /, **, and the minus sign.

use crate::error::Error;
use crate::parser::tokens::Tokens;
use crate::syntax::{Arithmetic, Comparison, Expression, Logic, Syntax, Test};

impl Tokens<'_> {
    /// A whole expression.
    pub(super) fn expression(&mut self) -> Result<Expression, Error> {
        self.deeper(|tokens| {
            let outer = std::mem::replace(&mut tokens.range_end, false);
            let expression = tokens.logic(Logic::Or);
            tokens.range_end = outer;
            expression
        })
    }

    fn logic(&mut self, logic: Logic) -> Result<Expression, Error> {
        let word = match logic {
            Logic::Or => "or",
            Logic::And => "and",
        };
        let first = self.weaker_operand(logic)?;
        if !self.is(word) {
            return Ok(first);
        }
        let mut terms = vec![first];
        while self.take(word).is_some() {
            terms.push(self.weaker_operand(logic)?);
        }
        let depths: Vec<u16> = terms.iter().map(|term| term.depth).collect();
        let span = ends(&terms);
        self.made(span, Syntax::All(logic, terms), &depths)
    }

    fn weaker_operand(&mut self, logic: Logic) -> Result<Expression, Error> {
        match logic {
            Logic::Or => self.logic(Logic::And),
            Logic::And => self.comparison(),
        }
    }

    fn comparison(&mut self) -> Result<Expression, Error> {
        let mut left = self.sum()?;
        loop {
            if let Some(comparison) = self.comparison_mark() {
                let right = self.sum()?;
                let (span, depths) = (left.span.to(right.span), [left.depth, right.depth]);
                let is = Syntax::Compare(comparison, Box::new(left), Box::new(right));
                left = self.made(span, is, &depths)?;
            } else if self.take("between").is_some() {
                let low = self.sum()?;
                self.expect("and")?;
                let high = self.sum()?;
                let span = left.span.to(high.span);
                let depths = [left.depth, low.depth, high.depth];
                let is = Syntax::Between(Box::new(left), Box::new(low), Box::new(high));
                left = self.made(span, is, &depths)?;
            } else if self.take("in").is_some() {
                let (tests, end) = self.tests()?;
                let span = left.span.to(end);
                let mut depths = vec![left.depth];
                depths.extend(tests.iter().map(|test| match test {
                    Test::Compare(_, operand) | Test::Value(operand) => operand.depth,
                }));
                left = self.made(span, Syntax::In(Box::new(left), tests), &depths)?;
            } else {
                return Ok(left);
            }
        }
    }

    /// A comparison, taken.
    pub(super) fn comparison_mark(&mut self) -> Option<Comparison> {
        let comparison = [
            ("=", Comparison::Equal),
            ("!=", Comparison::Unequal),
            ("<", Comparison::Less),
            ("<=", Comparison::LessOrEqual),
            (">", Comparison::More),
            (">=", Comparison::MoreOrEqual),
        ]
        .into_iter()
        .find(|(mark, _)| self.is(mark))?;
        self.advance();
        Some(comparison.1)
    }

    /// Sums, of which the ends of ranges and the operands of comparisons are.
    pub(super) fn sum(&mut self) -> Result<Expression, Error> {
        self.chain(&[("+", Arithmetic::Add), ("-", Arithmetic::Subtract)], |tokens| {
            tokens.chain(&[("*", Arithmetic::Multiply), ("/", Arithmetic::Divide)], |tokens| {
                tokens.chain(&[("**", Arithmetic::Power)], Self::signed)
            })
        })
    }

    fn chain(
        &mut self,
        operators: &[(&str, Arithmetic)],
        operand: impl Fn(&mut Self) -> Result<Expression, Error>,
    ) -> Result<Expression, Error> {
        let first = operand(self)?;
        let mut rest = Vec::new();
        while let Some((_, operator)) = operators.iter().find(|(mark, _)| self.is(mark)) {
            self.advance();
            rest.push((*operator, operand(self)?));
        }
        let Some((_, last)) = rest.last() else {
            return Ok(first);
        };
        let span = first.span.to(last.span);
        let mut depths = vec![first.depth];
        depths.extend(rest.iter().map(|(_, term)| term.depth));
        self.made(span, Syntax::Chain(Box::new(first), rest), &depths)
    }

    fn signed(&mut self) -> Result<Expression, Error> {
        let Some(minus) = self.take("-") else {
            return self.postfixed();
        };
        let operand = self.deeper(Self::signed)?;
        let (span, depth) = (minus.to(operand.span), operand.depth);
        self.made(span, Syntax::Negate(Box::new(operand)), &[depth])
    }

    /// What stands between operators, with paths, filters and types behind it.
    fn postfixed(&mut self) -> Result<Expression, Error> {
        let mut of = self.primary()?;
        loop {
            if self.take(".").is_some() {
                let word = self.property()?;
                let (span, depth) = (of.span.to(word.span), of.depth);
                of = self.made(span, Syntax::Path(Box::new(of), word), &[depth])?;
            } else if self.is("[") && !self.closes_range() {
                self.advance();
                let condition = self.expression()?;
                let span = of.span.to(self.expect("]")?);
                let depths = [of.depth, condition.depth];
                let is = Syntax::Filter(Box::new(of), Box::new(condition));
                of = self.made(span, is, &depths)?;
            } else if self.is("instance") && self.is_ahead(1, "of") {
                self.advance();
                self.advance();
                let (named, end) = self.type_name()?;
                let (span, depth) = (of.span.to(end), of.depth);
                of = self.made(span, Syntax::InstanceOf(Box::new(of), named), &[depth])?;
            } else {
                return Ok(of);
            }
        }
    }
}

/// From the first to the last of these.
pub(super) fn ends(terms: &[Expression]) -> crate::source::Span {
    match (terms.first(), terms.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => crate::source::Span::default(),
    }
}
