//! The work: every employee of the population on every date under both versions.
//!
//! One worker a core takes a page of employees at a time and goes through the dates with it: all of
//! the page under one version, then under the other. So a worker never holds two evaluators, and an
//! evaluator is kept for a page. A page is one job in the tenant's turns: it gives its thread away
//! between two evaluations, and between two pages other work of the tenant begins.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use stele_compute::Turn;
use stele_engine::{Failure, contract::Value as Fact};
use stele_ruleset::{CalculationError, Session};
use tokio::{sync::Mutex, task::JoinSet};

use super::content::PopulationKind;
use super::covered::{Computed, Covered};
use super::difference::{Answer, Difference};
use super::plan::{CANDIDATE, Day, Plan, Version};
use super::population::{Census, Known, Person, Place};
use super::reason::Reason;
use super::stop::{PATIENCE, Stop};
use super::summary::{Differences, Shape, Summary};
use crate::state::{running::Run, runtime::Runtime};

/// What all workers share.
pub(super) struct Work {
    pub(super) runtime: Arc<Runtime>,
    pub(super) run: Arc<Run>,
    pub(super) census: Census,
    pub(super) plan: Plan,
}

/// Facts by person; the error says why there are none.
type Facts = Vec<Result<Vec<Fact>, Reason>>;

impl Work {
    /// Does all of it.
    pub(super) async fn summarise(self: &Arc<Self>) -> Result<Summary, Stop> {
        self.run.begin(self.census.calculations(self.plan.days.len() as u64).await?);

        let shape = Arc::new(self.plan.shape());
        let place = Arc::new(Mutex::new(Place::default()));
        let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let mut workers = JoinSet::new();
        for _ in 0..cores {
            let worker = Worker::new(self.clone(), shape.clone());
            workers.spawn(worker.work(place.clone()));
        }
        let mut summary = Summary::new(shape);
        // Leaving drops the set, which ends the other workers where they next give their thread away.
        let merging = async {
            while let Some(part) = workers.join_next().await {
                summary.merge(part.map_err(|_| Stop::Worker)??)?;
            }
            Ok(())
        };
        tokio::select! {
            merged = merging => merged.map(|()| summary),
            () = self.run.stopped() => Err(self.run.made().map_or_else(Stop::from, |_| Stop::Stopped)),
        }
    }

    /// How much of it could be calculated.
    pub(super) fn computed(summary: &Summary) -> Computed {
        Computed { calculations: summary.computed(), of: summary.calculations }
    }

    /// Over how many of the people whom the slot is for the summary is: those who were compared as
    /// they are known, in every employment that the slot is for. Of whom nothing could be calculated,
    /// or by facts that are not theirs, it says nothing.
    pub(super) async fn covered(self: &Arc<Self>, summary: &Summary) -> Result<Covered, Stop> {
        let people = match self.census.population.kind() {
            PopulationKind::All => {
                return Ok(Covered { people: summary.covered, of: summary.people });
            }
            PopulationKind::Employees | PopulationKind::Results => summary.covered,
            PopulationKind::Facts => 0,
        };
        Ok(Covered { people, of: self.census.concerned().await? })
    }
}

struct Worker {
    work: Arc<Work>,
    summary: Summary,
    /// One for each version.
    sessions: Vec<Session>,
}

impl Worker {
    fn new(work: Arc<Work>, shape: Arc<Shape>) -> Self {
        let (engine, holder) = (work.runtime.engine(), work.census.tenant.shared());
        let versions = work.plan.versions.iter();
        let sessions = versions.map(|version| version.ruleset.session(engine, holder)).collect();
        Self { sessions, summary: Summary::new(shape), work }
    }

    async fn work(mut self, place: Arc<Mutex<Place>>) -> Result<Summary, Stop> {
        let work = self.work.clone();
        loop {
            let page = work.census.page(&mut *place.lock().await).await?;
            let Some(page) = page else { return Ok(self.summary) };
            let job = move |turn| async move {
                let done = self.page(&page, turn).await;
                (self, done)
            };
            let worked = work.runtime.run_patiently(work.census.tenant.shared(), job).await;
            let done;
            (self, done) = worked.map_err(|failure| match failure {
                Failure::Saturated { .. } => Stop::NoRoom,
                failure => Stop::Engine(failure),
            })?;
            done?;
        }
    }

    /// Goes through a page.
    async fn page(&mut self, page: &[Person], turn: Turn) -> Result<(), Stop> {
        let work = self.work.clone();
        let mut differences = vec![Differences::new(); page.len()];
        for (position, day) in work.plan.days.iter().enumerate() {
            self.day(position, day, page, &mut differences, turn).await?;
        }
        let mut compared = Vec::with_capacity(page.len());
        for (person, differences) in page.iter().zip(&differences) {
            self.summary.employee(&person.name(), differences)?;
            let fails = |(_, difference): &&_| matches!(difference, Difference::FailsInBoth { .. });
            let failing = differences.iter().filter(fails).count();
            let days = work.plan.days.iter().enumerate();
            let asked = days.clone().filter(|(at, _)| person.is_asked_for(*at)).count();
            let calculations = days.filter(|(at, day)| person.has(*at, day.date)).count();
            self.summary.absent += asked.saturating_sub(calculations) as u64;
            self.summary.calculations += calculations as u64;
            compared.push((person, failing < calculations && !person.is_overridden()));
        }
        // No employee's employments are on two pages.
        for employments in compared.chunk_by(|(one, _), (other, _)| one.id == other.id) {
            let is_covered = employments.iter().all(|(_, compared)| *compared)
                && work.census.has_all(employments.iter().map(|(person, _)| *person));
            self.summary.people += 1;
            self.summary.covered += u64::from(is_covered);
        }
        Ok(())
    }

    async fn day(
        &mut self,
        position: usize,
        day: &Day,
        page: &[Person],
        differences: &mut [Differences],
        turn: Turn,
    ) -> Result<(), Stop> {
        let work = self.work.clone();
        let plan = &work.plan;
        let Some(candidate) = plan.versions.get(CANDIDATE) else { return Ok(()) };
        let asked = page.iter().filter(|person| person.is_asked_for(position)).count();
        let present = page.iter().zip(differences);
        let present = present.filter(|(person, _)| person.has(position, day.date));
        let (page, differences): (Vec<&Person>, Vec<&mut Differences>) = present.unzip();
        let current = plan.current(day);
        let known = Known { day: position, date: day.date, recorded_with: current };
        let facts = read(&page, candidate, known);
        let recorded = current.and_then(|version| {
            let recorded = page.iter().map(|person| person.recorded(position, version, day.date));
            recorded.collect::<Option<Vec<Answer>>>()
        });
        let before = match (&day.in_force, current) {
            _ if recorded.is_some() => recorded,
            (Some(in_force), Some(version)) => {
                let own;
                let facts = if in_force.shares_facts {
                    &facts
                } else {
                    own = read(&page, version, known);
                    &own
                };
                Some(self.answers(version, in_force.version, day.date, facts, turn).await?)
            }
            _ => None,
        };
        let after = self.answers(candidate, CANDIDATE, day.date, &facts, turn).await?;
        for (number, (after, differences)) in after.iter().zip(differences).enumerate() {
            let before = before.as_ref().and_then(|before| before.get(number));
            let difference = Difference::between(before, after)?;
            if let (None | Some(Ok(_)), Ok(after)) = (before, after) {
                let before = before.and_then(|before| before.as_ref().ok());
                self.summary.totals(position, before, after)?;
            }
            if difference.counts() {
                differences.push((position, difference));
            }
        }
        work.run.advance(asked as u64);
        Ok(())
    }

    /// What a version answers to each.
    async fn answers(
        &mut self,
        version: &Version,
        at: usize,
        date: Date,
        facts: &Facts,
        turn: Turn,
    ) -> Result<Vec<Answer>, Stop> {
        let Some(session) = self.sessions.get_mut(at) else { return Err(Stop::Worker) };
        let begun = Instant::now();
        let readable: Vec<&[Fact]> =
            facts.iter().filter_map(|facts| Some(facts.as_ref().ok()?.as_slice())).collect();
        let outcomes = loop {
            if readable.is_empty() {
                break Ok(Vec::new());
            }
            let outcomes = session.outcomes(date, &readable, turn).await;
            session.rest();
            let wait = match &outcomes {
                Err(CalculationError::Failure(Failure::Saturated { retry_after })) => *retry_after,
                _ => break outcomes,
            };
            if begun.elapsed() > PATIENCE {
                return Err(Stop::NoRoom);
            }
            tokio::time::sleep(wait.min(Duration::from_secs(1))).await;
        };
        let (mut outcomes, failed) = match outcomes {
            Ok(outcomes) => (outcomes.into_iter(), None),
            Err(error) => (Vec::new().into_iter(), Some(reason(error)?)),
        };
        let answers = facts.iter().map(|facts| {
            Ok(match (facts, &failed) {
                (Err(reason), _) | (Ok(_), Some(reason)) => Err(reason.clone()),
                (Ok(_), None) => match outcomes.next().ok_or(Stop::Worker)? {
                    Ok(answered) => Ok(version.numbers.outcome(&version.ruleset, answered)),
                    Err(error) => Err(reason(error)?),
                },
            })
        });
        answers.collect()
    }
}

fn read(page: &[&Person], version: &Version, known: Known<'_>) -> Facts {
    page.iter().map(|person| person.facts(&version.ruleset, known)).collect()
}

/// Why an employee has no outcome, unless it is the engine's fault and nobody's.
fn reason(error: CalculationError) -> Result<Reason, Stop> {
    match error {
        CalculationError::Failure(failure @ (Failure::Internal(_) | Failure::Saturated { .. })) => {
            Err(Stop::Engine(failure))
        }
        other => Ok(Reason::from(&other)),
    }
}
