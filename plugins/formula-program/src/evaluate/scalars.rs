//! Nodes that are numbers, or true and false: most of a payroll's, and the way that is short for them.

use crate::evaluate::run::{Evaluated, Run};
use crate::inputs::Inputs;
use crate::node::Node;
use crate::number;
use crate::operand::NodeId;
use crate::value::Value;
use core::cmp::Ordering;
use rust_decimal::Decimal;

impl<'v, P: Inputs<'v>, F: Inputs<'v>> Run<'v, '_, P, F> {
    #[inline]
    pub(crate) fn node(&self, node: NodeId) -> Evaluated<Node> {
        match self.program.nodes.get(node.index()) {
            Some(node) => Ok(*node),
            None => Err(self.fault("no such node", &[])),
        }
    }

    /// The value of a node that is a number.
    pub(crate) fn number(&mut self, id: NodeId) -> Evaluated<Decimal> {
        Ok(match self.node(id)? {
            Node::Add { a, b } => {
                let (a, b) = (self.number(a)?, self.number(b)?);
                number::add(a, b).map_err(|why| self.at(id, self.no_number(why, "+", a, b)))?
            }
            Node::Subtract { a, b } => {
                let (a, b) = (self.number(a)?, self.number(b)?);
                number::subtract(a, b).map_err(|why| self.at(id, self.no_number(why, "-", a, b)))?
            }
            Node::Multiply { a, b } => {
                let (a, b) = (self.number(a)?, self.number(b)?);
                number::multiply(a, b).map_err(|why| self.at(id, self.no_number(why, "*", a, b)))?
            }
            Node::Divide { a, b } => {
                let (a, b) = (self.number(a)?, self.number(b)?);
                number::divide(a, b).map_err(|why| self.at(id, self.no_number(why, "/", a, b)))?
            }
            Node::Power { a, b } => {
                let (a, b) = (self.number(a)?, self.number(b)?);
                number::power(a, b).map_err(|why| self.at(id, self.no_number(why, "**", a, b)))?
            }
            Node::Negate { a } => {
                let a = self.number(a)?;
                if a.is_zero() { a } else { -a }
            }
            Node::Sum { terms } => {
                let mut sum = Decimal::ZERO;
                for term in terms.of(&self.program.operands) {
                    let term = self.number(NodeId(*term))?;
                    sum = number::add(sum, term)
                        .map_err(|why| self.at(id, self.no_number(why, "+", sum, term)))?;
                }
                sum
            }
            Node::Choose { a, b, c } => {
                let first = self.boolean(a)?;
                self.facts.chose(id, first);
                self.number(if first { b } else { c })?
            }
            Node::Tax { amount, rows, limits, limit, rate, method, other } => {
                let tax = self.tax(amount, rows, limits, limit, rate, method, other);
                tax.map_err(|fault| self.at(id, fault))?
            }
            _ => match self.value(id)? {
                Value::Number(number) => number,
                other => {
                    let fault = self.fault("a number is needed and there is none", &[&other]);
                    return Err(self.at(id, fault));
                }
            },
        })
    }

    /// The value of a node that is true or false.
    pub(crate) fn boolean(&mut self, id: NodeId) -> Evaluated<bool> {
        Ok(match self.node(id)? {
            Node::Equal { a, b } => {
                let (a, b) = (self.value(a)?, self.value(b)?);
                self.equal(&a, &b).map_err(|fault| self.at(id, fault))?
            }
            Node::Unequal { a, b } => {
                let (a, b) = (self.value(a)?, self.value(b)?);
                !self.equal(&a, &b).map_err(|fault| self.at(id, fault))?
            }
            Node::Less { a, b } => {
                let (a, b) = (self.value(a)?, self.value(b)?);
                self.order(&a, &b).map_err(|fault| self.at(id, fault))? == Ordering::Less
            }
            Node::LessOrEqual { a, b } => {
                let (a, b) = (self.value(a)?, self.value(b)?);
                self.order(&a, &b).map_err(|fault| self.at(id, fault))? != Ordering::Greater
            }
            Node::And { terms } => {
                for term in terms.of(&self.program.operands) {
                    if !self.boolean(NodeId(*term))? {
                        return Ok(false);
                    }
                }
                true
            }
            Node::Or { terms } => {
                for term in terms.of(&self.program.operands) {
                    if self.boolean(NodeId(*term))? {
                        return Ok(true);
                    }
                }
                false
            }
            Node::Not { a } => !self.boolean(a)?,
            Node::IsNone { a } => self.value(a)?.is_none(),
            Node::In { a, b } => {
                let (a, b) = (self.value(a)?, self.value(b)?);
                self.is_in(&a, &b).map_err(|fault| self.at(id, fault))?
            }
            Node::Some { list, slot, condition } => {
                let list = self.value(list)?;
                for place in 0..self.length(&list) {
                    if self.holds(&list, place, slot, condition)? {
                        self.took(&self.element(&list, place)?);
                        return Ok(true);
                    }
                }
                false
            }
            Node::Every { list, slot, condition } => {
                let list = self.value(list)?;
                for place in 0..self.length(&list) {
                    let holds = self.holds(&list, place, slot, condition)?;
                    self.took(&self.element(&list, place)?);
                    if !holds {
                        return Ok(false);
                    }
                }
                true
            }
            _ => match self.value(id)? {
                Value::Boolean(value) => value,
                other => {
                    return Err(self.fault("true or false is needed and there is none", &[&other]));
                }
            },
        })
    }
}
