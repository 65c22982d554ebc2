//! Reads the values that the host hands over, by position, without copying them.
//!
//! The host checks every value against the description before the rule sees it, so nothing here
//! fails unless the host has a defect; then the answer is a fault that names the field, never a
//! trap.

use crate::canonical::{FactValues, InPlace};
use crate::contract::{Cell, Place, Scalar, Value};
use crate::declaration::Kind;
use crate::fault::Fault;
use crate::types::{ColumnType, FieldType};
use std::vec::IntoIter;

/// Why a value cannot be read. It says what was expected and what was found; the field is added by
/// the reader that knows it.
#[derive(Debug)]
pub struct Unreadable {
    row: Option<u32>,
    column: Option<u32>,
    message: String,
}

impl Unreadable {
    #[cold]
    pub(crate) fn scalar(expected: &Kind, found: &Scalar) -> Self {
        Unreadable::new(format!("must be {}, found {}", expected.phrase(), phrase(found)))
    }

    #[cold]
    pub(crate) fn table_for_scalar(expected: &Kind) -> Self {
        Unreadable::new(format!("must be {}, found a table", expected.phrase()))
    }

    #[cold]
    pub(crate) fn scalar_for_table() -> Self {
        Unreadable::new("must be a table, found a scalar".to_owned())
    }

    #[cold]
    pub(crate) fn in_row(mut self, row: usize) -> Self {
        self.row = u32::try_from(row).ok();
        self
    }

    #[cold]
    pub(crate) fn misprint(row: Option<usize>, column: Option<u32>, message: String) -> Self {
        Unreadable { row: row.and_then(|row| u32::try_from(row).ok()), column, message }
    }

    fn new(message: String) -> Self {
        Unreadable { row: None, column: None, message }
    }

    fn into_fault(self, place: fn(Cell) -> Place, field: u32) -> Fault {
        Fault::at(place(Cell { field, row: self.row, column: self.column }), self.message)
    }
}

/// What was found, in words.
fn phrase(scalar: &Scalar) -> String {
    match scalar {
        Scalar::None => "nothing".to_owned(),
        Scalar::Boolean(value) => format!("the boolean {value}"),
        Scalar::Integer(value) => format!("the integer {value}"),
        Scalar::Decimal(value) => match crate::exact::decimal(value) {
            Some(value) => format!("the decimal {value}"),
            None => format!("a decimal with {} digits after the point", value.scale),
        },
        Scalar::Text(value) => format!("the text \"{value}\""),
        Scalar::Date(value) => {
            format!("the date {:04}-{:02}-{:02}", value.year, value.month, value.day)
        }
        Scalar::DateTime(_) => "a date-time".to_owned(),
        Scalar::Choice(position) => format!("the choice at position {position}"),
    }
}

/// The values of the facts.
pub struct FactReader(FactValues);

/// The values of the parameters, handed out in order.
pub struct ParameterReader {
    values: IntoIter<Value>,
    position: u32,
}

/// The cells of a row, handed out in order.
pub struct CellReader {
    cells: IntoIter<Scalar>,
    position: u32,
}

impl FactReader {
    /// Takes exactly `expected` values.
    #[inline]
    pub fn new(values: FactValues, expected: usize) -> Result<Self, Fault> {
        match values.len() == expected {
            true => Ok(FactReader(values)),
            false => Err(miscounted("facts", expected, values.len())),
        }
    }

    /// What can be read without being taken.
    #[inline]
    pub fn in_place(&self) -> InPlace<'_> {
        self.0.lying()
    }

    /// Takes what [`FactReader::in_place`] can not read: texts, tables with rows, and what can not
    /// be read at all. In order of the positions.
    #[inline(never)]
    pub fn take<T: FieldType>(&self, position: usize) -> Result<T, Fault> {
        let field = u32::try_from(position).unwrap_or(u32::MAX);
        read_value(self.0.take(position)).map_err(|found| found.into_fault(Place::Fact, field))
    }

    /// Ends reading after every position was read.
    #[inline]
    pub fn finish(self) {
        self.0.finish();
    }
}

impl ParameterReader {
    /// Takes exactly `expected` values.
    #[inline]
    pub fn new(values: Vec<Value>, expected: usize) -> Result<Self, Fault> {
        match values.len() == expected {
            true => Ok(ParameterReader { values: values.into_iter(), position: 0 }),
            false => Err(miscounted("parameters", expected, values.len())),
        }
    }

    /// The next parameter.
    #[inline]
    pub fn read<T: FieldType>(&mut self) -> Result<T, Fault> {
        let position = self.position;
        self.position += 1;
        read_value(self.values.next()).map_err(|found| found.into_fault(Place::Parameter, position))
    }
}

impl CellReader {
    /// Takes exactly `expected` cells.
    #[inline]
    pub fn new(cells: Vec<Scalar>, expected: usize) -> Result<Self, Unreadable> {
        match cells.len() == expected {
            true => Ok(CellReader { cells: cells.into_iter(), position: 0 }),
            false => Err(Unreadable::new(format!(
                "must be a row of {expected} cells, found {}",
                cells.len()
            ))),
        }
    }

    /// The next cell.
    #[inline]
    pub fn read<T: ColumnType>(&mut self) -> Result<T, Unreadable> {
        let position = self.position;
        self.position += 1;
        T::read(self.cells.next().unwrap_or(Scalar::None)).map_err(|found| Unreadable {
            column: Some(position),
            ..Unreadable::scalar(&T::KIND, &found)
        })
    }
}

#[inline]
fn read_value<T: FieldType>(value: Option<Value>) -> Result<T, Unreadable> {
    T::read(value.unwrap_or(Value::Scalar(Scalar::None)))
}

#[cold]
fn miscounted(what: &str, expected: usize, found: usize) -> Fault {
    Fault::whole(format!("must be handed {expected} {what}, found {found}"))
}
