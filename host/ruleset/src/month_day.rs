//! A day that every year has, such as the first of a tax year.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A day of every year, `04-06`; no 29 February.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MonthDay {
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31.
    pub day: i8,
}

/// A text that is no day of every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a month and a day that every year has, such as 04-06")]
pub struct NoDayOfEveryYear;

impl TryFrom<String> for MonthDay {
    type Error = NoDayOfEveryYear;

    fn try_from(text: String) -> Result<Self, NoDayOfEveryYear> {
        // 2001 has no 29 February.
        let date: Date = format!("2001-{text}").parse().map_err(|_| NoDayOfEveryYear)?;
        let read = Self { month: date.month(), day: date.day() };
        if read.to_string() == text { Ok(read) } else { Err(NoDayOfEveryYear) }
    }
}

impl From<MonthDay> for String {
    fn from(day: MonthDay) -> Self {
        day.to_string()
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}-{:02}", self.month, self.day)
    }
}
