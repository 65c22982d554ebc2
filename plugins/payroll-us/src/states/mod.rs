//! What the state in which an employee works takes from the pay: income tax by the state's
//! withholding publication, taxes of its cities, and the employee's contributions to its insurances.
//!
//! Each state is a file here and a section of `rulesets/us/payroll/parameters.toml`; how the next one
//! is added stands in `docs/adding-a-us-state.md`. A state without income tax has no line. A state
//! that the ruleset does not know is refused: nothing is withheld by guess. Only the state of work
//! counts; agreements between states and taxes of the state of residence stay out.

mod california;
pub(crate) mod choices;
mod flat_tax;
mod illinois;
mod insurance;
mod known;
pub(crate) mod law;
pub(crate) mod law_check;
mod localities;
mod massachusetts;
mod new_jersey;
mod new_york;
mod new_york_city;
mod own_facts;
pub(crate) mod payment;
mod pennsylvania;
mod supplemental;
mod tables;
pub(crate) mod wages;
mod withheld;
pub(crate) mod year;
mod yonkers;
