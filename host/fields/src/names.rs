//! What the store checks or keeps: names, with what they look like, and dated values.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;
use stele_store::{DatedValue, EmployeeId, EmploymentId, Slot, TenantId};

use crate::error::{FieldError, WrongFields, escape, name_of};
use crate::field::FromField;
use crate::fields::{Fields, FromFields};

macro_rules! from_name {
    ($name:ident, $expected:literal) => {
        impl FromField for $name {
            fn expected() -> Cow<'static, str> {
                $expected.into()
            }

            fn read(value: Value, place: &str, errors: &mut WrongFields) -> Option<Self> {
                match value.as_str().map($name::new) {
                    Some(Ok(name)) => Some(name),
                    _ => Self::refuse(place, &name_of(&value), errors),
                }
            }
        }
    };
}

from_name!(TenantId, "1 to 63 lower-case letters, digits and hyphens");
from_name!(EmployeeId, "1 to 128 letters, digits and . _ : @ -");
from_name!(EmploymentId, "1 to 63 lower-case letters, digits and hyphens");
from_name!(Slot, "segments of lower-case letters, digits and hyphens, joined by /");

/// Of each employment; every wrong name and every wrong value is noted.
impl<T: FromField> FromField for BTreeMap<EmploymentId, T> {
    fn expected() -> Cow<'static, str> {
        BTreeMap::<String, T>::expected()
    }

    fn read(value: Value, place: &str, errors: &mut WrongFields) -> Option<Self> {
        let named = BTreeMap::<String, T>::read(value, place, errors)?;
        let mut read = Some(BTreeMap::new());
        for (name, value) in named {
            match EmploymentId::new(&name) {
                Ok(id) => {
                    read.as_mut().map(|read| read.insert(id, value));
                }
                Err(wrong) => {
                    let here = format!("{place}/{}", escape(&name));
                    let found = format!("the name {:?}", wrong.found);
                    errors.note(|| FieldError::new(&here, wrong.expected, &found));
                    read = None;
                }
            }
        }
        read
    }
}

impl FromFields for DatedValue {
    fn from_fields(fields: &mut Fields) -> Option<DatedValue> {
        let from = fields.take("from");
        let value = fields.take("value");
        Some(DatedValue { from: from?, value: value? })
    }
}
