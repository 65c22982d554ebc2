//! What one field can hold.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::error::{FieldError, WrongFields, escape, name_of};

/// A type that one field can hold.
pub trait FromField: Sized {
    /// What is expected, in words that follow "expected".
    fn expected() -> Cow<'static, str>;

    /// Reads it. `None` where it, or a part of it, was wrong; `place` is its pointer, under which
    /// the errors have been noted.
    fn read(value: Value, place: &str, errors: &mut WrongFields) -> Option<Self>;

    /// What a field holds that is left out; none where it must be given.
    fn absent() -> Option<Self> {
        None
    }

    /// What a field holds that is null: as one that is left out.
    fn null() -> Option<Self> {
        Self::absent()
    }

    /// Notes that something else was found.
    fn refuse(place: &str, found: &str, errors: &mut WrongFields) -> Option<Self> {
        errors.note(|| FieldError::new(place, &Self::expected(), found));
        None
    }
}

impl<T: FromField> FromField for Option<T> {
    fn expected() -> Cow<'static, str> {
        T::expected()
    }

    fn read(value: Value, place: &str, errors: &mut WrongFields) -> Option<Self> {
        T::read(value, place, errors).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

/// Every wrong element is noted.
impl<T: FromField> FromField for Vec<T> {
    fn expected() -> Cow<'static, str> {
        "an array".into()
    }

    fn read(value: Value, place: &str, errors: &mut WrongFields) -> Option<Self> {
        let Value::Array(elements) = value else {
            return Self::refuse(place, &name_of(&value), errors);
        };
        let mut read = Some(Vec::with_capacity(elements.len()));
        for (position, element) in elements.into_iter().enumerate() {
            match (T::read(element, &format!("{place}/{position}"), errors), &mut read) {
                (Some(element), Some(read)) => read.push(element),
                _ => read = None,
            }
        }
        read
    }
}

impl FromField for Map<String, Value> {
    fn expected() -> Cow<'static, str> {
        "an object".into()
    }

    fn read(value: Value, place: &str, errors: &mut WrongFields) -> Option<Self> {
        match value {
            Value::Object(members) => Some(members),
            other => Self::refuse(place, &name_of(&other), errors),
        }
    }
}

/// Every wrong value is noted under its name.
impl<T: FromField> FromField for BTreeMap<String, T> {
    fn expected() -> Cow<'static, str> {
        "an object".into()
    }

    fn read(value: Value, place: &str, errors: &mut WrongFields) -> Option<Self> {
        let Value::Object(members) = value else {
            return Self::refuse(place, &name_of(&value), errors);
        };
        let mut read = Some(BTreeMap::new());
        for (name, value) in members {
            let place = format!("{place}/{}", escape(&name));
            match (T::read(value, &place, errors), &mut read) {
                (Some(value), Some(read)) => {
                    read.insert(name, value);
                }
                _ => read = None,
            }
        }
        read
    }
}

/// Anything, null too.
impl FromField for Value {
    fn expected() -> Cow<'static, str> {
        "a value".into()
    }

    fn read(value: Value, _: &str, _: &mut WrongFields) -> Option<Self> {
        Some(value)
    }

    fn null() -> Option<Self> {
        Some(Value::Null)
    }
}

impl FromField for bool {
    fn expected() -> Cow<'static, str> {
        "true or false".into()
    }

    fn read(value: Value, place: &str, errors: &mut WrongFields) -> Option<Self> {
        match value {
            Value::Bool(boolean) => Some(boolean),
            other => Self::refuse(place, &name_of(&other), errors),
        }
    }
}
