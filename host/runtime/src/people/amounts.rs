//! No value is read in two units, and no amount of money for two employments at once: what was stated
//! in euros a month is not taken over as dollars, and is not paid twice, because somebody moves or
//! has a second employment.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use stele_engine::contract::Origin;
use stele_store::{Attributes, DatedValue};

use super::{
    closer::{Same, read},
    declared::{Declarations, Declared},
    difference::latest,
    employment::Employment,
    membership::{Days, Membership},
    name::AttributeName,
    suits::is_for,
    terms::READ,
    wrong::Wrong,
};
use crate::state::organization::{Organization, Placement};

/// What a change would have read otherwise than it was stated, or twice. What was so before it is
/// nobody's mistake now. Where the tenant has not said how it is organized, everybody is in each
/// slot, and nothing of it can be told.
pub(super) fn misread(
    declared: &Declarations,
    before: &Attributes,
    after: &Attributes,
) -> Vec<Wrong> {
    let Some(organization) = declared.organization.as_deref() else { return Vec::new() };
    if is_in_one_place(before, after) {
        return Vec::new();
    }
    let [earlier, now] =
        [before, after].map(|attributes| Readers::new(declared, organization, attributes));
    let mut wrong = Vec::new();
    for (kept, values) in after {
        if !declared.versions.iter().any(|version| unit(version, kept).is_some()) {
            continue;
        }
        let known = before.get(kept).map(Vec::as_slice).unwrap_or_default();
        for (value, days) in with_days(values).filter(|(value, _)| !value.value.is_null()) {
            let was = with_days(known).find(|(one, _)| *one == value);
            let was = was.map(|(_, days)| earlier.readings(kept, days)).unwrap_or_default();
            let is = now.readings(kept, days);
            let found = other_unit(kept, value.from, &was, &is).or_else(|| {
                let is_known = twice(&was).is_some();
                twice(&is).filter(|_| !is_known).map(|found| found.said(kept, value.from))
            });
            let Some((employment, day, expected)) = found else { continue };
            let is_stated = !known.contains(value);
            let cause = || cause(before, after, employment, day, kept);
            let place = (!is_stated).then(cause).flatten().unwrap_or((kept, value.from));
            wrong.push(Wrong::with(place.0, Some(place.1), expected, "nothing"));
        }
    }
    wrong
}

/// Whether all that is and was known is of one employment, which never moves: then each value is
/// read as it was stated.
fn is_in_one_place(before: &Attributes, after: &Attributes) -> bool {
    let mut places: BTreeSet<Placement<'_>> = BTreeSet::new();
    for attributes in [before, after] {
        let [only] = Employment::all(attributes)[..] else { return false };
        places.extend(only.moves().map(|day| only.placement(day)));
    }
    places.len() < 2
}

/// The unit in which a version takes what an attribute says.
fn unit<'a>(version: &'a Declared, kept: &str) -> Option<&'a str> {
    let name = AttributeName::of(kept);
    let field = version.ruleset.fact(name.name).filter(|_| is_for(version, name))?;
    field.unit.as_deref().filter(|_| matches!(field.origin, Origin::Caller))
}

/// Values, which are sorted by date, each with the days on which it holds.
fn with_days(values: &[DatedValue]) -> impl Iterator<Item = (&DatedValue, Days)> {
    let ends = values.iter().skip(1).map(|next| next.from.yesterday().ok()).chain([None]);
    values.iter().zip(ends).map(|(value, until)| (value, Days { from: value.from, until }))
}

/// Whose change it is that a value is read otherwise.
fn cause<'a>(
    before: &'a Attributes,
    after: &'a Attributes,
    employment: Option<&str>,
    day: Date,
    kept: &str,
) -> Option<(&'a str, Date)> {
    let name = AttributeName::of(kept).name;
    latest(before, after, employment, &READ, day)
        .or_else(|| latest(before, after, employment, &[name], Date::MAX))
        .or_else(|| latest(before, after, employment, &READ, Date::MAX))
}

/// That a version reads a value for an employment.
struct Reading<'a> {
    employment: Employment<'a>,
    version: &'a Declared,
    unit: &'a str,
    /// On which days, in order.
    days: Vec<Days>,
}

impl Reading<'_> {
    fn since(&self) -> Date {
        self.days.first().map_or(Date::MAX, |first| first.from)
    }

    fn ruleset(&self) -> &str {
        self.version.ruleset.manifest().name.as_str()
    }

    fn meets(&self, other: &Self) -> bool {
        self.days.iter().any(|days| other.days.iter().any(|one| days.common(*one).is_some()))
    }
}

/// For each employment, which versions are for it while it runs, and when.
struct Readers<'a> {
    declared: &'a Declarations,
    same: Same<'a>,
    employments: Vec<(Employment<'a>, BTreeMap<usize, Vec<Days>>)>,
}

impl<'a> Readers<'a> {
    fn new(
        declared: &'a Declarations,
        organization: &Organization,
        attributes: &'a Attributes,
    ) -> Self {
        let employments = Employment::all(attributes);
        let membership = Membership::new(declared, &employments);
        let each = employments.iter().enumerate().map(|(at, employment)| {
            let mut by_version: BTreeMap<usize, Vec<Days>> = BTreeMap::new();
            for (days, is_placed) in running(*employment, organization) {
                for (version, one) in declared.versions.iter().enumerate() {
                    if is_placed || organization.slots.contains_key(&one.slot) {
                        let here = membership.days(version, at).iter();
                        let here = here.filter_map(|range| range.common(days));
                        by_version.entry(version).or_default().extend(here);
                    }
                }
            }
            (*employment, by_version)
        });
        let employments = each.collect();
        Self { declared, same: Same::of(attributes), employments }
    }

    /// By whom a value that holds on these days is read.
    fn readings(&self, kept: &str, days: Days) -> Vec<Reading<'a>> {
        let (name, closer) = (AttributeName::of(kept), self.same.closer(kept));
        let mut readings = Vec::new();
        for (employment, by_version) in &self.employments {
            if name.employment.is_some() && name.employment != employment.id() {
                continue;
            }
            for (version, ranges) in by_version {
                let Some(version) = self.declared.versions.get(*version) else { continue };
                let Some(unit) = unit(version, kept) else { continue };
                let ruleset = version.ruleset.manifest().name.as_str();
                let Some(read) = read(&closer, employment.id(), ruleset, days) else { continue };
                let days: Vec<Days> =
                    ranges.iter().filter_map(|range| range.common(read)).collect();
                if !days.is_empty() {
                    readings.push(Reading { employment: *employment, version, unit, days });
                }
            }
        }
        readings
    }
}

/// When an employment runs, and whether somebody says where it belongs then. Before anything is said
/// of it there is none.
fn running(employment: Employment<'_>, organization: &Organization) -> Vec<(Days, bool)> {
    let begins = employment.begins();
    let turns: BTreeSet<Date> = employment.turns().chain(begins).collect();
    let turns = turns.into_iter().filter(|day| begins.is_none_or(|begins| begins <= *day));
    let turns: Vec<Date> = turns.collect();
    let ends = turns.iter().skip(1).map(|next| next.yesterday().ok()).chain([None]);
    let runs = turns.iter().zip(ends).filter(|(from, _)| employment.runs(**from));
    let runs = runs.map(|(from, until)| {
        let is_placed = organization.country(employment.placement(*from)).is_some();
        (Days { from: *from, until }, is_placed)
    });
    runs.collect()
}

/// For whom and from when on a value is wanted, and what is to be said of it.
type Wanted<'a> = (Option<&'a str>, Date, String);

/// The reading of a value in a unit that is not the one in which it is or was read elsewhere. Who
/// reads it at once in both, by two rulesets, reads nothing otherwise than before.
fn other_unit<'a>(
    kept: &str,
    from: Date,
    was: &[Reading<'_>],
    is: &[Reading<'a>],
) -> Option<Wanted<'a>> {
    let is_known = |one: &Reading<'_>| {
        was.iter().any(|known| {
            known.unit == one.unit
                && known.ruleset() == one.ruleset()
                && known.employment.id().is_none_or(|id| one.employment.id() == Some(id))
        })
    };
    let mut new: Vec<&Reading<'a>> = is.iter().filter(|one| !is_known(one)).collect();
    new.sort_by_key(|one| one.since());
    let firsts = [was, is].map(|readings| (readings, first_by_unit(readings)));
    for one in new {
        let others = firsts.iter().flat_map(|(among, firsts)| {
            let others = firsts.values().copied().filter(|other| {
                other.unit != one.unit
                    && other.ruleset() != one.ruleset()
                    && !reads_too(is, one, other.unit)
                    && !reads_too(among, other, one.unit)
            });
            others.collect::<Vec<_>>()
        });
        let Some(other) = others.min_by_key(|other| other.since()) else { continue };
        let (name, id, day) = (AttributeName::of(kept).name, one.employment.id(), one.since());
        let own = id.map_or(name.to_owned(), |id| format!("{name}@{id}"));
        let expected = format!(
            "{name} in {} for {} from {day} on, too, as {} {} demands: {kept} from {from} on is in \
             {}, as {} reads it; state {own} in the same change, or end it",
            one.unit,
            one.employment.name(),
            one.ruleset(),
            one.version.ruleset.manifest().version,
            other.unit,
            other.ruleset(),
        );
        return Some((id, day, expected));
    }
    None
}

/// For each unit the reading that comes first.
fn first_by_unit<'a, 'b>(readings: &'b [Reading<'a>]) -> BTreeMap<&'a str, &'b Reading<'a>> {
    let mut firsts: BTreeMap<&str, &Reading<'_>> = BTreeMap::new();
    for one in readings {
        let first = firsts.entry(one.unit).or_insert(one);
        if one.since() < first.since() {
            *first = one;
        }
    }
    firsts
}

/// Whether the employment of a reading is read in the unit, too, on one of its days.
fn reads_too(among: &[Reading<'_>], one: &Reading<'_>, unit: &str) -> bool {
    let mut others = among.iter().filter(|other| other.unit == unit);
    others.any(|other| other.employment.id() == one.employment.id() && other.meets(one))
}

/// Two employments for which one amount is read on the same day.
struct Twice<'a> {
    first: Employment<'a>,
    second: Employment<'a>,
    day: Date,
}

impl<'a> Twice<'a> {
    fn said(&self, kept: &str, from: Date) -> Wanted<'a> {
        let (first, second) = (self.first.name(), self.second.name());
        let name = AttributeName::of(kept).name;
        let own = self.second.id().map_or(name.to_owned(), |id| format!("{name}@{id}"));
        let expected = format!(
            "an amount of its own for {second} on {}, as {own}: {kept} from {from} on is read for \
             {first}, too, so that it would be paid twice",
            self.day
        );
        (self.second.id(), self.day, expected)
    }
}

fn twice<'a>(readings: &[Reading<'a>]) -> Option<Twice<'a>> {
    let amounts = readings.iter().filter(|one| is_money(one.unit));
    let mut ranges: Vec<(Days, Employment<'a>)> =
        amounts.flat_map(|one| one.days.iter().map(|days| (*days, one.employment))).collect();
    ranges.sort_by_key(|(days, employment)| (days.from, employment.begins()));
    // Of those that have begun, the one that goes on longest: who meets any of them meets it.
    let mut longest: Option<(Days, Employment<'a>)> = None;
    for (days, employment) in ranges {
        if let Some((before, first)) = longest {
            if first.id() != employment.id() && before.common(days).is_some() {
                return Some(Twice { first, second: employment, day: days.from });
            }
            if before.until.is_none_or(|until| days.until.is_some_and(|other| other <= until)) {
                continue;
            }
        }
        longest = Some((days, employment));
    }
    None
}

/// Whether it counts money: the code of a currency, by itself or for a time.
fn is_money(unit: &str) -> bool {
    let code = unit.split('/').next().unwrap_or_default();
    code.len() == 3 && code.bytes().all(|letter| letter.is_ascii_uppercase())
}
