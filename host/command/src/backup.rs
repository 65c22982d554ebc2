//! `stele backup`: everything that is stored, in one file.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use futures::StreamExt;
use serde_json::{Value, json};
use stele_runtime::Runtime;

use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Output, text};
use crate::place::{Place, PlaceArguments};

/// Write everything that is stored into one file: from a data folder that no server has open, or
/// with --server and an operator's token from a running server, which goes on working.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The file to write. It must not exist.
    file: PathBuf,
    #[command(flatten)]
    place: PlaceArguments,
}

/// Does it. The file appears only when it is complete.
pub(crate) async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let file = &arguments.file;
    if file.exists() {
        return Err(Failure::Usage(format!("{} exists; name another file", file.display())));
    }
    let mut partial = file.clone().into_os_string();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let spinner = output.spinner("writing the backup");
    let written = match arguments.place.open().await? {
        Place::Server(client) => from_server(&client, &partial).await,
        Place::Data(runtime) => from_data(runtime, partial.clone()).await,
    };
    spinner.finish_and_clear();
    let written = written.inspect_err(|_| {
        // What is left of a failed attempt is of no use; the first error is what counts.
        let _ = std::fs::remove_file(&partial);
    })?;
    std::fs::rename(&partial, file)
        .map_err(|error| Failure::file("can not write", file, &error))?;
    let summary = json!({ "file": file.display().to_string(), "bytes": written });
    output.show(&summary, |summary: &Value| {
        format!("{}: {} bytes", text(&summary["file"]), summary["bytes"])
    });
    Ok(())
}

async fn from_server(client: &Client, partial: &Path) -> Result<u64, Failure> {
    let mut pieces = client.download(&["v1", "backup"]).await?.bytes_stream();
    let failed = |error| Failure::file("can not write", partial, &error);
    let mut file = std::fs::File::create_new(partial).map_err(failed)?;
    let mut written = 0;
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|error| {
            Failure::Failed(format!("the backup broke off, nothing is kept of it: {error}"))
        })?;
        file.write_all(&piece).map_err(failed)?;
        written += piece.len() as u64;
    }
    file.sync_all().map_err(failed)?;
    Ok(written)
}

async fn from_data(runtime: Arc<Runtime>, partial: PathBuf) -> Result<u64, Failure> {
    let failed = |error| Failure::file("can not write", &partial, &error);
    let file = std::fs::File::create_new(&partial).map_err(failed)?;
    let written = BufWriter::new(file.try_clone().map_err(failed)?);
    runtime.backup(written).await.map_err(|error| Failure::Failed(error.to_string()))?;
    file.sync_all().map_err(failed)?;
    file.metadata().map(|metadata| metadata.len()).map_err(failed)
}
