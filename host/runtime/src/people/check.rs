//! Checks attributes: their form, and their type where an activated ruleset declares the fact.

use std::{collections::HashSet, sync::Arc};

use jiff::civil::Date;
use stele_digest::Digest;
use stele_engine::contract::Origin;
use stele_ruleset::{FieldError, Ruleset};
use stele_store::{Attributes, DatedValue, TenantId};

use crate::state::runtime::Runtime;

/// Most attributes of an employee.
const MOST_ATTRIBUTES: usize = 500;
/// Most values of an attribute: a table that changes every day, for a year.
const MOST_VALUES: usize = 400;
/// Longest name of an attribute.
const LONGEST_NAME: usize = 100;
/// Most bytes of all attributes as JSON. A year of monthly time sheets fits.
const LARGEST: usize = 1024 * 1024;

/// A wrong attribute.
pub type AttributeError = FieldError;

/// A ruleset that is in force for some dates.
pub(super) struct Declared {
    ruleset: Arc<Ruleset>,
    from: Date,
    /// None: until further notice.
    until: Option<Date>,
}

impl Runtime {
    /// The rulesets that are, as known now, in force on some date, with their dates. One that can
    /// not be made ready is left out: it is no fault of the employee's data, and every calculation
    /// with it says so.
    pub(super) async fn declared_facts(&self, tenant: &TenantId) -> Vec<Declared> {
        let catalog = self.state().catalog();
        let Some(slots) = catalog.slots.get(tenant) else { return Vec::new() };
        let mut declared = Vec::new();
        for history in slots.values() {
            for (active, until) in history.periods() {
                let from = active.record.valid_from;
                match active
                    .place
                    .open_patiently(tenant.shared(), self.engine(), self.store())
                    .await
                {
                    Ok(ruleset) => declared.push(Declared { ruleset, from, until }),
                    Err(error) => {
                        tracing::warn!(%tenant, slot = %active.record.slot, %error, "a ruleset in force can not be made ready");
                    }
                }
            }
        }
        declared
    }
}

/// Checks all attributes and sorts their values by date. Also returns the names that nobody uses.
pub(super) fn check(
    declared: &[Declared],
    mut attributes: Attributes,
) -> Result<(Attributes, Vec<String>), Vec<FieldError>> {
    let mut errors = Vec::new();
    if attributes.len() > MOST_ATTRIBUTES {
        let expected = format!("at most {MOST_ATTRIBUTES} attributes");
        errors.push(FieldError::new("/attributes", expected, attributes.len().to_string()));
        return Err(errors);
    }
    let mut unused = Vec::new();
    let mut bytes = 0;
    for (name, values) in &attributes {
        let pointer = format!("/attributes/{}", escape(name));
        if !is_name(name) {
            let expected = "a name of lower-case letters, digits and _".to_owned();
            errors.push(FieldError::new(pointer, expected, format!("{:?}", shorten(name))));
            continue;
        }
        if values.is_empty() || values.len() > MOST_VALUES {
            let expected = format!("1 to {MOST_VALUES} dated values");
            errors.push(FieldError::new(pointer, expected, values.len().to_string()));
            continue;
        }
        bytes += values.iter().map(|value| value.value.to_string().len()).sum::<usize>();
        check_values(declared, name, values, &pointer, &mut errors);
        if !declared.iter().any(|declared| declared.ruleset.fact(name).is_some()) {
            unused.push(name.clone());
        }
    }
    sort(&mut attributes);
    if bytes > LARGEST {
        let expected = format!("at most {LARGEST} bytes of values");
        errors.push(FieldError::new("/attributes", expected, format!("{bytes} bytes")));
    }
    if errors.is_empty() { Ok((attributes, unused)) } else { Err(errors) }
}

/// Sorts the values of each attribute by date.
pub(super) fn sort(attributes: &mut Attributes) {
    attributes.values_mut().for_each(|values| values.sort_by_key(|value| value.from));
}

fn check_values(
    declared: &[Declared],
    name: &str,
    values: &[DatedValue],
    pointer: &str,
    errors: &mut Vec<FieldError>,
) {
    let mut dates: Vec<Date> = values.iter().map(|value| value.from).collect();
    dates.sort_unstable();
    let mut seen = HashSet::new();
    for (position, value) in values.iter().enumerate() {
        let here = format!("{pointer}/{position}");
        if !seen.insert(value.from) {
            let expected = "each date once".to_owned();
            errors.push(FieldError::new(format!("{here}/from"), expected, value.from.to_string()));
        }
        let next = dates.get(dates.partition_point(|date| *date <= value.from)).copied();
        // A value that holds on days of several versions must suit each of them, once.
        let mut tried: HashSet<Digest> = HashSet::new();
        for declared in declared {
            let overlaps = next.is_none_or(|next| declared.from < next)
                && declared.until.is_none_or(|until| value.from <= until);
            // What the host fills in is not taken from an employee, whatever it holds.
            let is_caller = declared
                .ruleset
                .fact(name)
                .is_some_and(|field| matches!(field.origin, Origin::Caller));
            if !overlaps || !is_caller || !tried.insert(declared.ruleset.digest()) {
                continue;
            }
            for mut error in declared.ruleset.check_fact(name, &value.value).unwrap_or_default() {
                // The pointer begins at the fact's name; what follows lies inside the value.
                let inside = error.pointer.get(1..).and_then(|rest| rest.split_once('/'));
                let inside = inside.map(|(_, inside)| format!("/{inside}")).unwrap_or_default();
                error.pointer = format!("{here}/value{inside}");
                if !errors.contains(&error) {
                    errors.push(error);
                }
            }
        }
    }
}

fn is_name(name: &str) -> bool {
    (1..=LONGEST_NAME).contains(&name.len())
        && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

/// The start of a text from outside.
pub(super) fn shorten(text: &str) -> String {
    text.chars().take(60).collect()
}

/// A name as a part of a JSON pointer.
fn escape(name: &str) -> String {
    shorten(name).replace('~', "~0").replace('/', "~1")
}
