//! The functions on days, times and durations.

use crate::calendar;
use crate::evaluate::run::{Evaluated, Run};
use crate::function::Function;
use crate::inputs::Inputs;
use crate::number;
use crate::parse::{self, AnyDuration, FURTHEST_OFFSET};
use crate::value::{Duration, Moment, Time, Value};
use jiff::civil;
use rust_decimal::Decimal;

/// What is said where a text or numbers are no day, time or duration.
const NONE_SUCH: &str = "there is no such day, time or duration";

impl<'v, P: Inputs<'v>, F: Inputs<'v>> Run<'v, '_, P, F> {
    /// The functions on days, times and durations.
    pub(crate) fn on_dates(
        &self,
        function: Function,
        arguments: &[Value<'v>],
    ) -> Evaluated<Value<'v>> {
        if function == Function::Prorate {
            return self.prorate(arguments);
        }
        if let (Function::TimeOffset, Some(of)) = (function, arguments.first()) {
            return Ok(offset(of));
        }
        if function == Function::Is {
            let (a, b) = (self.argument(arguments, 0)?, self.argument(arguments, 1)?);
            return Ok(Value::Boolean(is(a, b)));
        }
        let made = match function {
            Function::Date
            | Function::Time
            | Function::DateAndTime
            | Function::Duration
            | Function::DateOf
            | Function::TimeOf
            | Function::DateAndTimeOf => constructed(function, arguments),
            Function::DaysBetween
            | Function::MonthsBetween
            | Function::YearsBetween
            | Function::YearsAndMonthsDuration
            | Function::Age => between(function, arguments),
            _ => arguments.first().and_then(|of| property(function, of)),
        };
        let operands: Vec<_> = arguments.iter().collect();
        made.ok_or_else(|| self.fault(NONE_SUCH, &operands))
    }

    /// The part of an amount that falls on a part of a whole, not rounded.
    fn prorate(&self, arguments: &[Value<'v>]) -> Evaluated<Value<'v>> {
        let amount = self.a_number(arguments, 0)?;
        let (part, whole) = (self.a_number(arguments, 1)?, self.a_number(arguments, 2)?);
        let product =
            number::multiply(amount, part).map_err(|why| self.no_number(why, "*", amount, part))?;
        number::divide(product, whole)
            .map(Value::Number)
            .map_err(|why| self.no_number(why, "/", product, whole))
    }
}

/// How far a time is ahead of UTC, or none.
fn offset<'v>(of: &Value<'v>) -> Value<'v> {
    let offset = match of {
        Value::Time(time) => time.offset,
        Value::Moment(moment) => moment.offset,
        _ => None,
    };
    offset.map_or(Value::None, |offset| {
        Value::Duration(Duration { seconds: i64::from(offset), nanoseconds: 0 })
    })
}

/// Equal, and written with the same offset.
fn is(a: &Value<'_>, b: &Value<'_>) -> bool {
    match (a, b) {
        (Value::Time(a), Value::Time(b)) => a == b,
        (Value::Moment(a), Value::Moment(b)) => a == b,
        _ => crate::evaluate::compare::equal(a, b) == Some(true),
    }
}

fn constructed<'v>(function: Function, arguments: &[Value<'v>]) -> Option<Value<'v>> {
    let first = arguments.first()?;
    let whole = |place: usize| match arguments.get(place) {
        Some(Value::Number(number)) => number::whole(*number),
        _ => None,
    };
    Some(match function {
        Function::Date => Value::Date(match first {
            Value::Date(date) => *date,
            Value::Moment(moment) => moment.local.date(),
            other => parse::date(other.as_text()?)?,
        }),
        Function::DateOf => Value::Date(
            civil::Date::new(
                whole(0)?.try_into().ok()?,
                whole(1)?.try_into().ok()?,
                whole(2)?.try_into().ok()?,
            )
            .ok()?,
        ),
        Function::Time => Value::Time(match first {
            Value::Time(time) => *time,
            Value::Date(_) => Time { time: civil::Time::midnight(), offset: Some(0) },
            Value::Moment(moment) => Time { time: moment.local.time(), offset: moment.offset },
            other => parse::time(other.as_text()?)?,
        }),
        Function::TimeOf => {
            let Some(Value::Number(second)) = arguments.get(2) else { return None };
            let fraction = number::multiply(second.fract(), Decimal::from(1_000_000_000)).ok()?;
            let time = civil::Time::new(
                whole(0)?.try_into().ok()?,
                whole(1)?.try_into().ok()?,
                number::truncated(*second)?.try_into().ok()?,
                number::truncated(fraction)?.try_into().ok()?,
            );
            let offset = match arguments.get(3) {
                None | Some(Value::None) => None,
                Some(Value::Duration(offset)) => {
                    let furthest = i64::from(FURTHEST_OFFSET);
                    if !(-furthest..=furthest).contains(&offset.seconds) {
                        return None;
                    }
                    Some(i32::try_from(offset.seconds).ok()?)
                }
                Some(_) => return None,
            };
            Value::Time(Time { time: time.ok()?, offset })
        }
        Function::DateAndTime => Value::Moment(match first {
            Value::Moment(moment) => *moment,
            Value::Date(date) => {
                Moment { local: date.to_datetime(civil::Time::midnight()), offset: None }
            }
            other => parse::moment(other.as_text()?)?,
        }),
        Function::DateAndTimeOf => {
            let date = match first {
                Value::Date(date) => *date,
                Value::Moment(moment) => moment.local.date(),
                _ => return None,
            };
            let Some(Value::Time(time)) = arguments.get(1) else { return None };
            Value::Moment(Moment { local: date.to_datetime(time.time), offset: time.offset })
        }
        _ => match first {
            Value::Months(_) | Value::Duration(_) => first.clone(),
            other => match parse::duration(other.as_text()?)? {
                AnyDuration::Months(months) => Value::Months(months),
                AnyDuration::Time(duration) => Value::Duration(duration),
            },
        },
    })
}

/// The day of a date or a moment.
fn day(value: &Value<'_>) -> Option<civil::Date> {
    match value {
        Value::Date(date) => Some(*date),
        Value::Moment(moment) => Some(moment.local.date()),
        _ => None,
    }
}

fn between<'v>(function: Function, arguments: &[Value<'v>]) -> Option<Value<'v>> {
    let (from, to) = (arguments.first()?, arguments.get(1)?);
    let number = |count: i64| Some(Value::Number(Decimal::from(count)));
    match function {
        Function::DaysBetween => number(calendar::days_between(day(from)?, day(to)?)),
        Function::MonthsBetween => number(calendar::months_between(day(from)?, day(to)?)),
        Function::YearsBetween => number(calendar::months_between(day(from)?, day(to)?) / 12),
        Function::Age => number(calendar::age(day(from)?, day(to)?)),
        _ => {
            let local = |value: &Value<'v>| match value {
                Value::Moment(moment) => Some(moment.local),
                other => Some(day(other)?.to_datetime(civil::Time::midnight())),
            };
            Some(Value::Months(calendar::whole_months(local(from)?, local(to)?)))
        }
    }
}

fn property<'v>(function: Function, of: &Value<'v>) -> Option<Value<'v>> {
    let number = |number: i64| Some(Value::Number(Decimal::from(number)));
    match (function, of) {
        (Function::Years, Value::Months(months)) => number(months / 12),
        (Function::Months, Value::Months(months)) => number(months % 12),
        (Function::Days, Value::Duration(duration)) => number(duration.seconds / 86_400),
        (Function::Hours, Value::Duration(duration)) => number(duration.seconds / 3_600 % 24),
        (Function::Minutes, Value::Duration(duration)) => number(duration.seconds / 60 % 60),
        (Function::Seconds, Value::Duration(duration)) => {
            let nanoseconds = i128::from(duration.seconds % 60) * 1_000_000_000
                + i128::from(duration.nanoseconds);
            Some(Value::Number(Decimal::from_i128_with_scale(nanoseconds, 9).normalize()))
        }
        (Function::Hour | Function::Minute | Function::Second, _) => {
            let time = match of {
                Value::Time(time) => time.time,
                Value::Moment(moment) => moment.local.time(),
                _ => return None,
            };
            match function {
                Function::Hour => number(i64::from(time.hour())),
                Function::Minute => number(i64::from(time.minute())),
                _ => number(i64::from(time.second())),
            }
        }
        _ => {
            let day = day(of)?;
            let weekday = day.weekday().to_monday_one_offset();
            match function {
                Function::Year => number(i64::from(day.year())),
                Function::Month => number(i64::from(day.month())),
                Function::Day => number(i64::from(day.day())),
                Function::Weekday => number(i64::from(weekday)),
                Function::DayOfYear => number(i64::from(day.day_of_year())),
                Function::DayOfWeek => {
                    calendar::WEEKDAYS.get(weekday as usize - 1).map(|name| Value::Text(name))
                }
                Function::MonthOfYear => {
                    calendar::MONTHS.get(day.month() as usize - 1).map(|name| Value::Text(name))
                }
                Function::WeekOfYear => number(i64::from(day.iso_week_date().week())),
                Function::DaysInMonth => number(i64::from(day.days_in_month())),
                Function::LastDayOfMonth => Some(Value::Date(day.last_of_month())),
                Function::FirstDayOfMonth => Some(Value::Date(day.first_of_month())),
                _ => None,
            }
        }
    }
}
