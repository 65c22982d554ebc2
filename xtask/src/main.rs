//! `cargo xtask …`: what a developer does with the workspace beyond building and testing a crate.
//!
//! One module a command. Nothing here is part of the product, and nothing of the product is linked
//! in: the commands work on sources and binaries from outside.

mod bench;
mod conformance;
mod demo;
mod dependencies;
mod fuzz;
mod lines;
mod rules;
mod sanitize;
mod test;
mod workspace;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Builds the rules, runs the demo, runs the tests.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds the rules of plugins/ as components into target/rules/
    Rules(rules::Arguments),
    /// Builds the formula machine and keeps it for the host, or checks that the kept one is it
    Machine(rules::machine::Arguments),
    /// Runs a month for 200 employees through a real server and checks every answer
    Demo(demo::Arguments),
    /// Runs every test
    Test,
    /// Compares with the answers of official tables and independent programs
    Conformance(conformance::Arguments),
    /// Checks licences and sources of every dependency against deny.toml
    Deny(dependencies::Arguments),
    /// Feeds the parsers of untrusted bytes with what a fuzzer finds
    Fuzz(fuzz::Arguments),
    /// Runs the tests of the code that handles memory by hand under the address sanitizer
    Sanitize,
    /// Counts the lines of each rule, and those that only explain
    Lines(lines::Arguments),
    /// Measures the numbers to hold, each beside its bound
    Bench(bench::Arguments),
}

fn main() -> ExitCode {
    // cargo calls this program as a compiler while it builds what is fuzzed.
    let instruments = std::env::var_os(fuzz::instrument::SWITCH).is_some();
    let result = if instruments { fuzz::instrument::run() } else { command() };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The causes in one line; a backtrace would say nothing to who runs the command.
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Machine(arguments) => rules::machine::run(&arguments),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Test => test::run(),
        Command::Conformance(arguments) => conformance::run(&arguments),
        Command::Deny(arguments) => dependencies::run(&arguments),
        Command::Fuzz(arguments) => fuzz::run(&arguments),
        Command::Sanitize => sanitize::run(),
        Command::Lines(arguments) => lines::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
    }
}
