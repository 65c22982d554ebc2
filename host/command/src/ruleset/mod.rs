//! `stele ruleset`: make, test, run, package, sign, compare and publish rulesets.

mod component;
mod diff;
mod fill;
mod folder;
mod inspect;
mod key;
mod list;
mod missing;
mod new;
mod package;
mod page;
mod publish;
mod report;
mod run;
mod schema;
mod sign;
mod source;
mod template;
mod test;
mod update;
mod value;
mod verify;
mod watch;

use clap::Subcommand;

use super::failure::Failure;
use super::output::Output;

/// Make, test, run, package, sign, compare and publish rulesets.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a ruleset that works, to be changed.
    New(Box<new::Arguments>),
    /// Run every check of a publication on a folder, without a server.
    Test(test::Arguments),
    /// Calculate once with a version, without a server.
    Run(Box<run::Arguments>),
    /// Write the JSON Schema of formulas.toml, for editors.
    Schema(schema::Arguments),
    /// Write the texts that a language still lacks.
    Fill(fill::Arguments),
    /// Make a package of a folder: one file, the same on every machine.
    Package(package::Arguments),
    /// Make a key to sign packages with.
    Key(key::Arguments),
    /// Sign a package.
    Sign(sign::Arguments),
    /// Verify who signed a package.
    Verify(verify::Arguments),
    /// Show what is inside of a version.
    Inspect(inspect::Arguments),
    /// Write one page of a version for someone who reads no code.
    Page(page::Arguments),
    /// Show what changed from one version to another.
    Diff(diff::Arguments),
    /// Publish a package or a folder at a server.
    Publish(publish::Arguments),
    /// List the rulesets that a tenant sees, or the versions of one.
    List(list::Arguments),
}

/// Does it.
pub(crate) async fn run(command: Command, output: &Output) -> Result<(), Failure> {
    match command {
        Command::New(arguments) => new::run(*arguments, output).await,
        Command::Test(arguments) => test::run(arguments, output).await,
        Command::Run(arguments) => run::run(*arguments, output).await,
        Command::Schema(arguments) => schema::run(arguments, output).await,
        Command::Fill(arguments) => fill::run(arguments, output).await,
        Command::Package(arguments) => package::run(arguments, output).await,
        Command::Key(arguments) => key::run(&arguments, output),
        Command::Sign(arguments) => sign::run(arguments, output).await,
        Command::Verify(arguments) => verify::run(arguments, output).await,
        Command::Inspect(arguments) => inspect::run(arguments, output).await,
        Command::Page(arguments) => page::run(arguments, output).await,
        Command::Diff(arguments) => diff::run(arguments, output).await,
        Command::Publish(arguments) => publish::run(arguments, output).await,
        Command::List(arguments) => list::run(arguments, output).await,
    }
}
