//! `stele calculate`: one calculation, shown as a payslip.

use std::io::Read;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value, json};

use crate::failure::Failure;
use crate::output::Output;
use crate::place::ServerArguments;
use crate::slip;

/// Calculate, for an employee or for facts given here, and show lines, findings and, with
/// --explain, how each line came about.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  stele calculate --slot payroll --date 2026-03-31 --employee e-1 --explain --language zh
  stele calculate --slot payroll --date 2026-01-31 --facts january.json --fact gross=30000")]
pub(crate) struct Arguments {
    /// The slot, such as payroll.
    #[arg(long)]
    slot: String,
    /// The date for which the law and the facts hold.
    #[arg(long)]
    date: String,
    /// As it was known at this time, such as 2026-04-05T00:00:00Z; now where not given.
    #[arg(long, value_name = "TIME")]
    known_at: Option<String>,
    /// The employee whose attributes are the facts.
    #[arg(long)]
    employee: Option<String>,
    /// A file with facts as a JSON object; - reads standard input. They go before the employee's.
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    /// One fact; goes before those of the file. A value that is a JSON array, object, true or
    /// false is read as such, anything else is text.
    #[arg(long = "fact", value_name = "NAME=VALUE")]
    single: Vec<String>,
    /// Say how each line came about.
    #[arg(long)]
    explain: bool,
    /// Keep the result, so that it can be shown, run again and proven later; its receipt names it.
    #[arg(long)]
    record: bool,
    /// The language of labels and explanations, such as zh; the ruleset's first where not given.
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
    let facts = facts(&arguments).await?;
    let client = arguments.server.client()?;
    let tenant = arguments.server.tenant(&client, arguments.tenant).await?;
    let mut body = json!({
        "slot": arguments.slot,
        "date": arguments.date,
        "explain": arguments.explain,
        "record": arguments.record,
        "facts": facts,
    });
    if let Some(known_at) = arguments.known_at {
        body["known_at"] = known_at.into();
    }
    if let Some(employee) = arguments.employee {
        body["employee"] = employee.into();
    }
    let path = ["v1", "tenants", &tenant, "calculations"];
    let result = client.post_in(&path, &body, arguments.language.as_deref()).await?;
    output.show(&result, slip::render);
    Ok(())
}

async fn facts(arguments: &Arguments) -> Result<Map<String, Value>, Failure> {
    let mut facts = match &arguments.facts {
        Some(path) => read_facts(path).await?,
        None => Map::new(),
    };
    for single in &arguments.single {
        let (name, value) = single.split_once('=').ok_or_else(|| {
            Failure::Usage(format!("--fact must be NAME=VALUE, found {single:?}"))
        })?;
        facts.insert(name.trim().to_owned(), value_of(value));
    }
    Ok(facts)
}

/// Numbers stay text: the server reads decimals exactly from it.
fn value_of(text: &str) -> Value {
    match serde_json::from_str::<Value>(text) {
        Ok(value @ (Value::Array(_) | Value::Object(_) | Value::Bool(_))) => value,
        _ => Value::String(text.to_owned()),
    }
}

async fn read_facts(path: &PathBuf) -> Result<Map<String, Value>, Failure> {
    let mut text = String::new();
    if path.as_os_str() == "-" {
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(|error| Failure::file("can not read", path, &error))?;
    } else {
        text = tokio::fs::read_to_string(path)
            .await
            .map_err(|error| Failure::file("can not read", path, &error))?;
    }
    serde_json::from_str(&text).map_err(|error| {
        Failure::Usage(format!("{} must hold a JSON object of facts: {error}", path.display()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_on_the_command_line_keeps_its_text() {
        assert_eq!(value_of("0.10"), json!("0.10"));
        assert_eq!(value_of("2026-03-02"), json!("2026-03-02"));
        assert_eq!(value_of("true"), json!(true));
        assert_eq!(value_of("[{\"a\": 1}]"), json!([{ "a": 1 }]));
    }
}
