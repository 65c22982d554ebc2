//! What may be asked for. Everything that is wrong is named at once, before anything is kept.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use serde_json::{Map, Value};
use stele_ruleset::{FieldError, Horizon};
use stele_store::{EmployeeId, Slot, StoreError, TenantId};

use super::paid::PaidFilter;
use super::population::ImpactPopulation;
use crate::state::{catalog::Version, running::NoRoom, runtime::Runtime};

/// Most dates of a report: five years of months.
const MOST_DATES: usize = 60;
/// Most employees that are named one by one, or come with facts. More are better stored.
const MOST_LISTED: usize = 10_000;
/// Most wrong employees that are named.
const MOST_ERRORS: usize = 100;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct ImpactRequest {
    /// The slot.
    pub slot: Slot,
    /// The candidate: name of the ruleset.
    pub ruleset: String,
    /// Its version.
    pub version: String,
    /// For whom.
    pub population: ImpactPopulation,
    /// On which dates; none over recorded results, which have their own.
    pub dates: Vec<Date>,
    /// Facts that are the same for everyone; they go before attributes. None over recorded results.
    pub facts: Map<String, Value>,
}

/// Why no report is made.
#[derive(Debug, thiserror::Error)]
pub enum ImpactError {
    /// What is wrong with the request, each with its place in it.
    #[error("{} wrong fields", .0.len())]
    Invalid(Vec<FieldError>),
    /// No such tenant.
    #[error("there is no tenant {0}")]
    UnknownTenant(TenantId),
    /// The tenant has as many reports made as it may at the same time.
    #[error(
        "{most} impact reports of this tenant are being made, as many as may be at the same time; \
         ask again when one has ended"
    )]
    ShareUsed {
        /// How many.
        most: usize,
    },
    /// All tenants together have as many made as may be.
    #[error(
        "{most} impact reports are being made, as many as may be at the same time; ask again when \
         one has ended"
    )]
    Saturated {
        /// How many.
        most: usize,
    },
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<NoRoom> for ImpactError {
    fn from(full: NoRoom) -> Self {
        match full {
            NoRoom::OfTheTenant { most } => Self::ShareUsed { most },
            NoRoom::OfAll { most } => Self::Saturated { most },
        }
    }
}

impl ImpactRequest {
    /// Checks everything; gives the candidate. The dates are sorted afterwards, and so is a listed
    /// population.
    pub(super) async fn check(
        &mut self,
        runtime: &Arc<Runtime>,
        tenant: &TenantId,
        known_at: Timestamp,
    ) -> Result<Arc<Version>, ImpactError> {
        let candidate = runtime.visible_version(tenant, &self.ruleset, &self.version);
        let mut errors = Vec::new();
        match &candidate {
            Some(candidate) => {
                let record = &candidate.record;
                let horizon = Horizon { from: record.from, until: record.until };
                self.check_dates(Some(horizon), &mut errors);
            }
            None => {
                errors.push(self.unknown_candidate(runtime, tenant));
                self.check_dates(None, &mut errors);
            }
        }
        self.check_population(&mut errors);
        if let ImpactPopulation::Employees(employees) = &self.population {
            errors.extend(unknown_employees(runtime, tenant, employees, known_at).await?);
        }
        self.dates.sort_unstable();
        match &mut self.population {
            ImpactPopulation::All | ImpactPopulation::Results(..) => {}
            ImpactPopulation::Employees(employees) => employees.sort_unstable(),
            ImpactPopulation::Facts(facts) => facts.sort_by(|(a, _), (b, _)| a.cmp(b)),
        }
        match candidate {
            Some(candidate) if errors.is_empty() => Ok(candidate),
            _ => Err(ImpactError::Invalid(errors)),
        }
    }

    fn unknown_candidate(&self, runtime: &Runtime, tenant: &TenantId) -> FieldError {
        let is_known = runtime.state().catalog().versions.visible(tenant, &self.ruleset).is_some();
        let quote = |text: &str| format!("{:?}", text.chars().take(60).collect::<String>());
        if is_known {
            let expected = format!("a published version of {}", self.ruleset);
            FieldError::new("/candidate/version", expected, quote(&self.version))
        } else {
            let expected = "a ruleset that this tenant sees";
            FieldError::new("/candidate/ruleset", expected, quote(&self.ruleset))
        }
    }

    fn check_dates(&self, horizon: Option<Horizon>, errors: &mut Vec<FieldError>) {
        if self.population.results().is_some() {
            if !self.dates.is_empty() {
                let expected = "no dates: recorded results have their own";
                errors.push(FieldError::new("/dates", expected, self.dates.len().to_string()));
            }
            return;
        }
        if !(1..=MOST_DATES).contains(&self.dates.len()) {
            let expected = format!("1 to {MOST_DATES} dates");
            errors.push(FieldError::new("/dates", expected, self.dates.len().to_string()));
            return;
        }
        let mut seen = HashSet::new();
        for (position, date) in self.dates.iter().enumerate() {
            let pointer = format!("/dates/{position}");
            if !seen.insert(date) {
                errors.push(FieldError::new(pointer, "each date once", format!("{date} again")));
            } else if let Some(horizon) = horizon.filter(|horizon| !horizon.contains(*date)) {
                let expected = format!("a date from {horizon}, which the candidate knows");
                errors.push(FieldError::new(pointer, expected, date.to_string()));
            }
        }
    }

    fn check_results(&self, filter: &PaidFilter, errors: &mut Vec<FieldError>) {
        let PaidFilter { from, to, .. } = filter;
        if to < from {
            let expected = format!("a date from {from} on");
            errors.push(FieldError::new("/population/results/to", expected, to.to_string()));
        }
        if let Some(name) = self.facts.keys().next() {
            let expected = "no facts: recorded results have their own";
            errors.push(FieldError::new("/facts", expected, format!("{name:?}")));
        }
    }

    fn check_population(&self, errors: &mut Vec<FieldError>) {
        let (list, ids, id): (_, Vec<&EmployeeId>, _) = match &self.population {
            ImpactPopulation::All => return,
            ImpactPopulation::Results(filter, _) => return self.check_results(filter, errors),
            ImpactPopulation::Employees(employees) => {
                ("/population/employees", employees.iter().collect(), "")
            }
            ImpactPopulation::Facts(facts) => {
                ("/population/facts", facts.iter().map(|(id, _)| id).collect(), "/id")
            }
        };
        if !(1..=MOST_LISTED).contains(&ids.len()) {
            let expected = format!("1 to {MOST_LISTED} employees");
            errors.push(FieldError::new(list, expected, ids.len().to_string()));
            return;
        }
        let mut first: HashMap<&EmployeeId, usize> = HashMap::new();
        let mut repeated = Vec::new();
        for (position, employee) in ids.into_iter().enumerate() {
            if let Some(first) = first.insert(employee, position) {
                let found = format!("\"{employee}\" again, as at {first}");
                repeated.push(FieldError::new(
                    format!("{list}/{position}{id}"),
                    "each id once",
                    &found,
                ));
            }
        }
        errors.extend(repeated.into_iter().take(MOST_ERRORS));
    }
}

async fn unknown_employees(
    runtime: &Runtime,
    tenant: &TenantId,
    employees: &[EmployeeId],
    known_at: Timestamp,
) -> Result<Vec<FieldError>, StoreError> {
    let employees = &employees[..employees.len().min(MOST_LISTED)];
    let known = runtime.store().employees_by_ids(tenant, employees, known_at).await?;
    let mut errors = Vec::new();
    for ((position, employee), found) in employees.iter().enumerate().zip(known) {
        if found.is_none_or(|found| found.attributes.is_none()) {
            let pointer = format!("/population/employees/{position}");
            let found = format!("\"{employee}\"");
            errors.push(FieldError::new(pointer, "an employee of this tenant", found));
            if errors.len() == MOST_ERRORS {
                break;
            }
        }
    }
    Ok(errors)
}
