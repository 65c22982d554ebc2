//! `ruleset.toml`: what a version is called, where and when it holds, what it needs.

use std::fmt;

use jiff::civil::Date;
use semver::Version;
use serde::{Deserialize, Serialize};

use super::accumulator::{self, Accumulator};
use super::defect::{Defect, quote, shorten};
use super::leaves_out::{self, LeftOut};
use super::length::{MOST_LANGUAGES, too_long};

/// Path of the manifest inside a package.
pub const MANIFEST_FILE: &str = "ruleset.toml";

/// Most characters of a ruleset's name. Names stand in URLs, keys and file names.
const LONGEST_NAME: usize = 120;

/// The name of a ruleset: two or more segments of lower-case letters, digits and hyphens, joined
/// by `/`, such as `cn/payroll`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RulesetName(String);

impl RulesetName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text that can't be the name of a ruleset.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected a name of two or more segments of a-z, 0-9 and '-' joined by '/', such as \
     cn/payroll, at most {LONGEST_NAME} characters, found {}", quote(.0)
)]
pub struct NameError(String);

impl TryFrom<String> for RulesetName {
    type Error = NameError;

    fn try_from(text: String) -> Result<Self, NameError> {
        let segment = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        };
        if text.len() <= LONGEST_NAME && text.contains('/') && text.split('/').all(segment) {
            Ok(Self(text))
        } else {
            Err(NameError(text))
        }
    }
}

impl std::str::FromStr for RulesetName {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        Self::try_from(text.to_owned())
    }
}

impl From<RulesetName> for String {
    fn from(name: RulesetName) -> Self {
        name.0
    }
}

impl fmt::Display for RulesetName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The horizon of a version: the days for which its law is known, both ends included. A
/// calculation outside of it is an error, never an answer by the nearest year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Horizon {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
}

impl Horizon {
    /// Whether the day lies inside.
    pub fn contains(&self, date: Date) -> bool {
        self.from <= date && date <= self.until
    }
}

impl fmt::Display for Horizon {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} to {}", self.from, self.until)
    }
}

/// The manifest of a version, checked for its form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// What the ruleset is called.
    pub name: RulesetName,
    /// Semantic version of the package.
    pub version: Version,
    /// `payroll`, `labor-law`, `performance`, `points`, or any other of letters a-z and hyphens.
    pub kind: String,
    /// Country of ISO 3166-1, with a subdivision of ISO 3166-2 where it is narrower (`US-CA`), or
    /// `EU`. Absent where no law of a place is applied.
    pub jurisdiction: Option<String>,
    /// BCP 47 tags of the languages that the version speaks, in order of preference.
    pub languages: Vec<String>,
    /// ISO 4217 code of the money items. Absent where no item is money.
    pub currency: Option<String>,
    /// Decimals of the currency: 2 for CNY and EUR, 0 for JPY.
    pub decimals: u8,
    /// Name of the component, which is also the name that the rule gives itself. Of a rule made of
    /// formulas it is the ruleset's own with `-` for `/`.
    pub component: String,
    /// Version of the formula machine, where the component is made of `formulas.toml`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<u32>,
    /// False: the component may use floating-point numbers. Never for payroll.
    pub exact: bool,
    /// The days for which the version holds.
    pub validity: Horizon,
    /// Why it holds for these days and no others: the law or the publications that are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validity_source: Option<String>,
    /// What it does not cover.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leaves_out: Vec<LeftOut>,
    /// First day of the tax year, where its law has one that is not 1 January.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_year_begins: Option<MonthDay>,
    /// Which of its facts are sums of what it gave before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accumulators: Vec<Accumulator>,
}

/// A day of every year, `04-06`; no 29 February.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MonthDay {
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31.
    pub day: i8,
}

/// A text that is no day of every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a month and a day that every year has, such as 04-06")]
pub struct NoDayOfEveryYear;

impl TryFrom<String> for MonthDay {
    type Error = NoDayOfEveryYear;

    fn try_from(text: String) -> Result<Self, NoDayOfEveryYear> {
        // 2001 has no 29 February.
        let date: Date = format!("2001-{text}").parse().map_err(|_| NoDayOfEveryYear)?;
        let read = Self { month: date.month(), day: date.day() };
        if read.to_string() == text { Ok(read) } else { Err(NoDayOfEveryYear) }
    }
}

impl From<MonthDay> for String {
    fn from(day: MonthDay) -> Self {
        day.to_string()
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}-{:02}", self.month, self.day)
    }
}

/// The file as written. Kept apart from [`Manifest`] so that every problem of form is reported at
/// once instead of the first.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    version: String,
    kind: String,
    jurisdiction: Option<String>,
    languages: Vec<String>,
    currency: Option<String>,
    decimals: Option<u8>,
    component: Option<String>,
    machine: Option<u32>,
    exact: Option<bool>,
    validity: WrittenValidity,
    leaves_out: Option<toml::Value>,
    tax_year_begins: Option<String>,
    accumulator: Option<Vec<toml::Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenValidity {
    from: toml::value::Datetime,
    until: toml::value::Datetime,
    source: Option<String>,
}

impl Manifest {
    /// Reads `ruleset.toml`; every problem of form is reported, not only the first.
    pub fn parse(text: &str) -> Result<Self, Vec<Defect>> {
        let written: Written = toml::from_str(text).map_err(|error| {
            vec![Defect::new(
                MANIFEST_FILE,
                position(text, error.span()),
                "a manifest as documented",
                shorten(error.message()),
            )]
        })?;
        let mut defects = Vec::new();
        let mut wrong = |key: &str, expected: &str, found: &str| {
            defects.push(Defect::new(MANIFEST_FILE, key, expected, quote(found)));
        };

        let name = RulesetName::try_from(written.name.clone());
        if name.is_err() {
            wrong("name", "two or more segments of a-z, 0-9 and '-' joined by '/'", &written.name);
        }
        let version = Version::parse(&written.version);
        if version.is_err() {
            wrong("version", "a semantic version such as 2026.1.0", &written.version);
        }
        if written.version.len() > LONGEST_NAME {
            let expected = format!("at most {LONGEST_NAME} characters");
            wrong("version", &expected, &written.version);
        }
        if let Some((expected, found)) = written.validity.source.as_deref().and_then(too_long) {
            wrong("validity.source", &expected, &found);
        }
        if !lower_case_word(&written.kind) {
            wrong("kind", "letters a-z and hyphens, such as payroll", &written.kind);
        }
        if let Some(place) = written.jurisdiction.as_deref().filter(|place| !is_jurisdiction(place))
        {
            wrong("jurisdiction", "an ISO 3166 code such as CN or US-CA, or EU", place);
        }
        if written.languages.is_empty() {
            wrong("languages", "at least one language", "");
        }
        if written.languages.len() > MOST_LANGUAGES {
            let expected = format!("at most {MOST_LANGUAGES} languages");
            wrong("languages", &expected, &written.languages.len().to_string());
        }
        for (index, language) in written.languages.iter().enumerate().take(MOST_LANGUAGES) {
            if !is_language(language) {
                wrong(
                    &format!("languages[{index}]"),
                    "a BCP 47 tag such as en or zh-Hans",
                    language,
                );
            } else if written.languages[..index]
                .iter()
                .any(|other| other.eq_ignore_ascii_case(language))
            {
                wrong(&format!("languages[{index}]"), "each language once", language);
            }
        }
        if let Some(currency) = written.currency.as_deref().filter(|code| !is_currency(code)) {
            wrong("currency", "an ISO 4217 code such as CNY", currency);
        }
        match (&written.currency, written.decimals) {
            (Some(_), None) => wrong("decimals", "the decimals of the currency", ""),
            // No currency has more than four; more would only hide a missing rounding.
            (_, Some(decimals)) if decimals > 4 => {
                wrong("decimals", "0 to 4", &decimals.to_string());
            }
            _ => {}
        }
        let component = match (&written.component, written.machine) {
            (Some(component), None) => component.clone(),
            (None, Some(_)) => written.name.replace('/', "-"),
            (None, None) => {
                let expected = "a component's name such as payroll-cn, or `machine = 1` where the \
                                rule is made of formulas";
                wrong("component", expected, "");
                String::new()
            }
            (Some(component), Some(_)) => {
                wrong("component", "no component beside a machine", component);
                String::new()
            }
        };
        if let Some(component) = written.component.as_deref().filter(|name| !is_component(name)) {
            wrong("component", "a component's name such as payroll-cn", component);
        }
        let from = civil_date(&written.validity.from);
        if from.is_none() {
            wrong("validity.from", "a date such as 2019-01-01", &written.validity.from.to_string());
        }
        let until = civil_date(&written.validity.until);
        if until.is_none() {
            wrong(
                "validity.until",
                "a date such as 2026-12-31",
                &written.validity.until.to_string(),
            );
        }
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            wrong("validity.until", &format!("a date on or after {from}"), &until.to_string());
        }
        let tax_year_begins = written.tax_year_begins.clone().and_then(|text| {
            let read = MonthDay::try_from(text.clone());
            if read.is_err() {
                wrong("tax_year_begins", "a month and a day that every year has: 04-06", &text);
            }
            read.ok()
        });
        let leaves_out = leaves_out::parse(written.leaves_out.as_ref(), &mut defects);
        let has_tax_year = written.tax_year_begins.is_some();
        let accumulators =
            accumulator::parse(written.accumulator.as_deref(), has_tax_year, &mut defects);

        match (name, version, from, until) {
            (Ok(name), Ok(version), Some(from), Some(until)) if defects.is_empty() => Ok(Self {
                name,
                version,
                kind: written.kind,
                jurisdiction: written.jurisdiction,
                languages: written.languages,
                currency: written.currency,
                decimals: written.decimals.unwrap_or(0),
                component,
                machine: written.machine,
                exact: written.exact.unwrap_or(true),
                validity: Horizon { from, until },
                validity_source: written.validity.source,
                leaves_out,
                tax_year_begins,
                accumulators,
            }),
            _ => Err(defects),
        }
    }
}

/// Where in a TOML text an error lies, as `line 3`, for errors that name no key.
pub(crate) fn position(text: &str, span: Option<std::ops::Range<usize>>) -> String {
    match span {
        Some(span) => {
            let before = text.as_bytes().get(..span.start).unwrap_or_default();
            format!("line {}", 1 + before.iter().filter(|byte| **byte == b'\n').count())
        }
        None => String::new(),
    }
}

/// A TOML date without a time, in the years that the contract knows.
pub(crate) fn civil_date(written: &toml::value::Datetime) -> Option<Date> {
    match (written.date, written.time, written.offset) {
        (Some(date), None, None) if date.year >= 1 => Date::new(
            i16::try_from(date.year).ok()?,
            i8::try_from(date.month).ok()?,
            i8::try_from(date.day).ok()?,
        )
        .ok(),
        _ => None,
    }
}

fn lower_case_word(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'-'))
        && !text.starts_with('-')
        && !text.ends_with('-')
}

fn is_jurisdiction(text: &str) -> bool {
    let (country, subdivision) = match text.split_once('-') {
        Some((country, subdivision)) => (country, Some(subdivision)),
        None => (text, None),
    };
    let upper = |byte: u8| byte.is_ascii_uppercase();
    country.len() == 2
        && country.bytes().all(upper)
        && subdivision.is_none_or(|part| {
            (1..=3).contains(&part.len())
                && part.bytes().all(|byte| upper(byte) || byte.is_ascii_digit())
        })
}

fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn is_component(text: &str) -> bool {
    (1..=80).contains(&text.len())
        && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// Whether the text has the form of a BCP 47 tag: a language of 2 to 8 letters, then subtags of
/// 1 to 8 letters and digits.
pub(crate) fn is_language(text: &str) -> bool {
    let mut subtags = text.split('-');
    let primary = subtags.next().unwrap_or_default();
    text.len() <= 35
        && (2..=8).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && subtags.all(|subtag| {
            (1..=8).contains(&subtag.len())
                && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}
