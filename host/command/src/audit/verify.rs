//! `stele audit verify`: without a server.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};
use stele_runtime::{Checkpoint, ExportReport, VerifierKey, VerifyError, verify_export};

use crate::failure::Failure;
use crate::output::{Output, text};

/// Check an export against a checkpoint that was kept elsewhere: that no entry was changed,
/// removed, moved or cut off. Needs nothing but the files.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The export, as `stele audit export` wrote it.
    export: PathBuf,
    /// The checkpoint, as `stele audit checkpoint` wrote it, or only its note.
    #[arg(long, value_name = "FILE")]
    checkpoint: PathBuf,
    /// The server's public key, as `stele audit key` printed it.
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// An older checkpoint: the log must have grown from it.
    #[arg(long, value_name = "FILE")]
    older: Option<PathBuf>,
}

/// Does it.
pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Failure> {
    let key = VerifierKey::from_pem(&read(&arguments.key)?)
        .map_err(|error| Failure::Usage(format!("{}: {error}", arguments.key.display())))?;
    let checked = check(arguments, &key)?;
    match checked {
        Ok(report) => {
            let mut shown = serde_json::to_value(&report)
                .map_err(|error| Failure::Failed(error.to_string()))?;
            shown["verified"] = true.into();
            output.show(&shown, |_| sentences(&report));
            Ok(())
        }
        Err(refused) => {
            output.show(&refused, |refused| text(&refused["detail"]));
            Err(Failure::CheckFailed("the audit log is NOT verified".to_owned()))
        }
    }
}

/// The report, or what is wrong; the outer error: a file can not be read.
fn check(arguments: &Arguments, key: &VerifierKey) -> Result<Result<ExportReport, Value>, Failure> {
    let open = |path: &PathBuf| -> Result<Result<Checkpoint, Value>, Failure> {
        let opened = Checkpoint::open(&read(path)?, key);
        Ok(opened.map_err(|error| {
            let detail = format!("the checkpoint {} is not believed: {error}", path.display());
            json!({ "verified": false, "detail": detail, "tampering": "checkpoint" })
        }))
    };
    let checkpoint = match open(&arguments.checkpoint)? {
        Ok(checkpoint) => checkpoint,
        Err(refused) => return Ok(Err(refused)),
    };
    let older = match arguments.older.as_ref().map(open).transpose()? {
        Some(Err(refused)) => return Ok(Err(refused)),
        Some(Ok(older)) => Some(older),
        None => None,
    };
    let path = &arguments.export;
    let file = File::open(path).map_err(|error| Failure::file("can not read", path, &error))?;
    match verify_export(BufReader::new(file), &checkpoint, older.as_ref()) {
        Ok(report) => Ok(Ok(report)),
        Err(VerifyError::Read(error)) => Err(Failure::file("can not read", path, &error)),
        Err(error) => Ok(Err(refusal(&error))),
    }
}

fn refusal(error: &VerifyError) -> Value {
    let mut refused = json!({ "verified": false, "detail": error.to_string() });
    match error {
        VerifyError::Tampered { tampering, first, last, expected, found } => {
            refused["tampering"] = json!(tampering);
            refused["entry"] = json!(first);
            refused["last"] = json!(last);
            refused["expected"] = json!(expected);
            refused["found"] = json!(found);
        }
        VerifyError::Checkpoints { expected, found } => {
            refused["tampering"] = json!("checkpoint");
            refused["expected"] = json!(expected);
            refused["found"] = json!(found);
        }
        VerifyError::Read(_) => {}
    }
    refused
}

fn sentences(report: &ExportReport) -> String {
    let mut sentences = format!(
        "verified: the first {} entries of {} are those that were signed",
        report.covered, report.log
    );
    if let Some(at) = report.at {
        sentences.push_str(&format!(" at {at}"));
    }
    sentences.push_str(&format!(" (root {})", report.root));
    if let Some(older) = report.older {
        sentences
            .push_str(&format!("\nverified: they begin with the {older} of the older checkpoint"));
    }
    let beyond = report.entries - report.covered;
    if beyond > 0 {
        sentences.push_str(&format!(
            "\nnot covered: the last {beyond} entries are younger than the checkpoint; they are a \
             chain, and the very last of them could have been changed"
        ));
    }
    sentences
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| Failure::file("can not read", path, &error))
}
