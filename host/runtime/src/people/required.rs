//! A fact that a version in force requires does not vanish by a change.

use std::collections::BTreeSet;

use jiff::civil::Date;
use stele_engine::contract::Origin;
use stele_ruleset::Standing;
use stele_store::Attributes;

use super::{
    declared::{Declarations, Declared},
    employment::{Employment, value_on},
    name::AttributeName,
};
use crate::state::organization::Place;

/// A required fact that would vanish.
pub(super) struct Vanishing {
    /// The attribute that gave it, as it is kept.
    pub(super) attribute: String,
    /// The first day on which it would be missing.
    pub(super) on: Date,
    /// Who requires it.
    pub(super) ruleset: String,
    pub(super) version: String,
}

/// What a version in force requires of an employment that its slot is for, what is known before a
/// change, and would not be known any more after it. What was never known is not missed here: it may
/// be given with each calculation. Nor is it of an employment that has ended, or that the change
/// takes out of the slot.
pub(super) fn vanishing(
    declarations: &Declarations,
    before: &Attributes,
    after: &Attributes,
) -> Vec<Vanishing> {
    let names = before.iter().filter(|(name, values)| after.get(*name) != Some(*values));
    let touched: BTreeSet<&str> = names.map(|(name, _)| AttributeName::of(name).name).collect();
    let mut vanishing: Vec<Vanishing> = Vec::new();
    for version in &declarations.versions {
        let facts = version.ruleset.description().facts.iter();
        let facts = facts.filter(|field| {
            field.required
                && matches!(field.origin, Origin::Caller)
                && touched.contains(field.name.as_str())
        });
        for fact in facts {
            let Some((attribute, on)) = missing(declarations, version, &fact.name, before, after)
            else {
                continue;
            };
            let manifest = version.ruleset.manifest();
            let (ruleset, version) = (manifest.name.to_string(), manifest.version.to_string());
            let is_known = |one: &Vanishing| {
                (&one.attribute, &one.ruleset, &one.version) == (&attribute, &ruleset, &version)
            };
            if !vanishing.iter().any(is_known) {
                vanishing.push(Vanishing { attribute, on, ruleset, version });
            }
        }
    }
    vanishing
}

/// The attribute that gave the fact, and the first day on which nothing does any more.
fn missing(
    declarations: &Declarations,
    version: &Declared,
    fact: &str,
    before: &Attributes,
    after: &Attributes,
) -> Option<(String, Date)> {
    let manifest = version.ruleset.manifest();
    let place = Place { slot: &version.slot, jurisdiction: manifest.jurisdiction.as_deref() };
    let organization = declarations.organization.as_deref();
    let is_in_force =
        |date: &Date| *date >= version.from && version.until.is_none_or(|until| *date <= until);
    // Days on which anything may come to be otherwise.
    let dates = before.values().chain(after.values()).flatten().map(|value| value.from);
    let changes = organization.into_iter().flat_map(|all| all.changes(&version.slot));
    let dates: BTreeSet<Date> =
        dates.chain(changes).chain([version.from]).filter(is_in_force).collect();
    let days = dates.into_iter();
    let mut found = days.filter_map(|date| {
        Employment::all(after).into_iter().find_map(|employment| {
            let is_here =
                organization.is_none_or(|all| all.admits(place, date, employment.placement(date)));
            let has_ended = matches!(employment.standing(date), Some(Standing::Ended { .. }));
            if !is_here || has_ended {
                return None;
            }
            let ruleset = manifest.name.as_str();
            let attribute = given(before, employment.id(), ruleset, fact, date)
                // Who had no employments that were told apart had what was the person's.
                .or_else(|| given(before, None, ruleset, fact, date))?;
            let stays = given(after, employment.id(), ruleset, fact, date).is_some();
            (!stays).then(|| (attribute.to_owned(), date))
        })
    });
    found.next()
}

/// The attribute that gives a fact on a date, the closest of those that have begun; none: nothing
/// does, or it says that there is none.
fn given<'a>(
    attributes: &'a Attributes,
    employment: Option<&str>,
    ruleset: &str,
    fact: &str,
    date: Date,
) -> Option<&'a str> {
    let fitting = attributes.iter().filter_map(|(kept, values)| {
        let name = AttributeName::of(kept);
        let fits = name.name == fact
            && name.employment.is_none_or(|whose| Some(whose) == employment)
            && name.ruleset.is_none_or(|what| what == ruleset);
        let value = value_on(values, date).filter(|_| fits)?;
        Some((name.closeness(), kept.as_str(), value))
    });
    let (_, kept, value) = fitting.max_by_key(|(closeness, ..)| *closeness)?;
    (!value.is_null()).then_some(kept)
}
