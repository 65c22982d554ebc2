//! `cargo xtask test`: every test, with what the tests need.

use crate::{conformance, rules, workspace};
use anyhow::Result;

/// Builds the rules and the server, checks that the kept formula machine is what the sources give, runs every test of the workspace, and compares the samples of
/// official tables that are kept in the repository.
pub(crate) fn run() -> Result<()> {
    rules::run(&rules::Arguments::all())?;
    rules::machine::check()?;
    workspace::cargo(&["build", "--workspace", "--all-targets"])?;
    workspace::cargo(&["test", "--workspace"])?;
    conformance::compare(&workspace::root()?.join("tests/conformance/samples"), None, false)
}
