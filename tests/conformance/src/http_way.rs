//! Through the HTTP API: a server of our own, the rulesets published and activated on it.

use std::path::Path;

use anyhow::{Context, bail};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use stele_end_to_end::{Client, Server};

use crate::mapping::{Lines, Mapping, Wanted};
use crate::run::Way;

/// Rows sent in one batch request.
const BATCH: usize = 1000;

/// A running server with every mapped ruleset in force.
pub(crate) struct HttpWay {
    client: Client,
    _server: Server,
}

impl HttpWay {
    /// Starts a server on a temporary folder, publishes and activates what the mappings need.
    pub(crate) async fn start(root: &Path, mappings: &[Mapping]) -> anyhow::Result<Self> {
        let server = Server::start().await?;
        let operator = server.operator();
        let client = server.tenant(&operator, "conformance").await?;
        let mut names: Vec<&str> = mappings.iter().map(|m| m.ruleset.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            let folder = root.join("rulesets").join(name);
            server.publish_and_activate(&operator, &client, &folder, name).await?;
        }
        Ok(Self { client, _server: server })
    }
}

impl Way for HttpWay {
    fn name(&self) -> &'static str {
        "http"
    }

    async fn answer(
        &mut self,
        ruleset: &str,
        wave: &[Wanted],
    ) -> anyhow::Result<Vec<Result<Lines, String>>> {
        let mut answers = Vec::with_capacity(wave.len());
        for batch in wave.chunks(BATCH) {
            let requests = batch
                .iter()
                .map(|wanted| json!({"slot": ruleset, "date": wanted.date, "facts": wanted.facts}));
            for answer in self.client.batch(requests).await? {
                answers.push(read(&answer)?);
            }
        }
        Ok(answers)
    }
}

fn read(answer: &Value) -> anyhow::Result<Result<Lines, String>> {
    let Some(lines) = answer.get("lines").and_then(Value::as_array) else {
        return Ok(Err(answer.to_string()));
    };
    let mut found = Lines::new();
    for line in lines {
        let code = line["code"].as_str().context("a line without code")?;
        let name = match line.get("subject").and_then(Value::as_str) {
            Some(subject) => format!("{code}/{subject}"),
            None => code.to_owned(),
        };
        let Some(amount) = line["amount"].as_str() else {
            bail!("{name}: the amount is not a text: {}", line["amount"]);
        };
        found.insert(name, Decimal::from_str_exact(amount)?);
    }
    Ok(Ok(found))
}
