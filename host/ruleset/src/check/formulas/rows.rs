//! The rows of a table in a span of time, and where each of them stands in `parameters.toml`.

use jiff::civil::Date;
use rust_decimal::Decimal;
use stele_engine::contract::{Column, Description, Field, Scalar, Shape};

use crate::parameters::{Parameters, Segment, Series};

/// A parameter that is a table.
#[derive(Clone, Copy)]
pub(super) struct Table<'a> {
    pub(super) field: &'a Field,
    pub(super) columns: &'a [Column],
    series: &'a Series,
}

/// A row in force.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    /// Position of its entry in the series.
    pub(super) entry: usize,
    /// Position among the rows of the entry.
    pub(super) row: usize,
    pub(super) cells: &'a [Scalar],
}

impl<'a> Table<'a> {
    /// The parameter at this position, where it is a table.
    pub(super) fn of(
        description: &'a Description,
        parameters: &'a Parameters,
        position: usize,
    ) -> Option<Self> {
        let field = description.parameters.get(position)?;
        let Shape::Table(shape) = &field.shape else { return None };
        let series = parameters.series(position)?;
        Some(Self { field, columns: &shape.columns, series })
    }

    /// Its rows in a span of time, in the order in which the rule gets them.
    pub(super) fn rows(&self, segment: &Segment) -> Vec<Row<'a>> {
        self.rows_of(&segment.entries)
    }

    /// The rows of entries, by their positions in the series.
    pub(super) fn rows_of(&self, entries: &[usize]) -> Vec<Row<'a>> {
        let entries = entries.iter();
        let entries =
            entries.filter_map(|entry| Some((*entry, self.series.entries().get(*entry)?)));
        let rows = entries.flat_map(|(entry, content)| {
            let rows = content.rows().iter().enumerate();
            rows.map(move |(row, cells)| Row { entry, row, cells })
        });
        rows.collect()
    }

    /// Where a row stands: `bands[0].rows[2]`, `cities[4].row`.
    pub(super) fn place(&self, row: Row<'_>) -> String {
        let written = self.series.written().nth(row.entry).map_or(0, |(written, _)| written);
        let name = &self.field.name;
        match self.series.is_keyed() {
            true => format!("{name}[{written}].row"),
            false => format!("{name}[{written}].rows[{}]", row.row),
        }
    }

    /// Where the cell of a row stands.
    pub(super) fn cell_place(&self, row: Row<'_>, column: usize) -> String {
        let name = self.columns.get(column).map_or("", |column| &*column.name);
        format!("{}.{name}", self.place(row))
    }

    /// The position of a column.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

/// Where a row begins or ends: two of one column have an order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Limit {
    Number(Decimal),
    Day(Date),
}

impl std::fmt::Display for Limit {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => number.normalize().fmt(formatter),
            Self::Day(day) => day.fmt(formatter),
        }
    }
}

impl Row<'_> {
    /// The limit in a column; none where there is none.
    pub(super) fn limit(&self, column: usize) -> Option<Limit> {
        match self.cells.get(column)? {
            Scalar::Date(day) => Date::try_from(*day).ok().map(Limit::Day),
            other => number(other).map(Limit::Number),
        }
    }
}

/// The number that a value is; none where it is another value.
pub(super) fn number(value: &Scalar) -> Option<Decimal> {
    match value {
        Scalar::Decimal(decimal) => Decimal::try_from(*decimal).ok(),
        Scalar::Integer(integer) => Some(Decimal::from(*integer)),
        _ => None,
    }
}
