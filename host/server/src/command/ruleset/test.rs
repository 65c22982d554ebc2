//! `stele ruleset test`: every check of a publication, without a server.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};
use stele_engine::{Engine, Settings};
use stele_runtime::ruleset::{Package, Report, check};

use super::folder::RulesArgument;
use super::report;
use crate::command::failure::Failure;
use crate::command::output::Output;

/// Run every check of a publication on a folder, without a server: component, parameters, texts,
/// cases. A case that does not hold is shown line by line, expected beside found.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The folder of the ruleset, with ruleset.toml; several are tested one after the other.
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,
    #[command(flatten)]
    rules: RulesArgument,
}

/// Does it.
pub(crate) async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let engine =
        Engine::new(Settings::default()).map_err(|error| Failure::Failed(error.to_string()))?;
    let mut reports = Vec::new();
    for folder in &arguments.folders {
        let package = arguments.rules.gather(folder).await?;
        let spinner = output.spinner(&format!("testing {}", folder.display()));
        let report = check_package(&engine, package).await;
        spinner.finish_and_clear();
        reports.push(
            serde_json::to_value(report).map_err(|error| Failure::Failed(error.to_string()))?,
        );
    }
    let failed = reports.iter().filter(|report| report["passed"] != true).count();
    let total = reports.len();
    let shown = match <[Value; 1]>::try_from(reports) {
        Ok([report]) => report,
        Err(reports) => json!({ "reports": reports }),
    };
    output.show(&shown, |shown| match shown["reports"].as_array() {
        Some(reports) => reports.iter().map(report::render).collect::<Vec<_>>().join("\n\n"),
        None => report::render(shown),
    });
    match failed {
        0 => Ok(()),
        _ if total == 1 => Err(Failure::CheckFailed("the ruleset would be refused".to_owned())),
        failed => {
            Err(Failure::CheckFailed(format!("{failed} of {total} rulesets would be refused")))
        }
    }
}

async fn check_package(engine: &Engine, package: Package) -> Report {
    match check(engine, &package).await {
        Ok(published) => published.report,
        Err(refused) => refused.report,
    }
}
