//! What a language leaves out is completed from English, then from what the rule declares.

use std::collections::BTreeMap;

use stele_engine::contract::{Description, Field, Shape};

use super::written::{Declared, Labels, Raw};
use super::{FieldLabel, Language, Sentence};
use crate::manifest::Manifest;

/// Completes what a language may leave out: from English, then from what the rule declares.
pub(super) fn resolve(
    tag: &str,
    own: &Raw,
    english: &Raw,
    manifest: &Manifest,
    description: &Description,
    declared: &Declared,
) -> Language {
    let label = |section: fn(&Raw) -> &Labels, name: &str, meaning: &str| {
        let found = section(own).get(name).or_else(|| section(english).get(name));
        found.cloned().unwrap_or_else(|| first_clause(meaning).to_owned())
    };
    let fields = |section: fn(&Raw) -> &Labels, fields: &[Field]| {
        fields
            .iter()
            .map(|field| FieldLabel {
                label: label(section, &field.name, &field.meaning),
                columns: match &field.shape {
                    Shape::Scalar(_) => Vec::new(),
                    Shape::Table(table) => table
                        .columns
                        .iter()
                        .map(|column| {
                            let path = format!("{}.{}", field.name, column.name);
                            label(section, &path, &column.meaning)
                        })
                        .collect(),
                },
            })
            .collect()
    };
    let sentence =
        |section: fn(&Raw) -> &Labels, declared: &BTreeMap<String, Sentence>, name: &str| {
            let found = section(own).get(name).or_else(|| section(english).get(name));
            found
                .and_then(|text| Sentence::parse(text).ok())
                .or_else(|| declared.get(name).cloned())
                .unwrap_or_else(|| Sentence::plain(name))
        };
    let merged = |section: fn(&Raw) -> &Labels| {
        let mut labels = section(english).clone();
        labels.extend(section(own).clone());
        labels
    };
    let mut choices = english.choices.clone();
    for (group, labels) in &own.choices {
        choices.entry(group.clone()).or_default().extend(labels.clone());
    }
    Language {
        tag: tag.to_owned(),
        title: (own.title.clone())
            .or_else(|| english.title.clone())
            .unwrap_or_else(|| manifest.name.to_string()),
        facts: fields(|raw| &raw.facts, &description.facts),
        parameters: fields(|raw| &raw.parameters, &description.parameters),
        items: (description.items.iter())
            .map(|item| label(|raw| &raw.items, &item.name, &item.meaning))
            .collect(),
        figures: (description.figures.iter())
            .map(|figure| label(|raw| &raw.figures, &figure.name, &figure.meaning))
            .collect(),
        findings: description
            .findings
            .iter()
            .map(|kind| sentence(|raw| &raw.findings, &declared.findings, &kind.name))
            .collect(),
        steps: description
            .steps
            .iter()
            .map(|kind| {
                let sentence = || sentence(|raw| &raw.steps, &declared.steps, &kind.name);
                kind.text.as_ref().map(|_| sentence())
            })
            .collect(),
        leaves_out: (manifest.leaves_out.iter())
            .map(|left| {
                let own = own.leaves_out.get(&left.name);
                let found = own.or_else(|| english.leaves_out.get(&left.name));
                found.unwrap_or(&left.what).clone()
            })
            .collect(),
        choices,
        subjects: merged(|raw| &raw.subjects),
        categories: merged(|raw| &raw.categories),
        units: merged(|raw| &raw.units),
        citations: merged(|raw| &raw.citations),
    }
}

/// The label of what a file gives none: what it is, without what is said of it.
fn first_clause(meaning: &str) -> &str {
    let ends = |(at, mark): (usize, char)| {
        let rest = &meaning[at + mark.len_utf8()..];
        match mark {
            '.' | ',' | ';' | ':' => rest.is_empty() || rest.starts_with(char::is_whitespace),
            '(' | '\n' => at > 0,
            _ => false,
        }
    };
    let end = meaning.char_indices().find(|found| ends(*found)).map_or(meaning.len(), |(at, _)| at);
    match meaning[..end].trim() {
        "" => meaning,
        clause => clause,
    }
}

#[cfg(test)]
mod tests {
    use super::first_clause;

    #[test]
    fn a_label_is_the_first_clause_of_a_meaning() {
        for (meaning, label) in [
            ("Gross wages of the month, before deductions.", "Gross wages of the month"),
            ("Income tax.", "Income tax"),
            ("Rate of 0.5 percent; see below", "Rate of 0.5 percent"),
            ("Days worked (not hours)", "Days worked"),
            ("Net pay: what is paid out", "Net pay"),
            ("Wages", "Wages"),
            ("Two\nlines", "Two"),
            (". ", ". "),
        ] {
            assert_eq!(first_clause(meaning), label);
        }
    }
}
