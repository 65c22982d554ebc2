//! Tables of a tax: rows with a limit and a rate.
//!
//! A row is a struct of the rule, with its units and meanings; its fields say what kind of table it is:
//!
//! | field | means |
//! |---|---|
//! | `up_to: Option<Decimal>` | the row holds amounts up to its limit; the last one has none |
//! | `over: Decimal` | the row holds amounts of more than its limit, up to that of the next |
//! | `at_least: Decimal` | the row holds amounts of its limit or more, less than that of the next |
//! | `rate: Decimal` | its rate, as a fraction |
//! | `quick_deduction: Decimal` | the tax is the rate on the whole amount less the deduction |
//! | `base_tax: Decimal` | the tax is the base tax and the rate on what exceeds the limit |
//! | neither, `#[bracket(marginal)]` | each row's rate on the part of the amount that lies in it |
//! | neither, `#[bracket(whole)]` | the rate on the whole amount |
//!
//! A table that does not begin at 0, rise, end open and join at its seams can not be read: a misprint
//! is found when the ruleset is published, and a look-up always finds its row.
//!
//! ```
//! use stele_sdk::brackets::Brackets;
//! use stele_sdk::prelude::*;
//!
//! /// A row of the table.
//! #[derive(Row, Bracket, Debug)]
//! pub struct TaxRow {
//!     /// Highest income of the row.
//!     pub up_to: Option<Decimal>,
//!     /// Its rate.
//!     pub rate: Decimal,
//!     /// What makes up for the rows below.
//!     pub quick_deduction: Decimal,
//! }
//!
//! let row = |up_to: Option<i64>, percent, deduction: i64| TaxRow {
//!     up_to: up_to.map(Decimal::from),
//!     rate: Decimal::new(percent, 2),
//!     quick_deduction: Decimal::from(deduction),
//! };
//! let table = Brackets::new(vec![row(Some(36_000), 3, 0), row(None, 10, 2_520)]).unwrap();
//! assert_eq!(table.tax(Decimal::from(36_000)), Decimal::from(1_080));
//! assert_eq!(table.tax(Decimal::from(40_000)), Decimal::from(1_480));
//!
//! let misprinted = vec![row(Some(36_000), 3, 0), row(None, 10, 2_250)];
//! assert_eq!(
//!     Brackets::new(misprinted).unwrap_err().to_string(),
//!     "at 36000 the rows must give the same tax, found 1080.00 and 1350.00"
//! );
//! ```

use crate::contract::{Limits, TaxMethod, Value};
use crate::declaration::{Shape, TaxDeclaration};
use crate::fault::Column;
use crate::reading::Unreadable;
use crate::rule::Row;
use crate::types::FieldType;
use rust_decimal::Decimal;
use std::fmt;

/// A row of a table of a tax; made by `#[derive(Bracket)]`.
pub trait BracketRow: Row {
    /// Which columns make the tax, and how.
    const TAX: TaxDeclaration;
    /// The column of the deduction or of the base tax, if there is one.
    const CORRECTION: Option<Column>;
    /// The limit; none for the last row of those `up_to`.
    fn limit(&self) -> Option<Decimal>;
    /// The rate, as a fraction.
    fn rate(&self) -> Decimal;
    /// The deduction or the base tax; zero without either.
    fn correction(&self) -> Decimal;
}

/// A table of a tax. It has at least one row, and each amount lies in one.
#[derive(Clone, Debug)]
pub struct Brackets<R>(Vec<R>);

/// What is wrong with a table: the row and column, and what was expected and found.
#[derive(Clone, Debug)]
pub struct Misprint {
    row: Option<usize>,
    column: Option<u32>,
    message: String,
}

impl fmt::Display for Misprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Misprint {}

impl<R: BracketRow> Brackets<R> {
    /// A table of these rows, if they make one.
    pub fn new(rows: Vec<R>) -> Result<Self, Misprint> {
        check(&rows)?;
        Ok(Brackets(rows))
    }

    /// The rows.
    pub fn rows(&self) -> &[R] {
        &self.0
    }

    /// The row that an amount lies in. Of one below the first limit it is the first.
    #[inline]
    pub fn row(&self, amount: Decimal) -> &R {
        &self.0[self.held(amount).unwrap_or_default()]
    }

    /// Position of that row; none where the amount lies below the first limit.
    #[inline]
    pub fn held(&self, amount: Decimal) -> Option<usize> {
        let rows = self.0.iter();
        match R::TAX.limits {
            Limits::UpTo => {
                rows.clone().position(|row| row.limit().is_none_or(|limit| amount <= limit))
            }
            Limits::Over => {
                rows.clone().rposition(|row| row.limit().is_some_and(|limit| amount > limit))
            }
            Limits::AtLeast => {
                rows.clone().rposition(|row| row.limit().is_some_and(|limit| amount >= limit))
            }
        }
    }

    /// The tax on an amount, not rounded. In a formula: `law.brackets.tax(taxable)`.
    // Once in a component, not once a formula.
    #[inline(never)]
    pub fn tax(&self, amount: Decimal) -> Decimal {
        self.held(amount).map_or(Decimal::ZERO, |at| tax(&self.0, at, amount))
    }

    /// The rows that the tax on an amount is worked out of.
    #[doc(hidden)]
    #[cold]
    #[inline(never)]
    pub fn used(&self, amount: Decimal) -> Value {
        let rows = match (self.held(amount), R::TAX.method) {
            (None, _) => &[],
            (Some(at), TaxMethod::Marginal) => &self.0[..=at],
            (Some(at), _) => &self.0[at..=at],
        };
        Value::Table(rows.iter().map(R::cells).collect())
    }
}

/// The tax on an amount that lies in the row at a position.
#[inline]
fn tax<R: BracketRow>(rows: &[R], at: usize, amount: Decimal) -> Decimal {
    let row = &rows[at];
    match R::TAX.method {
        TaxMethod::Whole => amount * row.rate(),
        TaxMethod::QuickDeduction(_) => amount * row.rate() - row.correction(),
        TaxMethod::BaseTax(_) => {
            row.correction() + (amount - row.limit().unwrap_or_default()) * row.rate()
        }
        TaxMethod::Marginal => marginal(rows, at, amount),
    }
}

fn marginal<R: BracketRow>(rows: &[R], at: usize, amount: Decimal) -> Decimal {
    let limit = |row: Option<&R>| row.and_then(BracketRow::limit);
    let parts = rows.iter().enumerate().take(at + 1).map(|(position, row)| {
        let below = position.checked_sub(1).and_then(|below| rows.get(below));
        let (from, to) = match R::TAX.limits {
            Limits::UpTo => (limit(below), row.limit()),
            Limits::Over | Limits::AtLeast => (row.limit(), limit(rows.get(position + 1))),
        };
        (to.map_or(amount, |to| amount.min(to)) - from.unwrap_or_default()) * row.rate()
    });
    parts.sum()
}

impl<R: BracketRow> FieldType for Brackets<R> {
    const SHAPE: Shape = Shape::Table(R::COLUMNS);
    const UNIT: Option<&'static str> = None;
    const TAX: Option<TaxDeclaration> = Some(R::TAX);
    fn read(value: Value) -> Result<Self, Unreadable> {
        let rows = <Vec<R> as FieldType>::read(value)?;
        Brackets::new(rows).map_err(|misprint| {
            Unreadable::misprint(misprint.row, misprint.column, misprint.message)
        })
    }
}

/// Does the table begin at 0, rise, end open and join?
fn check<R: BracketRow>(rows: &[R]) -> Result<(), Misprint> {
    let up_to = matches!(R::TAX.limits, Limits::UpTo);
    let wrong = |row, column, message: String| {
        Err(Misprint { row: Some(row), column: Some(column), message })
    };
    let Some(last) = rows.len().checked_sub(1) else {
        let message = "must have at least one row, found none".to_owned();
        return Err(Misprint { row: None, column: None, message });
    };
    let mut below = None;
    for (at, row) in rows.iter().enumerate() {
        match row.limit() {
            None if at < last => {
                let message = "only the last row may have no limit".to_owned();
                return wrong(at, R::TAX.limit, message);
            }
            Some(limit) if up_to && at == last => {
                return wrong(
                    at,
                    R::TAX.limit,
                    format!("the last row must have no limit, found {limit}"),
                );
            }
            Some(limit) if !up_to && at == 0 && !limit.is_zero() => {
                return wrong(
                    at,
                    R::TAX.limit,
                    format!("the first row must begin at 0, found {limit}"),
                );
            }
            Some(limit) if below.is_some_and(|below| limit <= below) => {
                let below = below.unwrap_or_default();
                return wrong(
                    at,
                    R::TAX.limit,
                    format!("limits must rise, found {limit} after {below}"),
                );
            }
            limit => below = limit,
        }
    }
    let first = rows[0].correction();
    if let Some(column) = R::CORRECTION {
        if !first.is_zero() {
            return wrong(
                0,
                column.position(),
                format!("must be 0 in the first row, found {first}"),
            );
        }
        for at in 1..rows.len() {
            let seam = if up_to { rows[at - 1].limit() } else { rows[at].limit() };
            let seam = seam.unwrap_or_default();
            let (lower, upper) = (of_row(&rows[at - 1], seam), of_row(&rows[at], seam));
            if lower != upper {
                let message =
                    format!("at {seam} the rows must give the same tax, found {lower} and {upper}");
                return wrong(at, column.position(), message);
            }
        }
    }
    Ok(())
}

/// What a row gives for an amount, wherever the amount lies.
fn of_row<R: BracketRow>(row: &R, amount: Decimal) -> Decimal {
    match R::TAX.method {
        TaxMethod::BaseTax(_) => {
            row.correction() + (amount - row.limit().unwrap_or_default()) * row.rate()
        }
        _ => amount * row.rate() - row.correction(),
    }
}
