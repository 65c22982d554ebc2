//! `stele ruleset verify`: whether these keys have signed a package.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};
use stele_ruleset::{PublicKey, Subject};

use super::source;
use crate::failure::Failure;
use crate::output::{Output, text};
use crate::tables::keep_whole;

/// Verify that every one of these keys has signed a package, and this package and no other.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The .stele file.
    #[arg(value_name = "PACKAGE")]
    package: PathBuf,
    /// Files of public keys (PEM); each must have signed.
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    key: Vec<PathBuf>,
}

/// Does it.
pub(crate) async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let mut keys = Vec::new();
    for file in &arguments.key {
        let text = tokio::fs::read_to_string(file)
            .await
            .map_err(|error| Failure::file("can not read", file, &error))?;
        let key: PublicKey =
            text.parse().map_err(|error| Failure::Usage(format!("{}: {error}", file.display())))?;
        keys.push((file, key));
    }
    let package = source::read(&arguments.package).await?;
    let shown = arguments.package.display();
    let Some(envelope) = package.signatures() else {
        return Err(Failure::CheckFailed(format!("{shown} is not signed")));
    };
    let subject = Subject::of(&package);
    envelope
        .is_about(&subject)
        .map_err(|error| Failure::CheckFailed(format!("{shown} is not to be trusted: {error}")))?;
    let rows: Vec<Value> = keys
        .iter()
        .map(|(file, key)| {
            json!({
                "file": file.display().to_string(),
                "key_id": key.id(),
                "signed": envelope.is_signed_by(key),
            })
        })
        .collect();
    let missing = rows.iter().filter(|row| row["signed"] != true).count();
    let verified = json!({
        "ruleset": subject.ruleset,
        "version": subject.version,
        "digest": subject.digest.to_string(),
        "verified": missing == 0,
        "keys": rows,
    });
    output.show(&verified, |verified| {
        let mut keys = output.tables().table(&["Key", "File", "Signature"]);
        keep_whole(&mut keys, 0);
        for row in verified["keys"].as_array().into_iter().flatten() {
            let state = if row["signed"] == true { "verified" } else { "MISSING" };
            keys.add_row([text(&row["key_id"]), text(&row["file"]), state.to_owned()]);
        }
        format!("{} {}\n{keys}", subject.name(), subject.digest)
    });
    match missing {
        0 => Ok(()),
        1 => Err(Failure::CheckFailed("one key has not signed this package".to_owned())),
        many => Err(Failure::CheckFailed(format!("{many} keys have not signed this package"))),
    }
}
