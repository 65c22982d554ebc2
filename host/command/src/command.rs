//! All commands but `serve`, by their names.

use clap::{ArgMatches, FromArgMatches, Subcommand};

use crate::failure::Failure;
use crate::output::Output;
use crate::{
    activate, audit, backup, calculate, employee, impact, organization, policy, proposal, replay,
    restore, result, ruleset, tenant, token,
};

/// What `stele` is told to do. The commands themselves are known to nobody else.
#[derive(Debug)]
pub struct Command(Named);

impl Command {
    /// Does it.
    ///
    /// # Errors
    /// It could not be done; the failure says why and with which exit code.
    pub async fn run(self, output: &Output) -> Result<(), Failure> {
        match self.0 {
            Named::Tenant(command) => tenant::run(command, output).await,
            Named::Token(command) => token::run(command, output).await,
            Named::Employee(command) => employee::run(command, output).await,
            Named::Ruleset(command) => ruleset::run(command, output).await,
            Named::Propose(arguments) => proposal::propose(arguments, output).await,
            Named::Proposals(arguments) => proposal::list(arguments, output).await,
            Named::Approve(arguments) => proposal::approve(arguments, output).await,
            Named::PutInForce(arguments) => proposal::put_in_force(arguments, output).await,
            Named::Reject(arguments) => proposal::reject(arguments, output).await,
            Named::Withdraw(arguments) => proposal::withdraw(arguments, output).await,
            Named::Rollback(arguments) => proposal::roll_back(arguments, output).await,
            Named::Confirm(arguments) => proposal::confirm(arguments, output).await,
            Named::Organization(command) => organization::run(command, output).await,
            Named::Policy(command) => policy::run(command, output).await,
            Named::Activate(arguments) => activate::run(arguments, output).await,
            Named::Impact(arguments) => impact::run(arguments, output).await,
            Named::Calculate(arguments) => calculate::run(arguments, output).await,
            Named::Audit(command) => audit::run(command, output).await,
            Named::Result(command) => result::run(command, output).await,
            Named::Replay(arguments) => replay::run(arguments, output).await,
            Named::Backup(arguments) => backup::run(arguments, output).await,
            Named::Restore(arguments) => restore::run(arguments, output).await,
        }
    }
}

impl FromArgMatches for Command {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Command, clap::Error> {
        Named::from_arg_matches(matches).map(Command)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0.update_from_arg_matches(matches)
    }
}

impl Subcommand for Command {
    fn augment_subcommands(command: clap::Command) -> clap::Command {
        Named::augment_subcommands(command)
    }

    fn augment_subcommands_for_update(command: clap::Command) -> clap::Command {
        Named::augment_subcommands_for_update(command)
    }

    fn has_subcommand(name: &str) -> bool {
        Named::has_subcommand(name)
    }
}

#[derive(Debug, Subcommand)]
enum Named {
    /// Create tenants and list them.
    #[command(subcommand)]
    Tenant(tenant::Command),
    /// Create, list and revoke access tokens.
    #[command(subcommand)]
    Token(token::Command),
    /// Show, import and export employees, and show what was known when.
    #[command(subcommand)]
    Employee(employee::Command),
    /// Make, test, run, package, sign, compare and publish rulesets.
    #[command(subcommand)]
    Ruleset(ruleset::Command),
    /// Propose to put a version of a ruleset in force from a date on.
    Propose(proposal::Propose),
    /// List proposals and where they stand.
    Proposals(proposal::List),
    /// Approve a proposal of another person.
    Approve(proposal::Approve),
    /// Put a proposal in force that has enough approvals since the policy asks for fewer.
    PutInForce(proposal::Approve),
    /// Reject a proposal of another person.
    Reject(proposal::Reject),
    /// Take back a proposal of your own.
    Withdraw(proposal::Named),
    /// Go back to what was in force before.
    Rollback(proposal::Rollback),
    /// Confirm what another person put in force in an emergency.
    Confirm(proposal::Named),
    /// How a tenant is organized: legal entities, its own fields, and whom its slots are for.
    #[command(subcommand)]
    Organization(organization::Command),
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
