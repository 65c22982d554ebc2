//! Compiles one rule to a core module.

use super::packages::{RulePackage, Workspace, cargo};
use super::toolchain::{TARGET, Toolchain};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Bytes of stack. The default of 1 MiB would make every instance's memory 17 pages of which it
/// uses one; rules neither recurse nor hold large arrays, and a rule that runs out of stack traps.
const STACK: &str = "-Clink-arg=-zstack-size=131072";

/// The same for the formula machine, which calls itself for each level of a formula: so much takes
/// the deepest program that it reads (a test of the ruleset's runs it).
const STACK_OF_MACHINE: &str = "-Clink-arg=-zstack-size=524288";

/// Builds the rule and returns the bytes of its module.
///
/// Each rule is a build of its own, so that what it enables in a shared dependency does not change
/// the bytes of another.
pub(crate) fn build(
    workspace: &Workspace,
    toolchain: &Toolchain,
    rule: &RulePackage,
) -> Result<Vec<u8>> {
    let target_dir = workspace.root().join("target/rule-build").join(toolchain.name);
    let mut command = Command::new(cargo());
    command
        .current_dir(workspace.root())
        .args(["build", "--lib", "--profile", "rule", "--target", TARGET])
        .args(["--package", &rule.name])
        .arg("--target-dir")
        .arg(&target_dir)
        .env("CARGO_ENCODED_RUSTFLAGS", flags(workspace.root(), toolchain, rule).join("\u{1f}"))
        // The linker drops debug information but keeps the functions' names, so that a check that
        // fails can name the function; `component` drops the names.
        .env("CARGO_PROFILE_RULE_STRIP", "debuginfo");
    if let Some(build_std) = &toolchain.build_std {
        command
            .arg("-Zbuild-std=std,panic_abort")
            .env("RUSTC", &build_std.rustc)
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", &build_std.linker);
    }
    let status = command.status().context("running cargo build")?;
    if !status.success() {
        bail!("the rule {} does not build", rule.name);
    }
    let module = target_dir.join(TARGET).join("rule").join(&rule.module).with_extension("wasm");
    std::fs::read(&module).with_context(|| format!("reading {}", module.display()))
}

/// Flags of the compiler. Paths of this machine are renamed, so that the same sources give the
/// same bytes wherever they lie.
fn flags(root: &Path, toolchain: &Toolchain, rule: &RulePackage) -> Vec<String> {
    let stack = if rule.machine { STACK_OF_MACHINE } else { STACK };
    let mut flags = vec![stack.to_owned()];
    let mut rename = |from: &Path, to: &str| {
        flags.push(format!("--remap-path-prefix={}={to}", from.display()));
    };
    rename(&toolchain.sysroot.join("lib/rustlib/src/rust"), "rust");
    // Debian's sources are a link to where they really are.
    if let Ok(sources) = toolchain.sysroot.join("lib/rustlib/src/rust").canonicalize() {
        rename(&sources, "rust");
    }
    if let Some(home) = cargo_home() {
        rename(&home, "cargo");
    }
    rename(root, "stele");
    flags
}

fn cargo_home() -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))
}
