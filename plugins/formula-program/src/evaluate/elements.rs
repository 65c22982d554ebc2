//! Elements of lists, places in them, and what is in what.

use crate::evaluate::run::{Evaluated, Run};
use crate::evaluate::{MAXIMUM_ELEMENTS, compare};
use crate::inputs::Inputs;
use crate::number;
use crate::value::{Range, Row, Value};
use core::cmp::Ordering;
use rust_decimal::Decimal;

impl<'v, P: Inputs<'v>, F: Inputs<'v>> Run<'v, '_, P, F> {
    /// How many elements a list has; a value that is no list is a list of one.
    pub(crate) fn length(&self, list: &Value<'v>) -> usize {
        match list {
            Value::List(elements) => elements.len(),
            Value::Rows(rows) => self.count(*rows) as usize,
            _ => 1,
        }
    }

    /// The element at this place, counted from 0.
    pub(crate) fn element(&self, list: &Value<'v>, place: usize) -> Evaluated<Value<'v>> {
        Ok(match list {
            Value::List(elements) => match elements.get(place) {
                Some(element) => element.clone(),
                None => return Err(self.fault("no such element", &[])),
            },
            Value::Rows(rows) => {
                Value::Row(Row { rows: *rows, row: u32::try_from(place).unwrap_or(u32::MAX) })
            }
            other => other.clone(),
        })
    }

    /// A place counted from 1, or from the end with -1, as one counted from 0.
    #[allow(clippy::unused_self, reason = "read beside `element`")]
    pub(crate) fn place(&self, place: Decimal, length: usize) -> Option<usize> {
        let place = number::truncated(place)?;
        let counted = if place > 0 {
            usize::try_from(place).ok()?.checked_sub(1)?
        } else if place < 0 {
            length.checked_sub(usize::try_from(place.unsigned_abs()).ok()?)?
        } else {
            return None;
        };
        (counted < length).then_some(counted)
    }

    /// Adds to a list that is made.
    pub(crate) fn add(&self, list: &mut Vec<Value<'v>>, value: Value<'v>) -> Evaluated<()> {
        if list.len() >= MAXIMUM_ELEMENTS {
            return Err(self.fault("a list has too many elements", &[]));
        }
        list.push(value);
        Ok(())
    }

    /// Whether two values are equal.
    pub(crate) fn equal(&self, a: &Value<'v>, b: &Value<'v>) -> Evaluated<bool> {
        compare::equal(a, b).ok_or_else(|| self.fault("these can not be compared", &[a, b]))
    }

    /// Which of two values comes first.
    pub(crate) fn order(&self, a: &Value<'v>, b: &Value<'v>) -> Evaluated<Ordering> {
        compare::order(a, b).ok_or_else(|| self.fault("these have no order", &[a, b]))
    }

    pub(crate) fn is_in(&self, a: &Value<'v>, b: &Value<'v>) -> Evaluated<bool> {
        match b {
            Value::Range(range) if !matches!(a, Value::Range(_)) => self.within(a, range),
            Value::List(elements) => {
                for element in elements.iter() {
                    let found = match (a, element) {
                        (Value::List(_), Value::List(_)) => self.equal(a, element)?,
                        _ => self.is_in(a, element)?,
                    };
                    if found {
                        return Ok(true);
                    }
                }
                if matches!(a, Value::List(_)) { self.equal(a, b) } else { Ok(false) }
            }
            _ => self.equal(a, b),
        }
    }

    /// Whether a value lies within a range.
    pub(crate) fn within(&self, a: &Value<'v>, range: &Range<'v>) -> Evaluated<bool> {
        let above = match &range.low {
            Value::None => true,
            low => match self.order(a, low)? {
                Ordering::Greater => true,
                Ordering::Equal => range.with_low,
                Ordering::Less => false,
            },
        };
        if !above {
            return Ok(false);
        }
        Ok(match &range.high {
            Value::None => true,
            high => match self.order(a, high)? {
                Ordering::Less => true,
                Ordering::Equal => range.with_high,
                Ordering::Greater => false,
            },
        })
    }
}
