//! What runs through lists: `for`, `some`, `every`, and functions of elements.

use crate::check::{Checker, Typed};
use crate::error::Kind;
use crate::syntax::{Expression, Iterator, Quantifier, Syntax, Word};
use crate::types::Type;
use stele_formula_program::node::Node;
use stele_formula_program::operand::{NodeId, Slot};

impl Checker<'_> {
    pub(super) fn iteration(&mut self, iterators: &[Iterator], body: &Expression) -> Option<Typed> {
        self.through(
            iterators,
            &mut |checker| checker.check(body),
            &|checker, list, slot, inner, last| {
                let node = if last {
                    Node::Each { list, slot, body: inner.node }
                } else {
                    Node::EachFlat { list, slot, body: inner.node }
                };
                let of = if last { inner.of.list() } else { inner.of };
                checker.node(node, of)
            },
        )
    }

    pub(super) fn quantified(
        &mut self,
        quantifier: Quantifier,
        iterators: &[Iterator],
        condition: &Expression,
    ) -> Option<Typed> {
        let mut check = |checker: &mut Self| {
            let node = checker.boolean(condition)?;
            Some(checker.made(node, Type::Boolean))
        };
        self.through(iterators, &mut check, &|checker, list, slot, inner, _| {
            let condition = inner.node;
            let node = match quantifier {
                Quantifier::Some => Node::Some { list, slot, condition },
                Quantifier::Every => Node::Every { list, slot, condition },
            };
            checker.node(node, Type::Boolean)
        })
    }

    /// One loop within the other, each over its list; `make` makes a loop around what is within.
    fn through(
        &mut self,
        iterators: &[Iterator],
        body: &mut dyn FnMut(&mut Self) -> Option<Typed>,
        make: &dyn Fn(&mut Self, NodeId, Slot, Typed, bool) -> Typed,
    ) -> Option<Typed> {
        let Some((first, rest)) = iterators.split_first() else {
            return body(self);
        };
        let list = self.iterated(first);
        let slot = self.builder.slot();
        // The body is checked although the list is wrong: its own errors are reported, too, but not
        // what follows from not knowing the type.
        let (list, element) = match list {
            Some((list, element)) => (Some(list), element),
            None => return None,
        };
        self.scope.bind(&first.name.text, slot, element);
        let inner = self.through(rest, body, make);
        self.scope.unbind();
        let (list, inner) = (list?, inner?);
        Some(make(self, list, slot, inner, rest.is_empty()))
    }

    /// The list that an iterator runs through, and the type of its elements.
    fn iterated(&mut self, iterator: &Iterator) -> Option<(NodeId, Type)> {
        let from = &iterator.from;
        if let Some(to) = &iterator.to {
            return self.sequence(from, to);
        }
        if let Syntax::Range(Some(low), Some(high), bounds) = &from.is {
            if bounds.low && bounds.high {
                return self.sequence(low, high);
            }
            return self.error(
                Kind::Outside,
                from.span,
                "a range with both ends",
                "a loop over an open range",
            );
        }
        let typed = self.value(from)?;
        match &typed.of {
            Type::Range(_) => {
                self.error(Kind::Type, from.span, "a list, or `from..to`", typed.of.to_string())
            }
            _ => Some(self.as_list(typed)),
        }
    }

    fn sequence(&mut self, from: &Expression, to: &Expression) -> Option<(NodeId, Type)> {
        let (first, last) = (self.value(from), self.value(to));
        let (first, last) = (first?, last?);
        let counted = |of: &Type| matches!(of, Type::Number(_) | Type::Date);
        if !counted(&first.of) || !first.of.comparable(&last.of) {
            let found = format!("{} to {}", first.of, last.of);
            return self.error(Kind::Type, from.span.to(to.span), "whole numbers or days", found);
        }
        let of = first.of.either(&last.of);
        let node = self.builder.node(Node::Sequence { from: first.node, to: last.node });
        Some((node, of))
    }

    /// The body of a function of elements, with its parameters.
    pub(super) fn of_elements(
        &mut self,
        function: &Expression,
        types: &[Type],
    ) -> Option<(Vec<Slot>, NodeId)> {
        let Syntax::Function(parameters, body) = &function.is else {
            let typed = self.check(function)?;
            return self.error(Kind::Type, function.span, "a function", typed.of.to_string());
        };
        if parameters.len() != types.len() {
            let expected = format!("a function of {} parameters", types.len());
            let found = format!("one of {}", parameters.len());
            return self.error(Kind::Arguments, function.span, expected, found);
        }
        let slots: Vec<Slot> = types.iter().map(|_| self.builder.slot()).collect();
        let bind = |checker: &mut Self, parameter: &Word, slot: &Slot, of: &Type| {
            checker.scope.bind(&parameter.text, *slot, of.clone());
        };
        for ((parameter, slot), of) in parameters.iter().zip(&slots).zip(types) {
            bind(self, parameter, slot, of);
        }
        let node = self.boolean(body);
        parameters.iter().for_each(|_| self.scope.unbind());
        Some((slots, node?))
    }
}
