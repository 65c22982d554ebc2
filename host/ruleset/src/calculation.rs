//! From facts on a date to an outcome: horizon, parameters in force, facts by position, one call
//! of the rule, digests.

use std::sync::Arc;

use jiff::civil::Date;
use serde_json::{Map, Value as Json};
use stele_digest::Digest;
use stele_engine::contract::{Cell, Description, Fault, Field, Place, Shape, Value};
use stele_engine::{Engine, Evaluation, EvaluatorKey, Failure, Lease, Start};

use super::canonical;
use super::facts::{self, FieldError, pointer};
use super::formula::Disagreement;
use super::manifest::{Horizon, RulesetName};
use super::outcome::Outcome;
use super::parameters::{Entry, InForce, Parameters};
use super::scalar::plain_text;
use super::standing::Standing;
use super::stored::StaleFact;
use super::version::Ruleset;

/// Why there is no outcome.
#[derive(Debug, thiserror::Error)]
pub enum CalculationError {
    /// The law of the date is not known to this version.
    #[error("{ruleset} {version} holds from {horizon}; the date {date} is outside")]
    OutsideHorizon {
        /// Name of the ruleset.
        ruleset: RulesetName,
        /// Its version.
        version: semver::Version,
        /// The date that was asked for.
        date: Date,
        /// The days for which the version holds.
        horizon: Horizon,
        /// The law or the publications that the horizon rests on, where the version says so.
        citation: Option<String>,
    },
    /// Facts that are missing, unknown, of the wrong type or out of bounds: all of them.
    #[error("{} wrong facts, the first: {}", .0.len(), .0.first().map(ToString::to_string).unwrap_or_default())]
    InvalidFacts(Vec<FieldError>),
    /// The rule can't answer for these facts or parameters.
    #[error("{0}")]
    Fault(FaultReport),
    /// The rule's explanation does not add up, so nothing of its answer is shown.
    #[error("the rule's explanation does not add up: {0}")]
    Disagreement(#[from] Box<Disagreement>),
    /// The engine stopped the rule, or has no room.
    #[error(transparent)]
    Failure(#[from] Failure),
}

/// A rule's own refusal, with names instead of positions.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[error("{}{message}", .pointer.as_ref().or(.parameter.as_ref()).map(|place| format!("{place}: ")).unwrap_or_default())]
pub struct FaultReport {
    /// JSON pointer inside the facts, where a fact is at fault.
    pub pointer: Option<String>,
    /// Where in the parameters, if they are at fault: `contributions (city = beijing).floor`.
    pub parameter: Option<String>,
    /// What was expected and what was found.
    pub message: String,
    /// The provision that demands it.
    pub citation: Option<String>,
}

/// What identifies a calculation's input and output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digests {
    /// Over the canonical JSON of the facts that the rule was handed.
    pub facts: Digest,
    /// Over the canonical JSON of the parameters in force.
    pub parameters: Digest,
    /// Over the canonical JSON of lines and findings.
    pub outcome: Digest,
}

/// Facts and outcome as canonical JSON (RFC 8785): what is digested, and what is kept of a result
/// that is recorded.
#[derive(Clone)]
pub(crate) struct Written {
    pub(crate) facts: Vec<u8>,
    pub(crate) outcome: Vec<u8>,
}

/// Personal data never reaches a log by way of `{:?}`.
impl std::fmt::Debug for Written {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Written").finish_non_exhaustive()
    }
}

impl Written {
    pub(crate) fn digests(&self, in_force: &InForce) -> Digests {
        Digests {
            facts: Digest::of(&self.facts),
            parameters: in_force.digest(),
            outcome: Digest::of(&self.outcome),
        }
    }
}

/// An outcome with what it rests on.
#[derive(Debug, Clone)]
pub struct Calculation {
    /// The day whose law was applied.
    pub date: Date,
    /// The facts, one for each that the rule declares.
    pub facts: Vec<Value>,
    /// The parameters that the rule had.
    pub in_force: Arc<InForce>,
    /// What the rule answered.
    pub outcome: Outcome,
    /// Both as they are digested and kept.
    pub(crate) written: Written,
    /// What identifies input and output.
    pub digests: Digests,
    /// Fuel that the rule took.
    pub fuel: u64,
    /// Parameter and entry, in [`Ruleset::parameters`], of every value that the outcome rests on
    /// and whose source could not be seen.
    pub unconfirmed: Vec<(usize, usize)>,
    /// Positions in [`Manifest::leaves_out`](super::manifest::Manifest::leaves_out) of what the facts touch and the version does not
    /// cover.
    pub left_out: Vec<usize>,
    /// How the employment stands that it is for. None: it runs, or whoever had it calculated knows
    /// of none. No part of what is digested.
    pub standing: Option<Standing>,
    /// Facts that were kept of the employee and stated for an earlier month than they are used in, as
    /// far as whoever had it calculated knows. No part of what is digested.
    pub stale: Vec<StaleFact>,
}

impl Calculation {
    /// The same, if its explanation adds up. One without steps does.
    pub(crate) fn adding_up(self, ruleset: &Ruleset) -> Result<Self, CalculationError> {
        match ruleset.calculated(&self).adds_up() {
            Ok(()) => Ok(self),
            Err(disagreement) => Err(CalculationError::Disagreement(Box::new(disagreement))),
        }
    }
}

impl Ruleset {
    /// Calculates once, on an evaluator of the pool that is kept for `holder`; nothing of what it
    /// calculated before is left in it.
    pub async fn calculate(
        &self,
        engine: &Engine,
        holder: &Arc<str>,
        date: Date,
        facts: &Map<String, Json>,
        explain: bool,
    ) -> Result<Calculation, CalculationError> {
        let (_, facts) = self.prepare(date, facts)?;
        self.calculate_from(engine, holder, date, facts, explain).await
    }

    /// Calculates at once and in place, for callers that have others to serve. None: it may take
    /// longer than a moment, and is for [`Ruleset::calculate`] on a thread that can spend the time.
    pub fn calculate_briefly(
        &self,
        engine: &Engine,
        holder: &Arc<str>,
        date: Date,
        facts: &Map<String, Json>,
        explain: bool,
    ) -> Option<Result<Calculation, CalculationError>> {
        let (in_force, facts) = match self.prepare(date, facts) {
            Ok(prepared) => prepared,
            Err(error) => return Some(Err(error)),
        };
        let (key, parameters) = (self.key(holder, in_force), in_force.values());
        let evaluation = engine.evaluate_briefly(
            self.rule(),
            &key,
            parameters,
            (Start::Pristine, &facts),
            explain,
        )?;
        Some(self.conclude(date, in_force, facts, evaluation))
    }

    /// The same as [`Ruleset::calculate`], from facts that were read already.
    pub async fn calculate_from(
        &self,
        engine: &Engine,
        holder: &Arc<str>,
        date: Date,
        facts: Vec<Value>,
        explain: bool,
    ) -> Result<Calculation, CalculationError> {
        let in_force = self.in_force(date)?;
        let mut lease = self.lease(engine, holder, in_force).await?;
        let evaluation = lease.evaluate_from(Start::Pristine, &facts, explain);
        // The next caller may have the evaluator while this one computes digests.
        drop(lease);
        self.conclude(date, in_force, facts, evaluation)
    }

    /// What a calculation on the date would hand to the rule, without calling it.
    pub(crate) fn prepare(
        &self,
        date: Date,
        facts: &Map<String, Json>,
    ) -> Result<(&Arc<InForce>, Vec<Value>), CalculationError> {
        let in_force = self.in_force(date)?;
        let facts =
            facts::read(self.description(), facts, date).map_err(CalculationError::InvalidFacts)?;
        Ok((in_force, facts))
    }

    pub(crate) fn in_force(&self, date: Date) -> Result<&Arc<InForce>, CalculationError> {
        self.parameters().on(self.description(), date).ok_or_else(|| {
            CalculationError::OutsideHorizon {
                ruleset: self.manifest().name.clone(),
                version: self.manifest().version.clone(),
                date,
                horizon: self.manifest().validity,
                citation: self.manifest().validity_source.clone(),
            }
        })
    }

    pub(crate) async fn lease(
        &self,
        engine: &Engine,
        holder: &Arc<str>,
        in_force: &InForce,
    ) -> Result<Lease, CalculationError> {
        engine
            .lease(self.rule(), &self.key(holder, in_force), in_force.values())
            .await
            .map_err(|failure| self.failed(failure, in_force))
    }

    fn key(&self, holder: &Arc<str>, in_force: &InForce) -> EvaluatorKey {
        EvaluatorKey {
            holder: holder.clone(),
            component: self.component_digest(),
            parameters: in_force.digest(),
        }
    }

    /// Checks the answer and puts names to what failed.
    pub(crate) fn conclude(
        &self,
        date: Date,
        in_force: &Arc<InForce>,
        facts: Vec<Value>,
        evaluation: Result<Evaluation, Failure>,
    ) -> Result<Calculation, CalculationError> {
        let evaluation = evaluation.map_err(|failure| self.failed(failure, in_force))?;
        let description = self.description();
        let outcome = Outcome::accept(evaluation.outcome, description, self.money())
            .map_err(CalculationError::Failure)?;
        let written = Written {
            facts: self.layout().json(&description.facts, &facts),
            outcome: canonical::outcome_json(description, &outcome),
        };
        let digests = written.digests(in_force);
        let unconfirmed = self.parameters().unconfirmed(in_force, &facts);
        let left_out = self.touches().touched(&facts);
        Calculation {
            date,
            facts,
            in_force: in_force.clone(),
            outcome,
            written,
            digests,
            fuel: evaluation.fuel,
            unconfirmed,
            left_out,
            standing: None,
            stale: Vec::new(),
        }
        .adding_up(self)
    }

    /// The name of a parameter with the key of its entry: `contributions (city = beijing)`.
    pub fn entry_name(&self, parameter: usize, entry: usize) -> Option<String> {
        let field = self.description().parameters.get(parameter)?;
        let entry = self.parameters().series(parameter)?.entries().get(entry)?;
        Some(match key_text(field, entry) {
            Some(key) => format!("{} ({key})", field.name),
            None => field.name.clone(),
        })
    }

    pub(crate) fn failed(&self, failure: Failure, in_force: &InForce) -> CalculationError {
        match failure {
            Failure::Fault(fault) => CalculationError::Fault(FaultReport::of(
                fault,
                self.description(),
                self.parameters(),
                in_force,
            )),
            other => CalculationError::Failure(other),
        }
    }
}

impl FaultReport {
    /// What the rule said of facts and parameters by position, with their names.
    pub fn of(
        fault: Fault,
        description: &Description,
        parameters: &Parameters,
        in_force: &InForce,
    ) -> Self {
        let (pointer, parameter) = match &fault.place {
            Place::Whole => (None, None),
            Place::Fact(cell) => (fact_pointer(&description.facts, cell), None),
            Place::Parameter(cell) => {
                (None, parameter_place(description, parameters, cell, in_force))
            }
        };
        Self { pointer, parameter, message: fault.message, citation: fault.citation }
    }
}

fn parameter_place(
    description: &Description,
    parameters: &Parameters,
    cell: &Cell,
    in_force: &InForce,
) -> Option<String> {
    let position = cell.field as usize;
    let field = description.parameters.get(position)?;
    let mut place = field.name.clone();
    if let Some(row) = cell.row.map(|row| row as usize) {
        let key = (in_force.entries(position).get(row))
            .and_then(|entry| parameters.series(position)?.entries().get(*entry))
            .and_then(|entry| key_text(field, entry));
        match key {
            Some(key) => place.push_str(&format!(" ({key})")),
            None => place.push_str(&format!("[{row}]")),
        }
    }
    if let Some(column) = column_name(field, cell) {
        place.push('.');
        place.push_str(column);
    }
    Some(place)
}

/// Where a fact is, as a JSON pointer inside the facts.
pub fn fact_pointer(facts: &[Field], cell: &Cell) -> Option<String> {
    let field = facts.get(cell.field as usize)?;
    let row = cell.row.map(|row| row.to_string());
    let mut names = vec![&*field.name];
    if let Some(row) = &row {
        names.push(row);
        names.extend(column_name(field, cell));
    }
    Some(pointer(&names))
}

fn column_name<'a>(field: &'a Field, cell: &Cell) -> Option<&'a str> {
    match &field.shape {
        Shape::Scalar(_) => None,
        Shape::Table(table) => table.columns.get(cell.column? as usize).map(|column| &*column.name),
    }
}

/// The key of a row as `city = beijing, branch = pension`; nothing where the table has no key.
pub(crate) fn key_text(field: &Field, entry: &Entry) -> Option<String> {
    let Shape::Table(table) = &field.shape else { return None };
    let row = entry.row()?;
    let parts: Vec<String> = table
        .columns
        .iter()
        .zip(row)
        .filter(|(column, _)| column.key)
        .map(|(column, scalar)| format!("{} = {}", column.name, plain_text(&column.kind, scalar)))
        .collect();
    if parts.is_empty() { None } else { Some(parts.join(", ")) }
}
