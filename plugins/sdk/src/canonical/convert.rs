//! Between the layouts in memory and the contract's types.

use std::mem::ManuallyDrop;

use super::{
    Cell, Date, DateTime, Decimal, Fault, Finding, Line, List, Optional, Place, Scalar, Step, Text,
    Value,
};
use crate::contract;
use crate::declaration::Kind;

impl<T> List<T> {
    #[inline]
    pub(super) fn into_vec(self) -> Vec<T> {
        let list = ManuallyDrop::new(self);
        // An empty list owns nothing, wherever it points.
        if list.length == 0 {
            return Vec::new();
        }
        // SAFETY: a list comes from a boxed slice below or from the host, which allocates exactly
        // what it needs with this allocator.
        unsafe { Vec::from_raw_parts(list.start, list.length, list.length) }
    }
}

impl<T> From<Vec<T>> for List<T> {
    #[inline]
    fn from(values: Vec<T>) -> Self {
        let mut values = ManuallyDrop::new(values.into_boxed_slice());
        Self { start: values.as_mut_ptr(), length: values.len() }
    }
}

impl<T> Drop for List<T> {
    #[inline]
    fn drop(&mut self) {
        drop(Self { start: self.start, length: self.length }.into_vec());
    }
}

impl Text {
    #[inline]
    pub(crate) fn as_str(&self) -> &str {
        if self.0.length == 0 {
            return "";
        }
        // SAFETY: as in `into_vec`; both sides write UTF-8 only.
        unsafe { str::from_utf8_unchecked(std::slice::from_raw_parts(self.0.start, self.0.length)) }
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(text.into_bytes().into())
    }
}

impl From<Text> for String {
    #[inline]
    fn from(text: Text) -> Self {
        // SAFETY: both sides write UTF-8 only.
        unsafe { String::from_utf8_unchecked(text.0.into_vec()) }
    }
}

impl<T, U: From<T>> From<Option<T>> for Optional<U> {
    #[inline]
    fn from(option: Option<T>) -> Self {
        match option {
            None => Self::None,
            Some(value) => Self::Some(value.into()),
        }
    }
}

impl Line {
    #[inline]
    pub(crate) fn new(item: u32, amount: contract::Decimal, subject: Option<String>) -> Self {
        Self { item, amount: amount.into(), subject: subject.into() }
    }

    pub(crate) fn amount(&self) -> contract::Decimal {
        self.amount.into()
    }

    pub(crate) fn subject(&self) -> Option<&str> {
        match &self.subject {
            Optional::None => None,
            Optional::Some(subject) => Some(subject.as_str()),
        }
    }

    pub(crate) fn to_contract(&self) -> contract::Line {
        let subject = self.subject().map(str::to_owned);
        contract::Line { item: self.item, amount: self.amount(), subject }
    }
}

/// Records that have the same fields here and there.
macro_rules! record {
    ($name:ident { $($field:ident),* }) => {
        impl From<contract::$name> for $name {
            #[inline]
            fn from(record: contract::$name) -> Self {
                Self { $($field: record.$field.into()),* }
            }
        }
    };
    ($name:ident { $($field:ident),* } both ways) => {
        record!($name { $($field),* });
        impl From<$name> for contract::$name {
            #[inline]
            fn from(record: $name) -> Self {
                Self { $($field: record.$field.into()),* }
            }
        }
    };
}

record!(Decimal { negative, scale, high, low } both ways);
record!(Date { year, month, day } both ways);
record!(DateTime { date, hour, minute, second, offset } both ways);
record!(Finding { kind, subject, on, limit, actual });
record!(Cell { field, row, column });
record!(Fault { place, message, citation });

impl From<contract::Step> for Step {
    fn from(step: contract::Step) -> Self {
        let values: Vec<_> = step.values.into_iter().map(Value::from).collect();
        let (line, result) = (step.line.into(), step.result.into());
        Self { kind: step.kind, line, values: values.into(), result }
    }
}

impl From<contract::Place> for Place {
    fn from(place: contract::Place) -> Self {
        match place {
            contract::Place::Whole => Self::Whole,
            contract::Place::Fact(cell) => Self::Fact(cell.into()),
            contract::Place::Parameter(cell) => Self::Parameter(cell.into()),
        }
    }
}

impl From<contract::Scalar> for Scalar {
    fn from(scalar: contract::Scalar) -> Self {
        match scalar {
            contract::Scalar::None => Self::None,
            contract::Scalar::Boolean(flag) => Self::Boolean(flag),
            contract::Scalar::Integer(number) => Self::Integer(number),
            contract::Scalar::Decimal(number) => Self::Decimal(number.into()),
            contract::Scalar::Text(text) => Self::Text(text.into()),
            contract::Scalar::Date(date) => Self::Date(date.into()),
            contract::Scalar::DateTime(moment) => Self::DateTime(moment.into()),
            contract::Scalar::Choice(position) => Self::Choice(position),
        }
    }
}

impl From<Scalar> for contract::Scalar {
    #[inline]
    fn from(scalar: Scalar) -> Self {
        match scalar {
            Scalar::None => Self::None,
            Scalar::Boolean(flag) => Self::Boolean(flag),
            Scalar::Integer(number) => Self::Integer(number),
            Scalar::Decimal(number) => Self::Decimal(number.into()),
            Scalar::Text(text) => Self::Text(text.into()),
            Scalar::Date(date) => Self::Date(date.into()),
            Scalar::DateTime(moment) => Self::DateTime(moment.into()),
            Scalar::Choice(position) => Self::Choice(position),
        }
    }
}

impl Value {
    /// A scalar of this kind, or none at all, that owns no memory. The kind is a constant wherever
    /// this is inlined, so that one comparison is left of it.
    #[inline(always)]
    pub(crate) fn plain(&self, kind: &Kind) -> Option<contract::Scalar> {
        use contract::Scalar as To;
        let Self::Scalar(scalar) = self else { return None };
        match (kind, scalar) {
            (_, Scalar::None) => Some(To::None),
            (Kind::Decimal, Scalar::Decimal(number)) => Some(To::Decimal((*number).into())),
            (Kind::Integer { .. }, Scalar::Integer(number)) => Some(To::Integer(*number)),
            (Kind::Choice(_), Scalar::Choice(position)) => Some(To::Choice(*position)),
            (Kind::Boolean, Scalar::Boolean(flag)) => Some(To::Boolean(*flag)),
            (Kind::Date, Scalar::Date(date)) => Some(To::Date((*date).into())),
            (Kind::DateTime, Scalar::DateTime(moment)) => Some(To::DateTime((*moment).into())),
            _ => None,
        }
    }

    /// A table without rows.
    #[inline]
    pub(crate) fn is_empty_table(&self) -> bool {
        matches!(self, Self::Table(rows) if rows.length == 0)
    }
}

impl From<contract::Value> for Value {
    fn from(value: contract::Value) -> Self {
        match value {
            contract::Value::Scalar(scalar) => Self::Scalar(scalar.into()),
            contract::Value::Table(rows) => {
                let row = |row: Vec<contract::Scalar>| -> List<Scalar> {
                    row.into_iter().map(Scalar::from).collect::<Vec<_>>().into()
                };
                Self::Table(rows.into_iter().map(row).collect::<Vec<_>>().into())
            }
        }
    }
}

impl From<Value> for contract::Value {
    #[inline]
    fn from(value: Value) -> Self {
        match value {
            Value::Scalar(scalar) => Self::Scalar(scalar.into()),
            Value::Table(rows) => Self::Table(rows_of(rows)),
        }
    }
}

// Once a table, so not in the way of the scalars.
#[inline(never)]
fn rows_of(rows: List<List<Scalar>>) -> Vec<Vec<contract::Scalar>> {
    let row = |row: List<Scalar>| row.into_vec().into_iter().map(Into::into).collect();
    rows.into_vec().into_iter().map(row).collect()
}
