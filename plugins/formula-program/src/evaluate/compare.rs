//! Equality and order of values.

use crate::value::{Range, Value};
use core::cmp::Ordering;

/// Whether two values are equal; none where they can not be compared: of different kinds, or one
/// time that says how far it is ahead of UTC beside one that does not.
pub(crate) fn equal(a: &Value<'_>, b: &Value<'_>) -> Option<bool> {
    Some(match (a, b) {
        (Value::None, Value::None) => true,
        (Value::None, _) | (_, Value::None) => false,
        (Value::Boolean(a), Value::Boolean(b)) => a == b,
        (Value::Choice(a), Value::Choice(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            if a.len() != b.len() {
                return Some(false);
            }
            for (a, b) in a.iter().zip(b.iter()) {
                if !equal(a, b)? {
                    return Some(false);
                }
            }
            true
        }
        (Value::Context(a), Value::Context(b)) => {
            if a.len() != b.len() {
                return Some(false);
            }
            for (name, value) in a.iter() {
                let other = b.iter().find(|(other, _)| other.as_str() == name.as_str());
                match other {
                    Some((_, other)) if equal(value, other)? => {}
                    _ => return Some(false),
                }
            }
            true
        }
        (Value::Range(a), Value::Range(b)) => equal_ranges(a, b)?,
        (Value::Rows(a), Value::Rows(b)) => a == b,
        (Value::Row(a), Value::Row(b)) => a == b,
        (Value::Time(a), Value::Time(b)) => a.order(*b)? == Ordering::Equal,
        (Value::Moment(a), Value::Moment(b)) => a.order(*b)? == Ordering::Equal,
        _ => order(a, b)? == Ordering::Equal,
    })
}

fn equal_ranges(a: &Range<'_>, b: &Range<'_>) -> Option<bool> {
    let same_bounds = a.with_low == b.with_low && a.with_high == b.with_high;
    Some(same_bounds && equal(&a.low, &b.low)? && equal(&a.high, &b.high)?)
}

/// Which of two values comes first; none where they have no order.
#[inline]
pub(crate) fn order(a: &Value<'_>, b: &Value<'_>) -> Option<Ordering> {
    Some(match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.cmp(b),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Moment(a), Value::Moment(b)) => a.order(*b)?,
        (Value::Time(a), Value::Time(b)) => a.order(*b)?,
        (Value::Months(a), Value::Months(b)) => a.cmp(b),
        (Value::Duration(a), Value::Duration(b)) => a.cmp(b),
        _ => a.as_text()?.cmp(b.as_text()?),
    })
}
