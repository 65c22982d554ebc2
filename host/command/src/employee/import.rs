//! `stele employee import`: a file of employees to a server.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::Value;

use super::{Form, TenantArguments, attribute};
use crate::failure::Failure;
use crate::output::{Output, text};
use crate::tables::{Tables, keep_whole};

/// Import employees from a file: all of them or none.
#[derive(Debug, Args)]
#[command(after_help = "\
Example: stele employee import raises.csv --dry-run

A file of raises, which changes nothing but salaries:
  id,from,gross
  e-1001,2026-04-01,32000

A cell \\end says that there is no value from that date on, \\drop takes back what was stated for it.")]
pub(crate) struct Arguments {
    /// The file, CSV if its name ends with .csv, else NDJSON; - reads standard input.
    file: PathBuf,
    /// What the file is, whatever its name.
    #[arg(long, value_enum)]
    format: Option<Form>,
    /// Of each employee of the file, forget what is known and keep only what the file says.
    #[arg(long)]
    replace: bool,
    /// Store nothing; show what would be.
    #[arg(long)]
    dry_run: bool,
    /// The decimal mark of numbers in CSV.
    #[arg(long, value_enum)]
    decimal: Option<Decimal>,
    #[command(flatten)]
    tenant: TenantArguments,
}

/// What stands between the whole and the decimals of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Decimal {
    /// 1234.56
    Point,
    /// 1234,56 or 1.234,56
    Comma,
}

/// Does it.
pub(super) async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let form = arguments.format.unwrap_or_else(|| Form::of(Some(&arguments.file)));
    let content = read(&arguments.file).await?;
    let (client, tenant) = arguments.tenant.open().await?;
    let mut query = Vec::new();
    if arguments.replace {
        query.push(("mode", "replace".to_owned()));
    }
    if arguments.dry_run {
        query.push(("dry_run", "true".to_owned()));
    }
    if let Some(decimal) = arguments.decimal {
        let mark = if decimal == Decimal::Comma { "comma" } else { "point" };
        query.push(("decimal", mark.to_owned()));
    }
    let path = ["v1", "tenants", &tenant, "employees", "import"];
    let spinner = output.spinner("importing");
    let report = client.upload_where(&path, &query, form.media_type(), content).await;
    spinner.finish_and_clear();
    output.show(&report?, |report| render(report, output.tables()));
    Ok(())
}

async fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error| Failure::file("can not read", file, &error);
    if file.as_os_str() != "-" {
        return tokio::fs::read(file).await.map_err(failed);
    }
    let mut content = Vec::new();
    std::io::stdin().read_to_end(&mut content).map_err(failed)?;
    Ok(content)
}

fn render(report: &Value, tables: Tables) -> String {
    let count = |name: &str| text(&report[name]);
    let values = |name: &str| text(&report["values"][name]);
    let mut shown = format!(
        "{} {}: {} new, {} updated, {} unchanged{}\n\
         values: {} added, {} changed, {} ended, {} dropped",
        count("rows"),
        if report["rows"] == 1 { "employee" } else { "employees" },
        count("created"),
        count("updated"),
        count("unchanged"),
        if report["dry_run"] == true { "; nothing was stored" } else { "" },
        values("added"),
        values("changed"),
        values("ended"),
        values("dropped"),
    );
    let employees = report["employees"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !employees.is_empty() {
        let mut table = tables.table(&["Line", "Employee", "", "Changes"]);
        keep_whole(&mut table, 1);
        for employee in employees {
            table.add_row([
                text(&employee["line"]),
                text(&employee["id"]),
                if employee["new"] == true { "new" } else { "updated" }.to_owned(),
                changes(employee),
            ]);
        }
        shown.push_str(&format!("\n{table}"));
        let named = employees.len() as u64;
        let all = [&report["created"], &report["updated"]].map(|count| count.as_u64());
        let all: u64 = all.into_iter().flatten().sum();
        if all > named {
            shown.push_str(&format!("\nand {} more", all - named));
        }
    }
    let unused: Vec<String> = report["unused"].as_array().into_iter().flatten().map(text).collect();
    if !unused.is_empty() {
        shown.push_str(&format!(
            "\nno ruleset in force uses: {} (kept all the same)",
            unused.join(", ")
        ));
    }
    for shadowed in report["shadowed"].as_array().into_iter().flatten() {
        shown.push_str(&format!("\n{}", not_read(shadowed)));
    }
    let named = report["shadowed"].as_array().map_or(0, Vec::len) as u64;
    match report["shadowed_count"].as_u64().unwrap_or_default().saturating_sub(named) {
        0 => {}
        further => shown.push_str(&format!("\nand {further} more that not everybody reads")),
    }
    let unread = report["unread"].as_array().map(Vec::as_slice).unwrap_or_default();
    for value in unread.iter().take(MOST_UNREAD) {
        shown.push_str(&format!("\n{}", read_by_nobody(value)));
    }
    let named = unread.len().min(MOST_UNREAD) as u64;
    match report["unread_count"].as_u64().unwrap_or_default().saturating_sub(named) {
        0 => {}
        further => shown.push_str(&format!("\nand {further} more that no calculation reads")),
    }
    shown
}

/// Values that nothing reads and that are shown: enough to see what they have in common.
const MOST_UNREAD: usize = 10;

/// What no calculation reads, in a line.
fn read_by_nobody(value: &Value) -> String {
    let [id, from, until] = ["id", "from", "until"].map(|name| text(&value[name]));
    let days = match value["until"].is_string() {
        true => format!("from {from} until {until}"),
        false => format!("from {from}"),
    };
    let because = match value["because"].as_str() {
        Some("not_begun") => "the employment begins later",
        Some("ended") => "the employment has ended by then",
        _ => "no version that takes it is in force then in a slot that is for the employment",
    };
    format!("{id}: no calculation reads {} {days}: {because}", attribute(value))
}

/// What not every employment reads, in a line.
fn not_read(shadowed: &Value) -> String {
    let list = |name: &str| -> String {
        let names = shadowed[name].as_array().into_iter().flatten().map(text);
        names.collect::<Vec<_>>().join(", ")
    };
    let (id, from) = (text(&shadowed["id"]), text(&shadowed["from"]));
    let whom = match list("employments") {
        none if none.is_empty() => String::new(),
        employments => format!(" for {employments}"),
    };
    let (attribute, read) = (attribute(shadowed), list("read"));
    format!("{id}: {attribute} from {from} is not read{whom}, but {read}")
}

fn changes(employee: &Value) -> String {
    let changes = employee["changes"].as_array().into_iter().flatten();
    let mut named: Vec<String> = changes
        .map(|change| {
            let [from, what] = ["from", "change"].map(|name| text(&change[name]));
            format!("{} {what} from {from}", attribute(change))
        })
        .collect();
    match employee["further_changes"].as_u64() {
        None | Some(0) => {}
        Some(further) => named.push(format!("and {further} more")),
    }
    named.join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_report_says_who_is_changed_and_how() {
        let report = json!({
            "dry_run": true, "rows": 3, "created": 0, "updated": 2, "unchanged": 1,
            "values": { "added": 1, "changed": 1, "ended": 0, "dropped": 0 },
            "employees": [{
                "id": "e-1", "line": 2, "new": false, "further_changes": 1,
                "changes": [{ "attribute": "gross", "from": "2026-04-01", "change": "added" }],
            }],
            "errors": [], "error_count": 0, "unused": ["shoe_size"],
        });
        let shown = render(&report, Tables::new(true));
        for part in [
            "3 employees: 0 new, 2 updated, 1 unchanged; nothing was stored",
            "1 added, 1 changed, 0 ended, 0 dropped",
            "gross added from 2026-04-01, and 1 more",
            "and 1 more\n",
            "shoe_size",
        ] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
    }
}
