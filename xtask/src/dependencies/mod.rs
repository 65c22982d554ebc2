//! `cargo xtask deny`: what may be linked into Stele, by `deny.toml`.
//!
//! `cargo deny` decides where it is installed. Building its hundreds of crates would take minutes of
//! every clean run; where it is not installed, [`check`] holds the parts of the same file that need
//! nothing but what cargo knows: licences by their declared expressions, sources, and requirements
//! without a version. Neither asks for advisories: their database is on the net.

mod check;
mod policy;

use crate::workspace;
use anyhow::{Context, Result, bail};
use check::Package;
use policy::Policy;
use std::process::{Command, Stdio};

/// What `cargo xtask deny` takes.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Build and install `cargo deny` first
    #[arg(long)]
    install: bool,
}

/// Checks every dependency.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    if arguments.install {
        workspace::cargo(&["install", "cargo-deny", "--locked"])?;
    }
    if is_installed() {
        return workspace::cargo(&["deny", "--offline", "check", "licenses", "bans", "sources"]);
    }
    let root = workspace::root()?;
    let policy = Policy::parse(
        &std::fs::read_to_string(root.join("deny.toml")).context("reading deny.toml")?,
    )?;
    let packages = Package::all(&root)?;
    let refused: Vec<_> = packages.iter().flat_map(|package| policy.refuses(package)).collect();
    if !refused.is_empty() {
        bail!("deny.toml does not allow:\n  {}", refused.join("\n  "));
    }
    println!(
        "deny: licences, sources and requirements of {} packages are as deny.toml allows \
         (without cargo-deny; `cargo xtask deny --install` gets it)",
        packages.len()
    );
    Ok(())
}

fn is_installed() -> bool {
    let mut asking = Command::new(crate::rules::cargo());
    asking.args(["deny", "--version"]).stdout(Stdio::null()).stderr(Stdio::null());
    asking.status().is_ok_and(|status| status.success())
}
