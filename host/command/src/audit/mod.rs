//! `stele audit`: what others hold against the audit log.

mod read;
mod verify;

use clap::{Args, Subcommand};

use super::client::Client;
use super::failure::Failure;
use super::output::Output;
use super::place::ServerArguments;

/// The audit log.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show entries, the oldest first.
    List(read::List),
    /// Fetch a signed checkpoint. Keep it where the server can not reach it.
    Checkpoint(read::CheckpointArguments),
    /// Fetch the whole log as a file. That it was exported becomes an entry.
    Export(read::Export),
    /// Show what stands for an employee in entries, to find them in an export.
    Employee(read::Employee),
    /// Check an export against a checkpoint, with nothing but files.
    Verify(verify::Arguments),
    /// Fetch the public key of the server's checkpoints, as PEM.
    Key(read::Key),
}

/// Whose log.
#[derive(Debug, Args)]
struct LogArguments {
    /// The tenant; the token's where not given. With an operator's token and no tenant: the log of
    /// what concerns no single tenant.
    #[arg(long)]
    tenant: Option<String>,
    #[command(flatten)]
    server: ServerArguments,
}

impl LogArguments {
    /// The client, and the path of the log.
    async fn open(&self) -> Result<(Client, Vec<String>), Failure> {
        let client = self.server.client()?;
        let tenant = match &self.tenant {
            Some(tenant) => Some(tenant.clone()),
            None => client.tenant_of_token().await?,
        };
        let path = match tenant {
            Some(tenant) => vec!["v1".to_owned(), "tenants".to_owned(), tenant, "audit".to_owned()],
            None => vec!["v1".to_owned(), "audit".to_owned()],
        };
        Ok((client, path))
    }
}

/// Does it.
pub(crate) async fn run(command: Command, output: &Output) -> Result<(), Failure> {
    match command {
        Command::List(arguments) => read::list(arguments, output).await,
        Command::Checkpoint(arguments) => read::checkpoint(arguments, output).await,
        Command::Export(arguments) => read::export(arguments, output).await,
        Command::Employee(arguments) => read::employee(arguments, output).await,
        Command::Verify(arguments) => verify::run(&arguments, output),
        Command::Key(arguments) => read::key(arguments, output).await,
    }
}
