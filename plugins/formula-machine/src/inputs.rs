//! Facts and parameters, read where the host wrote them.

use jiff::civil;
use rust_decimal::Decimal;
use stele_formula_program::inputs::Inputs;
use stele_formula_program::value::{Moment, Value};

use crate::layout::{self, List};

/// The values of a call, in the order of the description.
#[derive(Clone, Copy)]
pub(crate) struct Given<'a>(pub(crate) &'a [layout::Value<'a>]);

impl<'a> Given<'a> {
    /// The rows of a table; none where it is none.
    pub(crate) fn table(self, position: u32) -> &'a [layout::Row<'a>] {
        match self.0.get(position as usize) {
            Some(layout::Value::Table(rows)) => rows.as_slice(),
            _ => &[],
        }
    }
}

impl<'a: 'v, 'v> Inputs<'v> for Given<'a> {
    #[inline]
    fn scalar(&self, position: u32) -> Value<'v> {
        match self.0.get(position as usize) {
            Some(layout::Value::Scalar(scalar)) => value(scalar),
            _ => Value::None,
        }
    }

    fn rows(&self, position: u32) -> u32 {
        self.table(position).len() as u32
    }

    #[inline]
    fn cell(&self, position: u32, row: u32, column: u32) -> Value<'v> {
        let row = self.table(position).get(row as usize).map(List::as_slice);
        row.and_then(|cells| cells.get(column as usize)).map_or(Value::None, value)
    }

    fn columns(&self, position: u32) -> u32 {
        self.table(position).first().map_or(0, |row| row.as_slice().len() as u32)
    }
}

#[inline]
fn value<'a>(scalar: &layout::Scalar<'a>) -> Value<'a> {
    match scalar {
        layout::Scalar::None => Value::None,
        layout::Scalar::Boolean(flag) => Value::Boolean(*flag),
        layout::Scalar::Integer(number) => Value::Number(Decimal::from(*number)),
        layout::Scalar::Decimal(number) => Value::Number(decimal(number)),
        layout::Scalar::Text(text) => Value::Text(text.as_str()),
        layout::Scalar::Date(day) => date(day).map_or(Value::None, Value::Date),
        layout::Scalar::DateTime(moment) => date_time(moment).map_or(Value::None, Value::Moment),
        layout::Scalar::Choice(position) => Value::Choice(*position),
    }
}

fn decimal(number: &layout::Decimal) -> Decimal {
    let (low, middle) = (number.low as u32, (number.low >> 32) as u32);
    Decimal::from_parts(low, middle, number.high, number.negative, u32::from(number.scale))
}

fn date(day: &layout::Date) -> Option<civil::Date> {
    civil::Date::new(day.year.cast_signed(), day.month.cast_signed(), day.day.cast_signed()).ok()
}

fn date_time(moment: &layout::DateTime) -> Option<Moment> {
    let [hour, minute, second] = [moment.hour, moment.minute, moment.second].map(u8::cast_signed);
    let time = civil::Time::new(hour, minute, second, 0).ok()?;
    Some(Moment {
        local: date(&moment.date)?.to_datetime(time),
        offset: Some(i32::from(moment.offset) * 60),
    })
}
