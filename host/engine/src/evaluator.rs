//! One instance of a rule with one set of parameters.

use std::sync::Arc;

use wasmtime::component::ResourceAny;

use crate::canonical::Facts;
use crate::contract::{Outcome, Value};
use crate::failure::Failure;
use crate::functions::Evaluate;
use crate::memory::{Grown, Pristine};
use crate::rule::Rule;
use crate::settings::Settings;
use crate::shared::Shared;
use crate::statistics::{Counters, add};
use crate::store::{self, Budget, Store};

/// An outcome and what it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// Lines, findings and steps, checked against the description.
    pub outcome: Outcome,
    /// Fuel that this evaluation took. The same call on an equally used instance takes the same
    /// fuel on every machine.
    pub fuel: u64,
}

/// How one evaluation is made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call {
    pub(crate) explain: bool,
    /// Whether the memory must be what it was after `create`.
    pub(crate) pristine: bool,
    /// Whether it may only be short, because it runs on a thread that serves others.
    pub(crate) brief: bool,
}

/// Why there is no outcome.
pub(crate) enum Ended {
    Failure(Failure),
    /// The instance can not be put back to what it was after `create`: a fresh one must do it.
    Spoiled,
}

impl From<Failure> for Ended {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// Handles of a restorable rule during a call: the host's own of its evaluator, and that it is lent.
/// So the rule has none, can make none, and has none to drop: the order in which handles were made
/// and dropped would be a place to remember by.
const HANDLES: usize = 2;

/// An instance, its store and its evaluator. Dropping it frees all three.
pub(crate) struct Evaluator {
    store: Store,
    evaluate: Evaluate,
    handle: ResourceAny,
    evaluations: u32,
    /// Its memory after `create`, where its first call asked for that.
    pristine: Option<Pristine>,
    _counted: InstanceCount,
}

impl Evaluator {
    /// Instantiates the rule and hands it its parameters.
    pub(crate) fn create(
        shared: &Shared,
        rule: &Rule,
        parameters: &[Value],
    ) -> Result<Self, Failure> {
        check_input(parameters, rule.bounds().parameters(), shared.settings.input_bytes)?;
        let mut store = store::open(&shared.wasmtime, &shared.settings)?;
        let (create, evaluate) =
            rule.functions().instantiate(&mut store).map_err(Failure::instantiating)?;
        let counted = InstanceCount::new(&shared.counters);
        let (created,) = create.call(&mut store, (parameters,))?;
        match created {
            Ok(handle) => Ok(Self {
                store,
                evaluate,
                handle,
                evaluations: 0,
                pristine: None,
                _counted: counted,
            }),
            Err(fault) => {
                rule.bounds().check_fault(&fault).map_err(Failure::InvalidOutcome)?;
                Err(Failure::Fault(fault))
            }
        }
    }

    /// Whether a call can be made on it that asks for the memory as it was after `create`.
    pub(crate) fn can_be_pristine(&self) -> bool {
        self.evaluations == 0 || self.pristine.is_some()
    }

    /// One evaluation, with the budget that the call has.
    pub(crate) fn evaluate(
        &mut self,
        settings: &Settings,
        rule: &Rule,
        facts: &[Value],
        call: Call,
    ) -> Result<Evaluation, Ended> {
        check_input(facts, rule.bounds().facts(), settings.input_bytes)?;
        if call.pristine && self.pristine.is_none() {
            if self.evaluations > 0 {
                return Err(Ended::Spoiled);
            }
            if let Some(image) = rule.initial_memory() {
                self.pristine = Some(Pristine::new(Arc::clone(image)));
                self.store.set_max_component_handles(HANDLES);
            }
        }
        let budget = match call.brief {
            true => Budget::brief(settings),
            false => Budget::evaluation(settings),
        };
        budget.grant(&mut self.store)?;
        self.evaluations = self.evaluations.saturating_add(1);
        let memory = self.pristine.as_ref().filter(|_| call.pristine);
        let facts = Facts { values: facts, memory };
        let answered = self.evaluate.call(&mut self.store, self.handle, facts, call.explain);
        let answer = answered.map_err(|error| {
            if error.is::<Grown>() {
                return Ended::Spoiled;
            }
            if self.pristine.is_some() && Failure::is_of_handles(&error) {
                rule.makes_handles();
                return Ended::Spoiled;
            }
            Ended::Failure(Failure::from(error))
        })?;
        let fuel = budget.used(&self.store)?;
        // A rule is stopped when it enters a function or a loop. What it did since it last did so
        // may have taken more than was left: then how much it took is not known.
        if call.brief && fuel >= budget.fuel() {
            return Err(Failure::OutOfFuel.into());
        }
        match answer {
            Ok(outcome) => {
                rule.bounds()
                    .check_outcome(&outcome, call.explain)
                    .map_err(Failure::InvalidOutcome)?;
                Ok(Evaluation { outcome, fuel })
            }
            Err(fault) => {
                rule.bounds().check_fault(&fault).map_err(Failure::InvalidOutcome)?;
                Err(Failure::Fault(fault).into())
            }
        }
    }

    /// How often it has been called.
    pub(crate) fn evaluations(&self) -> u32 {
        self.evaluations
    }
}

/// The host checks kinds and bounds where it still knows the names (the runtime); here only what
/// protects the host: one value for each that is declared, and not more than fits.
fn check_input(values: &[Value], declared: usize, limit: usize) -> Result<(), Failure> {
    if values.len() != declared {
        return Err(Failure::InvalidInput { expected: declared, found: values.len() });
    }
    let found = values.iter().map(Value::bytes).sum::<usize>();
    if found > limit {
        return Err(Failure::InputTooLarge { found, limit });
    }
    Ok(())
}

/// Counts an instance for as long as it lives. It holds the counters and not the engine: idle
/// evaluators belong to the engine and must not keep it alive.
struct InstanceCount(Arc<Counters>);

impl InstanceCount {
    fn new(counters: &Arc<Counters>) -> Self {
        add(&counters.instances_created, 1);
        Self(counters.clone())
    }
}

impl Drop for InstanceCount {
    fn drop(&mut self) {
        add(&self.0.instances_dropped, 1);
    }
}
