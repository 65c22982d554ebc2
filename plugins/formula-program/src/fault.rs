//! Why a program has no answer.

use core::fmt;

/// A fault: what it is about, and one sentence that names formula and operands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// What it is about.
    pub place: Place,
    /// Where in the text of which formula, what was expected and what was found.
    pub message: Box<str>,
    /// The provision that the formula, or the refusal, follows.
    pub citation: Option<Box<str>>,
    /// Whether the message says where in the text it is, or need not.
    pub(crate) placed: bool,
}

/// What a fault is about, by position in the description.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// The rule as a whole.
    Whole,
    /// A fact, or a part of one.
    Fact(Cell),
    /// A parameter, or a part of one.
    Parameter(Cell),
}

/// A value, or of a table a row, a column or a cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cell {
    /// Position of the fact or parameter.
    pub field: u32,
    /// The row, counted from 0.
    pub row: Option<u32>,
    /// Position of the column.
    pub column: Option<u32>,
}

impl Cell {
    /// All of a fact or parameter.
    #[must_use]
    pub fn whole(field: u32) -> Self {
        Self { field, row: None, column: None }
    }
}

impl Fault {
    /// A fault of the rule as a whole, which does not say yet where in the text it is.
    pub(crate) fn new(message: String) -> Box<Self> {
        let message = message.into();
        Box::new(Self { place: Place::Whole, message, citation: None, placed: false })
    }

    /// The same, about something.
    pub(crate) fn about(mut self: Box<Self>, place: Place) -> Box<Self> {
        self.place = place;
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl core::error::Error for Fault {}
