//! `stele employee list`, `show` and `history`.

use clap::Args;
use serde_json::{Value, json};

use super::{TenantArguments, attribute};
use crate::failure::Failure;
use crate::output::{Output, text};
use crate::tables::keep_whole;

/// Which employees.
#[derive(Debug, Args)]
pub(crate) struct List {
    /// As known at this time, such as 2026-04-05T00:00:00Z.
    #[arg(long, value_name = "TIME")]
    known_at: Option<String>,
    /// Most employees.
    #[arg(long, default_value_t = 1000)]
    limit: usize,
    #[command(flatten)]
    tenant: TenantArguments,
}

/// Which employee.
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The employee.
    employee: String,
    /// As known at this time, such as 2026-04-05T00:00:00Z.
    #[arg(long, value_name = "TIME")]
    known_at: Option<String>,
    #[command(flatten)]
    tenant: TenantArguments,
}

/// Whose history.
#[derive(Debug, Args)]
pub(crate) struct History {
    /// The employee.
    employee: String,
    /// Most revisions, the latest first.
    #[arg(long, default_value_t = 100)]
    limit: usize,
    #[command(flatten)]
    tenant: TenantArguments,
}

/// Reads pages until there are as many elements as asked for. Gives them, and whether there are
/// more.
async fn pages(
    arguments: &TenantArguments,
    path: &[&str],
    (member, limit): (&str, usize),
    filters: &[(&str, String)],
) -> Result<(Vec<Value>, bool), Failure> {
    let (client, tenant) = arguments.open().await?;
    let path: Vec<&str> = ["v1", "tenants", &tenant].iter().chain(path).copied().collect();
    let mut read: Vec<Value> = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let mut query = filters.to_vec();
        query.push(("limit", (limit - read.len()).clamp(1, 1000).to_string()));
        query.extend(cursor.take().map(|cursor| ("cursor", cursor)));
        let mut page = client.get_where(&path, &query).await?;
        if let Some(elements) = page[member].as_array_mut() {
            read.append(elements);
        }
        cursor = page["next"].as_str().map(str::to_owned);
        if cursor.is_none() || read.len() >= limit {
            return Ok((read, cursor.is_some()));
        }
    }
}

/// Shows employees, page after page.
pub(super) async fn list(arguments: List, output: &Output) -> Result<(), Failure> {
    let filters: Vec<_> = arguments.known_at.map(|time| ("known_at", time)).into_iter().collect();
    let asked = ("employees", arguments.limit);
    let (employees, more) = pages(&arguments.tenant, &["employees"], asked, &filters).await?;
    output.show(&json!({ "employees": employees, "more": more }), |shown| {
        let headings = ["Employee", "Revision", "Recorded", "Employments", "Attributes"];
        let mut table = output.tables().table(&headings);
        keep_whole(&mut table, 0);
        for employee in shown["employees"].as_array().into_iter().flatten() {
            let names = |member: &str| {
                let members = employee[member].as_object().into_iter().flatten();
                members.map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")
            };
            table.add_row([
                text(&employee["id"]),
                text(&employee["revision"]),
                text(&employee["recorded_at"]),
                names("employments"),
                names("attributes"),
            ]);
        }
        table.to_string()
    });
    if more {
        output.note("there are more; name a higher --limit");
    }
    Ok(())
}

/// Shows one.
pub(super) async fn show(arguments: Show, output: &Output) -> Result<(), Failure> {
    let (client, tenant) = arguments.tenant.open().await?;
    let path = ["v1", "tenants", &tenant, "employees", &arguments.employee];
    let query: Vec<_> = arguments.known_at.map(|time| ("known_at", time)).into_iter().collect();
    let employee = client.get_where(&path, &query).await?;
    output.show(&employee, |employee| {
        let mut table = output.tables().table(&["Employment", "Attribute", "From", "Value"]);
        let mut add = |employment: &str, attributes: &Value| {
            for (name, values) in attributes.as_object().into_iter().flatten() {
                for value in values.as_array().into_iter().flatten() {
                    let [from, value] = [text(&value["from"]), shown(Some(&value["value"]))];
                    table.add_row([employment, name.as_str(), &from, &value]);
                }
            }
        };
        add("", &employee["attributes"]);
        for (employment, terms) in employee["employments"].as_object().into_iter().flatten() {
            add(employment, &terms["attributes"]);
        }
        let [id, revision, time] =
            ["id", "revision", "recorded_at"].map(|name| text(&employee[name]));
        format!("{id}, revision {revision}, recorded at {time}\n{table}")
    });
    Ok(())
}

/// Shows what was known when.
pub(super) async fn history(arguments: History, output: &Output) -> Result<(), Failure> {
    let path = ["employees", arguments.employee.as_str(), "history"];
    let asked = ("revisions", arguments.limit);
    let (revisions, more) = pages(&arguments.tenant, &path, asked, &[]).await?;
    let history = json!({ "employee": arguments.employee, "revisions": revisions, "more": more });
    output.show(&history, |history| {
        let mut table = output.tables().table(&[
            "Revision",
            "Recorded",
            "Who",
            "Action",
            "Attribute",
            "From",
            "Change",
            "Before",
            "After",
        ]);
        for revision in history["revisions"].as_array().into_iter().flatten() {
            let mut head = [
                text(&revision["revision"]),
                text(&revision["recorded_at"]),
                text(&revision["recorded_by"]["name"]),
                match revision["state"].as_str() {
                    Some("erased") => format!("{} (erased)", text(&revision["action"])),
                    _ => text(&revision["action"]),
                },
            ];
            let changes = revision["changes"].as_array().map(Vec::as_slice).unwrap_or_default();
            if changes.is_empty() {
                let nothing = std::iter::repeat_n(String::new(), 5);
                table.add_row(head.iter().cloned().chain(nothing));
            }
            for change in changes {
                let of_change = [
                    attribute(change),
                    text(&change["from"]),
                    text(&change["change"]),
                    shown(change.get("before")),
                    shown(change.get("after")),
                ];
                // What all changes of a revision have in common stands beside the first.
                table.add_row(head.iter().cloned().chain(of_change));
                head = Default::default();
            }
        }
        table.to_string()
    });
    if more {
        output.note("there are more; name a higher --limit");
    }
    Ok(())
}

/// A value in a table: nothing where there is none, `none` where it ended.
fn shown(value: Option<&Value>) -> String {
    match value {
        Some(Value::Null) => "none".to_owned(),
        Some(value) => text(value),
        None => String::new(),
    }
}
