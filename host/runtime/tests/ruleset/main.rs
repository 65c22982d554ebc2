//! The promises of `stele_runtime::ruleset`, through its public surface.

mod calculations;
mod packages;
mod parameters;
mod publication;
mod shipped;
mod support;
mod texts;
mod values;
