//! What the sources of values have, looked up as often as there are steps.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;
use stele_engine::contract::{ColumnOf, Scalar, Source, Value};

use super::calculated::Calculated;
use super::disagreement::Found;
use super::effort::Effort;
use super::worked::{Worked, is_same};

/// Facts, parameters, lines and the figures that were given so far.
pub(super) struct Sources<'a> {
    calculated: &'a Calculated<'a>,
    effort: &'a Effort,
    /// The last result of each figure, as far as there is one.
    figures: Vec<Option<Scalar>>,
    /// The cells of each column that was asked for, by whether it is one of facts.
    columns: HashMap<(bool, u32, u32), HashSet<Option<Worked>>>,
    /// The amounts of each item that has a line, and what its lines come to together.
    amounts: HashMap<usize, HashSet<Decimal>>,
}

impl<'a> Sources<'a> {
    pub(super) fn of(calculated: &'a Calculated<'a>, effort: &'a Effort) -> Self {
        let mut amounts: HashMap<usize, HashSet<Decimal>> = HashMap::new();
        let mut sums: HashMap<usize, Option<Decimal>> = HashMap::new();
        for line in &calculated.outcome.lines {
            amounts.entry(line.item).or_default().insert(line.amount);
            let sum = sums.entry(line.item).or_insert(Some(Decimal::ZERO));
            *sum = sum.and_then(|sum| sum.checked_add(line.amount));
        }
        for (item, sum) in sums {
            amounts.entry(item).or_default().extend(sum);
        }
        let figures = vec![None; calculated.description.figures.len()];
        Self { calculated, effort, figures, columns: HashMap::new(), amounts }
    }

    /// A step has given a figure.
    pub(super) fn give(&mut self, figure: u32, result: Scalar) {
        if let Some(place) = self.figures.get_mut(figure as usize) {
            *place = Some(result);
        }
    }

    /// Whether the source has the value; else what it has instead.
    pub(super) fn check(&mut self, source: &Source, said: &Value) -> Result<(), Found> {
        let facts = self.calculated.facts;
        let parameters = self.calculated.in_force.values().as_ref();
        match source {
            Source::Own | Source::Expression(_) => Ok(()),
            Source::Fact(position) => self.field(facts.get(*position as usize), said),
            Source::Parameter(position) => self.field(parameters.get(*position as usize), said),
            Source::FactColumn(cell) => self.column(true, cell, said),
            Source::ParameterColumn(cell) => self.column(false, cell, said),
            Source::Item(position) => {
                let said = match said {
                    Value::Scalar(scalar) => Worked::of(scalar),
                    Value::Table(_) => None,
                };
                let is_one = match (said, self.amounts.get(&(*position as usize))) {
                    (Some(Worked::Number(said)), Some(amounts)) => amounts.contains(&said),
                    (Some(Worked::Number(said)), None) => said.is_zero(),
                    _ => false,
                };
                if is_one { Ok(()) } else { Err(Found::NoSuchLine) }
            }
            Source::Figure(position) => match self.figures.get(*position as usize) {
                Some(Some(result)) => same(said, result),
                Some(None) if is_zero(said) => Ok(()),
                _ => Err(Found::NotYet),
            },
        }
    }

    /// A value of a whole field: a scalar, or rows of a table in their order.
    fn field(&self, found: Option<&Value>, said: &Value) -> Result<(), Found> {
        match (found, said) {
            (Some(Value::Scalar(found)), said) => same(said, found),
            (Some(Value::Table(rows)), Value::Table(used)) => {
                if !used.is_empty() {
                    self.effort.spend(rows.len()).map_err(|_| Found::TooMuch)?;
                }
                let mut left = rows.iter();
                let is_there = |row: &Vec<Scalar>| left.any(|other| is_same_row(row, other));
                if used.iter().all(is_there) { Ok(()) } else { Err(Found::NoSuchRow) }
            }
            _ => Err(Found::NoSuchRow),
        }
    }

    /// A cell of a table; zero where an amount may be missing and is, or where there are no rows.
    fn column(&mut self, of_facts: bool, cell: &ColumnOf, said: &Value) -> Result<(), Found> {
        let fields = match of_facts {
            true => self.calculated.facts,
            false => self.calculated.in_force.values().as_ref(),
        };
        let (Some(Value::Table(rows)), Value::Scalar(said)) =
            (fields.get(cell.field as usize), said)
        else {
            return Err(Found::NoSuchRow);
        };
        let place = (of_facts, cell.field, cell.column);
        let cells = match self.columns.entry(place) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(new) => {
                self.effort.spend(rows.len()).map_err(|_| Found::TooMuch)?;
                let cells = rows.iter().filter_map(|row| row.get(cell.column as usize));
                new.insert(cells.map(Worked::of).collect())
            }
        };
        let said = Worked::of(said);
        let may_be_missing = cells.is_empty() || cells.contains(&None);
        let is_nothing = match &said {
            None => true,
            Some(Worked::Number(number)) => number.is_zero(),
            Some(_) => false,
        };
        let is_one = may_be_missing && is_nothing || cells.contains(&said);
        if is_one { Ok(()) } else { Err(Found::NoSuchRow) }
    }
}

fn is_zero(said: &Value) -> bool {
    let worked = match said {
        Value::Scalar(scalar) => Worked::of(scalar),
        Value::Table(_) => None,
    };
    matches!(worked, Some(Worked::Number(number)) if number.is_zero())
}

fn same(said: &Value, found: &Scalar) -> Result<(), Found> {
    match said {
        Value::Scalar(said) if is_same(said, found) => Ok(()),
        _ => Err(Found::Scalar(found.clone())),
    }
}

/// Whether two rows have the same cells.
pub(super) fn is_same_row(one: &[Scalar], other: &[Scalar]) -> bool {
    let same = |(one, other): (&Scalar, &Scalar)| Worked::of(one) == Worked::of(other);
    one.len() == other.len() && one.iter().zip(other).all(same)
}
