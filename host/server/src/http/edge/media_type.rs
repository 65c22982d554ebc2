//! The media types that bodies have besides JSON.

/// JSON, one document a line.
pub(crate) const NDJSON: &str = "application/x-ndjson";

/// A package of a ruleset.
pub(crate) const PACKAGE: &str = "application/vnd.stele.package";

/// A header and rows of cells (RFC 4180).
pub(crate) const CSV: &str = "text/csv";

/// A JSON merge patch (RFC 7396).
pub(crate) const MERGE_PATCH: &str = "application/merge-patch+json";
