//! On which days the slots of versions in force are for which employments: worked out once for an
//! employee, so that each of many values is only looked up.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::declared::{Declarations, Declared};
use super::employment::Employment;
use crate::state::organization::{Organization, Place, Placement};

/// Days from the first to the last, until further notice where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Days {
    pub(super) from: Date,
    pub(super) until: Option<Date>,
}

impl Days {
    pub(super) fn have(self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Those that both have, if there are any.
    pub(super) fn common(self, other: Self) -> Option<Self> {
        let from = self.from.max(other.from);
        let until = self.until.into_iter().chain(other.until).min();
        until.is_none_or(|until| from <= until).then_some(Self { from, until })
    }
}

/// For each version the days on which its slot is for each employment, apart and in order.
#[derive(PartialEq, Eq)]
pub(super) struct Membership(Vec<Vec<Vec<Days>>>);

impl Membership {
    /// Of these employments. Where the tenant has not said how it is organized, every slot is for all
    /// of them as long as the version is in force.
    pub(super) fn new(declarations: &Declarations, employments: &[Employment<'_>]) -> Self {
        let stays: Vec<Vec<(Date, Placement<'_>)>> = employments.iter().map(stays).collect();
        let of_version = |version: &Declared| {
            let in_force = Days { from: version.from, until: version.until };
            let of_employment =
                |stays: &Vec<(Date, Placement<'_>)>| match declarations.organization.as_deref() {
                    None => vec![in_force],
                    Some(organization) => admitted(organization, version, in_force, stays),
                };
            stays.iter().map(of_employment).collect()
        };
        Self(declarations.versions.iter().map(of_version).collect())
    }

    /// Whether the version at this position is for the employment at that one, on one of the days.
    pub(super) fn has(&self, version: usize, employment: usize, days: Days) -> bool {
        let ranges = self.days(version, employment);
        // In order: the first that has not ended before the days begin.
        let next =
            ranges.partition_point(|range| range.until.is_some_and(|until| until < days.from));
        ranges.get(next).is_some_and(|range| days.until.is_none_or(|until| range.from <= until))
    }

    /// The days on which the version at this position is for the employment at that one.
    pub(super) fn days(&self, version: usize, employment: usize) -> &[Days] {
        let ranges = self.0.get(version).and_then(|of| of.get(employment));
        ranges.map_or(&[][..], Vec::as_slice)
    }
}

/// Where an employment belongs, from when on; before the first it belongs nowhere.
fn stays<'a>(employment: &Employment<'a>) -> Vec<(Date, Placement<'a>)> {
    let moves: BTreeSet<Date> = employment.moves().collect();
    moves.into_iter().map(|day| (day, employment.placement(day))).collect()
}

/// The days on which the version's slot is for an employment that belongs where it says.
fn admitted(
    organization: &Organization,
    version: &Declared,
    in_force: Days,
    stays: &[(Date, Placement<'_>)],
) -> Vec<Days> {
    let manifest = version.ruleset.manifest();
    let place = Place { slot: &version.slot, jurisdiction: manifest.jurisdiction.as_deref() };
    let changes = organization.changes(&version.slot).chain(stays.iter().map(|(day, _)| *day));
    let begins: BTreeSet<Date> =
        changes.filter(|day| in_force.have(*day)).chain([in_force.from]).collect();
    let ends = begins.iter().skip(1).map(|next| next.yesterday().ok()).chain([in_force.until]);
    let mut admitted: Vec<Days> = Vec::new();
    for (from, until) in begins.iter().copied().zip(ends) {
        let begun = stays.partition_point(|(day, _)| *day <= from);
        let stay = begun.checked_sub(1).and_then(|last| stays.get(last));
        let placement = stay.map(|(_, placement)| *placement).unwrap_or_default();
        if !organization.admits(place, from, placement) {
            continue;
        }
        match admitted.last_mut() {
            // It goes on where the last one ended.
            Some(last) if last.until == from.yesterday().ok() => last.until = until,
            _ => admitted.push(Days { from, until }),
        }
    }
    admitted
}
