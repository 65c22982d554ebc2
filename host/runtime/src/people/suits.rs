//! What versions in force, the host and the tenant declare, held against the attributes of an
//! employee: each value against those that read it for an employment on one of its days.

use std::collections::BTreeSet;

use jiff::civil::Date;
use stele_digest::Digest;
use stele_engine::contract::Origin;
use stele_ruleset::{FieldError, check_fact, unseen_character, unseen_name};
use stele_store::{Attributes, DatedValue};

use super::closer::{Closer, Same, read};
use super::declared::{Declarations, Declared};
use super::employment::Employment;
use super::membership::{Days, Membership};
use super::name::{AttributeName, near, shorten};
use super::{placed, terms};
use crate::state::organization::{
    Country, CustomField, Organization, Place, Placement, Undeclared,
};

/// The sorted attributes of an employee beside what is declared.
pub(super) struct Checked<'a> {
    declarations: &'a Declarations,
    attributes: &'a Attributes,
    employments: Vec<Employment<'a>>,
    /// The day from which on anything is said of each.
    begins: Vec<Option<Date>>,
    membership: Membership,
    same: Same<'a>,
}

impl<'a> Checked<'a> {
    pub(super) fn new(declarations: &'a Declarations, attributes: &'a Attributes) -> Self {
        let employments = Employment::all(attributes);
        let membership = Membership::new(declarations, &employments);
        let begins = employments.iter().map(|one| one.begins()).collect();
        let same = Same::of(attributes);
        Self { declarations, attributes, employments, begins, membership, same }
    }

    /// Notes all that is wrong; the names that nobody reads.
    pub(super) fn check(&self, errors: &mut Vec<FieldError>) -> Vec<String> {
        let organization = self.declarations.organization.as_deref();
        let mut unused = Vec::new();
        for (kept, values) in self.attributes {
            let name = AttributeName::of(kept);
            self.check_status(name, values, errors);
            self.check_facts(name, values, &self.same.closer(kept), errors);
            let is_fact = self.declarations.versions.iter().any(|version| is_fact(version, name));
            let is_read = is_fact && self.is_read(name, values);
            let is_known = match organization {
                None => is_read,
                Some(organization) => {
                    let own = self.check_own(organization, name, values, errors);
                    if !is_fact && !own && organization.undeclared_attributes == Undeclared::Refused
                    {
                        errors.push(undeclared(organization, &self.declarations.versions, name));
                    }
                    is_read || own
                }
            };
            if !is_known {
                unused.push(kept.clone());
            }
        }
        if let Some(organization) = organization {
            placed::check(organization, self.attributes, errors);
            self.check_slots(organization, errors);
        }
        unused
    }

    /// A value that is read by several versions must suit each of them, once.
    fn check_facts(
        &self,
        name: AttributeName<'_>,
        values: &[DatedValue],
        closer: &[Closer<'_>],
        errors: &mut Vec<FieldError>,
    ) {
        for (position, value) in values.iter().enumerate() {
            // What ends a value has no type.
            if value.value.is_null() {
                continue;
            }
            let until = values.get(position + 1).and_then(|next| next.from.yesterday().ok());
            let days = Days { from: value.from, until };
            let mut tried: BTreeSet<Digest> = BTreeSet::new();
            for (at, version) in self.declarations.versions.iter().enumerate() {
                let field = version.ruleset.fact(name.name);
                // What the host fills in is not taken from an employee, whatever it holds.
                let is_asked = field.is_some_and(|field| matches!(field.origin, Origin::Caller));
                if !is_asked
                    || !is_for(version, name)
                    || tried.contains(&version.ruleset.digest())
                    || !self.is_for_somebody(at, name, closer, days)
                {
                    continue;
                }
                tried.insert(version.ruleset.digest());
                let found = version.ruleset.check_fact(name.name, &value.value).unwrap_or_default();
                let here = format!("{}/{position}/value", name.pointer());
                for error in found {
                    place(demanded(error, version), &here, errors);
                }
            }
        }
    }

    /// Whether a version that is for one of those that the attribute is for takes it as a fact, on one
    /// of the days that it has a value.
    fn is_read(&self, name: AttributeName<'_>, values: &[DatedValue]) -> bool {
        let Some(first) = values.first() else { return false };
        let days = Days { from: first.from, until: None };
        let mut versions = self.declarations.versions.iter().enumerate();
        versions.any(|(at, version)| {
            is_fact(version, name) && self.is_for_somebody(at, name, &[], days)
        })
    }

    /// Whether the slot of the version at this position is for one of those that the attribute is
    /// for, on one of the days on which none of the closer ones goes before it.
    fn is_for_somebody(
        &self,
        version: usize,
        name: AttributeName<'_>,
        closer: &[Closer<'_>],
        days: Days,
    ) -> bool {
        let Some(declared) = self.declarations.versions.get(version) else { return false };
        let ruleset = declared.ruleset.manifest().name.as_str();
        let employments = self.employments.iter().zip(&self.begins).enumerate();
        let mut whose = employments
            .filter(|(_, (one, _))| name.employment.is_none() || one.id() == name.employment);
        whose.any(|(at, (employment, begins))| {
            // Before anything is said of an employment there is none.
            let from = begins.map_or(days.from, |begins| begins.max(days.from));
            let its = days.common(Days { from, until: None });
            let read = its.and_then(|days| read(closer, employment.id(), ruleset, days));
            read.is_some_and(|days| self.membership.has(version, at, days))
        })
    }

    /// That nobody says how an employment stands is not its end: it would run again.
    fn check_status(
        &self,
        name: AttributeName<'_>,
        values: &[DatedValue],
        errors: &mut Vec<FieldError>,
    ) {
        let is_fact = || self.declarations.versions.iter().any(|version| is_fact(version, name));
        if name.name != terms::STATUS || is_fact() {
            return;
        }
        let said_nothing = values.iter().enumerate().filter(|(_, value)| value.value.is_null());
        for (position, _) in said_nothing {
            let expected = "a status from each of its days on: to end the employment, state \
                            `ended`; to take a status back, drop it";
            let here = format!("{}/{position}/value", name.pointer());
            errors.push(FieldError::new(here, expected, "that there is none any more"));
        }
    }

    /// What the host or the tenant declares; whether one of them does.
    fn check_own(
        &self,
        organization: &Organization,
        name: AttributeName<'_>,
        values: &[DatedValue],
        errors: &mut Vec<FieldError>,
    ) -> bool {
        let custom = organization.custom_fields.get(name.name);
        let declared = custom.map(|custom| custom.field(name.name));
        let Some(field) = declared.as_ref().or_else(|| terms::field(name.name)) else {
            return false;
        };
        for (position, value) in values.iter().enumerate() {
            let here = format!("{}/{position}/value", name.pointer());
            for error in check_fact(field, &value.value) {
                place(error, &here, errors);
            }
            if let Some(unseen) = value.value.as_str().and_then(unseen_character) {
                let expected = "a text without characters that nobody sees";
                errors.push(FieldError::new(here, expected, unseen_name(unseen)));
            }
            if let Some(custom) = custom {
                self.check_country(organization, custom, name, value.from, errors);
            }
        }
        true
    }

    /// A field that is declared for some countries is for employments there.
    fn check_country(
        &self,
        organization: &Organization,
        custom: &CustomField,
        name: AttributeName<'_>,
        on: Date,
        errors: &mut Vec<FieldError>,
    ) {
        if custom.countries.is_empty() {
            return;
        }
        let whose = self
            .employments
            .iter()
            .filter(|employment| name.employment.is_none() || employment.id() == name.employment);
        let mut countries = whose.map(|whose| organization.country(whose.placement(on)));
        let is_there = |country: Option<&str>| {
            country.is_some_and(|country| custom.countries.iter().any(|one| one.code() == country))
        };
        if !countries.any(is_there) {
            let codes = custom.countries.iter().map(Country::code).collect::<Vec<_>>().join(", ");
            let expected = format!("a field for employments in {codes} in such an employment only");
            let found = format!("one that is not there on {on}");
            errors.push(FieldError::new(name.pointer(), expected, found));
        }
    }

    /// An employment whose country is stated is in some slot that there is, once there are slots.
    fn check_slots(&self, organization: &Organization, errors: &mut Vec<FieldError>) {
        let declared = &self.declarations.versions;
        if declared.is_empty() && organization.slots.is_empty() {
            return;
        }
        for employment in &self.employments {
            let moves: BTreeSet<Date> = employment.moves().collect();
            let mut seen = BTreeSet::new();
            for day in moves {
                let placement = employment.placement(day);
                // Who comes back to where they were is looked up once.
                if organization.country(placement).is_none() || !seen.insert(placement) {
                    continue;
                }
                if !is_in_one(self.declarations, organization, placement, day) {
                    let name = AttributeName {
                        employment: employment.id(),
                        ruleset: None,
                        name: terms::COUNTRY,
                    };
                    let expected = "an employment that some slot is for: put a version of the \
                                    country in force, or name the slot's population in the \
                                    organization";
                    let found = format!("{placement} on {day}, for which there is no slot");
                    errors.push(FieldError::new(name.pointer(), expected, found));
                    break;
                }
            }
        }
    }
}

/// Whether some slot is for who belongs there, from a day on.
fn is_in_one(
    declarations: &Declarations,
    organization: &Organization,
    placement: Placement<'_>,
    day: Date,
) -> bool {
    let admits = |place: Place<'_>, from: Date, until: Option<Date>| {
        let is_asked = |on: &Date| *on >= from && until.is_none_or(|until| *on <= until);
        let days = organization.changes(place.slot).filter(is_asked).chain([from]);
        until.is_none_or(|until| from <= until)
            && days.into_iter().any(|on| organization.admits(place, on, placement))
    };
    let in_force = declarations.versions.iter().any(|version| {
        let jurisdiction = version.ruleset.manifest().jurisdiction.as_deref();
        let place = Place { slot: &version.slot, jurisdiction };
        admits(place, day.max(version.from), version.until)
    });
    let named = || {
        let places = organization.slots.keys().map(|slot| Place { slot, jurisdiction: None });
        places.into_iter().any(|place| admits(place, day, None))
    };
    in_force || named()
}

/// Whether the attribute is for the version, as far as its name says.
pub(super) fn is_for(version: &Declared, name: AttributeName<'_>) -> bool {
    name.ruleset.is_none_or(|ruleset| version.ruleset.manifest().name.as_str() == ruleset)
}

fn is_fact(version: &Declared, name: AttributeName<'_>) -> bool {
    is_for(version, name) && version.ruleset.fact(name.name).is_some()
}

/// The same, saying which version demands it, and where it is in force.
fn demanded(mut error: FieldError, version: &Declared) -> FieldError {
    let manifest = version.ruleset.manifest();
    let by = format!("{} {} in the slot {}", manifest.name, manifest.version, version.slot);
    error.message = format!("{}, as {by} demands", error.message);
    error
}

/// Notes an error of a fact where the value stands.
fn place(mut error: FieldError, here: &str, errors: &mut Vec<FieldError>) {
    // The pointer begins at the fact's name; what follows lies inside the value.
    let inside = error.pointer.get(1..).and_then(|rest| rest.split_once('/'));
    let inside = inside.map(|(_, inside)| format!("/{inside}")).unwrap_or_default();
    error.pointer = format!("{here}{inside}");
    if !errors.contains(&error) {
        errors.push(error);
    }
}

fn undeclared(
    organization: &Organization,
    versions: &[Declared],
    name: AttributeName<'_>,
) -> FieldError {
    let facts = versions.iter().flat_map(|version| &version.ruleset.description().facts);
    let names = facts.map(|fact| fact.name.as_str());
    let names = names
        .chain(terms::fields().iter().map(|field| field.name.as_str()))
        .chain(organization.custom_fields.keys().map(String::as_str));
    let near = near(names, name.name);
    let expected = "a fact of a version in force, a term of an employment, or a custom field that \
                    the organization declares";
    let found = format!("{:?}{near}", shorten(name.name));
    FieldError::new(name.pointer(), expected, found)
}
