//! A cell of CSV: text, until it is known what its column holds.

use std::borrow::Cow;

use serde_json::Value;
use stele_ruleset::{DistinctValue, decimal_from_text};

use crate::people::statement::Said;

/// From this date on there is no value.
pub(in crate::people) const END: &str = r"\end";
/// What was stated for this date is taken back.
pub(in crate::people) const DROP: &str = r"\drop";

/// How the cells of a column are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::people) enum Reading {
    /// As the text that stands there; dates and choices too.
    Text,
    /// As a number, which stays text: with the file's decimal mark.
    Number,
    /// As true or false.
    Boolean,
    /// As JSON: tables, and what no ruleset declares and is no text.
    Json,
}

/// What stands between the whole and the decimals of a number in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DecimalMark {
    /// `1234.56`.
    #[default]
    Point,
    /// `1234,56`, or grouped `1.234,56`.
    Comma,
}

impl Reading {
    const NAMED: [(&str, Self); 4] = [
        ("text", Self::Text),
        ("number", Self::Number),
        ("boolean", Self::Boolean),
        ("json", Self::Json),
    ];

    /// The name of it, which may stand after a column's, after a colon.
    pub(in crate::people) fn name(self) -> &'static str {
        Self::NAMED.iter().find(|(_, reading)| *reading == self).map_or("", |(name, _)| name)
    }

    /// The reading of a name.
    ///
    /// # Errors
    /// The names that there are.
    pub(super) fn named(name: &str) -> Result<Self, String> {
        let found = Self::NAMED.iter().find(|(known, _)| *known == name);
        found.map(|(_, reading)| *reading).ok_or_else(|| {
            let names: Vec<&str> = Self::NAMED.iter().map(|(name, _)| *name).collect();
            format!("one of {} after the colon", names.join(", "))
        })
    }

    /// What a cell says, which is not empty.
    ///
    /// # Errors
    /// What was expected to stand there.
    pub(in crate::people) fn read(
        self,
        cell: &str,
        mark: DecimalMark,
    ) -> Result<Said, &'static str> {
        let value = match (cell, self) {
            (END, _) => Value::Null,
            (DROP, _) => return Ok(Said::Drop),
            (other, _) if is_word(other) => return Err("\\end or \\drop, in small letters"),
            (text, Self::Text) => Value::String(text.to_owned()),
            (text, Self::Number) => Value::String(number(text, mark)?.into_owned()),
            (text, Self::Boolean) => Value::Bool(boolean(text)?),
            (text, Self::Json) => {
                let read = serde_json::from_str(text);
                let DistinctValue(value) =
                    read.map_err(|_| "a JSON value, such as [{\"a\": 1}]")?;
                value
            }
        };
        Ok(Said::Value(value))
    }
}

/// Whether a cell is one of the words of the form, in small letters or others.
pub(in crate::people) fn is_word(cell: &str) -> bool {
    [END, DROP].iter().any(|word| cell.eq_ignore_ascii_case(word))
}

fn boolean(cell: &str) -> Result<bool, &'static str> {
    let is = |words: [&str; 3]| words.iter().any(|word| cell.eq_ignore_ascii_case(word));
    match (is(["true", "yes", "1"]), is(["false", "no", "0"])) {
        (true, _) => Ok(true),
        (_, true) => Ok(false),
        _ => Err("true or false (or yes, no, 1, 0)"),
    }
}

/// The number with a decimal point and without groups.
fn number(cell: &str, mark: DecimalMark) -> Result<Cow<'_, str>, &'static str> {
    let (written, expected) = match mark {
        DecimalMark::Point => (Some(Cow::Borrowed(cell)), "a number such as 1234.56"),
        DecimalMark::Comma => (with_point(cell), "a number such as 1234,56 or 1.234,56"),
    };
    written.filter(|written| decimal_from_text(written).is_ok()).ok_or(expected)
}

/// A number that is written with a decimal comma. Points are read as what groups thousands, and only
/// where they do: `1.5` is no number with a decimal comma, and is not taken for 15.
fn with_point(cell: &str) -> Option<Cow<'_, str>> {
    if !cell.contains(['.', ',']) {
        return Some(Cow::Borrowed(cell));
    }
    let (whole, decimals) = match cell.split_once(',') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (cell, None),
    };
    if decimals.is_some_and(|decimals| decimals.contains(['.', ','])) {
        return None;
    }
    let mut groups = whole.split('.');
    let first = groups.next()?.trim_start_matches('-');
    let is_grouped = whole.contains('.');
    if is_grouped && !((1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3)) {
        return None;
    }
    let whole = whole.replace('.', "");
    Some(Cow::Owned(match decimals {
        Some(decimals) => format!("{whole}.{decimals}"),
        None => whole,
    }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(reading: Reading, cell: &str, mark: DecimalMark) -> Option<Value> {
        match reading.read(cell, mark) {
            Ok(Said::Value(value)) => Some(value),
            Ok(Said::Drop) | Err(_) => None,
        }
    }

    #[test]
    fn a_number_with_a_decimal_comma_is_read_or_refused_and_never_guessed() {
        let comma = |cell| read(Reading::Number, cell, DecimalMark::Comma);
        for (cell, number) in [
            ("1234,56", "1234.56"),
            ("1.234,56", "1234.56"),
            ("-1.234.567,8", "-1234567.8"),
            ("1.234", "1234"),
            ("12", "12"),
        ] {
            assert_eq!(comma(cell), Some(json!(number)), "{cell}");
        }
        for cell in ["1.5", "1.23,4", "1,2,3", "1,234.56", "1234.567,8", ",5", "1,", ".123", "x"] {
            assert_eq!(comma(cell), None, "{cell}");
        }
        let point = |cell| read(Reading::Number, cell, DecimalMark::Point);
        assert_eq!((point("12.50"), point("12,50")), (Some(json!("12.50")), None));
    }

    #[test]
    fn a_cell_is_read_as_its_column_is_declared() {
        let is = |reading, cell| read(reading, cell, DecimalMark::Point);
        assert_eq!(is(Reading::Boolean, "TRUE"), Some(json!(true)));
        assert_eq!(is(Reading::Boolean, "no"), Some(json!(false)));
        assert_eq!(is(Reading::Boolean, "perhaps"), None);
        assert_eq!(is(Reading::Text, "true"), Some(json!("true")));
        assert_eq!(
            is(Reading::Json, "[{\"a\": 1.50}]"),
            Some(json!([{ "a": serde_json::from_str::<Value>("1.50").unwrap() }]))
        );
        assert_eq!(is(Reading::Json, "{\"a\": 1, \"a\": 2}"), None);
        assert_eq!(is(Reading::Number, END), Some(Value::Null));
    }
}
