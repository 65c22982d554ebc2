//! `cargo xtask bench`: the numbers to hold, measured, each beside its bound.

use crate::{rules, workspace};
use anyhow::Result;
use std::process::Command;

/// What `cargo xtask bench` takes.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Print one JSON object instead of a table
    #[arg(long)]
    json: bool,
    /// Only the measurements whose name starts so
    #[arg(long)]
    only: Option<String>,
    /// Attack a server in every known way, and print what who stands by sees of it; `--only` then
    /// names one attack
    #[arg(long)]
    attacks: bool,
    /// Measure the audit log with ten million entries instead of one
    #[arg(long)]
    large: bool,
}

/// Builds everything optimised and measures.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    rules::run(&rules::Arguments::all())?;
    rules::run(&rules::Arguments::only(&["bench-echo"]))?;
    workspace::cargo(&[
        "build",
        "--release",
        "--package",
        "stele-server",
        "--package",
        "stele-bench",
    ])?;
    let mut command = Command::new(workspace::program("stele-bench", "release")?);
    command.env("STELE_BINARY", workspace::program("stele", "release")?);
    command.arg("--root").arg(".").current_dir(workspace::root()?);
    if arguments.json {
        command.arg("--json");
    }
    if arguments.attacks {
        command.arg("--attacks");
    }
    if arguments.large {
        command.arg("--large");
    }
    if let Some(only) = &arguments.only {
        command.arg("--only").arg(only);
    }
    workspace::run(&mut command)
}
