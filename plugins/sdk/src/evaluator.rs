//! Joins a [`Rule`] to the contract: one generic adapter for every rule.

use crate::contract::{self, Guest, GuestEvaluator};
use crate::describe::describe;
use crate::fault::Fault;
use crate::outcome::Outcome;
use crate::rule::{Facts, Parameters, Rule};
use std::marker::PhantomData;

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
        let facts = <R::Facts as Facts>::read(facts)?;
        let mut out = Outcome::new(explain);
        R::evaluate(&self.parameters, &facts, &mut out)?;
        Ok(out.into_contract())
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
