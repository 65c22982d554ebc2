//! `stele ruleset publish`: a package or a folder to a server.

use std::path::PathBuf;

use clap::Args;
use futures::stream;
use reqwest::Body;
use serde_json::Value;

use super::folder::RulesArgument;
use super::report;
use crate::failure::Failure;
use crate::output::{Output, text};
use crate::place::ServerArguments;

/// The media type of a package.
const PACKAGE: &str = "application/vnd.stele.package";

/// Bytes that are handed to the connection at once, so that the progress shows.
const PIECE: usize = 64 << 10;

/// Publish a package or a folder at a server, which checks it and stores it only if every check
/// holds. Publishing puts nothing in force; see `stele activate`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// A .stele file, or the folder of a ruleset.
    #[arg(value_name = "FILE|DIR")]
    source: PathBuf,
    /// Publish for this tenant only. Where not given: for the token's tenant or, with an
    /// operator's token, for everyone.
    #[arg(long)]
    tenant: Option<String>,
    #[command(flatten)]
    rules: RulesArgument,
    #[command(flatten)]
    server: ServerArguments,
}

/// Does it.
pub(crate) async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let package = read(&arguments).await?;
    let client = arguments.server.client()?;
    let tenant = match arguments.tenant {
        Some(tenant) => Some(tenant),
        None => client.tenant_of_token().await?,
    };
    let path = match &tenant {
        Some(tenant) => vec!["v1", "tenants", tenant.as_str(), "rulesets"],
        None => vec!["v1", "rulesets"],
    };
    let length = package.len() as u64;
    let bar = output.bar("publishing", length);
    let moving = bar.clone();
    let pieces: Vec<Vec<u8>> = package.chunks(PIECE).map(<[u8]>::to_vec).collect();
    let pieces = pieces.into_iter().map(move |piece| {
        moving.inc(piece.len() as u64);
        Ok::<_, std::io::Error>(piece)
    });
    let answer =
        client.upload(&path, PACKAGE, length, Body::wrap_stream(stream::iter(pieces))).await;
    bar.finish_and_clear();
    match answer {
        Ok(publication) => {
            output.show(&publication, |publication| render(publication, output));
            Ok(())
        }
        Err(Failure::Refused(problem)) if problem["report"].is_object() => {
            output.show(&problem, |problem| {
                report::render(&problem["report"], output.paint(), output.tables())
            });
            Err(Failure::CheckFailed("the package was refused; nothing was stored".to_owned()))
        }
        Err(other) => Err(other),
    }
}

async fn read(arguments: &Arguments) -> Result<Vec<u8>, Failure> {
    let source = &arguments.source;
    if source.is_dir() {
        let package = arguments.rules.gather(source).await?;
        return package.write().map_err(|error| Failure::Failed(error.to_string()));
    }
    tokio::fs::read(source).await.map_err(|error| Failure::file("can not read", source, &error))
}

fn render(publication: &Value, output: &Output) -> String {
    let state = match publication["already"] == true {
        true => "was published already, with the same content",
        false => "is published",
    };
    format!(
        "{}\n{} {} {state}",
        report::render(&publication["report"], output.paint(), output.tables()),
        text(&publication["name"]),
        text(&publication["version"])
    )
}
