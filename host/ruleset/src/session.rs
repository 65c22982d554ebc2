//! Calculations in a row on one leased evaluator: a batch, a worker of an impact report, a replay.

use std::sync::Arc;

use jiff::civil::Date;
use serde_json::{Map, Value as Json};
use stele_compute::Turn;
use stele_digest::Digest;
use stele_engine::contract::Value;
use stele_engine::{Engine, Evaluation, Failure, Lease, Start};

use super::calculation::{Calculation, CalculationError};
use super::outcome::Outcome;
use super::parameters::InForce;
use super::version::Ruleset;

/// An outcome, and what is to be said of what it rests on.
#[derive(Debug, Clone)]
pub struct Answered {
    /// What the rule answered.
    pub outcome: Outcome,
    /// As in [`Calculation::unconfirmed`].
    pub unconfirmed: Vec<(usize, usize)>,
    /// As in [`Calculation::left_out`].
    pub left_out: Vec<usize>,
}

/// Calculations in a row for one holder: the evaluator is leased when the first one needs it and
/// kept while the parameters stay the same. A failure costs the employee who caused it, and not
/// the next one.
pub struct Session {
    ruleset: Arc<Ruleset>,
    engine: Engine,
    holder: Arc<str>,
    leased: Option<(Digest, Lease)>,
}

impl Ruleset {
    /// Many calculations in a row on one leased evaluator.
    pub fn session(self: &Arc<Self>, engine: &Engine, holder: &Arc<str>) -> Session {
        Session {
            ruleset: self.clone(),
            engine: engine.clone(),
            holder: holder.clone(),
            leased: None,
        }
    }
}

impl Session {
    /// The version that it calculates with.
    pub fn ruleset(&self) -> &Arc<Ruleset> {
        &self.ruleset
    }

    /// Calculates once; nothing of the calculations before is left.
    pub async fn calculate(
        &mut self,
        date: Date,
        facts: &Map<String, Json>,
        explain: bool,
    ) -> Result<Calculation, CalculationError> {
        let (in_force, facts) = self.ruleset.prepare(date, facts)?;
        let lease = lease_kept(
            &mut self.leased,
            self.ruleset.lease(&self.engine, &self.holder, in_force),
            in_force,
        );
        let evaluation = lease.await?.evaluate_from(Start::Pristine, &facts, explain);
        self.ruleset.conclude(date, in_force, facts, evaluation)
    }

    /// The outcomes of facts that were read for the date, each on its own, without the digests of a
    /// receipt: to compare versions, nobody keeps them, and nobody is paid by them, so the
    /// evaluator is not put back to its start in between. The error is one that all of them share.
    pub async fn outcomes(
        &mut self,
        date: Date,
        facts: &[&[Value]],
        turn: Turn,
    ) -> Result<Vec<Result<Answered, CalculationError>>, CalculationError> {
        let in_force = self.ruleset.in_force(date)?;
        let leasing = self.ruleset.lease(&self.engine, &self.holder, in_force);
        let lease = lease_kept(&mut self.leased, leasing, in_force).await?;
        let ruleset = &self.ruleset;
        let answer = |facts, evaluation: Result<Evaluation, Failure>| {
            let evaluation = evaluation.map_err(|failure| ruleset.failed(failure, in_force))?;
            let outcome =
                Outcome::accept(evaluation.outcome, ruleset.description(), ruleset.money())
                    .map_err(CalculationError::Failure)?;
            let unconfirmed = ruleset.parameters().unconfirmed(in_force, facts);
            let left_out = ruleset.touches().touched(facts);
            Ok(Answered { outcome, unconfirmed, left_out })
        };
        let mut answers = Vec::with_capacity(facts.len());
        for facts in facts {
            turn.pass().await;
            answers.push(answer(facts, lease.evaluate(facts, false)));
        }
        Ok(answers)
    }

    /// Gives the evaluator back, for a session that will wait.
    pub fn rest(&mut self) {
        self.leased = None;
    }
}

/// The kept lease if it is for these parameters, else a new one. Another set of parameters: the old
/// evaluator goes back before a new one is asked for.
async fn lease_kept<'a>(
    leased: &'a mut Option<(Digest, Lease)>,
    leasing: impl Future<Output = Result<Lease, CalculationError>>,
    in_force: &InForce,
) -> Result<&'a mut Lease, CalculationError> {
    let digest = in_force.digest();
    leased.take_if(|(parameters, _)| *parameters != digest);
    let (_, lease) = match leased.take() {
        Some(kept) => leased.insert(kept),
        None => leased.insert((digest, leasing.await?)),
    };
    Ok(lease)
}
