//! Items and findings of all versions that take part in a comparison, each under one number. Two
//! versions declare the same item at different positions, so positions can not be compared.

use std::collections::BTreeMap;

use stele_engine::contract::Severity;
use stele_ruleset::{
    Answered, FALLBACK_LANGUAGE, Finding, NOT_COVERED, Outcome, Ruleset, SeverityView,
    UNCONFIRMED_PARAMETER,
};

/// Categories of items whose amounts contain those of earlier dates: sums of the year so far, and
/// what is left of a balance.
const ACCUMULATING: [&str; 2] = ["cumulative", "balance"];

/// Texts by language.
pub(crate) type Texts = BTreeMap<String, String>;

/// An item, apart for each unit: an amount in another currency is another item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ItemTerm {
    /// Its name.
    pub(crate) code: String,
    /// What it counts; the currency for money.
    pub(crate) unit: Option<String>,
    /// Group of the item.
    pub(crate) category: String,
    /// Whether it is money.
    pub(crate) is_money: bool,
    /// Whether its amounts contain those of earlier dates, so that they are no sum over dates.
    pub(crate) accumulates: bool,
    /// Decimals that its amounts are shown with at least.
    pub(crate) decimals: u8,
    /// What it is called.
    pub(crate) labels: Texts,
}

/// A kind of finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FindingTerm {
    /// Its name.
    pub(crate) code: String,
    /// How grave it is.
    pub(crate) severity: SeverityView,
    /// Its sentence, with an ellipsis for each value.
    pub(crate) sentences: Texts,
}

/// All of them. The texts are those of the version that was added first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Terms {
    pub(crate) items: Vec<ItemTerm>,
    pub(crate) findings: Vec<FindingTerm>,
}

/// The numbers of what a version declares, by its positions.
#[derive(Debug, Clone)]
pub(crate) struct Numbers {
    items: Vec<usize>,
    findings: Vec<usize>,
    /// Of the findings that the host adds.
    unconfirmed: usize,
    not_covered: usize,
}

impl Terms {
    /// Adds what a version declares.
    pub(crate) fn add(&mut self, ruleset: &Ruleset) -> Numbers {
        let description = ruleset.description();
        let manifest = ruleset.manifest();
        let items = description.items.iter().enumerate().map(|(position, item)| {
            let is_money = ruleset.money().is_money(position);
            self.item(ItemTerm {
                code: item.name.clone(),
                unit: item.unit.clone().or_else(|| manifest.currency.clone()),
                category: item.category.clone(),
                is_money,
                accumulates: ACCUMULATING.contains(&item.category.as_str()),
                decimals: if is_money { manifest.decimals } else { 0 },
                labels: texts(ruleset, |language| language.item(position).to_owned()),
            })
        });
        let items = items.collect();
        let findings = description.findings.iter().enumerate().map(|(position, finding)| {
            let sentences = texts(ruleset, |language| {
                let sentence = language.finding(position);
                sentence.map(|sentence| sentence.fill(|_| "…".to_owned())).unwrap_or_default()
            });
            let severity = finding.severity.into();
            self.finding(FindingTerm { code: finding.name.clone(), severity, sentences })
        });
        let findings = findings.collect();
        let unconfirmed = self.of_host(
            UNCONFIRMED_PARAMETER,
            "The value of … could not be confirmed in its publication.",
        );
        let not_covered = self.of_host(NOT_COVERED, "The version does not cover …");
        Numbers { items, findings, unconfirmed, not_covered }
    }

    fn of_host(&mut self, code: &str, sentence: &str) -> usize {
        self.finding(FindingTerm {
            code: code.to_owned(),
            severity: Severity::Warning.into(),
            sentences: Texts::from([(FALLBACK_LANGUAGE.to_owned(), sentence.to_owned())]),
        })
    }

    fn item(&mut self, term: ItemTerm) -> usize {
        let known =
            self.items.iter().position(|item| item.code == term.code && item.unit == term.unit);
        known.unwrap_or_else(|| {
            self.items.push(term);
            self.items.len() - 1
        })
    }

    fn finding(&mut self, term: FindingTerm) -> usize {
        let known = self.findings.iter().position(|finding| finding.code == term.code);
        known.unwrap_or_else(|| {
            self.findings.push(term);
            self.findings.len() - 1
        })
    }
}

fn texts(ruleset: &Ruleset, text: impl Fn(&stele_ruleset::Language) -> String) -> Texts {
    let languages = ruleset.texts().languages().iter();
    languages.map(|language| (language.tag().to_owned(), text(language))).collect()
}

impl Numbers {
    /// The outcome with numbers in place of positions, and the findings that the host adds to it.
    pub(crate) fn outcome(&self, ruleset: &Ruleset, answered: Answered) -> Outcome {
        let Answered { mut outcome, unconfirmed, left_out } = answered;
        // The engine has checked that every position is declared.
        for line in &mut outcome.lines {
            line.item = self.items.get(line.item).copied().unwrap_or_default();
        }
        for finding in &mut outcome.findings {
            finding.kind = self.findings.get(finding.kind).copied().unwrap_or_default();
        }
        let of_host =
            |kind, subject| Finding { kind, subject, on: None, limit: None, actual: None };
        let left_out = left_out.into_iter().map(|position| {
            let left_out = ruleset.manifest().leaves_out.get(position);
            of_host(self.not_covered, left_out.map(|left_out| left_out.name.clone()))
        });
        outcome.findings.extend(left_out);
        // One with all of them, as in a result.
        if !unconfirmed.is_empty() {
            let names = unconfirmed.into_iter();
            let names = names.filter_map(|(parameter, entry)| ruleset.entry_name(parameter, entry));
            let names = names.collect::<Vec<_>>().join("; ");
            outcome.findings.push(of_host(self.unconfirmed, Some(names)));
        }
        outcome
    }
}
