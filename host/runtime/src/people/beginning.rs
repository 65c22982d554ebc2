//! An employment begins where somebody says that it does, not by a mistyped name.

use std::collections::BTreeSet;

use stele_store::Attributes;

use super::{
    declared::Declarations,
    name::{AttributeName, employments, near},
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
    let unfounded = new.filter(|one| !is_begun(after, one));
    unfounded.filter_map(|one| refused(one, &known, after)).collect()
}

/// Whether it says of itself by whom or where somebody is employed, or since when.
fn is_begun(attributes: &Attributes, employment: &str) -> bool {
    let values = |name: &str| {
        let values = attributes.get(&format!("{name}@{employment}"));
        values.map(Vec::as_slice).unwrap_or_default()
    };
    let is_placed = |name: &&str| values(name).iter().any(|value| value.value.is_string());
    [LEGAL_ENTITY, COUNTRY].iter().any(is_placed)
        || values(STATUS).first().is_some_and(|first| first.value.as_str() == Some(ACTIVE))
}

fn refused(employment: &str, known: &BTreeSet<&str>, after: &Attributes) -> Option<Wrong> {
    let begins = format!(
        "one that begins with its own {LEGAL_ENTITY} or {COUNTRY}, or with the {STATUS} {ACTIVE}"
    );
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
