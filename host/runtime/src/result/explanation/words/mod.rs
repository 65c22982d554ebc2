//! The host's own sentences, in the languages that it speaks. A ruleset brings its labels and
//! steps; these are what stands around them, whichever the ruleset.

mod de;
mod en;
mod zh;

use jiff::Timestamp;
use stele_ruleset::Sentence;

use crate::result::FactOrigin;

/// All words of a language. Sentences have placeholders in braces.
#[derive(Debug)]
pub struct Words {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// What stands over columns and sections.
    pub headings: Headings,
    /// `{title}`.
    pub(super) title: &'static str,
    /// `{employee}`, `{date}`.
    pub(super) about_employee: &'static str,
    /// `{date}`.
    pub(super) about: &'static str,
    /// `{recorded_at}`, `{known_at}`.
    pub(super) made: &'static str,
    /// Without placeholders.
    pub(super) logic: &'static str,
    /// Without placeholders.
    pub(super) no_steps: &'static str,
    /// Without placeholders.
    pub(super) given: &'static str,
    /// `{since}`, `{revision}`.
    pub(super) from_employee: &'static str,
    /// Without placeholders.
    pub(super) calculation_date: &'static str,
    /// `{ruleset}`, `{version}`, `{slot}`, `{valid_from}`.
    pub(super) in_force: &'static str,
    /// `{who}`, `{when}`.
    pub(super) activated: &'static str,
    /// `{who}`, `{when}`.
    pub(super) proposed: &'static str,
    /// `{who}`, `{when}`.
    pub(super) approved: &'static str,
    /// `{who}`, `{when}`.
    pub(super) amended: &'static str,
    /// `{who}`, `{when}`.
    pub(super) confirmed: &'static str,
    /// `{reason}`.
    pub(super) reason: &'static str,
    /// Without placeholders.
    pub(super) unapproved: &'static str,
    /// Without placeholders.
    pub(super) emergency: &'static str,
    /// Sentences that say how to have it checked: `{id}`, `{ruleset}`, `{version}`.
    pub(super) checking: [&'static str; 4],
    pub(super) yes: &'static str,
    pub(super) no: &'static str,
}

/// What stands over columns and sections.
#[derive(Debug)]
pub struct Headings {
    /// The section of amounts.
    pub amounts: &'static str,
    /// A line's item.
    pub item: &'static str,
    /// A line's amount.
    pub amount: &'static str,
    /// The section that says how each line came about.
    pub how: &'static str,
    /// The provision that something rests on.
    pub provision: &'static str,
    /// Steps that lead to no single line.
    pub other_steps: &'static str,
    /// The section of findings.
    pub findings: &'static str,
    /// A breach.
    pub breach: &'static str,
    /// A warning.
    pub warning: &'static str,
    /// A note.
    pub note: &'static str,
    /// The section of facts.
    pub facts: &'static str,
    /// A fact.
    pub fact: &'static str,
    /// A value.
    pub value: &'static str,
    /// Where a fact came from.
    pub origin: &'static str,
    /// The section of values of the law.
    pub parameters: &'static str,
    /// A value of the law.
    pub parameter: &'static str,
    /// Since when, and until when, it holds.
    pub valid: &'static str,
    /// Where it was published.
    pub source: &'static str,
    /// Its publication could not be seen.
    pub unconfirmed: &'static str,
    /// The section that says who put the version in force.
    pub authority: &'static str,
    /// The section that says how to have it checked.
    pub checking: &'static str,
    /// The section that identifies the result.
    pub identification: &'static str,
    /// The result's identifier.
    pub result: &'static str,
    /// The employee.
    pub employee: &'static str,
    /// The date of the calculation.
    pub date: &'static str,
    /// When it was recorded.
    pub recorded: &'static str,
    /// Ruleset and version.
    pub version: &'static str,
    /// Digest of the package.
    pub package: &'static str,
    /// Salted digest of the result.
    pub digest: &'static str,
}

/// In the order of preference where nothing else is said.
const ALL: [&Words; 3] = [&en::WORDS, &zh::WORDS, &de::WORDS];

impl Words {
    /// Every language that the host speaks.
    pub fn all() -> impl Iterator<Item = &'static Words> {
        ALL.into_iter()
    }

    /// The best for a reader who wants these languages, in the order of preference; else English.
    pub fn of(wanted: &[&str]) -> &'static Words {
        let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let spoken = |tag: &&str| ALL.into_iter().find(|words| words.tag == primary(tag));
        wanted.iter().find_map(spoken).unwrap_or(&en::WORDS)
    }

    pub(super) fn origin(&self, origin: &FactOrigin) -> String {
        match origin {
            FactOrigin::Given => self.given.to_owned(),
            FactOrigin::CalculationDate => self.calculation_date.to_owned(),
            FactOrigin::Employee { since, revision } => fill(
                self.from_employee,
                &[("since", &since.to_string()), ("revision", &revision.to_string())],
            ),
        }
    }

    pub(super) fn boolean(&self, value: bool) -> &'static str {
        if value { self.yes } else { self.no }
    }
}

/// A sentence with its placeholders replaced. That each is declared and no brace is stray is for
/// the test below.
pub(super) fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let value = |name: &str| {
        let found = values.iter().find(|(own, _)| *own == name);
        found.map(|(_, value)| (*value).to_owned()).unwrap_or_default()
    };
    Sentence::parse(sentence).map_or_else(|_| sentence.to_owned(), |parsed| parsed.fill(value))
}

/// A moment for people: to the second, in UTC.
pub(super) fn moment(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every sentence of a language, in the same order for each.
    fn sentences(words: &'static Words) -> Vec<&'static str> {
        let mut all = vec![
            words.title,
            words.about_employee,
            words.about,
            words.made,
            words.logic,
            words.no_steps,
            words.given,
            words.from_employee,
            words.calculation_date,
            words.in_force,
            words.activated,
            words.proposed,
            words.approved,
            words.amended,
            words.confirmed,
            words.reason,
            words.unapproved,
            words.emergency,
        ];
        all.extend(words.checking);
        all
    }

    #[test]
    fn every_language_says_the_same_with_the_same_placeholders() {
        for words in Words::all() {
            for (own, english) in sentences(words).into_iter().zip(sentences(&en::WORDS)) {
                let own = Sentence::parse(own).unwrap();
                let english = Sentence::parse(english).unwrap();
                assert_eq!(own.placeholders(), english.placeholders(), "{}: {own}", words.tag);
            }
        }
    }

    #[test]
    fn the_first_wanted_language_that_is_spoken_is_used_else_english() {
        for (wanted, tag) in [
            (vec!["zh-Hans-CN"], "zh"),
            (vec!["fr", "de-AT"], "de"),
            (vec!["fr"], "en"),
            (vec![], "en"),
        ] {
            assert_eq!(Words::of(&wanted).tag, tag, "{wanted:?}");
        }
    }
}
