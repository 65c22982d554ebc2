//! A version for people and programs: what it takes and yields, with labels in the reader's
//! language, and every dated value of the law with its source.

use serde::Serialize;
use serde_json::{Value, json};
use stele_engine::contract::{Description, Field, Origin, Severity, Shape};

use super::formula::declared_formula;
use super::leaves_out::Condition;
use super::render::entry_json;
use super::scalar::expectation;
use super::texts::Language;
use super::version::Ruleset;

/// What a rule takes and yields: `facts`, `items`, `figures`, `findings` and `steps`, with labels.
pub fn description(ruleset: &Ruleset, language: &Language) -> Value {
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
            let accumulators = &ruleset.manifest().accumulators;
            if let Some(accumulator) = accumulators.iter().find(|of| of.fact == field.name) {
                fact["accumulated"] = json!(accumulator);
            }
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
    let figures = description.figures.iter().enumerate().map(|(position, figure)| {
        json!({
            "code": &*figure.name,
            "label": language.figure(position),
            "meaning": &*figure.meaning,
            "unit": figure.unit.as_deref().or(currency),
            "citation": figure.citation.as_deref(),
        })
    });
    let steps = description.steps.iter().map(|step| {
        json!({
            "code": &*step.name,
            "text": step.text.as_deref(),
            "formula": declared_formula(step, description),
            "citation": step.citation.as_deref(),
        })
    });
    json!({
        "rule": &*description.name,
        "meaning": &*description.meaning,
        "facts": facts,
        "items": items.collect::<Vec<_>>(),
        "figures": figures.collect::<Vec<_>>(),
        "findings": findings.collect::<Vec<_>>(),
        "steps": steps.collect::<Vec<_>>(),
    })
}

/// What a rule declares, without a version around it: every fact and parameter with what it takes, in
/// which unit, and what it means; items, figures and findings.
pub fn declared(description: &Description) -> Value {
    let fields = |fields: &[Field]| -> Vec<Value> {
        let field = |field: &Field| {
            let mut shown = self::field(field, &field.name, &[]);
            shown["required"] = field.required.into();
            shown
        };
        fields.iter().map(field).collect()
    };
    let items = description.items.iter().map(|item| {
        json!({ "name": &*item.name, "unit": item.unit.as_deref(), "meaning": &*item.meaning })
    });
    let figures = description.figures.iter().map(|figure| {
        let unit = figure.unit.as_deref();
        json!({ "name": &*figure.name, "unit": unit, "meaning": &*figure.meaning })
    });
    let findings = description.findings.iter().map(|finding| {
        let unit = finding.unit.as_deref();
        json!({ "name": &*finding.name, "unit": unit, "meaning": &*finding.meaning })
    });
    json!({
        "component": &*description.name,
        "meaning": &*description.meaning,
        "parameters": fields(&description.parameters),
        "facts": fields(&description.facts),
        "items": items.collect::<Vec<_>>(),
        "figures": figures.collect::<Vec<_>>(),
        "findings": findings.collect::<Vec<_>>(),
    })
}

/// Every parameter with its dated values and their sources, with labels.
pub fn parameters(ruleset: &Ruleset, language: &Language) -> Vec<Value> {
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

/// Something that a version does not cover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = LeftOut)]
pub struct LeftOutView<'a> {
    /// What results name it by: the subject of their finding `not_covered`.
    #[schema(example = "tips")]
    pub name: &'a str,
    /// What is not covered, in a sentence.
    pub what: &'a str,
    /// The facts that touch it, any of which is enough. Empty: no result says it.
    pub when: &'a [Condition],
}

/// Everything that a version says it does not cover.
pub fn leaves_out<'a>(ruleset: &'a Ruleset, language: &'a Language) -> Vec<LeftOutView<'a>> {
    let left_out = ruleset.manifest().leaves_out.iter().enumerate();
    left_out
        .map(|(position, left_out)| LeftOutView {
            name: &left_out.name,
            what: language.left_out(position).unwrap_or(&left_out.what),
            when: &left_out.when,
        })
        .collect()
}

/// What facts and parameters have in common.
fn field(field: &Field, label: &str, column_labels: &[String]) -> Value {
    let takes = match &field.shape {
        Shape::Scalar(kind) => expectation(kind),
        Shape::Table(table) => format!("at most {} rows", table.maximum_rows),
    };
    let mut view = json!({
        "name": &*field.name,
        "label": label,
        "meaning": &*field.meaning,
        "takes": takes,
        "unit": field.unit.as_deref(),
    });
    if let Shape::Table(table) = &field.shape {
        let columns = table.columns.iter().enumerate().map(|(position, column)| {
            json!({
                "name": &*column.name,
                "label": column_labels.get(position).map_or(&*column.name, String::as_str),
                "meaning": &*column.meaning,
                "takes": expectation(&column.kind),
                "unit": column.unit.as_deref(),
                "required": column.required,
                "key": column.key,
            })
        });
        view["columns"] = columns.collect();
    }
    view
}
