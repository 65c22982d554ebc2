//! What the states take from the pay: the employee's contributions to the insurances of the state of
//! work, income tax by the withholding publication of the state that taxes the wages, and taxes of
//! cities and localities. Start with `payment`.
//!
//! Each state is a file here and a section of `rulesets/us/payroll/parameters.toml`; how the next one
//! is added stands in `docs/adding-a-us-state.md`. A state without income tax has no line of it. A
//! state that the ruleset does not know is refused: nothing is withheld by guess. What is known to be
//! due and is not withheld is a finding (`left_out`). A fact that decides whether something is due is refused
//! where it is missing (`required`), unless the law has a default, which is a finding (`defaults`).

pub(crate) mod california;
pub(crate) mod choices;
pub(crate) mod defaults;
pub(crate) mod illinois;
pub(crate) mod income_tax;
pub(crate) mod insurance;
pub(crate) mod known;
pub(crate) mod law;
pub(crate) mod law_check;
pub(crate) mod left_out;
pub(crate) mod localities;
pub(crate) mod massachusetts;
pub(crate) mod new_jersey;
pub(crate) mod new_york;
pub(crate) mod new_york_city;
pub(crate) mod own_facts;
pub(crate) mod payment;
pub(crate) mod pennsylvania;
pub(crate) mod required;
pub(crate) mod residence;
pub(crate) mod tables;
pub(crate) mod wages;
pub(crate) mod withheld;
pub(crate) mod written;
pub(crate) mod year;
pub(crate) mod yonkers;
