//! What is compared with what: on each date the version in force beside the candidate, all made
//! ready, with common numbers for what they declare.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use stele_digest::Digest;
use stele_ruleset::Ruleset;
use stele_store::{RulesetVersion, Slot, TenantId};
use uuid::Uuid;

use super::content::ImpactVersion;
use super::largest::Weight;
use super::summary::Shape;
use super::terms::{Numbers, Terms};
use crate::state::{
    catalog::Active,
    runtime::Runtime,
    shelf::{LoadError, Shelved},
};

/// The versions to compare, not made ready yet.
pub(super) struct Draft {
    /// In whose turns they are made ready.
    pub(super) holder: Arc<str>,
    pub(super) candidate: Arc<Shelved>,
    /// Each date with what the candidate is compared with on it.
    pub(super) dates: Vec<(Date, Option<Compared>)>,
}

/// A version that the candidate is compared with, not made ready yet.
pub(super) struct Compared {
    place: Arc<Shelved>,
    named: ImpactVersion,
    activation: Option<Uuid>,
}

/// A version that takes part.
pub(super) struct Version {
    pub(super) ruleset: Arc<Ruleset>,
    pub(super) numbers: Numbers,
}

/// One date.
pub(super) struct Day {
    pub(super) date: Date,
    pub(super) in_force: Option<InForce>,
}

/// What is in force on a date.
pub(super) struct InForce {
    /// Position among the versions.
    pub(super) version: usize,
    /// Whether it takes the same facts as the candidate, so that they are read once for both.
    pub(super) shares_facts: bool,
    /// The activation that put it in force; none where recorded results say which version it was.
    pub(super) activation: Option<Uuid>,
    /// What it is called.
    pub(super) named: ImpactVersion,
}

/// All of it.
pub(super) struct Plan {
    /// The candidate first.
    pub(super) versions: Vec<Version>,
    pub(super) days: Vec<Day>,
    pub(super) terms: Terms,
}

/// The category of what a person is paid in the end, as in `wit/rule.wit`.
const NET: &str = "net";

/// Position of the candidate among the versions.
pub(super) const CANDIDATE: usize = 0;

impl Draft {
    /// What is in force on the dates, as known at a time.
    pub(super) fn new(
        runtime: &Runtime,
        tenant: &TenantId,
        slot: &Slot,
        candidate: Arc<Shelved>,
        dates: &[Date],
        known_at: Timestamp,
    ) -> Self {
        let catalog = runtime.state().catalog();
        let history = catalog.slots.get(tenant).and_then(|slots| slots.get(slot));
        let in_force = |date: &Date| {
            let Active { record, place, .. } = history?.in_force(*date, known_at)?.as_ref();
            let (ruleset, version) = (record.ruleset.clone(), record.version.clone());
            let named = ImpactVersion { ruleset, version, digest: record.digest };
            Some(Compared { place: place.clone(), named, activation: Some(record.id) })
        };
        let dates = dates.iter().map(|date| (*date, in_force(date))).collect();
        Self { holder: tenant.shared().clone(), candidate, dates }
    }

    /// The same, compared with the versions that made recorded results.
    pub(super) fn over(self, runtime: &Runtime, days: &[(Date, RulesetVersion)]) -> Self {
        let dates = days.iter().map(|(date, made_with)| {
            let RulesetVersion { ruleset, version, digest } = made_with.clone();
            let place = runtime.state().shelf.place(digest);
            let named = ImpactVersion { ruleset, version, digest };
            (*date, Some(Compared { place, named, activation: None }))
        });
        Self { dates: dates.collect(), ..self }
    }

    /// Makes all versions ready.
    pub(super) async fn open(self, runtime: &Runtime) -> Result<Plan, LoadError> {
        let mut terms = Terms::default();
        let candidate =
            self.candidate.open_patiently(&self.holder, runtime.engine(), runtime.store()).await?;
        let numbers = terms.add(&candidate);
        let mut versions = vec![Version { ruleset: candidate.clone(), numbers }];
        let mut opened: Vec<(Digest, usize)> = vec![(candidate.digest(), CANDIDATE)];
        let mut days = Vec::with_capacity(self.dates.len());
        for (date, compared) in self.dates {
            let Some(Compared { place, named, activation }) = compared else {
                days.push(Day { date, in_force: None });
                continue;
            };
            let digest = named.digest;
            let known = opened.iter().find(|(other, _)| *other == digest).map(|(_, at)| *at);
            let version = match known {
                Some(version) => version,
                None => {
                    let ruleset = place
                        .open_patiently(&self.holder, runtime.engine(), runtime.store())
                        .await?;
                    let numbers = terms.add(&ruleset);
                    versions.push(Version { ruleset, numbers });
                    opened.push((digest, versions.len() - 1));
                    versions.len() - 1
                }
            };
            let shares_facts = versions.get(version).is_some_and(|version| {
                version.ruleset.description().facts == candidate.description().facts
            });
            days.push(Day {
                date,
                in_force: Some(InForce { version, shares_facts, activation, named }),
            });
        }
        Ok(Plan { versions, days, terms })
    }
}

impl Plan {
    /// What a summary needs to know of it.
    pub(super) fn shape(&self) -> Shape {
        let has_money = self.terms.items.iter().any(|item| item.is_money);
        let weights = self.terms.items.iter().map(|item| match item.is_money {
            true if item.category == NET => Weight::Net,
            false if has_money => Weight::None,
            true | false => Weight::Other,
        });
        Shape {
            dates: self.days.len(),
            weights: weights.collect(),
            money: self.terms.items.iter().map(|item| item.is_money).collect(),
            findings: self.terms.findings.len(),
        }
    }

    /// The version that is in force on a day.
    pub(super) fn current(&self, day: &Day) -> Option<&Version> {
        self.versions.get(day.in_force.as_ref()?.version)
    }
}
