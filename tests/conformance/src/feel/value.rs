//! Whether a value is what the kit expects.

use rust_decimal::Decimal;
use serde_json::Value as Json;
use stele_formula_program::parse::{self, AnyDuration};
use stele_formula_program::value::Value;

/// Whether a value is the expected one.
pub(crate) fn is(value: &Value<'_>, expected: &Json) -> bool {
    match expected {
        Json::Null => value.is_none(),
        Json::Bool(expected) => matches!(value, Value::Boolean(value) if value == expected),
        Json::String(expected) => value.as_text() == Some(expected),
        Json::Array(expected) => match value {
            Value::List(elements) => {
                elements.len() == expected.len()
                    && elements.iter().zip(expected).all(|(value, expected)| is(value, expected))
            }
            _ => false,
        },
        Json::Object(tagged) => {
            tagged.iter().next().is_some_and(|(kind, expected)| is_tagged(value, kind, expected))
        }
        Json::Number(_) => false,
    }
}

fn is_tagged(value: &Value<'_>, kind: &str, expected: &Json) -> bool {
    if let (Value::Context(entries), Some(expected)) = (value, expected.as_object()) {
        return entries.len() == expected.len()
            && entries.iter().all(|(name, value)| {
                expected.get(name.as_str()).is_some_and(|expected| is(value, expected))
            });
    }
    let Some(text) = expected.as_str() else {
        return false;
    };
    match (kind, value) {
        ("number", Value::Number(number)) => is_number(*number, text),
        ("date", Value::Date(date)) => parse::date(text) == Some(*date),
        ("time", Value::Time(time)) => parse::time(text) == Some(*time),
        ("dateTime", Value::Moment(moment)) => parse::moment(text) == Some(*moment),
        ("duration", Value::Months(months)) => {
            parse::duration(text) == Some(AnyDuration::Months(*months))
        }
        ("duration", Value::Duration(duration)) => {
            parse::duration(text) == Some(AnyDuration::Time(*duration))
        }
        _ => false,
    }
}

/// A number is right to the digits that the kit writes down: of 34 in its results, ours have 28.
fn is_number(number: Decimal, expected: &str) -> bool {
    let Some(exact) = parse::number(expected) else {
        // More digits than ours: equal as far as ours go.
        let kept: String = expected.chars().take(28).collect();
        return parse::number(&kept).is_some_and(|kept| {
            let decimals = kept.scale().saturating_sub(1);
            number.round_dp(decimals) == kept.round_dp(decimals)
        });
    };
    number == exact || (exact.scale() >= 8 && number.round_dp(exact.scale()) == exact)
}
