//! The right to evaluate with one rule and one set of parameters.

use std::sync::Arc;

use crate::contract::Value;
use crate::evaluator::{Evaluation, Evaluator};
use crate::failure::Failure;
use crate::history::Seen;
use crate::pool::{EvaluatorKey, Room};
use crate::rule::Rule;
use crate::settings::Settings;
use crate::statistics::add;
use crate::store::Budget;

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
    /// Whether an evaluation was longer than a short one.
    long: bool,
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
            long: false,
            warned: false,
        };
        match lease.ready() {
            Ok(_) => Ok(lease),
            Err(failure) => Err(lease.failed(failure)),
        }
    }

    /// The rule.
    pub fn rule(&self) -> &Rule {
        &self.rule
    }

    /// Evaluates the rule: one value for each declared fact, in order. Blocks for as long as the
    /// rule runs: usually a few microseconds, at most the deadline.
    pub fn evaluate(&mut self, facts: &[Value], explain: bool) -> Result<Evaluation, Failure> {
        self.evaluations += 1;
        let evaluation = match self.ready() {
            Ok(ready) => {
                let budget = Budget::evaluation(ready.settings);
                let short = ready.settings.short_fuel;
                let evaluation = ready.evaluate(facts, explain, budget);
                self.long |= match &evaluation {
                    Ok(evaluation) => evaluation.fuel > short,
                    Err(failure) => is_cut_off(failure),
                };
                evaluation
            }
            Err(failure) => Err(failure),
        };
        self.concluded(evaluation)
    }

    /// Evaluates with a short evaluation's budget. None: it is longer than that. Nothing is known
    /// of its answer then, its instance is gone, and it counts as no failure.
    pub(crate) fn evaluate_briefly(
        &mut self,
        facts: &[Value],
        explain: bool,
    ) -> Option<Result<Evaluation, Failure>> {
        let evaluation = match self.ready() {
            Ok(ready) => {
                let budget = Budget::brief(ready.settings);
                ready.evaluate(facts, explain, budget)
            }
            Err(failure) => Err(failure),
        };
        if evaluation.as_ref().is_err_and(is_cut_off) {
            self.long = true;
            self.evaluator = None;
            if let Some(room) = &self.room {
                add(&room.engine().counters.cut_short, 1);
            }
            return None;
        }
        self.evaluations += 1;
        Some(self.concluded(evaluation))
    }

    fn concluded(
        &mut self,
        evaluation: Result<Evaluation, Failure>,
    ) -> Result<Evaluation, Failure> {
        match evaluation {
            Ok(evaluation) => {
                self.fuel = self.fuel.saturating_add(evaluation.fuel);
                Ok(evaluation)
            }
            Err(failure) => Err(self.failed(failure)),
        }
    }

    /// An evaluator that may still be used: the one at hand, or a fresh one.
    fn ready(&mut self) -> Result<Ready<'_>, Failure> {
        let engine = match &self.room {
            Some(room) => room.engine(),
            None => return Err(Failure::Internal("the lease has ended".to_owned())),
        };
        let limit = engine.settings.evaluations_per_instance.get();
        // The old instance goes before the new one comes: there is room for one.
        self.evaluator.take_if(|evaluator| evaluator.evaluations() >= limit);
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

impl Ready<'_> {
    fn evaluate(
        self,
        facts: &[Value],
        explain: bool,
        budget: Budget,
    ) -> Result<Evaluation, Failure> {
        self.evaluator.evaluate(self.settings, self.rule, facts, explain, budget)
    }
}

/// Whether more time or fuel might have brought another answer.
fn is_cut_off(failure: &Failure) -> bool {
    matches!(failure, Failure::OutOfFuel | Failure::Deadline)
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(room) = self.room.take() else { return };
        let counters = &room.engine().counters;
        add(&counters.evaluations, self.evaluations);
        add(&counters.fuel, self.fuel);
        let limit = room.engine().settings.evaluations_per_instance.get();
        let seen = Seen { evaluations: self.evaluations, long: self.long };
        // What is not kept goes before the room that it needs.
        self.evaluator.take_if(|evaluator| evaluator.evaluations() >= limit);
        match self.key.take() {
            Some(key) => room.leave_behind(key, self.evaluator.take(), seen),
            None => self.evaluator = None,
        }
    }
}
