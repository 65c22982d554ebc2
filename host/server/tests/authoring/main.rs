//! The promises of `stele ruleset` to those who write, sign and compare rulesets, through the
//! binary and without a server. The rules are built by `cargo xtask rules`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can not go on has failed")]

mod beginning;
mod cases;
mod formulas;
mod results;
mod support;
mod versions;
