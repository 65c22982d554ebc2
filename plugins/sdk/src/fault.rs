//! Why a rule cannot answer.

use crate::contract;
use crate::declaration::{ColumnDeclaration, Source};
use crate::rule::Row;
use std::fmt;

/// Why a rule cannot answer: which fact or parameter, what was expected and what was found, and
/// the provision that demands it. It costs the one evaluation and nothing else.
///
/// The derive macros make a constant for every field, in capitals: `Month::GROSS` names the field
/// `gross` of the facts `Month`.
///
/// ```
/// use stele_sdk::prelude::*;
///
/// #[derive(Facts)]
/// struct Month {
///     /// Months worked in the year.
///     months: i64,
/// }
///
/// fn months(month: &Month) -> Result<i64, Fault> {
///     match month.months {
///         found @ 1..=12 => Ok(found),
///         found => Err(Fault::fact(Month::MONTHS, format!("must be 1 to 12, found {found}"))
///             .citing("Company handbook, 3.2")),
///     }
/// }
///
/// assert_eq!(months(&Month { months: 13 }).unwrap_err().message(), "must be 1 to 12, found 13");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    pub(crate) contract: contract::Fault,
}

/// A fact, named by its position among the declared facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactField(u32);

/// A parameter, named by its position among the declared parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParameterField(u32);

/// A column, named by its position in its table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    columns: &'static [ColumnDeclaration],
    position: u32,
}

impl FactField {
    /// The fact at a position; the derive macro calls it.
    #[doc(hidden)]
    pub const fn at(position: u32) -> Self {
        FactField(position)
    }

    /// Its value, in a formula.
    #[doc(hidden)]
    pub const fn source(self) -> Source {
        Source::Fact(self.0)
    }

    /// A cell of it, in a formula.
    #[doc(hidden)]
    pub const fn cell(self, column: &'static str) -> Source {
        Source::FactCell(self.0, column)
    }
}

impl ParameterField {
    /// The parameter at a position; the derive macro calls it.
    #[doc(hidden)]
    pub const fn at(position: u32) -> Self {
        ParameterField(position)
    }

    /// Its value, in a formula.
    #[doc(hidden)]
    pub const fn source(self) -> Source {
        Source::Parameter(self.0)
    }

    /// A cell of it, in a formula.
    #[doc(hidden)]
    pub const fn cell(self, column: &'static str) -> Source {
        Source::ParameterCell(self.0, column)
    }
}

impl Column {
    /// The column at a position; the derive macro calls it.
    #[doc(hidden)]
    pub const fn at<R: Row>(position: u32) -> Self {
        Column { columns: R::COLUMNS, position }
    }

    /// A cell of it, in a formula.
    #[doc(hidden)]
    pub const fn source(self) -> Source {
        Source::Cell(self.columns, self.position)
    }

    /// Where it stands among the columns.
    #[doc(hidden)]
    pub const fn position(self) -> u32 {
        self.position
    }
}

impl Fault {
    /// The fact is not what the rule can work with.
    #[cold]
    pub fn fact(field: FactField, message: impl Into<String>) -> Self {
        Fault::at(contract::Place::Fact(cell(field.0, None, None)), message.into())
    }

    /// A whole row of a table of facts is wrong. Rows count from 0.
    #[cold]
    pub fn fact_row(field: FactField, row: usize, message: impl Into<String>) -> Self {
        Fault::at(contract::Place::Fact(cell(field.0, Some(row), None)), message.into())
    }

    /// A cell of a table of facts is wrong. Rows count from 0.
    #[cold]
    pub fn fact_cell(
        field: FactField,
        row: usize,
        column: Column,
        message: impl Into<String>,
    ) -> Self {
        Fault::at(contract::Place::Fact(cell(field.0, Some(row), Some(column))), message.into())
    }

    /// The parameter contradicts others or makes no sense.
    #[cold]
    pub fn parameter(field: ParameterField, message: impl Into<String>) -> Self {
        Fault::at(contract::Place::Parameter(cell(field.0, None, None)), message.into())
    }

    /// A whole row of a parameter table is wrong. Rows count from 0.
    #[cold]
    pub fn parameter_row(field: ParameterField, row: usize, message: impl Into<String>) -> Self {
        Fault::at(contract::Place::Parameter(cell(field.0, Some(row), None)), message.into())
    }

    /// A cell of a parameter table is wrong. Rows count from 0.
    #[cold]
    pub fn parameter_cell(
        field: ParameterField,
        row: usize,
        column: Column,
        message: impl Into<String>,
    ) -> Self {
        let place = contract::Place::Parameter(cell(field.0, Some(row), Some(column)));
        Fault::at(place, message.into())
    }

    /// No single fact or parameter is to blame.
    #[cold]
    pub fn whole(message: impl Into<String>) -> Self {
        Fault::at(contract::Place::Whole, message.into())
    }

    /// Names the provision that demands it.
    pub fn citing(mut self, citation: impl Into<String>) -> Self {
        self.contract.citation = Some(citation.into());
        self
    }

    /// What was expected and what was found.
    pub fn message(&self) -> &str {
        &self.contract.message
    }

    /// The provision that demands it.
    pub fn citation(&self) -> Option<&str> {
        self.contract.citation.as_deref()
    }

    /// What it is about, as the host sees it.
    pub fn place(&self) -> &contract::Place {
        &self.contract.place
    }

    /// Is it about this fact, or a row or a cell of it?
    pub fn concerns(&self, field: FactField) -> bool {
        matches!(&self.contract.place, contract::Place::Fact(cell) if cell.field == field.0)
    }

    /// Is it about this parameter, or a row or a cell of it?
    pub fn concerns_parameter(&self, field: ParameterField) -> bool {
        matches!(&self.contract.place, contract::Place::Parameter(cell) if cell.field == field.0)
    }

    pub(crate) fn at(place: contract::Place, message: String) -> Self {
        Fault { contract: contract::Fault { place, message, citation: None } }
    }
}

/// Positions beyond 32 bits cannot come from a host; they are shown as the greatest.
fn cell(field: u32, row: Option<usize>, column: Option<Column>) -> contract::Cell {
    let row = row.map(|row| u32::try_from(row).unwrap_or(u32::MAX));
    contract::Cell { field, row, column: column.map(Column::position) }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.message())?;
        match self.citation() {
            Some(citation) => write!(formatter, " ({citation})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Fault {}
