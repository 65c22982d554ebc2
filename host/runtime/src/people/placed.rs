//! Whether an employment can be placed: its employer and its country are there, it does not end
//! before it begins, and it does not run beside another where that may not be. That each value has
//! its type is checked elsewhere.

use jiff::civil::Date;
use stele_ruleset::FieldError;
use stele_store::Attributes;

use super::employment::{Employment, value_on};
use super::name::{AttributeName, near, shorten};
use super::terms::{COUNTRY, ENDED, LEGAL_ENTITY, STATUS};
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
                    if let Err(expected) = Country::try_from(text.to_owned()) {
                        let expected = expected.replacen("expected ", "", 1);
                        let (expected, found) =
                            expected.split_once(", found ").unwrap_or((&expected, text));
                        errors.push(FieldError::new(pointer(position), expected, found));
                    }
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
            STATUS => {
                let first = values.iter().min_by_key(|value| value.from);
                if first.is_some_and(|first| first.value.as_str() == Some(ENDED)) {
                    let expected = "a status before the end: when the employment began";
                    let found = "an end without a beginning";
                    errors.push(FieldError::new(name.pointer(), expected, found));
                }
            }
            _ => {}
        }
    }
    if organization.concurrent_employments == Concurrency::Forbidden {
        check_concurrency(attributes, errors);
    }
}

/// No two employments run on the same day.
fn check_concurrency(attributes: &Attributes, errors: &mut Vec<FieldError>) {
    let all = Employment::all(attributes);
    let mut days: Vec<Date> =
        all.iter().flat_map(|one| one.values(STATUS)).map(|value| value.from).collect();
    days.sort_unstable();
    days.dedup();
    for day in days {
        let runs = |one: &&Employment<'_>| {
            let status = value_on(one.values(STATUS), day);
            status.and_then(|status| status.as_str()).is_some_and(|status| status != ENDED)
        };
        let running: Vec<&str> = all.iter().filter(runs).filter_map(|one| one.id()).collect();
        if let [_, second, ..] = running.as_slice() {
            let expected = "one employment at a time, as the organization demands";
            let found = format!("{} on {day}", running.join(" and "));
            let pointer = format!("/employments/{second}/attributes/{STATUS}");
            errors.push(FieldError::new(pointer, expected, found));
            return;
        }
    }
}
