//! What a program means: every node evaluated exactly, or a fault that names formula and operands.
//!
//! [`Prepared`] is a program with its parameters; [`Prepared::evaluate`] gives lines, findings and
//! steps to an [`Outcome`]. `nodes` and `scalars` walk the nodes; the rooms beside it are the operations:
//! `arithmetic` and `compare` on values of any kind, `numbers`, `lists`, `texts`, `dates` and
//! `contexts` the functions, `tables` what a payroll does with rows of the law, `faults` what is said
//! where there is no value.

mod arithmetic;
mod call;
mod compare;
mod contexts;
mod dates;
mod elements;
mod faults;
mod lists;
mod nodes;
mod numbers;
pub(crate) mod run;
mod scalars;
mod tables;
mod texts;

use crate::fault::Fault;
use crate::inputs::{Inputs, Outcome};
use crate::operand::NodeId;
use crate::prepare::Plan;
use crate::program::Program;
use crate::value::Value;
use run::{During, Run};

pub use texts::write_value;

/// Whether the first of two values does not come after the second.
#[must_use]
pub fn in_order(first: &Value<'_>, second: &Value<'_>) -> bool {
    compare::order(first, second).is_some_and(core::cmp::Ordering::is_le)
}

/// Most elements that a list may have: a fault beyond. A table of facts has at most as many rows as
/// its declaration says, so only formulas that make lists of lists meet it.
pub const MAXIMUM_ELEMENTS: usize = 100_000;

/// Most elements that one evaluation looks at in all. Inside a component fuel ends it earlier; this
/// bounds it where a program runs natively.
pub const MAXIMUM_VISITS: u32 = 5_000_000;

/// A program with a set of parameters.
#[derive(Debug)]
pub struct Prepared<'a, P> {
    program: Program<'a>,
    plan: Plan<'a>,
    parameters: P,
}

impl<'a, P: Inputs<'a>> Prepared<'a, P> {
    /// Takes a program and its parameters. The facts are none at all: checks of parameters ask for
    /// none, and of their type the code is there already, which is half of a machine.
    ///
    /// # Errors
    /// What the program's checks of parameters refuse.
    pub fn new<F>(program: Program<'a>, parameters: P, no_facts: &F) -> Result<Self, Box<Fault>>
    where
        F: for<'v> Inputs<'v>,
    {
        let plan = Plan::of(&program, &parameters, no_facts);
        let prepared = Self { program, plan, parameters };
        prepared.check(no_facts)?;
        Ok(prepared)
    }

    fn check<'v, F: Inputs<'v>>(&'v self, no_facts: &'v F) -> Result<(), Box<Fault>> {
        let parameters = During::new(&self.parameters);
        Run::new(&self.program, &self.plan, &parameters, no_facts).refuse(&self.program.checks)
    }

    /// Computes lines and findings, and with `explain` steps.
    ///
    /// # Errors
    /// What the program refuses, and what has no value: a division by zero, a missing row.
    #[inline]
    pub fn evaluate<'v, F: Inputs<'v>, O: Outcome>(
        &'v self,
        facts: &'v F,
        explain: bool,
        outcome: &mut O,
    ) -> Result<(), Box<Fault>> {
        let parameters = During::new(&self.parameters);
        Run::new(&self.program, &self.plan, &parameters, facts).all(explain, outcome)
    }

    /// Computes one node: for tests of single formulas.
    ///
    /// # Errors
    /// What has no value.
    pub fn value<'v, F: Inputs<'v>>(
        &'v self,
        facts: &'v F,
        node: NodeId,
    ) -> Result<Value<'v>, Box<Fault>> {
        let parameters = During::new(&self.parameters);
        Run::new(&self.program, &self.plan, &parameters, facts).value(node)
    }
}
