//! `stele ruleset list`: what a tenant sees.

use clap::Args;
use serde_json::Value;

use crate::failure::Failure;
use crate::output::{Output, table, text};
use crate::place::ServerArguments;

/// List the rulesets that a tenant sees, or the versions of one.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The ruleset whose versions are listed, such as cn/payroll.
    ruleset: Option<String>,
    /// The tenant; the token's where not given.
    #[arg(long)]
    tenant: Option<String>,
    #[command(flatten)]
    server: ServerArguments,
}

/// Does it.
pub(crate) async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let client = arguments.server.client()?;
    let tenant = arguments.server.tenant(&client, arguments.tenant).await?;
    let mut path = vec!["v1", "tenants", tenant.as_str(), "rulesets"];
    match &arguments.ruleset {
        None => {
            let rulesets = client.get(&path).await?;
            output.show(&rulesets, |rulesets| {
                rows(&rulesets["rulesets"], &["name", "kind", "jurisdiction", "latest"])
            });
        }
        Some(ruleset) => {
            path.extend(ruleset.split('/'));
            let ruleset = client.get(&path).await?;
            output.show(&ruleset, |ruleset| {
                rows(&ruleset["versions"], &["version", "from", "until", "recorded_at", "digest"])
            });
        }
    }
    Ok(())
}

fn rows(list: &Value, names: &[&str]) -> String {
    let mut table = table(names);
    for element in list.as_array().into_iter().flatten() {
        table.add_row(names.iter().map(|name| text(&element[*name])));
    }
    table.to_string()
}
