//! The English labels of a document, as a file of `texts/`.

use crate::document::declarations::{Declarations, Field};
use toml::Table;

/// The text of `texts/en.toml`.
pub(super) fn english(declarations: &Declarations) -> String {
    let mut file = Table::new();
    if let Some(title) = &declarations.title {
        file.insert("title".to_owned(), title.clone().into());
    }
    let mut section = |name: &str, labels: Table| {
        if !labels.is_empty() {
            file.insert(name.to_owned(), labels.into());
        }
    };
    section("facts", fields(&declarations.facts));
    section("parameters", fields(&declarations.parameters));
    section("choices", choices(declarations));
    let items = declarations.lines.iter().map(|line| (&line.item.text, &line.label));
    section("items", labelled(items));
    let figures = declarations.figures.iter().map(|figure| (&figure.name.text, &figure.label));
    section("figures", labelled(figures));
    let findings = declarations.findings.iter().filter(|finding| !finding.meaning.is_empty());
    let findings =
        findings.map(|finding| (finding.name.text.clone(), finding.meaning.clone().into()));
    section("findings", findings.collect());
    file.to_string()
}

fn labelled<'d>(all: impl Iterator<Item = (&'d String, &'d Option<String>)>) -> Table {
    let label =
        |(name, label): (&String, &Option<String>)| Some((name.clone(), label.clone()?.into()));
    all.filter_map(label).collect()
}

fn fields(fields: &[Field]) -> Table {
    let mut labels = Table::new();
    for field in fields {
        if let Some(label) = &field.label {
            labels.insert(field.name.text.clone(), label.clone().into());
        }
        for column in &field.columns {
            if let Some(label) = &column.label {
                let name = format!("{}.{}", field.name.text, column.name.text);
                labels.insert(name, label.clone().into());
            }
        }
    }
    labels
}

/// Choices under the field, or the field and column, that declares them.
fn choices(declarations: &Declarations) -> Table {
    let mut all = Table::new();
    let mut add = |name: String, field: &Field| {
        if !field.choices.is_empty() {
            let labels = field.choices.iter();
            let labels: Table =
                labels.map(|(name, label)| (name.text.clone(), label.clone().into())).collect();
            all.insert(name, labels.into());
        }
    };
    for field in declarations.facts.iter().chain(&declarations.parameters) {
        add(field.name.text.clone(), field);
        for column in &field.columns {
            add(format!("{}.{}", field.name.text, column.name.text), column);
        }
    }
    all
}
