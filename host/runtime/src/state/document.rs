//! Documents that people write and the store keeps as JSON: a policy, an organization.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Segment;

/// A field of a document that can not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unreadable {
    /// JSON pointer.
    pub(crate) pointer: String,
    /// What was expected and what was found.
    pub(crate) reason: String,
}

/// Reads a document; the error names the field. From text, because only that way the reader tells
/// what it found in the place of a number.
pub(crate) fn read<T: DeserializeOwned>(content: &Value) -> Result<T, Unreadable> {
    let text = content.to_string();
    let reader = &mut serde_json::Deserializer::from_str(&text);
    serde_path_to_error::deserialize(reader).map_err(|error| {
        let path = error.path().iter().filter_map(|segment| match segment {
            Segment::Seq { index } => Some(format!("/{index}")),
            Segment::Map { key } => Some(format!("/{key}")),
            Segment::Enum { .. } | Segment::Unknown => None,
        });
        let pointer = path.collect();
        let reason = error.into_inner().to_string();
        // Where in the text says nothing to whoever sent JSON of another form.
        let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
        Unreadable { pointer, reason }
    })
}
