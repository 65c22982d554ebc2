//! Nodes that are numbers, or true and false: most of a payroll's, and the way that is short for them.

use crate::evaluate::run::{Evaluated, Run};
use crate::fault::Fault;
use crate::inputs::Inputs;
use crate::node::Node;
use crate::number;
use crate::operand::{NodeId, Operands};
use crate::prepare::operation::Operation;
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
    #[inline]
    pub(crate) fn number(&mut self, id: NodeId) -> Evaluated<Decimal> {
        match self.plan.operation(id) {
            Some(Operation::Number(place)) => Ok(self.plan.number(place)),
            Some(Operation::NumberFigure(figure)) => match self.computed_number(figure) {
                Some(number) => Ok(number),
                None => self.operation_of_number(id),
            },
            _ => self.operation_of_number(id),
        }
    }

    fn operation_of_number(&mut self, id: NodeId) -> Evaluated<Decimal> {
        let Some(operation) = self.plan.operation(id) else {
            return Err(self.fault("no such node", &[]));
        };
        Ok(match operation {
            Operation::Add { a, b } => {
                let (a, b) = (self.number(a)?, self.number(b)?);
                number::add(a, b).map_err(|why| self.at(id, self.no_number(why, "+", a, b)))?
            }
            Operation::Subtract { a, b } => {
                let (a, b) = (self.number(a)?, self.number(b)?);
                number::subtract(a, b).map_err(|why| self.at(id, self.no_number(why, "-", a, b)))?
            }
            Operation::Multiply { a, b } => {
                let (a, b) = (self.number(a)?, self.number(b)?);
                number::multiply(a, b).map_err(|why| self.at(id, self.no_number(why, "*", a, b)))?
            }
            Operation::Divide { a, b } => {
                let (a, b) = (self.number(a)?, self.number(b)?);
                number::divide(a, b).map_err(|why| self.at(id, self.no_number(why, "/", a, b)))?
            }
            Operation::Negate { a } => {
                let a = self.number(a)?;
                if a.is_zero() { a } else { -a }
            }
            Operation::Sum { terms } => {
                let mut sum = Decimal::ZERO;
                for term in terms.of(&self.program.operands) {
                    let term = self.number(NodeId(*term))?;
                    sum = number::add(sum, term)
                        .map_err(|why| self.at(id, self.no_number(why, "+", sum, term)))?;
                }
                sum
            }
            Operation::Rounded { a, decimals, direction } => {
                number::round_to_decimals(self.number(a)?, u32::from(decimals), direction)
            }
            Operation::RoundedProduct { a, b, product, decimals, direction } => {
                let (a, b) = (self.number(a)?, self.number(b)?);
                match number::round_product(a, b, u32::from(decimals), direction) {
                    Ok(rounded) => rounded,
                    // The product says why there is none.
                    Err(_) => self.number(product)?,
                }
            }
            Operation::RoundedToMultiple { a, multiple, direction } => {
                let (a, multiple) = (self.number(a)?, self.number(multiple)?);
                number::round_to_multiple(a, multiple, direction)
                    .map_err(|why| self.no_number(why, "rounded to a multiple of", a, multiple))
                    .map_err(|fault| self.at(id, fault))?
            }
            Operation::Least { of } => self.extreme_number(of, Ordering::Less)?,
            Operation::Greatest { of } => self.extreme_number(of, Ordering::Greater)?,
            Operation::Clamp { a, lowest, highest } => {
                let a = self.number(a)?;
                let (lowest, highest) = (self.number(lowest)?, self.number(highest)?);
                self.clamped(a, lowest, highest).map_err(|fault| self.at(id, fault))?
            }
            Operation::ChooseNumber { condition, then, other } => {
                let first = self.boolean(condition)?;
                self.facts.chose(id, first);
                self.number(if first { then } else { other })?
            }
            Operation::FactOr { fact, other } => match self.facts.scalar(fact.0) {
                Value::Number(number) => number,
                Value::None => self.number(other)?,
                value => return Err(self.at(id, self.needs_number(&value))),
            },
            Operation::Fact(fact) => match self.facts.scalar(fact.0) {
                Value::Number(number) => number,
                value => return Err(self.at(id, self.needs_number(&value))),
            },
            Operation::NumberFigure(figure) | Operation::Figure(figure) => {
                self.compute(figure)?;
                match self.computed_number(figure) {
                    Some(number) => number,
                    None => {
                        let value = self.figure(figure)?;
                        return Err(self.at(id, self.needs_number(&value)));
                    }
                }
            }
            Operation::Number(place) => self.plan.number(place),
            Operation::AsWritten | Operation::NumberAsWritten => self.number_as_written(id)?,
            _ => match self.value(id)? {
                Value::Number(number) => number,
                other => return Err(self.at(id, self.needs_number(&other))),
            },
        })
    }

    #[cold]
    fn needs_number(&self, value: &Value<'v>) -> Box<Fault> {
        self.fault("a number is needed and there is none", &[value])
    }

    /// The least or the greatest of numbers.
    fn extreme_number(&mut self, of: Operands, wanted: Ordering) -> Evaluated<Decimal> {
        let mut best = None;
        for element in of.of(&self.program.operands) {
            let element = self.number(NodeId(*element))?;
            best = match best {
                Some(best) if element.cmp(&best) != wanted => Some(best),
                _ => Some(element),
            };
        }
        best.ok_or_else(|| self.fault("the list is empty", &[]))
    }

    /// The value of a node that is a number, as it says itself.
    pub(crate) fn number_as_written(&mut self, id: NodeId) -> Evaluated<Decimal> {
        Ok(match self.node(id)? {
            Node::Power { a, b } => {
                let (a, b) = (self.number(a)?, self.number(b)?);
                number::power(a, b).map_err(|why| self.at(id, self.no_number(why, "**", a, b)))?
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
            _ => match self.value_as_written(id)? {
                Value::Number(number) => number,
                other => return Err(self.at(id, self.needs_number(&other))),
            },
        })
    }

    /// The value of a node that is true or false.
    pub(crate) fn boolean(&mut self, id: NodeId) -> Evaluated<bool> {
        let Some(operation) = self.plan.operation(id) else {
            return Err(self.fault("no such node", &[]));
        };
        Ok(match operation {
            Operation::And { terms } => {
                for term in terms.of(&self.program.operands) {
                    if !self.boolean(NodeId(*term))? {
                        return Ok(false);
                    }
                }
                true
            }
            Operation::Or { terms } => {
                for term in terms.of(&self.program.operands) {
                    if self.boolean(NodeId(*term))? {
                        return Ok(true);
                    }
                }
                false
            }
            Operation::Not { a } => !self.boolean(a)?,
            Operation::IsNone { a } => self.value(a)?.is_none(),
            Operation::SameNumber { a, b } => self.number(a)? == self.number(b)?,
            Operation::OtherNumber { a, b } => self.number(a)? != self.number(b)?,
            Operation::LessNumber { a, b } => self.number(a)? < self.number(b)?,
            Operation::LessOrEqualNumber { a, b } => self.number(a)? <= self.number(b)?,
            Operation::IsChoice { choice, position } => self.is_choice(choice, position)?,
            Operation::IsOtherChoice { choice, position } => !self.is_choice(choice, position)?,
            Operation::SameChoice { a, b } => {
                let (a, b) = (self.value(a)?, self.value(b)?);
                self.equal(&a, &b).map_err(|fault| self.at(id, fault))?
            }
            Operation::AsWritten => self.boolean_as_written(id)?,
            _ => match self.value(id)? {
                Value::Boolean(value) => value,
                other => return Err(self.at(id, self.needs_boolean(&other))),
            },
        })
    }

    #[cold]
    fn needs_boolean(&self, value: &Value<'v>) -> Box<Fault> {
        self.fault("true or false is needed and there is none", &[value])
    }

    /// Whether a choice is the one at a position.
    fn is_choice(&mut self, choice: NodeId, position: u32) -> Evaluated<bool> {
        Ok(matches!(self.value(choice)?, Value::Choice(chosen) if chosen == position))
    }

    /// The value of a node that is true or false, as it says itself.
    pub(crate) fn boolean_as_written(&mut self, id: NodeId) -> Evaluated<bool> {
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
            _ => match self.value_as_written(id)? {
                Value::Boolean(value) => value,
                other => return Err(self.at(id, self.needs_boolean(&other))),
            },
        })
    }
}
