//! `stele activate`: put a version of a ruleset in force, where one person may.

use clap::Args;
use serde_json::json;

use crate::failure::Failure;
use crate::output::{Output, text};
use crate::place::ServerArguments;
use crate::tables::lines;

/// Put a version of a ruleset in force from a date on, in a slot whose policy asks for nobody's
/// approval; elsewhere see `stele propose`. Nothing is overwritten.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: stele activate cn/payroll 2026.1.0 --slot payroll --from 2026-01-01"
)]
pub(crate) struct Arguments {
    /// The ruleset, such as cn/payroll.
    ruleset: String,
    /// Its version, such as 2026.1.0.
    version: String,
    /// The place that it fills, such as payroll.
    #[arg(long)]
    slot: String,
    /// The first date for which it holds.
    #[arg(long = "from", value_name = "DATE")]
    valid_from: String,
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
    let body = json!({
        "slot": arguments.slot,
        "ruleset": arguments.ruleset,
        "version": arguments.version,
        "valid_from": arguments.valid_from,
    });
    let activation = client.post(&["v1", "tenants", &tenant, "activations"], &body).await?;
    output.show(&activation, |activation| {
        let known = [
            ("Slot", "slot"),
            ("Ruleset", "ruleset"),
            ("Version", "version"),
            ("From", "valid_from"),
            ("Recorded", "recorded_at"),
            ("Digest", "digest"),
        ];
        lines(&known.map(|(title, name)| (title, text(&activation[name]))))
    });
    Ok(())
}
