//! The promises of a rule with its shipped ruleset. Each names everything that breaks it.

use std::collections::{BTreeMap, BTreeSet};

use stele_ruleset::{FALLBACK_LANGUAGE, Texts};
use stele_sdk::prelude::*;

use crate::exceptions::Exceptions;
use crate::explanation::examine;
use crate::kept;
use crate::shipped::{Shipped, Written, evaluate};

/// Fewest cases of a ruleset: with fewer, hardly a provision is shown.
const FEWEST_CASES: usize = 12;

/// A rule, its ruleset, and what it does not promise.
pub struct Suite<R: Rule> {
    shipped: Shipped<R>,
    exceptions: Exceptions,
}

impl<R: Rule> Suite<R> {
    /// The suite of a ruleset in `rulesets/`.
    pub fn of(ruleset: &str, exceptions: Exceptions) -> Self {
        Self { shipped: Shipped::open(ruleset), exceptions }
    }

    /// What comes out of each case is what it expects, as the host compares it at publication.
    pub fn every_case_holds(&self) {
        let cases = self.shipped.cases();
        assert!(cases.len() >= FEWEST_CASES, "at least {FEWEST_CASES}, found {}", cases.len());
        let mut broken = Vec::new();
        for case in cases {
            let answer = self
                .shipped
                .calculate(&case.facts, case.date)
                .and_then(|out| self.shipped.accepted(out));
            let differences = case.differences(self.shipped.description(), answer.as_ref());
            broken.extend(differences.iter().map(|found| format!("{}: {found}", case.file)));
        }
        assert!(broken.is_empty(), "{broken:#?}");
    }

    /// The outcomes of cases and of a great many inputs are those that were kept.
    pub fn what_was_paid_before_is_paid(&self) {
        let differences = kept::differences(&self.shipped);
        assert!(differences.is_empty(), "{differences:#?}");
    }

    /// The parameters of every day agree with each other, as the rule sees it.
    pub fn the_law_is_accepted_on_every_day_on_which_it_changes(&self) {
        let days = self.shipped.parameters().changes().iter();
        let refused: Vec<String> = days
            .filter_map(|day| {
                let error = self.shipped.try_law(*day).err()?;
                Some(format!("{day}: {error}"))
            })
            .collect();
        assert!(refused.is_empty(), "{refused:#?}");
    }

    /// Every declared name has a text of its own in every language, and every sentence the
    /// placeholders that are declared. English sentences are those that the rule declares.
    pub fn every_name_has_a_text_in_every_language(&self) {
        let (manifest, description) = (self.shipped.manifest(), self.shipped.description());
        let package = self.shipped.package();
        let texts = Texts::parse(package.texts(), manifest, description, self.shipped.parameters());
        texts.unwrap_or_else(|defects| panic!("{defects:#?}"));
        let mut missing = Vec::new();
        let mut columns = 0;
        for (tag, file, text) in self.languages() {
            let filled = Texts::fill(file, text, tag, manifest, description, true)
                .unwrap_or_else(|defect| panic!("{defect}"));
            for key in filled.added {
                if is_declared(&key, tag) {
                    continue;
                }
                if self.exceptions.of_columns().is_some() && is_column_of_parameters(&key) {
                    columns += 1;
                    continue;
                }
                missing.push(format!("{file}: {key}"));
            }
        }
        let unneeded = self.exceptions.of_columns().filter(|_| columns == 0);
        assert!(unneeded.is_none(), "every column has a text, so there is no need of {unneeded:?}");
        assert!(missing.is_empty(), "{missing:#?}");
    }

    /// What the cases' lines and findings are about has a text in every language, unless a
    /// day, a span or a number tells it from others.
    pub fn what_lines_and_findings_are_about_has_a_text_in_every_language(&self) {
        let subjects: BTreeMap<&str, BTreeSet<String>> = self
            .languages()
            .map(|(tag, file, text)| {
                let texts: toml::Table =
                    text.parse().unwrap_or_else(|error| panic!("{file}: {error}"));
                let subjects = texts.get("subjects").and_then(toml::Value::as_table);
                (tag, subjects.into_iter().flat_map(|texts| texts.keys().cloned()).collect())
            })
            .collect();
        let mut missing = BTreeSet::new();
        for (name, out) in self.explained() {
            let lines = out.lines().map(|line| line.subject);
            let findings = out.findings().map(|finding| finding.subject);
            for subject in lines.chain(findings).flatten().filter(|subject| is_name(subject)) {
                let lacks = subjects.iter().filter(|(_, texts)| !texts.contains(subject));
                missing.extend(lacks.map(|(tag, _)| format!("{tag}: {subject} ({name})")));
            }
        }
        let all: BTreeSet<&String> = subjects.values().flatten().collect();
        for (tag, texts) in &subjects {
            let lacks = all.iter().filter(|subject| !texts.contains(**subject));
            missing.extend(lacks.map(|subject| format!("{tag}: {subject}, which others have")));
        }
        assert!(missing.is_empty(), "{missing:#?}");
    }

    /// Lines and findings are the same with and without an explanation, which is whole: no sentence
    /// has a placeholder left.
    pub fn an_explanation_changes_nothing(&self) {
        let mut broken = Vec::new();
        for (name, explained) in self.explained() {
            let case = self.shipped.cases().iter().find(|case| case.file == name);
            let case = case.expect("the case");
            let law = self.shipped.law(case.date);
            let facts = self.shipped.facts(&case.facts, case.date);
            let plain =
                evaluate::<R>(&law, &facts, false).unwrap_or_else(|fault| panic!("{fault}"));
            if explained.steps().any(|step| step.text.contains('{')) {
                broken.push(format!("{name}: a placeholder is left\n{explained:?}"));
            }
            let (explained, plain) = (explained.into_contract(), plain.into_contract());
            if explained.lines != plain.lines || explained.findings != plain.findings {
                broken.push(format!("{name}: {explained:?}\nis not\n{plain:?}"));
            }
            if !plain.steps.is_empty() {
                broken.push(format!("{name}: steps that nobody asked for"));
            }
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }

    /// Every line of every case is led to by a sentence in which its amount stands, a line of zero
    /// too; and each exception is needed.
    pub fn every_line_is_led_to_by_a_sentence_with_its_amount(&self) {
        let mut unexplained = Vec::new();
        let mut needed = BTreeSet::new();
        let mut outcomes = 0;
        for (name, out) in self.explained() {
            outcomes += 1;
            let examined = examine(&out, &self.exceptions);
            unexplained.extend(examined.unexplained.iter().map(|line| format!("{name}: {line}")));
            needed.extend(examined.needed);
        }
        assert!(outcomes > 0, "no case has an outcome");
        assert!(unexplained.is_empty(), "{}", unexplained.join("\n"));
        let exceptions = self.exceptions.of_steps();
        let unneeded: Vec<_> = exceptions.filter(|exception| !needed.contains(exception)).collect();
        assert!(unneeded.is_empty(), "no case needs the exception of {unneeded:?}");
    }

    /// The explained outcomes of the cases that have one, with the cases' files.
    fn explained(&self) -> impl Iterator<Item = (&str, Written<R>)> {
        self.shipped.cases().iter().filter_map(|case| {
            let out = self.shipped.calculate(&case.facts, case.date).ok()?;
            Some((case.file.as_str(), out))
        })
    }

    /// Tag, file and text of each language.
    fn languages(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.shipped.package().texts().filter_map(|(file, text)| {
            let tag = file.strip_prefix(stele_ruleset::TEXTS_FOLDER)?.strip_suffix(".toml")?;
            Some((tag, file, text))
        })
    }
}

/// Whether a language may leave the key out, because what rule and manifest declare is shown then.
fn is_declared(key: &str, tag: &str) -> bool {
    let begins = |sections: &[&str]| {
        sections.iter().any(|section| key.strip_prefix(section).is_some_and(|k| k.starts_with('.')))
    };
    begins(&["choices", "units", "citations"])
        || (tag == FALLBACK_LANGUAGE && begins(&["findings", "steps", "leaves_out"]))
}

/// `parameters.table.column`
fn is_column_of_parameters(key: &str) -> bool {
    key.strip_prefix("parameters.").is_some_and(|name| name.contains('.'))
}

/// Whether nothing in it is a day, a span of days or a number.
fn is_name(subject: &str) -> bool {
    let mut parts = subject.split([' ', '/']);
    parts.all(|part| !part.starts_with(|first: char| first.is_ascii_digit() || first == '#'))
}
