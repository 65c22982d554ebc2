//! Joins a [`Rule`] to the contract: one generic adapter for every rule.

use crate::canonical::{Evaluated, FactValues, InMemory};
use crate::contract::{self, Guest, GuestEvaluator};
use crate::describe::describe;
use crate::fault::Fault;
use crate::outcome::Outcome;
use crate::rule::{Facts, Parameters, Rule};
use std::marker::PhantomData;

/// What a rule writes.
type Written<R> = Outcome<<R as Rule>::Item, <R as Rule>::Finding, <R as Rule>::Step>;

/// A rule with one set of parameters, ready to be called many times.
///
/// The component's resource; natively it lets a test go the way of the contract's values.
pub struct Evaluator<R: Rule> {
    parameters: R::Parameters,
}

impl<R: Rule> Evaluator<R> {
    /// Reads the parameters and lets the rule check them.
    pub fn create(parameters: Vec<contract::Value>) -> Result<Self, Fault> {
        let parameters = <R::Parameters as Parameters>::read(parameters)?;
        R::check(&parameters)?;
        Ok(Evaluator { parameters })
    }

    /// Reads the facts and lets the rule evaluate them.
    #[inline]
    pub fn evaluate(
        &self,
        facts: Vec<contract::Value>,
        explain: bool,
    ) -> Result<contract::Outcome, Fault> {
        self.outcome(facts.into(), explain).map(Outcome::into_contract)
    }

    #[inline]
    fn outcome(&self, facts: FactValues, explain: bool) -> Result<Written<R>, Fault> {
        let facts = <R::Facts as Facts>::read_from(facts)?;
        let mut out = Outcome::new(explain);
        R::evaluate(&self.parameters, &facts, &mut out)?;
        Ok(out)
    }
}

impl<R: Rule> InMemory for Evaluator<R> {
    #[inline]
    fn evaluate_in_memory(&self, facts: FactValues, explain: bool) -> Evaluated {
        Evaluated(self.outcome(facts, explain).map(Outcome::into_parts))
    }
}

/// What `export!` hands to the generated bindings.
#[doc(hidden)]
pub struct Component<R>(PhantomData<R>);

impl<R: Rule> Guest for Component<R> {
    type Evaluator = Evaluator<R>;

    fn describe() -> contract::Description {
        describe::<R>()
    }
}

impl<R: Rule> GuestEvaluator for Evaluator<R> {
    fn create(parameters: Vec<contract::Value>) -> Result<contract::Evaluator, contract::Fault> {
        match Evaluator::<R>::create(parameters) {
            Ok(evaluator) => Ok(contract::Evaluator::new(evaluator)),
            Err(fault) => Err(fault.contract),
        }
    }

    fn evaluate(
        &self,
        facts: Vec<contract::Value>,
        explain: bool,
    ) -> Result<contract::Outcome, contract::Fault> {
        Evaluator::evaluate(self, facts, explain).map_err(|fault| fault.contract)
    }
}
