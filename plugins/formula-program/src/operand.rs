//! What nodes point to, and how that is written, read and checked.

use crate::encoding::{Malformed, Reader, Writer};

macro_rules! positions {
    ($($(#[$meaning:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meaning])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(pub u32);

        impl $name {
            /// The position as an index.
            #[must_use]
            #[inline]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

positions! {
    /// Position of a node in the program.
    NodeId,
    /// Position of a constant.
    ConstantId,
    /// Position of a fact in the description.
    FactId,
    /// Position of a parameter in the description.
    ParameterId,
    /// Position of a figure in the program: a value with a name that is computed at most once.
    FigureId,
    /// Where a value with a name is kept while a formula is evaluated. Every name of every formula
    /// and function has a place of its own; functions do not call themselves.
    Slot,
    /// Position of a function of the rule's own.
    FunctionId,
    /// Position of a formula among the texts that faults show.
    FormulaId,
}

/// So many operands, in the program's list of operands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Operands {
    /// Where they begin.
    pub first: u32,
    /// How many they are.
    pub count: u32,
}

/// An operand of a node that knows how it is written and whether it is within the program.
pub(crate) trait Operand: Sized {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed>;
    fn write(self, writer: &mut Writer);

    /// Calls `visit` with each node that it points to.
    fn nodes(
        self,
        _operands: &[u32],
        _visit: &mut dyn FnMut(NodeId) -> Result<(), Malformed>,
    ) -> Result<(), Malformed> {
        Ok(())
    }
}

impl Operand for u32 {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        reader.number()
    }

    fn write(self, writer: &mut Writer) {
        writer.number(self);
    }
}

macro_rules! bounded {
    ($($name:ident < $bound:ident),+ $(,)?) => {$(
        impl Operand for $name {
            fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
                let bound = reader.bounds.$bound;
                Ok(Self(reader.number_below(bound)?))
            }

            fn write(self, writer: &mut Writer) {
                writer.number(self.0);
            }
        }
    )+};
}

bounded!(
    ConstantId < constants,
    FactId < facts,
    ParameterId < parameters,
    FigureId < figures,
    Slot < slots,
    FunctionId < functions,
    FormulaId < formulas,
);

impl Operand for NodeId {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let bound = reader.bounds.nodes;
        Ok(Self(reader.number_below(bound)?))
    }

    fn write(self, writer: &mut Writer) {
        writer.number(self.0);
    }

    fn nodes(
        self,
        _operands: &[u32],
        visit: &mut dyn FnMut(NodeId) -> Result<(), Malformed>,
    ) -> Result<(), Malformed> {
        visit(self)
    }
}

impl Operands {
    /// The operands among all of the program.
    #[must_use]
    #[inline]
    pub fn of(self, operands: &[u32]) -> &[u32] {
        let first = self.first as usize;
        operands.get(first..first + self.count as usize).unwrap_or_default()
    }
}

impl Operand for Operands {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let (first, count) = (reader.number()?, reader.number()?);
        let end = first.checked_add(count).ok_or(Malformed::OutOfRange)?;
        if end > reader.bounds.operands {
            return Err(Malformed::OutOfRange);
        }
        Ok(Self { first, count })
    }

    fn write(self, writer: &mut Writer) {
        writer.number(self.first);
        writer.number(self.count);
    }

    fn nodes(
        self,
        operands: &[u32],
        visit: &mut dyn FnMut(NodeId) -> Result<(), Malformed>,
    ) -> Result<(), Malformed> {
        self.of(operands).iter().try_for_each(|operand| visit(NodeId(*operand)))
    }
}

/// The entries of a context, in the program's list of operands: three numbers each, a constant with
/// the name, the slot in which later entries find it, the node.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Entries(pub Operands);

impl Operand for Entries {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        Operands::read(reader).map(Self)
    }

    fn write(self, writer: &mut Writer) {
        self.0.write(writer);
    }

    fn nodes(
        self,
        operands: &[u32],
        visit: &mut dyn FnMut(NodeId) -> Result<(), Malformed>,
    ) -> Result<(), Malformed> {
        self.0.of(operands).chunks(3).try_for_each(|entry| match entry {
            [_, _, node] => visit(NodeId(*node)),
            _ => Err(Malformed::OutOfRange),
        })
    }
}

macro_rules! coded {
    (
        $(#[$meaning:meta])*
        $name:ident { $($(#[$variant_meaning:meta])* $code:literal $variant:ident),+ $(,)? }
    ) => {
        $(#[$meaning])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[repr(u8)]
        pub enum $name {
            $($(#[$variant_meaning])* $variant = $code),+
        }

        impl $name {
            /// All of them, in the order of their codes.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
        }

        impl Operand for $name {
            fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
                match reader.byte()? {
                    $($code => Ok(Self::$variant),)+
                    code => Err(Malformed::UnknownCode(code)),
                }
            }

            fn write(self, writer: &mut Writer) {
                writer.byte(self as u8);
            }
        }
    };
}

pub(crate) use coded;
