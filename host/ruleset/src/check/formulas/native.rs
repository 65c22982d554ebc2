//! Facts and parameters of the host as a program of formulas reads them, and what it does with them.

use std::cell::RefCell;
use std::collections::HashSet;

use rust_decimal::Decimal;
use stele_engine::contract::{Scalar, Value};
use stele_formula_program::inputs::{self, Inputs, Outcome};
use stele_formula_program::operand::NodeId;
use stele_formula_program::value::{Moment, Row, Rows, Value as Read};

/// Values in the order of the description.
#[derive(Clone, Copy)]
pub(super) struct Given<'a>(pub(super) &'a [Value]);

/// The ways that evaluations took, and the rows that they used.
#[derive(Default)]
pub(super) struct Ways {
    /// Branches of an `if`: its node, and whether it was the first.
    pub(super) chosen: HashSet<(NodeId, bool)>,
    /// Conditions: their nodes, and whether they held.
    pub(super) held: HashSet<(NodeId, bool)>,
    /// Rows of parameters, by the parameter's position.
    pub(super) rows: HashSet<(u32, u32)>,
}

/// Facts of an evaluation that is watched.
pub(super) struct Watched<'a> {
    pub(super) facts: Given<'a>,
    pub(super) ways: &'a RefCell<Ways>,
}

/// Nobody asks for the outcome: the component's is the one that counts.
pub(super) struct Unseen;

impl<'a> Given<'a> {
    fn table(self, position: u32) -> &'a [Vec<Scalar>] {
        match self.0.get(position as usize) {
            Some(Value::Table(rows)) => rows,
            _ => &[],
        }
    }
}

impl<'a: 'v, 'v> Inputs<'v> for Given<'a> {
    fn scalar(&self, position: u32) -> Read<'v> {
        match self.0.get(position as usize) {
            Some(Value::Scalar(scalar)) => read(scalar),
            _ => Read::None,
        }
    }

    fn rows(&self, position: u32) -> u32 {
        u32::try_from(self.table(position).len()).unwrap_or(u32::MAX)
    }

    fn cell(&self, position: u32, row: u32, column: u32) -> Read<'v> {
        let row = self.table(position).get(row as usize);
        row.and_then(|cells| cells.get(column as usize)).map_or(Read::None, read)
    }

    fn columns(&self, position: u32) -> u32 {
        let columns = self.table(position).first().map_or(0, Vec::len);
        u32::try_from(columns).unwrap_or(u32::MAX)
    }
}

impl<'a: 'v, 'v> Inputs<'v> for Watched<'a> {
    fn scalar(&self, position: u32) -> Read<'v> {
        self.facts.scalar(position)
    }

    fn rows(&self, position: u32) -> u32 {
        self.facts.rows(position)
    }

    fn cell(&self, position: u32, row: u32, column: u32) -> Read<'v> {
        self.facts.cell(position, row, column)
    }

    fn columns(&self, position: u32) -> u32 {
        self.facts.columns(position)
    }

    fn chose(&self, choice: NodeId, first: bool) {
        self.ways.borrow_mut().chosen.insert((choice, first));
    }

    fn held(&self, condition: NodeId, held: bool) {
        self.ways.borrow_mut().held.insert((condition, held));
    }

    fn used(&self, row: Row) {
        if let Rows::Parameter(position) = row.rows {
            self.ways.borrow_mut().rows.insert((position, row.row));
        }
    }
}

impl Outcome for Unseen {
    fn line(&mut self, _item: u32, _amount: Decimal, _subject: Option<&str>) {}

    fn finding(&mut self, _finding: inputs::Finding<'_>) {}

    fn step(&mut self, _: u32, _: Option<u32>, _: &[Read<'_>], _: &Read<'_>) {}
}

/// The host has checked every value: what can not be read is none, as in the machine.
fn read(scalar: &Scalar) -> Read<'_> {
    match scalar {
        Scalar::None => Read::None,
        Scalar::Boolean(flag) => Read::Boolean(*flag),
        Scalar::Integer(number) => Read::Number(Decimal::from(*number)),
        Scalar::Decimal(number) => Decimal::try_from(*number).map_or(Read::None, Read::Number),
        Scalar::Text(text) => Read::Text(text),
        Scalar::Date(day) => jiff::civil::Date::try_from(*day).map_or(Read::None, Read::Date),
        Scalar::DateTime(moment) => moment.local().map_or(Read::None, |(local, offset)| {
            Read::Moment(Moment { local, offset: Some(offset.seconds()) })
        }),
        Scalar::Choice(position) => Read::Choice(*position),
    }
}
