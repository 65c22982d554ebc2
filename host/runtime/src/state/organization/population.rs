//! Whom a slot is for, on a date.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use stele_store::Slot;

use super::country::Country;
use super::document::Organization;

/// The members of the European Union (Treaty on European Union, art. 52 (1), without the United
/// Kingdom since 1 February 2020): where a version of the jurisdiction `EU` holds.
const EUROPEAN_UNION: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// Whom a slot is for, from a date until the next. What names nothing admits everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SlotPopulation {
    /// Since when.
    #[schema(example = "2026-01-01")]
    pub from: Date,
    /// Employments in one of these countries.
    #[serde(default)]
    pub countries: BTreeSet<Country>,
    /// Employments with one of these legal entities.
    #[serde(default)]
    pub legal_entities: BTreeSet<String>,
    /// Employments in one of these pay groups.
    #[serde(default)]
    pub pay_groups: BTreeSet<String>,
}

/// What an employment says of where it belongs, on a date.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Placement<'a> {
    /// Its country, by its code.
    pub(crate) country: Option<&'a str>,
    /// Its legal entity.
    pub(crate) legal_entity: Option<&'a str>,
    /// Its pay group.
    pub(crate) pay_group: Option<&'a str>,
}

impl fmt::Display for Placement<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = [
            ("country", self.country),
            ("legal entity", self.legal_entity),
            ("pay group", self.pay_group),
        ];
        let mut said = said.iter().filter_map(|(what, value)| Some((what, (*value)?))).peekable();
        if said.peek().is_none() {
            return formatter.write_str("no country, legal entity or pay group");
        }
        let said: Vec<String> = said.map(|(what, value)| format!("{what} {value}")).collect();
        formatter.write_str(&said.join(", "))
    }
}

/// A slot, and where the law holds of the version that is in force in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) slot: &'a Slot,
    /// As the version's manifest says it: `CN`, `US-CA`, `EU`.
    pub(crate) jurisdiction: Option<&'a str>,
}

impl Organization {
    /// Whether the slot is for such an employment on the date. The country of an employment that
    /// does not state one is that of its legal entity.
    pub(crate) fn admits(&self, place: Place<'_>, date: Date, placement: Placement<'_>) -> bool {
        let country = self.country(placement);
        let Some(populations) = self.slots.get(place.slot) else {
            return country.is_none_or(|country| is_law_of(place.jurisdiction, country));
        };
        // Sorted by date: the last one that has begun.
        let begun = populations.partition_point(|population| population.from <= date);
        let Some(population) = begun.checked_sub(1).and_then(|last| populations.get(last)) else {
            return false;
        };
        let SlotPopulation { from: _, countries, legal_entities, pay_groups } = population;
        let named = |names: &BTreeSet<String>, said: Option<&str>| {
            names.is_empty() || said.is_some_and(|said| names.contains(said))
        };
        let in_country = countries.is_empty()
            || country.is_some_and(|said| countries.iter().any(|country| country.code() == said));
        in_country
            && named(legal_entities, placement.legal_entity)
            && named(pay_groups, placement.pay_group)
    }

    /// The country that the employment states, else that of its legal entity.
    pub(crate) fn country<'a>(&'a self, placement: Placement<'a>) -> Option<&'a str> {
        placement.country.or_else(|| {
            let entity = self.legal_entities.get(placement.legal_entity?)?;
            Some(entity.country.code())
        })
    }

    /// The dates on which the slot's population changes.
    pub(crate) fn changes(&self, slot: &Slot) -> impl Iterator<Item = Date> {
        self.slots.get(slot).into_iter().flatten().map(|population| population.from)
    }
}

/// Whether the law of the jurisdiction holds in the country. A version that names none is made for
/// the tenant, wherever its people are.
fn is_law_of(jurisdiction: Option<&str>, country: &str) -> bool {
    match jurisdiction {
        None => true,
        Some("EU") => EUROPEAN_UNION.contains(&country),
        Some(place) => place.split('-').next() == Some(country),
    }
}

/// Whether two sets of names can name the same one; one that names none admits all.
fn may_meet<T: Ord>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> bool {
    one.is_empty() || other.is_empty() || !one.is_disjoint(other)
}

impl Organization {
    /// Whether two slots can be for the same employment, as far as it can be said without looking at
    /// anybody: in one country, of one legal entity, in one pay group.
    pub(crate) fn may_share(&self, one: Place<'_>, other: Place<'_>) -> bool {
        let said = |place: Place<'_>| self.slots.get(place.slot);
        match (said(one), said(other)) {
            (Some(one), Some(other)) => one.iter().any(|one| {
                other.iter().any(|other| {
                    may_meet(&one.countries, &other.countries)
                        && may_meet(&one.legal_entities, &other.legal_entities)
                        && may_meet(&one.pay_groups, &other.pay_groups)
                })
            }),
            (Some(said), None) => said.iter().any(|said| is_law_in(said, other.jurisdiction)),
            (None, Some(said)) => said.iter().any(|said| is_law_in(said, one.jurisdiction)),
            (None, None) => match (one.jurisdiction, other.jurisdiction) {
                (Some("EU"), Some(place)) | (Some(place), Some("EU")) => {
                    let country = place.split('-').next().unwrap_or(place);
                    place == "EU" || EUROPEAN_UNION.contains(&country)
                }
                (Some(one), Some(other)) => one.split('-').next() == other.split('-').next(),
                (None, _) | (_, None) => true,
            },
        }
    }
}

/// Whether the law of the jurisdiction holds for some of a population.
fn is_law_in(population: &SlotPopulation, jurisdiction: Option<&str>) -> bool {
    let countries = &population.countries;
    countries.is_empty() || countries.iter().any(|country| is_law_of(jurisdiction, country.code()))
}
