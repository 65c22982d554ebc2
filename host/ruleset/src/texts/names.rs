//! The keys that the file of a language may have: what rule, manifest and parameters name.

use std::collections::{BTreeMap, BTreeSet};

use stele_engine::contract::{Description, Field, ScalarKind, Shape, StepKind};

use super::citation::parts;
use crate::manifest::Manifest;

/// Every key that a file may have, by section.
pub(super) struct Names {
    pub(super) facts: BTreeSet<String>,
    pub(super) parameters: BTreeSet<String>,
    pub(super) items: BTreeSet<String>,
    pub(super) figures: BTreeSet<String>,
    pub(super) findings: BTreeSet<String>,
    pub(super) steps: BTreeSet<String>,
    pub(super) categories: BTreeSet<String>,
    pub(super) leaves_out: BTreeSet<String>,
    /// A choice may be translated for one field, for one column, or for all columns of a name.
    pub(super) choices: BTreeMap<String, BTreeSet<String>>,
    pub(super) units: BTreeSet<String>,
    /// Declared citations and the sources of parameters.
    pub(super) cited: BTreeSet<String>,
    /// The same, and the parts of those that name several publications.
    pub(super) citations: BTreeSet<String>,
}

impl Names {
    pub(super) fn of(
        manifest: &Manifest,
        description: &Description,
        sources: &BTreeSet<&str>,
    ) -> Self {
        let mut choices: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut add = |group: String, kind: &ScalarKind| {
            if let ScalarKind::Choice(list) = kind {
                let names = list.iter().map(|choice| choice.name.clone());
                choices.entry(group).or_default().extend(names);
            }
        };
        for field in description.facts.iter().chain(&description.parameters) {
            match &field.shape {
                Shape::Scalar(kind) => add(field.name.clone(), kind),
                Shape::Table(table) => {
                    for column in &table.columns {
                        add(column.name.clone(), &column.kind);
                        add(format!("{}.{}", field.name, column.name), &column.kind);
                    }
                }
            }
        }
        let cited = cited(description, sources);
        Self {
            facts: field_names(&description.facts),
            parameters: field_names(&description.parameters),
            items: description.items.iter().map(|item| item.name.clone()).collect(),
            figures: description.figures.iter().map(|figure| figure.name.clone()).collect(),
            findings: description.findings.iter().map(|kind| kind.name.clone()).collect(),
            steps: sentences(description).map(|(kind, _)| kind.name.clone()).collect(),
            categories: description.items.iter().map(|item| item.category.clone()).collect(),
            leaves_out: manifest.leaves_out.iter().map(|left| left.name.clone()).collect(),
            choices,
            units: units(manifest, description),
            citations: cited.iter().flat_map(|cited| parts(cited)).map(str::to_owned).collect(),
            cited,
        }
    }
}

/// The steps that are sentences.
pub(super) fn sentences(description: &Description) -> impl Iterator<Item = (&StepKind, &String)> {
    description.steps.iter().filter_map(|kind| Some((kind, kind.text.as_ref()?)))
}

/// What amounts, values and arguments count.
fn units(manifest: &Manifest, description: &Description) -> BTreeSet<String> {
    let mut units: BTreeSet<String> = manifest.currency.iter().cloned().collect();
    for field in description.facts.iter().chain(&description.parameters) {
        units.extend(field.unit.clone());
        if let Shape::Table(table) = &field.shape {
            units.extend(table.columns.iter().filter_map(|column| column.unit.clone()));
        }
    }
    units.extend(description.items.iter().filter_map(|item| item.unit.clone()));
    units.extend(description.figures.iter().filter_map(|figure| figure.unit.clone()));
    units.extend(description.findings.iter().filter_map(|kind| kind.unit.clone()));
    let arguments = description.steps.iter().flat_map(|kind| &kind.arguments);
    units.extend(arguments.filter_map(|argument| argument.unit.clone()));
    units
}

fn cited(description: &Description, sources: &BTreeSet<&str>) -> BTreeSet<String> {
    let items = description.items.iter().filter_map(|item| item.citation.as_deref());
    let figures = description.figures.iter().filter_map(|figure| figure.citation.as_deref());
    let findings = description.findings.iter().filter_map(|kind| kind.citation.as_deref());
    let steps = description.steps.iter().filter_map(|kind| kind.citation.as_deref());
    let declared = items.chain(figures).chain(findings).chain(steps);
    declared.chain(sources.iter().copied()).map(str::to_owned).collect()
}

fn field_names(fields: &[Field]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for field in fields {
        names.insert(field.name.clone());
        if let Shape::Table(table) = &field.shape {
            names.extend(
                table.columns.iter().map(|column| format!("{}.{}", field.name, column.name)),
            );
        }
    }
    names
}
