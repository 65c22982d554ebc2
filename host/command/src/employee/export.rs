//! `stele employee export`: all employees as a file.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::{Form, TenantArguments};
use crate::download;
use crate::failure::Failure;
use crate::output::{Output, text};

/// Export all employees as a file that can be imported. It stands in the audit log.
#[derive(Debug, Args)]
#[command(after_help = "Example: stele employee export --output employees.csv")]
pub(crate) struct Arguments {
    /// The file to write, CSV if its name ends with .csv, else NDJSON; standard output where not
    /// given. It must not exist.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// What to write, whatever the file's name.
    #[arg(long, value_enum)]
    format: Option<Form>,
    /// As known at this time, such as 2026-04-05T00:00:00Z.
    #[arg(long, value_name = "TIME")]
    known_at: Option<String>,
    #[command(flatten)]
    tenant: TenantArguments,
}

/// Does it.
pub(super) async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let file = arguments.output.as_deref();
    let form = arguments.format.unwrap_or_else(|| Form::of(file));
    file.map_or(Ok(()), download::expect_new)?;
    let (client, tenant) = arguments.tenant.open().await?;
    let path = ["v1", "tenants", &tenant, "employees", "export"];
    let query: Vec<_> = arguments.known_at.map(|time| ("known_at", time)).into_iter().collect();
    let response = client.download_as(&path, &query, form.media_type()).await?;
    let Some(file) = file else { return download::to_standard_output(response).await };
    let spinner = output.spinner("exporting");
    let written = download::to_new_file(response, file).await;
    spinner.finish_and_clear();
    let summary = json!({ "file": file.display().to_string(), "bytes": written? });
    output.show(&summary, |summary| {
        format!("{}: {} bytes", text(&summary["file"]), summary["bytes"])
    });
    Ok(())
}
