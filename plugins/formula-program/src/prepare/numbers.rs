//! Which operation computes a node that is a number, or compares numbers.

use crate::function::Function;
use crate::node::{Node, Rounding};
use crate::operand::{NodeId, Operands};
use crate::prepare::Plan;
use crate::prepare::operation::Operation;
use crate::program::Program;
use rust_decimal::Decimal;

impl<'a> Plan<'a> {
    pub(super) fn of_numbers(&self, node: Node, program: &Program<'a>) -> Operation {
        match node {
            Node::Add { a, b } => Operation::Add { a, b },
            Node::Subtract { a, b } => Operation::Subtract { a, b },
            Node::Multiply { a, b } => Operation::Multiply { a, b },
            Node::Divide { a, b } => Operation::Divide { a, b },
            Node::Negate { a } => Operation::Negate { a },
            Node::Sum { terms } => Operation::Sum { terms },
            Node::Choose { a, b, c } if self.is_number(b) && self.is_number(c) => {
                Operation::ChooseNumber { condition: a, then: b, other: c }
            }
            Node::Default { a, b } if self.is_number(b) => match program.nodes.get(a.index()) {
                Some(Node::Fact { fact }) => Operation::FactOr { fact: *fact, other: b },
                _ => Operation::AsWritten,
            },
            Node::Less { a, b } if self.is_number(a) || self.is_number(b) => {
                Operation::LessNumber { a, b }
            }
            Node::LessOrEqual { a, b } if self.is_number(a) || self.is_number(b) => {
                Operation::LessOrEqualNumber { a, b }
            }
            Node::Call { function, arguments } => {
                let operands = arguments.of(&program.operands);
                self.of_call(function, operands, program).unwrap_or(Operation::AsWritten)
            }
            Node::Power { .. } | Node::Tax { .. } => Operation::NumberAsWritten,
            _ => Operation::AsWritten,
        }
    }

    fn of_call(
        &self,
        function: Function,
        arguments: &[u32],
        program: &Program<'a>,
    ) -> Option<Operation> {
        let argument = |place: usize| arguments.get(place).copied().map(NodeId);
        let a = argument(0)?;
        let to_multiple = |direction| {
            let multiple = argument(1)?;
            Some(Operation::RoundedToMultiple { a, multiple, direction })
        };
        match function {
            Function::Decimal => self.rounded(a, argument(1), Rounding::HalfEven),
            Function::Floor => self.rounded(a, argument(1), Rounding::Floor),
            Function::Ceiling => self.rounded(a, argument(1), Rounding::Ceiling),
            Function::RoundUp => self.rounded(a, argument(1), Rounding::Up),
            Function::RoundDown => self.rounded(a, argument(1), Rounding::Down),
            Function::RoundHalfUp => self.rounded(a, argument(1), Rounding::HalfUp),
            Function::RoundHalfDown => self.rounded(a, argument(1), Rounding::HalfDown),
            Function::RoundUpToMultiple => to_multiple(Rounding::Up),
            Function::RoundDownToMultiple => to_multiple(Rounding::Down),
            Function::RoundHalfUpToMultiple => to_multiple(Rounding::HalfUp),
            Function::RoundHalfDownToMultiple => to_multiple(Rounding::HalfDown),
            Function::RoundHalfEvenToMultiple => to_multiple(Rounding::HalfEven),
            Function::Clamp => {
                let (lowest, highest) = (argument(1)?, argument(2)?);
                Some(Operation::Clamp { a, lowest, highest })
            }
            Function::Min => Some(Operation::Least { of: self.numbers(a, program)? }),
            Function::Max => Some(Operation::Greatest { of: self.numbers(a, program)? }),
            Function::SumOf => Some(Operation::Sum { terms: self.numbers(a, program)? }),
            _ => None,
        }
    }

    /// A rounding to a number of decimals that is known.
    fn rounded(&self, a: NodeId, scale: Option<NodeId>, direction: Rounding) -> Option<Operation> {
        let scale = match scale.map(|scale| self.operation(scale)) {
            None => Decimal::ZERO,
            Some(Some(Operation::Number(place))) => self.number(place),
            Some(Some(Operation::Value(place))) if self.value(place).is_none() => Decimal::ZERO,
            Some(_) => return None,
        };
        let decimals = u8::try_from(crate::number::truncated(scale)?).ok()?;
        if u32::from(decimals) > Decimal::MAX_SCALE {
            return None;
        }
        Some(match self.operation(a) {
            Some(Operation::Multiply { a: x, b: y }) => {
                Operation::RoundedProduct { a: x, b: y, product: a, decimals, direction }
            }
            _ => Operation::Rounded { a, decimals, direction },
        })
    }

    /// The elements of a list that is written down and of numbers: one is surely a number, and all
    /// are of one kind.
    fn numbers(&self, list: NodeId, program: &Program<'a>) -> Option<Operands> {
        let Some(Node::List { elements }) = program.nodes.get(list.index()) else { return None };
        let all = elements.of(&program.operands);
        all.iter().any(|element| self.is_number(NodeId(*element))).then_some(*elements)
    }
}
