//! `cargo xtask …`: what a developer does with the workspace beyond building and testing a crate.
//!
//! One module a command. Nothing here is part of the product, and nothing of the product is linked
//! in: the commands work on sources and binaries from outside.

mod rules;

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
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Rules(arguments) => rules::run(&arguments),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The causes in one line; a backtrace would say nothing to who runs the command.
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
