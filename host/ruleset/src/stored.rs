//! `[stored]` in `ruleset.toml`: what a version says of facts that are kept of people instead of given
//! with each calculation. Some hold for one month only, so that what was stored for an earlier one is
//! no answer to whoever asks today; some are not required of everybody, and the rule refuses to do
//! without them all the same.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use stele_engine::contract::{Description, Field, Origin, ScalarKind, Shape};

use super::defect::{Defect, quote};
use super::leaves_out::Condition;
use super::manifest::MANIFEST_FILE;
use super::number::decimal_from_text;

/// Most facts that are named: as many as a rule may declare.
const MOST: usize = 1_000;

/// What is said of facts that are kept of people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stored {
    /// Facts that are stated anew for each month: amounts of one payment, and sums of the year before
    /// it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of_one_month: Vec<String>,
    /// Facts that are not required of everybody, and that the rule refuses to do without.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needed: Vec<Needed>,
}

/// Facts of which the rule needs one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Needed {
    /// Any of these is enough.
    pub any: Vec<String>,
    /// Only where one of these holds; always where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Condition>,
    /// Not where one of these holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<Condition>,
}

/// A fact that was taken from what is kept of an employee and was stated for an earlier month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct StaleFact {
    /// Its name.
    pub fact: String,
    /// The day that it was stated for.
    pub from: Date,
}

impl Stored {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.of_one_month.is_empty() && self.needed.is_empty()
    }

    /// Whether what was stated of the fact for a day is no answer on another one.
    pub fn is_stale(&self, fact: &str, from: Date, date: Date) -> bool {
        from < date.first_of_month() && self.of_one_month.iter().any(|name| name == fact)
    }

    /// Every name that the rule does not declare, at once.
    pub(crate) fn check(&self, description: &Description) -> Vec<Defect> {
        let mut check = Check { description, defects: Vec::new() };
        check.count("stored.of_one_month", self.of_one_month.len());
        for (index, name) in self.of_one_month.iter().enumerate().take(MOST) {
            check.fact(&format!("stored.of_one_month[{index}]"), name);
        }
        check.count("stored.needed", self.needed.len());
        for (index, needed) in self.needed.iter().enumerate().take(MOST) {
            let at = format!("stored.needed[{index}]");
            check.count(&format!("{at}.any"), needed.any.len());
            if needed.any.is_empty() {
                check.wrong(format!("{at}.any"), "at least one fact", "none".to_owned());
            }
            for (index, name) in needed.any.iter().enumerate().take(MOST) {
                check.fact(&format!("{at}.any[{index}]"), name);
            }
            for (key, conditions) in [("when", &needed.when), ("unless", &needed.unless)] {
                check.count(&format!("{at}.{key}"), conditions.len());
                for (index, condition) in conditions.iter().enumerate().take(MOST) {
                    check.condition(&format!("{at}.{key}[{index}]"), condition);
                }
            }
        }
        check.defects
    }
}

impl Needed {
    /// Whether the rule needs one of the facts beside others, which are found by their names.
    pub fn is_due<'a>(&self, fact: impl Fn(&str) -> Option<&'a Json>) -> bool {
        let holds = |condition: &Condition| holds(condition, fact(&condition.fact));
        (self.when.is_empty() || self.when.iter().any(holds)) && !self.unless.iter().any(holds)
    }
}

/// Whether a fact is given, and neither false nor zero, and one of the choices where some are named.
fn holds(condition: &Condition, fact: Option<&Json>) -> bool {
    let is_zero = |text: &str| decimal_from_text(text).is_ok_and(|number| number.is_zero());
    match fact {
        None | Some(Json::Null | Json::Bool(false)) => false,
        Some(Json::String(text)) if condition.choices.is_empty() => !is_zero(text),
        Some(Json::String(text)) => condition.choices.contains(text),
        Some(Json::Number(number)) => !is_zero(number.as_str()),
        Some(Json::Array(rows)) => !rows.is_empty(),
        Some(Json::Bool(true) | Json::Object(_)) => condition.choices.is_empty(),
    }
}

/// The names of a manifest beside what the rule declares.
struct Check<'a> {
    description: &'a Description,
    defects: Vec<Defect>,
}

impl<'a> Check<'a> {
    fn wrong(&mut self, key: String, expected: impl Into<String>, found: String) {
        self.defects.push(Defect::new(MANIFEST_FILE, key, expected, found));
    }

    fn count(&mut self, key: &str, found: usize) {
        if found > MOST {
            self.wrong(key.to_owned(), format!("at most {MOST}"), found.to_string());
        }
    }

    fn fact(&mut self, key: &str, name: &str) -> Option<&'a Field> {
        let mut facts = self.description.facts.iter();
        let found = facts.find(|field| field.name == name && field.origin == Origin::Caller);
        if found.is_none() {
            let found = format!("the unknown name {}", quote(name));
            self.wrong(key.to_owned(), "a fact that callers give", found);
        }
        found
    }

    fn condition(&mut self, at: &str, condition: &Condition) {
        let Some(field) = self.fact(&format!("{at}.fact"), &condition.fact) else { return };
        let names: Vec<&str> = match &field.shape {
            Shape::Scalar(ScalarKind::Choice(choices)) => {
                choices.iter().map(|choice| choice.name.as_str()).collect()
            }
            // Any text may be one.
            Shape::Scalar(ScalarKind::Text(_)) => return,
            _ => Vec::new(),
        };
        for (index, choice) in condition.choices.iter().enumerate() {
            if !names.contains(&choice.as_str()) {
                let expected = match names.is_empty() {
                    true => format!("no choices: {} is neither choice nor text", condition.fact),
                    false => format!("one of {}", names.join(", ")),
                };
                self.wrong(format!("{at}.choices[{index}]"), expected, quote(choice));
            }
        }
    }
}
