//! What the names in a formula are called.

use std::collections::HashMap;

use stele_engine::contract::{Description, Field, Shape};
use stele_formulas::labelled::{Part, labelled};

use crate::texts::{FieldLabel, Language};

/// Labels by name, of one language.
pub(super) struct Labels(HashMap<String, String>);

impl Labels {
    /// Facts, parameters, figures and items; a column where nothing else has its name.
    pub(super) fn of(description: &Description, language: &Language) -> Self {
        let mut all = HashMap::new();
        let mut add = |name: &str, label: &str| {
            all.entry(name.to_owned()).or_insert_with(|| label.to_owned());
        };
        for (position, fact) in description.facts.iter().enumerate() {
            add(&fact.name, language.fact(position).map_or(&*fact.name, |label| &*label.label));
        }
        for (position, parameter) in description.parameters.iter().enumerate() {
            let label = language.parameter(position);
            add(&parameter.name, label.map_or(&*parameter.name, |label| &*label.label));
        }
        for (position, figure) in description.figures.iter().enumerate() {
            add(&figure.name, language.figure(position));
        }
        for (position, item) in description.items.iter().enumerate() {
            add(&item.name, language.item(position));
        }
        let facts = description.facts.iter().enumerate();
        let facts = facts.map(|(position, field)| (field, language.fact(position)));
        let parameters = description.parameters.iter().enumerate();
        let parameters = parameters.map(|(position, field)| (field, language.parameter(position)));
        for (field, labels) in facts.chain(parameters) {
            columns(field, labels).for_each(|(name, label)| add(name, label));
        }
        Self(all)
    }

    /// A formula with labels in the place of names.
    pub(super) fn parts(&self, formula: &str) -> Vec<Part> {
        labelled(formula, |name| self.0.get(name).cloned())
    }

    /// The same as one text.
    pub(super) fn text(&self, formula: &str) -> String {
        let parts = self.parts(formula).into_iter().map(|part| match part {
            Part::Named(text) | Part::Text(text) => text,
        });
        parts.collect()
    }
}

fn columns<'a>(
    field: &'a Field,
    labels: Option<&'a FieldLabel>,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let columns = match &field.shape {
        Shape::Table(table) => table.columns.as_slice(),
        Shape::Scalar(_) => &[],
    };
    let label = move |position: usize| labels.and_then(|labels| labels.columns.get(position));
    columns.iter().enumerate().map(move |(position, column)| {
        (&*column.name, label(position).map_or(&*column.name, String::as_str))
    })
}
