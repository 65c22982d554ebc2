//! In which languages a reader is answered, and how values are written for them.
//!
//! Labels and sentences of a ruleset are in one of its languages, the host's words in one of the
//! host's. Numbers and dates follow the host's words wherever they stand, in a ruleset's sentence
//! too: two customs in one document would let a reader take a decimal point for a thousand.

use jiff::civil::{Date, DateTime};
use rust_decimal::Decimal;
use stele_engine::contract;
use stele_words::Words;

use crate::manifest::Manifest;
use crate::number::{normal_text, text_with_decimals};
use crate::texts::{Language, Texts};
use crate::version::Ruleset;

/// What stands where the rule gave no value.
pub(crate) const NO_VALUE: &str = "–";

/// The languages of an answer. As text it can be kept, to give the same answer again.
#[derive(Debug, Clone, Copy)]
pub struct Wording<'a> {
    labels: &'a Language,
    words: &'static Words,
}

impl Ruleset {
    /// As [`Wording::of`].
    pub fn wording(&self, wanted: &[&str]) -> Wording<'_> {
        Wording::of(self.texts(), wanted)
    }

    /// The one that was written as this text.
    pub fn wording_again(&self, written: &str) -> Wording<'_> {
        let (labels, words) = written.split_once(' ').unwrap_or((written, written));
        Wording { labels: self.texts().language(&[labels]), words: Words::of(&[words]) }
    }
}

/// The tags of labels and words; one tag where they are of one language.
impl std::fmt::Display for Wording<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.labels.tag())?;
        if Words::of(&[self.labels.tag()]) != self.words {
            write!(formatter, " {}", self.words.tag())?;
        }
        Ok(())
    }
}

impl<'a> Wording<'a> {
    /// The best for a reader who wants these languages, in the order of preference. Who wants none
    /// that the ruleset speaks gets its labels in its first; who wants none that the host speaks
    /// gets the host's words in the language of the labels, else in English.
    pub fn of(texts: &'a Texts, wanted: &[&str]) -> Self {
        let labels = texts.language(wanted);
        let wanted: Vec<&str> = wanted.iter().copied().chain([labels.tag()]).collect();
        Self { labels, words: Words::of(&wanted) }
    }

    /// The ruleset's texts.
    pub fn labels(&self) -> &'a Language {
        self.labels
    }

    /// The host's words.
    pub fn words(&self) -> &'static Words {
        self.words
    }

    /// A number: exact, with at least the currency's decimals where it counts money.
    pub fn number(&self, value: Decimal, unit: Option<&str>, manifest: &Manifest) -> String {
        self.words.number(&number_text(value, unit, manifest))
    }

    /// A whole number. One that counts nothing, such as a year, has no thousands to tell apart.
    pub fn integer(&self, value: i64, unit: Option<&str>) -> String {
        let digits = value.to_string();
        if unit.is_some() { self.words.number(&digits) } else { digits }
    }

    /// A moment with the offset that it was given with.
    pub fn moment(&self, moment: &contract::DateTime) -> Option<String> {
        let day = Date::try_from(moment.date).ok()?;
        let part = |part: u8| i8::try_from(part).ok();
        let (hour, minute, second) =
            (part(moment.hour)?, part(moment.minute)?, part(moment.second)?);
        let clock = DateTime::new(day.year(), day.month(), day.day(), hour, minute, second, 0);
        Some(self.words.moment_at(clock.ok()?, moment.offset))
    }

    /// A day.
    pub fn day(&self, day: contract::Date) -> Option<String> {
        Date::try_from(day).ok().map(|day| self.words.day(day))
    }
}

/// A number as answers have it: exact, with at least the currency's decimals where it counts money.
pub fn number_text(value: Decimal, unit: Option<&str>, manifest: &Manifest) -> String {
    let money = match (unit, manifest.currency.as_deref()) {
        (Some(unit), Some(currency)) => {
            unit.strip_prefix(currency).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        }
        _ => false,
    };
    if money { text_with_decimals(value, manifest.decimals) } else { normal_text(value) }
}
