//! Checks attributes: their form, and then whether they suit what is declared.

use std::collections::HashSet;

use stele_ruleset::FieldError;
use stele_store::{Attributes, DatedValue};

use super::declared::Declarations;
use super::name::{AttributeName, shorten};
use super::suits::Checked;

/// Most attributes of an employee.
const MOST_ATTRIBUTES: usize = 500;
/// Most values of an attribute: a table that changes every day, for a year.
const MOST_VALUES: usize = 400;
/// Most bytes of all attributes as JSON. A year of monthly time sheets fits.
const LARGEST: usize = 1024 * 1024;

/// A wrong attribute.
pub type AttributeError = FieldError;

/// Checks all attributes and sorts their values by date. Also returns the names that nobody uses.
pub(super) fn check(
    declarations: &Declarations,
    mut attributes: Attributes,
) -> Result<(Attributes, Vec<String>), Vec<FieldError>> {
    let mut errors = Vec::new();
    if attributes.len() > MOST_ATTRIBUTES {
        let expected = format!("at most {MOST_ATTRIBUTES} attributes");
        errors.push(FieldError::new("/attributes", expected, attributes.len().to_string()));
        return Err(errors);
    }
    let mut bytes = 0;
    let mut malformed = Vec::new();
    for (kept, values) in &attributes {
        let before = errors.len();
        let name = AttributeName::of(kept);
        if !name.is_valid() {
            let expected = "a name of lower-case letters, digits and _, or one after the name of a \
                            ruleset, such as de/payroll/state";
            let found = format!("{:?}", shorten(kept));
            errors.push(FieldError::new(name.pointer(), expected, found));
        }
        if values.is_empty() || values.len() > MOST_VALUES {
            let expected = format!("1 to {MOST_VALUES} dated values");
            errors.push(FieldError::new(name.pointer(), expected, values.len().to_string()));
        }
        check_dates(name, values, &mut errors);
        if errors.len() > before {
            malformed.push(kept.clone());
        }
        bytes += values.iter().map(|value| value.value.to_string().len()).sum::<usize>();
    }
    if bytes > LARGEST {
        let expected = format!("at most {LARGEST} bytes of values");
        errors.push(FieldError::new("/attributes", expected, format!("{bytes} bytes")));
    }
    // What has no form can not be held against what is declared; everything else is, so that all
    // that is wrong is said at once.
    malformed.iter().for_each(|kept| drop(attributes.remove(kept)));
    let given = orders(&attributes);
    sort(&mut attributes);
    let mut unsuited = Vec::new();
    let unused = Checked::new(declarations, &attributes).check(&mut unsuited);
    unsuited.iter_mut().for_each(|error| point_to_given(error, &given));
    errors.extend(unsuited);
    if errors.is_empty() { Ok((attributes, unused)) } else { Err(errors) }
}

/// The positions in which values were given, in the order of their dates, by the pointer of their
/// attribute; of those that were not given in that order.
fn orders(attributes: &Attributes) -> Vec<(String, Vec<usize>)> {
    let unsorted = attributes.iter().filter(|(_, values)| !values.is_sorted_by_key(|one| one.from));
    let orders = unsorted.map(|(kept, values)| {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by_key(|position| values.get(*position).map(|value| value.from));
        (format!("{}/", AttributeName::of(kept).pointer()), order)
    });
    orders.collect()
}

/// Has an error point to where its value was given, not to where it came to lie.
fn point_to_given(error: &mut FieldError, given: &[(String, Vec<usize>)]) {
    for (pointer, order) in given {
        let Some(rest) = error.pointer.strip_prefix(pointer) else { continue };
        let (position, rest) = rest.split_once('/').unwrap_or((rest, ""));
        if let Some(given) = position.parse().ok().and_then(|at: usize| order.get(at)) {
            error.pointer = format!("{pointer}{given}/{rest}");
            return;
        }
    }
}

/// Each date once.
fn check_dates(name: AttributeName<'_>, values: &[DatedValue], errors: &mut Vec<FieldError>) {
    let mut seen = HashSet::new();
    for (position, value) in values.iter().enumerate() {
        if !seen.insert(value.from) {
            let pointer = format!("{}/{position}/from", name.pointer());
            errors.push(FieldError::new(pointer, "each date once", value.from.to_string()));
        }
    }
}

/// Sorts the values of each attribute by date.
pub(super) fn sort(attributes: &mut Attributes) {
    attributes.values_mut().for_each(|values| values.sort_by_key(|value| value.from));
}
