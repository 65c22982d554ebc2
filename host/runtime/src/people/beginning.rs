//! An employment begins where somebody says that it does, not by a mistyped name.

use std::collections::BTreeSet;

use stele_store::{Attributes, DatedValue};

use super::{
    declared::Declarations,
    name::{AT, AttributeName, employments, near},
    terms::{ACTIVE, COUNTRY, LEGAL_ENTITY, STATUS},
    wrong::Wrong,
};

/// Employments that a person has for the first time although nothing is said that makes them one.
/// Where the tenant has not said how it is organized, and the person's employments are not told apart
/// yet, any attribute tells them apart.
pub(super) fn unfounded(
    declared: &Declarations,
    before: &Attributes,
    after: &Attributes,
) -> Vec<Wrong> {
    let known = employments(before);
    if declared.organization.is_none() && known.is_empty() {
        return Vec::new();
    }
    let new = employments(after).into_iter().filter(|one| !known.contains(one));
    // Whose employments say where they belong says so of another one, too.
    let are_placed = known.iter().any(|one| is_placed(before, one));
    let unfounded = new.filter(|one| {
        !is_placed(after, one) && (are_placed || !is_active_from_its_first_day(after, one))
    });
    unfounded.filter_map(|one| refused(one, &known, are_placed, after)).collect()
}

/// What an employment says itself of an attribute.
fn values<'a>(attributes: &'a Attributes, name: &str, employment: &str) -> &'a [DatedValue] {
    let values = attributes.get(&format!("{name}{AT}{employment}"));
    values.map(Vec::as_slice).unwrap_or_default()
}

/// Whether it says of itself by whom or where somebody is employed.
fn is_placed(attributes: &Attributes, employment: &str) -> bool {
    let mut values =
        [LEGAL_ENTITY, COUNTRY].iter().flat_map(|name| values(attributes, name, employment));
    values.any(|value| value.value.is_string())
}

/// Whether it says of itself since when somebody is employed.
fn is_active_from_its_first_day(attributes: &Attributes, employment: &str) -> bool {
    let first = values(attributes, STATUS, employment).first();
    first.is_some_and(|first| first.value.as_str() == Some(ACTIVE))
}

fn refused(
    employment: &str,
    known: &BTreeSet<&str>,
    are_placed: bool,
    after: &Attributes,
) -> Option<Wrong> {
    let active = match are_placed {
        true => String::new(),
        false => format!(", or with the {STATUS} {ACTIVE}"),
    };
    let begins = format!("one that begins with its own {LEGAL_ENTITY} or {COUNTRY}{active}");
    let (expected, meant) = match known.iter().copied().collect::<Vec<_>>().as_slice() {
        [] => (format!("an employment: {begins}"), String::new()),
        [only] => {
            (format!("the employment {only}, or {begins}"), format!(" (did you mean {only:?}?)"))
        }
        several => (
            format!("one of the employments {}, or {begins}", several.join(", ")),
            near(several.iter().copied(), employment),
        ),
    };
    let found = format!("the employment {employment:?}{meant}");
    let is_its = |kept: &str| AttributeName::of(kept).employment == Some(employment);
    let (kept, values) = after.iter().find(|(kept, _)| is_its(kept))?;
    Some(Wrong::with(kept, values.first().map(|value| value.from), expected, &found))
}
