//! `stele ruleset fill`: the texts that a language still lacks.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};
use stele_engine::{Engine, Exactness, Settings};
use stele_ruleset::{Filled, TEXTS_FOLDER, Texts, UNWRITTEN};

use super::folder::RulesArgument;
use crate::failure::Failure;
use crate::output::{Output, text};

/// Write the keys that each declared language lacks into its file, with what the rule means by
/// them after "TO BE WRITTEN". A version with such a text is refused until it is written.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The folder of the ruleset, with ruleset.toml.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Also the keys that a language may leave out: parameters, choices, categories.
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    rules: RulesArgument,
}

/// Does it.
pub(crate) async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let languages = run_on(&arguments.folder, &arguments.rules, arguments.all).await?;
    let filled = json!({ "languages": languages });
    output.show(&filled, |filled| {
        let lines = list(&filled["languages"]).map(|language| {
            let file = text(&language["file"]);
            let (added, open) = (count(&language["added"]), count(&language["unwritten"]));
            match (added, open) {
                (0, 0) => format!("{file}: nothing is missing"),
                (0, open) => format!("{file}: {open} texts are still {UNWRITTEN}"),
                (added, open) => {
                    format!("{file}: {added} keys added, {open} texts are {UNWRITTEN}")
                }
            }
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    Ok(())
}

/// Fills every language of the ruleset in the folder; what was done, a language each.
pub(super) async fn run_on(
    folder: &Path,
    rules: &RulesArgument,
    all: bool,
) -> Result<Vec<Value>, Failure> {
    let package = rules.gather(folder).await?;
    let engine =
        Engine::new(Settings::default()).map_err(|error| Failure::Failed(error.to_string()))?;
    // Only its names are asked for; whether it is exact is for the checks to say.
    let rule = engine.check("", package.component(), Exactness::Approximate).await;
    let rule = rule.map_err(|error| Failure::CheckFailed(error.to_string()))?;
    let description = rule.description();
    let mut done = Vec::new();
    for tag in &package.manifest().languages {
        let inside = format!("{TEXTS_FOLDER}{tag}.toml");
        let present = package.texts().find(|(path, _)| *path == inside).map(|(_, text)| text);
        let present = present.unwrap_or_default();
        let Filled { text, added, unwritten } =
            Texts::fill(&inside, present, tag, package.manifest(), description, all)
                .map_err(|defect| Failure::CheckFailed(defect.to_string()))?;
        let file = folder.join(&inside);
        if text != present {
            let failed = |error| Failure::file("can not write", &file, &error);
            if let Some(above) = file.parent() {
                tokio::fs::create_dir_all(above).await.map_err(failed)?;
            }
            tokio::fs::write(&file, text).await.map_err(failed)?;
        }
        done.push(json!({
            "language": tag,
            "file": file.display().to_string(),
            "added": added,
            "unwritten": unwritten,
        }));
    }
    Ok(done)
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn count(value: &Value) -> usize {
    value.as_array().map_or(0, Vec::len)
}
