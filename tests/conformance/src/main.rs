//! Conformance: the answers of official tables and independent programs against ours.
//!
//! Each `tests/conformance/<name>.toml` maps a source to calculations; each source is run through
//! the engine and through the HTTP API of a running server, and gets one line. Sources come from a
//! folder given on the command line; a small sample of each is kept in `tests/conformance/samples`.
//! Start reading at [`mapping`] for what a mapping says and at [`run`] for what is compared. [`feel`] is
//! a source of another sort: single expressions, against the language of formulas.

mod engine_way;
mod expression;
mod feel;
mod http_way;
mod mapping;
mod run;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;
use serde_json::Value;

use crate::mapping::Mapping;
use crate::run::{Summary, Way, run};

/// Compare Stele's answers with those of official tables and independent programs.
#[derive(Parser)]
struct Arguments {
    /// Folder with the sources, JSON lines; what has no mapping is left out.
    folder: PathBuf,
    /// Only the mappings whose name starts so, e.g. `cn-`.
    #[arg(long, default_value = "")]
    only: String,
    /// Skip the HTTP API.
    #[arg(long)]
    engine_only: bool,
    /// The repository's root.
    #[arg(long, default_value = ".")]
    root: PathBuf,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let mut mappings = Vec::new();
    for path in mapping_files(&arguments.root.join("tests/conformance"))? {
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        if name.starts_with(&arguments.only) {
            mappings.push(Mapping::read(&path)?);
        }
    }
    let mut engine = engine_way::EngineWay::new(&arguments.root)?;
    let mut http = match arguments.engine_only {
        true => None,
        false => Some(http_way::HttpWay::start(&arguments.root, &mappings).await?),
    };
    let mut totals = (0, 0, 0);
    let mut holds = expressions(&arguments)?;
    for mapping in &mappings {
        let path = arguments.folder.join(&mapping.source);
        if !path.exists() {
            println!("{:<34} not in {}", mapping.source, arguments.folder.display());
            continue;
        }
        let rows = read_rows(&path)?;
        holds &= report(mapping, &rows, &mut engine, &mut totals).await?;
        if let Some(http) = &mut http {
            holds &= report(mapping, &rows, http, &mut totals).await?;
        }
    }
    let (rows, equal, explained) = totals;
    println!(
        "total: {rows} rows, {equal} equal, {explained} explained, {} different: {}",
        rows - equal - explained,
        if holds { "every bound holds" } else { "BELOW A BOUND" }
    );
    anyhow::ensure!(rows > 0 || arguments.only == "feel", "no row was compared");
    Ok(if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Compares the kit's expressions, where the kit is there and was asked for.
fn expressions(arguments: &Arguments) -> anyhow::Result<bool> {
    if !"feel".starts_with(&arguments.only) {
        return Ok(true);
    }
    let language =
        feel::Language::read(&arguments.root.join("tests/conformance/feel/outside.toml"))?;
    match feel::source(&arguments.folder, &language) {
        Some(path) => feel::compare(&path, &language),
        None => {
            println!("{:<34} not in {}", language.source, arguments.folder.display());
            Ok(true)
        }
    }
}

async fn report(
    mapping: &Mapping,
    rows: &[Value],
    way: &mut impl Way,
    totals: &mut (usize, usize, usize),
) -> anyhow::Result<bool> {
    let summary: Summary = run(mapping, rows, way).await.with_context(|| mapping.source.clone())?;
    let holds = summary.holds(mapping.bound);
    println!(
        "{:<34} {:<6} {:>6} rows {:>6} equal within {} {:>3} explained  {}",
        mapping.source,
        way.name(),
        summary.rows,
        summary.equal,
        mapping.tolerance,
        summary.explained.len(),
        if holds { "ok" } else { "BELOW ITS BOUND" }
    );
    for explained in &summary.explained {
        println!("    explained: {explained}");
    }
    for difference in &summary.differences {
        println!("    {difference}");
    }
    totals.0 += summary.rows;
    totals.1 += summary.equal;
    totals.2 += summary.explained.len();
    Ok(holds)
}

fn mapping_files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in folder.read_dir().with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let is_mapping = path.extension().is_some_and(|extension| extension == "toml");
        if is_mapping && path.file_name().is_some_and(|name| name != "Cargo.toml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read_rows(path: &Path) -> anyhow::Result<Vec<Value>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| {
            serde_json::from_str(line)
                .with_context(|| format!("{}, line {}", path.display(), number + 1))
        })
        .collect()
}
