//! `stele ruleset sign`: one more signature of a package.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use stele_ruleset::{Envelope, PrivateKey};

use super::source;
use crate::failure::Failure;
use crate::output::{Output, text};

/// Sign a package: "this digest is this version of this ruleset". The signature travels inside the
/// file and does not change the digest. Signing again, with another key, adds one.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The .stele file.
    #[arg(value_name = "PACKAGE")]
    package: PathBuf,
    /// The file of the private key, as `stele ruleset key` wrote it.
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// The file to write; PACKAGE itself where not given.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Does it.
pub(crate) async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let pem = tokio::fs::read_to_string(&arguments.key)
        .await
        .map_err(|error| Failure::file("can not read", &arguments.key, &error))?;
    let key = PrivateKey::from_pem(&pem)
        .map_err(|error| Failure::Usage(format!("{}: {error}", arguments.key.display())))?;
    let mut package = source::read(&arguments.package).await?;
    package.sign(&key).map_err(|error| {
        Failure::CheckFailed(format!("{} is not signed: {error}", arguments.package.display()))
    })?;
    let file = arguments.output.unwrap_or(arguments.package);
    source::write(&package, &file).await?;
    let signatures = package.signatures().map(Envelope::signatures).unwrap_or_default().len();
    let manifest = package.manifest();
    let signed = json!({
        "ruleset": manifest.name.as_str(),
        "version": manifest.version.to_string(),
        "digest": package.digest().to_string(),
        "key_id": key.public().id(),
        "signatures": signatures,
        "file": file.display().to_string(),
    });
    output.show(&signed, |signed| {
        format!(
            "{} {} is signed with the key {}; {} in {}\ndigest {}",
            text(&signed["ruleset"]),
            text(&signed["version"]),
            text(&signed["key_id"]),
            match signatures {
                1 => "1 signature".to_owned(),
                many => format!("{many} signatures"),
            },
            text(&signed["file"]),
            text(&signed["digest"])
        )
    });
    Ok(())
}
