//! A file from a server: it appears when it is complete, and takes the place of none.

use std::io::Write;
use std::path::{Path, PathBuf};

use futures::StreamExt;

use crate::failure::Failure;

/// Refuses a file that exists, before anything is asked for.
pub(crate) fn expect_new(file: &Path) -> Result<(), Failure> {
    match file.exists() {
        true => Err(Failure::Usage(format!("{} exists; name another file", file.display()))),
        false => Ok(()),
    }
}

/// Writes an answer to a file and gives its length in bytes.
pub(crate) async fn to_new_file(response: reqwest::Response, file: &Path) -> Result<u64, Failure> {
    let mut partial = file.to_owned().into_os_string();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let written = to_file(response, &partial).await.inspect_err(|_| {
        // What is left of a failed attempt is of no use; the first error is what counts.
        let _ = std::fs::remove_file(&partial);
    })?;
    std::fs::rename(&partial, file)
        .map_err(|error| Failure::file("can not write", file, &error))?;
    Ok(written)
}

async fn to_file(response: reqwest::Response, file: &Path) -> Result<u64, Failure> {
    let failed = |error| Failure::file("can not write", file, &error);
    let mut open = std::fs::File::create(file).map_err(failed)?;
    let written = copy(response, &mut open, failed).await?;
    open.sync_all().map_err(failed)?;
    Ok(written)
}

/// Writes an answer to standard output.
pub(crate) async fn to_standard_output(response: reqwest::Response) -> Result<(), Failure> {
    let failed = |error| Failure::Failed(format!("can not write: {error}"));
    copy(response, &mut std::io::stdout(), failed).await.map(drop)
}

async fn copy(
    response: reqwest::Response,
    written: &mut impl Write,
    failed: impl Fn(std::io::Error) -> Failure,
) -> Result<u64, Failure> {
    let mut pieces = response.bytes_stream();
    let mut length = 0;
    while let Some(piece) = pieces.next().await {
        let piece =
            piece.map_err(|error| Failure::Failed(format!("the export broke off: {error}")))?;
        written.write_all(&piece).map_err(&failed)?;
        length += piece.len() as u64;
    }
    written.flush().map_err(&failed)?;
    Ok(length)
}
