//! `cargo xtask bench`: the numbers to hold, measured, each beside its bound.

use crate::{dependencies, rules, workspace};
use anyhow::Result;
use std::path::PathBuf;
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
    if arguments.only.as_deref().is_none_or(|only| only == "peers") && !arguments.attacks {
        command.env("STELE_PEERS", peers()?);
    }
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

/// The program of other engines, built. It is a workspace of its own, which nothing else builds and
/// no other command looks at: so its dependencies' licences are looked at here.
fn peers() -> Result<PathBuf> {
    let folder = workspace::root()?.join("tests/peers");
    dependencies::check_folder(&folder)?;
    let target = workspace::root()?.join("target/peers");
    let mut cargo = Command::new(rules::cargo());
    cargo.args(["build", "--release", "--locked", "--target-dir"]).arg(&target);
    workspace::run(cargo.current_dir(&folder))?;
    Ok(target.join("release").join(format!("stele-peers{}", std::env::consts::EXE_SUFFIX)))
}
