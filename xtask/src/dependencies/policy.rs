//! `deny.toml`, as far as it is checked without `cargo deny`. A key that is not known here is an
//! error: what the file forbids must not be allowed by being overlooked.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Policy {
    graph: Graph,
    pub(super) licenses: Licenses,
    bans: Bans,
    sources: Sources,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Graph {
    all_features: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Licenses {
    /// Licences of everybody, as in SPDX, with their exceptions.
    pub(super) allow: Vec<String>,
    /// More of single crates.
    #[serde(default)]
    pub(super) exceptions: Vec<Exception>,
    /// Of texts of licences, which only `cargo deny` reads.
    #[serde(rename = "confidence-threshold")]
    _confidence: f64,
    private: Private,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exception {
    #[serde(rename = "crate")]
    pub(super) package: String,
    pub(super) allow: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Private {
    ignore: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Bans {
    multiple_versions: String,
    wildcards: String,
    allow_wildcard_paths: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Sources {
    unknown_registry: String,
    unknown_git: String,
}

impl Policy {
    /// Reads the file. The switches must stand where the check takes them to stand.
    pub(super) fn parse(text: &str) -> Result<Self> {
        let policy: Self = toml::from_str(text).context("deny.toml")?;
        let expected = policy.graph.all_features
            && policy.licenses.private.ignore
            && policy.bans.multiple_versions == "allow"
            && policy.bans.wildcards == "deny"
            && policy.bans.allow_wildcard_paths
            && policy.sources.unknown_registry == "deny"
            && policy.sources.unknown_git == "deny";
        ensure!(expected, "deny.toml says what only cargo-deny can check: install it");
        Ok(policy)
    }
}
