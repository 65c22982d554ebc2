//! A value of the law as a person reads it.

use serde_json::Value;

use crate::output::text;

/// A value as text; a row as `column value, …`; rows below each other.
pub(crate) fn value_text(value: &Value) -> String {
    match value {
        Value::Array(rows) => rows.iter().map(value_text).collect::<Vec<_>>().join("\n"),
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| format!("{name} {}", text(value)));
            members.collect::<Vec<_>>().join(", ")
        }
        other => text(other),
    }
}
