//! `stele ruleset page`: one page for someone who reads no code.

mod write;

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;
use serde_json::json;
use stele_engine::{Engine, Settings};
use stele_ruleset::Ruleset;
use stele_ruleset::review::Review;

use super::source::SourceArguments;
use crate::failure::Failure;
use crate::output::Output;

/// Write one HTML page of a version for its review by someone who reads no code: what it holds for
/// and leaves out, each formula beside its citation, the values in force on a date with their
/// sources, what is found and refused, the cases with what comes out of them. It prints on A4 and
/// needs nothing from elsewhere. With --json, the same as a document.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The folder of a ruleset, a .stele file, or name@version at a server.
    #[arg(value_name = "DIR|FILE|NAME@VERSION")]
    source: String,
    /// The day whose values are shown. Where not given: today, or the last day of a version that
    /// holds no longer.
    #[arg(long, value_name = "DATE")]
    date: Option<Date>,
    /// The language; the ruleset's first where not given.
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// Where the page is written; standard output where not given.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    from: SourceArguments,
}

/// Does it.
pub(crate) async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let package = arguments.from.open(&arguments.source).await?;
    let engine =
        Engine::new(Settings::default()).map_err(|error| Failure::Failed(error.to_string()))?;
    let ruleset = Ruleset::open(&engine, &package)
        .await
        .map_err(|error| Failure::CheckFailed(error.to_string()))?;
    let horizon = ruleset.manifest().validity;
    let today = jiff::Zoned::now().date().clamp(horizon.from, horizon.until);
    let date = arguments.date.unwrap_or(today);
    let wanted: Vec<&str> = arguments.language.as_deref().into_iter().collect();
    let wording = ruleset.wording(&wanted);
    let review = Review::of(&engine, &ruleset, &package, date, wording)
        .await
        .map_err(|error| Failure::CheckFailed(error.to_string()))?;
    let document =
        || serde_json::to_value(&review).map_err(|error| Failure::Failed(error.to_string()));
    let Some(path) = &arguments.output else {
        output.show(&document()?, |_| write::page(&review));
        return Ok(());
    };
    let failed = |error| Failure::file("can not write", path, &error);
    tokio::fs::write(path, write::page(&review)).await.map_err(failed)?;
    let written = json!({
        "file": path.display().to_string(),
        "ruleset": review.ruleset,
        "version": review.version,
        "date": review.date,
    });
    output.show(&written, |_| format!("{} is written", path.display()));
    Ok(())
}
