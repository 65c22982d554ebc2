//! What a component takes and yields, without a version around it.

use std::path::Path;

use comfy_table::Table;
use serde_json::Value;
use stele_engine::{Engine, Exactness, Rule, Settings};
use stele_ruleset::declared;

use super::folder::RulesArgument;
use crate::failure::Failure;
use crate::output::{Output, text};
use crate::tables::Tables;

/// The rule of a component's file. Whether it is exact is for the checks of a version to say.
pub(super) async fn rule_of(file: &Path) -> Result<Rule, Failure> {
    let bytes =
        tokio::fs::read(file).await.map_err(|error| Failure::file("can not read", file, &error))?;
    let engine =
        Engine::new(Settings::default()).map_err(|error| Failure::Failed(error.to_string()))?;
    let rule = engine.check("", &bytes, Exactness::Approximate).await;
    rule.map_err(|error| Failure::CheckFailed(format!("{}: {error}", file.display())))
}

/// Shows what a built component takes and yields: every parameter and fact with its type, unit and
/// meaning.
pub(super) async fn inspect(
    name: &str,
    rules: &RulesArgument,
    output: &Output,
) -> Result<(), Failure> {
    let rule = rule_of(&rules.component(Path::new("."), name)?).await?;
    let mut shown = declared(rule.description());
    shown["digest"] = rule.digest().to_string().into();
    output.show(&shown, |shown| render(shown, output.tables()));
    Ok(())
}

fn render(declared: &Value, tables: Tables) -> String {
    let mut parts = vec![format!(
        "{}\n  {}\n  digest  {}",
        text(&declared["component"]),
        text(&declared["meaning"]),
        text(&declared["digest"])
    )];
    for (heading, member) in [("Parameters", "parameters"), ("Facts", "facts")] {
        let count = list(&declared[member]).count();
        parts.push(format!("{heading} ({count})\n{}", fields(&declared[member], tables)));
    }
    for (heading, member) in [("Items", "items"), ("Figures", "figures"), ("Findings", "findings")]
    {
        let mut shown = tables.table(&["Name", "Unit", "Meaning"]);
        for element in list(&declared[member]) {
            shown.add_row(["name", "unit", "meaning"].map(|name| text(&element[name])));
        }
        parts.push(format!("{heading} ({})\n{shown}", list(&declared[member]).count()));
    }
    parts.join("\n\n")
}

/// Facts or parameters, the columns of a table below it.
fn fields(fields: &Value, tables: Tables) -> Table {
    let mut shown = tables.table(&["Name", "Takes", "Unit", "Meaning"]);
    for field in list(fields) {
        let takes = match field["required"] == true {
            true => text(&field["takes"]),
            false => format!("{}; may be left out", text(&field["takes"])),
        };
        shown.add_row([text(&field["name"]), takes, text(&field["unit"]), text(&field["meaning"])]);
        for column in list(&field["columns"]) {
            let key = if column["key"] == true { "key: " } else { "" };
            let optional = if column["required"] == true { "" } else { "; may be left out" };
            shown.add_row([
                format!("{}.{}", text(&field["name"]), text(&column["name"])),
                format!("{key}{}{optional}", text(&column["takes"])),
                text(&column["unit"]),
                text(&column["meaning"]),
            ]);
        }
    }
    shown
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
