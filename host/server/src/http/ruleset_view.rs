//! A version of a ruleset for people and programs: what it takes and yields, with labels in the
//! reader's language, and every dated value of the law with its source.

use serde::Serialize;
use serde_json::{Value, json};
use stele_engine::contract::{Field, Origin, Severity, Shape};
use stele_ruleset::{Language, Manifest, Report, Ruleset, entry_json};
use stele_runtime::{VersionDetail, VersionView};
use utoipa::ToSchema;

use super::schemas::VersionSchema;

/// Everything that is known of a version.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = VersionDetail)]
pub(crate) struct DetailView<'a> {
    #[serde(flatten)]
    #[schema(value_type = VersionSchema)]
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

pub(crate) fn description(ruleset: &Ruleset, language: &Language) -> Value {
    let description = ruleset.description();
    let facts: Vec<Value> = description
        .facts
        .iter()
        .enumerate()
        .map(|(position, field)| {
            let labels = language.fact(position);
            let label = labels.map_or(&*field.name, |labels| &*labels.label);
            let columns = labels.map(|labels| labels.columns.as_slice()).unwrap_or_default();
            let mut fact = self::field(field, label, columns);
            let provided_by = match field.origin {
                Origin::Caller => "caller",
                Origin::CalculationDate => "calculation_date",
            };
            fact["required"] = field.required.into();
            fact["provided_by"] = provided_by.into();
            fact
        })
        .collect();
    let currency = ruleset.manifest().currency.as_deref();
    let items = description.items.iter().enumerate().map(|(position, item)| {
        json!({
            "code": &*item.name,
            "label": language.item(position),
            "meaning": &*item.meaning,
            "category": &*item.category,
            "category_label": language.category(&item.category),
            "unit": item.unit.as_deref().or(currency),
            "citation": item.citation.as_deref(),
        })
    });
    let findings = description.findings.iter().map(|finding| {
        json!({
            "code": &*finding.name,
            "meaning": &*finding.meaning,
            "severity": match finding.severity {
                Severity::Breach => "breach",
                Severity::Warning => "warning",
                Severity::Note => "note",
            },
            "unit": finding.unit.as_deref(),
            "citation": finding.citation.as_deref(),
        })
    });
    let steps = description.steps.iter().map(|step| {
        json!({
            "code": &*step.name,
            "text": &*step.text,
            "citation": step.citation.as_deref(),
        })
    });
    json!({
        "rule": &*description.name,
        "meaning": &*description.meaning,
        "facts": facts,
        "items": items.collect::<Vec<_>>(),
        "findings": findings.collect::<Vec<_>>(),
        "steps": steps.collect::<Vec<_>>(),
    })
}

pub(crate) fn parameters(ruleset: &Ruleset, language: &Language) -> Vec<Value> {
    let declared = ruleset.description().parameters.iter().enumerate();
    declared
        .map(|(position, field)| {
            let labels = language.parameter(position);
            let label = labels.map_or(&*field.name, |labels| &*labels.label);
            let columns = labels.map(|labels| labels.columns.as_slice()).unwrap_or_default();
            let mut parameter = self::field(field, label, columns);
            let series = ruleset.parameters().series(position);
            let entries = series.map(|series| series.entries()).unwrap_or_default();
            let values = entries.iter().map(|entry| {
                json!({
                    "from": entry.from,
                    "until": entry.until,
                    "value": entry_json(field, entry),
                    "source": entry.source,
                    "unconfirmed": entry.unconfirmed,
                    "note": entry.note,
                })
            });
            parameter["values"] = values.collect();
            parameter
        })
        .collect()
}

/// What facts and parameters have in common.
fn field(field: &Field, label: &str, column_labels: &[String]) -> Value {
    let mut view = json!({
        "name": &*field.name,
        "label": label,
        "meaning": &*field.meaning,
        "unit": field.unit.as_deref(),
    });
    if let Shape::Table(table) = &field.shape {
        let columns = table.columns.iter().enumerate().map(|(position, column)| {
            json!({
                "name": &*column.name,
                "label": column_labels.get(position).map_or(&*column.name, String::as_str),
                "meaning": &*column.meaning,
                "unit": column.unit.as_deref(),
                "required": column.required,
                "key": column.key,
            })
        });
        view["columns"] = columns.collect();
    }
    view
}
