//! The command line: one file a command.

mod activate;
mod audit;
mod backup;
mod calculate;
mod client;
mod failure;
mod impact;
mod impact_report;
mod output;
mod place;
mod policy;
mod proposal;
mod replay;
mod restore;
mod result;
mod ruleset;
mod serve;
mod slip;
mod tenant;
mod token;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub(crate) use failure::Failure;
use output::Output;

/// Shown at the end of every help.
const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  refused: the server said no, a check or a case failed
  2  the command line is wrong
  3  the server could not be reached
  4  a file, the data or the server failed

Documentation of the HTTP API: http://127.0.0.1:8080/docs while `stele serve` runs.";

/// A runtime for employment law: payroll, labor law, performance and points as rules that are
/// published, activated and swapped while the server runs.
#[derive(Debug, Parser)]
#[command(name = "stele", bin_name = "stele", version, after_help = EXIT_CODES)]
struct Arguments {
    /// Write JSON to standard output instead of tables, also for refusals.
    #[arg(long, global = true)]
    json: bool,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the HTTP API.
    Serve(serve::Arguments),
    /// Create tenants and list them.
    #[command(subcommand)]
    Tenant(tenant::Command),
    /// Create, list and revoke access tokens.
    #[command(subcommand)]
    Token(token::Command),
    /// Make, test, package, sign, compare and publish rulesets.
    #[command(subcommand)]
    Ruleset(ruleset::Command),
    /// Propose to put a version of a ruleset in force from a date on.
    Propose(proposal::Propose),
    /// List proposals and where they stand.
    Proposals(proposal::List),
    /// Approve a proposal of another person.
    Approve(proposal::Approve),
    /// Reject a proposal of another person.
    Reject(proposal::Reject),
    /// Take back a proposal of your own.
    Withdraw(proposal::Named),
    /// Go back to what was in force before.
    Rollback(proposal::Rollback),
    /// Confirm what another person put in force in an emergency.
    Confirm(proposal::Named),
    /// What a tenant demands before a version is put in force.
    #[command(subcommand)]
    Policy(policy::Command),
    /// Put a version in force in a slot whose policy asks for nobody's approval.
    Activate(activate::Arguments),
    /// Compare a version with what is in force: what would change for whom.
    Impact(impact::Arguments),
    /// Calculate, for an employee or for facts given here.
    Calculate(calculate::Arguments),
    /// Read the audit log, keep checkpoints of it, and check exports against them.
    #[command(subcommand)]
    Audit(audit::Command),
    /// Show recorded results, run them again, explain and prove them.
    #[command(subcommand)]
    Result(result::Command),
    /// Check the evidence of a result and run it again, with nothing but its file.
    Replay(replay::Arguments),
    /// Write everything that is stored into one file.
    Backup(backup::Arguments),
    /// Make a data folder from a backup.
    Restore(restore::Arguments),
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let output = Output::new(arguments.json);
    let runtime = match runtime() {
        Ok(runtime) => runtime,
        Err(error) => return output.fail(&Failure::Failed(format!("can not start: {error}"))),
    };
    let result = runtime.block_on(execute(arguments.command, &output));
    // A commit or a compilation on a blocking thread may still run; it is not worth waiting for.
    runtime.shutdown_background();
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => output.fail(&failure),
    }
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}

async fn execute(command: Command, output: &Output) -> Result<(), Failure> {
    match command {
        Command::Serve(arguments) => serve::run(arguments).await,
        Command::Tenant(command) => tenant::run(command, output).await,
        Command::Token(command) => token::run(command, output).await,
        Command::Ruleset(command) => ruleset::run(command, output).await,
        Command::Propose(arguments) => proposal::propose(arguments, output).await,
        Command::Proposals(arguments) => proposal::list(arguments, output).await,
        Command::Approve(arguments) => proposal::approve(arguments, output).await,
        Command::Reject(arguments) => proposal::reject(arguments, output).await,
        Command::Withdraw(arguments) => proposal::withdraw(arguments, output).await,
        Command::Rollback(arguments) => proposal::roll_back(arguments, output).await,
        Command::Confirm(arguments) => proposal::confirm(arguments, output).await,
        Command::Policy(command) => policy::run(command, output).await,
        Command::Activate(arguments) => activate::run(arguments, output).await,
        Command::Impact(arguments) => impact::run(arguments, output).await,
        Command::Calculate(arguments) => calculate::run(arguments, output).await,
        Command::Audit(command) => audit::run(command, output).await,
        Command::Result(command) => result::run(command, output).await,
        Command::Replay(arguments) => replay::run(arguments, output).await,
        Command::Backup(arguments) => backup::run(arguments, output).await,
        Command::Restore(arguments) => restore::run(arguments, output).await,
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Arguments::command().debug_assert();
    }
}
