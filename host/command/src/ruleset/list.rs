//! `stele ruleset list`: what a tenant sees.

use clap::Args;
use serde_json::Value;

use crate::failure::Failure;
use crate::output::{Output, text};
use crate::place::ServerArguments;
use crate::tables::{Tables, keep_whole};

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
                let names = ["name", "kind", "jurisdiction", "latest"];
                rows(&rulesets["rulesets"], &names, output.tables())
            });
        }
        Some(ruleset) => {
            path.extend(ruleset.split('/'));
            let ruleset = client.get(&path).await?;
            output.show(&ruleset, |ruleset| {
                let names = ["version", "from", "until", "recorded_at", "digest"];
                rows(&ruleset["versions"], &names, output.tables())
            });
        }
    }
    Ok(())
}

fn rows(list: &Value, names: &[&str], tables: Tables) -> String {
    let mut table = tables.table(names);
    keep_whole(&mut table, 0);
    for element in list.as_array().into_iter().flatten() {
        table.add_row(names.iter().map(|name| match *name {
            "digest" => tables.digest(&element["digest"]),
            name => text(&element[name]),
        }));
    }
    table.to_string()
}
