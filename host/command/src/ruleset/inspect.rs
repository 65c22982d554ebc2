//! `stele ruleset inspect`: what is inside of a version.

use clap::Args;
use serde_json::{Value, json};
use stele_engine::{Engine, Settings};
use stele_ruleset::{Envelope, Package, Ruleset, description, leaves_out, parameters};
use stele_runtime::Digest;

use super::component;
use super::source::SourceArguments;
use super::value::value_text;
use crate::failure::Failure;
use crate::output::{Output, text};
use crate::tables::Tables;

/// Show what is inside of a version: manifest, digests, what it leaves out, what the rule takes and
/// yields, every dated value with its source, languages, cases, signatures. Nothing is checked; see
/// `stele ruleset test` and `stele ruleset verify`. With --component, what a built rule takes and
/// yields without a version around it.
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("what").required(true).args(["source", "component"])))]
pub(crate) struct Arguments {
    /// A .stele file, the folder of a ruleset, or name@version at a server.
    #[arg(value_name = "FILE|DIR|NAME@VERSION")]
    source: Option<String>,
    /// A built component, such as labor-law: every parameter that it takes, with type, unit and
    /// meaning.
    #[arg(long, value_name = "COMPONENT", conflicts_with = "language")]
    component: Option<String>,
    /// The language of labels; the ruleset's first where not given.
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    #[command(flatten)]
    from: SourceArguments,
}

/// Does it.
pub(crate) async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    if let Some(name) = &arguments.component {
        return component::inspect(name, arguments.from.rules(), output).await;
    }
    // One of the two was given.
    let source = arguments.source.as_deref().unwrap_or_default();
    let package = arguments.from.open(source).await?;
    let engine =
        Engine::new(Settings::default()).map_err(|error| Failure::Failed(error.to_string()))?;
    let ruleset = Ruleset::open(&engine, &package).await.map_err(|error| error.to_string());
    let mut inspected = of_package(&package);
    match &ruleset {
        Ok(ruleset) => {
            let first = ruleset.texts().languages().first().map_or("en", |first| first.tag());
            let wanted = arguments.language.as_deref().unwrap_or(first);
            let language = ruleset.texts().language(&[wanted]);
            inspected["language"] = language.tag().into();
            inspected["title"] = language.title().into();
            inspected["description"] = description(ruleset, language);
            inspected["leaves_out"] = serde_json::to_value(leaves_out(ruleset, language))
                .map_err(|error| Failure::Failed(error.to_string()))?;
            inspected["parameters"] = parameters(ruleset, language).into();
        }
        // What can be read is shown; what is wrong is said.
        Err(problem) => inspected["problem"] = problem.as_str().into(),
    }
    output.show(&inspected, |inspected| render(inspected, output.tables()));
    match ruleset {
        Ok(_) => Ok(()),
        Err(problem) => Err(Failure::CheckFailed(problem)),
    }
}

/// What is known without running anything.
fn of_package(package: &Package) -> Value {
    let files = package.files().map(|(path, content)| {
        json!({ "path": path, "bytes": content.len(), "sha256": Digest::of(content).to_string() })
    });
    let cases = package.cases().map(|(path, text)| {
        let case: Value = toml_value(text);
        json!({ "file": path, "title": case["title"], "source": case["source"] })
    });
    let signatures = package.signatures().map(Envelope::signatures).unwrap_or_default();
    let signatures = signatures.iter().map(|signature| json!({ "key_id": signature.key_id }));
    json!({
        "ruleset": package.manifest().name.as_str(),
        "version": package.manifest().version.to_string(),
        "digest": package.digest().to_string(),
        "manifest": package.manifest(),
        "component": {
            "name": package.manifest().component,
            "digest": Digest::of(package.component()).to_string(),
            "bytes": package.component().len(),
        },
        "files": files.collect::<Vec<_>>(),
        "cases": cases.collect::<Vec<_>>(),
        "signatures": signatures.collect::<Vec<_>>(),
    })
}

fn toml_value(text: &str) -> Value {
    toml::from_str(text).unwrap_or_default()
}

fn render(inspected: &Value, tables: Tables) -> String {
    let manifest = &inspected["manifest"];
    let validity = &manifest["validity"];
    let languages: Vec<String> = list(&manifest["languages"]).map(text).collect();
    let component = &inspected["component"];
    let mut head = vec![
        format!("{} {}", text(&inspected["ruleset"]), text(&inspected["version"])),
        format!("  digest     {}", text(&inspected["digest"])),
        format!("  title      {}", text(&inspected["title"])),
        format!("  kind       {}", text(&manifest["kind"])),
        format!("  holds      {} to {}", text(&validity["from"]), text(&validity["until"])),
        format!("  source     {}", manifest["validity_source"].as_str().unwrap_or("not said")),
        format!("  languages  {}", languages.join(", ")),
        format!(
            "  component  {} {} bytes {}",
            text(&component["name"]),
            component["bytes"],
            text(&component["digest"])
        ),
    ];
    if !manifest["jurisdiction"].is_null() {
        head.push(format!("  place      {}", text(&manifest["jurisdiction"])));
    }
    if !manifest["currency"].is_null() {
        let (currency, decimals) = (text(&manifest["currency"]), &manifest["decimals"]);
        head.push(format!("  currency   {currency}, {decimals} decimals"));
    }
    let keys: Vec<String> = list(&inspected["signatures"]).map(|s| text(&s["key_id"])).collect();
    head.push(match keys.as_slice() {
        [] => "  signed     by nobody".to_owned(),
        keys => format!("  signed     with {} (not verified)", keys.join(", ")),
    });
    let mut parts = vec![head.join("\n")];
    let declared = |parts: &mut Vec<String>, heading, elements, row: fn(&Value) -> Vec<String>| {
        declared(parts, heading, elements, row, tables);
    };
    declared(&mut parts, "Left out", &inspected["leaves_out"], |left_out| {
        let conditions: Vec<String> = list(&left_out["when"]).map(condition).collect();
        vec![text(&left_out["name"]), text(&left_out["what"]), conditions.join("\n")]
    });
    let description = &inspected["description"];
    declared(&mut parts, "Facts", &description["facts"], |fact| {
        let required = if fact["required"] == true { "required" } else { "" };
        vec![text(&fact["name"]), required.to_owned(), text(&fact["unit"]), text(&fact["label"])]
    });
    declared(&mut parts, "Items", &description["items"], |item| {
        let (code, category) = (text(&item["code"]), text(&item["category"]));
        vec![code, category, text(&item["unit"]), text(&item["label"])]
    });
    declared(&mut parts, "Figures", &description["figures"], |figure| {
        vec![text(&figure["code"]), text(&figure["unit"]), text(&figure["label"])]
    });
    declared(&mut parts, "Findings", &description["findings"], |finding| {
        let (code, severity) = (text(&finding["code"]), text(&finding["severity"]));
        vec![code, severity, text(&finding["unit"]), text(&finding["meaning"])]
    });
    let mut values = tables.table(&["Parameter", "From", "Until", "Value", "Source"]);
    let mut any = false;
    for parameter in list(&inspected["parameters"]) {
        for value in list(&parameter["values"]) {
            any = true;
            let doubt = if value["unconfirmed"] == true { " (unconfirmed)" } else { "" };
            values.add_row([
                text(&parameter["name"]),
                text(&value["from"]),
                text(&value["until"]),
                value_text(&value["value"]),
                format!("{}{doubt}", text(&value["source"])),
            ]);
        }
    }
    if any {
        parts.push(format!("Parameters\n{values}"));
    }
    declared(&mut parts, "Cases", &inspected["cases"], |case| {
        vec![text(&case["file"]), text(&case["title"]), text(&case["source"])]
    });
    parts.join("\n\n")
}

/// `state: wa, ak`, or the fact alone where whatever is given touches what is left out.
fn condition(condition: &Value) -> String {
    let choices: Vec<String> = list(&condition["choices"]).map(text).collect();
    match choices.as_slice() {
        [] => text(&condition["fact"]),
        choices => format!("{}: {}", text(&condition["fact"]), choices.join(", ")),
    }
}

fn declared(
    parts: &mut Vec<String>,
    heading: &str,
    elements: &Value,
    row: fn(&Value) -> Vec<String>,
    tables: Tables,
) {
    let rows: Vec<Vec<String>> = list(elements).map(row).collect();
    if rows.is_empty() {
        return;
    }
    let mut shown = tables.table(&[]);
    for row in &rows {
        shown.add_row(row);
    }
    parts.push(format!("{heading} ({})\n{shown}", rows.len()));
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
