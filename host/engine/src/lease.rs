//! The right to evaluate with one rule and one set of parameters.

use std::sync::Arc;

use crate::contract::Value;
use crate::evaluator::{Call, Ended, Evaluation, Evaluator};
use crate::failure::Failure;
use crate::history::Seen;
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
        let counters = &room.shared().counters;
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
        let call = Call { explain, pristine: start == Start::Pristine, brief: false };
        self.call(facts, call).map_err(|failure| self.failed(failure))
    }

    /// The same with a short evaluation's budget. None: it is longer than that. Nothing is known of
    /// its answer then, its instance is gone, and it counts as no failure; the same evaluation can be
    /// made again with the whole budget, and from [`Start::Pristine`] it takes the same fuel as if it
    /// had been made so at once.
    pub(crate) fn evaluate_briefly(
        &mut self,
        start: Start,
        facts: &[Value],
        explain: bool,
    ) -> Option<Result<Evaluation, Failure>> {
        let call = Call { explain, pristine: start == Start::Pristine, brief: true };
        match self.call(facts, call) {
            Err(failure) if is_cut_off(&failure) => {
                self.evaluator = None;
                if let Some(room) = &self.room {
                    add(&room.shared().counters.cut_short, 1);
                }
                None
            }
            called => Some(called.map_err(|failure| self.failed(failure))),
        }
    }

    fn call(&mut self, facts: &[Value], call: Call) -> Result<Evaluation, Failure> {
        self.evaluations += 1;
        loop {
            let ready = self.ready(call.pristine)?;
            let short = ready.settings.short_fuel;
            match ready.evaluator.evaluate(ready.settings, ready.rule, facts, call) {
                Ok(evaluation) => {
                    self.fuel = self.fuel.saturating_add(evaluation.fuel);
                    self.long |= evaluation.fuel > short;
                    return Ok(evaluation);
                }
                Err(Ended::Failure(failure)) => {
                    self.long |= is_cut_off(&failure);
                    return Err(failure);
                }
                // Only an instance that was used can be spoiled, or the first that makes a handle:
                // the next one is neither.
                Err(Ended::Spoiled) => self.evaluator = None,
            }
        }
    }

    /// An evaluator that may still be used: the one at hand, or a fresh one.
    fn ready(&mut self, pristine: bool) -> Result<Ready<'_>, Failure> {
        let shared = match &self.room {
            Some(room) => room.shared(),
            None => return Err(Failure::Internal("the lease has ended".to_owned())),
        };
        let limit = shared.settings.evaluations_per_instance.get();
        // The old instance goes before the new one comes: there is room for one.
        self.evaluator.take_if(|evaluator| {
            evaluator.evaluations() >= limit || (pristine && !evaluator.can_be_pristine())
        });
        let evaluator = match self.evaluator.take() {
            Some(evaluator) => evaluator,
            None => Evaluator::create(shared, &self.rule, &self.parameters)?,
        };
        let evaluator = self.evaluator.insert(evaluator);
        Ok(Ready { evaluator, rule: &self.rule, settings: &shared.settings })
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
            room.shared().counters.failed(&failure);
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

/// Whether more time or fuel might have brought another answer.
fn is_cut_off(failure: &Failure) -> bool {
    matches!(failure, Failure::OutOfFuel | Failure::Deadline)
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(room) = self.room.take() else { return };
        let counters = &room.shared().counters;
        add(&counters.evaluations, self.evaluations);
        add(&counters.fuel, self.fuel);
        let limit = room.shared().settings.evaluations_per_instance.get();
        let seen = Seen { evaluations: self.evaluations, long: self.long };
        // What is not kept goes before the room that it needs.
        self.evaluator.take_if(|evaluator| evaluator.evaluations() >= limit);
        match self.key.take() {
            Some(key) => room.leave_behind(key, self.evaluator.take(), seen),
            None => self.evaluator = None,
        }
    }
}
