//! The keys that a language still lacks, written into its file with what is to be said there.

use std::collections::BTreeSet;

use stele_engine::contract::{Choice, Description, Field, ScalarKind, Shape};
use toml_edit::{DocumentMut, Item, Table, value};

use super::names::{Names, sentences};
use super::{FALLBACK, UNWRITTEN};
use crate::defect::{Defect, shorten};
use crate::manifest::{Manifest, position};

/// A language's file with its missing keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The file; what was there, with its comments, is as it was.
    pub text: String,
    /// The keys that were added: `facts.gross`.
    pub added: Vec<String>,
    /// The keys that are there and still to be written, those just added among them.
    pub unwritten: Vec<String>,
}

/// Adds the keys that are wanted. Each added text begins with [`UNWRITTEN`], which no publication
/// accepts, and goes on with what rule or manifest declare, placeholders included.
pub(super) fn fill(file: &str, text: &str, title: &str, wanted: Wanted) -> Result<Filled, Defect> {
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        Defect::new(file, position(text, error.span()), "TOML", shorten(error.message()))
    })?;
    let mut added = Vec::new();
    if !document.contains_key("title") {
        document.insert("title", value(unwritten(title)));
        added.push("title".to_owned());
    }
    for (section, names) in wanted {
        let Some(table) = section_of(&mut document, &section) else {
            let expected = "a table of texts";
            return Err(Defect::new(file, section.join("."), expected, "something else"));
        };
        for (name, meaning) in names {
            if !table.contains_key(&name) {
                table.insert(&name, value(unwritten(&meaning)));
                added.push(format!("{}.{name}", section.join(".")));
            }
        }
    }
    let mut open = Vec::new();
    find_unwritten("", document.as_table(), &mut open);
    Ok(Filled { text: document.to_string(), added, unwritten: open })
}

fn unwritten(meaning: &str) -> String {
    format!("{UNWRITTEN}: {}", meaning.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Sections with their names in their order, each name with what it means.
pub(super) type Wanted = Vec<(Vec<String>, Vec<(String, String)>)>;

/// Every key that a language must have, or with `all` every key that it may have.
pub(super) fn wanted(
    tag: &str,
    manifest: &Manifest,
    description: &Description,
    all: bool,
) -> Wanted {
    let mut wanted: Wanted = Vec::new();
    let mut section = |name: &str, names: Vec<(String, String)>| {
        if !names.is_empty() {
            wanted.push((vec![name.to_owned()], names));
        }
    };
    // English is what is declared.
    let needed = all || tag != FALLBACK;
    if needed {
        section("facts", fields(&description.facts));
    }
    if all {
        section("parameters", fields(&description.parameters));
    }
    if needed {
        let items = description.items.iter();
        section("items", items.map(|item| (item.name.clone(), item.meaning.clone())).collect());
        let figures = description.figures.iter();
        section("figures", figures.map(|of| (of.name.clone(), of.meaning.clone())).collect());
        let findings = description.findings.iter();
        section(
            "findings",
            findings.map(|kind| (kind.name.clone(), kind.meaning.clone())).collect(),
        );
        let steps = sentences(description);
        section("steps", steps.map(|(kind, text)| (kind.name.clone(), text.clone())).collect());
        let left_out = manifest.leaves_out.iter();
        section("leaves_out", left_out.map(|l| (l.name.clone(), l.what.clone())).collect());
    }
    if all {
        let categories: BTreeSet<&String> =
            description.items.iter().map(|item| &item.category).collect();
        section("categories", categories.into_iter().map(|c| (c.clone(), c.clone())).collect());
        for field in description.facts.iter().chain(&description.parameters) {
            for (group, choices) in choices(field) {
                let names = choices.iter().map(|c| (c.name.clone(), c.meaning.clone())).collect();
                wanted.push((vec!["choices".to_owned(), group], names));
            }
        }
        // Units and citations are declared in English. The sources of parameters are no names.
        if tag != FALLBACK {
            let as_declared = |names: &BTreeSet<String>| {
                names.iter().map(|name| (name.clone(), name.clone())).collect::<Vec<_>>()
            };
            let names = Names::of(manifest, description, &BTreeSet::new());
            for (section, names) in [("units", &names.units), ("citations", &names.citations)] {
                if !names.is_empty() {
                    wanted.push((vec![section.to_owned()], as_declared(names)));
                }
            }
        }
    }
    wanted
}

fn fields(fields: &[Field]) -> Vec<(String, String)> {
    let mut names = Vec::new();
    for field in fields {
        names.push((field.name.clone(), field.meaning.clone()));
        if let Shape::Table(table) = &field.shape {
            let column = |column: &stele_engine::contract::Column| {
                (format!("{}.{}", field.name, column.name), column.meaning.clone())
            };
            names.extend(table.columns.iter().map(column));
        }
    }
    names
}

fn choices(field: &Field) -> Vec<(String, &[Choice])> {
    match &field.shape {
        Shape::Scalar(ScalarKind::Choice(choices)) => vec![(field.name.clone(), choices)],
        Shape::Scalar(_) => Vec::new(),
        Shape::Table(table) => (table.columns.iter())
            .filter_map(|column| match &column.kind {
                ScalarKind::Choice(choices) => {
                    Some((format!("{}.{}", field.name, column.name), choices.as_slice()))
                }
                _ => None,
            })
            .collect(),
    }
}

/// The table of a section, made if it is not there.
fn section_of<'a>(
    document: &'a mut DocumentMut,
    section: &[String],
) -> Option<&'a mut dyn toml_edit::TableLike> {
    let mut table: &mut dyn toml_edit::TableLike = document.as_table_mut();
    for (depth, name) in section.iter().enumerate() {
        let made = || {
            let mut made = Table::new();
            // `[choices]` alone would be an empty heading.
            made.set_implicit(depth + 1 < section.len());
            Item::Table(made)
        };
        table = table.entry(name).or_insert_with(made).as_table_like_mut()?;
    }
    Some(table)
}

fn find_unwritten(place: &str, table: &dyn toml_edit::TableLike, found: &mut Vec<String>) {
    for (name, item) in table.iter() {
        let dot = if place.is_empty() { "" } else { "." };
        let place = format!("{place}{dot}{name}");
        if item.as_str().is_some_and(|text| text.contains(UNWRITTEN)) {
            found.push(place);
        } else if let Some(inner) = item.as_table_like() {
            find_unwritten(&place, inner, found);
        }
    }
}
