//! `cargo xtask machine`: the formula machine that the host has in it.
//!
//! A rule made of formulas must be the same bytes on every host, and compilers of different versions
//! make different machines of the same sources. So the newest machine is kept in the repository,
//! beside the name of the compiler that made it; that it is what the sources give is checked by
//! whoever has the same compiler.

use super::{Arguments as Rules, packages, relative, run as build, toolchain, write_if_changed};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;

/// Package of the machine.
const MACHINE: &str = "formula-machine";

/// The version that `plugins/formula-machine` is. One that was published is never changed: who
/// changes what a published machine does makes a new one.
const VERSION: u32 = 1;

/// What `cargo xtask machine` takes.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only say whether the kept machine is what the sources give
    #[arg(long)]
    check: bool,
}

/// Builds the machine, and keeps or compares it.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    build(&Rules::only(&[MACHINE]))?;
    if arguments.check { check() } else { keep() }
}

/// Where the kept machine and the name of its compiler are.
struct Kept {
    component: PathBuf,
    compiler: PathBuf,
}

impl Kept {
    fn of(workspace: &packages::Workspace) -> Self {
        let file = workspace.root().join(format!("host/formula-writer/machines/{VERSION}"));
        Self { component: file.with_extension("wasm"), compiler: file.with_extension("rustc") }
    }
}

/// The machine as it was built last.
fn built(workspace: &packages::Workspace) -> Result<Vec<u8>> {
    let machine = workspace.rules().iter().find(|rule| rule.machine);
    let machine = machine.with_context(|| format!("there is no package {MACHINE}"))?;
    let path = workspace.root().join(machine.component());
    fs::read(&path).with_context(|| format!("reading {}", path.display()))
}

fn keep() -> Result<()> {
    let workspace = packages::Workspace::read()?;
    let kept = Kept::of(&workspace);
    let changed = write_if_changed(&kept.component, &built(&workspace)?)?;
    write_if_changed(&kept.compiler, format!("{}\n", toolchain::choose()?.version).as_bytes())?;
    let state = if changed { "written" } else { "unchanged" };
    println!("machine: {} {state}", relative(&workspace, &kept.component));
    Ok(())
}

/// An error where the machine that was built last is not the kept one, though it was made by the
/// same compiler.
pub(crate) fn check() -> Result<()> {
    let workspace = packages::Workspace::read()?;
    let kept = Kept::of(&workspace);
    let compiler = fs::read_to_string(&kept.compiler)
        .with_context(|| format!("reading {}", kept.compiler.display()))?;
    let here = toolchain::choose()?.version;
    if compiler.trim() != here {
        println!("machine: not compared, it was made by {}, here is {here}", compiler.trim());
        return Ok(());
    }
    if fs::read(&kept.component).ok() != Some(built(&workspace)?) {
        bail!(
            "{} is not what the sources give: write it with `cargo xtask machine`, or give \
             plugins/formula-machine a new version if this one was published",
            relative(&workspace, &kept.component)
        );
    }
    println!("machine: {} is what the sources give", relative(&workspace, &kept.component));
    Ok(())
}
