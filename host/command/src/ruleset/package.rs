//! `stele ruleset package`: one file of a folder.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::folder::RulesArgument;
use crate::failure::Failure;
use crate::output::{Output, text};

/// Make a package of a folder: one file, the same on every machine. It is not checked; see
/// `stele ruleset test`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The folder of the ruleset, with ruleset.toml.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The file to write; <name>-<version>.stele here where not given.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    rules: RulesArgument,
}

/// Does it.
pub(crate) async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let package = arguments.rules.gather(&arguments.folder).await?;
    let manifest = package.manifest();
    let file = arguments.output.unwrap_or_else(|| {
        let name = manifest.name.as_str().replace('/', "-");
        PathBuf::from(format!("{name}-{}.stele", manifest.version))
    });
    let bytes = package.write().map_err(|error| Failure::Failed(error.to_string()))?;
    tokio::fs::write(&file, &bytes)
        .await
        .map_err(|error| Failure::file("can not write", &file, &error))?;
    let written = json!({
        "ruleset": manifest.name.as_str(),
        "version": manifest.version.to_string(),
        "digest": package.digest().to_string(),
        "file": file.display().to_string(),
        "bytes": bytes.len(),
    });
    output.show(&written, |written| {
        format!(
            "{} {}: {} ({} bytes)\ndigest {}",
            text(&written["ruleset"]),
            text(&written["version"]),
            text(&written["file"]),
            written["bytes"],
            text(&written["digest"])
        )
    });
    Ok(())
}
