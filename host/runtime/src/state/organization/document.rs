//! The organization as a document: what may stand in it, and what is wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use stele_engine::contract::{
    Choice, DecimalBounds, Field, IntegerBounds, Origin, ScalarKind, Shape,
};
use stele_ruleset::{unseen_character, unseen_name};
use stele_store::Slot;

use super::country::Country;
use super::population::SlotPopulation;

/// Longest document, in bytes of JSON: every revision is in memory.
const LARGEST: usize = 128 * 1024;
/// Most legal entities of a tenant.
const MOST_ENTITIES: usize = 1_000;
/// Most fields that a tenant declares.
const MOST_FIELDS: usize = 500;
/// Most slots whose population is said.
const MOST_SLOTS: usize = 1_000;
/// Most dated populations of a slot: each is looked at for each employment that is written.
const MOST_POPULATIONS: usize = 100;
/// Most legal entities, pay groups or countries that one population names.
const MOST_NAMED: usize = 1_000;
/// Most choices of a field.
const MOST_CHOICES: usize = 1_000;
/// Most digits after the point.
const MOST_DECIMALS: u8 = 28;
/// Longest name, in characters.
const LONGEST_NAME: usize = 200;
/// Longest text of a field where nothing is said.
const LONGEST_TEXT: u32 = 1_000;

/// How a tenant is organized.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Organization {
    /// The tenant's employers, each by a short name of its own.
    #[serde(default)]
    pub legal_entities: BTreeMap<String, LegalEntity>,
    /// Whom each slot is for, and since when. A slot that is not named is for the employments in the
    /// country of the jurisdiction of the version in force in it, and for those whose country
    /// nobody has stated.
    #[serde(default)]
    #[schema(value_type = std::collections::BTreeMap<String, Vec<SlotPopulation>>)]
    pub slots: BTreeMap<Slot, Vec<SlotPopulation>>,
    /// Attributes that the tenant declares itself, by name.
    #[serde(default)]
    pub custom_fields: BTreeMap<String, CustomField>,
    /// Whether a person may be employed twice at the same time.
    #[serde(default)]
    pub concurrent_employments: Concurrency,
    /// What happens to an attribute that nobody declares.
    #[serde(default)]
    pub undeclared_attributes: Undeclared,
}

/// An employer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LegalEntity {
    /// Its name for people.
    pub name: String,
    /// Where it is; its employments are there unless they say otherwise.
    pub country: Country,
}

/// Whether a person may be employed twice at the same time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Concurrency {
    /// They may.
    #[default]
    Allowed,
    /// They may not: one employment ends before another begins.
    Forbidden,
}

/// What happens to an attribute that neither the host nor a version in force nor the tenant declares.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Undeclared {
    /// It is refused.
    #[default]
    Refused,
    /// It is kept, and named as unused in the answer.
    Kept,
}

/// An attribute that the tenant declares itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomField {
    /// What it is, for people.
    pub meaning: String,
    /// What its values are.
    #[serde(rename = "type")]
    pub kind: CustomKind,
    /// The names of which a choice is one.
    #[serde(default)]
    pub choices: Vec<String>,
    /// Most digits after the point of a decimal; 28 where nothing is said.
    #[serde(default)]
    pub decimals: Option<u8>,
    /// The countries whose employments may have it; all where none is named.
    #[serde(default)]
    pub countries: BTreeSet<Country>,
}

/// What the values of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CustomKind {
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// A number, exact.
    Decimal,
    /// True or false.
    Boolean,
    /// A day.
    Date,
    /// One of some names.
    Choice,
}

impl CustomField {
    /// As a rule would declare it.
    pub(crate) fn field(&self, name: &str) -> Field {
        let kind = match self.kind {
            CustomKind::Text => ScalarKind::Text(LONGEST_TEXT),
            CustomKind::Integer => {
                ScalarKind::Integer(IntegerBounds { minimum: None, maximum: None })
            }
            CustomKind::Decimal => ScalarKind::Decimal(DecimalBounds {
                minimum: None,
                maximum: None,
                decimals: self.decimals,
            }),
            CustomKind::Boolean => ScalarKind::Boolean,
            CustomKind::Date => ScalarKind::Date,
            CustomKind::Choice => {
                let choice = |name: &String| Choice { name: name.clone(), meaning: String::new() };
                ScalarKind::Choice(self.choices.iter().map(choice).collect())
            }
        };
        let (meaning, shape) = (self.meaning.clone(), Shape::Scalar(kind));
        let (name, origin) = (name.to_owned(), Origin::Caller);
        Field { name, meaning, unit: None, required: false, origin, shape }
    }
}

/// Something that can not stand in an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationDefect {
    /// JSON pointer.
    pub pointer: String,
    /// What could be there.
    pub expected: String,
    /// What is there.
    pub found: String,
}

/// All that is wrong with a document, as it is looked through.
#[derive(Default)]
struct Defects(Vec<OrganizationDefect>);

impl Defects {
    fn add(&mut self, pointer: String, expected: impl Into<String>, found: impl Into<String>) {
        let (expected, found) = (expected.into(), found.into());
        self.0.push(OrganizationDefect { pointer, expected, found });
    }

    fn count(&mut self, pointer: String, what: &str, found: usize, most: usize) {
        if found > most {
            self.add(pointer, format!("at most {most} {what}"), found.to_string());
        }
    }

    fn text(&mut self, pointer: String, text: &str) {
        let length = text.chars().count();
        if text.trim().is_empty() || length > LONGEST_NAME {
            let expected = format!("a text of 1 to {LONGEST_NAME} characters");
            self.add(pointer, expected, format!("{length} characters"));
        } else if let Some(unseen) = unseen_character(text) {
            let expected = "a text without characters that nobody sees";
            self.add(pointer, expected, unseen_name(unseen));
        }
    }

    fn country(&mut self, pointer: String, country: &Country) {
        if !country.is_assigned() {
            let expected = "a code of a country that is assigned (ISO 3166-1), such as DE";
            self.add(pointer, expected, format!("{:?}", country.code()));
        }
    }

    fn name(&mut self, pointer: String, name: &str) {
        if !is_name(name) {
            let found: String = name.chars().take(60).collect();
            self.add(pointer, "1 to 100 lower-case letters, digits, _ and -", format!("{found:?}"));
        }
    }
}

/// What can not be in an organization, as many as there are.
pub(crate) fn counted(defects: &[OrganizationDefect]) -> String {
    match defects.len() {
        1 => "1 thing can not be in an organization".to_owned(),
        several => format!("{several} things can not be in an organization"),
    }
}

/// Whether it can be the name of a legal entity, a pay group or a field.
fn is_name(text: &str) -> bool {
    (1..=100).contains(&text.len())
        && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'))
}

impl Organization {
    /// Everything that is wrong with it. `reserved` says of a name by whom else it is declared, if it
    /// is.
    pub(crate) fn check(
        &self,
        reserved: impl Fn(&str) -> Option<&'static str>,
    ) -> Vec<OrganizationDefect> {
        let mut defects = Defects::default();
        let bytes = serde_json::to_string(self).map_or(usize::MAX, |text| text.len());
        defects.count(String::new(), "bytes of JSON", bytes, LARGEST);
        let entities = &self.legal_entities;
        defects.count("/legal_entities".into(), "legal entities", entities.len(), MOST_ENTITIES);
        for (name, entity) in entities.iter().take(MOST_ENTITIES) {
            defects.name(format!("/legal_entities/{}", escape(name)), name);
            defects.text(format!("/legal_entities/{}/name", escape(name)), &entity.name);
            defects.country(format!("/legal_entities/{}/country", escape(name)), &entity.country);
        }
        defects.count("/slots".into(), "slots", self.slots.len(), MOST_SLOTS);
        for (slot, populations) in self.slots.iter().take(MOST_SLOTS) {
            self.check_slot(
                &format!("/slots/{}", escape(slot.as_str())),
                populations,
                &mut defects,
            );
        }
        let fields = &self.custom_fields;
        defects.count("/custom_fields".into(), "fields", fields.len(), MOST_FIELDS);
        for (name, field) in fields.iter().take(MOST_FIELDS) {
            let pointer = format!("/custom_fields/{}", escape(name));
            if name.contains('-') {
                let expected = "lower-case letters, digits and _";
                defects.add(pointer.clone(), expected, format!("{name:?}"));
            } else {
                defects.name(pointer.clone(), name);
            }
            if let Some(declarer) = reserved(name) {
                let expected = format!("a name that {declarer} does not declare itself");
                defects.add(pointer.clone(), expected, format!("{name:?}"));
            }
            for country in &field.countries {
                defects.country(format!("{pointer}/countries"), country);
            }
            defects.text(format!("{pointer}/meaning"), &field.meaning);
            check_kind(&pointer, field, &mut defects);
        }
        defects.0
    }

    fn check_slot(&self, pointer: &str, populations: &[SlotPopulation], defects: &mut Defects) {
        if populations.is_empty() {
            defects.add(pointer.to_owned(), "whom the slot is for, since when", "nothing");
        }
        defects.count(pointer.to_owned(), "populations", populations.len(), MOST_POPULATIONS);
        let mut before = None;
        for (position, population) in populations.iter().take(MOST_POPULATIONS).enumerate() {
            let here = format!("{pointer}/{position}");
            if before.is_some_and(|before| population.from <= before) {
                let expected = "each date once, the earliest first";
                defects.add(format!("{here}/from"), expected, population.from.to_string());
            }
            before = Some(population.from);
            let SlotPopulation { countries, legal_entities, pay_groups, .. } = population;
            let counts = [
                ("countries", countries.len()),
                ("legal_entities", legal_entities.len()),
                ("pay_groups", pay_groups.len()),
            ];
            for (what, count) in counts {
                defects.count(format!("{here}/{what}"), "names", count, MOST_NAMED);
            }
            for country in countries {
                defects.country(format!("{here}/countries"), country);
            }
            for entity in legal_entities
                .iter()
                .filter(|entity| !self.legal_entities.contains_key(entity.as_str()))
            {
                let found: String = entity.chars().take(60).collect();
                let expected = "a legal entity that is declared in /legal_entities";
                defects.add(format!("{here}/legal_entities"), expected, format!("{found:?}"));
            }
            for group in pay_groups {
                defects.name(format!("{here}/pay_groups"), group);
            }
        }
    }
}

fn check_kind(pointer: &str, field: &CustomField, defects: &mut Defects) {
    let CustomField { kind, choices, decimals, .. } = field;
    let here = format!("{pointer}/choices");
    match kind {
        CustomKind::Choice if choices.is_empty() || choices.len() > MOST_CHOICES => {
            let expected = format!("1 to {MOST_CHOICES} choices");
            defects.add(here.clone(), expected, choices.len().to_string());
        }
        CustomKind::Choice => {}
        _ if choices.is_empty() => {}
        _ => defects.add(here.clone(), "choices with the type choice only", "choices"),
    }
    let mut seen = BTreeSet::new();
    for choice in choices.iter().take(MOST_CHOICES) {
        defects.text(here.clone(), choice);
        if !seen.insert(choice) {
            defects.add(here.clone(), "each choice once", format!("{choice:?} again"));
        }
    }
    let here = format!("{pointer}/decimals");
    match decimals {
        Some(_) if *kind != CustomKind::Decimal => {
            defects.add(here, "decimals with the type decimal only", "decimals");
        }
        Some(decimals) if *decimals > MOST_DECIMALS => {
            defects.add(here, format!("at most {MOST_DECIMALS}"), decimals.to_string());
        }
        _ => {}
    }
}

/// A name as a part of a JSON pointer.
fn escape(name: &str) -> String {
    let shown: String = name.chars().take(60).collect();
    shown.replace('~', "~0").replace('/', "~1")
}
