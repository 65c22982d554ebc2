//! `stele ruleset test --without-each-fact`: what is lost in silence when a fact is missing.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value, json};
use stele_engine::Engine;
use stele_ruleset::{Case, Ruleset, SilentLoss};

use super::folder::RulesArgument;
use super::test::open;
use crate::failure::Failure;
use crate::output::{Output, text};
use crate::tables::Tables;

/// Shows every loss of every ruleset; a failure where there is one.
pub(super) async fn run(
    engine: &Engine,
    sources: &[PathBuf],
    rules: &RulesArgument,
    output: &Output,
) -> Result<(), Failure> {
    let mut losses: Vec<SilentLoss> = Vec::new();
    for source in sources {
        let package = open(source, rules).await?;
        let refused = |error: String| Failure::CheckFailed(error);
        let ruleset = Ruleset::open(engine, &package).await;
        let ruleset = Arc::new(ruleset.map_err(|error| refused(error.to_string()))?);
        let mut cases = Vec::new();
        for (file, text) in package.cases() {
            let case = Case::parse(file, text, ruleset.description()).map_err(|defects| {
                let defects = defects.iter().map(ToString::to_string);
                refused(defects.collect::<Vec<_>>().join("\n"))
            })?;
            cases.push(case);
        }
        let spinner = output.spinner(&format!("testing {}", source.display()));
        let found = ruleset.silent_losses(engine, &cases).await;
        spinner.finish_and_clear();
        losses.extend(found.map_err(|error| Failure::Failed(error.to_string()))?);
    }
    let count = losses.len();
    output.show(&json!({ "losses": losses }), |shown| render(&shown["losses"], output.tables()));
    match count {
        0 => Ok(()),
        1 => Err(Failure::CheckFailed("1 line is smaller without a word".to_owned())),
        _ => Err(Failure::CheckFailed(format!("{count} lines are smaller without a word"))),
    }
}

fn render(losses: &Value, tables: Tables) -> String {
    let losses = losses.as_array().map_or(&[][..], Vec::as_slice);
    if losses.is_empty() {
        return "nothing is lost in silence".to_owned();
    }
    let mut table = tables.table(&["without", "line", "amount", "instead of", "case"]);
    for loss in losses {
        let item = match loss["subject"].as_str() {
            Some(subject) => format!("{} ({subject})", text(&loss["item"])),
            None => text(&loss["item"]),
        };
        let without = loss["without"].as_str().unwrap_or("no line").to_owned();
        table.add_row([
            text(&loss["fact"]),
            item,
            without,
            text(&loss["with"]),
            text(&loss["file"]),
        ]);
    }
    table.to_string()
}
