//! `stele replay`: a result's evidence checked and run again, with nothing but its file.

use std::path::PathBuf;

use clap::Args;
use serde_json::Value;
use stele_engine::{Engine, Settings};
use stele_runtime::evidence;

use crate::failure::Failure;
use crate::output::{Output, text};

/// Check the evidence of a result and run its rule again. Needs no server, no data folder and no
/// network: only the file, as `stele result evidence` writes it. Names a part that is missing, one
/// whose digest is wrong, and everything that comes out differently.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The file, such as 0199….17.stele-evidence.
    file: PathBuf,
}

/// Does it.
pub(crate) async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let file = &arguments.file;
    let length = tokio::fs::metadata(file)
        .await
        .map_err(|error| Failure::file("can not read", file, &error))?
        .len();
    if usize::try_from(length).is_ok_and(|length| length > evidence::LARGEST_BUNDLE) {
        let most = evidence::LARGEST_BUNDLE;
        return Err(Failure::Failed(format!(
            "{}: {length} bytes; a bundle of evidence has at most {most}",
            file.display()
        )));
    }
    let bytes =
        tokio::fs::read(file).await.map_err(|error| Failure::file("can not read", file, &error))?;
    let engine =
        Engine::new(Settings::default()).map_err(|error| Failure::Failed(error.to_string()))?;
    let report = evidence::check(&engine, &bytes)
        .await
        .map_err(|error| Failure::CheckFailed(format!("{}: {error}", file.display())))?;
    let document =
        serde_json::to_value(&report).map_err(|error| Failure::Failed(error.to_string()))?;
    output.show(&document, |document| {
        let problems = report.problems.iter().map(ToString::to_string).collect::<Vec<_>>();
        render(document, &problems)
    });
    if report.holds {
        Ok(())
    } else {
        Err(Failure::CheckFailed(format!("{} does not hold", file.display())))
    }
}

/// The report for people.
fn render(report: &Value, problems: &[String]) -> String {
    let mut lines = vec![format!(
        "result {} of {}, made with {}",
        text(&report["result"]),
        text(&report["tenant"]),
        text(&report["version"])
    )];
    lines.extend(problems.iter().map(|problem| format!("  {problem}")));
    match &report["replay"] {
        Value::Null => lines.push("not run again: a part that it takes is missing".to_owned()),
        replay => lines.push(render_replay(replay)),
    }
    if report["holds"] == true {
        lines.push("the evidence holds".to_owned());
    }
    lines.join("\n")
}

/// What came of running a result again, for people.
pub(super) fn render_replay(replay: &Value) -> String {
    let digest = |run: &str| text(&replay[run]["outcome_digest"]);
    let fuel = |run: &str| text(&replay[run]["fuel"]);
    if replay["identical"] == true {
        return format!(
            "identical: outcome {}, fuel {} then and {} now",
            digest("recorded"),
            fuel("recorded"),
            fuel("replayed")
        );
    }
    let mut lines = vec!["different:".to_owned()];
    for difference in replay["differences"].as_array().into_iter().flatten() {
        let mut words = vec![text(&difference["part"])];
        for side in ["sequence", "reason", "recorded", "replayed", "found"] {
            match &difference[side] {
                Value::Null => {}
                value => words.push(format!("{side} {}", text(value))),
            }
        }
        lines.push(format!("  {}", words.join(", ")));
    }
    lines.join("\n")
}
