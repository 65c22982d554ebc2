//! `stele impact`: what a version would change for whom.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use serde_json::{Value, json};

use crate::client::Client;
use crate::failure::Failure;
use crate::impact_report;
use crate::output::Output;
use crate::place::ServerArguments;

/// Time between two questions how far the report is.
const PAUSE: Duration = Duration::from_millis(250);

/// Compare a version with the versions in force over the same facts, before it is put in force:
/// totals, who is affected, the largest changes, and whose calculation fails.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  stele impact --slot payroll --candidate cn/payroll@2026.3.0 --date 2026-01-31 --date 2026-02-28 --wait
  stele impact --slot payroll --candidate cn/payroll@2026.3.0 --date 2026-01-31 --employee e-1
  stele impact --slot payroll --candidate cn/payroll@2026.3.0 --date 2026-01-31 --rows made-up.ndjson
  stele impact --slot payroll --candidate cn/payroll@2026.3.0 --paid 2026-01-01..2026-03-31 --wait
  stele impact --show 01990e7c-8d4a-7bb4-a51e-3f6e1d9c0a11 --language zh")]
pub(crate) struct Arguments {
    /// The slot whose versions in force are compared with the candidate.
    #[arg(long, required_unless_present = "show", conflicts_with = "show")]
    slot: Option<String>,
    /// The version that may be put in force, such as cn/payroll@2026.3.0.
    #[arg(
        long,
        value_name = "RULESET@VERSION",
        required_unless_present = "show",
        conflicts_with = "show"
    )]
    candidate: Option<String>,
    /// A date for which law and facts hold; give it as often as there are dates.
    #[arg(
        long = "date",
        value_name = "DATE",
        required_unless_present_any = ["show", "paid"],
        conflicts_with_all = ["show", "paid"]
    )]
    dates: Vec<String>,
    /// Only this employee; give it as often as there are employees. Everyone where not given.
    #[arg(long = "employee", value_name = "ID", conflicts_with = "show")]
    employees: Vec<String>,
    /// A file with facts that need no employee, each under a name for the report: a JSON array of
    /// {"id": …, "facts": {…}}, or one of these a line. In place of employees.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["show", "employees"])]
    rows: Option<PathBuf>,
    /// Over what people were paid between two dates, both included: the candidate runs over the
    /// facts of the results that were recorded, beside what they came to.
    #[arg(long, value_name = "FROM..TO", conflicts_with_all = ["show", "employees", "rows", "facts"])]
    paid: Option<String>,
    /// A file with facts that are the same for everyone, as a JSON object.
    #[arg(long, value_name = "FILE", conflicts_with = "show")]
    facts: Option<PathBuf>,
    /// Wait until the report is finished and show it.
    #[arg(long)]
    wait: bool,
    /// Show a report that was asked for earlier.
    #[arg(long, value_name = "REPORT")]
    show: Option<String>,
    /// The language of labels, such as zh; the ruleset's first where not given.
    #[arg(long)]
    language: Option<String>,
    /// The tenant; the token's where not given.
    #[arg(long)]
    tenant: Option<String>,
    #[command(flatten)]
    server: ServerArguments,
}

/// Does it.
pub(crate) async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let body = match &arguments.show {
        Some(_) => Value::Null,
        None => body(&arguments).await?,
    };
    let client = arguments.server.client()?;
    let tenant = arguments.server.tenant(&client, arguments.tenant).await?;
    let language = arguments.language.as_deref();
    let report = match arguments.show {
        Some(id) => {
            let path = ["v1", "tenants", &tenant, "impact-reports", &id];
            client.get_in(&path, language).await?
        }
        None => client.post(&["v1", "tenants", &tenant, "impact-reports"], &body).await?,
    };
    let report = match arguments.wait && report["state"] == "running" {
        true => wait(&client, &tenant, &report, language, output).await?,
        false => report,
    };
    output.show(&report, |report| impact_report::render(report, output.tables()));
    match report["state"].as_str() {
        Some("failed") => Err(Failure::CheckFailed("there is no report".to_owned())),
        _ => Ok(()),
    }
}

async fn body(arguments: &Arguments) -> Result<Value, Failure> {
    let candidate = arguments.candidate.as_deref().unwrap_or_default();
    let (ruleset, version) = candidate.rsplit_once('@').ok_or_else(|| {
        Failure::Usage(format!("--candidate must be RULESET@VERSION, found {candidate:?}"))
    })?;
    let mut body = json!({
        "slot": arguments.slot,
        "candidate": { "ruleset": ruleset, "version": version },
        "population": population(arguments).await?,
    });
    if !arguments.dates.is_empty() {
        body["dates"] = json!(arguments.dates);
    }
    if let Some(path) = &arguments.facts {
        body["facts"] = serde_json::from_str(&read(path).await?).map_err(|error| {
            Failure::Usage(format!("{} is no JSON object: {error}", path.display()))
        })?;
    }
    Ok(body)
}

/// For whom, as the API takes it.
async fn population(arguments: &Arguments) -> Result<Value, Failure> {
    if let Some(paid) = &arguments.paid {
        let (from, to) = paid.split_once("..").ok_or_else(|| {
            Failure::Usage(format!(
                "--paid must be FROM..TO, such as 2026-01-01..2026-03-31, found {paid:?}"
            ))
        })?;
        return Ok(json!({ "results": { "from": from, "to": to } }));
    }
    if let Some(path) = &arguments.rows {
        let rows = rows(&read(path).await?).map_err(|error| {
            Failure::Usage(format!("{} holds no rows of facts: {error}", path.display()))
        })?;
        return Ok(json!({ "facts": rows }));
    }
    Ok(match arguments.employees.as_slice() {
        [] => json!({ "all": true }),
        employees => json!({ "employees": employees }),
    })
}

/// An array, or its elements one after the other.
fn rows(text: &str) -> Result<Vec<Value>, serde_json::Error> {
    let mut rows = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        match value? {
            Value::Array(elements) => rows.extend(elements),
            row => rows.push(row),
        }
    }
    Ok(rows)
}

async fn read(path: &Path) -> Result<String, Failure> {
    let reading = tokio::fs::read_to_string(path);
    reading.await.map_err(|error| Failure::file("can not read", path, &error))
}

async fn wait(
    client: &Client,
    tenant: &str,
    report: &Value,
    language: Option<&str>,
    output: &Output,
) -> Result<Value, Failure> {
    let id = report["id"].as_str().unwrap_or_default();
    let path = ["v1", "tenants", tenant, "impact-reports", id];
    let bar = output.count("Comparing");
    loop {
        let report = client.get_in(&path, language).await?;
        if report["state"] != "running" {
            bar.finish_and_clear();
            return Ok(report);
        }
        bar.set_length(report["progress"]["total"].as_u64().unwrap_or_default());
        bar.set_position(report["progress"]["done"].as_u64().unwrap_or_default());
        tokio::time::sleep(PAUSE).await;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn rows_of_facts_are_an_array_or_one_a_line() {
        let (a, b) = (json!({ "id": "a", "facts": {} }), json!({ "id": "b", "facts": { "x": 1 } }));
        let expected = vec![a.clone(), b.clone()];
        assert_eq!(rows(&format!("{a}\n\n{b}\n")).unwrap(), expected);
        assert_eq!(rows(&json!([a, b]).to_string()).unwrap(), expected);
        assert!(rows("{\"id\": \"a\"\n").is_err());
    }
}
