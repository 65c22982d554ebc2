//! A program from bytes and back, section by section.

use crate::encoding::constants;
use crate::encoding::{Bounds, Malformed, Reader, Writer};
use crate::fault::{Cell, Place};
use crate::node::Node;
use crate::operand::{ConstantId, FigureId, FormulaId, FunctionId, NodeId, Operand, Slot};
use crate::program::{
    Figure, Finding, Formula, Line, MAGIC, MAXIMUM_COUNT, OwnFunction, Piece, Program, Refusal,
    Step,
};

impl<'a> Program<'a> {
    /// Reads a program; its texts stay where they lie.
    ///
    /// # Errors
    /// Bytes that no [`Program::encode`] writes.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        if reader.bytes(MAGIC.len())? != MAGIC {
            return Err(Malformed::NotAProgram);
        }
        let mut program = Program {
            facts: reader.number()?,
            parameters: reader.number()?,
            slots: reader.number_below(MAXIMUM_COUNT)?,
            ..Program::default()
        };
        let constants = reader.count()?;
        program.constants = many(constants, || constants::read(&mut reader))?;
        let operands = reader.count()?;
        program.operands = many(operands, || reader.number())?;
        let functions = reader.count()?;
        let figures = reader.count()?;
        reader.bounds = Bounds {
            constants,
            facts: program.facts,
            parameters: program.parameters,
            figures,
            functions,
            formulas: 0,
            slots: program.slots,
            operands,
            nodes: 0,
        };
        let nodes = reader.count()?;
        program.nodes = Vec::with_capacity(nodes as usize);
        for position in 0..nodes {
            reader.bounds.nodes = position;
            program.nodes.push(Node::read(&mut reader)?);
        }
        reader.bounds.nodes = nodes;
        program.functions = many(functions, || Part::read(&mut reader))?;
        program.figures = many(figures, || Part::read(&mut reader))?;
        let schedule = reader.count()?;
        program.schedule = many(schedule, || Part::read(&mut reader))?;
        let checks = reader.count()?;
        program.checks = many(checks, || Part::read(&mut reader))?;
        let refusals = reader.count()?;
        program.refusals = many(refusals, || Part::read(&mut reader))?;
        let lines = reader.count()?;
        program.lines = many(lines, || Part::read(&mut reader))?;
        let findings = reader.count()?;
        program.findings = many(findings, || Part::read(&mut reader))?;
        let formulas = reader.count()?;
        program.formulas = many(formulas, || Part::read(&mut reader))?;
        reader.bounds.formulas = formulas;
        let pieces = reader.count()?;
        program.pieces = many(pieces, || Part::read(&mut reader))?;
        if program.pieces.windows(2).any(|pair| pair[0].node >= pair[1].node) {
            return Err(Malformed::OutOfRange);
        }
        reader.end()?;
        program.check_depth()?;
        Ok(program)
    }

    /// The program as bytes, the same each time.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.bytes.extend_from_slice(&MAGIC);
        writer.number(self.facts);
        writer.number(self.parameters);
        writer.number(self.slots);
        writer.count(self.constants.len());
        for value in &self.constants {
            constants::write(value, &mut writer);
        }
        writer.count(self.operands.len());
        self.operands.iter().for_each(|operand| writer.number(*operand));
        writer.count(self.functions.len());
        writer.count(self.figures.len());
        writer.count(self.nodes.len());
        self.nodes.iter().for_each(|node| node.write(&mut writer));
        self.functions.iter().for_each(|function| function.write(&mut writer));
        self.figures.iter().for_each(|figure| figure.write(&mut writer));
        writer.count(self.schedule.len());
        self.schedule.iter().for_each(|figure| figure.write(&mut writer));
        writer.count(self.checks.len());
        self.checks.iter().for_each(|refusal| refusal.write(&mut writer));
        writer.count(self.refusals.len());
        self.refusals.iter().for_each(|refusal| refusal.write(&mut writer));
        writer.count(self.lines.len());
        self.lines.iter().for_each(|line| line.write(&mut writer));
        writer.count(self.findings.len());
        self.findings.iter().for_each(|finding| finding.write(&mut writer));
        writer.count(self.formulas.len());
        self.formulas.iter().for_each(|formula| formula.write(&mut writer));
        writer.count(self.pieces.len());
        self.pieces.iter().for_each(|piece| piece.write(&mut writer));
        writer.bytes
    }
}

pub(crate) fn many<T>(
    count: u32,
    mut read: impl FnMut() -> Result<T, Malformed>,
) -> Result<Vec<T>, Malformed> {
    let mut all = Vec::with_capacity(count as usize);
    for _ in 0..count {
        all.push(read()?);
    }
    Ok(all)
}

/// Something of a program that is read and written field by field.
trait Part: Sized {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed>;
    fn write(&self, writer: &mut Writer);
}

macro_rules! parts {
    ($($name:ident { $($field:ident),+ }),+ $(,)?) => {$(
        impl Part for $name {
            fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
                Ok(Self { $($field: Part::read(reader)?),+ })
            }

            fn write(&self, writer: &mut Writer) {
                $(Part::write(&self.$field, writer);)+
            }
        }
    )+};
}

parts!(
    OwnFunction { name, parameters, body },
    Figure { name, node, step },
    Step { kind, arguments },
    Refusal { when, place, message, citation },
    Line { item, each, when, amount, subject, step },
    Finding { kind, each, when, subject, on, limit, actual },
    Formula { name, text, citation },
    Piece { node, formula, start, end },
);

macro_rules! operands_are_parts {
    ($($name:ident),+ $(,)?) => {$(
        impl Part for $name {
            fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
                <$name as Operand>::read(reader)
            }

            fn write(&self, writer: &mut Writer) {
                Operand::write(*self, writer);
            }
        }
    )+};
}

operands_are_parts!(u32, NodeId, ConstantId, FigureId, FormulaId, FunctionId, Slot);

impl<T: Part> Part for Option<T> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        match reader.byte()? {
            0 => Ok(None),
            1 => Ok(Some(T::read(reader)?)),
            code => Err(Malformed::UnknownCode(code)),
        }
    }

    fn write(&self, writer: &mut Writer) {
        writer.byte(u8::from(self.is_some()));
        if let Some(part) = self {
            part.write(writer);
        }
    }
}

impl<T: Part> Part for Vec<T> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let count = reader.count()?;
        many(count, || T::read(reader))
    }

    fn write(&self, writer: &mut Writer) {
        writer.count(self.len());
        self.iter().for_each(|part| part.write(writer));
    }
}

impl<A: Part, B: Part> Part for (A, B) {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        Ok((A::read(reader)?, B::read(reader)?))
    }

    fn write(&self, writer: &mut Writer) {
        self.0.write(writer);
        self.1.write(writer);
    }
}

impl Part for Place {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        match reader.byte()? {
            0 => Ok(Self::Whole),
            1 => {
                let facts = reader.bounds.facts;
                Ok(Self::Fact(Cell::whole(reader.number_below(facts)?)))
            }
            2 => {
                let parameters = reader.bounds.parameters;
                Ok(Self::Parameter(Cell::whole(reader.number_below(parameters)?)))
            }
            code => Err(Malformed::UnknownCode(code)),
        }
    }

    fn write(&self, writer: &mut Writer) {
        match self {
            Self::Whole => writer.byte(0),
            // What a refusal is about is all of a fact or parameter.
            Self::Fact(cell) => {
                writer.byte(1);
                writer.number(cell.field);
            }
            Self::Parameter(cell) => {
                writer.byte(2);
                writer.number(cell.field);
            }
        }
    }
}
