//! The population of those who were paid: recorded results, whose facts the candidate runs over and
//! whose outcomes it is compared with, so that a report shows the effect on what people really got.
//!
//! Where results lie and what they hold besides is not known here: [`PaidResults`] gives what the
//! comparison needs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use futures::future::BoxFuture;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use stele_ruleset::{Calculation, RecallError, RecordedOutcome, RecordedStep, Ruleset};
use stele_store::{
    EmployeeId, EmploymentId, ResultId, RulesetVersion, Slot, Store, StoreError, TenantId,
};

use super::stop::Stop;
use crate::people::name::employments;

/// Most results of a report: a month of more people than anybody pays, or a year of 20,000. Each is
/// about 200 bytes in memory while the report is made.
const MOST_RESULTS: usize = 250_000;
/// Most different dates of them, as of a report over other populations.
const MOST_DATES: usize = 60;
/// Employees that are looked up at once.
const PAGE: usize = 256;
/// Most versions on all dates together. Each is made ready.
const MOST_DAYS: usize = 4 * MOST_DATES;

/// Which recorded results a report is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ImpactResults)]
pub struct PaidFilter {
    /// Recorded in this slot.
    pub slot: Slot,
    /// Calculated for this date or a later one.
    pub from: Date,
    /// Calculated for this date or an earlier one.
    pub to: Date,
}

/// Gives recorded results to a comparison.
pub trait PaidResults: fmt::Debug + Send + Sync {
    /// Those that a filter takes and that were recorded at or before a time, in the order in which
    /// they were recorded, at most so many.
    fn list<'a>(
        &'a self,
        filter: &'a PaidFilter,
        known_at: Timestamp,
        most: usize,
    ) -> BoxFuture<'a, Result<Vec<PaidHeading>, StoreError>>;

    /// What they hold, in the order in which they are asked for; none: erased meanwhile.
    fn read<'a>(
        &'a self,
        ids: &'a [ResultId],
    ) -> BoxFuture<'a, Result<Vec<Option<PaidResult>>, StoreError>>;
}

/// A recorded result without what it holds.
#[derive(Debug, Clone)]
pub struct PaidHeading {
    /// Which.
    pub id: ResultId,
    /// For whom, if for an employee.
    pub employee: Option<EmployeeId>,
    /// The employment, where the employee's are told apart.
    pub employment: Option<EmploymentId>,
    /// The date that it was calculated for.
    pub date: Date,
    /// The version that it was calculated with.
    pub version: RulesetVersion,
}

/// What a recorded result holds.
#[derive(Clone)]
pub struct PaidResult {
    /// The facts as the rule saw them, by name.
    pub facts: Map<String, Value>,
    /// Those of them that were given for this calculation, not taken from what is known of the
    /// employee.
    pub given: Vec<String>,
    /// What it came to.
    pub outcome: RecordedOutcome,
    /// How its lines came about, where that was recorded.
    pub steps: Vec<RecordedStep>,
    /// Fuel that it took.
    pub fuel: u64,
}

/// Personal data never reaches a log by way of `{:?}`.
impl fmt::Debug for PaidResult {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PaidResult").finish_non_exhaustive()
    }
}

impl PaidResult {
    /// The calculation as it was recorded with this version.
    pub(super) fn recall(&self, ruleset: &Ruleset, date: Date) -> Result<Calculation, RecallError> {
        ruleset.recall(date, &self.facts, &self.outcome, &self.steps, self.fuel)
    }
}

/// The results of a report, each with its place among its days.
#[derive(Debug)]
pub(super) struct Paid {
    pub(super) source: Arc<dyn PaidResults>,
    /// By person, then by day.
    entries: Vec<Entry>,
    /// Dates with the version that made results for them, in order.
    pub(super) days: Vec<(Date, RulesetVersion)>,
    /// Results that are left out, because a later one of the same employment and date was recorded.
    pub(super) superseded: u64,
}

/// Whose a result is. In a report employments are told apart as people are: what was paid in one
/// corrects nothing that was paid in another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PaidPerson {
    /// The employee, or the result itself where it is nobody's.
    pub(super) id: EmployeeId,
    /// The employment, where the employee's are told apart.
    pub(super) employment: Option<EmploymentId>,
}

/// What is known of people at one time.
#[derive(Clone, Copy)]
pub(super) struct KnownPeople<'a> {
    pub(super) store: &'a dyn Store,
    pub(super) tenant: &'a TenantId,
    pub(super) at: Timestamp,
}

/// One result.
#[derive(Debug)]
pub(super) struct Entry {
    /// Whose.
    pub(super) person: PaidPerson,
    /// Position of the day.
    pub(super) day: usize,
    pub(super) id: ResultId,
}

impl Paid {
    /// Lists the results, and which days they are of. Somebody's only employment has the results that
    /// were recorded before it was told apart: what was recorded in it then corrects them.
    pub(super) async fn new(
        source: Arc<dyn PaidResults>,
        filter: &PaidFilter,
        people: KnownPeople<'_>,
    ) -> Result<Self, Stop> {
        let listed = source.list(filter, people.at, MOST_RESULTS + 1).await?;
        if listed.len() > MOST_RESULTS {
            return Err(Stop::TooManyResults { most: MOST_RESULTS });
        }
        let all = listed.len();
        let only = only_employments(&listed, people).await?;
        // Recorded in order: of an employment and a date the last one stays.
        let mut last: BTreeMap<(PaidPerson, Date), PaidHeading> = BTreeMap::new();
        for heading in listed {
            let id = match &heading.employee {
                Some(employee) => employee.clone(),
                None => EmployeeId::new(&heading.id.to_string()).map_err(|_| Stop::Worker)?,
            };
            let employment = heading.employment.clone().or_else(|| only.get(&id).cloned());
            last.insert((PaidPerson { id, employment }, heading.date), heading);
        }
        let key = |date: Date, version: &RulesetVersion| {
            let RulesetVersion { ruleset, version, digest } = version;
            (date, ruleset.clone(), version.clone(), *digest)
        };
        let mut days: BTreeMap<_, usize> =
            last.values().map(|heading| (key(heading.date, &heading.version), 0)).collect();
        days.values_mut().enumerate().for_each(|(position, day)| *day = position);
        let mut dates: Vec<Date> = days.keys().map(|(date, ..)| *date).collect();
        dates.dedup();
        if dates.len() > MOST_DATES || days.len() > MOST_DAYS {
            return Err(Stop::TooManyDates { found: dates.len(), most: MOST_DATES });
        }
        let superseded = (all - last.len()) as u64;
        let entries = last.into_iter().map(|((person, _), heading)| Entry {
            person,
            day: days.get(&key(heading.date, &heading.version)).copied().unwrap_or_default(),
            id: heading.id,
        });
        let entries = entries.collect();
        let days = days.into_keys().map(|(date, ruleset, version, digest)| {
            (date, RulesetVersion { ruleset, version, digest })
        });
        Ok(Self { source, entries, days: days.collect(), superseded })
    }

    /// How many results there are.
    pub(super) fn results(&self) -> u64 {
        self.entries.len() as u64
    }

    /// Results of whole employees, with all employments of each, from a position on, of at least so
    /// many results unless it is the last page.
    pub(super) fn page(&self, from: usize, least: usize) -> &[Entry] {
        let rest = self.entries.get(from..).unwrap_or_default();
        let last = rest.get(least.saturating_sub(1)).map(|last| &last.person.id);
        let end = match last {
            Some(last) => rest.partition_point(|entry| entry.person.id <= *last),
            None => rest.len(),
        };
        rest.get(..end).unwrap_or_default()
    }

    /// The results of one person.
    pub(super) fn of(&self, person: &PaidPerson) -> &[Entry] {
        let from = self.entries.partition_point(|entry| entry.person < *person);
        let to = self.entries.partition_point(|entry| entry.person <= *person);
        self.entries.get(from..to).unwrap_or_default()
    }
}

/// The only employment of each of those who were paid in it, and before that without any that was told
/// apart.
async fn only_employments(
    listed: &[PaidHeading],
    KnownPeople { store, tenant, at }: KnownPeople<'_>,
) -> Result<BTreeMap<EmployeeId, EmploymentId>, StoreError> {
    let mut paid: BTreeMap<&EmployeeId, BTreeSet<Option<&EmploymentId>>> = BTreeMap::new();
    for heading in listed {
        if let Some(employee) = &heading.employee {
            paid.entry(employee).or_default().insert(heading.employment.as_ref());
        }
    }
    // None goes before any name.
    let of_both = paid.into_iter().filter_map(|(employee, employments)| {
        let [None, Some(only)] = employments.into_iter().collect::<Vec<_>>()[..] else {
            return None;
        };
        Some((employee.clone(), only.clone()))
    });
    let (employees, onlies): (Vec<EmployeeId>, Vec<EmploymentId>) = of_both.unzip();
    let mut found = BTreeMap::new();
    for (employees, onlies) in employees.chunks(PAGE).zip(onlies.chunks(PAGE)) {
        let revisions = store.employees_by_ids(tenant, employees, at).await?;
        for ((employee, only), revision) in employees.iter().zip(onlies).zip(revisions) {
            let Some(attributes) = revision.and_then(|revision| revision.attributes) else {
                continue;
            };
            if employments(&attributes).into_iter().eq([only.as_str()]) {
                found.insert(employee.clone(), only.clone());
            }
        }
    }
    Ok(found)
}
