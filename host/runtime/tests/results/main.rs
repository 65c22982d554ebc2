//! The promises of the runtime about recorded results, through its public surface: recorded once
//! and whole, run again to the same, proven, explained, erased.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code, reason = "the tests of rulesets use more of it")]
#[path = "../../../ruleset/tests/ruleset/support.rs"]
mod rulesets;

#[allow(dead_code, reason = "the tests of the state use more of it")]
#[path = "../state/support.rs"]
mod support;

mod backend;
mod erasures;
mod evidence;
mod explanations;
mod languages;
mod lists;
mod readings;
mod recording;
mod replays;
mod results;
mod tampering;
mod upgrade;
