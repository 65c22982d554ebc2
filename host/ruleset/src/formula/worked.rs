//! A value while a formula is worked out.

use jiff::civil::Date;
use rust_decimal::Decimal;
use stele_engine::contract::Scalar;

use crate::number::exact;

/// A value that is given.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Worked {
    Number(Decimal),
    Boolean(bool),
    Day(Date),
    /// What can only be compared: a text, a moment, a choice.
    Other(Scalar),
}

impl Worked {
    /// None: none was given.
    pub(super) fn of(scalar: &Scalar) -> Option<Self> {
        match scalar {
            Scalar::None => None,
            Scalar::Integer(value) => Some(Self::Number((*value).into())),
            Scalar::Decimal(value) => exact(*value).map(Self::Number),
            Scalar::Boolean(value) => Some(Self::Boolean(*value)),
            Scalar::Date(day) => Date::try_from(*day).ok().map(Self::Day),
            Scalar::Text(_) | Scalar::DateTime(_) | Scalar::Choice(_) => {
                Some(Self::Other(scalar.clone()))
            }
        }
    }

    /// As an answer has it.
    pub(super) fn scalar(&self) -> Scalar {
        match self {
            Self::Number(value) => Scalar::Decimal((*value).into()),
            Self::Boolean(value) => Scalar::Boolean(*value),
            Self::Day(day) => (*day).try_into().map_or(Scalar::None, Scalar::Date),
            Self::Other(scalar) => scalar.clone(),
        }
    }

    /// What it is, for errors.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Number(_) => "a number",
            Self::Boolean(_) => "a boolean",
            Self::Day(_) => "a day",
            Self::Other(Scalar::DateTime(_)) => "a moment",
            Self::Other(Scalar::Choice(_)) => "a choice",
            Self::Other(_) => "a text",
        }
    }
}

/// Whether two values are the same; a missing amount is zero.
pub(crate) fn is_same(said: &Scalar, found: &Scalar) -> bool {
    match (Worked::of(said), Worked::of(found)) {
        (Some(said), Some(found)) => said == found,
        (None, None) => true,
        (Some(Worked::Number(number)), None) => number.is_zero(),
        _ => false,
    }
}
