//! `stele ruleset key`: a pair of keys to sign packages with.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;
use stele_ruleset::PrivateKey;

use crate::failure::Failure;
use crate::output::{Output, text};

/// Make an Ed25519 key to sign packages with: FILE is the secret, readable for you alone; FILE.pub
/// is what others verify with. Neither overwrites a file.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The file of the private key (PKCS#8, PEM).
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Does it.
pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Failure> {
    let key = PrivateKey::generate().map_err(|error| Failure::Failed(error.to_string()))?;
    let secret = key.to_pem().map_err(|error| Failure::Failed(error.to_string()))?;
    let mut public = arguments.file.as_os_str().to_owned();
    public.push(".pub");
    let public = PathBuf::from(public);
    // The harmless one first, so that no secret is left over where it fails.
    create(&public, &key.public().to_pem(), 0o644)?;
    create(&arguments.file, &secret, 0o600)?;
    let written = json!({
        "key_id": key.public().id(),
        "private_key": arguments.file.display().to_string(),
        "public_key": public.display().to_string(),
    });
    output.show(&written, |written| {
        format!(
            "key {}\n{}: the secret; keep it where only you can read it\n{}: for those who verify",
            text(&written["key_id"]),
            text(&written["private_key"]),
            text(&written["public_key"])
        )
    });
    Ok(())
}

fn create(file: &Path, content: &str, mode: u32) -> Result<(), Failure> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    let written = options.open(file).and_then(|mut file| file.write_all(content.as_bytes()));
    written.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Failure::Usage(format!(
            "{} exists; a key is never overwritten, because what it signed could not be signed \
             again",
            file.display()
        )),
        _ => Failure::file("can not write", file, &error),
    })
}
