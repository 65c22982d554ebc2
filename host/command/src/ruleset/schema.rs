//! `stele ruleset schema`: what an editor may know of `formulas.toml`.

use std::path::PathBuf;

use clap::Args;
use stele_formulas::document::schema::schema;

use crate::failure::Failure;
use crate::output::Output;

/// Write the JSON Schema of formulas.toml. An editor that knows TOML (Even Better TOML, Taplo) reads
/// it where the first line of the document names it: `#:schema ./formulas.schema.json`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Where it is written; standard output where not given.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The schema as a file.
pub(super) fn text() -> String {
    format!("{:#}\n", schema())
}

/// Does it.
pub(crate) async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let Some(path) = &arguments.output else {
        output.show(&schema(), |schema| format!("{schema:#}"));
        return Ok(());
    };
    let failed = |error| Failure::file("can not write", path, &error);
    tokio::fs::write(path, text()).await.map_err(failed)?;
    output.note(&format!("{} is written", path.display()));
    Ok(())
}
