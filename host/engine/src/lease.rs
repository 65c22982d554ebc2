//! The right to evaluate with one rule and one set of parameters.

use std::sync::Arc;

use crate::contract::Value;
use crate::evaluator::{Call, Ended, Evaluation, Evaluator};
use crate::failure::Failure;
use crate::pool::{EvaluatorKey, Room};
use crate::rule::Rule;
use crate::settings::Settings;
use crate::statistics::add;

/// What memory an evaluation finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// As whatever evaluation before left it. A rule is meant not to remember, and its publication
    /// tried to find out whether it does; that is all.
    Warm,
    /// As it was after `create`: nothing of any other evaluation is left. A microsecond or two, or
    /// a fresh instance where the rule is not [restorable](Rule::is_restorable).
    Pristine,
}

/// The right to evaluate with one rule and one set of parameters, for one call or for a batch. The
/// evaluator goes back to the pool when the lease ends. After a failure that is not the rule's own
/// fault the instance is dropped, and the next evaluation gets a fresh one in the same room.
pub struct Lease {
    rule: Rule,
    parameters: Arc<[Value]>,
    /// None: never pooled.
    key: Option<EvaluatorKey>,
    evaluator: Option<Evaluator>,
    /// None only while the lease ends.
    room: Option<Room>,
    /// Counted here and reported when the lease ends: two threads counting in one place would cost
    /// more than an evaluation's share of everything else.
    evaluations: u64,
    fuel: u64,
    /// Of one evaluation.
    most_fuel: u64,
    /// Whether a failure has been logged.
    warned: bool,
}

impl Lease {
    /// A lease that has its evaluator: the warm one, or a fresh one.
    pub(crate) fn new(
        room: Room,
        warm: Option<Evaluator>,
        rule: Rule,
        parameters: Arc<[Value]>,
        key: Option<EvaluatorKey>,
    ) -> Result<Self, Failure> {
        let counters = &room.engine().counters;
        add(if warm.is_some() { &counters.warm_leases } else { &counters.cold_leases }, 1);
        let mut lease = Self {
            rule,
            parameters,
            key,
            evaluator: warm,
            room: Some(room),
            evaluations: 0,
            fuel: 0,
            most_fuel: 0,
            warned: false,
        };
        match lease.ready(false) {
            Ok(_) => Ok(lease),
            Err(failure) => Err(lease.failed(failure)),
        }
    }

    /// The rule.
    pub fn rule(&self) -> &Rule {
        &self.rule
    }

    /// Evaluates the rule from [`Start::Warm`]: one value for each declared fact, in order. Blocks
    /// for as long as the rule runs: usually a few microseconds, at most the deadline.
    pub fn evaluate(&mut self, facts: &[Value], explain: bool) -> Result<Evaluation, Failure> {
        self.evaluate_from(Start::Warm, facts, explain)
    }

    /// The same from another start: [`Start::Pristine`] for whatever somebody is paid by.
    pub fn evaluate_from(
        &mut self,
        start: Start,
        facts: &[Value],
        explain: bool,
    ) -> Result<Evaluation, Failure> {
        let call = Call { explain, pristine: start == Start::Pristine, fuel: None };
        self.call(facts, call).map_err(|failure| self.failed(failure))
    }

    /// The same with less than so much fuel: none if it needs as much or more. That is not a failure and
    /// neither logged nor counted; the same evaluation can be made again with all of it, and from
    /// [`Start::Pristine`] it takes the same fuel as if it had been made so at once. The instance is
    /// lost. With less fuel than [`Settings::fuel`](crate::Settings::fuel) only: otherwise running
    /// out is a failure.
    pub fn evaluate_within(
        &mut self,
        fuel: u64,
        start: Start,
        facts: &[Value],
        explain: bool,
    ) -> Result<Option<Evaluation>, Failure> {
        let all = self.room.as_ref().map_or(0, |room| room.engine().settings.fuel);
        let fuel = Some(fuel).filter(|fuel| *fuel < all);
        let call = Call { explain, pristine: start == Start::Pristine, fuel };
        match self.call(facts, call) {
            Ok(evaluation) => Ok(Some(evaluation)),
            Err(failure) => match (failure, fuel) {
                (Failure::OutOfFuel, Some(fuel)) => {
                    self.evaluator = None;
                    self.most_fuel = self.most_fuel.max(fuel);
                    Ok(None)
                }
                (failure, _) => Err(self.failed(failure)),
            },
        }
    }

    fn call(&mut self, facts: &[Value], call: Call) -> Result<Evaluation, Failure> {
        self.evaluations += 1;
        loop {
            let ready = self.ready(call.pristine)?;
            match ready.evaluator.evaluate(ready.settings, ready.rule, facts, call) {
                Ok(evaluation) => {
                    self.fuel = self.fuel.saturating_add(evaluation.fuel);
                    self.most_fuel = self.most_fuel.max(evaluation.fuel);
                    return Ok(evaluation);
                }
                Err(Ended::Failure(failure)) => return Err(failure),
                // Only an instance that was used can be spoiled, or the first that makes a handle:
                // the next one is neither.
                Err(Ended::Spoiled) => self.evaluator = None,
            }
        }
    }

    /// An evaluator that may still be used: the one at hand, or a fresh one.
    fn ready(&mut self, pristine: bool) -> Result<Ready<'_>, Failure> {
        let engine = match &self.room {
            Some(room) => room.engine(),
            None => return Err(Failure::Internal("the lease has ended".to_owned())),
        };
        let limit = engine.settings.evaluations_per_instance.get();
        // The old instance goes before the new one comes: there is room for one.
        self.evaluator.take_if(|evaluator| {
            evaluator.evaluations() >= limit || (pristine && !evaluator.can_be_pristine())
        });
        let evaluator = match self.evaluator.take() {
            Some(evaluator) => evaluator,
            None => Evaluator::create(engine, &self.rule, &self.parameters)?,
        };
        let evaluator = self.evaluator.insert(evaluator);
        Ok(Ready { evaluator, rule: &self.rule, settings: &engine.settings })
    }

    /// Counts a failure and, unless it is the rule's own answer, drops the instance.
    #[cold]
    fn failed(&mut self, failure: Failure) -> Failure {
        if !failure.spares_the_instance() {
            self.evaluator = None;
            // No facts: an invalid outcome may quote them. Once a lease, so that a rule that fails on
            // a million employees does not fill the log; the counters count them all.
            if !std::mem::replace(&mut self.warned, true) {
                tracing::warn!(
                    component = %self.rule.digest(),
                    cause = failure.cause(),
                    "an evaluation failed; its instance is dropped"
                );
            }
        }
        if let Some(room) = &self.room {
            room.engine().counters.failed(&failure);
        }
        failure
    }
}

/// What an evaluation needs, borrowed from its lease.
struct Ready<'a> {
    evaluator: &'a mut Evaluator,
    rule: &'a Rule,
    settings: &'a Settings,
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(room) = self.room.take() else { return };
        let counters = &room.engine().counters;
        add(&counters.evaluations, self.evaluations);
        add(&counters.fuel, self.fuel);
        if self.most_fuel > 0 {
            self.rule.took(self.most_fuel);
        }
        let limit = room.engine().settings.evaluations_per_instance.get();
        match (self.key.take(), self.evaluator.take()) {
            (Some(key), Some(evaluator)) if evaluator.evaluations() < limit => {
                room.leave_behind(key, evaluator);
            }
            // The instance goes before the room that it needs.
            (_, evaluator) => drop(evaluator),
        }
    }
}
