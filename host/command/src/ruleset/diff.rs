//! `stele ruleset diff`: what changed from one version to another.

use clap::Args;
use serde_json::Value;
use stele_engine::{Engine, Settings};
use stele_ruleset::{Difference, Package, Ruleset, Side};

use super::source::SourceArguments;
use super::value::value_text;
use crate::failure::Failure;
use crate::output::{Output, text};
use crate::tables::Tables;

/// Show what changed from version A to version B: in sentences what changes somebody's pay or what
/// somebody is told, then every value of the law with its date and source, every formula, facts and
/// items that came, went or changed, the component, cases, texts, and what callers of A would lose.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The old version: a .stele file, the folder of a ruleset, or name@version at a server.
    #[arg(value_name = "A")]
    from: String,
    /// The new version, given in the same ways.
    #[arg(value_name = "B")]
    to: String,
    #[command(flatten)]
    source: SourceArguments,
}

/// Does it.
pub(crate) async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let old = arguments.source.open(&arguments.from).await?;
    let new = arguments.source.open(&arguments.to).await?;
    let difference = compare(&old, &new).await?;
    let difference =
        serde_json::to_value(difference).map_err(|error| Failure::Failed(error.to_string()))?;
    output.show(&difference, |difference| render(difference, output.tables()));
    Ok(())
}

async fn compare(old: &Package, new: &Package) -> Result<Difference, Failure> {
    let engine =
        Engine::new(Settings::default()).map_err(|error| Failure::Failed(error.to_string()))?;
    let open = async |package: &Package| {
        let opened = Ruleset::open(&engine, package).await;
        opened.map_err(|error| Failure::CheckFailed(error.to_string()))
    };
    let (old_ruleset, new_ruleset) = (open(old).await?, open(new).await?);
    Ok(Difference::between(
        Side { ruleset: &old_ruleset, package: old },
        Side { ruleset: &new_ruleset, package: new },
    ))
}

fn render(difference: &Value, tables: Tables) -> String {
    let side = |side: &Value| {
        format!("{} {}  {}", text(&side["ruleset"]), text(&side["version"]), text(&side["digest"]))
    };
    let mut parts =
        vec![format!("--- {}\n+++ {}", side(&difference["from"]), side(&difference["to"]))];
    if difference["same"] == true {
        parts.push("The same content.".to_owned());
        return parts.join("\n");
    }
    if difference["component_changed"] == true {
        parts.push(format!(
            "The component is another:\n  - {}\n  + {}",
            text(&difference["from"]["component"]),
            text(&difference["to"]["component"])
        ));
    }
    let words: Vec<String> =
        list(&difference["in_words"]).map(|said| format!("  {}", text(said))).collect();
    if !words.is_empty() {
        parts.push(format!("In words\n{}", words.join("\n")));
    }
    properties(&mut parts, "Manifest", &difference["manifest"], tables);
    values(&mut parts, &difference["values"], tables);
    formulas(&mut parts, &difference["formulas"]);
    for (heading, member) in [
        ("Facts", "facts"),
        ("Items", "items"),
        ("Figures", "figures"),
        ("Findings", "findings"),
        ("Steps", "steps"),
        ("Declarations of parameters", "parameters"),
        ("Cases", "cases"),
        ("Texts", "texts"),
    ] {
        named(&mut parts, heading, &difference[member]);
    }
    let breaks: Vec<String> = list(&difference["breaks"])
        .map(|lost| {
            format!(
                "  {}: expected {}, found {}",
                text(&lost["key"]),
                text(&lost["expected"]),
                text(&lost["found"])
            )
        })
        .collect();
    if !breaks.is_empty() {
        parts.push(format!(
            "Callers would break; this needs a new major number:\n{}",
            breaks.join("\n")
        ));
    }
    parts.join("\n\n")
}

fn properties(parts: &mut Vec<String>, heading: &str, list_of: &Value, tables: Tables) {
    let mut shown = tables.table(&["", "Was", "Is"]);
    for property in list(list_of) {
        shown.add_row(["name", "from", "to"].map(|member| text(&property[member])));
    }
    if list(list_of).next().is_some() {
        parts.push(format!("{heading}\n{shown}"));
    }
}

fn values(parts: &mut Vec<String>, values: &Value, tables: Tables) {
    let mut shown = tables.table(&["", "Parameter", "From", "Was", "Is", "Source"]);
    for value in list(values) {
        let (old, new) = (&value["old"], &value["new"]);
        let name = match value["key"].as_str() {
            Some("") | None => text(&value["parameter"]),
            Some(key) => format!("{} ({key})", text(&value["parameter"])),
        };
        let unit = value["unit"].as_str().map(|unit| format!(" [{unit}]")).unwrap_or_default();
        let source = match (old["source"].as_str(), new["source"].as_str()) {
            (Some(old), Some(new)) if old != new => format!("was: {old}\nis: {new}"),
            (_, Some(new)) => new.to_owned(),
            (old, None) => old.unwrap_or_default().to_owned(),
        };
        shown.add_row([
            sign(value),
            format!("{name}{unit}"),
            text(&value["from"]),
            dated(old),
            dated(new),
            source,
        ]);
    }
    if list(values).next().is_some() {
        parts.push(format!("Values of the law\n{shown}"));
    }
}

/// Formulas, what was above what is.
fn formulas(parts: &mut Vec<String>, formulas: &Value) {
    let mut lines = Vec::new();
    for formula in list(formulas) {
        let part = match formula["part"].as_str() {
            Some("formula") | None => String::new(),
            Some(part) => format!(", {part}"),
        };
        let cited = formula["citation"].as_str().map(|cited| format!("  [{cited}]"));
        let (of, name) = (text(&formula["of"]), text(&formula["name"]));
        let cited = cited.unwrap_or_default();
        lines.push(format!("  {} {of} {name}{part}{cited}", sign(formula)));
        for (side, mark) in [("old", "-"), ("new", "+")] {
            lines.extend(formula[side].as_str().map(|formula| format!("      {mark} {formula}")));
        }
    }
    if !lines.is_empty() {
        parts.push(format!("Formulas\n{}", lines.join("\n")));
    }
}

/// A value with the day on which it ends and the doubt about its source.
fn dated(value: &Value) -> String {
    let until = value["until"].as_str().map(|until| format!(" until {until}")).unwrap_or_default();
    let doubt = if value["unconfirmed"] == true { " (unconfirmed)" } else { "" };
    format!("{}{until}{doubt}", value_text(&value["value"]))
}

fn named(parts: &mut Vec<String>, heading: &str, elements: &Value) {
    let mut lines = Vec::new();
    for element in list(elements) {
        lines.push(format!("  {} {}", sign(element), text(&element["name"])));
        // What came or went is told by its name.
        if element["change"] == "changed" {
            for property in list(&element["properties"]) {
                let value = |side: &Value| side.as_str().unwrap_or("nothing").to_owned();
                lines.push(format!(
                    "      {}: {} -> {}",
                    text(&property["name"]),
                    value(&property["from"]),
                    value(&property["to"])
                ));
            }
        }
    }
    if !lines.is_empty() {
        parts.push(format!("{heading}\n{}", lines.join("\n")));
    }
}

fn sign(element: &Value) -> String {
    match element["change"].as_str() {
        Some("added") => "+",
        Some("removed") => "-",
        _ => "~",
    }
    .to_owned()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
