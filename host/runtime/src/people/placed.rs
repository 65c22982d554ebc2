//! Whether an employment can be placed: its employer and its country are there, it does not end
//! before it begins, and it does not run beside another where that may not be. That each value has
//! its type is checked elsewhere.

use std::collections::BTreeSet;

use jiff::civil::Date;
use stele_ruleset::FieldError;
use stele_store::{Attributes, DatedValue};

use super::employment::{Employment, value_on};
use super::name::{AttributeName, near, shorten};
use super::terms::{COUNTRY, ENDED, LEGAL_ENTITY, ON_LEAVE, STATUS};
use crate::state::organization::{Concurrency, Country, Organization};

/// Errors beside which a name is looked for that may have been meant.
const MOST_NEAR: usize = 20;

/// Notes all that is wrong.
pub(super) fn check(
    organization: &Organization,
    attributes: &Attributes,
    errors: &mut Vec<FieldError>,
) {
    for (kept, values) in attributes {
        let name = AttributeName::of(kept);
        let pointer = |position: usize| format!("{}/{position}/value", name.pointer());
        let texts = values.iter().enumerate();
        let texts = texts.filter_map(|(position, value)| Some((position, value.value.as_str()?)));
        match name.name {
            COUNTRY => {
                for (position, text) in texts {
                    let expected = match Country::try_from(text.to_owned()) {
                        Ok(country) if country.is_assigned() => continue,
                        Ok(_) => "a country by its code of ISO 3166-1, such as DE",
                        Err(_) => "a country as two capital letters such as DE",
                    };
                    let found = format!("{:?}", shorten(text));
                    errors.push(FieldError::new(pointer(position), expected, found));
                }
            }
            LEGAL_ENTITY => {
                for (position, text) in texts {
                    if !organization.legal_entities.contains_key(text) {
                        let expected = "a legal entity of the organization";
                        let names = organization.legal_entities.keys().map(String::as_str);
                        // Whoever reads the first few knows what is meant by the others.
                        let near = match errors.len() < MOST_NEAR {
                            true => near(names, text),
                            false => String::new(),
                        };
                        let found = format!("{:?}{near}", shorten(text));
                        errors.push(FieldError::new(pointer(position), expected, found));
                    }
                }
            }
            STATUS => check_beginning(attributes, name, values, errors),
            _ => {}
        }
    }
    if organization.concurrent_employments == Concurrency::Forbidden {
        check_concurrency(attributes, errors);
    }
}

/// An employment begins by running: who is on leave or has left was employed before, since a day that
/// decides what is owed. What is said of one employment goes on from what is said of the person.
fn check_beginning(
    attributes: &Attributes,
    name: AttributeName<'_>,
    values: &[DatedValue],
    errors: &mut Vec<FieldError>,
) {
    let Some(first) = values.iter().min_by_key(|value| value.from) else { return };
    let found = match first.value.as_str() {
        Some(ENDED) => "an end without a beginning",
        Some(ON_LEAVE) => "a leave without a beginning",
        _ => return,
    };
    let persons = name.employment.and_then(|_| attributes.get(STATUS));
    if persons.is_some_and(|persons| value_on(persons, first.from).is_some()) {
        return;
    }
    let expected = "a status before it: `active`, from the day on which the employment began";
    errors.push(FieldError::new(name.pointer(), expected, found));
}

/// No two employments run on the same day.
fn check_concurrency(attributes: &Attributes, errors: &mut Vec<FieldError>) {
    let all: Vec<Course<'_>> =
        Employment::all(attributes).iter().filter_map(|one| Course::of(*one)).collect();
    let days: BTreeSet<Date> = all.iter().flat_map(Course::days).collect();
    for day in days {
        let running = all.iter().filter(|one| one.runs(day)).map(|one| one.id);
        let running: Vec<&str> = running.collect();
        if let [_, second, ..] = running.as_slice() {
            let expected = "one employment at a time, as the organization demands";
            let found = format!("{} on {day}", running.join(" and "));
            let has_status = attributes.contains_key(&format!("{STATUS}@{second}"));
            let inside = if has_status { format!("/attributes/{STATUS}") } else { String::new() };
            errors.push(FieldError::new(format!("/employments/{second}{inside}"), expected, found));
            return;
        }
    }
}

/// From when to when an employment runs.
struct Course<'a> {
    id: &'a str,
    status: &'a [DatedValue],
    /// The day from which on anything is said of it: without a status it runs from then on.
    begins: Date,
}

impl<'a> Course<'a> {
    fn of(employment: Employment<'a>) -> Option<Self> {
        let (id, status) = (employment.id()?, employment.values(STATUS));
        Some(Self { id, status, begins: employment.begins()? })
    }

    fn days(&self) -> impl Iterator<Item = Date> {
        self.status.iter().map(|value| value.from).chain([self.begins])
    }

    /// Until somebody says that it has ended, whatever else is said of it or taken back.
    fn runs(&self, day: Date) -> bool {
        self.begins <= day
            && match value_on(self.status, day) {
                Some(status) => status.as_str() != Some(ENDED),
                None => self.status.is_empty(),
            }
    }
}
