//! `cargo xtask conformance`: our answers against those of official tables and other programs.

use crate::{rules, workspace};
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What `cargo xtask conformance` takes.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder with the sources, JSON lines; skipped with a notice where it is absent
    #[arg(default_value = "../shared/oracles")]
    folder: PathBuf,
    /// Only the mappings whose name starts so
    #[arg(long)]
    only: Option<String>,
    /// Leave the HTTP API out
    #[arg(long)]
    engine_only: bool,
}

/// Runs every mapped source of the folder through the engine and through the HTTP API.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    // Relative to where the user stands, as any path on a command line.
    if !arguments.folder.is_dir() {
        println!("conformance: skipped, there is no folder {}", arguments.folder.display());
        return Ok(());
    }
    rules::run(&rules::Arguments::all())?;
    workspace::cargo(&["build", "--workspace", "--all-targets"])?;
    compare(&arguments.folder.canonicalize()?, arguments.only.as_deref(), arguments.engine_only)
}

/// Compares with the sources of a folder; everything is built.
pub(crate) fn compare(folder: &Path, only: Option<&str>, engine_only: bool) -> Result<()> {
    let mut command = Command::new(workspace::program("stele-conformance", "debug")?);
    command.arg(folder).arg("--root").arg(".").current_dir(workspace::root()?);
    command.env("STELE_BINARY", workspace::program("stele", "debug")?);
    if let Some(only) = only {
        command.arg("--only").arg(only);
    }
    if engine_only {
        command.arg("--engine-only");
    }
    workspace::run(&mut command)
}
