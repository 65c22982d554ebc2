//! `cargo xtask sanitize`: the SDK's tests under the address sanitizer.
//!
//! `plugins/sdk/src/canonical` is the one place where memory is handled by hand. Its tests run as
//! native code, where every read, write and free is watched; `differential` compares it with the
//! generated bindings on random values. The flag belongs to nightly compilers; the stable one takes
//! it when it is told to bootstrap, and brings the sanitizer along.

use crate::workspace;
use anyhow::{Context, Result, ensure};
use std::process::Command;

/// Runs them, in a target folder of their own.
pub(crate) fn run() -> Result<()> {
    let output = Command::new("rustc").args(["--print", "host-tuple"]).output()?;
    ensure!(output.status.success(), "rustc does not say which machine this is");
    let host = String::from_utf8(output.stdout).context("what rustc printed")?;
    let root = workspace::root()?;
    let mut command = Command::new(crate::rules::cargo());
    command
        .current_dir(&root)
        .args(["test", "--package", "stele-sdk", "--lib", "--target", host.trim()])
        .arg("--target-dir")
        .arg(root.join("target/sanitized"))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_ENCODED_RUSTFLAGS", "-Zsanitizer=address");
    workspace::run(&mut command)
}
