//! The workspace seen from the commands: its root, cargo, and the programs that cargo built.

use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;

/// The repository's root.
pub(crate) fn root() -> Result<PathBuf> {
    // Asked when it runs: checkouts that share a target folder share this program.
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let root = here.join("..");
    root.canonicalize().with_context(|| root.display().to_string())
}

/// Runs cargo in the workspace; its output is the user's.
pub(crate) fn cargo(arguments: &[&str]) -> Result<()> {
    let mut command = Command::new(crate::rules::cargo());
    run(command.args(arguments).current_dir(root()?))
}

/// A program of the workspace, built before with [`cargo`].
pub(crate) fn program(name: &str, profile: &str) -> Result<PathBuf> {
    let target = match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => root()?.join("target"),
    };
    Ok(target.join(profile).join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// Runs a command to its end; an error if it fails.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("starting {name}"))?;
    if !status.success() {
        let arguments: Vec<_> =
            command.get_args().map(|argument| argument.to_string_lossy()).collect();
        bail!("{name} {} failed: {status}", arguments.join(" "));
    }
    Ok(())
}

/// Becomes the command, where the system can do that: what stops this process stops the command,
/// instead of leaving it behind.
pub(crate) fn become_command(command: &mut Command) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        let name = command.get_program().to_string_lossy().into_owned();
        Err(command.exec()).with_context(|| format!("starting {name}"))
    }
    #[cfg(not(unix))]
    run(command)
}
