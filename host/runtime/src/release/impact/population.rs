//! For whom a report is made, read page by page.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use serde_json::{Map, Value};
use stele_engine::contract::Value as Fact;
use stele_ruleset::{Answered, Calculation, CalculationError, Outcome, Ruleset, read_facts_with};
use stele_store::{
    Attributes, EmployeeId, EmployeeRevision, EmploymentId, Store, StoreError, TenantId,
};

use super::audience::{Audience, Member, name_of, named};
use super::content::{CommonFacts, PopulationKind};
use super::difference::Answer;
use super::paid::{Entry, Paid, PaidFilter, PaidPerson, PaidResult, PaidResults};
use super::plan::Version;
use super::reason::Reason;
use crate::people::employment::Employment;
use crate::people::name::AttributeName;

/// Employees that one worker takes at a time: about a millisecond of work for each date.
const PAGE: usize = 128;

/// Results of one page of those who were paid, about: each is compared on one date only.
const PAGE_OF_RESULTS: usize = 512;

/// For whom a report is asked for.
#[derive(Debug, Clone)]
pub enum ImpactPopulation {
    /// Everyone that is known.
    All,
    /// These employees.
    Employees(Vec<EmployeeId>),
    /// Facts that need no employee, each under a name for the report.
    Facts(Vec<(EmployeeId, Map<String, Value>)>),
    /// Those who were paid: recorded results, on their own dates.
    Results(PaidFilter, Arc<dyn PaidResults>),
}

impl ImpactPopulation {
    pub(super) fn kind(&self) -> PopulationKind {
        match self {
            Self::All => PopulationKind::All,
            Self::Employees(_) => PopulationKind::Employees,
            Self::Facts(_) => PopulationKind::Facts,
            Self::Results(..) => PopulationKind::Results,
        }
    }

    /// How many are named, unless the store knows who they are.
    pub(super) fn listed(&self) -> Option<u64> {
        match self {
            Self::All | Self::Results(..) => None,
            Self::Employees(employees) => Some(employees.len() as u64),
            Self::Facts(facts) => Some(facts.len() as u64),
        }
    }

    /// Which recorded results, where it is those.
    pub(super) fn results(&self) -> Option<&PaidFilter> {
        match self {
            Self::Results(filter, _) => Some(filter),
            Self::All | Self::Employees(_) | Self::Facts(_) => None,
        }
    }
}

/// The day that a person's facts are asked for.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    /// Position of the day.
    pub(super) day: usize,
    pub(super) date: Date,
    /// The version that recorded results of the day were calculated with.
    pub(super) recorded_with: Option<&'a Version>,
}

/// One of the population.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) id: EmployeeId,
    attributes: Attributes,
    /// The employment that the slot is for, and on which days.
    member: Member,
    /// Facts that go before the attributes.
    facts: Arc<Map<String, Value>>,
    /// Of those who were paid the results by position of the day; none: it is another population.
    paid: Option<Vec<(usize, PaidResult)>>,
}

impl Person {
    /// Whether what is the same for everyone goes before something that is known of this one: then
    /// what comes out is not what this one would be paid.
    pub(super) fn is_overridden(&self) -> bool {
        let is_known =
            |name: &String| self.attributes.keys().any(|kept| AttributeName::of(kept).name == name);
        match &self.paid {
            None => self.facts.keys().any(is_known),
            // Nobody is paid what was calculated for nobody.
            Some(_) if self.attributes.is_empty() => true,
            Some(paid) => paid.iter().any(|(_, result)| result.given.iter().any(is_known)),
        }
    }

    /// Whether the report is over this person on a day.
    pub(super) fn is_asked_for(&self, day: usize) -> bool {
        match (&self.paid, &self.member.days) {
            (Some(_), _) => self.result(day).is_some(),
            (None, Some(days)) => days.contains(&day),
            (None, None) => true,
        }
    }

    /// The same, and something is known of them by then: who comes in March is not paid wrongly in
    /// January.
    pub(super) fn has(&self, day: usize, date: Date) -> bool {
        if self.paid.is_some() {
            return self.result(day).is_some();
        }
        if !self.is_asked_for(day) {
            return false;
        }
        // Each attribute's values are sorted by date.
        let known_on = self.known_on(date);
        let mut firsts = self.attributes.values().filter_map(|values| values.first()).peekable();
        firsts.peek().is_none() || firsts.any(|first| first.from <= known_on)
    }

    fn employment(&self) -> Employment<'_> {
        Employment::of(&self.attributes, self.member.employment.as_deref())
    }

    /// The day as on which the facts are read for a payment on the date.
    fn known_on(&self, date: Date) -> Date {
        if self.member.has_status { self.employment().known_on(date) } else { date }
    }

    /// Whether it is the one whose result is meant.
    fn is(&self, paid: &PaidPerson) -> bool {
        let employment = paid.employment.as_ref().map(|employment| employment.as_str());
        self.id == paid.id && self.member.employment.as_deref() == employment
    }

    /// The result that was recorded for a day.
    pub(super) fn result(&self, day: usize) -> Option<&PaidResult> {
        let (_, result) = self.paid.as_ref()?.iter().find(|(of, _)| *of == day)?;
        Some(result)
    }

    /// What was recorded for a day, with the version's common numbers; none: the population is not
    /// one of recorded results.
    pub(super) fn recorded(&self, day: usize, version: &Version, date: Date) -> Option<Answer> {
        let recalled = self.result(day)?.recall(&version.ruleset, date);
        let answer = recalled.map_err(|error| Reason::from(error.to_string()));
        Some(answer.map(|calculation| {
            let Calculation { outcome, unconfirmed, left_out, .. } = calculation;
            // Nobody compares how a line came about.
            let outcome = Outcome { steps: Vec::new(), ..outcome };
            version.numbers.outcome(&version.ruleset, Answered { outcome, unconfirmed, left_out })
        }))
    }

    /// What it is called in the report.
    pub(super) fn name(&self) -> String {
        name_of(self.id.as_str(), self.member.employment.as_deref())
    }

    /// The facts on a date as a version declares them. The error says why there are none.
    pub(super) fn facts(&self, version: &Ruleset, known: Known<'_>) -> Result<Vec<Fact>, Reason> {
        let Known { day, date, recorded_with } = known;
        let employment = self.employment();
        let ruleset = version.manifest().name.as_str();
        let known_on = self.known_on(date);
        let known = |name: &str| employment.fact(ruleset, name, known_on);
        let description = version.description();
        let read = match self.result(day) {
            None => read_facts_with(description, &self.facts, known, date),
            Some(result) => {
                let declares = |version: &Ruleset, name: &str| {
                    version.description().facts.iter().any(|field| field.name == name)
                };
                let mut facts = version.given_facts(result.facts.clone(), date);
                facts.retain(|name, _| declares(version, name));
                // A fact that was not there is no fact of the result, unless nobody asked for it.
                let recorded_with = recorded_with.map(|version| &version.ruleset);
                let is_new =
                    |name: &str| recorded_with.is_some_and(|version| !declares(version, name));
                let known = |name: &str| known(name).filter(|_| is_new(name));
                read_facts_with(description, &facts, known, date)
            }
        };
        read.map_err(|errors| Reason::from(&CalculationError::InvalidFacts(errors)))
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
    /// The results of those who were paid, once they are listed.
    pub(super) paid: Option<Paid>,
    /// Whom the slot is for, once it is known on which days; before that everybody.
    pub(super) audience: Option<Audience>,
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

    /// How many calculations there are on so many days, counting those that are left out.
    pub(super) async fn calculations(&self, days: u64) -> Result<u64, StoreError> {
        if let Some(paid) = &self.paid {
            return Ok(paid.results());
        }
        let people = match self.population.listed() {
            Some(listed) => listed,
            None => self.everyone().await?,
        };
        Ok(people.saturating_mul(days))
    }

    /// Which recorded results, where it is over those.
    pub(super) fn results(&self) -> Option<PaidFilter> {
        self.population.results().cloned()
    }

    /// How many of them a later one has taken the place of.
    pub(super) fn superseded(&self) -> Option<u64> {
        self.paid.as_ref().map(|paid| paid.superseded)
    }

    /// How many people the tenant has.
    async fn everyone(&self) -> Result<u64, StoreError> {
        self.count(|_| true).await
    }

    /// How many of them the slot is for on some day of the report.
    pub(super) async fn concerned(&self) -> Result<u64, StoreError> {
        let audience = self.audience.as_ref();
        self.count(|attributes| audience.is_none_or(|all| all.concerns(attributes))).await
    }

    /// Whether these, which are all of one employee in the report, are all employments that the slot
    /// is for. Of those who were paid one may have been left out. Somebody whose only employment was
    /// not told apart when it was paid was paid in it.
    pub(super) fn has_all<'a>(&self, those: impl Iterator<Item = &'a Person> + Clone) -> bool {
        let (Some(_), Some(audience)) = (&self.paid, &self.audience) else { return true };
        let Some(attributes) = those.clone().next().map(|person| &person.attributes) else {
            return true;
        };
        let members = audience.members(attributes);
        members.iter().all(|Member { employment, .. }| {
            those.clone().any(|person| {
                let paid = &person.member.employment;
                let is_only = members.len() == 1 && (paid.is_none() || employment.is_none());
                paid == employment || is_only
            })
        })
    }

    async fn count(&self, takes: impl Fn(&Attributes) -> bool) -> Result<u64, StoreError> {
        let mut count = 0;
        let mut after = None;
        loop {
            let page =
                self.store.employees(&self.tenant, after.as_ref(), PAGE, self.known_at).await?;
            let Some(last) = page.last() else { return Ok(count) };
            after = Some(last.employee.clone());
            let known = page.iter().filter_map(|revision| revision.attributes.as_ref());
            count += known.filter(|attributes| takes(attributes)).count() as u64;
        }
    }

    /// The next page; none after the last.
    pub(super) async fn page(&self, place: &mut Place) -> Result<Option<Vec<Person>>, StoreError> {
        if place.ended {
            return Ok(None);
        }
        let from = place.next;
        let begun_after = place.after.clone();
        place.next = from.saturating_add(PAGE);
        let page: Vec<Person> = match &self.population {
            ImpactPopulation::All => {
                let after = place.after.as_ref();
                let found = self.store.employees(&self.tenant, after, PAGE, self.known_at).await?;
                if let Some(last) = found.last() {
                    place.after = Some(last.employee.clone());
                }
                let found = found.into_iter();
                found.flat_map(|revision| self.members(revision)).collect()
            }
            ImpactPopulation::Employees(employees) => {
                let listed = employees.get(from..).unwrap_or_default();
                let listed = &listed[..listed.len().min(PAGE)];
                let found = self.store.employees_by_ids(&self.tenant, listed, self.known_at);
                let found = found.await?.into_iter().flatten();
                found.flat_map(|revision| self.members(revision)).collect()
            }
            ImpactPopulation::Facts(facts) => {
                let listed = facts.iter().skip(from).take(PAGE);
                listed.map(|(id, facts)| self.made_of(id, facts)).collect()
            }
            ImpactPopulation::Results(..) => match &self.paid {
                Some(paid) => {
                    let entries = paid.page(from, PAGE_OF_RESULTS);
                    place.next = from.saturating_add(entries.len());
                    self.paid(paid, entries).await?
                }
                None => Vec::new(),
            },
        };
        place.ended = match &self.population {
            ImpactPopulation::All => place.after == begun_after,
            ImpactPopulation::Employees(employees) => place.next >= employees.len(),
            ImpactPopulation::Facts(_) | ImpactPopulation::Results(..) => page.is_empty(),
        };
        // Of a page nobody may be one that the slot is for; the next one may have somebody.
        Ok(Some(page).filter(|page| !page.is_empty() || !place.ended))
    }

    /// The persons of these results. Who was erased meanwhile is one without any.
    async fn paid(&self, paid: &Paid, entries: &[Entry]) -> Result<Vec<Person>, StoreError> {
        let ids: Vec<_> = entries.iter().map(|entry| entry.id).collect();
        let results = paid.source.read(&ids).await?;
        let mut persons: Vec<Person> = Vec::new();
        for (Entry { person, day, .. }, result) in entries.iter().zip(results) {
            let Some(result) = result else { continue };
            match persons.last_mut().filter(|last| last.is(person)) {
                Some(last) => last.paid.get_or_insert_default().push((*day, result)),
                None => {
                    let PaidPerson { id, employment } = person.clone();
                    let employment = employment.map(String::from);
                    persons.push(Person {
                        member: Member { employment, ..Member::default() },
                        paid: Some(vec![(*day, result)]),
                        ..self.person(id, Attributes::new())
                    });
                }
            }
        }
        let ids: Vec<_> = persons.iter().map(|person| person.id.clone()).collect();
        let known = self.store.employees_by_ids(&self.tenant, &ids, self.known_at).await?;
        for (person, known) in persons.iter_mut().zip(known) {
            person.attributes = known.and_then(|known| known.attributes).unwrap_or_default();
        }
        Ok(persons)
    }

    /// One of them, by what it is called in the report.
    pub(super) async fn one(&self, name: &str) -> Result<Option<Person>, StoreError> {
        let (id, employment) = named(name);
        let Ok(id) = &EmployeeId::new(id) else { return Ok(None) };
        match &self.population {
            ImpactPopulation::Facts(facts) => {
                let found = facts.iter().find(|(other, _)| other == id);
                Ok(found.map(|(id, facts)| self.made_of(id, facts)))
            }
            ImpactPopulation::All | ImpactPopulation::Employees(_) => {
                let found = self.store.employee(&self.tenant, id, self.known_at).await?;
                let mut members = found.into_iter().flat_map(|found| self.members(found));
                Ok(members.find(|person| person.member.employment.as_deref() == employment))
            }
            ImpactPopulation::Results(..) => match &self.paid {
                Some(paid) => {
                    let employment = employment.and_then(|name| EmploymentId::new(name).ok());
                    let person = PaidPerson { id: id.clone(), employment };
                    Ok(self.paid(paid, paid.of(&person)).await?.pop())
                }
                None => Ok(None),
            },
        }
    }

    /// The employments of an employee that the slot is for.
    fn members(&self, revision: EmployeeRevision) -> Vec<Person> {
        let EmployeeRevision { employee, attributes, .. } = revision;
        let Some(attributes) = attributes else { return Vec::new() };
        let mut members = match &self.audience {
            Some(audience) => audience.members(&attributes),
            None => vec![Member::default()],
        };
        let last = members.pop();
        let mut persons: Vec<Person> = members
            .into_iter()
            .map(|member| Person { member, ..self.person(employee.clone(), attributes.clone()) })
            .collect();
        persons.extend(last.map(|member| Person { member, ..self.person(employee, attributes) }));
        persons
    }

    fn person(&self, id: EmployeeId, attributes: Attributes) -> Person {
        let (member, facts) = (Member::default(), self.facts.clone());
        Person { id, attributes, member, facts, paid: None }
    }

    /// Facts of its own go before those that are the same for everyone.
    fn made_of(&self, id: &EmployeeId, own: &Map<String, Value>) -> Person {
        let mut facts = Map::clone(&self.facts);
        facts.extend(own.clone());
        let facts = Arc::new(facts);
        Person { facts, ..self.person(id.clone(), Attributes::new()) }
    }
}
