//! `stele organization`: legal entities, the tenant's own fields, and whom its slots are for.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::document;
use crate::failure::Failure;
use crate::output::{Output, text};
use crate::place::ServerArguments;
use crate::tables::Tables;

/// How a tenant is organized: legal entities, its own fields, and whom its slots are for.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show the organization.
    Show(Show),
    /// Write the organization from a JSON file, which replaces the one before.
    Set(Set),
}

/// Show the organization.
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The tenant; the token's where not given.
    #[arg(long)]
    tenant: Option<String>,
    #[command(flatten)]
    server: ServerArguments,
}

/// Write the organization.
#[derive(Debug, Args)]
#[command(
    after_help = "Example of a file: {\"legal_entities\": {\"acme-de\": {\"name\": \"ACME GmbH\", \
                  \"country\": \"DE\"}}, \"slots\": {\"payroll/de\": [{\"from\": \"2026-01-01\", \
                  \"countries\": [\"DE\"]}]}, \"custom_fields\": {\"badge\": {\"type\": \"text\", \
                  \"meaning\": \"Number of the badge.\"}}}"
)]
pub(crate) struct Set {
    /// The file.
    file: PathBuf,
    #[command(flatten)]
    show: Show,
}

/// Does it.
pub(crate) async fn run(command: Command, output: &Output) -> Result<(), Failure> {
    let organization = match command {
        Command::Show(Show { tenant, server }) => {
            let client = server.client()?;
            let tenant = server.tenant(&client, tenant).await?;
            client.get(&["v1", "tenants", &tenant, "organization"]).await?
        }
        Command::Set(Set { file, show: Show { tenant, server } }) => {
            let written = document::read(&file).await?;
            let client = server.client()?;
            let tenant = server.tenant(&client, tenant).await?;
            let path = ["v1", "tenants", &tenant, "organization"];
            client.put(&path, &json!({ "organization": written })).await?
        }
    };
    output.show(&organization, |organization| render(organization, output.tables()));
    Ok(())
}

fn render(view: &Value, tables: Tables) -> String {
    let organization = &view["organization"];
    let mut entities = tables.table(&["Legal entity", "Name", "Country"]);
    for (id, entity) in organization["legal_entities"].as_object().into_iter().flatten() {
        entities.add_row([id.clone(), text(&entity["name"]), text(&entity["country"])]);
    }
    let mut slots = tables.table(&["Slot", "Since", "For"]);
    for (slot, populations) in organization["slots"].as_object().into_iter().flatten() {
        for population in populations.as_array().into_iter().flatten() {
            slots.add_row([slot.clone(), text(&population["from"]), whom(population)]);
        }
    }
    let mut fields = tables.table(&["Field", "Type", "Meaning"]);
    for (name, field) in organization["custom_fields"].as_object().into_iter().flatten() {
        fields.add_row([name.clone(), text(&field["type"]), text(&field["meaning"])]);
    }
    let written =
        document::written(view, "No organization was written; every slot is for everybody.");
    let affected = affected(&view["affected"]);
    let lacking: String = view["lacking"].as_array().into_iter().flatten().map(lacking).collect();
    format!("{entities}\n{slots}\n{fields}\n{written}{affected}{lacking}")
}

/// What is not known of people who come into a slot, after a write.
fn lacking(lacking: &Value) -> String {
    let [slot, ruleset, fact] = ["slot", "ruleset", "fact"].map(|name| text(&lacking[name]));
    let people = &lacking["people"];
    let employees = people["employees"].as_u64().unwrap_or_default();
    let who = if employees == 1 { "employee" } else { "employees" };
    format!(
        "\n{fact}, which {ruleset} requires in the slot {slot}, is not known of {employees} {who} who \
         come into it{}",
        named(people)
    )
}

/// Who is in other slots than before, after a write.
fn affected(affected: &Value) -> String {
    let Some(employees) = affected["employees"].as_u64() else { return String::new() };
    let named = named(affected);
    let (who, are) = if employees == 1 { ("employee", "is") } else { ("employees", "are") };
    format!("\n{employees} {who} {are} in other slots than before{named}")
}

/// The first of people, for who may know them.
fn named(people: &Value) -> String {
    let employees = people["employees"].as_u64().unwrap_or_default();
    match people["first"].as_array().map_or(&[][..], Vec::as_slice) {
        [] => String::new(),
        first => {
            let further = if employees > first.len() as u64 { ", …" } else { "" };
            format!(": {}{further}", first.iter().map(text).collect::<Vec<_>>().join(", "))
        }
    }
}

/// Whom a population admits, in words.
fn whom(population: &Value) -> String {
    let named = ["countries", "legal_entities", "pay_groups"].map(|what| {
        let names = population[what].as_array().map_or(&[][..], Vec::as_slice);
        names.iter().map(text).collect::<Vec<_>>().join(", ")
    });
    let named: Vec<String> = named.into_iter().filter(|names| !names.is_empty()).collect();
    match named.is_empty() {
        true => "everybody".to_owned(),
        false => named.join("; "),
    }
}
