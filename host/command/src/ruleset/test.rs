//! `stele ruleset test`: every check of a publication, without a server.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};
use stele_engine::{Engine, Settings};
use stele_ruleset::{CheckFailure, Package, Report, check};

use super::folder::RulesArgument;
use super::{missing, report, source, update, watch};
use crate::failure::Failure;
use crate::output::Output;

/// Run every check of a publication, without a server: component, parameters, texts, cases. A case
/// that does not hold is shown line by line, expected above found.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The folder of the ruleset, with ruleset.toml, or a .stele file; several are tested one after
    /// the other.
    #[arg(required = true, value_name = "DIR|FILE")]
    sources: Vec<PathBuf>,
    /// Test again after every change of a file or of the built component, until Ctrl-C.
    #[arg(long, conflicts_with = "update")]
    watch: bool,
    /// Show what came out in the place of what the cases expect, then every line that they do not
    /// list, and write each where you agree. A case that shows a refusal, or gets one, is left
    /// alone.
    #[arg(long)]
    update: bool,
    /// With --update: agree to everything.
    #[arg(long, requires = "update")]
    yes: bool,
    /// Take each fact of each case away, one at a time, and show every tax or contribution that is
    /// smaller then without a refusal or a finding: a fact that decides what is due must not be
    /// missing in silence.
    #[arg(long, conflicts_with_all = ["watch", "update"])]
    without_each_fact: bool,
    #[command(flatten)]
    rules: RulesArgument,
}

/// Does it.
pub(crate) async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let engine =
        Engine::new(Settings::default()).map_err(|error| Failure::Failed(error.to_string()))?;
    let Arguments { sources, watch, update, yes, without_each_fact, rules } = &arguments;
    if *without_each_fact {
        return missing::run(&engine, sources, rules, output).await;
    }
    if *watch {
        let changes = watch::Changes::of(sources, rules)?;
        return changes.each(output, async || test(&engine, sources, rules, output).await).await;
    }
    if *update {
        for folder in sources {
            update::run(&engine, folder, rules, *yes, output).await?;
        }
    }
    test(&engine, sources, rules, output).await
}

async fn test(
    engine: &Engine,
    sources: &[PathBuf],
    rules: &RulesArgument,
    output: &Output,
) -> Result<(), Failure> {
    let mut reports = Vec::new();
    for source in sources {
        let package = open(source, rules).await?;
        let spinner = output.spinner(&format!("testing {}", source.display()));
        let report = check_package(engine, &package).await;
        spinner.finish_and_clear();
        let report = report?;
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
    let render = |report: &Value| report::render(report, output.paint(), output.tables());
    output.show(&shown, |shown| match shown["reports"].as_array() {
        Some(reports) => reports.iter().map(render).collect::<Vec<_>>().join("\n\n"),
        None => render(shown),
    });
    match failed {
        0 => Ok(()),
        _ if total == 1 => Err(Failure::CheckFailed("the ruleset would be refused".to_owned())),
        failed => {
            Err(Failure::CheckFailed(format!("{failed} of {total} rulesets would be refused")))
        }
    }
}

pub(super) async fn open(source: &Path, rules: &RulesArgument) -> Result<Package, Failure> {
    match source.is_file() {
        true => source::read(source).await,
        false => rules.gather(source).await,
    }
}

/// What the checks find; an error where the engine can not check.
pub(super) async fn check_package(engine: &Engine, package: &Package) -> Result<Report, Failure> {
    match check(engine, package).await {
        Ok(published) => Ok(published.report),
        Err(CheckFailure::Refused(refused)) => Ok(refused.report),
        Err(failed) => Err(Failure::Failed(failed.to_string())),
    }
}
