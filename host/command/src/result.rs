//! `stele result`: recorded results.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Output, text};
use crate::place::ServerArguments;
use crate::replay::render_replay;
use crate::slip;
use crate::tables::Tables;

/// Find recorded results, show them, run them again, explain and prove them.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Find results by slot, employee, employment, dates and ruleset, the oldest first.
    List(ListArguments),
    /// Show a result as it was recorded.
    Show(Named),
    /// Run a result again from what is stored, and say where it differs.
    Replay(Named),
    /// Explain a result to the one whom it concerns.
    Explain(ExplainArguments),
    /// Write the evidence of a result into a file, which `stele replay` checks.
    Evidence(EvidenceArguments),
}

/// Which results.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  stele result list --employee e-1 --from 2026-01-01 --to 2026-12-31
  stele result list --slot payroll --from 2026-03-01 --to 2026-03-31 --ruleset cn/payroll@2026.1.0")]
pub(crate) struct ListArguments {
    /// In this slot.
    #[arg(long)]
    slot: Option<String>,
    /// Of this employee.
    #[arg(long, value_name = "ID")]
    employee: Option<String>,
    /// Of this employment of an employee.
    #[arg(long, value_name = "NAME")]
    employment: Option<String>,
    /// Calculated for this date or a later one.
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Calculated for this date or an earlier one.
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Calculated with this ruleset, or with one version of it.
    #[arg(long, value_name = "RULESET[@VERSION]")]
    ruleset: Option<String>,
    /// Most results.
    #[arg(long, default_value_t = 1000)]
    limit: usize,
    /// The tenant; the token's where not given.
    #[arg(long)]
    tenant: Option<String>,
    #[command(flatten)]
    server: ServerArguments,
}

/// A result at a server.
#[derive(Debug, Args)]
pub(crate) struct Named {
    /// The result, as its receipt names it.
    result: String,
    /// The language of labels and sentences, such as zh.
    #[arg(long)]
    language: Option<String>,
    /// The tenant; the token's where not given.
    #[arg(long)]
    tenant: Option<String>,
    #[command(flatten)]
    server: ServerArguments,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    #[command(flatten)]
    named: Named,
    /// As text for the terminal, or as a page that prints well.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// The file to write a page to; standard output where not given.
    #[arg(short = 'o', long = "output", alias = "out", value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For the terminal.
    Text,
    /// A page.
    Html,
}

#[derive(Debug, Args)]
pub(crate) struct EvidenceArguments {
    #[command(flatten)]
    named: Named,
    /// The file to write; RESULT.stele-evidence where not given. It must not exist.
    #[arg(short = 'o', long = "output", alias = "out", value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Does it.
pub(crate) async fn run(command: Command, output: &Output) -> Result<(), Failure> {
    match command {
        Command::List(arguments) => list(arguments, output).await,
        Command::Show(named) => show(named, output).await,
        Command::Replay(named) => replay(named, output).await,
        Command::Explain(arguments) => explain(arguments, output).await,
        Command::Evidence(arguments) => evidence(arguments, output).await,
    }
}

impl Named {
    async fn open(&self) -> Result<(Client, String), Failure> {
        let client = self.server.client()?;
        let tenant = self.server.tenant(&client, self.tenant.clone()).await?;
        Ok((client, tenant))
    }
}

/// Lists results, page after page.
async fn list(arguments: ListArguments, output: &Output) -> Result<(), Failure> {
    let client = arguments.server.client()?;
    let tenant = arguments.server.tenant(&client, arguments.tenant).await?;
    let filters = [
        ("slot", arguments.slot),
        ("employee", arguments.employee),
        ("employment", arguments.employment),
        ("from", arguments.from),
        ("to", arguments.to),
        ("ruleset", arguments.ruleset),
    ];
    let filters: Vec<(&str, String)> =
        filters.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    let mut results: Vec<Value> = Vec::new();
    let mut cursor = None;
    while results.len() < arguments.limit {
        let mut query = filters.clone();
        query.push(("limit", (arguments.limit - results.len()).min(1000).to_string()));
        query.extend(cursor.take().map(|cursor| ("cursor", cursor)));
        let mut page = client.get_where(&["v1", "tenants", &tenant, "results"], &query).await?;
        if let Some(read) = page["results"].as_array_mut() {
            results.append(read);
        }
        cursor = page["next"].as_str().map(str::to_owned);
        if cursor.is_none() {
            break;
        }
    }
    let shown = json!({ "results": results, "more": cursor.is_some() });
    output.show(&shown, |shown| render_list(shown, output.tables()));
    if cursor.is_some() {
        output.note("there are more; name dates with --from and --to, or a higher --limit");
    }
    Ok(())
}

/// The employment has a column where one is told apart.
fn render_list(shown: &Value, tables: Tables) -> String {
    let results = shown["results"].as_array().map(Vec::as_slice).unwrap_or_default();
    let has_employments = results.iter().any(|result| result["employment"].is_string());
    let mut columns = vec!["Result", "Employee", "Date", "Slot", "Ruleset", "Recorded"];
    if has_employments {
        columns.insert(2, "Employment");
    }
    let mut table = tables.table(&columns);
    for result in results {
        let mut row = vec![
            text(&result["id"]),
            text(&result["employee"]),
            text(&result["date"]),
            text(&result["slot"]),
            format!("{} {}", text(&result["ruleset"]), text(&result["version"])),
            text(&result["recorded_at"]),
        ];
        if has_employments {
            row.insert(2, text(&result["employment"]));
        }
        table.add_row(row);
    }
    table.to_string()
}

async fn show(named: Named, output: &Output) -> Result<(), Failure> {
    let (client, tenant) = named.open().await?;
    let path = ["v1", "tenants", &tenant, "results", &named.result];
    let mut result = client.get_in(&path, named.language.as_deref()).await?;
    // A payslip shows slot, date and time of knowledge, which the receipt has.
    for member in ["slot", "date", "known_at"] {
        result[member] = result["receipt"][member].clone();
    }
    output.show(&result, |result| {
        format!(
            "result {}, recorded at {} by {}\n{}",
            text(&result["id"]),
            text(&result["recorded_at"]),
            text(&result["recorded_by"]),
            slip::render(result, output.tables())
        )
    });
    Ok(())
}

async fn replay(named: Named, output: &Output) -> Result<(), Failure> {
    let (client, tenant) = named.open().await?;
    let path = ["v1", "tenants", &tenant, "results", &named.result, "replay"];
    let replay = client.post(&path, &json!({})).await?;
    output.show(&replay, render_replay);
    if replay["identical"] == true {
        Ok(())
    } else {
        Err(Failure::CheckFailed(format!("the result {} is not identical", named.result)))
    }
}

async fn explain(arguments: ExplainArguments, output: &Output) -> Result<(), Failure> {
    let ExplainArguments { named, format, output: file } = arguments;
    let (client, tenant) = named.open().await?;
    let path = ["v1", "tenants", &tenant, "results", &named.result, "explanation"];
    let language = named.language.as_deref();
    if format == Format::Text {
        let explanation = client.get_in(&path, language).await?;
        output.show(&explanation, render_explanation);
        return Ok(());
    }
    let page = client.get_as(&path, "text/html", language).await?;
    match file {
        Some(file) => write_new(&file, &page),
        None => {
            output.show(&Value::String(String::from_utf8_lossy(&page).into_owned()), text);
            Ok(())
        }
    }
}

fn render_explanation(explanation: &Value) -> String {
    fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
        value[name].as_array().into_iter().flatten()
    }
    let mut parts = vec![text(&explanation["title"])];
    parts.extend(list(explanation, "introduction").map(text));
    let lines = explanation["lines"].as_array().map(Vec::as_slice).unwrap_or_default();
    // What the same sentences lead to stands together, and the sentences once.
    for together in lines.chunk_by(|one, next| one["steps"] == next["steps"]) {
        parts.push(String::new());
        for line in together {
            let [label, amount, unit] = ["label", "shown", "unit"].map(|name| text(&line[name]));
            let citation = match &line["citation"] {
                Value::String(citation) => format!("  ({citation})"),
                _ => String::new(),
            };
            parts.push(format!("{label}: {amount} {unit}{citation}"));
        }
        let steps = together.first().into_iter().flat_map(|line| list(line, "steps"));
        parts.extend(steps.map(|step| format!("  {}", text(&step["text"]))));
    }
    parts.push(String::new());
    parts.extend(list(explanation, "findings").map(|finding| text(&finding["message"])));
    for fact in list(explanation, "facts") {
        let shown = match &fact["shown"]["text"] {
            Value::String(shown) => shown.clone(),
            _ => format!("{} ×", list(&fact["shown"]["table"], "rows").count()),
        };
        parts.push(format!(
            "{}: {shown} {} ({})",
            text(&fact["label"]),
            text(&fact["unit"]),
            text(&fact["origin_text"])
        ));
    }
    parts.push(String::new());
    parts.extend(list(&explanation["authority"], "sentences").map(text));
    parts.push(String::new());
    parts.extend(list(explanation, "checking").map(text));
    parts.join("\n")
}

async fn evidence(arguments: EvidenceArguments, output: &Output) -> Result<(), Failure> {
    let EvidenceArguments { named, output: file } = arguments;
    let file = file.unwrap_or_else(|| PathBuf::from(format!("{}.stele-evidence", named.result)));
    let (client, tenant) = named.open().await?;
    let path = ["v1", "tenants", &tenant, "results", &named.result, "evidence"];
    let bundle = client.get_as(&path, "application/vnd.stele.evidence", None).await?;
    write_new(&file, &bundle)?;
    let summary = json!({ "file": file.display().to_string(), "bytes": bundle.len() });
    output.show(&summary, |summary| {
        format!("{}: {} bytes", text(&summary["file"]), summary["bytes"])
    });
    Ok(())
}

/// Writes a file that must not exist: evidence is not overwritten by accident.
fn write_new(file: &std::path::Path, content: &[u8]) -> Result<(), Failure> {
    use std::io::Write as _;
    std::fs::File::create_new(file)
        .and_then(|mut open| open.write_all(content).and_then(|()| open.sync_all()))
        .map_err(|error| Failure::file("can not write", file, &error))
}
