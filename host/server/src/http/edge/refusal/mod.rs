//! What the runtime refuses, as problem documents: one function for each of its errors, by the rooms
//! that they come from.

mod people;
mod release;
mod result;
mod store;
mod words;

pub(crate) use people::{of_employee, of_erasure};
pub(crate) use release::{
    of_activation, of_impact, of_organization, of_policy, of_proposal, of_publication,
};
pub(crate) use result::{
    of_calculation, of_evidence, of_explanation, of_length, of_recall, of_recalled_result,
    of_replay, of_result, of_solving,
};
pub(crate) use store::{of_change, of_load, of_store};
pub(crate) use words::field;
