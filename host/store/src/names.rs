//! Names that the store keys its records by, checked once when they are made.

use std::{fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};

/// A name that does not look as it must.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} must be {expected}, found {found:?}")]
pub struct InvalidName {
    /// What was to be named: `tenant`, `employee`, `slot`.
    pub what: &'static str,
    /// What a name of this sort looks like.
    pub expected: &'static str,
    /// What was given.
    pub found: String,
}

/// Lower-case letters, digits and single hyphens between them.
fn is_segment(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

macro_rules! name {
    ($(#[$meta:meta])* $name:ident, $what:literal, $expected:literal, $accepts:expr) => {
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[derive(utoipa::ToSchema)]
        #[serde(try_from = "String", into = "String")]
        #[schema(value_type = String)]
        $(#[$meta])*
        pub struct $name(Arc<str>);

        impl $name {
            /// Checks the text.
            pub fn new(text: &str) -> Result<Self, InvalidName> {
                let accepts: fn(&str) -> bool = $accepts;
                if accepts(text) {
                    Ok(Self(Arc::from(text)))
                } else {
                    Err(InvalidName { what: $what, expected: $expected, found: text.to_owned() })
                }
            }

            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The name as shared text, without a copy.
            pub fn shared(&self) -> &Arc<str> {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidName;
            fn from_str(text: &str) -> Result<Self, InvalidName> {
                Self::new(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidName;
            fn try_from(text: String) -> Result<Self, InvalidName> {
                Self::new(&text)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> String {
                name.0.as_ref().to_owned()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, "{:?}", &*self.0)
            }
        }
    };
}

name!(
    /// A tenant: `[a-z0-9-]+`, at most 63 characters, no hyphen at either end.
    #[schema(example = "acme")]
    TenantId,
    "tenant",
    "1 to 63 lower-case letters, digits and hyphens, without a hyphen at either end",
    |text| text.len() <= 63 && is_segment(text)
);

name!(
    /// An employee within a tenant: the tenant's own personnel number or the like.
    #[schema(example = "e-1001")]
    EmployeeId,
    "employee",
    "1 to 128 letters, digits and . _ : @ - of ASCII",
    |text| {
        (1..=128).contains(&text.len())
            && text.bytes().all(
                |byte| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b':' | b'@' | b'-'),
            )
            // A dot alone would be read as a step in a path.
            && text.bytes().any(|byte| byte != b'.')
    }
);

name!(
    /// An employment of an employee: `de`, `second`, `2024-07`.
    #[schema(example = "de-2")]
    EmploymentId,
    "employment",
    "1 to 63 lower-case letters, digits and hyphens, without a hyphen at either end",
    |text| text.len() <= 63 && is_segment(text)
);

name!(
    /// The place that an activation fills: `cn/payroll`, `attendance`.
    #[schema(example = "cn/payroll")]
    Slot,
    "slot",
    "segments of lower-case letters, digits and hyphens, joined by /, at most 128 characters",
    |text| text.len() <= 128 && text.split('/').all(is_segment)
);
