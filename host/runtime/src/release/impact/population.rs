//! For whom a report is made, read page by page.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use serde_json::{Map, Value};
use stele_engine::contract::{Description, Value as Fact};
use stele_ruleset::{CalculationError, read_facts_with};
use stele_store::{Attributes, EmployeeId, Store, StoreError, TenantId};

use super::content::{CommonFacts, PopulationKind};

/// Employees that one worker takes at a time: about a millisecond of work for each date.
const PAGE: usize = 128;

/// For whom a report is asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum ImpactPopulation {
    /// Everyone that is known.
    All,
    /// These employees.
    Employees(Vec<EmployeeId>),
    /// Facts that need no employee, each under a name for the report.
    Facts(Vec<(EmployeeId, Map<String, Value>)>),
}

impl ImpactPopulation {
    pub(super) fn kind(&self) -> PopulationKind {
        match self {
            Self::All => PopulationKind::All,
            Self::Employees(_) => PopulationKind::Employees,
            Self::Facts(_) => PopulationKind::Facts,
        }
    }
}

/// One of the population.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) id: EmployeeId,
    attributes: Attributes,
    /// Facts that go before the attributes.
    facts: Arc<Map<String, Value>>,
}

impl Person {
    /// Whether what is the same for everyone goes before something that is known of this one: then
    /// what comes out is not what this one would be paid.
    pub(super) fn is_overridden(&self) -> bool {
        self.facts.keys().any(|name| self.attributes.contains_key(name))
    }

    /// The facts on a date as a version declares them. The error says why there are none.
    pub(super) fn facts(&self, description: &Description, date: Date) -> Result<Vec<Fact>, String> {
        let known = |name: &str| {
            let values = self.attributes.get(name)?;
            // Sorted by date: the last one that has begun.
            let begun = values.partition_point(|value| value.from <= date);
            values.get(begun.checked_sub(1)?).map(|value| &value.value)
        };
        read_facts_with(description, &self.facts, known, date)
            .map_err(|errors| CalculationError::InvalidFacts(errors).to_string())
    }
}

/// The population as known at one time.
pub(super) struct Census {
    pub(super) store: Arc<dyn Store>,
    pub(super) tenant: TenantId,
    pub(super) known_at: Timestamp,
    pub(super) population: ImpactPopulation,
    /// Facts that are the same for everyone; they go before attributes.
    pub(super) facts: Arc<Map<String, Value>>,
}

/// Where the next page begins.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    after: Option<EmployeeId>,
    /// Position, in a population that is listed.
    next: usize,
    ended: bool,
}

impl Census {
    /// The facts that are the same for everyone, as text.
    pub(super) fn common_facts(&self) -> CommonFacts {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        self.facts.iter().map(|(name, value)| (name.clone(), text(value))).collect()
    }

    /// How many there are.
    pub(super) async fn count(&self) -> Result<u64, StoreError> {
        match &self.population {
            ImpactPopulation::All => self.everyone().await,
            ImpactPopulation::Employees(employees) => Ok(employees.len() as u64),
            ImpactPopulation::Facts(facts) => Ok(facts.len() as u64),
        }
    }

    /// How many people the tenant has.
    pub(super) async fn everyone(&self) -> Result<u64, StoreError> {
        let mut count = 0;
        let mut after = None;
        loop {
            let page =
                self.store.employees(&self.tenant, after.as_ref(), PAGE, self.known_at).await?;
            let Some(last) = page.last() else { return Ok(count) };
            after = Some(last.employee.clone());
            count += page.iter().filter(|revision| revision.attributes.is_some()).count() as u64;
        }
    }

    /// The next page; none after the last.
    pub(super) async fn page(&self, place: &mut Place) -> Result<Option<Vec<Person>>, StoreError> {
        if place.ended {
            return Ok(None);
        }
        let from = place.next;
        place.next = from.saturating_add(PAGE);
        let page: Vec<Person> = match &self.population {
            ImpactPopulation::All => {
                let after = place.after.as_ref();
                let found = self.store.employees(&self.tenant, after, PAGE, self.known_at).await?;
                place.after = found.last().map(|last| last.employee.clone());
                let persons = found.into_iter().filter_map(|revision| {
                    Some(self.person(revision.employee, revision.attributes?))
                });
                persons.collect()
            }
            ImpactPopulation::Employees(employees) => {
                let listed = employees.get(from..).unwrap_or_default();
                let listed = &listed[..listed.len().min(PAGE)];
                let found = self.store.employees_by_ids(&self.tenant, listed, self.known_at);
                let found = found.await?.into_iter().flatten();
                let persons = found.filter_map(|revision| {
                    Some(self.person(revision.employee, revision.attributes?))
                });
                persons.collect()
            }
            ImpactPopulation::Facts(facts) => {
                let listed = facts.iter().skip(from).take(PAGE);
                listed.map(|(id, facts)| self.made_of(id, facts)).collect()
            }
        };
        place.ended = page.is_empty();
        Ok(Some(page).filter(|page| !page.is_empty()))
    }

    /// One of them.
    pub(super) async fn one(&self, id: &EmployeeId) -> Result<Option<Person>, StoreError> {
        match &self.population {
            ImpactPopulation::Facts(facts) => {
                let found = facts.iter().find(|(other, _)| other == id);
                Ok(found.map(|(id, facts)| self.made_of(id, facts)))
            }
            ImpactPopulation::All | ImpactPopulation::Employees(_) => self.employee(id).await,
        }
    }

    async fn employee(&self, id: &EmployeeId) -> Result<Option<Person>, StoreError> {
        let found = self.store.employee(&self.tenant, id, self.known_at).await?;
        Ok(found.and_then(|found| Some(self.person(found.employee, found.attributes?))))
    }

    fn person(&self, id: EmployeeId, attributes: Attributes) -> Person {
        Person { id, attributes, facts: self.facts.clone() }
    }

    /// Facts of its own go before those that are the same for everyone.
    fn made_of(&self, id: &EmployeeId, own: &Map<String, Value>) -> Person {
        let mut facts = Map::clone(&self.facts);
        facts.extend(own.clone());
        Person { id: id.clone(), attributes: Attributes::new(), facts: Arc::new(facts) }
    }
}
