//! `stele restore`: a data folder of a backup.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use clap::Args;
use indicatif::ProgressBar;
use serde_json::{Value, json};
use stele_runtime::{AuditKey, AuditKeyError, BackupSummary, Runtime};

use crate::failure::Failure;
use crate::output::{Output, text};
use crate::place::DataArguments;

/// Make a data folder of a backup. The folder must be empty or absent; everything is checked
/// before it appears.
///
/// The key that signs checkpoints of the audit logs is in no backup. Without --audit-key the folder
/// gets a new one: tell those who keep checkpoints, who else can not verify the next.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The backup.
    file: PathBuf,
    /// The key of the server that was backed up: audit-key.pem of its data folder.
    #[arg(long, value_name = "FILE")]
    audit_key: Option<PathBuf>,
    #[command(flatten)]
    data: DataArguments,
}

/// Does it.
pub(crate) async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let Arguments { file, audit_key, data } = arguments;
    let folder = data.data;
    let key = key(audit_key.as_deref())?;
    let bytes =
        std::fs::metadata(&file).map_err(|error| Failure::file("can not read", &file, &error))?;
    let bar = output.bar("restoring", bytes.len());
    let (restoring, signing) = (folder.clone(), key.clone());
    let restored = read(file, restoring, signing, bar.clone()).await;
    bar.finish_and_clear();
    let restored = restored?;
    let summary = json!({
        "data": folder.display().to_string(),
        "values": restored.values,
        "recorded_until": restored.horizon.to_string(),
        "audit_key": {
            "fingerprint": key.verifier().fingerprint(),
            "new": audit_key.is_none(),
        },
    });
    output.show(&summary, |summary: &Value| {
        format!(
            "{} holds everything recorded until {}\n{}",
            text(&summary["data"]),
            text(&summary["recorded_until"]),
            said_of_key(&summary["audit_key"]),
        )
    });
    Ok(())
}

/// The key that was brought, or a new one.
fn key(brought: Option<&Path>) -> Result<AuditKey, Failure> {
    let key = match brought {
        Some(file) => AuditKey::read(file),
        None => AuditKey::generate(),
    };
    key.map_err(|error| match error {
        AuditKeyError::NotAKey { path, detail } => Failure::Usage(format!(
            "--audit-key {} is no Ed25519 key in PKCS#8 PEM ({detail}); it is the file \
             audit-key.pem of the data folder that was backed up",
            path.display()
        )),
        other => Failure::Failed(other.to_string()),
    })
}

fn said_of_key(key: &Value) -> String {
    let fingerprint = text(&key["fingerprint"]);
    match key["new"] == true {
        false => format!("checkpoints are signed with the key {fingerprint} as before"),
        true => format!(
            "checkpoints will be signed with a new key, {fingerprint}: whoever keeps checkpoints \
             needs it from `stele audit key`, and keeps the former one for those made before. \
             To go on with the former key, remove this folder and restore again with --audit-key"
        ),
    }
}

async fn read(
    file: PathBuf,
    folder: PathBuf,
    key: AuditKey,
    bar: ProgressBar,
) -> Result<BackupSummary, Failure> {
    let reading = tokio::task::spawn_blocking(move || {
        let opened =
            File::open(&file).map_err(|error| Failure::file("can not read", &file, &error))?;
        let reader = bar.wrap_read(BufReader::new(opened));
        Runtime::restore(reader, &folder, &key).map_err(|error| Failure::Failed(error.to_string()))
    });
    reading.await.map_err(|error| Failure::Failed(error.to_string()))?
}
