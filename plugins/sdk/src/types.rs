//! Which Rust types a fact, a parameter, a column or a step's argument may have.
//!
//! | Rust | contract |
//! |---|---|
//! | `bool` | boolean |
//! | `i8` … `i64`, `u8` … `u64` | integer, with the bounds of the type |
//! | `Decimal` | decimal |
//! | `String` | text |
//! | `Date` | date |
//! | `DateTime` | date-time |
//! | an enum with `#[derive(Choice)]` | choice |
//! | a newtype with `#[derive(Quantity)]` | its inner type, with a unit |
//! | `Option<…>` of those | the same, not required |
//! | `Vec<…>` of a struct with `#[derive(Row)]` | table (not in a row) |
//! | `Brackets<…>` of a struct with `#[derive(Row, Bracket)]` | table of a tax (parameters only) |

use crate::canonical;
use crate::contract::{Scalar, Value};
use crate::declaration::{Kind, Shape, TaxDeclaration};
use crate::exact;
use crate::moment::DateTime;
use crate::reading::Unreadable;
use crate::rule::Row;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// A type that one cell can hold.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no type of the contract",
    label = "expected a scalar",
    note = "use bool, an integer up to 64 bits, Decimal, String, Date, DateTime, an enum with #[derive(Choice)] or a newtype with #[derive(Quantity)]"
)]
pub trait ScalarType: Sized {
    /// The declared type.
    const KIND: Kind;
    /// The unit that the type carries.
    const UNIT: Option<&'static str> = None;
    /// The value, or the scalar back if it is of another type or out of the type's range.
    fn read(scalar: Scalar) -> Result<Self, Scalar>;
    /// The scalar that the value was read from.
    fn cell(&self) -> Scalar;
}

/// A type that a column can have: a scalar, or an `Option` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a column",
    label = "expected a scalar or an Option of one",
    note = "use bool, an integer up to 64 bits, Decimal, String, Date, DateTime, an enum with #[derive(Choice)], a newtype with #[derive(Quantity)], or an Option of one of them"
)]
pub trait ColumnType: Sized {
    /// The declared type.
    const KIND: Kind;
    /// Must it be given?
    const REQUIRED: bool;
    /// The unit that the type carries.
    const UNIT: Option<&'static str>;
    /// The value, or the scalar back if it is of another type or out of the type's range.
    fn read(scalar: Scalar) -> Result<Self, Scalar>;
    /// The scalar that the value was read from.
    fn cell(&self) -> Scalar;
}

impl<T: ScalarType> ColumnType for T {
    const KIND: Kind = T::KIND;
    const REQUIRED: bool = true;
    const UNIT: Option<&'static str> = T::UNIT;
    #[inline(always)]
    fn read(scalar: Scalar) -> Result<Self, Scalar> {
        T::read(scalar)
    }
    fn cell(&self) -> Scalar {
        T::cell(self)
    }
}

impl<T: ScalarType> ColumnType for Option<T> {
    const KIND: Kind = T::KIND;
    const REQUIRED: bool = false;
    const UNIT: Option<&'static str> = T::UNIT;
    #[inline(always)]
    fn read(scalar: Scalar) -> Result<Self, Scalar> {
        match scalar {
            Scalar::None => Ok(None),
            given => T::read(given).map(Some),
        }
    }
    fn cell(&self) -> Scalar {
        self.as_ref().map_or(Scalar::None, T::cell)
    }
}

/// A type that a fact or a parameter can have: a scalar, an `Option` of one, or a table.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a fact or a parameter",
    label = "expected a scalar, an Option of one, or a Vec of rows",
    note = "use bool, an integer up to 64 bits, Decimal, String, Date, DateTime, an enum with #[derive(Choice)], a newtype with #[derive(Quantity)], an Option of one of them, or a Vec of a struct with #[derive(Row)]"
)]
pub trait FieldType: Sized {
    /// The declared type.
    const SHAPE: Shape;
    /// The unit that the type carries.
    const UNIT: Option<&'static str>;
    /// How the rows of a table make a tax.
    const TAX: Option<TaxDeclaration> = None;
    /// The value, or why it cannot be read.
    fn read(value: Value) -> Result<Self, Unreadable>;
    /// The value if it can be read where the host wrote it and owns no memory there.
    #[doc(hidden)]
    #[inline(always)]
    fn peek(_: &canonical::Value) -> Option<Self> {
        None
    }
}

impl<T: ColumnType> FieldType for T {
    const SHAPE: Shape = Shape::Scalar { kind: T::KIND, required: T::REQUIRED };
    const UNIT: Option<&'static str> = T::UNIT;
    #[inline]
    fn read(value: Value) -> Result<Self, Unreadable> {
        match value {
            Value::Scalar(scalar) => {
                T::read(scalar).map_err(|found| Unreadable::scalar(&T::KIND, &found))
            }
            Value::Table(_) => Err(Unreadable::table_for_scalar(&T::KIND)),
        }
    }
    #[inline(always)]
    fn peek(value: &canonical::Value) -> Option<Self> {
        value.plain(&T::KIND).and_then(|scalar| T::read(scalar).ok())
    }
}

impl<R: Row> FieldType for Vec<R> {
    const SHAPE: Shape = Shape::Table(R::COLUMNS);
    const UNIT: Option<&'static str> = None;
    // Once a table: a call costs nothing beside the rows, and inlined it would fill the component.
    #[inline(never)]
    fn read(value: Value) -> Result<Self, Unreadable> {
        let Value::Table(rows) = value else {
            return Err(Unreadable::scalar_for_table());
        };
        let mut read = Vec::with_capacity(rows.len());
        for (position, cells) in rows.into_iter().enumerate() {
            read.push(R::read(cells).map_err(|unreadable| unreadable.in_row(position))?);
        }
        Ok(read)
    }
    #[inline(always)]
    fn peek(value: &canonical::Value) -> Option<Self> {
        value.is_empty_table().then(Vec::new)
    }
}

/// A type that an argument of a step can have.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an argument of a step",
    label = "expected a scalar or an Option of one",
    note = "use bool, an integer up to 64 bits, Decimal, String, Date, DateTime, an enum with #[derive(Choice)], a newtype with #[derive(Quantity)], or an Option of one of them"
)]
pub trait ArgumentType {
    /// The unit that the type carries.
    const ARGUMENT_UNIT: Option<&'static str> = None;
    /// The value in the contract's form. A choice is written as the text of its name.
    fn write(self) -> Scalar;
}

impl<T: ArgumentType> ArgumentType for Option<T> {
    const ARGUMENT_UNIT: Option<&'static str> = T::ARGUMENT_UNIT;
    fn write(self) -> Scalar {
        self.map_or(Scalar::None, T::write)
    }
}

impl ArgumentType for &'static str {
    fn write(self) -> Scalar {
        Scalar::Text(self.to_owned())
    }
}

/// The scalar types whose values only change their wrapping.
macro_rules! scalar_type {
    ($type:ty, $kind:expr, $case:ident($value:ident) => $read:expr, write $write:expr) => {
        impl ScalarType for $type {
            const KIND: Kind = $kind;
            #[inline]
            fn read(scalar: Scalar) -> Result<Self, Scalar> {
                match scalar {
                    Scalar::$case($value) => match $read {
                        Some(read) => Ok(read),
                        None => Err(Scalar::$case($value)),
                    },
                    found => Err(found),
                }
            }
            fn cell(&self) -> Scalar {
                self.write()
            }
        }

        impl ArgumentType for $type {
            fn write(self) -> Scalar {
                Scalar::$case(($write)(self))
            }
        }
    };
}

scalar_type!(bool, Kind::Boolean, Boolean(value) => Some(value), write |value| value);
scalar_type!(Decimal, Kind::Decimal, Decimal(value) => exact::decimal(&value), write exact::contract_decimal);
scalar_type!(Date, Kind::Date, Date(value) => exact::date(value), write exact::contract_date);
scalar_type!(DateTime, Kind::DateTime, DateTime(value) => DateTime::from_contract(value), write DateTime::into_contract);

impl ScalarType for String {
    const KIND: Kind = Kind::Text;
    #[inline]
    fn read(scalar: Scalar) -> Result<Self, Scalar> {
        match scalar {
            Scalar::Text(text) => Ok(text),
            found => Err(found),
        }
    }
    fn cell(&self) -> Scalar {
        Scalar::Text(self.clone())
    }
}

impl ArgumentType for String {
    fn write(self) -> Scalar {
        Scalar::Text(self)
    }
}

/// Integers: the bounds of the type are declared where they are narrower than 64 bits.
macro_rules! integer_type {
    ($type:ty, $minimum:expr, $maximum:expr) => {
        impl ScalarType for $type {
            const KIND: Kind = Kind::Integer { minimum: $minimum, maximum: $maximum };
            #[inline]
            fn read(scalar: Scalar) -> Result<Self, Scalar> {
                match scalar {
                    Scalar::Integer(value) => {
                        <$type>::try_from(value).map_err(|_| Scalar::Integer(value))
                    }
                    found => Err(found),
                }
            }
            fn cell(&self) -> Scalar {
                self.write()
            }
        }

        impl ArgumentType for $type {
            fn write(self) -> Scalar {
                // Only a `u64` over 2^63 does not fit; no count of hours, days or cents comes near.
                Scalar::Integer(i64::try_from(self).unwrap_or(i64::MAX))
            }
        }
    };
}

integer_type!(i64, None, None);
integer_type!(i32, Some(i32::MIN as i64), Some(i32::MAX as i64));
integer_type!(i16, Some(i16::MIN as i64), Some(i16::MAX as i64));
integer_type!(i8, Some(i8::MIN as i64), Some(i8::MAX as i64));
integer_type!(u64, Some(0), None);
integer_type!(u32, Some(0), Some(u32::MAX as i64));
integer_type!(u16, Some(0), Some(u16::MAX as i64));
integer_type!(u8, Some(0), Some(u8::MAX as i64));
