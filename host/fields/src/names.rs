//! What the store checks or keeps: names, with what they look like, and dated values.

use std::borrow::Cow;

use serde_json::Value;
use stele_store::{DatedValue, EmployeeId, Slot, TenantId};

use crate::error::{WrongFields, name_of};
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
from_name!(Slot, "segments of lower-case letters, digits and hyphens, joined by /");

impl FromFields for DatedValue {
    fn from_fields(fields: &mut Fields) -> Option<DatedValue> {
        let from = fields.take("from");
        let value = fields.take("value");
        Some(DatedValue { from: from?, value: value? })
    }
}
