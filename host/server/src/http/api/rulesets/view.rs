//! A version of a ruleset for people and programs: what it takes and yields, with labels in the
//! reader's language, and every dated value of the law with its source.

use serde::Serialize;
use serde_json::Value;
use stele_ruleset::{LeftOutView, Manifest, Report, description, leaves_out, parameters};
use stele_runtime::{VersionDetail, VersionView};
use utoipa::ToSchema;

/// Everything that is known of a version.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = VersionDetail)]
pub(crate) struct DetailView<'a> {
    #[serde(flatten)]
    version: &'a VersionView,
    /// The language of labels.
    language: &'a str,
    /// What the ruleset is called.
    title: &'a str,
    /// `ruleset.toml`.
    #[schema(value_type = Object)]
    manifest: &'a Manifest,
    /// What the rule takes and yields: `facts`, `items`, `findings`, `steps`.
    #[schema(value_type = Object)]
    description: Value,
    /// What it does not cover. A result says what its own facts touch of it.
    leaves_out: Vec<LeftOutView<'a>>,
    /// Every parameter with its dated values and their sources.
    #[schema(value_type = Vec<Object>)]
    parameters: Vec<Value>,
    /// JSON Schema (2020-12) of the facts.
    #[schema(value_type = Object)]
    facts_schema: Value,
    /// What the checks found when it was published.
    #[schema(value_type = Object)]
    report: &'a Report,
}

impl<'a> DetailView<'a> {
    /// The version in the best of these languages.
    pub(crate) fn new(detail: &'a VersionDetail, wanted: &[&str]) -> DetailView<'a> {
        let ruleset = &detail.ruleset;
        let tag = ruleset.language(wanted);
        let language = ruleset.texts().language(&[tag]);
        DetailView {
            version: &detail.view,
            language: tag,
            title: language.title(),
            manifest: ruleset.manifest(),
            description: description(ruleset, language),
            leaves_out: leaves_out(ruleset, language),
            parameters: parameters(ruleset, language),
            facts_schema: ruleset.facts_schema(tag),
            report: &detail.report,
        }
    }

    /// The language used.
    pub(crate) fn language(&self) -> &'a str {
        self.language
    }
}
