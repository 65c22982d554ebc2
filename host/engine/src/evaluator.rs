//! One instance of a rule with one set of parameters.

use std::sync::Arc;

use wasmtime::component::ResourceAny;

use crate::Shared;
use crate::canonical::{Answer, Evaluate, Facts};
use crate::contract::{Outcome, Value};
use crate::failure::Failure;
use crate::rule::Rule;
use crate::settings::Settings;
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

/// An instance, its store and its evaluator. Dropping it frees all three.
pub(crate) struct Evaluator {
    store: Store,
    evaluate: Evaluate,
    handle: ResourceAny,
    evaluations: u32,
    _counted: InstanceCount,
}

impl Evaluator {
    /// Instantiates the rule and hands it its parameters.
    pub(crate) fn create(
        engine: &Shared,
        rule: &Rule,
        parameters: &[Value],
    ) -> Result<Self, Failure> {
        check_input(parameters, rule.bounds().parameters(), engine.settings.input_bytes)?;
        let mut store = store::open(&engine.wasmtime, &engine.settings)?;
        let (create, evaluate) =
            rule.functions().instantiate(&mut store).map_err(Failure::instantiating)?;
        let counted = InstanceCount::new(&engine.counters);
        let (created,) = create.call(&mut store, (parameters,))?;
        match created {
            Ok(handle) => Ok(Self { store, evaluate, handle, evaluations: 0, _counted: counted }),
            Err(fault) => {
                rule.bounds().check_fault(&fault).map_err(Failure::InvalidOutcome)?;
                Err(Failure::Fault(fault))
            }
        }
    }

    /// One evaluation within a budget.
    pub(crate) fn evaluate(
        &mut self,
        settings: &Settings,
        rule: &Rule,
        facts: &[Value],
        explain: bool,
        budget: Budget,
    ) -> Result<Evaluation, Failure> {
        check_input(facts, rule.bounds().facts(), settings.input_bytes)?;
        budget.grant(&mut self.store)?;
        self.evaluations = self.evaluations.saturating_add(1);
        let (Answer(answer),) =
            self.evaluate.call(&mut self.store, (self.handle, Facts(facts), explain))?;
        match answer {
            Ok(outcome) => {
                rule.bounds().check_outcome(&outcome, explain).map_err(Failure::InvalidOutcome)?;
                Ok(Evaluation { outcome, fuel: budget.used(&self.store)? })
            }
            Err(fault) => {
                rule.bounds().check_fault(&fault).map_err(Failure::InvalidOutcome)?;
                Err(Failure::Fault(fault))
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
