//! Sums, differences and products of what is not a number: texts, dates, times, durations.

use crate::calendar;
use crate::evaluate::run::{Evaluated, Run};
use crate::inputs::Inputs;
use crate::number;
use crate::value::{Duration, Moment, Value};
use rust_decimal::Decimal;

/// What is said where a date, a time or a duration does not fit.
const OUTSIDE: &str = "the result lies outside of the calendar";

impl<'v, P: Inputs<'v>, F: Inputs<'v>> Run<'v, '_, P, F> {
    /// a + b
    pub(crate) fn join(&self, a: &Value<'v>, b: &Value<'v>) -> Evaluated<Value<'v>> {
        if let (Some(first), Some(second)) = (a.as_text(), b.as_text()) {
            return Ok(Value::MadeText([first, second].concat().into()));
        }
        let sum = match (a, b) {
            (Value::Number(a), Value::Number(b)) => {
                let sum = number::add(*a, *b).map_err(|why| self.no_number(why, "+", *a, *b))?;
                return Ok(Value::Number(sum));
            }
            (Value::Months(a), Value::Months(b)) => a.checked_add(*b).map(Value::Months),
            (Value::Duration(a), Value::Duration(b)) => {
                Duration::of_nanoseconds(a.total() + b.total()).map(Value::Duration)
            }
            (Value::Months(_) | Value::Duration(_), _) => later(b, a),
            _ => later(a, b),
        };
        sum.ok_or_else(|| self.fault(OUTSIDE, &[a, b]))
    }

    /// a - b
    pub(crate) fn difference(&self, a: &Value<'v>, b: &Value<'v>) -> Evaluated<Value<'v>> {
        let difference = match (a, b) {
            (Value::Number(a), Value::Number(b)) => {
                let rest =
                    number::subtract(*a, *b).map_err(|why| self.no_number(why, "-", *a, *b))?;
                return Ok(Value::Number(rest));
            }
            (Value::Months(a), Value::Months(b)) => a.checked_sub(*b).map(Value::Months),
            (Value::Duration(a), Value::Duration(b)) => {
                Duration::of_nanoseconds(a.total() - b.total()).map(Value::Duration)
            }
            (Value::Date(a), Value::Date(b)) => {
                Duration::of_days(calendar::days_between(*b, *a)).map(Value::Duration)
            }
            (Value::Time(a), Value::Time(b)) => a.since(*b).map(Value::Duration),
            (Value::Moment(a), Value::Moment(b)) => a.since(*b).map(Value::Duration),
            (Value::Moment(a), Value::Date(b)) => a.since(Moment::of_day(*b)).map(Value::Duration),
            (Value::Date(a), Value::Moment(b)) => Moment::of_day(*a).since(*b).map(Value::Duration),
            (_, Value::Months(months)) => {
                months.checked_neg().and_then(|months| later(a, &Value::Months(months)))
            }
            (_, Value::Duration(duration)) => Duration::of_nanoseconds(-duration.total())
                .and_then(|duration| later(a, &Value::Duration(duration))),
            _ => None,
        };
        difference.ok_or_else(|| {
            self.fault(
                "there is no difference of these, or it lies outside of the calendar",
                &[a, b],
            )
        })
    }

    /// a * b, where one is a duration.
    pub(crate) fn scale(&self, a: &Value<'v>, b: &Value<'v>) -> Evaluated<Value<'v>> {
        let (duration, factor) = match (a, b) {
            (Value::Number(factor), duration) => (duration, *factor),
            (duration, Value::Number(factor)) => (duration, *factor),
            _ => return Err(self.fault("a duration and a number are needed", &[a, b])),
        };
        let scaled = match duration {
            Value::Months(months) => number::multiply(Decimal::from(*months), factor)
                .ok()
                .and_then(number::truncated)
                .map(Value::Months),
            Value::Duration(duration) => times(*duration, factor).map(Value::Duration),
            _ => None,
        };
        scaled.ok_or_else(|| self.fault(OUTSIDE, &[a, b]))
    }

    /// a / b, where a is a duration.
    pub(crate) fn ratio(&self, a: &Value<'v>, b: &Value<'v>) -> Evaluated<Value<'v>> {
        let divided = match (a, b) {
            (Value::Months(_) | Value::Duration(_), Value::Number(divisor)) => {
                if divisor.is_zero() {
                    return Err(self.fault("division by zero", &[a, b]));
                }
                match a {
                    Value::Months(months) => number::divide(Decimal::from(*months), *divisor)
                        .ok()
                        .and_then(number::truncated)
                        .map(Value::Months),
                    Value::Duration(duration) => {
                        Decimal::try_from_i128_with_scale(duration.total(), 0)
                            .ok()
                            .and_then(|total| number::divide(total, *divisor).ok())
                            .and_then(|total| Duration::of_nanoseconds(total.trunc().mantissa()))
                            .map(Value::Duration)
                    }
                    _ => None,
                }
            }
            (Value::Months(a), Value::Months(b)) => {
                number::divide(Decimal::from(*a), Decimal::from(*b)).ok().map(Value::Number)
            }
            (Value::Duration(a), Value::Duration(b)) => {
                let total = |of: &Duration| Decimal::try_from_i128_with_scale(of.total(), 0).ok();
                total(a)
                    .zip(total(b))
                    .and_then(|(a, b)| number::divide(a, b).ok())
                    .map(Value::Number)
            }
            _ => None,
        };
        divided.ok_or_else(|| self.fault("division by zero, or the result does not fit", &[a, b]))
    }

    /// -a of a duration.
    pub(crate) fn opposite(&self, a: &Value<'v>) -> Evaluated<Value<'v>> {
        let opposite = match a {
            Value::Number(a) => Some(Value::Number(-*a)),
            Value::Months(a) => a.checked_neg().map(Value::Months),
            Value::Duration(a) => Duration::of_nanoseconds(-a.total()).map(Value::Duration),
            _ => None,
        };
        opposite.ok_or_else(|| self.fault(OUTSIDE, &[a]))
    }
}

/// A date, a time or a moment, a duration later.
fn later<'v>(from: &Value<'v>, by: &Value<'v>) -> Option<Value<'v>> {
    match (from, by) {
        (Value::Date(date), Value::Months(months)) => {
            calendar::plus_months(*date, *months).map(Value::Date)
        }
        (Value::Date(date), Value::Duration(duration)) => {
            let moment = Moment::of_day(*date).plus(*duration)?;
            Some(Value::Date(moment.local.date()))
        }
        (Value::Moment(moment), Value::Months(months)) => {
            moment.plus_months(*months).map(Value::Moment)
        }
        (Value::Moment(moment), Value::Duration(duration)) => {
            moment.plus(*duration).map(Value::Moment)
        }
        (Value::Time(time), Value::Duration(duration)) => time.plus(*duration).map(Value::Time),
        _ => None,
    }
}

/// A duration so many times, cut off after the nanosecond.
fn times(duration: Duration, factor: Decimal) -> Option<Duration> {
    let total = Decimal::try_from_i128_with_scale(duration.total(), 0).ok()?;
    let scaled = number::multiply(total, factor).ok()?;
    Duration::of_nanoseconds(scaled.trunc().mantissa())
}
