//! What the states take from the pay: the employee's contributions to the insurances of the state of
//! work, income tax by the withholding publication of the state that taxes the wages, and taxes of
//! cities and localities. Start with `payment`.
//!
//! Each state is a file here and a section of `rulesets/us/payroll/parameters.toml`; how the next one
//! is added stands in `docs/adding-a-us-state.md`. A state without income tax has no line of it. A
//! state that the ruleset does not know is refused: nothing is withheld by guess. What is known to be
//! due and is not withheld is a finding (`left_out`). A fact that decides whether something is due is refused
//! where it is missing (`required`), unless the law has a default, which is a finding (`defaults`).

mod california;
pub(crate) mod choices;
mod defaults;
mod illinois;
mod income_tax;
mod insurance;
mod known;
pub(crate) mod law;
pub(crate) mod law_check;
mod left_out;
mod localities;
mod massachusetts;
mod new_jersey;
mod new_york;
mod new_york_city;
mod own_facts;
pub(crate) mod payment;
mod pennsylvania;
mod required;
mod residence;
mod tables;
pub(crate) mod wages;
mod withheld;
mod written;
pub(crate) mod year;
mod yonkers;
