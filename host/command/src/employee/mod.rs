//! `stele employee`: who works for a tenant, and what is known of them.
//!
//! | file | commands |
//! |---|---|
//! | `read` | `list`, `show`, `history` |
//! | `import` | `import` |
//! | `export` | `export` |

mod export;
mod import;
mod read;

use clap::{Args, Subcommand, ValueEnum};
use serde_json::Value;

use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Output, text};
use crate::place::ServerArguments;

/// Show, import and export employees, and show what was known when.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List employees.
    List(read::List),
    /// Show an employee: its attributes with the dates from which they hold.
    Show(read::Show),
    /// Import employees from a file. What it says is added to what is known, by attribute and date.
    Import(import::Arguments),
    /// Export all employees as a file that can be imported.
    Export(export::Arguments),
    /// Show what was known of an employee and when, and who wrote it.
    History(read::History),
}

/// Whose employees.
#[derive(Debug, Args)]
pub(crate) struct TenantArguments {
    /// The tenant; the token's where not given.
    #[arg(long)]
    tenant: Option<String>,
    #[command(flatten)]
    server: ServerArguments,
}

impl TenantArguments {
    async fn open(&self) -> Result<(Client, String), Failure> {
        let client = self.server.client()?;
        let tenant = self.server.tenant(&client, self.tenant.clone()).await?;
        Ok((client, tenant))
    }
}

/// How employees are written in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// A header, and a row for each employee and date.
    Csv,
    /// An object a line.
    Ndjson,
}

impl Form {
    /// The form of a file by its name; that of no name is NDJSON.
    fn of(file: Option<&std::path::Path>) -> Form {
        let extension = file.and_then(|file| file.extension()).and_then(|text| text.to_str());
        match extension.is_some_and(|extension| extension.eq_ignore_ascii_case("csv")) {
            true => Form::Csv,
            false => Form::Ndjson,
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Form::Csv => "text/csv",
            Form::Ndjson => "application/x-ndjson",
        }
    }
}

/// The attribute of a change, as a column of a file names it.
fn attribute(change: &Value) -> String {
    match change["employment"].as_str() {
        Some(_) => format!("{}@{}", text(&change["attribute"]), text(&change["employment"])),
        None => text(&change["attribute"]),
    }
}

/// Does it.
pub(crate) async fn run(command: Command, output: &Output) -> Result<(), Failure> {
    match command {
        Command::List(arguments) => read::list(arguments, output).await,
        Command::Show(arguments) => read::show(arguments, output).await,
        Command::Import(arguments) => import::run(arguments, output).await,
        Command::Export(arguments) => export::run(arguments, output).await,
        Command::History(arguments) => read::history(arguments, output).await,
    }
}
