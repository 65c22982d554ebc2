//! The media types that bodies have besides JSON.

/// JSON, one document a line.
pub(crate) const NDJSON: &str = "application/x-ndjson";

/// A package of a ruleset.
pub(crate) const PACKAGE: &str = "application/vnd.stele.package";
