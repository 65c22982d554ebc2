//! The column that limits the rows of a table, in ascending order: the row that holds a number is
//! found by halving.

use crate::inputs::Inputs;
use crate::node::Limits;
use crate::value::Value;
use rust_decimal::Decimal;

/// The limits of a table's rows.
#[derive(Debug)]
pub(crate) struct Column {
    limits: Limits,
    bounds: Vec<Decimal>,
    /// Behind the rows with a limit there is one without.
    open: bool,
}

impl Column {
    /// Of a parameter's rows; none where the limits are not in ascending order, or one that is needed
    /// is no number: then the fault is that of an evaluation.
    pub(crate) fn of<'a>(
        parameters: &impl Inputs<'a>,
        parameter: u32,
        limits: Limits,
        column: u32,
    ) -> Option<Self> {
        let count = parameters.rows(parameter);
        let mut bounds: Vec<Decimal> = Vec::with_capacity(count as usize);
        let mut open = false;
        for row in 0..count {
            match parameters.cell(parameter, row, column) {
                Value::Number(bound) if bounds.last().is_none_or(|last| *last <= bound) => {
                    bounds.push(bound);
                }
                // What stands behind a row without limit is never reached.
                Value::None if limits == Limits::UpTo => {
                    open = true;
                    break;
                }
                _ => return None,
            }
        }
        Some(Self { limits, bounds, open })
    }

    /// The row that holds a number, counted from 0.
    pub(crate) fn holding(&self, value: Decimal) -> Option<u32> {
        let below = |bound: &Decimal| match self.limits {
            Limits::UpTo | Limits::Over => value > *bound,
            Limits::AtLeast => value >= *bound,
        };
        let passed = self.bounds.partition_point(below);
        match self.limits {
            Limits::UpTo if passed < self.bounds.len() || self.open => Some(passed as u32),
            Limits::UpTo => None,
            Limits::Over | Limits::AtLeast => (passed as u32).checked_sub(1),
        }
    }
}
