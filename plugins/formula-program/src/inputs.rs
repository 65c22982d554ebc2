//! Where facts and parameters come from, and where an outcome goes: what runs a program says both.

use crate::operand::NodeId;
use crate::value::{Row, Value};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// Facts or parameters, read where they lie.
///
/// A position outside of what is given, and a value that can not be read, is none: the host has
/// checked the shape of everything before a rule sees it.
pub trait Inputs<'a> {
    /// The value at this position: none, boolean, number (an integer is one), text, choice, date or
    /// moment.
    fn scalar(&self, position: u32) -> Value<'a>;

    /// How many rows the table at this position has.
    fn rows(&self, position: u32) -> u32;

    /// The cell of a table; none where there is no such cell.
    fn cell(&self, position: u32, row: u32, column: u32) -> Value<'a>;

    /// How many columns the table at this position has.
    fn columns(&self, position: u32) -> u32;

    /// The facts of an evaluation are told which way it takes, for who asks what of a program cases
    /// reach: the first of two branches, or the second. A component does not listen.
    #[inline]
    fn chose(&self, _choice: NodeId, _first: bool) {}

    /// Whether the condition of a line, a finding or a refusal held.
    #[inline]
    fn held(&self, _condition: NodeId, _held: bool) {}

    /// A row that a formula found or computed with, of facts or of parameters.
    #[inline]
    fn used(&self, _row: Row) {}
}

/// No facts: for checks of parameters.
#[derive(Clone, Copy, Debug)]
pub struct NoFacts;

impl<'a> Inputs<'a> for NoFacts {
    fn scalar(&self, _position: u32) -> Value<'a> {
        Value::None
    }

    fn rows(&self, _position: u32) -> u32 {
        0
    }

    fn cell(&self, _position: u32, _row: u32, _column: u32) -> Value<'a> {
        Value::None
    }

    fn columns(&self, _position: u32) -> u32 {
        0
    }
}

/// Takes an outcome as it comes about.
pub trait Outcome {
    /// A line. Lines come in the order of the program.
    fn line(&mut self, item: u32, amount: Decimal, subject: Option<&str>);

    /// A finding.
    fn finding(&mut self, finding: Finding<'_>);

    /// A step of an explanation; `line` is the position among the lines so far. Called only where an
    /// explanation is asked for.
    fn step(&mut self, kind: u32, line: Option<u32>, values: &[Value<'_>], result: &Value<'_>);
}

/// A finding as the contract has it.
#[derive(Clone, Copy, Debug)]
pub struct Finding<'a> {
    /// Position in the description's findings.
    pub kind: u32,
    /// What it is about.
    pub subject: Option<&'a str>,
    /// The day that it concerns.
    pub on: Option<Date>,
    /// What is allowed.
    pub limit: Option<Decimal>,
    /// What was found.
    pub actual: Option<Decimal>,
}
