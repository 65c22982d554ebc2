//! What is said of an explanation that does not add up.

use stele_engine::contract::Scalar;

use super::effort::MOST_ROWS;

/// A step that says something else than facts, parameters, lines, earlier steps or its own formula.
/// Amounts are written in English.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Disagreement {
    /// The formula comes to something else.
    #[error("the step {step} does not add up: {formula}; worked out again it is {worked}")]
    Result {
        /// Name of the step.
        step: String,
        /// The formula with its values and the result that the step gives.
        formula: String,
        /// The result that the step gives.
        said: String,
        /// What it comes to.
        worked: String,
    },
    /// The formula cannot be worked out over the values of the step.
    #[error("the step {step} can not be worked out: {formula}: {reason}")]
    NotWorkable {
        /// Name of the step.
        step: String,
        /// The formula with its values.
        formula: String,
        /// Why.
        reason: NotWorkable,
    },
    /// A value is not what its source has.
    #[error("the step {step} has {said} for {source_name}, which is {found}")]
    Value {
        /// Name of the step.
        step: String,
        /// What the value is said to be: `fact gross`.
        source_name: String,
        /// The value that the step shows.
        said: String,
        /// What the source has.
        found: String,
    },
    /// The line has another amount, or is not of the item.
    #[error("the step {step} gives {item} as {said}, but leads to {found}: {formula}")]
    Line {
        /// Name of the step.
        step: String,
        /// The formula with its values and its result.
        formula: String,
        /// Name of the item that the formula gives.
        item: String,
        /// The result that the step gives.
        said: String,
        /// What it leads to: `no line`, `a line of net_pay`, `a line of 12.00`.
        found: String,
    },
}

impl Disagreement {
    /// Name of the step.
    pub fn step(&self) -> &str {
        match self {
            Self::Result { step, .. }
            | Self::NotWorkable { step, .. }
            | Self::Value { step, .. }
            | Self::Line { step, .. } => step,
        }
    }
}

/// What a source has instead.
pub(super) enum Found {
    /// One value.
    Scalar(Scalar),
    /// No such cell or rows.
    NoSuchRow,
    /// No line with such an amount.
    NoSuchLine,
    /// Nothing yet.
    NotYet,
    /// It was not looked for.
    TooMuch,
}

/// Why a formula has no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotWorkable {
    /// A value is not given.
    #[error("{0} is not given")]
    NotGiven(String),
    /// A value is of another type than the operator takes.
    #[error("expected {expected}, found {found}")]
    WrongType {
        /// What the operator takes.
        expected: &'static str,
        /// What it was given.
        found: &'static str,
    },
    /// A number does not fit into 96 bits.
    #[error("a number is too large")]
    TooLarge,
    /// A number is divided by zero.
    #[error("a number is divided by zero")]
    DividedByZero,
    /// The rows of a tax are not those of the table in force that hold the amount.
    #[error("the rows of the tax are not those of the table that hold {0}")]
    WrongRows(String),
    /// There are more rows to compare than there may be for one explanation.
    #[error("more than {MOST_ROWS} rows would have to be compared for the explanation")]
    TooMuch,
    /// A row of a tax has no number where its limit, rate or amount should be.
    #[error("a row of the tax has no {0}")]
    NoNumber(&'static str),
}
