//! Documents that are written from a JSON file: a policy, an organization.

use std::path::Path;

use serde_json::Value;

use crate::failure::Failure;

/// Reads a file of JSON.
pub(crate) async fn read(file: &Path) -> Result<Value, Failure> {
    let bytes =
        tokio::fs::read(file).await.map_err(|error| Failure::file("can not read", file, &error))?;
    serde_json::from_slice(&bytes)
        .map_err(|error| Failure::Usage(format!("{} is not JSON: {error}", file.display())))
}

/// Which revision of a document is shown, and who wrote it when; where there is none, `nothing`.
pub(crate) fn written(view: &Value, nothing: &str) -> String {
    match view["revision"].as_u64() {
        Some(0) | None => nothing.to_owned(),
        Some(revision) => format!(
            "Revision {revision}, written by {} at {}.",
            crate::output::text(&view["written_by"]),
            crate::output::text(&view["recorded_at"])
        ),
    }
}
