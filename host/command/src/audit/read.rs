//! `stele audit list`, `checkpoint`, `export` and `key`: from a server.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use super::LogArguments;
use crate::download;
use crate::failure::Failure;
use crate::output::{Output, text};
use crate::place::ServerArguments;
use crate::tables::keep_whole;

/// Which entries.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  stele audit list --tenant acme --action employee. --from 2026-04-01T00:00:00Z
  stele audit list --employee e-1 --slot payroll --date 2026-03-31")]
pub(crate) struct List {
    /// Recorded at or after this time.
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// Recorded before this time.
    #[arg(long, value_name = "TIME")]
    to: Option<String>,
    /// Who did it: the identifier of the person or service, or the whole name.
    #[arg(long)]
    actor: Option<String>,
    /// A part of what it was done to.
    #[arg(long)]
    subject: Option<String>,
    /// The beginning of what was done, such as `employee.`
    #[arg(long)]
    action: Option<String>,
    /// Concerning this employee: revisions, results, and what was done with these.
    #[arg(long, value_name = "ID")]
    employee: Option<String>,
    /// Concerning this slot: results, proposals, activations.
    #[arg(long)]
    slot: Option<String>,
    /// Concerning results that were calculated for this date.
    #[arg(long)]
    date: Option<String>,
    /// Most entries.
    #[arg(long, default_value_t = 1000)]
    limit: usize,
    #[command(flatten)]
    log: LogArguments,
}

/// Of which state, and where to put it.
#[derive(Debug, Args)]
pub(crate) struct CheckpointArguments {
    /// The file to write, else standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Number of entries; all where not given.
    #[arg(long)]
    size: Option<u64>,
    #[command(flatten)]
    log: LogArguments,
}

/// Where to put it.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The file to write. It must not exist.
    file: PathBuf,
    #[command(flatten)]
    log: LogArguments,
}

/// Whose digests.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  stele audit export log.ndjson && stele audit employee e-1     # then search log.ndjson")]
pub(crate) struct Employee {
    /// The employee.
    id: String,
    #[command(flatten)]
    log: LogArguments,
}

/// Of which server.
#[derive(Debug, Args)]
pub(crate) struct Key {
    #[command(flatten)]
    server: ServerArguments,
}

fn borrowed(path: &[String]) -> Vec<&str> {
    path.iter().map(String::as_str).collect()
}

fn below<'a>(path: &'a [String], name: &'a str) -> Vec<&'a str> {
    path.iter().map(String::as_str).chain([name]).collect()
}

/// Shows entries, page after page.
pub(crate) async fn list(arguments: List, output: &Output) -> Result<(), Failure> {
    let (client, path) = arguments.log.open().await?;
    let filters = [
        ("from", &arguments.from),
        ("to", &arguments.to),
        ("actor", &arguments.actor),
        ("subject", &arguments.subject),
        ("action", &arguments.action),
        ("employee", &arguments.employee),
        ("slot", &arguments.slot),
        ("date", &arguments.date),
    ];
    let filters: Vec<(&str, String)> =
        filters.into_iter().filter_map(|(name, value)| Some((name, value.clone()?))).collect();
    let mut entries: Vec<Value> = Vec::new();
    let mut damaged_from = Value::Null;
    let mut cursor = None;
    while entries.len() < arguments.limit {
        let mut query = filters.clone();
        query.push(("limit", (arguments.limit - entries.len()).min(1000).to_string()));
        query.extend(cursor.take().map(|cursor| ("cursor", cursor)));
        let mut page = client.get_where(&borrowed(&path), &query).await?;
        if let Some(read) = page["entries"].as_array_mut() {
            entries.append(read);
        }
        damaged_from = page["damaged_from"].take();
        cursor = page["next"].as_str().map(str::to_owned);
        if cursor.is_none() {
            break;
        }
    }
    if let Some(entry) = damaged_from.as_u64() {
        output
            .note(&format!("the log can not be believed from entry {entry} on; what is shown can"));
    }
    let shown =
        json!({ "entries": entries, "more": cursor.is_some(), "damaged_from": damaged_from });
    output.show(&shown, |shown| {
        let mut table = output.tables().table(&["#", "Recorded", "Who", "Action", "Subject"]);
        keep_whole(&mut table, 4);
        for entry in shown["entries"].as_array().into_iter().flatten() {
            table.add_row([
                text(&entry["sequence"]),
                text(&entry["recorded_at"]),
                text(&entry["actor"]["name"]),
                text(&entry["action"]),
                text(&entry["subject"]),
            ]);
        }
        table.to_string()
    });
    if cursor.is_some() {
        output.note("there are more; name a time with --from, or a higher --limit");
    }
    Ok(())
}

/// Fetches a checkpoint. The file holds what the server answered: the signed note, and beside it
/// what it says.
pub(crate) async fn checkpoint(
    arguments: CheckpointArguments,
    output: &Output,
) -> Result<(), Failure> {
    let (client, path) = arguments.log.open().await?;
    let query: Vec<_> = arguments.size.iter().map(|size| ("size", size.to_string())).collect();
    let checkpoint = client.get_where(&below(&path, "checkpoint"), &query).await?;
    match &arguments.output {
        Some(file) => {
            let text = serde_json::to_string_pretty(&checkpoint).unwrap_or_default() + "\n";
            write_new(file, text.as_bytes())?;
            let summary = json!({
                "file": file.display().to_string(), "log": checkpoint["log"],
                "size": checkpoint["size"], "root": checkpoint["root"],
            });
            output.show(&summary, |summary| {
                format!(
                    "{}: {} entries of {}, root {}",
                    text_of(summary, "file"),
                    summary["size"],
                    text_of(summary, "log"),
                    text_of(summary, "root")
                )
            });
        }
        None => output.show(&checkpoint, |checkpoint| text_of(checkpoint, "note")),
    }
    Ok(())
}

fn text_of(value: &Value, name: &str) -> String {
    text(&value[name])
}

fn write_new(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error| Failure::file("can not write", file, &error);
    let mut written = std::fs::File::create_new(file).map_err(failed)?;
    written.write_all(bytes).and_then(|()| written.sync_all()).map_err(failed)
}

/// Fetches the whole log. The file appears only when it is complete.
pub(crate) async fn export(arguments: Export, output: &Output) -> Result<(), Failure> {
    let file = &arguments.file;
    download::expect_new(file)?;
    let (client, path) = arguments.log.open().await?;
    let spinner = output.spinner("exporting");
    let response = client.download(&below(&path, "export")).await;
    let written = match response {
        Ok(response) => download::to_new_file(response, file).await,
        Err(failure) => Err(failure),
    };
    spinner.finish_and_clear();
    let bytes = written?;
    let summary = json!({ "file": file.display().to_string(), "bytes": bytes });
    output.show(&summary, |summary| {
        format!("{}: {} bytes", text_of(summary, "file"), summary["bytes"])
    });
    Ok(())
}

/// Shows what stands for an employee in entries.
pub(crate) async fn employee(arguments: Employee, output: &Output) -> Result<(), Failure> {
    let (client, path) = arguments.log.open().await?;
    let of: Vec<&str> = below(&path, "employees").into_iter().chain([&*arguments.id]).collect();
    let digests = client.get_where(&of, &[]).await?;
    output.show(&digests, |digests| {
        let (record, results) = (text_of(digests, "record"), text_of(digests, "results"));
        format!("{record} in entries about the record\n{results} in entries about results")
    });
    Ok(())
}

/// Fetches the public key.
pub(crate) async fn key(arguments: Key, output: &Output) -> Result<(), Failure> {
    let client = arguments.server.client()?;
    let response = client.download(&["v1", "audit", "key"]).await?;
    let pem = response.text().await.map_err(|error| Failure::Failed(error.to_string()))?;
    output.show(&json!({ "key": pem }), |shown| text_of(shown, "key"));
    Ok(())
}
