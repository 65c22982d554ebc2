//! The contract's types, made from `wit/rule.wit`, and how they meet the exact decimals and dates
//! of the rest of the host.
//!
//! These are the types of the newest version, which is what the house works with. Each older version
//! that is still served has one adapter module, which converts to them.

mod formula;
mod version;
pub(crate) mod version_1_0;

use jiff::civil;

/// Generated from `wit/rule.wit`; each item's comment stands there.
#[allow(missing_docs, unreachable_pub, clippy::all, reason = "generated from the contract")]
mod version_1_1 {
    wasmtime::component::bindgen!({
        path: "../../wit",
        world: "rule-component",
        additional_derives: [PartialEq, Eq, Hash],
    });
}

pub use version::Version;
pub(crate) use version_1_1::RuleComponent;
pub use version_1_1::exports::stele::rule::rule::{
    Argument, Cell, Choice, Column, ColumnOf, Date, DateTime, Decimal, DecimalBounds, Description,
    Direction, Fault, Field, Figure, Finding, FindingKind, Formula, IntegerBounds, Item, Limits,
    Line, Origin, Outcome, Place, Rounding, Scalar, ScalarKind, Severity, Shape, Source, Step,
    StepKind, TableShape, Target, TaxMethod, TaxTable, Token, Value,
};

/// The interface that a rule exports, without the version.
pub(crate) const INTERFACE: &str = "stele:rule/rule";

/// Most digits after the point.
pub const MAXIMUM_SCALE: u8 = 28;

/// A value of the contract is outside of what the contract allows, or the other way round.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidValue {
    /// A scale above 28, or a negative zero.
    #[error("not a decimal of the contract: scale 0 to 28, zero never negative")]
    Decimal,
    /// Not a day between 0001-01-01 and 9999-12-31.
    #[error("not a day between 0001-01-01 and 9999-12-31")]
    Date,
    /// Not a time of day, or an offset outside of -1439 to 1439 minutes or with seconds.
    #[error("not a time of day with an offset of -1439 to 1439 whole minutes")]
    DateTime,
}

impl Decimal {
    /// Whether the contract allows it: scale 0 to 28, zero never negative.
    pub fn is_valid(&self) -> bool {
        self.scale <= MAXIMUM_SCALE && !(self.negative && self.high == 0 && self.low == 0)
    }
}

impl From<rust_decimal::Decimal> for Decimal {
    fn from(decimal: rust_decimal::Decimal) -> Self {
        let parts = decimal.unpack();
        Self {
            negative: decimal.is_sign_negative() && !decimal.is_zero(),
            scale: u8::try_from(parts.scale).unwrap_or(MAXIMUM_SCALE),
            high: parts.hi,
            low: u64::from(parts.mid) << 32 | u64::from(parts.lo),
        }
    }
}

impl TryFrom<Decimal> for rust_decimal::Decimal {
    type Error = InvalidValue;

    fn try_from(decimal: Decimal) -> Result<Self, InvalidValue> {
        if !decimal.is_valid() {
            return Err(InvalidValue::Decimal);
        }
        let low = (decimal.low & u64::from(u32::MAX)) as u32;
        let middle = (decimal.low >> 32) as u32;
        let scale = u32::from(decimal.scale);
        Ok(Self::from_parts(low, middle, decimal.high, decimal.negative, scale))
    }
}

impl Date {
    /// Whether it is a day between 0001-01-01 and 9999-12-31.
    pub fn is_valid(&self) -> bool {
        civil::Date::try_from(*self).is_ok()
    }
}

impl TryFrom<civil::Date> for Date {
    type Error = InvalidValue;

    fn try_from(date: civil::Date) -> Result<Self, InvalidValue> {
        match (u16::try_from(date.year()), u8::try_from(date.month()), u8::try_from(date.day())) {
            (Ok(year @ 1..), Ok(month), Ok(day)) => Ok(Self { year, month, day }),
            _ => Err(InvalidValue::Date),
        }
    }
}

impl TryFrom<Date> for civil::Date {
    type Error = InvalidValue;

    fn try_from(date: Date) -> Result<Self, InvalidValue> {
        match (i16::try_from(date.year), i8::try_from(date.month), i8::try_from(date.day)) {
            (Ok(year @ 1..), Ok(month), Ok(day)) => {
                Self::new(year, month, day).map_err(|_| InvalidValue::Date)
            }
            _ => Err(InvalidValue::Date),
        }
    }
}

impl DateTime {
    /// Local date and time of day, and how far local time is ahead of UTC. Parts of a second are
    /// refused: the contract has none.
    pub fn new(local: civil::DateTime, offset: jiff::tz::Offset) -> Result<Self, InvalidValue> {
        let seconds = offset.seconds();
        let minutes = i16::try_from(seconds / 60).map_err(|_| InvalidValue::DateTime)?;
        let part = |number: i8| u8::try_from(number).map_err(|_| InvalidValue::DateTime);
        let moment = Self {
            date: Date::try_from(local.date())?,
            hour: part(local.hour())?,
            minute: part(local.minute())?,
            second: part(local.second())?,
            offset: minutes,
        };
        let exact = seconds % 60 == 0 && local.subsec_nanosecond() == 0;
        if exact && moment.is_valid() { Ok(moment) } else { Err(InvalidValue::DateTime) }
    }

    /// Whether date, time of day and offset are in range.
    pub fn is_valid(&self) -> bool {
        self.date.is_valid()
            && self.hour < 24
            && self.minute < 60
            && self.second < 60
            && (-1439..=1439).contains(&self.offset)
    }

    /// Local date and time, and the offset.
    pub fn local(&self) -> Result<(civil::DateTime, jiff::tz::Offset), InvalidValue> {
        let date = civil::Date::try_from(self.date)?;
        let part = |number: u8| i8::try_from(number).map_err(|_| InvalidValue::DateTime);
        let time = civil::Time::new(part(self.hour)?, part(self.minute)?, part(self.second)?, 0)
            .map_err(|_| InvalidValue::DateTime)?;
        let offset = jiff::tz::Offset::from_seconds(i32::from(self.offset) * 60)
            .map_err(|_| InvalidValue::DateTime)?;
        Ok((date.to_datetime(time), offset))
    }
}

impl Scalar {
    /// Whether the contract allows it, whatever was declared.
    pub fn is_valid(&self) -> bool {
        match self {
            Self::Decimal(decimal) => decimal.is_valid(),
            Self::Date(date) => date.is_valid(),
            Self::DateTime(moment) => moment.is_valid(),
            Self::None | Self::Boolean(_) | Self::Integer(_) | Self::Text(_) | Self::Choice(_) => {
                true
            }
        }
    }

    /// Bytes that it takes in the rule's memory: 24 for a scalar, and those of a text.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Text(text) => 24 + text.len(),
            _ => 24,
        }
    }
}

impl Value {
    /// Bytes that it takes in the rule's memory: 32, and those of a text or of the rows.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Scalar(scalar) => 8 + scalar.bytes(),
            Self::Table(rows) => {
                let row = |row: &Vec<Scalar>| 8 + row.iter().map(Scalar::bytes).sum::<usize>();
                32 + rows.iter().map(row).sum::<usize>()
            }
        }
    }
}
