//! An expression from its tree to nodes: names, types, and everything that is wrong at once.
//!
//! `operators` has arithmetic, comparison and logic, `access` paths and filters, `tests` ranges and
//! `in`, `loops` what runs through lists, `calls` and `special` functions, `kinds` the types behind
//! `instance of`. `scope` knows the names and what is known not to be missing,
//! `sources` where nodes stand in the texts.

mod access;
mod calls;
mod kinds;
mod literals;
mod loops;
mod operators;
pub(crate) mod scope;
pub(crate) mod sources;
mod special;
mod tables;
mod tests;

use crate::builder::Builder;
use crate::error::{Error, Kind, nearest};
use crate::limits::{LARGEST_TYPE, MOST_ERRORS};
use crate::source::Span;
use crate::syntax::{Expression, Syntax};
use crate::types::{Quantity, Type};
use scope::Scope;
use sources::Sources;
use std::collections::HashMap;
use stele_formula_program::node::Node;
use stele_formula_program::operand::{FunctionId, NodeId};
use stele_formula_program::value::Value;

/// An expression that was checked.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Typed {
    pub(crate) node: NodeId,
    pub(crate) of: Type,
}

/// Checks expressions of one text.
pub(crate) struct Checker<'c> {
    pub(crate) text: &'c str,
    pub(crate) builder: &'c mut Builder,
    pub(crate) scope: Scope<'c>,
    pub(crate) own_functions: &'c OwnFunctions,
    pub(crate) errors: &'c mut Vec<Error>,
    pub(crate) sources: &'c mut Sources,
}

/// A function of the document's own.
#[derive(Clone, Debug)]
pub(crate) struct OwnFunction {
    pub(crate) id: FunctionId,
    pub(crate) parameters: Vec<Type>,
    pub(crate) result: Type,
}

/// The document's own functions by name.
pub(crate) type OwnFunctions = HashMap<String, OwnFunction>;

impl Checker<'_> {
    /// The nodes and the type of an expression; none where an error was reported.
    pub(crate) fn check(&mut self, expression: &Expression) -> Option<Typed> {
        let typed = self.checked(expression)?;
        if !typed.of.is_at_most(LARGEST_TYPE) {
            let expected = "lists and contexts of fewer parts";
            return self.error(Kind::TooLarge, expression.span, expected, "the type of this");
        }
        self.sources.record(typed.node, expression.span);
        Some(typed)
    }

    fn checked(&mut self, expression: &Expression) -> Option<Typed> {
        let span = expression.span;
        match &expression.is {
            Syntax::Number => self.number_literal(span),
            Syntax::Text(text) => {
                let node = self.builder.text(text);
                Some(self.made(node, Type::Text))
            }
            Syntax::Boolean(value) => {
                let node = self.builder.constant(Value::Boolean(*value));
                Some(self.made(node, Type::Boolean))
            }
            Syntax::Null => {
                let node = self.builder.constant(Value::None);
                Some(self.made(node, Type::Null))
            }
            Syntax::At(text) => self.at_literal(text, span),
            Syntax::Name(name) => self.name(name, span),
            Syntax::Negate(operand) => self.negation(operand),
            Syntax::Chain(first, rest) => self.chain(first, rest),
            Syntax::All(logic, terms) => self.all(*logic, terms),
            Syntax::Compare(comparison, a, b) => self.comparison(*comparison, a, b),
            Syntax::Between(of, low, high) => self.between(of, low, high),
            Syntax::In(of, tests) => self.is_in(of, tests),
            Syntax::InstanceOf(of, named) => self.instance_of(of, named),
            Syntax::If(condition, then, other) => self.choice(condition, then, other),
            Syntax::List(elements) => self.list(elements),
            Syntax::Context(entries) => self.context(entries),
            Syntax::Range(low, high, bounds) => {
                self.range(low.as_deref(), high.as_deref(), *bounds, span)
            }
            Syntax::Filter(of, condition) => self.filter(of, condition),
            Syntax::Path(of, word) => self.path(expression, of, word),
            Syntax::Call(name, arguments) => self.call(name, arguments, span),
            Syntax::For(iterators, body) => self.iteration(iterators, body),
            Syntax::Quantified(quantifier, iterators, condition) => {
                self.quantified(*quantifier, iterators, condition)
            }
            Syntax::Function(..) => {
                let node = self.builder.constant(Value::None);
                Some(self.made(node, Type::Function))
            }
        }
    }

    #[allow(clippy::unused_self, reason = "reads as a step of the check")]
    pub(crate) fn made(&self, node: NodeId, of: Type) -> Typed {
        Typed { node, of }
    }

    pub(crate) fn node(&mut self, node: Node, of: Type) -> Typed {
        Typed { node: self.builder.node(node), of }
    }

    /// Reports an error.
    pub(crate) fn error<T>(
        &mut self,
        kind: Kind,
        span: Span,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Option<T> {
        self.report(Error::new(kind, span, expected, found))
    }

    pub(crate) fn report<T>(&mut self, error: Error) -> Option<T> {
        if self.errors.len() < MOST_ERRORS {
            self.errors.push(error);
        }
        None
    }

    /// The same value, which is used now: what was looked for must have been found, and what may be
    /// missing must have been dealt with.
    pub(crate) fn present(&mut self, typed: Typed, span: Span) -> Option<Typed> {
        match typed.of {
            Type::Found(inner) => {
                let node = self.builder.node(Node::Required { a: typed.node });
                self.sources.record(node, span);
                Some(self.made(node, (*inner).clone()))
            }
            Type::Optional(inner) => self.error(
                Kind::MayBeMissing,
                span,
                format!(
                    "{inner}: deal with it by `if … = null then … else …` or `get or else(…, …)`"
                ),
                format!("`{}`", crate::parser::shortened(span.of(self.text))),
            ),
            Type::Null => self.error(Kind::MayBeMissing, span, "a value", "`null`"),
            of => Some(Typed { node: typed.node, of }),
        }
    }

    /// An expression whose value is used.
    pub(crate) fn value(&mut self, expression: &Expression) -> Option<Typed> {
        let typed = self.check(expression)?;
        self.present(typed, expression.span)
    }

    /// An expression that is a number.
    pub(crate) fn number(&mut self, expression: &Expression) -> Option<(NodeId, Quantity)> {
        let typed = self.value(expression)?;
        match typed.of {
            Type::Number(quantity) => Some((typed.node, quantity)),
            other => self.error(Kind::Type, expression.span, "a number", other.to_string()),
        }
    }

    /// An expression that is true or false.
    pub(crate) fn boolean(&mut self, expression: &Expression) -> Option<NodeId> {
        let typed = self.value(expression)?;
        match typed.of {
            Type::Boolean => Some(typed.node),
            other => self.error(Kind::Type, expression.span, "true or false", other.to_string()),
        }
    }

    fn name(&mut self, name: &str, span: Span) -> Option<Typed> {
        if let Some(typed) = self.scope.find(name, self.builder) {
            return Some(typed);
        }
        let names: Vec<String> = self.scope.names();
        let near = nearest(name, names.iter().map(String::as_str)).map(str::to_owned);
        self.report(Error::new(Kind::UnknownName, span, "", name).near(near.as_deref()))
    }
}
