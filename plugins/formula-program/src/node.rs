//! The nodes of a program: what is evaluated, with its operands.
//!
//! Types were checked before a node is made, so a node says which operation it is, not what its
//! operands may be. An operand that is none where a value is needed, or of a kind that the node does
//! not take, is a fault and never a guess.

use crate::encoding::{Malformed, Reader, Writer};
use crate::function::Function;
use crate::operand::{
    ConstantId, Entries, FactId, FigureId, FunctionId, NodeId, Operand, Operands, ParameterId,
    Slot, coded,
};

macro_rules! nodes {
    ($($(#[$meaning:meta])* $code:literal $name:ident { $($(#[$field_meaning:meta])* $field:ident: $kind:ty),* $(,)? }),+ $(,)?) => {
        /// One operation and its operands.
        #[allow(missing_docs, reason = "a variant's meaning names its operands")]
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Node {
            $($(#[$meaning])* $name { $($(#[$field_meaning])* $field: $kind),* }),+
        }

        impl Node {
            pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
                match reader.byte()? {
                    $($code => Ok(Self::$name { $($field: <$kind as Operand>::read(reader)?),* }),)+
                    code => Err(Malformed::UnknownCode(code)),
                }
            }

            /// Calls `visit` with each operand that is a node.
            ///
            /// # Errors
            /// What `visit` says, and operands that are no list of what they should be.
            pub fn operands(
                self,
                operands: &[u32],
                visit: &mut dyn FnMut(NodeId) -> Result<(), Malformed>,
            ) -> Result<(), Malformed> {
                match self {
                    $(Self::$name { $($field),* } => {
                        $(Operand::nodes($field, operands, visit)?;)*
                    })+
                }
                Ok(())
            }

            pub(crate) fn write(self, writer: &mut Writer) {
                match self {
                    $(Self::$name { $($field),* } => {
                        writer.byte($code);
                        $(Operand::write($field, writer);)*
                    })+
                }
            }
        }
    };
}

nodes! {
    /// A value of the text itself.
    0 Constant { constant: ConstantId },
    /// A fact that is one value; none where it is missing. A choice is a position: see `Named`.
    1 Fact { fact: FactId },
    /// A fact that is rows.
    2 FactRows { fact: FactId },
    /// A parameter that is one value; none where it is missing.
    3 Parameter { parameter: ParameterId },
    /// A parameter that is a table.
    4 ParameterRows { parameter: ParameterId },
    /// The value of a figure, computed when it is first asked for.
    5 Figure { figure: FigureId },
    /// The value of a name within a formula.
    6 Local { slot: Slot },
    /// The name of a choice, from the constant that lists the names of its choices; none stays none.
    7 Named { choice: NodeId, names: ConstantId },

    /// a + b of numbers.
    10 Add { a: NodeId, b: NodeId },
    /// a - b of numbers.
    11 Subtract { a: NodeId, b: NodeId },
    /// a * b of numbers.
    12 Multiply { a: NodeId, b: NodeId },
    /// a / b of numbers, rounded half to even to what 96 bits hold.
    13 Divide { a: NodeId, b: NodeId },
    /// a ** b of numbers.
    14 Power { a: NodeId, b: NodeId },
    /// -a of a number.
    15 Negate { a: NodeId },
    /// a + b of texts, dates, times and durations.
    16 Join { a: NodeId, b: NodeId },
    /// a - b of dates, times and durations.
    17 Difference { a: NodeId, b: NodeId },
    /// a * b where one is a duration.
    18 Scale { a: NodeId, b: NodeId },
    /// a / b where a is a duration.
    19 Ratio { a: NodeId, b: NodeId },
    /// -a of a duration.
    20 Opposite { a: NodeId },
    /// The sum of numbers, left to right.
    21 Sum { terms: Operands },

    /// a = b, of any kind; none equals none.
    30 Equal { a: NodeId, b: NodeId },
    /// a != b, of any kind.
    31 Unequal { a: NodeId, b: NodeId },
    /// a < b of numbers, texts, dates, times, durations.
    32 Less { a: NodeId, b: NodeId },
    /// a <= b.
    33 LessOrEqual { a: NodeId, b: NodeId },
    /// All are true; evaluated from the left until one is not.
    34 And { terms: Operands },
    /// One is true; evaluated from the left until one is.
    35 Or { terms: Operands },
    /// Not a.
    36 Not { a: NodeId },
    /// Then b, else c.
    37 Choose { a: NodeId, b: NodeId, c: NodeId },
    /// Whether a is in b: equal to it, within it (a range), or in one of its elements (a list).
    38 In { a: NodeId, b: NodeId },
    /// Whether a is none.
    39 IsNone { a: NodeId },
    /// a, or b where a is none.
    40 Default { a: NodeId, b: NodeId },
    /// a, and a fault where it is none.
    41 Required { a: NodeId },

    /// A list of these.
    50 List { elements: Operands },
    /// A context; later entries may use earlier ones.
    51 Context { entries: Entries },
    /// A range; an end that is none is open. `bounds`: 1 with its lower end, 2 with its upper end.
    52 Range { low: NodeId, high: NodeId, bounds: u32 },
    /// The element at this place, counted from 1 or from the end with -1. None where there is none.
    53 Element { list: NodeId, place: NodeId },
    /// The elements for which the condition is true; each is in the slot meanwhile.
    54 Filter { list: NodeId, slot: Slot, condition: NodeId },
    /// The first element for which the condition is true, or none.
    55 FirstWhere { list: NodeId, slot: Slot, condition: NodeId },
    /// The cell of a row.
    56 Cell { row: NodeId, column: u32 },
    /// The entry of a context.
    57 Entry { context: NodeId, name: ConstantId },
    /// What the body yields for each element.
    58 Each { list: NodeId, slot: Slot, body: NodeId },
    /// The same, where the body yields lists: all their elements.
    59 EachFlat { list: NodeId, slot: Slot, body: NodeId },
    /// Whether the condition is true for one element.
    60 Some { list: NodeId, slot: Slot, condition: NodeId },
    /// Whether the condition is true for every element.
    61 Every { list: NodeId, slot: Slot, condition: NodeId },
    /// The whole numbers, or days, from one to another, also downwards.
    62 Sequence { from: NodeId, to: NodeId },
    /// The body, with a value in the slot.
    63 Bind { slot: Slot, value: NodeId, body: NodeId },
    /// A function of the rule's own.
    64 Invoke { function: FunctionId, arguments: Operands },
    /// The list in the order in which the condition is true for two neighbours.
    65 Sort { list: NodeId, first: Slot, second: Slot, condition: NodeId },
    /// The list with a value in place of each element for which the condition is true.
    66 ReplaceWhere { list: NodeId, element: Slot, new: Slot, value: NodeId, condition: NodeId },
    /// A built-in function.
    67 Call { function: Function, arguments: Operands },

    /// Tax on an amount by the rows of a table.
    80 Tax { amount: NodeId, rows: NodeId, limits: Limits, limit: u32, rate: u32, method: TaxMethod, other: u32 },
    /// The row of a table that holds a number, or none.
    81 RowHolding { value: NodeId, rows: NodeId, limits: Limits, limit: u32 },
    /// The row of a table whose cell equals a value, or none.
    82 RowWith { value: NodeId, rows: NodeId, column: u32, names: ConstantId },
    /// The rows that `Tax` uses: up to the one that holds the amount, or that one alone.
    83 TaxRows { amount: NodeId, rows: NodeId, limits: Limits, limit: u32, method: TaxMethod },
}

coded! {
    /// In which direction a number is rounded.
    Rounding {
        /// To the nearest, half away from zero.
        0 HalfUp,
        /// To the nearest, half towards zero.
        1 HalfDown,
        /// To the nearest, half to even.
        2 HalfEven,
        /// Away from zero.
        3 Up,
        /// Towards zero.
        4 Down,
        /// To the next greater.
        5 Ceiling,
        /// To the next smaller.
        6 Floor,
    }
}

coded! {
    /// What the limit of a row says.
    Limits {
        /// A row holds amounts up to its limit; none is without limit.
        0 UpTo,
        /// A row holds amounts of more than its limit, up to that of the next.
        1 Over,
        /// A row holds amounts of its limit or more, and less than that of the next.
        2 AtLeast,
    }
}

coded! {
    /// How the rows of a table make a tax.
    TaxMethod {
        /// Each row's rate on the part of the amount that lies in it.
        0 Marginal,
        /// The rate of the row on the whole amount, less the amount of the other column.
        1 QuickDeduction,
        /// The amount of the other column, and the rate on what exceeds the limit.
        2 BaseTax,
        /// The rate of the row on the whole amount.
        3 Whole,
    }
}
