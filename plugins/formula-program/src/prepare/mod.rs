//! What a program is with one set of parameters: an operation for each of its nodes, made once and
//! used for every evaluation.
//!
//! Parameters and what follows from them alone are known; what is surely a number is computed as one,
//! without a value of any kind between; choices are compared by their positions; rows are found by
//! halving, and the tax on full parts of a schedule is added up. An operation gives what the node means, and where it can not,
//! the node says why: a fault is worded in one place, and no result is different.

mod column;
mod known;
mod numbers;
pub(crate) mod operation;
mod schedule;
mod tables;

use crate::evaluate::run::During;
use crate::inputs::Inputs;
use crate::node::Node;
use crate::operand::{ConstantId, NodeId};
use crate::program::Program;
use crate::value::Value;
use operation::Operation;
use rust_decimal::Decimal;
use tables::Tables;

/// The operations of a program, and what they need.
#[derive(Default, Debug)]
pub(crate) struct Plan<'a> {
    /// One for each node.
    operations: Vec<Operation>,
    numbers: Vec<Decimal>,
    values: Vec<Value<'a>>,
    pub(crate) tables: Tables,
}

impl<'a> Plan<'a> {
    /// Of a program whose operands stand before what uses them.
    pub(crate) fn of<P, F>(program: &Program<'a>, parameters: &P, no_facts: &F) -> Self
    where
        P: Inputs<'a>,
        F: for<'v> Inputs<'v>,
    {
        let mut plan =
            Self { operations: Vec::with_capacity(program.nodes.len()), ..Self::default() };
        let during = During::new(parameters);
        for node in &program.nodes {
            let operation = plan.operation_of(*node, program, parameters);
            plan.operations.push(operation);
            if let Some(value) = plan.known(*node, program, &during, no_facts) {
                let known = plan.keep(value);
                if let Some(operation) = plan.operations.last_mut() {
                    *operation = known;
                }
            }
        }
        plan
    }

    #[inline]
    pub(crate) fn operation(&self, node: NodeId) -> Option<Operation> {
        self.operations.get(node.index()).copied()
    }

    #[inline]
    pub(crate) fn number(&self, place: u32) -> Decimal {
        self.numbers.get(place as usize).copied().unwrap_or_default()
    }

    #[inline]
    pub(crate) fn value(&self, place: u32) -> Value<'a> {
        self.values.get(place as usize).cloned().unwrap_or(Value::None)
    }

    fn keep(&mut self, value: Value<'a>) -> Operation {
        match value {
            Value::Number(number) => {
                self.numbers.push(number);
                Operation::Number(place(self.numbers.len()))
            }
            value => {
                self.values.push(value);
                Operation::Value(place(self.values.len()))
            }
        }
    }

    fn operation_of(
        &mut self,
        node: Node,
        program: &Program<'a>,
        parameters: &impl Inputs<'a>,
    ) -> Operation {
        self.tables.prepare(node, program, parameters);
        match node {
            Node::Constant { constant } => self.keep(constant_of(program, constant)),
            Node::Parameter { parameter } => self.keep(parameters.scalar(parameter.0)),
            Node::Fact { fact } => Operation::Fact(fact),
            Node::Local { slot } => Operation::Local(slot),
            Node::Cell { row, column } => Operation::Cell { row, column },
            Node::And { terms } => Operation::And { terms },
            Node::Or { terms } => Operation::Or { terms },
            Node::Not { a } => Operation::Not { a },
            Node::IsNone { a } => Operation::IsNone { a },
            Node::Figure { figure } => match program.figures.get(figure.index()) {
                Some(declared) if self.is_number(declared.node) => Operation::NumberFigure(figure),
                _ => Operation::Figure(figure),
            },
            Node::Equal { a, b } => self.equality(a, b, program, true),
            Node::Unequal { a, b } => self.equality(a, b, program, false),
            node => self.of_numbers(node, program),
        }
    }

    /// Whether two values are equal, or differ.
    fn equality(&self, a: NodeId, b: NodeId, program: &Program<'a>, equal: bool) -> Operation {
        if self.is_number(a) && self.is_number(b) {
            return match equal {
                true => Operation::SameNumber { a, b },
                false => Operation::OtherNumber { a, b },
            };
        }
        let choice = self.choice(a, b, program).or_else(|| self.choice(b, a, program));
        match choice {
            Some((choice, position)) if equal => Operation::IsChoice { choice, position },
            Some((choice, position)) => Operation::IsOtherChoice { choice, position },
            None => match (program.nodes.get(a.index()), program.nodes.get(b.index())) {
                // Names of the same list differ where their positions do.
                (
                    Some(Node::Named { choice, names }),
                    Some(Node::Named { choice: other, names: same }),
                ) if names == same && equal => Operation::SameChoice { a: *choice, b: *other },
                _ => Operation::AsWritten,
            },
        }
    }

    /// A choice whose name is compared with a text that is known, and the position of that.
    fn choice(&self, a: NodeId, b: NodeId, program: &Program<'a>) -> Option<(NodeId, u32)> {
        let Some(Node::Named { choice, names }) = program.nodes.get(a.index()).copied() else {
            return None;
        };
        let Some(Operation::Value(text)) = self.operation(b) else { return None };
        let (text, names) = (self.value(text), constant_of(program, names));
        let (text, Value::List(names)) = (text.as_text()?, names) else { return None };
        let position = names.iter().position(|name| name.as_text() == Some(text))?;
        Some((choice, u32::try_from(position).ok()?))
    }

    /// Whether a node is surely a number.
    fn is_number(&self, node: NodeId) -> bool {
        self.operation(node).is_some_and(Operation::is_number)
    }
}

fn constant_of<'a>(program: &Program<'a>, constant: ConstantId) -> Value<'a> {
    program.constants.get(constant.index()).cloned().unwrap_or(Value::None)
}

/// The last place of so many; a program has fewer parts than 32 bits count.
fn place(length: usize) -> u32 {
    u32::try_from(length.saturating_sub(1)).unwrap_or(u32::MAX)
}
