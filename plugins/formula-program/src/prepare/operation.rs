//! What is done for a node, with one set of parameters.

use crate::node::Rounding;
use crate::operand::{FactId, FigureId, NodeId, Operands, Slot};

/// How the value of a node is computed. What is surely a number has an operation of its own; of
/// anything else the node says it ([`Operation::AsWritten`]).
#[derive(Clone, Copy, Debug)]
pub(crate) enum Operation {
    /// As the node says.
    AsWritten,
    /// A number, as the node says.
    NumberAsWritten,
    /// A number that is known, at this place of the plan.
    Number(u32),
    /// A value of another kind that is known, at this place of the plan.
    Value(u32),
    /// A fact that is one value.
    Fact(FactId),
    /// A fact, or a number where it is none.
    FactOr {
        fact: FactId,
        other: NodeId,
    },
    /// The value of a name within a formula.
    Local(Slot),
    /// The cell of a row.
    Cell {
        row: NodeId,
        column: u32,
    },
    /// A figure, which may be no number.
    Figure(FigureId),
    /// A figure that is a number.
    NumberFigure(FigureId),

    Add {
        a: NodeId,
        b: NodeId,
    },
    Subtract {
        a: NodeId,
        b: NodeId,
    },
    Multiply {
        a: NodeId,
        b: NodeId,
    },
    Divide {
        a: NodeId,
        b: NodeId,
    },
    Negate {
        a: NodeId,
    },
    Sum {
        terms: Operands,
    },
    /// One of two numbers.
    ChooseNumber {
        condition: NodeId,
        then: NodeId,
        other: NodeId,
    },
    /// a, rounded to so many decimals.
    Rounded {
        a: NodeId,
        decimals: u8,
        direction: Rounding,
    },
    /// a * b, rounded to so many decimals; `product` is the node of a * b.
    RoundedProduct {
        a: NodeId,
        b: NodeId,
        product: NodeId,
        decimals: u8,
        direction: Rounding,
    },
    /// a, rounded to a multiple.
    RoundedToMultiple {
        a: NodeId,
        multiple: NodeId,
        direction: Rounding,
    },
    /// The least of numbers; there is one.
    Least {
        of: Operands,
    },
    /// The greatest of numbers; there is one.
    Greatest {
        of: Operands,
    },
    /// A number within bounds.
    Clamp {
        a: NodeId,
        lowest: NodeId,
        highest: NodeId,
    },

    /// Whether all are true.
    And {
        terms: Operands,
    },
    /// Whether one is true.
    Or {
        terms: Operands,
    },
    /// Whether a is not true.
    Not {
        a: NodeId,
    },
    /// Whether a is none.
    IsNone {
        a: NodeId,
    },
    /// Whether two numbers are equal.
    SameNumber {
        a: NodeId,
        b: NodeId,
    },
    /// Whether two numbers differ.
    OtherNumber {
        a: NodeId,
        b: NodeId,
    },
    /// a < b of numbers.
    LessNumber {
        a: NodeId,
        b: NodeId,
    },
    /// a <= b of numbers.
    LessOrEqualNumber {
        a: NodeId,
        b: NodeId,
    },
    /// Whether a choice is the one at this position.
    IsChoice {
        choice: NodeId,
        position: u32,
    },
    /// Whether two choices of the same names are equal.
    SameChoice {
        a: NodeId,
        b: NodeId,
    },
    /// Whether a choice is another than the one at this position.
    IsOtherChoice {
        choice: NodeId,
        position: u32,
    },
}

impl Operation {
    /// Whether the value is a number, or there is none because of a fault.
    pub(crate) fn is_number(self) -> bool {
        matches!(
            self,
            Self::NumberAsWritten
                | Self::Number(_)
                | Self::FactOr { .. }
                | Self::NumberFigure(_)
                | Self::Add { .. }
                | Self::Subtract { .. }
                | Self::Multiply { .. }
                | Self::Divide { .. }
                | Self::Negate { .. }
                | Self::Sum { .. }
                | Self::ChooseNumber { .. }
                | Self::Rounded { .. }
                | Self::RoundedProduct { .. }
                | Self::RoundedToMultiple { .. }
                | Self::Least { .. }
                | Self::Greatest { .. }
                | Self::Clamp { .. }
        )
    }
}
