//! Whether a step has the values that its kind declares.

use crate::contract::{ColumnOf, Description, Field, Scalar, ScalarKind, Shape, Source, Step};
use crate::contract::{StepKind, Value};

use super::{Bounds, Wrong, position};

/// What the values of a kind of step are checked against.
#[derive(Debug)]
pub(super) struct StepBounds {
    arguments: Vec<Form>,
    /// Whether it has a formula, and so a result.
    has_result: bool,
}

/// What one value looks like.
#[derive(Debug)]
enum Form {
    /// A scalar of any kind but a choice, which says nothing without a list.
    Any,
    Scalar(Cell),
    /// At most so many rows of these columns.
    Rows {
        columns: Vec<Cell>,
        most: usize,
    },
}

/// What a scalar of a declared kind looks like; none of them need be given.
#[derive(Debug)]
enum Cell {
    Boolean,
    Number,
    Text,
    Date,
    DateTime,
    /// One of so many.
    Choice(usize),
}

impl StepBounds {
    pub(super) fn of(kind: &StepKind, description: &Description) -> Self {
        let form = |source| Form::of(source, description).unwrap_or(Form::Any);
        Self {
            arguments: kind.arguments.iter().map(|argument| form(&argument.source)).collect(),
            has_result: kind.formula.is_some(),
        }
    }
}

impl Form {
    /// That of a value from this source. The description has been checked.
    fn of(source: &Source, description: &Description) -> Option<Self> {
        let cell = |fields: &[Field], cell: &ColumnOf| {
            let Shape::Table(table) = &fields.get(cell.field as usize)?.shape else { return None };
            let column = table.columns.get(cell.column as usize)?;
            Some(Self::Scalar(Cell::of(&column.kind)))
        };
        match source {
            Source::Own | Source::Expression(_) | Source::Figure(_) => None,
            Source::Item(_) => Some(Self::Scalar(Cell::Number)),
            Source::Fact(fact) => Self::of_field(description.facts.get(*fact as usize)?),
            Source::Parameter(parameter) => {
                Self::of_field(description.parameters.get(*parameter as usize)?)
            }
            Source::FactColumn(column) => cell(&description.facts, column),
            Source::ParameterColumn(column) => cell(&description.parameters, column),
        }
    }

    fn of_field(field: &Field) -> Option<Self> {
        Some(match &field.shape {
            Shape::Scalar(kind) => Self::Scalar(Cell::of(kind)),
            Shape::Table(table) => Self::Rows {
                columns: table.columns.iter().map(|column| Cell::of(&column.kind)).collect(),
                most: table.maximum_rows as usize,
            },
        })
    }
}

impl Cell {
    fn of(kind: &ScalarKind) -> Self {
        match kind {
            ScalarKind::Boolean => Self::Boolean,
            ScalarKind::Integer(_) | ScalarKind::Decimal(_) => Self::Number,
            ScalarKind::Text(_) => Self::Text,
            ScalarKind::Date => Self::Date,
            ScalarKind::DateTime => Self::DateTime,
            ScalarKind::Choice(choices) => Self::Choice(choices.len()),
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::Text => "a text",
            Self::Date => "a day",
            Self::DateTime => "a moment",
            Self::Choice(_) => "one of the declared choices",
        }
    }

    fn admits(&self, value: &Scalar) -> bool {
        match (self, value) {
            (_, Scalar::None)
            | (Self::Boolean, Scalar::Boolean(_))
            | (Self::Number, Scalar::Integer(_) | Scalar::Decimal(_))
            | (Self::Text, Scalar::Text(_))
            | (Self::Date, Scalar::Date(_))
            | (Self::DateTime, Scalar::DateTime(_)) => true,
            (Self::Choice(choices), Scalar::Choice(choice)) => (*choice as usize) < *choices,
            _ => false,
        }
    }
}

impl Bounds {
    /// Checks a step of an answer with so many lines.
    pub(super) fn step(&self, step: &Step, lines: usize) -> Result<(), Wrong> {
        position(step.kind, self.steps.len(), "steps")?;
        if let Some(line) = step.line {
            position(line, lines, "lines")?;
        }
        let Some(expected) = self.steps.get(step.kind as usize) else { return Ok(()) };
        if step.values.len() != expected.arguments.len() {
            let expected = expected.arguments.len();
            return Err(format!("expected {expected} values, found {}", step.values.len()));
        }
        for (at, (form, value)) in expected.arguments.iter().zip(&step.values).enumerate() {
            self.value(form, value).map_err(|wrong| format!("value {at}: {wrong}"))?;
        }
        match (&step.result, expected.has_result) {
            (None, false) => Ok(()),
            (Some(result), true) => {
                self.scalar(result).map_err(|wrong| format!("its result: {wrong}"))
            }
            (None, true) => Err("it has a formula, but no result".to_owned()),
            (Some(_), false) => Err("it has a result, but no formula".to_owned()),
        }
    }

    fn value(&self, form: &Form, value: &Value) -> Result<(), Wrong> {
        match (form, value) {
            (Form::Any, Value::Scalar(value)) => self.scalar(value),
            (Form::Scalar(cell), Value::Scalar(value)) => self.cell(cell, value),
            (Form::Rows { columns, most }, Value::Table(rows)) => {
                if rows.len() > *most {
                    return Err(format!("{} rows, at most {most}", rows.len()));
                }
                rows.iter().try_for_each(|row| self.row(columns, row))
            }
            (Form::Rows { .. }, Value::Scalar(_)) => {
                Err("expected rows, found a single value".to_owned())
            }
            (Form::Any | Form::Scalar(_), Value::Table(_)) => {
                Err("expected a single value, found rows".to_owned())
            }
        }
    }

    fn row(&self, columns: &[Cell], row: &[Scalar]) -> Result<(), Wrong> {
        if row.len() != columns.len() {
            return Err(format!("expected rows of {} cells, found {}", columns.len(), row.len()));
        }
        columns.iter().zip(row).try_for_each(|(cell, value)| self.cell(cell, value))
    }

    fn cell(&self, cell: &Cell, value: &Scalar) -> Result<(), Wrong> {
        match (cell.admits(value), value) {
            (false, _) => Err(format!("expected {}, found something else", cell.name())),
            (true, Scalar::Choice(_)) => Ok(()),
            (true, value) => self.scalar(value),
        }
    }

    fn scalar(&self, value: &Scalar) -> Result<(), Wrong> {
        match value {
            Scalar::Text(text) => self.text(text),
            Scalar::Choice(_) => Err("a choice without declared choices".to_owned()),
            value if !value.is_valid() => Err("not a valid value".to_owned()),
            _ => Ok(()),
        }
    }
}
