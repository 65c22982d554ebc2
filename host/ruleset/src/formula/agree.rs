//! Whether what an explanation says is what facts, parameters, lines and earlier steps say.

use rust_decimal::Decimal;
use stele_engine::contract::{ColumnOf, Scalar, Source, StepKind, Target, Value};

use super::calculated::Calculated;
use super::disagreement::{Disagreement, Found};
use super::evaluate::Values;
use super::expression::Expression;
use super::name::{source_name, target_name};
use super::render::Reader;
use super::worked::{Worked, is_same};
use crate::outcome::{Line, Step};

/// Compares every step of a calculation, in the order in which they were taken:
///
/// - a value whose source is a fact or a parameter is its value (zero where an amount may be missing
///   and is), a cell of it, or rows of it in their order;
/// - one whose source is an item is the amount of a line of it (zero where there is no line of it);
/// - one whose source is a figure is the last earlier result of it;
/// - the rows of a tax are those that hold the amount;
/// - a formula gives the step's result;
/// - where it gives an item, the step leads to a line of it with that amount.
pub(super) fn agree(calculated: &Calculated<'_>) -> Result<(), Disagreement> {
    let description = calculated.description;
    let mut figures = vec![None; description.figures.len()];
    for step in &calculated.outcome.steps {
        // The engine has checked that there is one.
        let Some(kind) = description.steps.get(step.kind) else { continue };
        let comparison = Comparison { calculated, kind, step, figures: &figures };
        for (argument, value) in kind.arguments.iter().zip(&step.values) {
            if let Err(found) = comparison.value(&argument.source, value) {
                let reader = Reader::english(*calculated);
                return Err(Disagreement::Value {
                    step: kind.name.clone(),
                    source_name: source_name(argument, description),
                    said: reader.value(value),
                    found: reader.found(found),
                });
            }
        }
        if let (Some(formula), Some(expression)) =
            (&kind.formula, calculated.formulas.at(step.kind))
        {
            let result = comparison.result(expression)?;
            match formula.gives {
                Target::Item(item) => comparison.line(item as usize, &result)?,
                Target::Figure(figure) => {
                    if let Some(place) = figures.get_mut(figure as usize) {
                        *place = Some(result.scalar());
                    }
                }
            }
        }
    }
    Ok(())
}

/// One step beside everything that it is compared with.
struct Comparison<'a> {
    calculated: &'a Calculated<'a>,
    kind: &'a StepKind,
    step: &'a Step,
    /// The last result of each figure, as far as there is one.
    figures: &'a [Option<Scalar>],
}

impl Comparison<'_> {
    fn value(&self, source: &Source, value: &Value) -> Result<(), Found> {
        let facts = self.calculated.facts;
        let parameters = self.calculated.in_force.values().as_ref();
        match source {
            Source::Own | Source::Expression(_) => Ok(()),
            Source::Fact(position) => field(facts.get(*position as usize), value),
            Source::Parameter(position) => field(parameters.get(*position as usize), value),
            Source::FactColumn(cell) => column(facts, cell, value),
            Source::ParameterColumn(cell) => column(parameters, cell, value),
            Source::Item(position) => {
                let lines = &self.calculated.outcome.lines;
                let mut own =
                    lines.iter().filter(|line| line.item == *position as usize).peekable();
                let said = number(value);
                let is_one = match own.peek() {
                    Some(_) => own.any(|line| said == Some(line.amount)),
                    None => said.is_some_and(|said| said.is_zero()),
                };
                if is_one { Ok(()) } else { Err(Found::NoSuchLine) }
            }
            Source::Figure(position) => match self.figures.get(*position as usize) {
                Some(Some(result)) => same(value, result),
                _ => Err(Found::NotYet),
            },
        }
    }

    /// The value of the step's formula, which is the step's result.
    fn result(&self, expression: &Expression) -> Result<Worked, Disagreement> {
        let values = Values {
            description: self.calculated.description,
            kind: self.kind,
            values: &self.step.values,
            in_force: self.calculated.in_force,
        };
        let step = self.kind.name.clone();
        let said = self.step.result.as_ref();
        let reader = || Reader::english(*self.calculated);
        let worked = values.evaluate(expression).map_err(|reason| Disagreement::NotWorkable {
            step: step.clone(),
            formula: reader().formula(self.step).unwrap_or_default(),
            reason,
        })?;
        if said.and_then(Worked::of).as_ref() == Some(&worked) {
            return Ok(worked);
        }
        let reader = reader();
        Err(Disagreement::Result {
            step,
            formula: reader.formula(self.step).unwrap_or_default(),
            said: reader.result(self.step, said.unwrap_or(&Scalar::None)),
            worked: reader.result(self.step, &worked.scalar()),
        })
    }

    /// The step leads to a line of this item with this amount.
    fn line(&self, item: usize, result: &Worked) -> Result<(), Disagreement> {
        let line = self.step.line.and_then(|line| self.calculated.outcome.lines.get(line));
        let is_it = |line: &Line| line.item == item && *result == Worked::Number(line.amount);
        if line.is_some_and(is_it) {
            return Ok(());
        }
        let description = self.calculated.description;
        let name = |item: usize| target_name(&Target::Item(item as u32), description).to_owned();
        let reader = Reader::english(*self.calculated);
        Err(Disagreement::Line {
            step: self.kind.name.clone(),
            formula: reader.formula(self.step).unwrap_or_default(),
            item: name(item),
            said: reader.result(self.step, &result.scalar()),
            found: match line {
                None => "no line".to_owned(),
                Some(line) if line.item != item => format!("a line of {}", name(line.item)),
                Some(line) => {
                    let amount = Scalar::Decimal(line.amount.into());
                    format!("a line of {}", reader.result(self.step, &amount))
                }
            },
        })
    }
}

/// A value of a whole field: a scalar, or rows of a table in their order.
fn field(found: Option<&Value>, said: &Value) -> Result<(), Found> {
    match (found, said) {
        (Some(Value::Scalar(found)), said) => same(said, found),
        (Some(Value::Table(rows)), Value::Table(used)) => {
            let mut left = rows.iter();
            let is_there = |row: &Vec<Scalar>| left.any(|other| is_same_row(row, other));
            if used.iter().all(is_there) { Ok(()) } else { Err(Found::NoSuchRow) }
        }
        _ => Err(Found::NoSuchRow),
    }
}

/// A cell of a table; zero where an amount may be missing and is, or where there are no rows.
fn column(fields: &[Value], cell: &ColumnOf, said: &Value) -> Result<(), Found> {
    let (Some(Value::Table(rows)), Value::Scalar(said)) = (fields.get(cell.field as usize), said)
    else {
        return Err(Found::NoSuchRow);
    };
    let mut cells = rows.iter().filter_map(|row| row.get(cell.column as usize));
    let is_one = match rows.is_empty() {
        true => is_same(said, &Scalar::None),
        false => cells.any(|found| is_same(said, found)),
    };
    if is_one { Ok(()) } else { Err(Found::NoSuchRow) }
}

fn same(said: &Value, found: &Scalar) -> Result<(), Found> {
    match said {
        Value::Scalar(said) if is_same(said, found) => Ok(()),
        _ => Err(Found::Scalar(found.clone())),
    }
}

fn is_same_row(said: &[Scalar], found: &[Scalar]) -> bool {
    let same = |(said, found): (&Scalar, &Scalar)| Worked::of(said) == Worked::of(found);
    said.len() == found.len() && said.iter().zip(found).all(same)
}

fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Scalar(scalar) => match Worked::of(scalar)? {
            Worked::Number(number) => Some(number),
            _ => None,
        },
        Value::Table(_) => None,
    }
}
