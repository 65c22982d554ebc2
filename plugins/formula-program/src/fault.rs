//! Why a program has no answer.

use core::fmt;

/// A fault: what it is about, and one sentence that names formula and operands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// What it is about.
    pub place: Place,
    /// What was expected and what was found.
    pub message: Box<str>,
}

/// What a fault is about, by position in the description.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// The rule as a whole.
    Whole,
    /// A fact.
    Fact(u32),
    /// A parameter.
    Parameter(u32),
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl core::error::Error for Fault {}
