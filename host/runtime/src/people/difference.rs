//! What a change changes: dated values before and after it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use stele_store::{Attributes, DatedValue};

use super::name::AttributeName;

/// What becomes of what was stated for a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Nothing was stated for the date before.
    Added,
    /// Another value was stated for the date.
    Changed,
    /// From the date on there is no value any more.
    Ended,
    /// It is taken back: what holds on the date is what was stated for an earlier one.
    Dropped,
}

/// What becomes of one dated value. The values themselves may be salaries and are not in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ValueChange {
    /// The attribute.
    pub attribute: String,
    /// The employment whose it is; not given: the person's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employment: Option<String>,
    /// The date that the value was stated for.
    pub from: Date,
    /// What becomes of it.
    pub change: ChangeKind,
}

/// A dated value before and after a change.
pub(super) struct Difference<'a> {
    /// The attribute, as it is kept.
    pub(super) attribute: &'a str,
    pub(super) from: Date,
    pub(super) before: Option<&'a DatedValue>,
    pub(super) after: Option<&'a DatedValue>,
}

impl Difference<'_> {
    pub(super) fn kind(&self) -> ChangeKind {
        match (self.before, self.after) {
            (_, Some(after)) if after.value.is_null() => ChangeKind::Ended,
            (None, _) => ChangeKind::Added,
            (Some(_), Some(_)) => ChangeKind::Changed,
            (Some(_), None) => ChangeKind::Dropped,
        }
    }

    pub(super) fn change(&self) -> ValueChange {
        let (attribute, employment) = self.of();
        ValueChange { attribute, employment, from: self.from, change: self.kind() }
    }

    /// The attribute, and the employment whose it is.
    pub(super) fn of(&self) -> (String, Option<String>) {
        let name = AttributeName::of(self.attribute);
        (name.of_person(), name.employment.map(str::to_owned))
    }
}

/// All dated values that differ, by attribute and date. Values are sorted by date.
pub(super) fn differences<'a>(
    before: &'a Attributes,
    after: &'a Attributes,
) -> impl Iterator<Item = Difference<'a>> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names.into_iter().flat_map(move |attribute| {
        let values = |of: &'a Attributes| of.get(attribute).map(Vec::as_slice).unwrap_or_default();
        of_values(attribute, values(before), values(after))
    })
}

/// The last change until the day of one of these attributes of the employment, or of the person.
pub(super) fn latest<'a>(
    before: &'a Attributes,
    after: &'a Attributes,
    employment: Option<&str>,
    names: &[&str],
    until: Date,
) -> Option<(&'a str, Date)> {
    let of_it = differences(before, after).filter(|one| {
        let name = AttributeName::of(one.attribute);
        one.from <= until
            && names.contains(&name.name)
            && name.employment.is_none_or(|whose| Some(whose) == employment)
    });
    of_it.max_by_key(|one| one.from).map(|one| (one.attribute, one.from))
}

fn of_values<'a>(
    attribute: &'a str,
    mut before: &'a [DatedValue],
    mut after: &'a [DatedValue],
) -> Vec<Difference<'a>> {
    let mut found = Vec::new();
    loop {
        let (old, new) = (before.first(), after.first());
        let from = match (old, new) {
            (None, None) => return found,
            (Some(one), None) | (None, Some(one)) => one.from,
            (Some(old), Some(new)) => old.from.min(new.from),
        };
        let [old, new] = [old, new].map(|value| value.filter(|value| value.from == from));
        before = before.get(usize::from(old.is_some())..).unwrap_or_default();
        after = after.get(usize::from(new.is_some())..).unwrap_or_default();
        if old != new {
            found.push(Difference { attribute, from, before: old, after: new });
        }
    }
}
