//! What a change takes away and must not: a fact that a version in force requires of an employment,
//! and where an employment that runs belongs.
//!
//! What the calculation would read is compared before and after the whole change, for each employment
//! that there is after it and each day on which anything changes. So it does not matter by which name
//! a fact was given or is taken away, nor in which order things are said.

use std::collections::BTreeSet;

use jiff::civil::Date;
use stele_engine::contract::Origin;
use stele_store::Attributes;

use super::{
    declared::{Declarations, Declared},
    difference::{Difference, differences, latest},
    employment::{Employment, value_on},
    name::AttributeName,
    terms::{COUNTRY, LEGAL_ENTITY, READ},
    wrong::Wrong,
};
use crate::state::organization::{Organization, Place};

/// What would be missing after a change. What was never known is not: it may be given with each
/// calculation; unless an employment comes where it was not, to another country's rules or back from
/// its end, and brings not what is required there. Nor is what an employment had that has ended, or
/// that the change takes out of the slot.
pub(super) fn holes(
    declarations: &Declarations,
    before: &Attributes,
    after: &Attributes,
) -> Vec<Wrong> {
    if before.is_empty() {
        return Vec::new();
    }
    let change = Change::new(declarations, before, after);
    if !change.moves && change.taken.is_empty() {
        return Vec::new();
    }
    let mut holes: Vec<Wrong> = Vec::new();
    let mut note = |hole: Wrong| {
        let is_known = |one: &Wrong| {
            one.attribute == hole.attribute && one.error.message == hole.error.message
        };
        if !holes.iter().any(is_known) {
            holes.push(hole);
        }
    };
    for employment in Employment::all(after) {
        change.placement(employment).into_iter().for_each(&mut note);
        for version in &declarations.versions {
            change.facts(employment, version, &mut note);
        }
    }
    holes
}

/// A change, and what of it can take something away.
struct Change<'a> {
    before: &'a Attributes,
    after: &'a Attributes,
    organization: Option<&'a Organization>,
    /// The employments that there were.
    earlier: Vec<Employment<'a>>,
    /// Facts, of which something is taken back or ended. What is stated takes nothing away.
    taken: BTreeSet<&'a str>,
    /// Whether an employment may belong elsewhere, or stand otherwise.
    moves: bool,
    /// Days on which anything may come to be otherwise.
    days: BTreeSet<Date>,
}

impl<'a> Change<'a> {
    fn new(declarations: &'a Declarations, before: &'a Attributes, after: &'a Attributes) -> Self {
        let (mut taken, mut moves) = (BTreeSet::new(), false);
        for difference in differences(before, after) {
            let name = AttributeName::of(difference.attribute).name;
            moves |= READ.contains(&name);
            if takes(&difference) {
                taken.insert(name);
            }
        }
        let days = before.values().chain(after.values()).flatten().map(|value| value.from);
        let (organization, earlier) =
            (declarations.organization.as_deref(), Employment::all(before));
        Self { before, after, organization, earlier, taken, moves, days: days.collect() }
    }

    /// The employment as it was; where its person's were not told apart, the person. None: there was
    /// none.
    fn earlier(&self, employment: Employment<'_>) -> Option<Employment<'a>> {
        let mut those = self.earlier.iter();
        those.find(|one| one.id() == employment.id() || one.id().is_none()).copied()
    }

    /// Whether the employment runs on the day, and nobody says in which country.
    fn is_nowhere(&self, employment: Employment<'_>, day: Date) -> bool {
        let is_here = |all: &Organization| all.country(employment.placement(day)).is_some();
        employment.runs(day) && !self.organization.is_some_and(is_here)
    }

    /// An employment that belonged somewhere and runs belongs somewhere.
    fn placement(&self, employment: Employment<'_>) -> Option<Wrong> {
        let (organization, true) = (self.organization?, self.moves) else { return None };
        let earlier = self.earlier(employment)?;
        let placed = |day: Date| organization.country(earlier.placement(day)).is_some();
        if !earlier.moves().any(placed) {
            return None;
        }
        let is_new =
            |day: &&Date| self.is_nowhere(employment, **day) && !self.is_nowhere(earlier, **day);
        let day = *self.days.iter().find(is_new)?;
        let (attribute, from) = self.cause(employment, day, &[LEGAL_ENTITY, COUNTRY])?;
        let expected = format!(
            "a legal entity or a country on {day}, as long as {} runs: give one from {day} on, or \
             leave what there is",
            employment.name()
        );
        Some(Wrong::with(attribute, Some(from), expected, "nothing any more"))
    }

    /// What the version requires of the employment and would be missing.
    fn facts(&self, employment: Employment<'_>, version: &Declared, note: &mut impl FnMut(Wrong)) {
        let facts = version.ruleset.description().facts.iter();
        let facts = facts.filter(|field| field.required && matches!(field.origin, Origin::Caller));
        let facts = facts.map(|field| field.name.as_str());
        let facts: Vec<&str> =
            facts.filter(|fact| self.moves || self.taken.contains(fact)).collect();
        if facts.is_empty() {
            return;
        }
        let manifest = version.ruleset.manifest();
        let place = Place { slot: &version.slot, jurisdiction: manifest.jurisdiction.as_deref() };
        let of_slot = self.organization.into_iter().flat_map(|all| all.changes(&version.slot));
        let is_in_force =
            |day: &Date| *day >= version.from && version.until.is_none_or(|until| *day <= until);
        let days: BTreeSet<Date> = self.days.iter().copied().chain(of_slot).collect();
        let days = days.into_iter().chain([version.from]).filter(is_in_force);
        // Those on which the employment is in the slot, and whether it comes there by the change.
        let days: Vec<(Date, bool)> = days
            .filter(|day| self.is_here(employment, place, *day))
            .map(|day| (day, self.comes(employment, place, day)))
            .collect();
        for fact in facts {
            let missing = days
                .iter()
                .find_map(|(day, comes)| self.missing(employment, version, fact, *day, *comes));
            missing.into_iter().for_each(&mut *note);
        }
    }

    /// Whether the slot is for the employment on the day, and it has not ended.
    fn is_here(&self, employment: Employment<'_>, place: Place<'_>, day: Date) -> bool {
        !employment.has_ended(day)
            && self.organization.is_none_or(|all| all.admits(place, day, employment.placement(day)))
    }

    /// Whether an employment that runs was not in the slot on the day: it had ended, or belonged
    /// elsewhere. Where it belongs for the first time it does not come from anywhere.
    fn comes(&self, employment: Employment<'_>, place: Place<'_>, day: Date) -> bool {
        let Some(earlier) = self.earlier(employment) else { return false };
        let is_placed = |all: &Organization| {
            all.country(employment.placement(day)).is_some() || all.slots.contains_key(place.slot)
        };
        employment.runs(day)
            && self.organization.is_none_or(is_placed)
            && !self.is_here(earlier, place, day)
            && (earlier.has_ended(day) || earlier.moves().any(|moved| moved <= day))
    }

    /// The fact, if it is missing on a day on which the employment is in the slot.
    fn missing(
        &self,
        employment: Employment<'_>,
        version: &Declared,
        fact: &str,
        day: Date,
        comes: bool,
    ) -> Option<Wrong> {
        let manifest = version.ruleset.manifest();
        let ruleset = manifest.name.as_str();
        if given(self.after, employment.id(), ruleset, fact, day).is_some() {
            return None;
        }
        let required = format!("{ruleset} {}", manifest.version);
        let gave = given(self.before, employment.id(), ruleset, fact, day)
            // Who had no employments that were told apart had what was the person's.
            .or_else(|| given(self.before, None, ruleset, fact, day));
        if let Some(gave) = gave {
            let expected = format!(
                "a value on {day}, as now: {required}, which is in force, requires this fact; give \
                 a value from {day} on, or leave the one that there is"
            );
            let is_changed = self.before.get(gave) != self.after.get(gave);
            let by = if is_changed { None } else { self.cause(employment, day, &[fact]) };
            let attribute = by.map_or(gave, |(attribute, _)| attribute);
            return Some(Wrong::with(attribute, None, expected, "nothing any more"));
        }
        let (attribute, from) = comes.then(|| self.cause(employment, day, &READ)).flatten()?;
        let expected = format!(
            "the fact {fact} from {day} on, too: {required}, which is in force for {} from then on, \
             requires it; state it in the same change",
            employment.name()
        );
        Some(Wrong::with(attribute, Some(from), expected, "nothing"))
    }

    /// The last change of one of these attributes of the employment until the day, else of any of
    /// those that say where it belongs and how it stands.
    fn cause(
        &self,
        employment: Employment<'_>,
        day: Date,
        names: &[&str],
    ) -> Option<(&'a str, Date)> {
        let latest = |names: &[&str], until: Date| {
            latest(self.before, self.after, employment.id(), names, until)
        };
        latest(names, day).or_else(|| latest(&READ, day)).or_else(|| latest(&READ, Date::MAX))
    }
}

/// Whether there is less after it.
fn takes(difference: &Difference<'_>) -> bool {
    difference.after.is_none_or(|after| after.value.is_null())
}

/// The attribute that gives a fact on a day, the closest of those that have begun; none: nothing
/// does, or it says that there is none.
fn given<'a>(
    attributes: &'a Attributes,
    employment: Option<&str>,
    ruleset: &str,
    fact: &str,
    day: Date,
) -> Option<&'a str> {
    let fitting = attributes.iter().filter_map(|(kept, values)| {
        let name = AttributeName::of(kept);
        let fits = name.name == fact
            && name.employment.is_none_or(|whose| Some(whose) == employment)
            && name.ruleset.is_none_or(|what| what == ruleset);
        let value = value_on(values, day).filter(|_| fits)?;
        Some((name.closeness(), kept.as_str(), value))
    });
    let (_, kept, value) = fitting.max_by_key(|(closeness, ..)| *closeness)?;
    (!value.is_null()).then_some(kept)
}
