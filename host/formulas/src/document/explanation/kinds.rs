//! What is known of a node's value without computing it.

use crate::document::declarations::{Field, FieldKind};
use crate::document::explanation::{Walk, name_of};
use stele_formula_program::function::Function;
use stele_formula_program::node::Node;
use stele_formula_program::operand::NodeId;
use stele_formula_writer::contract::Source;

impl Walk<'_, '_> {
    /// Whether a value is known to be a number.
    pub(super) fn is_number(&self, id: NodeId) -> bool {
        let numeric = |field: Option<&Field>| field.is_some_and(|field| is_number(field.kind));
        let declared = self.given.declarations;
        match self.node(id) {
            Some(Node::Constant { .. }) => self.constant(id).is_some(),
            Some(Node::Fact { fact }) => numeric(declared.facts.get(fact.index())),
            Some(Node::Parameter { parameter }) => {
                numeric(declared.parameters.get(parameter.index()))
            }
            Some(Node::Figure { figure }) => {
                let figure = self.builder.program.figures.get(figure.index());
                figure.is_some_and(|figure| {
                    let name = name_of(&self.builder.program, figure.name);
                    let target = self.given.targets.get(&name).copied();
                    let shown = target.map(|target| self.given.shown(target));
                    shown.is_some_and(|shown| shown.quantity.is_some() && !shown.optional)
                })
            }
            Some(Node::Cell { row, column }) => match self.table(row) {
                Some(Source::Fact(position)) => {
                    let table = declared.facts.get(position as usize);
                    numeric(table.and_then(|table| table.columns.get(column as usize)))
                }
                Some(Source::Parameter(position)) => {
                    let table = declared.parameters.get(position as usize);
                    numeric(table.and_then(|table| table.columns.get(column as usize)))
                }
                _ => false,
            },
            Some(
                Node::Add { .. }
                | Node::Subtract { .. }
                | Node::Multiply { .. }
                | Node::Divide { .. }
                | Node::Power { .. }
                | Node::Negate { .. }
                | Node::Sum { .. }
                | Node::Tax { .. },
            ) => true,
            Some(Node::Choose { b, .. }) => self.is_number(b),
            Some(Node::Required { a } | Node::Default { a, .. }) => self.is_number(a),
            Some(Node::Call { function, .. }) => is_numeric(function),
            Some(Node::Invoke { function, .. }) => {
                let function = self.builder.program.functions.get(function.index());
                function.is_some_and(|function| self.is_number(function.body))
            }
            _ => false,
        }
    }

    /// Whether a value is shown in percent.
    pub(super) fn is_rate(&self, id: NodeId) -> bool {
        let rate = |field: Option<&Field>| field.is_some_and(|field| field.kind == FieldKind::Rate);
        let declared = self.given.declarations;
        match self.node(id) {
            Some(Node::Fact { fact }) => rate(declared.facts.get(fact.index())),
            Some(Node::Parameter { parameter }) => rate(declared.parameters.get(parameter.index())),
            Some(Node::Cell { row, column }) => match self.table(row) {
                Some(Source::Parameter(position)) => {
                    let table = declared.parameters.get(position as usize);
                    rate(table.and_then(|table| table.columns.get(column as usize)))
                }
                _ => false,
            },
            _ => false,
        }
    }
}

pub(super) fn is_number(kind: FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Money
            | FieldKind::Rate
            | FieldKind::Number
            | FieldKind::Integer
            | FieldKind::Hours
            | FieldKind::Days
    )
}

/// Functions that give numbers and nothing else.
fn is_numeric(function: Function) -> bool {
    use Function as F;
    matches!(
        function,
        F::Decimal
            | F::Floor
            | F::Ceiling
            | F::RoundUp
            | F::RoundDown
            | F::RoundHalfUp
            | F::RoundHalfDown
            | F::RoundUpToMultiple
            | F::RoundDownToMultiple
            | F::RoundHalfUpToMultiple
            | F::RoundHalfDownToMultiple
            | F::RoundHalfEvenToMultiple
            | F::Modulo
            | F::Sqrt
            | F::Clamp
            | F::Count
            | F::SumOf
            | F::Mean
            | F::Product
            | F::Median
            | F::Min
            | F::Max
            | F::DaysBetween
            | F::MonthsBetween
            | F::YearsBetween
            | F::Age
            | F::DaysInMonth
            | F::Prorate
            | F::Year
            | F::Month
            | F::Day
            | F::Number
            | F::StringLength
    )
}
