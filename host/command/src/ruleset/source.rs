//! A version wherever it is: a `.stele` file, the folder of a ruleset, or `name@version` at a
//! server.

use std::path::{Path, PathBuf};

use clap::Args;
use futures::StreamExt;
use stele_ruleset::{LARGEST_ARCHIVE, Package};

use super::folder::RulesArgument;
use crate::failure::Failure;
use crate::place::ServerArguments;

/// What is needed to find a version anywhere.
#[derive(Debug, Args)]
pub(crate) struct SourceArguments {
    /// The tenant, for a version at a server; the token's where not given.
    #[arg(long)]
    tenant: Option<String>,
    #[command(flatten)]
    rules: RulesArgument,
    #[command(flatten)]
    server: ServerArguments,
}

impl SourceArguments {
    /// Where components are found.
    pub(crate) fn rules(&self) -> &RulesArgument {
        &self.rules
    }

    /// Reads it.
    pub(crate) async fn open(&self, source: &str) -> Result<Package, Failure> {
        let path = PathBuf::from(source);
        if path.is_dir() {
            return self.rules.gather(&path).await;
        }
        if path.exists() {
            return read(&path).await;
        }
        match source.split_once('@') {
            Some((name, version)) => self.download(name, version).await,
            None => Err(Failure::Usage(format!(
                "expected a .stele file, the folder of a ruleset or name@version, found {source:?}, \
                 which does not exist"
            ))),
        }
    }

    async fn download(&self, name: &str, version: &str) -> Result<Package, Failure> {
        let client = self.server.client()?;
        let tenant = self.server.tenant(&client, self.tenant.clone()).await?;
        let mut path = vec!["v1", "tenants", tenant.as_str(), "rulesets"];
        path.extend(name.split('/'));
        path.extend(["versions", version, "package"]);
        let mut pieces = client.download(&path).await?.bytes_stream();
        let mut bytes = Vec::new();
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(|error| Failure::Unreachable(error.to_string()))?;
            bytes.extend_from_slice(&piece);
            if bytes.len() > LARGEST_ARCHIVE {
                break;
            }
        }
        parse(bytes, &format!("{name}@{version}")).await
    }
}

/// Reads a `.stele` file.
pub(crate) async fn read(file: &Path) -> Result<Package, Failure> {
    let bytes =
        tokio::fs::read(file).await.map_err(|error| Failure::file("can not read", file, &error))?;
    parse(bytes, &file.display().to_string()).await
}

async fn parse(bytes: Vec<u8>, what: &str) -> Result<Package, Failure> {
    tokio::task::spawn_blocking(move || Package::read(&bytes))
        .await
        .map_err(|error| Failure::Failed(error.to_string()))?
        .map_err(|error| Failure::CheckFailed(format!("{what} is no package: {error}")))
}

/// Writes a package in the place of a file: whoever reads meanwhile sees the old one or the new.
pub(crate) async fn write(package: &Package, file: &Path) -> Result<usize, Failure> {
    let bytes = package.write().map_err(|error| Failure::Failed(error.to_string()))?;
    let mut unfinished = file.as_os_str().to_owned();
    unfinished.push(format!(".{}.unfinished", std::process::id()));
    let unfinished = PathBuf::from(unfinished);
    let failed = |error| Failure::file("can not write", file, &error);
    tokio::fs::write(&unfinished, &bytes).await.map_err(failed)?;
    tokio::fs::rename(&unfinished, file).await.map_err(failed)?;
    Ok(bytes.len())
}
