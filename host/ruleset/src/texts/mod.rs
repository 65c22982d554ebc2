//! `texts/<language>.toml`: the labels and sentences of a version in each of its languages.
//!
//! Everything is resolved when the version is opened: a [`Language`] has a text for every declared
//! name, so that rendering looks up a position and never fails. What a language may leave out
//! comes from English, and from what the rule declares where English leaves it out too: a label is the
//! first clause of the meaning. Units and citations may be left out as well: they are then shown as
//! they are declared.

mod citation;
mod fill;
mod names;
mod parse;
mod resolve;
mod sentence;
mod written;

use std::collections::BTreeMap;

use stele_engine::contract::Description;
use stele_words::best_language;

use super::defect::Defect;
use super::manifest::Manifest;
use super::parameters::Parameters;
pub use fill::Filled;
use names::Names;
pub use sentence::Sentence;

/// The language of declared names and sentences, which complete what a language leaves out.
pub const FALLBACK: &str = "en";

/// What stands in a text that is still to be written. A version with such a text is refused.
pub const UNWRITTEN: &str = "TO BE WRITTEN";

/// The texts of a version.
#[derive(Debug, Clone)]
pub struct Texts {
    languages: Vec<Language>,
}

/// Labels of a fact or parameter, and of its columns if it is a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldLabel {
    /// Label of the field.
    pub label: String,
    /// Labels of its columns, in their order.
    pub columns: Vec<String>,
}

/// All texts in one language, by the positions of what they name.
#[derive(Debug, Clone)]
pub struct Language {
    tag: String,
    title: String,
    facts: Vec<FieldLabel>,
    parameters: Vec<FieldLabel>,
    items: Vec<String>,
    figures: Vec<String>,
    findings: Vec<Sentence>,
    /// None: the step is a formula alone.
    steps: Vec<Option<Sentence>>,
    leaves_out: Vec<String>,
    /// By the name of a fact or parameter, or `table.column`, then by the name of the choice.
    choices: BTreeMap<String, BTreeMap<String, String>>,
    subjects: BTreeMap<String, String>,
    categories: BTreeMap<String, String>,
    /// By the declared unit.
    units: BTreeMap<String, String>,
    /// By the citation or source as it is written, those put together of several included.
    citations: BTreeMap<String, String>,
}

impl Texts {
    /// Reads the texts of every declared language. Every missing and every unknown key is
    /// reported at once, and sentences whose placeholders differ from what the rule declares. The
    /// parameters say which sources can be cited.
    pub fn parse<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
        manifest: &Manifest,
        description: &Description,
        parameters: &Parameters,
    ) -> Result<Self, Vec<Defect>> {
        let names = Names::of(manifest, description, &parameters.sources());
        parse::parse(files, manifest, description, &names).map(|languages| Self { languages })
    }

    /// Adds the keys that the file of a language lacks, each with a text that is to be written. With
    /// `all` also those that it may leave out. The error says where the file is no TOML.
    pub fn fill(
        file: &str,
        text: &str,
        tag: &str,
        manifest: &Manifest,
        description: &Description,
        all: bool,
    ) -> Result<Filled, Defect> {
        let wanted = fill::wanted(tag, manifest, description, all);
        fill::fill(file, text, &description.meaning, wanted)
    }

    /// Every language that the version speaks, in the order of its manifest.
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// The best language for a reader who wants these, in the order of preference: the very tag,
    /// then shorter ones (`zh-Hant-TW`, `zh-Hant`, `zh`), then any of the same primary language;
    /// else the first of the manifest.
    pub fn language(&self, wanted: &[&str]) -> &Language {
        let spoken: Vec<&str> = self.languages.iter().map(Language::tag).collect();
        let best = best_language(&spoken, wanted).and_then(|tag| self.exactly(tag));
        // A manifest names at least one.
        best.unwrap_or(&self.languages[0])
    }

    fn exactly(&self, tag: &str) -> Option<&Language> {
        self.languages.iter().find(|language| language.tag.eq_ignore_ascii_case(tag))
    }
}

impl Language {
    /// BCP 47 tag.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// What the ruleset is called.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Labels of a fact by its position.
    pub fn fact(&self, position: usize) -> Option<&FieldLabel> {
        self.facts.get(position)
    }

    /// Labels of a parameter by its position.
    pub fn parameter(&self, position: usize) -> Option<&FieldLabel> {
        self.parameters.get(position)
    }

    /// Label of an item by its position.
    pub fn item(&self, position: usize) -> &str {
        self.items.get(position).map_or("", String::as_str)
    }

    /// Label of a figure by its position.
    pub fn figure(&self, position: usize) -> &str {
        self.figures.get(position).map_or("", String::as_str)
    }

    /// Sentence of a finding by its position.
    pub fn finding(&self, position: usize) -> Option<&Sentence> {
        self.findings.get(position)
    }

    /// Sentence of a step by its position; none where it is a formula alone.
    pub fn step(&self, position: usize) -> Option<&Sentence> {
        self.steps.get(position)?.as_ref()
    }

    /// Sentence of what is left out by its position in the manifest.
    pub fn left_out(&self, position: usize) -> Option<&str> {
        self.leaves_out.get(position).map(String::as_str)
    }

    /// Label of a choice of `field` (the name of a fact or parameter, or `table.column`), or its
    /// declared name.
    pub fn choice<'a>(&'a self, field: &str, choice: &'a str) -> &'a str {
        let column = field.rsplit_once('.').map(|(_, column)| column);
        [Some(field), column]
            .into_iter()
            .flatten()
            .find_map(|group| self.choices.get(group)?.get(choice))
            .map_or(choice, String::as_str)
    }

    /// Label of a subject, or the subject itself.
    pub fn subject<'a>(&'a self, subject: &'a str) -> &'a str {
        self.subjects.get(subject).map_or(subject, String::as_str)
    }

    /// Label of a category, or its declared name.
    pub fn category<'a>(&'a self, category: &'a str) -> &'a str {
        self.categories.get(category).map_or(category, String::as_str)
    }

    /// What a unit is called in the language, or the declared unit.
    pub fn unit<'a>(&'a self, unit: &'a str) -> &'a str {
        self.units.get(unit).map_or(unit, String::as_str)
    }

    /// A citation or source in the language, or as it is written.
    pub fn citation<'a>(&'a self, citation: &'a str) -> &'a str {
        self.citations.get(citation).map_or(citation, String::as_str)
    }
}
