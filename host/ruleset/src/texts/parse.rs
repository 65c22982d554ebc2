//! TOML to resolved texts: completeness, unknown keys, placeholders.

use std::collections::{BTreeMap, BTreeSet};

use stele_engine::contract::Description;

use super::citation;
use super::names::{Names, sentences};
use super::resolve::resolve;
use super::written::{Declared, Labels, Raw};
use super::{FALLBACK, Language, Sentence, UNWRITTEN};
use crate::defect::{Defect, quote, shorten};
use crate::length::{LONGEST_TEXTS, too_long};
use crate::manifest::{Manifest, position};
use crate::nearest::with_nearest;
use crate::package::{COMPONENT_FILE, TEXTS_FOLDER};
use crate::scalar::Written;
use crate::unseen::unseen_character;

/// What a file may have.
const SECTIONS: [&str; 13] = [
    "title",
    "facts",
    "items",
    "figures",
    "findings",
    "steps",
    "parameters",
    "choices",
    "subjects",
    "categories",
    "leaves_out",
    "units",
    "citations",
];

/// The placeholders that the sentence of a finding may have.
const FINDING_PLACEHOLDERS: [&str; 4] = ["subject", "on", "limit", "actual"];

pub(super) fn parse<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a str)>,
    manifest: &Manifest,
    description: &Description,
    names: &Names,
) -> Result<Vec<Language>, Vec<Defect>> {
    let mut parser = Parser { defects: Vec::new(), file: String::new(), bytes: 0 };
    let declared = parser.declared_sentences(description);

    let path = |tag: &str| format!("{TEXTS_FOLDER}{tag}.toml");
    let mut raws = BTreeMap::new();
    for (file, text) in files {
        parser.file = file.to_owned();
        match manifest.languages.iter().find(|tag| path(tag) == file) {
            Some(tag) => {
                let raw = parser.raw(text, names, &declared, tag);
                raws.insert(tag.as_str(), raw);
            }
            None => {
                parser.wrong("", "a language of the manifest", "a language that it does not name")
            }
        }
    }
    for tag in &manifest.languages {
        if !raws.contains_key(tag.as_str()) {
            parser.file = path(tag);
            parser.wrong("", "the texts of a language of the manifest", "no file");
        }
    }
    if !parser.defects.is_empty() {
        return Err(parser.defects);
    }

    let nothing = Raw::default();
    let english = raws.get(FALLBACK).unwrap_or(&nothing);
    let mut languages: Vec<Language> = manifest
        .languages
        .iter()
        .filter_map(|tag| {
            let raw = raws.get(tag.as_str())?;
            Some(resolve(tag, raw, english, manifest, description, &declared))
        })
        .collect();
    if !languages.iter().any(|language| language.tag == FALLBACK) {
        languages.push(resolve(FALLBACK, &nothing, english, manifest, description, &declared));
    }
    Ok(languages)
}

struct Parser {
    defects: Vec<Defect>,
    file: String,
    /// Bytes of the file's texts so far.
    bytes: usize,
}

impl Parser {
    fn wrong(&mut self, key: &str, expected: impl Into<String>, found: impl Into<String>) {
        self.defects.push(Defect::new(&*self.file, key, expected, found));
    }

    fn declared_sentences(&mut self, description: &Description) -> Declared {
        self.file = COMPONENT_FILE.to_owned();
        let mut findings = BTreeMap::new();
        for kind in &description.findings {
            let allowed = FINDING_PLACEHOLDERS.iter().copied().collect();
            let key = format!("findings.{}", kind.name);
            findings.insert(kind.name.clone(), self.declared(&key, &kind.meaning, &allowed));
        }
        let mut steps = BTreeMap::new();
        for (kind, text) in sentences(description) {
            let allowed = kind.arguments.iter().map(|argument| &*argument.name).collect();
            let key = format!("steps.{}", kind.name);
            steps.insert(kind.name.clone(), self.declared(&key, text, &allowed));
        }
        Declared { findings, steps }
    }

    fn declared(&mut self, key: &str, text: &str, allowed: &BTreeSet<&str>) -> Sentence {
        match Sentence::parse(text) {
            Ok(sentence) => {
                for unknown in sentence.placeholders().difference(allowed) {
                    let expected = format!("placeholders among {}", braced(allowed));
                    self.wrong(key, expected, format!("{{{unknown}}}"));
                }
                sentence
            }
            Err(problem) => {
                self.wrong(key, "a sentence with {placeholders}", problem);
                Sentence::plain(text)
            }
        }
    }

    fn raw(&mut self, text: &str, names: &Names, declared: &Declared, tag: &str) -> Raw {
        let table: toml::Table = match toml::from_str(text) {
            Ok(table) => table,
            Err(error) => {
                let key = position(text, error.span());
                self.wrong(&key, "TOML", shorten(error.message()));
                return Raw::default();
            }
        };
        self.bytes = 0;
        let mut raw = Raw::default();
        for (key, value) in &table {
            match key.as_str() {
                "title" => raw.title = self.text(key, value),
                "facts" => raw.facts = self.section(key, value, Some(&names.facts)),
                "items" => raw.items = self.section(key, value, Some(&names.items)),
                "figures" => raw.figures = self.section(key, value, Some(&names.figures)),
                "findings" => raw.findings = self.section(key, value, Some(&names.findings)),
                "steps" => raw.steps = self.section(key, value, Some(&names.steps)),
                "parameters" => raw.parameters = self.section(key, value, Some(&names.parameters)),
                "subjects" => raw.subjects = self.section(key, value, None),
                "categories" => raw.categories = self.section(key, value, Some(&names.categories)),
                "leaves_out" => raw.leaves_out = self.section(key, value, Some(&names.leaves_out)),
                "choices" => raw.choices = self.choices(value, &names.choices),
                "units" => raw.units = self.section(key, value, Some(&names.units)),
                "citations" => raw.citations = self.section(key, value, Some(&names.citations)),
                _ => {
                    let found = with_nearest("an unknown key", self.defects.len(), key, SECTIONS);
                    self.wrong(key, SECTIONS.join(", "), found);
                }
            }
        }
        // Those that are put together count like those that are written: few parts make many.
        let together = citation::put_together(&names.cited, &raw.citations, tag, LONGEST_TEXTS);
        self.bytes += together.values().map(String::len).sum::<usize>();
        raw.citations.extend(together);
        if self.bytes > LONGEST_TEXTS {
            let expected = format!("at most {LONGEST_TEXTS} bytes of texts");
            self.wrong("", expected, format!("{} bytes", self.bytes));
        }
        if !table.contains_key("title") {
            self.wrong("title", "what the ruleset is called", "nothing");
        }
        // English is what is declared.
        if tag != FALLBACK {
            self.complete("facts", &names.facts, &raw.facts);
            self.complete("items", &names.items, &raw.items);
            self.complete("figures", &names.figures, &raw.figures);
            self.complete("findings", &names.findings, &raw.findings);
            self.complete("steps", &names.steps, &raw.steps);
            self.complete("leaves_out", &names.leaves_out, &raw.leaves_out);
        }
        self.placeholders("findings", &raw.findings, &declared.findings);
        self.placeholders("steps", &raw.steps, &declared.steps);
        raw
    }

    fn text(&mut self, key: &str, value: &toml::Value) -> Option<String> {
        match value.as_str() {
            Some(text) if text.contains(UNWRITTEN) => {
                self.wrong(key, "a text", format!("one that is still {UNWRITTEN}"));
                None
            }
            Some(text) if text.lines().any(|line| unseen_character(line).is_some()) => {
                self.wrong(
                    key,
                    "a text without control characters and without marks that change the direction \
                     of writing",
                    quote(text),
                );
                None
            }
            Some(text) if !text.trim().is_empty() => {
                self.bytes += text.len();
                if let Some((expected, found)) = too_long(text) {
                    self.wrong(key, expected, found);
                    return None;
                }
                Some(text.to_owned())
            }
            _ => {
                self.wrong(key, "a text", Written::from(value).shown());
                None
            }
        }
    }

    fn section(
        &mut self,
        section: &str,
        value: &toml::Value,
        known: Option<&BTreeSet<String>>,
    ) -> Labels {
        let Some(table) = value.as_table() else {
            self.wrong(section, "a table of texts", Written::from(value).shown());
            return Labels::new();
        };
        let mut labels = Labels::new();
        for (name, value) in table {
            let key = format!("{section}.{}", shorten(name));
            if let Some(known) = known.filter(|known| !known.contains(name)) {
                let known = known.iter().map(String::as_str);
                let found = with_nearest("an unknown name", self.defects.len(), name, known);
                self.wrong(&key, "a name that the rule declares", found);
            } else if let Some(text) = self.text(&key, value) {
                labels.insert(name.clone(), text);
            }
        }
        labels
    }

    fn choices(
        &mut self,
        value: &toml::Value,
        known: &BTreeMap<String, BTreeSet<String>>,
    ) -> BTreeMap<String, Labels> {
        let Some(table) = value.as_table() else {
            self.wrong("choices", "a table of tables", Written::from(value).shown());
            return BTreeMap::new();
        };
        let mut choices = BTreeMap::new();
        for (group, value) in table {
            let key = format!("choices.{group}");
            match known.get(group) {
                Some(names) => {
                    choices.insert(group.clone(), self.section(&key, value, Some(names)));
                }
                None => self.wrong(
                    &key,
                    "a fact, parameter or column that is a choice",
                    "an unknown name",
                ),
            }
        }
        choices
    }

    fn complete(&mut self, section: &str, names: &BTreeSet<String>, labels: &Labels) {
        for name in names.iter().filter(|name| !labels.contains_key(*name)) {
            // A label that is there but no text has been reported already.
            let key = format!("{section}.{name}");
            if !self.defects.iter().any(|defect| defect.file == self.file && defect.key == key) {
                self.wrong(&key, "a text", "nothing");
            }
        }
    }

    fn placeholders(
        &mut self,
        section: &str,
        labels: &Labels,
        declared: &BTreeMap<String, Sentence>,
    ) {
        for (name, text) in labels {
            let Some(declared) = declared.get(name) else { continue };
            let key = format!("{section}.{name}");
            match Sentence::parse(text) {
                Ok(sentence) if sentence.placeholders() == declared.placeholders() => {}
                Ok(sentence) => {
                    let expected = format!("the placeholders {}", braced(&declared.placeholders()));
                    self.wrong(&key, expected, braced(&sentence.placeholders()));
                }
                Err(problem) => {
                    self.wrong(
                        &key,
                        "a sentence with {placeholders}",
                        format!("{problem}: {}", quote(text)),
                    );
                }
            }
        }
    }
}

fn braced(names: &BTreeSet<&str>) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    names.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(", ")
}
