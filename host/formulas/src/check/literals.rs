//! Literals: numbers, dates, lists, contexts.

use crate::check::{Checker, Typed};
use crate::error::Kind;
use crate::source::Span;
use crate::syntax::{Expression, Word};
use crate::types::Type;
use stele_formula_program::node::Node;
use stele_formula_program::parse::{self, AnyDuration};
use stele_formula_program::value::Value;

impl Checker<'_> {
    pub(super) fn number_literal(&mut self, span: Span) -> Option<Typed> {
        let text = span.of(self.text);
        match parse::number(text) {
            Some(number) => {
                let node = self.builder.constant(Value::Number(number));
                Some(self.made(node, Type::WRITTEN))
            }
            None => self.error(
                Kind::Literal,
                span,
                "a number of at most 28 digits",
                format!("`{}`", crate::parser::shortened(text)),
            ),
        }
    }

    /// A date, a moment, a time or a duration in quotes.
    pub(super) fn at_literal(&mut self, text: &str, span: Span) -> Option<Typed> {
        match at(text) {
            Some((value, of)) => {
                let node = self.builder.constant(value);
                Some(self.made(node, of))
            }
            None => self.no_such(text, span),
        }
    }

    /// The duration of a text that is written in the formula.
    pub(super) fn duration_literal(&mut self, text: &str, span: Span) -> Option<Typed> {
        match parse::duration(text).map(duration) {
            Some((value, of)) => {
                let node = self.builder.constant(value);
                Some(self.made(node, of))
            }
            None => self.no_such(text, span),
        }
    }

    fn no_such(&mut self, text: &str, span: Span) -> Option<Typed> {
        if text.contains('@') {
            let expected = "an offset such as `+08:00`: what time it is in a named zone changes";
            return self.error(Kind::Outside, span, expected, "a named time zone");
        }
        let expected =
            "a date, a time or a duration, as in `2026-12-31`, `08:30:00`, `P1Y6M`, `PT8H`";
        self.error(Kind::Literal, span, expected, format!("`{}`", crate::parser::shortened(text)))
    }

    pub(super) fn list(&mut self, elements: &[Expression]) -> Option<Typed> {
        let typed: Vec<Option<Typed>> =
            elements.iter().map(|element| self.check(element)).collect();
        let typed: Vec<Typed> = typed.into_iter().collect::<Option<_>>()?;
        // The type of the elements of no elements is whatever is needed.
        let of = typed
            .iter()
            .map(|element| element.of.clone())
            .reduce(|one, other| one.either(&other))
            .unwrap_or(Type::Null);
        let nodes: Vec<_> = typed.iter().map(|element| element.node).collect();
        let elements = self.builder.operands(&nodes);
        Some(self.node(Node::List { elements }, of.list()))
    }

    pub(super) fn context(&mut self, entries: &[(Word, Expression)]) -> Option<Typed> {
        let mut types: Vec<(String, Type)> = Vec::new();
        let mut parts = Vec::new();
        let mut complete = true;
        for (name, value) in entries {
            if types.iter().any(|(other, _)| *other == name.text) {
                complete = false;
                self.error::<()>(Kind::Duplicate, name.span, "", format!("`{}`", name.text));
            }
            let slot = self.builder.slot();
            let of = match self.check(value) {
                Some(typed) => {
                    parts.push((self.builder.text_id(&name.text), slot, typed.node));
                    typed.of
                }
                None => {
                    complete = false;
                    Type::Any
                }
            };
            self.scope.bind(&name.text, slot, of.clone());
            types.push((name.text.clone(), of));
        }
        entries.iter().for_each(|_| self.scope.unbind());
        if !complete {
            return None;
        }
        let entries = self.builder.entries(&parts);
        Some(self.node(Node::Context { entries }, Type::Context(types.into())))
    }
}

/// A date, a moment, a time or a duration.
fn at(text: &str) -> Option<(Value<'static>, Type)> {
    if let Some(date) = parse::date(text) {
        return Some((Value::Date(date), Type::Date));
    }
    if let Some(found) = parse::duration(text) {
        return Some(duration(found));
    }
    if text.contains('T') {
        return parse::moment(text).map(|moment| (Value::Moment(moment), Type::Moment));
    }
    parse::time(text).map(|time| (Value::Time(time), Type::Time))
}

fn duration(of: AnyDuration) -> (Value<'static>, Type) {
    match of {
        AnyDuration::Months(months) => (Value::Months(months), Type::Months),
        AnyDuration::Time(duration) => (Value::Duration(duration), Type::Duration),
    }
}
