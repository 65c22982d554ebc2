//! Texts: values written as texts, and the functions on texts. Places count Unicode scalar values.

use crate::evaluate::run::{Evaluated, Run};
use crate::function::Function;
use crate::inputs::Inputs;
use crate::number;
use crate::parse;
use crate::value::{Duration, Value};
use core::fmt::Write as _;
use rust_decimal::Decimal;

/// Longest text that a formula may make, in bytes.
const LONGEST_TEXT: usize = 65_536;

impl<'v, P: Inputs<'v>, F: Inputs<'v>> Run<'v, '_, P, F> {
    /// The functions on texts.
    pub(crate) fn on_texts(
        &self,
        function: Function,
        arguments: &[Value<'v>],
    ) -> Evaluated<Value<'v>> {
        match function {
            Function::String => return Ok(self.written(self.argument(arguments, 0)?)),
            Function::StringJoin => return self.joined(arguments),
            _ => {}
        }
        let text = self.text(arguments, 0)?;
        Ok(match function {
            Function::Number => {
                let separator = |place: usize| arguments.get(place).and_then(Value::as_text);
                match parse::separated_number(text, separator(1), separator(2)) {
                    Some(number) => Value::Number(number),
                    None => return Err(self.fault("this is no number", &[&arguments[0]])),
                }
            }
            Function::Substring => self.substring(text, arguments)?,
            Function::StringLength => Value::Number(Decimal::from(text.chars().count())),
            Function::UpperCase => made(&text.to_uppercase()),
            Function::LowerCase => made(&text.to_lowercase()),
            Function::SubstringBefore => {
                made(text.split_once(self.text(arguments, 1)?).map_or("", |(before, _)| before))
            }
            Function::SubstringAfter => {
                made(text.split_once(self.text(arguments, 1)?).map_or("", |(_, after)| after))
            }
            Function::Contains => Value::Boolean(text.contains(self.text(arguments, 1)?)),
            Function::StartsWith => Value::Boolean(text.starts_with(self.text(arguments, 1)?)),
            Function::EndsWith => Value::Boolean(text.ends_with(self.text(arguments, 1)?)),
            _ => {
                let delimiter = self.text(arguments, 1)?;
                if delimiter.is_empty() {
                    return Err(self.fault("a text can not be split at nothing", &[]));
                }
                Value::List(text.split(delimiter).map(made).collect())
            }
        })
    }

    /// The characters from a place on, counted from 1 or from the end with -1.
    fn substring(&self, text: &str, arguments: &[Value<'v>]) -> Evaluated<Value<'v>> {
        let start = self.a_number(arguments, 1)?;
        let count = text.chars().count();
        let from = match number::truncated(start) {
            Some(start) if start > 0 => usize::try_from(start - 1).ok(),
            Some(start) if start < 0 => {
                usize::try_from(start.unsigned_abs()).ok().and_then(|back| count.checked_sub(back))
            }
            _ => None,
        };
        let Some(from) = from.filter(|from| *from < count) else {
            return Err(self.fault("the text has no such place", &[&arguments[0], &arguments[1]]));
        };
        let length = match arguments.get(2) {
            None | Some(Value::None) => count,
            Some(_) => {
                let length = self.a_number(arguments, 2)?;
                match number::truncated(length).and_then(|length| usize::try_from(length).ok()) {
                    Some(length) if length > 0 => length,
                    _ => return Err(self.fault("the length must be at least 1", &[&arguments[2]])),
                }
            }
        };
        Ok(made(&text.chars().skip(from).take(length).collect::<String>()))
    }

    fn joined(&self, arguments: &[Value<'v>]) -> Evaluated<Value<'v>> {
        let list = self.argument(arguments, 0)?;
        let delimiter = arguments.get(1).and_then(Value::as_text).unwrap_or_default();
        let mut text = String::new();
        let mut first = true;
        for place in 0..self.length(list) {
            let element = self.element(list, place)?;
            if element.is_none() {
                continue;
            }
            let Some(part) = element.as_text() else {
                return Err(self.fault("a text is needed", &[&element]));
            };
            if !first {
                text.push_str(delimiter);
            }
            first = false;
            text.push_str(part);
            if text.len() > LONGEST_TEXT {
                return Err(self.fault("the text becomes too long", &[]));
            }
        }
        Ok(made(&text))
    }

    /// A value as a text; none stays none.
    fn written(&self, value: &Value<'v>) -> Value<'v> {
        match value {
            Value::None | Value::Text(_) | Value::MadeText(_) => value.clone(),
            _ => {
                let mut text = String::new();
                write_value(value, &mut text);
                made(&text)
            }
        }
    }

    /// An argument that is a text.
    pub(crate) fn text<'t>(&self, arguments: &'t [Value<'v>], place: usize) -> Evaluated<&'t str> {
        match arguments.get(place) {
            Some(value) => value.as_text().ok_or_else(|| self.fault("a text is needed", &[value])),
            None => Err(self.fault("a text is needed", &[])),
        }
    }
}

/// A text that was made.
pub(crate) fn made<'v>(text: &str) -> Value<'v> {
    Value::MadeText(text.into())
}

/// Writes a value as FEEL's `string` does.
pub fn write_value(value: &Value<'_>, into: &mut String) {
    write_nested(value, false, into);
}

fn write_nested(value: &Value<'_>, quoted: bool, into: &mut String) {
    // Writing to a text can not fail.
    let _ = match value {
        Value::None => into.write_str("null"),
        Value::Boolean(value) => write!(into, "{value}"),
        Value::Number(number) => write!(into, "{}", number.normalize()),
        Value::Text(text) if quoted => write!(into, "\"{text}\""),
        Value::MadeText(text) if quoted => write!(into, "\"{text}\""),
        Value::Text(text) => into.write_str(text),
        Value::MadeText(text) => into.write_str(text),
        Value::Choice(position) => write!(into, "choice {position}"),
        Value::Date(date) => {
            write_date(*date, into);
            Ok(())
        }
        Value::Time(time) => {
            write_time(time.time, time.offset, into);
            Ok(())
        }
        Value::Moment(moment) => {
            write_date(moment.local.date(), into);
            into.push('T');
            write_time(moment.local.time(), moment.offset, into);
            Ok(())
        }
        Value::Months(months) => {
            write_months(*months, into);
            Ok(())
        }
        Value::Duration(duration) => {
            write_duration(*duration, into);
            Ok(())
        }
        Value::List(elements) => {
            into.push('[');
            for (place, element) in elements.iter().enumerate() {
                if place > 0 {
                    into.push_str(", ");
                }
                write_nested(element, true, into);
            }
            into.push(']');
            Ok(())
        }
        Value::Context(entries) => {
            into.push('{');
            for (place, (name, value)) in entries.iter().enumerate() {
                if place > 0 {
                    into.push_str(", ");
                }
                into.push_str(name.as_str());
                into.push_str(": ");
                write_nested(value, true, into);
            }
            into.push('}');
            Ok(())
        }
        Value::Range(range) => {
            into.push(if range.with_low { '[' } else { '(' });
            write_nested(&range.low, true, into);
            into.push_str("..");
            write_nested(&range.high, true, into);
            into.push(if range.with_high { ']' } else { ')' });
            Ok(())
        }
        Value::Rows(_) => into.write_str("rows"),
        Value::Row(row) => write!(into, "row {}", u64::from(row.row) + 1),
    };
}

fn write_date(date: jiff::civil::Date, into: &mut String) {
    let sign = if date.year() < 0 { "-" } else { "" };
    let year = date.year().unsigned_abs();
    let _ = write!(into, "{sign}{year:04}-{:02}-{:02}", date.month(), date.day());
}

fn write_time(time: jiff::civil::Time, offset: Option<i32>, into: &mut String) {
    let _ = write!(into, "{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second());
    write_fraction(time.subsec_nanosecond().unsigned_abs(), into);
    if let Some(offset) = offset {
        write_offset(offset, into);
    }
}

/// `Z`, or hours and minutes ahead of UTC.
fn write_offset(offset: i32, into: &mut String) {
    if offset == 0 {
        into.push('Z');
        return;
    }
    let (sign, size) = (if offset < 0 { '-' } else { '+' }, offset.unsigned_abs());
    let _ = write!(into, "{sign}{:02}:{:02}", size / 3_600, size / 60 % 60);
    if !size.is_multiple_of(60) {
        let _ = write!(into, ":{:02}", size % 60);
    }
}

fn write_fraction(nanoseconds: u32, into: &mut String) {
    if nanoseconds != 0 {
        let digits = format!("{nanoseconds:09}");
        into.push('.');
        into.push_str(digits.trim_end_matches('0'));
    }
}

fn write_months(months: i64, into: &mut String) {
    if months == 0 {
        into.push_str("P0M");
        return;
    }
    let size = months.unsigned_abs();
    into.push_str(if months < 0 { "-P" } else { "P" });
    if size >= 12 {
        let _ = write!(into, "{}Y", size / 12);
    }
    if !size.is_multiple_of(12) {
        let _ = write!(into, "{}M", size % 12);
    }
}

fn write_duration(duration: Duration, into: &mut String) {
    if duration == Duration::ZERO {
        into.push_str("PT0S");
        return;
    }
    let negative = duration.seconds < 0 || duration.nanoseconds < 0;
    let (seconds, nanoseconds) =
        (duration.seconds.unsigned_abs(), duration.nanoseconds.unsigned_abs());
    into.push_str(if negative { "-P" } else { "P" });
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    if days > 0 {
        let _ = write!(into, "{days}D");
    }
    if rest == 0 && nanoseconds == 0 {
        return;
    }
    into.push('T');
    for (count, letter) in [(rest / 3_600, 'H'), (rest / 60 % 60, 'M')] {
        if count > 0 {
            let _ = write!(into, "{count}{letter}");
        }
    }
    if rest % 60 > 0 || nanoseconds > 0 {
        let _ = write!(into, "{}", rest % 60);
        write_fraction(nanoseconds, into);
        into.push('S');
    }
}
