//! Manifest, texts and cases, key by key. Comments and the order of keys are no difference.

use super::{Named, Properties, Property, named, properties};
use crate::manifest::Manifest;
use crate::package::{Package, TEXTS_FOLDER};

pub(super) fn manifest(old: &Manifest, new: &Manifest) -> Vec<Property> {
    let keys = |manifest: &Manifest| match serde_json::to_value(manifest) {
        Ok(value) => flattened(&value),
        // A struct of texts and numbers always becomes JSON.
        Err(_) => Vec::new(),
    };
    properties(&keys(old), &keys(new))
}

pub(super) fn cases(old: &Package, new: &Package) -> Vec<Named> {
    named(&of_files(old.cases(), ""), &of_files(new.cases(), ""))
}

pub(super) fn texts(old: &Package, new: &Package) -> Vec<Named> {
    named(&of_files(old.texts(), TEXTS_FOLDER), &of_files(new.texts(), TEXTS_FOLDER))
}

/// The keys of TOML files. A file was read before as what it is, so it can be read here.
fn of_files<'a>(files: impl Iterator<Item = (&'a str, &'a str)>, folder: &str) -> Properties {
    files
        .map(|(path, text)| {
            let value: serde_json::Value = toml::from_str(text).unwrap_or_default();
            let name = path.strip_prefix(folder).unwrap_or(path);
            let name = if folder.is_empty() { name } else { name.trim_end_matches(".toml") };
            (name.to_owned(), flattened(&value))
        })
        .collect()
}

/// Every leaf by its place: `expect.lines.tax`, `facts.events[0].on`.
fn flattened(value: &serde_json::Value) -> Vec<(String, String)> {
    let mut leaves = Vec::new();
    flatten(String::new(), value, &mut leaves);
    leaves
}

fn flatten(place: String, value: &serde_json::Value, leaves: &mut Vec<(String, String)>) {
    match value {
        serde_json::Value::Object(members) => {
            for (name, member) in members {
                let dot = if place.is_empty() { "" } else { "." };
                flatten(format!("{place}{dot}{name}"), member, leaves);
            }
        }
        serde_json::Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                flatten(format!("{place}[{index}]"), element, leaves);
            }
        }
        serde_json::Value::Null => {}
        serde_json::Value::String(text) => leaves.push((place, text.clone())),
        other => leaves.push((place, other.to_string())),
    }
}
