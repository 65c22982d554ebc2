//! `stele restore`: a data folder of a backup.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use clap::Args;
use indicatif::ProgressBar;
use serde_json::{Value, json};
use stele_runtime::{BackupSummary, Runtime};

use crate::failure::Failure;
use crate::output::{Output, text};
use crate::place::DataArguments;

/// Make a data folder of a backup. The folder must be empty or absent; everything is checked
/// before it appears.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The backup.
    file: PathBuf,
    #[command(flatten)]
    data: DataArguments,
}

/// Does it.
pub(crate) async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let Arguments { file, data } = arguments;
    let folder = data.data;
    let bytes =
        std::fs::metadata(&file).map_err(|error| Failure::file("can not read", &file, &error))?;
    let bar = output.bar("restoring", bytes.len());
    let restored = read(file, folder.clone(), bar.clone()).await;
    bar.finish_and_clear();
    let restored = restored?;
    let summary = json!({
        "data": folder.display().to_string(),
        "values": restored.values,
        "recorded_until": restored.horizon.to_string(),
    });
    output.show(&summary, |summary: &Value| {
        format!(
            "{} holds everything recorded until {}",
            text(&summary["data"]),
            text(&summary["recorded_until"])
        )
    });
    Ok(())
}

async fn read(file: PathBuf, folder: PathBuf, bar: ProgressBar) -> Result<BackupSummary, Failure> {
    let reading = tokio::task::spawn_blocking(move || {
        let opened =
            File::open(&file).map_err(|error| Failure::file("can not read", &file, &error))?;
        let reader = bar.wrap_read(BufReader::new(opened));
        Runtime::restore(reader, &folder).map_err(|error| Failure::Failed(error.to_string()))
    });
    reading.await.map_err(|error| Failure::Failed(error.to_string()))?
}
