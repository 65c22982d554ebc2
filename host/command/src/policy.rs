//! `stele policy`: what a tenant demands before a version is put in force.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::document;
use crate::failure::Failure;
use crate::output::{Output, text};
use crate::place::ServerArguments;
use crate::tables::Tables;

/// What a tenant demands before a version is put in force.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show the policy.
    Show(Show),
    /// Write the policy from a JSON file, which replaces the one before.
    Set(Set),
}

/// Show the policy.
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The tenant; the token's where not given. With an operator's token and without a tenant: the
    /// policy for what is published for everyone.
    #[arg(long)]
    tenant: Option<String>,
    #[command(flatten)]
    server: ServerArguments,
}

/// Write the policy.
#[derive(Debug, Args)]
#[command(
    after_help = "Example of a file: {\"approvals\": [{\"slots\": \"*/payroll\", \"approvals\": 2, \
                  \"impact_report\": \"required\"}], \"coverage\": {\"branches_percent\": 80, \
                  \"rows_percent\": 50}}"
)]
pub(crate) struct Set {
    /// The file.
    file: PathBuf,
    #[command(flatten)]
    show: Show,
}

/// Does it.
pub(crate) async fn run(command: Command, output: &Output) -> Result<(), Failure> {
    let policy = match command {
        Command::Show(show) => {
            let (client, path) = show.open().await?;
            client.get(&parts(&path)).await?
        }
        Command::Set(set) => {
            let policy = document::read(&set.file).await?;
            let (client, path) = set.show.open().await?;
            client.put(&parts(&path), &json!({ "policy": policy })).await?
        }
    };
    output.show(&policy, |policy| render(policy, output.tables()));
    Ok(())
}

impl Show {
    async fn open(self) -> Result<(crate::client::Client, Vec<String>), Failure> {
        let client = self.server.client()?;
        let tenant = match self.tenant {
            Some(tenant) => Some(tenant),
            None => client.tenant_of_token().await?,
        };
        let path = match tenant {
            Some(tenant) => {
                vec!["v1".to_owned(), "tenants".to_owned(), tenant, "policy".to_owned()]
            }
            None => vec!["v1".to_owned(), "policy".to_owned()],
        };
        Ok((client, path))
    }
}

fn parts(path: &[String]) -> Vec<&str> {
    path.iter().map(String::as_str).collect()
}

fn render(view: &Value, tables: Tables) -> String {
    let mut table = tables.table(&["Slots", "Approvals by others", "Impact report"]);
    for rule in view["policy"]["approvals"].as_array().into_iter().flatten() {
        table.add_row(["slots", "approvals", "impact_report"].map(|name| text(&rule[name])));
    }
    let written = document::written(view, "No policy was written; this one holds then.");
    let coverage = coverage(&view["policy"]["coverage"]);
    format!("{table}\n{coverage}{written}")
}

/// What cases must reach of rules of formulas; nothing where they may reach any part.
fn coverage(rule: &Value) -> String {
    let percent = |name: &str| rule[name].as_u64().unwrap_or(0);
    match (percent("branches_percent"), percent("rows_percent")) {
        (0, 0) => String::new(),
        (branches, rows) => format!(
            "Cases must reach {branches} % of the branches of formulas and {rows} % of the rows of \
             their tables.\n"
        ),
    }
}
