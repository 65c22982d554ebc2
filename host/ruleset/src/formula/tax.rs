//! A tax by the rows of a table: which rows hold an amount, and what is taken of it.

use rust_decimal::Decimal;
use stele_engine::contract::{Limits, Scalar, ScalarKind, TableShape, TaxMethod, TaxTable};

use super::disagreement::NotWorkable;
use super::effort::Effort;
use super::sources::is_same_row;
use super::worked::Worked;
use crate::number::normal_text;

/// What a tax is the sum of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Bands {
    /// Each part with its rate. None: no row holds the amount.
    Marginal(Vec<(Decimal, Decimal)>),
    /// The amount with its rate, less a deduction.
    QuickDeduction { amount: Decimal, rate: Decimal, deduction: Decimal },
    /// A tax, and what exceeds the limit with its rate.
    BaseTax { base: Decimal, excess: Decimal, rate: Decimal },
    /// The amount with its rate.
    Whole { amount: Decimal, rate: Decimal },
}

impl Bands {
    /// Those of an amount by the rows that hold it.
    pub(super) fn of(
        table: &TaxTable,
        amount: Decimal,
        rows: &[Vec<Scalar>],
    ) -> Result<Self, NotWorkable> {
        let rate = |row| number(row, table.rate, "rate");
        let [.., last] = rows else { return Ok(Self::Marginal(Vec::new())) };
        Ok(match table.method {
            TaxMethod::Marginal => Self::Marginal(marginal(table, amount, rows)?),
            TaxMethod::QuickDeduction(column) => Self::QuickDeduction {
                amount,
                rate: rate(last)?,
                deduction: number(last, column, "deduction")?,
            },
            TaxMethod::BaseTax(column) => {
                let limit = number(last, table.limit, "limit")?;
                let excess = amount.checked_sub(limit).ok_or(NotWorkable::TooLarge)?;
                Self::BaseTax {
                    base: number(last, column, "tax at its limit")?,
                    excess,
                    rate: rate(last)?,
                }
            }
            TaxMethod::Whole => Self::Whole { amount, rate: rate(last)? },
        })
    }

    /// The tax. None: it is too large.
    pub(super) fn tax(&self) -> Option<Decimal> {
        match self {
            Self::Marginal(parts) => {
                let mut taxes = parts.iter().map(|(part, rate)| part.checked_mul(*rate));
                let Some(first) = taxes.next() else { return Some(Decimal::ZERO) };
                taxes.try_fold(first?, |sum, tax| sum.checked_add(tax?))
            }
            Self::QuickDeduction { amount, rate, deduction } => {
                amount.checked_mul(*rate)?.checked_sub(*deduction)
            }
            Self::BaseTax { base, excess, rate } => base.checked_add(excess.checked_mul(*rate)?),
            Self::Whole { amount, rate } => amount.checked_mul(*rate),
        }
    }
}

/// Each row's part of the amount, the last row's all that is left.
fn marginal(
    table: &TaxTable,
    amount: Decimal,
    rows: &[Vec<Scalar>],
) -> Result<Vec<(Decimal, Decimal)>, NotWorkable> {
    let limit = |row: &Vec<Scalar>| number(row, table.limit, "limit");
    let mut parts = Vec::with_capacity(rows.len());
    let mut begins = Decimal::ZERO;
    for (at, row) in rows.iter().enumerate() {
        let next = rows.get(at + 1);
        if table.limits != Limits::UpTo {
            begins = limit(row)?;
        }
        let ends = match (next, table.limits) {
            (None, _) => amount,
            (Some(_), Limits::UpTo) => limit(row)?,
            (Some(next), Limits::Over | Limits::AtLeast) => limit(next)?,
        };
        let part = ends.checked_sub(begins).ok_or(NotWorkable::TooLarge)?;
        parts.push((part, number(row, table.rate, "rate")?));
        begins = ends;
    }
    Ok(parts)
}

/// Whether these are the rows of a table in force that hold the amount: of those with the same key,
/// in the order of the table.
pub(super) fn hold(
    table: &TaxTable,
    shape: &TableShape,
    amount: Decimal,
    used: &[Vec<Scalar>],
    in_force: &[Vec<Scalar>],
    effort: &Effort,
) -> Result<bool, NotWorkable> {
    // What tells the tables within the table apart: its key, and whatever is no number.
    let apart: Vec<usize> = (shape.columns.iter().enumerate())
        .filter(|(at, column)| {
            let is_number = matches!(column.kind, ScalarKind::Integer(_) | ScalarKind::Decimal(_));
            *at != table.limit as usize && (column.key || !is_number)
        })
        .map(|(at, _)| at)
        .collect();
    let is_of = |key: &[Scalar], row: &[Scalar]| {
        let cell = |row: &[Scalar], at| row.get(at).map(Worked::of);
        apart.iter().all(|at| cell(row, *at) == cell(key, *at))
    };
    let holding_of = |key: &[Scalar]| {
        effort.spend(in_force.len())?;
        let rows: Vec<_> = in_force.iter().filter(|row| is_of(key, row)).collect();
        holding(table, amount, &rows)
    };
    if let Some(first) = used.first() {
        let holding = holding_of(first)?;
        let same = |(one, other): (&&Vec<Scalar>, &Vec<Scalar>)| is_same_row(one, other);
        return Ok(holding.len() == used.len() && holding.iter().zip(used).all(same));
    }
    // Nobody says which of the tables is meant: in one of them no row holds the amount.
    for key in in_force {
        if holding_of(key)?.is_empty() {
            return Ok(true);
        }
    }
    Ok(in_force.is_empty())
}

/// The rows of one table, in its order, that hold the amount.
fn holding<'a>(
    table: &TaxTable,
    amount: Decimal,
    rows: &[&'a Vec<Scalar>],
) -> Result<Vec<&'a Vec<Scalar>>, NotWorkable> {
    let mut holder = None;
    for (at, row) in rows.iter().enumerate() {
        let limit = match row.get(table.limit as usize) {
            Some(Scalar::None) if table.limits == Limits::UpTo => None,
            _ => Some(number(row, table.limit, "limit")?),
        };
        match (table.limits, limit) {
            (Limits::UpTo, limit) if limit.is_none_or(|limit| amount <= limit) => {
                holder = Some(at);
                break;
            }
            (Limits::Over, Some(limit)) if amount > limit => holder = Some(at),
            (Limits::AtLeast, Some(limit)) if amount >= limit => holder = Some(at),
            _ => {}
        }
    }
    let Some(holder) = holder else { return Ok(Vec::new()) };
    let first = if table.method == TaxMethod::Marginal { 0 } else { holder };
    Ok(rows[first..=holder].to_vec())
}

fn number(row: &[Scalar], column: u32, what: &'static str) -> Result<Decimal, NotWorkable> {
    match row.get(column as usize).and_then(Worked::of) {
        Some(Worked::Number(number)) => Ok(number),
        _ => Err(NotWorkable::NoNumber(what)),
    }
}

/// The rows of a tax are not those that hold the amount.
pub(super) fn wrong_rows(amount: Decimal) -> NotWorkable {
    NotWorkable::WrongRows(normal_text(amount))
}
