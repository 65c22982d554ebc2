//! A table by which an amount is taxed part by part, with the tax on all parts below.

use crate::inputs::Inputs;
use crate::node::Limits;
use crate::number;
use crate::value::Value;
use rust_decimal::Decimal;

/// The rows of a table in ascending order, each with what the rows below it come to.
#[derive(Debug)]
pub(crate) struct Schedule {
    parts: Vec<Part>,
}

/// The part of an amount that lies in one row.
#[derive(Debug)]
struct Part {
    /// Where it ends; none is without end.
    upper: Option<Decimal>,
    /// Where it begins.
    lower: Decimal,
    rate: Decimal,
    /// The tax on everything below.
    below: Decimal,
}

impl Schedule {
    /// Of a parameter's rows; none where they are not in ascending order, or not of numbers only, or
    /// where the tax on one of them does not fit: then the fault is that of an evaluation.
    pub(crate) fn of<'a>(
        parameters: &impl Inputs<'a>,
        parameter: u32,
        (limits, limit, rate): (Limits, u32, u32),
    ) -> Option<Self> {
        let count = parameters.rows(parameter);
        let number_of = |row: u32, column: u32| match parameters.cell(parameter, row, column) {
            Value::Number(number) => Some(number),
            _ => None,
        };
        let mut parts: Vec<Part> = Vec::with_capacity(count as usize);
        let (mut lower, mut below) = (Decimal::ZERO, Decimal::ZERO);
        for row in 0..count {
            if limits != Limits::UpTo {
                lower = number_of(row, limit)?;
            }
            let upper = match limits {
                Limits::UpTo => match parameters.cell(parameter, row, limit) {
                    Value::None => None,
                    _ => Some(number_of(row, limit)?),
                },
                Limits::Over | Limits::AtLeast if row + 1 < count => {
                    Some(number_of(row + 1, limit)?)
                }
                Limits::Over | Limits::AtLeast => None,
            };
            let rate = number_of(row, rate)?;
            parts.push(Part { upper, lower, rate, below });
            let Some(upper) = upper else { break };
            if upper <= lower {
                return None;
            }
            below = tax_on(upper, lower, rate, below).ok()?;
            lower = upper;
        }
        Some(Self { parts })
    }

    /// The tax on an amount of more than zero and how many rows it rests on; none where no row holds
    /// it, or it does not fit.
    pub(crate) fn tax(&self, amount: Decimal) -> Option<(Decimal, u32)> {
        let ends = |part: &Part| part.upper.is_none_or(|upper| amount <= upper);
        let place = self.parts.iter().position(ends)?;
        let part = self.parts.get(place)?;
        if amount <= part.lower {
            return Some((part.below, place as u32));
        }
        let top = part.upper.map_or(amount, |upper| upper.min(amount));
        let tax = tax_on(top, part.lower, part.rate, part.below).ok()?;
        Some((tax, place as u32 + 1))
    }
}

/// The tax on everything below, and on what lies between `lower` and `top`.
fn tax_on(
    top: Decimal,
    lower: Decimal,
    rate: Decimal,
    below: Decimal,
) -> Result<Decimal, number::NoNumber> {
    let part = number::multiply(number::subtract(top, lower)?, rate)?;
    number::add(below, part)
}
