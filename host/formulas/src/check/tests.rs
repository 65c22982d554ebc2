//! Ranges, and tests behind `in`.

use crate::check::{Checker, Typed};
use crate::error::Kind;
use crate::source::Span;
use crate::syntax::{Bounds, Expression, Test};
use crate::types::Type;
use std::rc::Rc;
use stele_formula_program::node::Node;
use stele_formula_program::operand::NodeId;
use stele_formula_program::value::Value;

impl Checker<'_> {
    pub(super) fn range(
        &mut self,
        low: Option<&Expression>,
        high: Option<&Expression>,
        bounds: Bounds,
        span: Span,
    ) -> Option<Typed> {
        let open = self.builder.constant(Value::None);
        let end = |checker: &mut Self, end: Option<&Expression>| match end {
            Some(end) => checker.value(end).map(Some),
            None => Some(None),
        };
        let (low, high) = (end(self, low), end(self, high));
        let (low, high) = (low?, high?);
        let of = match (&low, &high) {
            (Some(low), Some(high)) => {
                if !low.of.comparable(&high.of) {
                    return self.error(Kind::Type, span, low.of.to_string(), high.of.to_string());
                }
                low.of.either(&high.of)
            }
            (Some(end), None) | (None, Some(end)) => end.of.clone(),
            (None, None) => Type::Any,
        };
        if !of.ordered() {
            return self.error(Kind::Type, span, "ends with an order", of.to_string());
        }
        let node = |end: &Option<Typed>| end.as_ref().map_or(open, |end| end.node);
        let bounds = u32::from(bounds.low) | (u32::from(bounds.high) << 1);
        let made = Node::Range { low: node(&low), high: node(&high), bounds };
        Some(self.node(made, Type::Range(Rc::new(of))))
    }

    pub(super) fn is_in(&mut self, of: &Expression, tests: &[Test]) -> Option<Typed> {
        let value = self.value(of)?;
        // The value is computed once, whatever is compared with it.
        let slot = self.builder.slot();
        let local = Typed { node: self.builder.node(Node::Local { slot }), of: value.of.clone() };
        let mut conditions: Vec<Option<NodeId>> = Vec::new();
        for test in tests {
            conditions.push(match test {
                Test::Compare(comparison, operand) => match self.check(operand) {
                    Some(operand_typed) => self
                        .compared(*comparison, (&local, of.span), (&operand_typed, operand.span))
                        .map(|typed| typed.node),
                    None => None,
                },
                Test::Value(tested) => self.tested(&local, of.span, tested),
            });
        }
        let conditions: Vec<NodeId> = conditions.into_iter().collect::<Option<_>>()?;
        let body = match conditions.as_slice() {
            [one] => *one,
            several => {
                let terms = self.builder.operands(several);
                self.builder.node(Node::Or { terms })
            }
        };
        Some(self.node(Node::Bind { slot, value: value.node, body }, Type::Boolean))
    }

    fn tested(&mut self, value: &Typed, value_span: Span, tested: &Expression) -> Option<NodeId> {
        let typed = self.check(tested)?;
        if typed.of == Type::Null {
            return self.error(Kind::Type, tested.span, "a value, a range or a list", "`null`");
        }
        if !may_hold(&typed.of, &value.of) {
            return self.error(
                Kind::Type,
                value_span.to(tested.span),
                format!("{}, or a range or a list of these", value.of),
                typed.of.to_string(),
            );
        }
        Some(self.builder.node(Node::In { a: value.node, b: typed.node }))
    }
}

/// Whether a value of one type may be in a value of another.
fn may_hold(holder: &Type, value: &Type) -> bool {
    match holder {
        Type::Any => false,
        Type::List(inner) => holder.comparable(value) || may_hold(inner, value),
        Type::Range(inner) => holder.comparable(value) || inner.comparable(value),
        Type::Optional(inner) | Type::Found(inner) => may_hold(inner, value),
        Type::Null => true,
        other => other.comparable(value),
    }
}
