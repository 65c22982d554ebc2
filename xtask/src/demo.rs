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

/// The rules of the rulesets that the demo publishes (`tests/demo/src/main.rs`).
const RULES: [&str; 4] = ["labor-law", "payroll-cn", "performance", "points"];

/// What is built: the two programs, and one small test.
///
/// The whole workspace is selected and one test is among its targets because cargo then chooses the
/// features that it chooses for every test, so that what was built for the demo is built for the
/// tests, too.
const TARGETS: [&str; 6] = ["--bin", "stele", "--bin", "stele-demo", "--test", "stop"];

/// Builds rules, server and demo; runs the demo on 127.0.0.1:8080 with its data in `./data`.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    rules::run(&rules::Arguments::only(&RULES))?;
    workspace::cargo(&[&["build", "--workspace"], &TARGETS[..]].concat())?;
    let mut demo = Command::new(workspace::program("stele-demo", "debug")?);
    demo.arg("--stele").arg(workspace::program("stele", "debug")?);
    demo.arg("--root").arg(".").current_dir(workspace::root()?);
    if arguments.once {
        demo.arg("--once");
    }
    workspace::become_command(&mut demo)
}
