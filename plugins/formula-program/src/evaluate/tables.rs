//! What a payroll does with the rows of a table of the law: tax by brackets, the row that holds a
//! number, the row with a key.
//!
//! Rows stand in ascending order of their limits; the host checks gaps and overlaps when a ruleset is
//! published, and a row out of order is a fault here.

use crate::evaluate::compare;
use crate::evaluate::run::{Evaluated, Run};
use crate::fault::Fault;
use crate::inputs::Inputs;
use crate::node::{Limits, TaxMethod};
use crate::number;
use crate::operand::{ConstantId, NodeId};
use crate::value::{Row, Rows, Value};
use rust_decimal::Decimal;

impl<'v, P: Inputs<'v>, F: Inputs<'v>> Run<'v, '_, P, F> {
    /// Tax on an amount; none on an amount of zero or less.
    #[allow(clippy::too_many_arguments, reason = "the fields of the node")]
    pub(crate) fn tax(
        &mut self,
        amount: NodeId,
        rows: NodeId,
        limits: Limits,
        limit: u32,
        rate: u32,
        method: TaxMethod,
        other: u32,
    ) -> Evaluated<Decimal> {
        let (amount, rows) = (self.number(amount)?, self.value(rows)?);
        if amount <= Decimal::ZERO {
            return Ok(Decimal::ZERO);
        }
        if method == TaxMethod::Marginal {
            return self.marginal(amount, &rows, limits, limit, rate);
        }
        let Value::Row(row) = self.row_holding(amount, &rows, limits, limit)? else {
            // Below the first limit there is no tax; above the last one somebody forgot a row.
            return match limits {
                Limits::UpTo => Err(self.no_row_holds(&rows, limit, amount)),
                Limits::Over | Limits::AtLeast => Ok(Decimal::ZERO),
            };
        };
        self.facts.used(row);
        let rate = self.number_of(row, rate)?;
        let taxed = match method {
            TaxMethod::BaseTax => {
                let limit = self.number_of(row, limit)?;
                number::subtract(amount, limit)
                    .map_err(|why| self.no_number(why, "-", amount, limit))?
            }
            _ => amount,
        };
        let tax =
            number::multiply(taxed, rate).map_err(|why| self.no_number(why, "*", taxed, rate))?;
        let result = match method {
            TaxMethod::Whole | TaxMethod::Marginal => Ok(tax),
            TaxMethod::QuickDeduction => number::subtract(tax, self.number_of(row, other)?),
            TaxMethod::BaseTax => number::add(tax, self.number_of(row, other)?),
        };
        result.map_err(|why| self.unary(why, tax))
    }

    /// Each row's rate on the part of the amount that lies in it.
    fn marginal(
        &self,
        amount: Decimal,
        rows: &Value<'v>,
        limits: Limits,
        limit: u32,
        rate: u32,
    ) -> Evaluated<Decimal> {
        if let Value::Rows(table @ Rows::Parameter(parameter)) = rows
            && let Some(schedule) = self.plan.tables.schedule(*parameter, limits, limit, rate)
            && let Some((tax, used)) = schedule.tax(amount)
        {
            (0..used).for_each(|row| self.facts.used(Row { rows: *table, row }));
            return Ok(tax);
        }
        let count = self.length(rows);
        let mut tax = Decimal::ZERO;
        let mut lower = Decimal::ZERO;
        for place in 0..count {
            let row = self.row(rows, place)?;
            let upper = match limits {
                Limits::UpTo => self.maybe_number_of(row, limit)?,
                Limits::Over | Limits::AtLeast => {
                    lower = self.number_of(row, limit)?;
                    match place + 1 < count {
                        true => Some(self.number_of(self.row(rows, place + 1)?, limit)?),
                        false => None,
                    }
                }
            };
            if amount <= lower {
                return Ok(tax);
            }
            if upper.is_some_and(|upper| upper <= lower) {
                let words = "the rows of the table are not in ascending order";
                return Err(self.in_row(row, Some(limit), self.fault(words, &[])));
            }
            self.facts.used(row);
            let top = upper.map_or(amount, |upper| upper.min(amount));
            let rate = self.number_of(row, rate)?;
            let part = number::subtract(top, lower)
                .and_then(|part| number::multiply(part, rate))
                .and_then(|part| number::add(tax, part));
            tax = part.map_err(|why| self.no_number(why, "taxed at", amount, rate))?;
            match upper {
                None => return Ok(tax),
                Some(upper) => lower = upper,
            }
        }
        if limits == Limits::UpTo && amount > lower {
            return Err(self.no_row_holds(rows, limit, amount));
        }
        Ok(tax)
    }

    #[cold]
    fn no_row_holds(&self, rows: &Value<'v>, limit: u32, amount: Decimal) -> Box<Fault> {
        let fault = self.fault("no row of the table holds", &[&Value::Number(amount)]);
        self.in_table(rows, Some(limit), fault)
    }

    /// The row that holds a number, or none.
    pub(crate) fn row_holding(
        &self,
        value: Decimal,
        rows: &Value<'v>,
        limits: Limits,
        limit: u32,
    ) -> Evaluated<Value<'v>> {
        if let Value::Rows(table @ Rows::Parameter(parameter)) = rows
            && let Some(column) = self.plan.tables.column(*parameter, limits, limit)
        {
            let row = column.holding(value).map(|row| Value::Row(Row { rows: *table, row }));
            return Ok(row.unwrap_or(Value::None));
        }
        let mut found = Value::None;
        for place in 0..self.length(rows) {
            let row = self.row(rows, place)?;
            match limits {
                Limits::UpTo => match self.maybe_number_of(row, limit)? {
                    Some(upper) if value > upper => {}
                    _ => return Ok(Value::Row(row)),
                },
                Limits::Over if value > self.number_of(row, limit)? => found = Value::Row(row),
                Limits::AtLeast if value >= self.number_of(row, limit)? => found = Value::Row(row),
                Limits::Over | Limits::AtLeast => return Ok(found),
            }
        }
        Ok(found)
    }

    /// The rows that a tax rests on, in the order of the table.
    pub(crate) fn tax_rows(
        &self,
        amount: Decimal,
        rows: &Value<'v>,
        limits: Limits,
        limit: u32,
        method: TaxMethod,
    ) -> Evaluated<Value<'v>> {
        let holding = self.row_holding(amount, rows, limits, limit)?;
        if method != TaxMethod::Marginal {
            let used = if holding.is_none() { Vec::new() } else { vec![holding] };
            return Ok(Value::List(used.into()));
        }
        let mut used = Vec::new();
        for place in 0..self.length(rows) {
            let row = self.element(rows, place)?;
            let last = compare::equal(&row, &holding) == Some(true);
            used.push(row);
            if last {
                break;
            }
        }
        Ok(Value::List(used.into()))
    }

    /// The first row whose cell equals a value, or none.
    pub(crate) fn row_with(
        &self,
        value: &Value<'v>,
        rows: &Value<'v>,
        column: u32,
        names: ConstantId,
    ) -> Evaluated<Value<'v>> {
        // The position of the name, so that cells need not be named.
        let position = match self.program.constants.get(names.index()) {
            Some(Value::List(names)) => {
                names.iter().position(|name| name.as_text() == value.as_text())
            }
            _ => None,
        };
        for place in 0..self.length(rows) {
            let row = self.row(rows, place)?;
            let found = match (self.cell(row, column), position) {
                (Value::Choice(chosen), Some(position)) => chosen as usize == position,
                (cell, _) => compare::equal(&self.named(cell, names)?, value) == Some(true),
            };
            if found {
                return Ok(Value::Row(row));
            }
        }
        Ok(Value::None)
    }

    /// The name of a choice; what is no choice stays as it is.
    pub(crate) fn named(&self, value: Value<'v>, names: ConstantId) -> Evaluated<Value<'v>> {
        let Value::Choice(position) = value else {
            return Ok(value);
        };
        match self.program.constants.get(names.index()) {
            Some(Value::List(names)) => match names.get(position as usize) {
                Some(name) => Ok(name.clone()),
                None => Err(self.fault("no such choice", &[])),
            },
            _ => Ok(value),
        }
    }

    fn row(&self, rows: &Value<'v>, place: usize) -> Evaluated<Row> {
        match self.element(rows, place)? {
            Value::Row(row) => Ok(row),
            other => Err(self.fault("a row is needed", &[&other])),
        }
    }

    fn number_of(&self, row: Row, column: u32) -> Evaluated<Decimal> {
        self.maybe_number_of(row, column)?.ok_or_else(|| {
            let words = "a number is needed in the table and there is none";
            self.in_row(row, Some(column), self.fault(words, &[]))
        })
    }

    fn maybe_number_of(&self, row: Row, column: u32) -> Evaluated<Option<Decimal>> {
        match self.cell(row, column) {
            Value::Number(number) => Ok(Some(number)),
            Value::None => Ok(None),
            other => {
                let fault = self.fault("a number is needed in the table", &[&other]);
                Err(self.in_row(row, Some(column), fault))
            }
        }
    }
}
