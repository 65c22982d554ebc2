//! `stele ruleset`: test, package and publish rulesets.

mod folder;
mod list;
mod package;
mod publish;
mod report;
mod test;

use clap::Subcommand;

use super::failure::Failure;
use super::output::Output;

/// Test, package and publish rulesets.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run every check of a publication on a folder, without a server.
    Test(test::Arguments),
    /// Make a package of a folder: one file, the same on every machine.
    Package(package::Arguments),
    /// Publish a package or a folder at a server.
    Publish(publish::Arguments),
    /// List the rulesets that a tenant sees, or the versions of one.
    List(list::Arguments),
}

/// Does it.
pub(crate) async fn run(command: Command, output: &Output) -> Result<(), Failure> {
    match command {
        Command::Test(arguments) => test::run(arguments, output).await,
        Command::Package(arguments) => package::run(arguments, output).await,
        Command::Publish(arguments) => publish::run(arguments, output).await,
        Command::List(arguments) => list::run(arguments, output).await,
    }
}
