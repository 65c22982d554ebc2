//! Arithmetic, comparison, logic and `if`.

use crate::check::{Checker, Typed};
use crate::error::{Error, Kind, nearest};
use crate::source::Span;
use crate::syntax::{Arithmetic, Comparison, Expression, Logic, Syntax};
use crate::types::{Quantity, Type};
use stele_formula_program::node::Node;
use stele_formula_program::operand::NodeId;

/// Most operators of one level that are nested operations.
const NESTED: usize = 32;

impl Checker<'_> {
    pub(super) fn negation(&mut self, operand: &Expression) -> Option<Typed> {
        let typed = self.value(operand)?;
        let a = typed.node;
        match typed.of {
            Type::Number(_) => Some(self.node(Node::Negate { a }, typed.of)),
            Type::Months | Type::Duration => Some(self.node(Node::Opposite { a }, typed.of)),
            other => {
                self.error(Kind::Type, operand.span, "a number or a duration", other.to_string())
            }
        }
    }

    pub(super) fn chain(
        &mut self,
        first: &Expression,
        rest: &[(Arithmetic, Expression)],
    ) -> Option<Typed> {
        let summed = rest.iter().all(|(operator, _)| is_sum(*operator));
        let typed: Vec<Option<Typed>> = std::iter::once(first)
            .chain(rest.iter().map(|(_, operand)| operand))
            .map(|operand| self.value(operand))
            .collect();
        let typed: Vec<Typed> = typed.into_iter().collect::<Option<_>>()?;
        if summed && typed.iter().all(|typed| matches!(typed.of, Type::Number(_))) {
            return self.sum(&typed, rest, first.span);
        }
        if rest.len() > NESTED {
            let span = rest.last().map_or(first.span, |(_, last)| first.span.to(last.span));
            let expected = format!("at most {NESTED} of them; give a part of it a name of its own");
            return self.error(Kind::TooLarge, span, expected, "the number of operators");
        }
        let mut typed = typed.into_iter();
        let mut left = typed.next()?;
        let mut span = first.span;
        for ((operator, operand), right) in rest.iter().zip(typed) {
            span = span.to(operand.span);
            left = self.arithmetic(*operator, &left, &right, operand.span, span)?;
        }
        Some(left)
    }

    /// A sum of numbers: of few terms as operations of their own, which are faster; of many as one
    /// list, which does not nest.
    fn sum(
        &mut self,
        typed: &[Typed],
        rest: &[(Arithmetic, Expression)],
        start: Span,
    ) -> Option<Typed> {
        let quantity = |typed: &Typed| match typed.of {
            Type::Number(quantity) => quantity,
            _ => Quantity::Plain,
        };
        let (first, others) = typed.split_first()?;
        let mut of = quantity(first);
        for (right, (_, operand)) in others.iter().zip(rest) {
            of = self.sum_of(of, quantity(right), operand.span)?;
        }
        let mut node = first.node;
        if rest.len() <= NESTED {
            for (right, (operator, operand)) in others.iter().zip(rest) {
                let (a, b) = (node, right.node);
                node = self.builder.node(match operator {
                    Arithmetic::Subtract => Node::Subtract { a, b },
                    _ => Node::Add { a, b },
                });
                self.sources.record(node, start.to(operand.span));
            }
        } else {
            let mut terms = vec![node];
            for (right, (operator, _)) in others.iter().zip(rest) {
                terms.push(match operator {
                    Arithmetic::Subtract => self.builder.node(Node::Negate { a: right.node }),
                    _ => right.node,
                });
            }
            let terms = self.builder.operands(&terms);
            node = self.builder.node(Node::Sum { terms });
        }
        Some(self.made(node, Type::Number(of)))
    }

    fn sum_of(&mut self, a: Quantity, b: Quantity, span: Span) -> Option<Quantity> {
        a.with(b).or_else(|| self.error(Kind::Unit, span, a.to_string(), b.to_string()))
    }

    fn arithmetic(
        &mut self,
        operator: Arithmetic,
        left: &Typed,
        right: &Typed,
        right_span: Span,
        span: Span,
    ) -> Option<Typed> {
        let (a, b) = (left.node, right.node);
        if let (Type::Number(x), Type::Number(y)) = (&left.of, &right.of) {
            let (node, of) = match operator {
                Arithmetic::Add => (Node::Add { a, b }, x.with(*y)),
                Arithmetic::Subtract => (Node::Subtract { a, b }, x.with(*y)),
                Arithmetic::Multiply => (Node::Multiply { a, b }, x.times(*y)),
                Arithmetic::Divide => (Node::Divide { a, b }, x.over(*y)),
                Arithmetic::Power => {
                    let plain = |of: &Quantity| {
                        matches!(of, Quantity::Written | Quantity::Plain | Quantity::Rate)
                    };
                    (Node::Power { a, b }, Some(*x).filter(|_| plain(x) && plain(y)))
                }
            };
            return match of {
                Some(of) => Some(self.written(node, Type::Number(of), span)),
                None => {
                    let expected = match operator {
                        Arithmetic::Multiply => format!("what {x} can be multiplied by"),
                        Arithmetic::Divide => format!("what {x} can be divided by"),
                        Arithmetic::Add | Arithmetic::Subtract => x.to_string(),
                        Arithmetic::Power => "plain numbers".to_owned(),
                    };
                    self.error(Kind::Unit, right_span, expected, y.to_string())
                }
            };
        }
        let (node, of) = match operator {
            Arithmetic::Add => (Node::Join { a, b }, joined(&left.of, &right.of)),
            Arithmetic::Subtract => (Node::Difference { a, b }, difference(&left.of, &right.of)),
            Arithmetic::Multiply => (Node::Scale { a, b }, scaled(&left.of, &right.of)),
            Arithmetic::Divide => (Node::Ratio { a, b }, ratio(&left.of, &right.of)),
            Arithmetic::Power => (Node::Power { a, b }, None),
        };
        match of {
            Some(of) => Some(self.written(node, of, span)),
            None => {
                let sign = match operator {
                    Arithmetic::Add => "+",
                    Arithmetic::Subtract => "-",
                    Arithmetic::Multiply => "*",
                    Arithmetic::Divide => "/",
                    Arithmetic::Power => "**",
                };
                let found = format!("{} {sign} {}", left.of, right.of);
                self.error(
                    Kind::Type,
                    span,
                    format!("operands of `{sign}` that go together"),
                    found,
                )
            }
        }
    }

    /// A node that stands here.
    fn written(&mut self, node: Node, of: Type, span: Span) -> Typed {
        let typed = self.node(node, of);
        self.sources.record(typed.node, span);
        typed
    }

    pub(super) fn all(&mut self, logic: Logic, terms: &[Expression]) -> Option<Typed> {
        let known = self.scope.known();
        let mut nodes = Vec::new();
        for term in terms {
            nodes.push(self.boolean(term));
            self.scope.learn(term, logic == Logic::And);
        }
        self.scope.forget(known);
        let nodes: Vec<NodeId> = nodes.into_iter().collect::<Option<_>>()?;
        let terms = self.builder.operands(&nodes);
        let node = match logic {
            Logic::And => Node::And { terms },
            Logic::Or => Node::Or { terms },
        };
        Some(self.node(node, Type::Boolean))
    }

    pub(super) fn choice(
        &mut self,
        condition: &Expression,
        then: &Expression,
        other: &Expression,
    ) -> Option<Typed> {
        let a = self.boolean(condition);
        let known = self.scope.known();
        self.scope.learn(condition, true);
        let b = self.check(then);
        self.scope.forget(known);
        self.scope.learn(condition, false);
        let c = self.check(other);
        self.scope.forget(known);
        let (a, b, c) = (a?, b?, c?);
        if let (Type::Number(x), Type::Number(y)) = (b.of.present(), c.of.present())
            && x.with(*y).is_none()
        {
            return self.error(Kind::Unit, other.span, x.to_string(), y.to_string());
        }
        let of = b.of.either(&c.of);
        if of == Type::Any && b.of != Type::Any && c.of != Type::Any {
            return self.error(Kind::Type, other.span, b.of.to_string(), c.of.to_string());
        }
        let chosen = self.node(Node::Choose { a, b: b.node, c: c.node }, of);
        self.sources.branch(chosen.node);
        Some(chosen)
    }

    pub(super) fn comparison(
        &mut self,
        comparison: Comparison,
        a: &Expression,
        b: &Expression,
    ) -> Option<Typed> {
        // In a filter a column goes before a fact of its name, so that this takes any row for the one
        // that is meant.
        if let (Syntax::Name(left), Syntax::Name(right)) = (&a.is, &b.is)
            && left == right
        {
            let expected = "two values (in a filter a column goes before a fact or figure of its name: \
                            give that another name)";
            let found = format!("`{left}` on both sides");
            return self.error(Kind::Type, a.span.to(b.span), expected, found);
        }
        let equality = matches!(comparison, Comparison::Equal | Comparison::Unequal);
        if equality {
            let (left, right) = (self.check(a), self.check(b));
            let (left, right) = (left?, right?);
            self.compared(comparison, (&left, a.span), (&right, b.span))
        } else {
            let (left, right) = (self.value(a), self.value(b));
            let (left, right) = (left?, right?);
            self.compared(comparison, (&left, a.span), (&right, b.span))
        }
    }

    /// A comparison of two checked expressions.
    pub(super) fn compared(
        &mut self,
        comparison: Comparison,
        (left, left_span): (&Typed, Span),
        (right, right_span): (&Typed, Span),
    ) -> Option<Typed> {
        let equality = matches!(comparison, Comparison::Equal | Comparison::Unequal);
        if !left.of.comparable(&right.of) {
            let numbers = matches!(
                (left.of.present(), right.of.present()),
                (Type::Number(_), Type::Number(_))
            );
            let kind = if numbers { Kind::Unit } else { Kind::Type };
            return self.error(kind, right_span, left.of.to_string(), right.of.to_string());
        }
        self.choice_name(&left.of, right, right_span)?;
        self.choice_name(&right.of, left, left_span)?;
        let in_order = left.of.ordered() && right.of.ordered();
        if !(equality || in_order) {
            let unordered = if left.of.ordered() { right } else { left };
            return self.error(
                Kind::Type,
                left_span.to(right_span),
                "values with an order",
                unordered.of.to_string(),
            );
        }
        let null = |of: &Type| *of == Type::Null;
        let (a, b) = (left.node, right.node);
        let node = match comparison {
            Comparison::Equal if null(&right.of) => Node::IsNone { a },
            Comparison::Equal if null(&left.of) => Node::IsNone { a: b },
            Comparison::Unequal if null(&right.of) || null(&left.of) => {
                let a = if null(&right.of) { a } else { b };
                Node::Not { a: self.builder.node(Node::IsNone { a }) }
            }
            Comparison::Equal => Node::Equal { a, b },
            Comparison::Unequal => Node::Unequal { a, b },
            Comparison::Less => Node::Less { a, b },
            Comparison::LessOrEqual => Node::LessOrEqual { a, b },
            Comparison::More => Node::Less { a: b, b: a },
            Comparison::MoreOrEqual => Node::LessOrEqual { a: b, b: a },
        };
        Some(self.node(node, Type::Boolean))
    }

    /// A text that is compared with a choice must be one of its names.
    fn choice_name(&mut self, of: &Type, other: &Typed, span: Span) -> Option<()> {
        let Type::Choice(choice) = of.present() else {
            return Some(());
        };
        let Some(text) = self.text_of(other.node) else {
            return Some(());
        };
        if choice.names.contains(&text) {
            return Some(());
        }
        let near = nearest(&text, choice.names.iter().map(String::as_str));
        let expected = of.present().to_string();
        self.report(Error::new(Kind::Type, span, expected, format!("`{text}`")).near(near))
    }

    /// The text of a node that is one of the formula itself.
    pub(super) fn text_of(&self, node: NodeId) -> Option<String> {
        match self.builder.program.nodes.get(node.index())? {
            Node::Constant { constant } => {
                self.builder.program.constants.get(constant.index())?.as_text().map(str::to_owned)
            }
            _ => None,
        }
    }

    pub(super) fn between(
        &mut self,
        of: &Expression,
        low: &Expression,
        high: &Expression,
    ) -> Option<Typed> {
        let (value, least, most) = (self.value(of), self.value(low), self.value(high));
        let (value, least, most) = (value?, least?, most?);
        let above = self.compared(Comparison::MoreOrEqual, (&value, of.span), (&least, low.span));
        let below = self.compared(Comparison::LessOrEqual, (&value, of.span), (&most, high.span));
        let terms = self.builder.operands(&[above?.node, below?.node]);
        Some(self.node(Node::And { terms }, Type::Boolean))
    }
}

fn is_sum(operator: Arithmetic) -> bool {
    matches!(operator, Arithmetic::Add | Arithmetic::Subtract)
}

/// Whether a text literal stands there.
pub(super) fn literal_text(expression: &Expression) -> Option<&str> {
    match &expression.is {
        Syntax::Text(text) => Some(text),
        _ => None,
    }
}

fn joined(a: &Type, b: &Type) -> Option<Type> {
    match (a, b) {
        (a, b) if a.is_text() && b.is_text() => Some(Type::Text),
        (Type::Months, Type::Months) => Some(Type::Months),
        (Type::Duration, Type::Duration) => Some(Type::Duration),
        (moved @ (Type::Date | Type::Moment), Type::Months | Type::Duration)
        | (Type::Months | Type::Duration, moved @ (Type::Date | Type::Moment)) => {
            Some(moved.clone())
        }
        (Type::Time, Type::Duration) | (Type::Duration, Type::Time) => Some(Type::Time),
        _ => None,
    }
}

fn difference(a: &Type, b: &Type) -> Option<Type> {
    match (a, b) {
        (Type::Months, Type::Months) => Some(Type::Months),
        (Type::Duration, Type::Duration)
        | (Type::Date | Type::Moment, Type::Date | Type::Moment)
        | (Type::Time, Type::Time) => Some(Type::Duration),
        (Type::Date | Type::Moment, Type::Months | Type::Duration) => Some(a.clone()),
        (Type::Time, Type::Duration) => Some(Type::Time),
        _ => None,
    }
}

fn scaled(a: &Type, b: &Type) -> Option<Type> {
    let plain = |of: &Type| {
        matches!(of, Type::Number(Quantity::Written | Quantity::Plain | Quantity::Rate))
    };
    match (a, b) {
        (Type::Months | Type::Duration, number) if plain(number) => Some(a.clone()),
        (number, Type::Months | Type::Duration) if plain(number) => Some(b.clone()),
        _ => None,
    }
}

fn ratio(a: &Type, b: &Type) -> Option<Type> {
    match (a, b) {
        (Type::Months, Type::Months) | (Type::Duration, Type::Duration) => Some(Type::PLAIN),
        (
            Type::Months | Type::Duration,
            Type::Number(Quantity::Written | Quantity::Plain | Quantity::Rate),
        ) => Some(a.clone()),
        _ => None,
    }
}
