//! `cargo xtask demo`: builds what the demo needs and runs it.

use crate::{rules, workspace};
use anyhow::Result;
use std::process::Command;

/// What `cargo xtask demo` takes.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// End after the summary, with exit code 0 only if every answer was right
    #[arg(long)]
    once: bool,
}

/// Builds rules, server and demo; runs the demo on 127.0.0.1:8080 with its data in `./data`.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    rules::run(&rules::Arguments::all())?;
    workspace::cargo(&["build", "--workspace", "--all-targets"])?;
    let mut demo = Command::new(workspace::program("stele-demo", "debug")?);
    demo.arg("--stele").arg(workspace::program("stele", "debug")?);
    demo.arg("--root").arg(".").current_dir(workspace::root()?);
    if arguments.once {
        demo.arg("--once");
    }
    workspace::become_command(&mut demo)
}
