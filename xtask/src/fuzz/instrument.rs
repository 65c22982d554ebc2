//! The compiler for fuzzing: rustc with a pass that counts which edges of our code were taken.
//!
//! cargo calls this program in place of rustc for the crates of the workspace and for no other
//! (`RUSTC_WORKSPACE_WRAPPER`), and keeps what it makes apart from what the tests are made of.

use anyhow::{Context, Result};
use std::ffi::OsString;
use std::process::Command;

/// Set: this program stands for rustc.
pub(crate) const SWITCH: &str = "STELE_XTASK_INSTRUMENTS";

/// What is fuzzed, and the targets, which bring what counts.
const CRATES: [&str; 9] = [
    "stele_digest",
    "stele_engine",
    "stele_formula_program",
    "stele_formulas",
    "stele_ruleset",
    "stele_runtime",
    "stele_server",
    "stele_store",
    "fuzz_",
];

/// As cargo-fuzz does.
const FLAGS: [&str; 6] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "--cfg=fuzzing",
];

/// Becomes the compiler: its path and arguments are those of this process.
pub(crate) fn run() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let mut rustc = Command::new(arguments.next().context("no compiler was named")?);
    let arguments: Vec<OsString> = arguments.collect();
    let named = arguments.iter().zip(arguments.iter().skip(1));
    let mut named = named.filter(|(flag, _)| *flag == "--crate-name").map(|(_, name)| name);
    let instrumented = named.next().and_then(|name| name.to_str()).is_some_and(|name| {
        CRATES.iter().any(|known| name == *known || known.ends_with('_') && name.starts_with(known))
    });
    rustc.args(&arguments);
    if instrumented {
        rustc.args(FLAGS);
    }
    crate::workspace::become_command(&mut rustc)
}
