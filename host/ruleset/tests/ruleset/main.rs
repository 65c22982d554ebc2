//! The promises of `stele_ruleset`, through its public surface.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod accumulators;
mod authoring;
mod calculations;
mod compatibility;
mod formulas;
mod formulas_published;
mod kept;
mod languages;
mod leaves_out;
mod made_of_formulas;
mod packages;
mod parameters;
mod publication;
mod shipped;
mod signatures;
mod support;
mod texts;
mod values;
