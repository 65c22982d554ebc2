//! What a change takes away and must not: a fact that a version in force requires of an employment,
//! where an employment that runs belongs, and the employment itself.
//!
//! What the calculation would read is compared before and after the whole change, for each employment
//! that there is after it and each day on which anything changes. So it does not matter by which name
//! a fact was given or is taken away, nor in which order things are said.

use std::{collections::BTreeSet, fmt};

use jiff::civil::Date;
use stele_engine::contract::Origin;
use stele_ruleset::Needed;
use stele_store::{Attributes, EmploymentId};

use super::{
    choice::is_for,
    declared::{Declarations, Declared},
    difference::{Difference, differences, latest},
    employment::{Employment, value_on},
    name::{AttributeName, employments},
    terms::{COUNTRY, ENDED, LEGAL_ENTITY, READ, STATUS},
    wrong::Wrong,
};
use crate::state::organization::{Organization, Place};

/// Employments that run and of which nothing is known after a change, as if they had never been; but
/// those that are named as taken back.
pub(super) fn gone(
    before: &Attributes,
    after: &Attributes,
    taken_back: &BTreeSet<EmploymentId>,
) -> Vec<Wrong> {
    let stay = employments(after);
    let earlier = Employment::all(before).into_iter();
    let gone = earlier.filter_map(|employment| {
        let id = employment.id()?;
        let is_taken_back = taken_back.iter().any(|one| one.as_str() == id);
        if stay.contains(id) || is_taken_back || employment.has_ended(Date::MAX) {
            return None;
        }
        let its = |kept: &&String| AttributeName::of(kept).employment == Some(id);
        let attribute = before.keys().filter(its).max_by_key(|kept| {
            let name = AttributeName::of(kept).name;
            [STATUS, COUNTRY, LEGAL_ENTITY].iter().position(|one| *one == name)
        })?;
        let expected = format!(
            "something of {}, which runs: leave it, or end it with the {STATUS} `{ENDED}`; one that was \
             a mistake is taken back by a JSON merge patch in which it is null",
            employment.name()
        );
        Some(Wrong::with(attribute, None, expected, "nothing any more"))
    });
    gone.collect()
}

/// What would be missing after a change. What was never known is not: it may be given with each
/// calculation; unless an employment comes where it was not, to another country's rules, back from its
/// end, or in the place of one that the change ends, and brings not what is required there. Nor is what
/// an employment had that ended in an earlier month, or that the change takes out of the slot.
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

/// How an employment comes to be in a slot on a day on which it was not.
#[derive(Clone, Copy)]
enum Coming {
    /// It does not: it was there, or begins.
    Not,
    /// From elsewhere, from its end, or for one that ends.
    FromElsewhere,
    /// It began on this later day.
    Earlier(Date),
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
    /// Whether it ends an employment that there was.
    ends: bool,
    /// Days on which anything may come to be otherwise.
    days: BTreeSet<Date>,
}

impl<'a> Change<'a> {
    fn new(declarations: &'a Declarations, before: &'a Attributes, after: &'a Attributes) -> Self {
        let (mut taken, mut moves, mut ends) = (BTreeSet::new(), false, false);
        for difference in differences(before, after) {
            let name = AttributeName::of(difference.attribute).name;
            moves |= READ.contains(&name);
            if takes(&difference) {
                taken.insert(name);
            }
            let ended = difference.after.and_then(|after| after.value.as_str()) == Some(ENDED);
            ends |= ended && name == STATUS && before.contains_key(difference.attribute);
        }
        let days = before.values().chain(after.values()).flatten().map(|value| value.from);
        let (organization, earlier) =
            (declarations.organization.as_deref(), Employment::all(before));
        Self { before, after, organization, earlier, taken, moves, ends, days: days.collect() }
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
        let is_asked = |demand: &Demanded<'_>| {
            self.moves || demand.facts.iter().any(|fact| self.taken.contains(fact))
        };
        let demands: Vec<Demanded<'_>> = demanded(version).filter(is_asked).collect();
        if demands.is_empty() {
            return;
        }
        let manifest = version.ruleset.manifest();
        let place = Place { slot: &version.slot, jurisdiction: manifest.jurisdiction.as_deref() };
        let of_slot = self.organization.into_iter().flat_map(|all| all.changes(&version.slot));
        let is_in_force =
            |day: &Date| *day >= version.from && version.until.is_none_or(|until| *day <= until);
        let days: BTreeSet<Date> = self.days.iter().copied().chain(of_slot).collect();
        let days = days.into_iter().chain([version.from]).filter(is_in_force);
        // Those on which the employment is in the slot, and how it comes there by the change.
        let days: Vec<(Date, Coming)> = days
            .filter(|day| self.is_owed(employment, place, *day))
            .map(|day| (day, self.comes(employment, place, day)))
            .collect();
        for demand in &demands {
            let missing = days
                .iter()
                .find_map(|(day, comes)| self.missing(employment, version, demand, *day, *comes));
            missing.into_iter().for_each(&mut *note);
        }
    }

    /// Whether somebody may be paid in the employment by what is known on the day: the last payslip is of
    /// the end of the month in which it ended.
    fn is_owed(&self, employment: Employment<'_>, place: Place<'_>, day: Date) -> bool {
        if !employment.has_ended(day) {
            return self.is_here(employment, place, day);
        }
        employment.days_in_month_of(day).is_some()
            && is_for(self.organization, place, employment, day)
    }

    /// Whether the slot is for the employment on the day, and it has not ended.
    fn is_here(&self, employment: Employment<'_>, place: Place<'_>, day: Date) -> bool {
        !employment.has_ended(day)
            && self.organization.is_none_or(|all| all.admits(place, day, employment.placement(day)))
    }

    /// How an employment that runs and was not in the slot on the day comes there: it had ended, or
    /// belonged elsewhere, or comes for one that ends. Where it belongs for the first time it does not
    /// come from anywhere.
    fn comes(&self, employment: Employment<'_>, place: Place<'_>, day: Date) -> Coming {
        let is_placed = |all: &Organization| {
            all.country(employment.placement(day)).is_some() || all.slots.contains_key(place.slot)
        };
        if !employment.runs(day) || !self.organization.is_none_or(is_placed) {
            return Coming::Not;
        }
        let Some(earlier) = self.earlier(employment) else {
            return if self.ends { Coming::FromElsewhere } else { Coming::Not };
        };
        let was_here = |day: Date| earlier.runs(day) && self.is_here(earlier, place, day);
        if was_here(day) {
            return Coming::Not;
        }
        if earlier.has_ended(day)
            || !self.is_here(earlier, place, day) && earlier.moves().any(|moved| moved <= day)
        {
            return Coming::FromElsewhere;
        }
        let mut later = self.days.iter().filter(|later| **later > day);
        later.find(|day| was_here(**day)).map_or(Coming::Not, |begins| Coming::Earlier(*begins))
    }

    /// What is demanded, if it is missing on a day on which the employment is in the slot.
    fn missing(
        &self,
        employment: Employment<'_>,
        version: &Declared,
        demand: &Demanded<'_>,
        day: Date,
        comes: Coming,
    ) -> Option<Wrong> {
        let manifest = version.ruleset.manifest();
        let ruleset = manifest.name.as_str();
        let of = |attributes: &'a Attributes, whose: Option<&str>, day: Date| {
            demand.given(attributes, whose, ruleset, day)
        };
        if !demand.is_due(self.after, employment.id(), ruleset, day)
            || of(self.after, employment.id(), day).is_some()
        {
            return None;
        }
        let required = format!("{ruleset} {}", manifest.version);
        // Who had no employments that were told apart had what was the person's.
        let gave = of(self.before, employment.id(), day).or_else(|| of(self.before, None, day));
        if let Some(gave) = gave {
            let expected = format!(
                "a value on {day}, as now: {required}, which is in force, requires this fact; give \
                 a value from {day} on, or leave the one that there is"
            );
            let is_changed = self.before.get(gave) != self.after.get(gave);
            let by = if is_changed { None } else { self.cause(employment, day, &demand.facts) };
            let attribute = by.map_or(gave, |(attribute, _)| attribute);
            return Some(Wrong::with(attribute, None, expected, "nothing any more"));
        }
        let is_wanted = match comes {
            Coming::Not => false,
            Coming::FromElsewhere => true,
            // Who had it with each calculation goes on so.
            Coming::Earlier(begins) => of(self.after, employment.id(), begins).is_some(),
        };
        let (attribute, from) = is_wanted.then(|| self.cause(employment, day, &READ)).flatten()?;
        let expected = format!(
            "{demand} from {day} on, too: {required}, which is in force for {} from then on, requires it; \
             state it in the same change",
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

/// Facts of an employee of which a version demands one.
pub(super) struct Demanded<'a> {
    facts: Vec<&'a str>,
    /// None: of everybody.
    needed: Option<&'a Needed>,
}

/// All that a version demands: each fact that is required, and what its manifest says besides.
pub(super) fn demanded(version: &Declared) -> impl Iterator<Item = Demanded<'_>> {
    let facts = version.ruleset.description().facts.iter();
    let facts = facts.filter(|field| field.required && matches!(field.origin, Origin::Caller));
    let facts = facts.map(|field| Demanded { facts: vec![field.name.as_str()], needed: None });
    let needed = version.ruleset.manifest().stored.needed.iter().map(|needed| Demanded {
        facts: needed.any.iter().map(String::as_str).collect(),
        needed: Some(needed),
    });
    facts.chain(needed)
}

impl Demanded<'_> {
    /// Whether it is demanded of an employment of which this is known on a day.
    pub(super) fn is_due(
        &self,
        attributes: &Attributes,
        employment: Option<&str>,
        ruleset: &str,
        day: Date,
    ) -> bool {
        let employment = Employment::of(attributes, employment);
        self.needed.is_none_or(|needed| needed.is_due(|fact| employment.fact(ruleset, fact, day)))
    }

    /// The names of the facts.
    pub(super) fn name(&self) -> String {
        self.facts.join(" or ")
    }

    /// The attribute that gives one of the facts on a day.
    pub(super) fn given<'a>(
        &self,
        attributes: &'a Attributes,
        employment: Option<&str>,
        ruleset: &str,
        day: Date,
    ) -> Option<&'a str> {
        self.facts.iter().find_map(|fact| given(attributes, employment, ruleset, fact, day))
    }
}

/// As an error says what is expected.
impl fmt::Display for Demanded<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.facts.as_slice() {
            [only] => write!(formatter, "the fact {only}"),
            several => write!(formatter, "one of the facts {}", several.join(", ")),
        }
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
