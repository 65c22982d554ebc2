//! One scalar as it was written, in JSON or TOML, against what the rule declared.
//!
//! Facts and parameters come in different files but obey the same declarations, so both pass
//! through here: same grammar, same bounds, same words in the errors.

use std::borrow::Cow;
use std::fmt::Write as _;

use rust_decimal::Decimal;
use stele_engine::contract::{self, Choice, DecimalBounds, IntegerBounds, Scalar, ScalarKind};

use super::defect::quote;
use super::moment::{date_from_text, date_text, date_time_from_text, date_time_text};
use super::number::{contract_text, decimal_from_text, exact};

/// A scalar as it was written.
#[derive(Debug)]
pub(crate) enum Written<'a> {
    /// `null`, or nothing at all.
    Nothing,
    Boolean(bool),
    /// The text of a number that was written without quotes.
    Number(Cow<'a, str>),
    Text(Cow<'a, str>),
    /// What no scalar is: `an object`, `a list`.
    Other(&'static str),
}

impl<'a> From<&'a serde_json::Value> for Written<'a> {
    fn from(value: &'a serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Self::Nothing,
            serde_json::Value::Bool(value) => Self::Boolean(*value),
            serde_json::Value::Number(number) => Self::Number(Cow::Borrowed(number.as_str())),
            serde_json::Value::String(text) => Self::Text(Cow::Borrowed(text)),
            serde_json::Value::Array(_) => Self::Other("a list"),
            serde_json::Value::Object(_) => Self::Other("an object"),
        }
    }
}

impl<'a> From<&'a toml::Value> for Written<'a> {
    fn from(value: &'a toml::Value) -> Self {
        match value {
            toml::Value::Boolean(value) => Self::Boolean(*value),
            toml::Value::Integer(number) => Self::Number(Cow::Owned(number.to_string())),
            toml::Value::String(text) => Self::Text(Cow::Borrowed(text)),
            // TOML reads it as binary floating point, which may differ from what was written.
            toml::Value::Float(_) => Self::Other("a number with a point; write it in quotes"),
            // A day or a moment; where neither is expected its text says what is wrong.
            toml::Value::Datetime(moment) => Self::Text(Cow::Owned(moment.to_string())),
            toml::Value::Array(_) => Self::Other("a list"),
            toml::Value::Table(_) => Self::Other("a table"),
        }
    }
}

impl Written<'_> {
    /// What was written, for an error.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Nothing => "nothing".to_owned(),
            Self::Boolean(value) => value.to_string(),
            Self::Number(text) => {
                let quoted = quote(text);
                quoted.trim_matches('"').to_owned()
            }
            Self::Text(text) => quote(text),
            Self::Other(what) => (*what).to_owned(),
        }
    }
}

/// Reads what was written as the declared kind. The error is what was expected instead.
pub(crate) fn read(kind: &ScalarKind, written: &Written<'_>) -> Result<Scalar, String> {
    try_read(kind, written).ok_or_else(|| expectation(kind))
}

fn try_read(kind: &ScalarKind, written: &Written<'_>) -> Option<Scalar> {
    match (kind, written) {
        (ScalarKind::Boolean, Written::Boolean(value)) => Some(Scalar::Boolean(*value)),
        (ScalarKind::Integer(bounds), Written::Number(text) | Written::Text(text)) => {
            let value = integer(text)?;
            let inside = bounds.minimum.is_none_or(|least| least <= value)
                && bounds.maximum.is_none_or(|most| value <= most);
            inside.then_some(Scalar::Integer(value))
        }
        (ScalarKind::Decimal(bounds), Written::Number(text) | Written::Text(text)) => {
            // Without zeros after the last digit that counts, as in the canonical JSON: the same
            // digest is always the same input, to the last bit that a rule could look at.
            let value = decimal_from_text(text).ok()?.normalize();
            within(bounds, value).then(|| Scalar::Decimal(value.into()))
        }
        (ScalarKind::Text(longest), Written::Text(text)) => {
            let longest = *longest as usize;
            // A text has at least as many bytes as characters, so most are counted by length.
            let fits = text.len() <= longest || text.chars().nth(longest).is_none();
            fits.then(|| Scalar::Text(text.clone().into_owned()))
        }
        (ScalarKind::Date, Written::Text(text)) => {
            let date = contract::Date::try_from(date_from_text(text)?).ok()?;
            Some(Scalar::Date(date))
        }
        (ScalarKind::DateTime, Written::Text(text)) => {
            date_time_from_text(text).map(Scalar::DateTime)
        }
        (ScalarKind::Choice(choices), Written::Text(text)) => {
            let position = choices.iter().position(|choice| choice.name == **text)?;
            u32::try_from(position).ok().map(Scalar::Choice)
        }
        _ => None,
    }
}

/// An integer from its text: digits, or any number whose value is whole, such as `3.0`.
fn integer(text: &str) -> Option<i64> {
    if !text.starts_with('+')
        && text.len() <= 20
        && let Ok(value) = text.parse()
    {
        return Some(value);
    }
    let value = decimal_from_text(text).ok()?.normalize();
    if value.scale() == 0 { i64::try_from(value.mantissa()).ok() } else { None }
}

/// Whether a value without zeros at its end is within the bounds.
fn within(bounds: &DecimalBounds, value: Decimal) -> bool {
    // A bound that is no number was refused when the component was checked.
    bounds.minimum.and_then(exact).is_none_or(|least| least <= value)
        && bounds.maximum.and_then(exact).is_none_or(|most| value <= most)
        && bounds.decimals.is_none_or(|decimals| value.scale() <= u32::from(decimals))
}

/// What the declared kind takes, as the end of the sentence "expected …".
pub(crate) fn expectation(kind: &ScalarKind) -> String {
    match kind {
        ScalarKind::Boolean => "true or false".to_owned(),
        ScalarKind::Integer(IntegerBounds { minimum, maximum }) => {
            let range = range(minimum.map(|m| m.to_string()), maximum.map(|m| m.to_string()));
            format!("a whole number{range}")
        }
        ScalarKind::Decimal(bounds) => {
            let mut text = format!(
                "a decimal{}",
                range(bounds.minimum.map(contract_text), bounds.maximum.map(contract_text))
            );
            // Writing into a String never fails.
            let _ = match bounds.decimals {
                Some(decimals) => write!(text, ", at most {decimals} decimals"),
                None => write!(text, ", at most 28 digits"),
            };
            text
        }
        ScalarKind::Text(longest) => format!("a text of at most {longest} characters"),
        ScalarKind::Date => "a date such as 2026-03-02".to_owned(),
        ScalarKind::DateTime => {
            "a date and time with offset such as 2026-03-02T09:00:00+08:00".to_owned()
        }
        ScalarKind::Choice(choices) => format!("one of {}", names(choices)),
    }
}

fn range(minimum: Option<String>, maximum: Option<String>) -> String {
    match (minimum, maximum) {
        (None, None) => String::new(),
        (Some(least), None) => format!(" of at least {least}"),
        (None, Some(most)) => format!(" of at most {most}"),
        (Some(least), Some(most)) => format!(" from {least} to {most}"),
    }
}

/// The names of the choices: all that a law has of something, cut where a list is endless.
fn names(choices: &[Choice]) -> String {
    const MOST: usize = 100;
    let mut names: Vec<&str> = choices.iter().take(MOST).map(|choice| &*choice.name).collect();
    if choices.len() > MOST {
        names.push("…");
    }
    names.join(", ")
}

/// Writes a scalar as its plain text, the way it would be written in JSON without the quotes;
/// nothing for a missing one.
pub(crate) fn plain_text(kind: &ScalarKind, scalar: &Scalar) -> String {
    match scalar {
        Scalar::None => String::new(),
        Scalar::Boolean(value) => value.to_string(),
        Scalar::Integer(value) => value.to_string(),
        Scalar::Decimal(value) => contract_text(*value),
        Scalar::Text(text) => text.clone(),
        Scalar::Date(date) => date_text(*date),
        Scalar::DateTime(moment) => date_time_text(moment),
        Scalar::Choice(position) => choice_name(kind, *position).to_owned(),
    }
}

/// The declared name of a choice by its position.
pub(crate) fn choice_name(kind: &ScalarKind, position: u32) -> &str {
    match kind {
        ScalarKind::Choice(choices) => {
            choices.get(position as usize).map_or("", |choice| &*choice.name)
        }
        _ => "",
    }
}
